"""A lost update is shown on the best schedule there is: held against trying all histories.

A history is a state and, for each read that somebody may still write upon, whether another has
written the cell since. Which writes rest on which reads is taken from the flow of data; the rest is
told here step by step.
"""

from __future__ import annotations

import pytest

from conclang.events.schedule import untimed
from conclang.explore.checker import CheckOptions, check
from conclang.explore.flow import WRITING, Flow
from conclang.explore.monitors import Targets, targets
from conclang.explore.values import cell_of
from conclang.ir.ops import OpKind
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.oracle.generate import program as generated
from tests.properties.trying_all import Everything, State, Way

Watches = frozenset[tuple[int, int, int, bool]]
"""Who has read by which micro-op which cell, and whether another has written it since."""
History = tuple[State, Watches, int]  # and who moved last
Best = tuple[int, Way]
MOST_HISTORIES = 4000
AT = 1
NOT_HERE = ("go ", "async ", "atomic {", "condition", "choose")


class Histories:
    """All histories of a small program, level by level, with the best way to each."""

    def __init__(self, all_: Everything, rest: Targets) -> None:
        self.all_ = all_
        self.rest = rest
        self.best: dict[int, tuple[int, int, Way]] = {}  # by the first word of a variable

    def look(self) -> bool:
        """Fill `best`; False: there are too many."""
        start: History = (self.all_.starts[0], frozenset(), -1)
        layer: dict[History, Best] = {start: (0, ())}
        seen: set[tuple[State, Watches]] = {start[:2]}
        while layer:
            after: dict[History, Best] = {}
            for history, (switches, way) in layer.items():
                for t, branch, fault, _, there in self.all_.edges(history[0]):
                    if fault:
                        continue
                    more = switches + (history[2] not in (-1, t))
                    made = (more, (*way, (t, branch)))
                    watches = self._step(history, t, there, (len(made[1]), *made))
                    key = (there, watches, t)
                    if key[:2] not in seen:
                        after[key] = min(made, after.get(key, made))
            seen.update(key[:2] for key in after)
            layer = after
            if len(seen) > MOST_HISTORIES:
                return False
        return True

    def _step(self, history: History, t: int, there: State, made: tuple[int, int, Way]) -> Watches:
        state, watches, _ = history
        names = self.all_.names
        pc, at = names.pc(state, t), names.status(state, t) == AT
        kind = names.kind(pc)
        cell = (
            names.thing(state, t)[1] if at and kind in (*WRITING, OpKind.READ, OpKind.LOAD) else -1
        )
        if any(
            who == t and where == cell and changed and pc in self.rest[read]
            for who, read, where, changed in watches
        ):
            base = cell_of(self.all_.program, cell).base
            self.best[base] = min(made, self.best.get(base, made))
        kept = {w for w in watches if w[:3] != (t, pc, cell)}
        if cell >= 0 and kind in WRITING and self._writes(state, there, kind, cell):
            kept = {(w, r, c, changed or (w != t and c == cell)) for w, r, c, changed in kept}
        if cell >= 0 and pc in self.rest:
            kept.add((t, pc, cell, False))
        return frozenset(kept)

    def _writes(self, state: State, there: State, kind: OpKind, cell: int) -> bool:
        names = self.all_.names
        return kind != OpKind.CAS or names.memory(state)[cell] != names.memory(there)[cell]


def program(seed: int) -> Program | None:
    text = generated(seed, {"cells", "atomic", "lock", "semaphore"})
    text += "\nexpect lost_update\n"
    return None if any(word in text for word in NOT_HERE) else load_text(text).program


@pytest.mark.parametrize("first", range(7000, 7200, 100))
def test_the_best_schedule_to_a_lost_update(first: int) -> None:
    compared = 0
    for seed in range(first, first + 100):
        made = program(seed)
        rest = targets(Flow(made), "lost_update", True) if made is not None else {}
        if made is None or not rest:
            continue
        all_ = Everything(made, MOST_HISTORIES)
        histories = Histories(all_, rest)
        if not all_.whole or not histories.look():
            continue
        found = [f for f in check(made, CheckOptions()).findings if f.kind == "lost_update"]
        told = [(f.steps, f.switches, f.schedule) for f in found]
        best = [histories.best[base] for base in sorted(histories.best)]
        wanted = [(s, w, untimed(list(way), made.digest, 0, -1).text()) for s, w, way in best]
        assert told == wanted, seed
        compared += len(told)
    assert compared >= 10
