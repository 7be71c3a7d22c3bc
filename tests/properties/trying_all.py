"""The best schedules to findings, and the fewest preemptions, by trying everything breadth first.

Only single steps are taken from the engine; what a state shows is told here from where everybody
stands, without any of the explorer's searches, graphs and reductions.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

from conclang.explore.driver import open_search
from conclang.explore.names import ASLEEP, FINISHED, SPINNING, Names
from conclang.explore.reports import SearchOptions
from conclang.explore.values import cell_of
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, Program
from conclang.machine.state import Machine

State = tuple[int, ...]
Way = tuple[tuple[int, int], ...]
Edge = tuple[int, int, int, int, State]  # entity, branch, fault, pc of the fault, the state after
Shows = Callable[[State], list[Way]]
"""What has to follow a state so that something is shown: nothing, or the step that fails."""
ACCESSES = (OpKind.READ, OpKind.WRITE)


class Everything:
    """All states of a small program, level by level, with the best way to each."""

    def __init__(self, program: Program, most: int) -> None:
        self.program = program
        self.search = open_search(Machine(program), SearchOptions())
        self.names = Names(program, self.search)
        self.known: dict[State, list[Edge]] = {}
        starts = list(self.search.initials())
        self.starts = [tuple(start[3]) for start in starts if not start[0]]
        self.whole = len(self.starts) == len(starts)
        self.layers: list[list[State]] = []
        self.best: dict[tuple[State, int], tuple[int, Way]] = {}
        if self.whole and len(self.starts) == 1:
            self._explore(most)
        else:
            self.whole = False

    def edges(self, state: State) -> list[Edge]:
        if state not in self.known:
            every = self.search.successors(list(state))
            self.known[state] = [(t, b, f, pc, tuple(w)) for t, b, f, pc, _, w in every]
        return self.known[state]

    def _explore(self, most: int) -> None:
        depth, layer = {self.starts[0]: 0}, self.starts
        self.best[self.starts[0], -1] = (0, ())
        while layer and self.whole:
            self.layers.append(layer)
            here, after = len(self.layers), []
            for state in layer:
                for t, branch, fault, _, there in self.edges(state):
                    if fault or depth.setdefault(there, here) != here:
                        continue
                    after.append(there)
                    self._arrive(state, t, branch, there)
            layer = list(dict.fromkeys(after))
            self.whole = len(depth) <= most

    def _arrive(self, state: State, t: int, branch: int, there: State) -> None:
        for last, (switches, way) in self._ways(state):
            made = (switches + (last not in (-1, t)), (*way, (t, branch)))
            self.best[there, t] = min(made, self.best.get((there, t), made))

    def _ways(self, state: State) -> Iterator[tuple[int, tuple[int, Way]]]:
        for last in range(-1, state[0]):
            if (state, last) in self.best:
                yield last, self.best[state, last]

    # -- the best -------------------------------------------------------------------------------

    def way(self, shows: Shows) -> tuple[int, int, Way] | None:
        """Steps, switches and choices of the best schedule."""
        found = []
        for depth, layer in enumerate(self.layers):
            if found and min(found)[0] <= depth:
                break
            for state in layer:
                for tail in shows(state):
                    for last, (switches, way) in self._ways(state):
                        more = sum(last not in (-1, t) for t, _ in tail)
                        found.append((depth + len(tail), switches + more, way + tail))
        return min(found, default=None)

    def preemptions(self, shows: Shows) -> int | None:
        """The least number of switches away from somebody who could have gone on."""
        queue: list[tuple[int, int, State, int]] = [(0, 0, self.starts[0], -1)]
        seen, count, best = set(), 0, None
        while queue:
            cost, _, state, last = heapq.heappop(queue)
            if (state, last) in seen:
                continue
            seen.add((state, last))
            if best is not None and cost >= best:
                return best
            going_on = any(
                e[0] == last and self.status(state, last) != ASLEEP for e in self.edges(state)
            )
            for tail in shows(state):
                price = cost + (going_on and bool(tail) and tail[0][0] != last)
                best = price if best is None else min(best, price)
            for t, _, fault, _, there in self.edges(state):
                if not fault:
                    count += 1
                    heapq.heappush(queue, (cost + (going_on and t != last), count, there, t))
        return best

    # -- what a state shows ---------------------------------------------------------------------

    def status(self, state: State, t: int) -> int:
        return state[self.search.record_of(t)]

    def left(self, state: State) -> list[int]:
        """Who has not come to the end and should."""
        threads = self.program.threads
        return [
            t
            for t in range(state[0])
            if self.status(state, t) != FINISHED
            and not (t < len(threads) and threads[t].attributes.daemon)
        ]

    def spins(self, state: State) -> bool:
        return any(self.status(state, t) == SPINNING for t in range(state[0]))

    def deadlock(self, state: State) -> list[Way]:
        moves = any(self.status(state, edge[0]) != ASLEEP for edge in self.edges(state))
        declared = any(t < len(self.program.threads) for t in self.left(state))
        return [()] if not moves and not self.spins(state) and declared else []

    def race(self, name: str) -> Shows:
        def shows(state: State) -> list[Way]:
            there: list[tuple[OpKind, int]] = []
            for t in range(state[0]):
                kind = self.names.kind(self.names.pc(state, t))
                if self.status(state, t) == 1 and kind in ACCESSES:
                    there.append((kind, self.names.thing(state, t)[1]))
            return [
                ()
                for at, (one, cell) in enumerate(there)
                for two, other in there[:at]
                if cell == other and OpKind.WRITE in (one, two)
                if cell_of(self.program, cell).name == name
            ][:1]

        return shows

    def fault_at(self, line: int, column: int) -> Shows:
        def shows(state: State) -> list[Way]:
            sites = [(e, self.names.site(e[3])) for e in self.edges(state) if e[2]]
            return [((e[0], e[1]),) for e, s in sites if (s.line, s.column) == (line, column)]

        return shows

    def value(self, state: State, expected: Expected) -> int:
        value, _ = self.search.value(list(state), expected.code)
        return -1 if value is None else int(value[0])

    def violates(self, expected: Expected) -> Shows | None:
        """States that are wrong by an `always`, `never` or `finally`."""
        if expected.form in ("always", "never"):
            bad = int(expected.form == "never")
            return lambda state: [()] if self.value(state, expected) == bad else []
        if expected.form != "finally":
            return None

        def shows(state: State) -> list[Way]:
            failing = [e for e in self.edges(state) if e[2] and self.value(e[4], expected) != 1]
            found: list[Way] = [((e[0], e[1]),) for e in failing]
            ends = not self.edges(state) and not self.spins(state)
            if ends and (self.left(state) or self.value(state, expected) != 1):
                found.append(())
            return found

        return shows
