"""Endless schedules: starvation, livelock, `eventually`, `leads to`.

An endless schedule of a finite graph goes round in some strongly connected part for ever. It is
*fair* if nobody is passed over: weakly, who can move all the time moves at some time; strongly,
who can move again and again moves at some time. A component in which everybody either moves or
cannot move in some state holds a weakly fair round trip, and if it does not, no part of it does
(O. Lichtenstein, A. Pnueli, POPL 1985). For strong fairness, states in which somebody could move
who never does inside are taken out, and the rest is divided again.

The witness is a lasso: the shortest way into such a component, then a round trip that serves
everybody whom fairness speaks of.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from conclang.explore.graph import LAST_BIT, NO_STATE, Graph
from conclang.explore.loops import Loop, exits
from conclang.explore.names import AT_BARRIER, FINISHED, SPINNING, Names
from conclang.explore.witness import Path, Step, Witnesses
from conclang.ir.ops import OpKind

PROGRESS = frozenset({OpKind.LEAVE, OpKind.PRINT})


@dataclass(frozen=True, slots=True)
class Lasso:
    """A stem that ends in `entry`, and the edges of a round trip from there; who suffers."""

    entry: int
    round: tuple[int, ...]
    victim: int = -1


class Liveness:
    """Questions about endless schedules of one complete graph."""

    def __init__(self, names: Names, witnesses: Witnesses, fairness: str) -> None:
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.fairness = fairness
        self.records = self._records()
        self.can = self._can()

    def _records(self) -> list[list[tuple[int, int]]]:
        """Per state, per entity: status and pc."""
        names, found = self.names, []
        for state in range(self.graph.count):
            words = self.witnesses.words(state)
            found.append([(names.status(words, t), names.pc(words, t)) for t in range(words[0])])
        return found

    def _can(self) -> list[int]:
        """Per state a mask of who can take part in a step."""
        masks = [0] * self.graph.count
        for source, mask in zip(self.graph.source, self.graph.mask, strict=True):
            masks[source] |= mask
        return masks

    # -- fair components ----------------------------------------------------------------------

    def fair(self, states: Iterable[int], allowed: bytearray) -> list[tuple[list[int], bytearray]]:
        """Components (with their allowed edges) that hold a fair round trip."""
        found = []
        work = [(list(states), allowed)]
        while work:
            part, edges = work.pop()
            for component in self.graph.components(part, edges):
                passed_over = self._passed_over(component, edges)
                if not passed_over:
                    found.append((component, edges))
                elif self.fairness == "strong":
                    rest = [s for s in component if not self.can[s] & passed_over]
                    if rest:
                        work.append((rest, edges))
        return sorted(found, key=lambda pair: pair[0][0])

    def _passed_over(self, component: list[int], edges: bytearray) -> int:
        """Whom a round trip through all of the component would treat unfairly."""
        if self.fairness == "none":
            return 0
        moved = 0
        for edge in self._inner(component, edges):
            moved |= self.graph.mask[edge]
        always, sometimes = -1, 0
        for state in component:
            always &= self.can[state]
            sometimes |= self.can[state]
        return (sometimes if self.fairness == "strong" else always) & ~moved

    def _inner(self, component: list[int], edges: bytearray) -> list[int]:
        inside = set(component)
        return [
            edge
            for state in component
            for edge in self.graph.out(state)
            if edges[edge] and self.graph.target[edge] in inside
        ]

    # -- starvation ---------------------------------------------------------------------------

    def starvation(self) -> Lasso | None:
        """Somebody stays for ever at a blocking statement, or in the loop that retries it."""
        most = max((len(record) for record in self.records), default=0)
        best: Lasso | None = None
        loops = exits(self.names.program)
        for t in range(min(most, LAST_BIT)):
            for lasso in (self._blocked_for_ever(t), self._trying_for_ever(t, loops)):
                if lasso is not None and (best is None or lasso.entry < best.entry):
                    best = lasso
        return best

    def _blocked_for_ever(self, t: int) -> Lasso | None:
        bit = 1 << t
        states = [s for s in range(self.graph.count) if self._waits(s, t)]
        allowed = bytearray(self.graph.count and len(self.graph.mask))
        for edge, mask in enumerate(self.graph.mask):
            allowed[edge] = not mask & bit
        return self._first(self.fair(states, allowed), t)

    def _waits(self, state: int, t: int) -> bool:
        """Is the entity there, and neither finished nor going round by itself?"""
        record = self.records[state]
        return t < len(record) and record[t][0] not in (FINISHED, SPINNING)

    def _trying_for_ever(self, t: int, loops: list[Loop]) -> Lasso | None:
        best: Lasso | None = None
        for loop in loops:
            states = [s for s in range(self.graph.count) if self._inside(s, t, loop)]
            if not states:
                continue
            allowed = self._staying(t, loop)
            components = [
                pair
                for pair in self.fair(states, allowed)
                if any(self.graph.mask[e] >> t & 1 for e in self._inner(*pair))
            ]
            lasso = self._first(components, t)
            if lasso is not None and (best is None or lasso.entry < best.entry):
                best = lasso
        return best

    def _inside(self, state: int, t: int, loop: Loop) -> bool:
        record = self.records[state]
        if t >= len(record) or record[t][0] in (FINISHED, SPINNING):
            return False
        return record[t][1] - (record[t][0] == AT_BARRIER) in loop.pcs

    def _staying(self, t: int, loop: Loop) -> bytearray:
        """Edges on which the entity, if it moves, stays in the loop and does nothing to show."""
        graph = self.graph
        allowed = bytearray(len(graph.mask))
        for edge, mask in enumerate(graph.mask):
            if graph.target[edge] == NO_STATE:
                continue
            shows = graph.actor[edge] == t and self._kind(graph.source[edge], t) in PROGRESS
            allowed[edge] = not (mask >> t & 1 and shows)
        return allowed

    def _kind(self, state: int, t: int) -> OpKind:
        return self.names.kind(self.records[state][t][1])

    # -- livelock -----------------------------------------------------------------------------

    def livelock(self) -> Lasso | None:
        """Steps without end in which nobody ends, enters or leaves a section, or prints."""
        graph = self.graph
        allowed = bytearray(len(graph.mask))
        for edge in range(len(graph.mask)):
            if graph.target[edge] != NO_STATE:
                kind = self._kind(graph.source[edge], graph.actor[edge])
                allowed[edge] = kind not in PROGRESS
        return self._first(self.fair(range(graph.count), allowed), -1)

    # -- eventually, leads to -----------------------------------------------------------------

    def never_after(
        self, starts: Iterable[int], avoid: Callable[[int], bool]
    ) -> Lasso | int | None:
        """From one of the starts, a fair schedule on which `avoid` holds to the end or for ever.

        An int is the state in which it ends.
        """
        reach = self._reach([s for s in starts if avoid(s)], avoid)
        if not reach:
            return None
        ends = [s for s in sorted(reach) if not self.graph.out(s)]
        allowed = bytearray(len(self.graph.mask))
        for state in reach:
            for edge in self.graph.out(state):
                allowed[edge] = self.graph.target[edge] in reach
        lasso = self._first(self.fair(sorted(reach), allowed), -1)
        if ends and (lasso is None or ends[0] <= lasso.entry):
            return ends[0]
        return lasso

    def _reach(self, starts: list[int], avoid: Callable[[int], bool]) -> set[int]:
        reach = set(starts)
        work = list(reach)
        while work:
            for edge in self.graph.out(work.pop()):
                target = self.graph.target[edge]
                if target != NO_STATE and target not in reach and avoid(target):
                    reach.add(target)
                    work.append(target)
        return reach

    # -- lassos -------------------------------------------------------------------------------

    def _first(self, components: list[tuple[list[int], bytearray]], victim: int) -> Lasso | None:
        """A lasso into the component that is nearest to the start."""
        if not components:
            return None
        component, edges = min(components, key=lambda pair: pair[0][0])
        return Lasso(component[0], tuple(self._round(component, edges)), victim)

    def _round(self, component: list[int], edges: bytearray) -> list[int]:
        """A short round trip from the first state that serves everybody."""
        inner = self._inner(component, edges)
        moved, idle = 0, 0
        for edge in inner:
            moved |= self.graph.mask[edge]
        for state in component:
            idle |= ~self.can[state]
        trip: list[int] = []
        here = component[0]
        if self.fairness == "none":
            return self._walk(here, inner, lambda e: self.graph.target[e] == component[0])
        served = 0 if self.fairness == "strong" else ~self.can[here]
        for t in range(max(len(self.records[s]) for s in component)):
            bit = 1 << min(t, LAST_BIT)
            if served & bit or not (moved & bit or idle & bit):
                continue
            part = self._walk(here, inner, partial(self._serves, bit, moved))
            trip += part
            for edge in part:
                served |= self.graph.mask[edge]
                if self.fairness == "weak":
                    served |= ~self.can[self.graph.target[edge]]
            here = self.graph.target[trip[-1]] if trip else here
        if here != component[0] or not trip:
            trip += self._walk(here, inner, lambda e: self.graph.target[e] == component[0])
        return trip

    def _serves(self, bit: int, moved: int, edge: int) -> bool:
        if self.graph.mask[edge] & bit:
            return True
        return not moved & bit or (
            self.fairness == "weak" and not self.can[self.graph.target[edge]] & bit
        )

    def _walk(self, start: int, inner: list[int], wanted: Callable[[int], bool]) -> list[int]:
        """The shortest way from a state over inner edges that ends with a wanted one."""
        out: dict[int, list[int]] = {}
        for edge in inner:
            out.setdefault(self.graph.source[edge], []).append(edge)
        came: dict[int, int | None] = {start: None}
        queue = deque([start])
        while queue:
            state = queue.popleft()
            for edge in out.get(state, ()):
                if wanted(edge):
                    return [*self._back(came, state), edge]
                target = self.graph.target[edge]
                if target not in came:
                    came[target] = edge
                    queue.append(target)
        return []

    def _back(self, came: dict[int, int | None], state: int) -> list[int]:
        found: list[int] = []
        edge = came[state]
        while edge is not None:
            found.append(edge)
            edge = came[self.graph.source[edge]]
        return found[::-1]

    def path(self, lasso: Lasso) -> Path:
        """The lasso as a schedule: the stem, then one round."""
        stem = self.witnesses.to([(lasso.entry, None)])
        rounds: list[Step] = self.witnesses.steps(lasso.entry, lasso.round)
        end = self.witnesses.words(lasso.entry)
        return Path(stem.initial, (*stem.steps, *rounds), end, None, len(stem.steps))


def graph_truth(graph: Graph, index: int) -> Callable[[int], bool]:
    """Is a predicate true in a state?"""
    return lambda state: bool(graph.truth[state] >> index & 1)
