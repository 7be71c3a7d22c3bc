"""From a state that shows something to the schedule that a person reads.

While the graph of all steps is at hand (small programs, or the shallow part of large ones), the
schedule is the best there is: fewest steps; among those fewest context switches; among those the
first in order of declaration. It is found backwards, layer by layer, with the least number of
switches still to come per state and per entity that moved last.

In a reduced search the states remember where they were found from; the concrete steps are found
again by stepping from the start and comparing what the reduction makes of each successor.

Either way the schedule consists of real steps from the initial state: building it is replaying it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

from conclang.explore.graph import Graph
from conclang.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Words = list[int]


@record
class Step:
    """One step: who, which of its alternatives, at which micro-op, and the state before it."""

    entity: int
    branch: int
    before: Sequence[int]


@record
class Path:
    """A schedule with all states on the way; `end` is the last, None when the last step fails."""

    initial: int
    steps: tuple[Step, ...]
    end: Sequence[int] | None
    fault: tuple[int, int, tuple[int, ...]] | None = None  # code, pc, values
    loop: int = -1  # an endless schedule goes on from step `loop`
    preemptions: int | None = None  # the least on any schedule that shows the same; None: not known
    shortest: bool = True  # is it known that there is none with fewer steps?
    tail: tuple[int, ...] = ()  # who takes the steps after it that show what it is shown for
    known: bool = True  # False: nothing but the end, there was no time to work out the rest

    @property
    def switches(self) -> int:
        return sum(a.entity != b.entity for a, b in pairwise(self.steps))


Tail = tuple[int, ...]
Target = tuple[int, Tail]
"""A state by its number, and who is to take steps after it."""
Rest = dict[int, list[Tail]]


class Diverged(Exception):
    """A schedule does not lead where the search says: a bug of ours."""


class Witnesses:
    """Paths through a graph that was kept."""

    def __init__(self, search: Any, graph: Graph) -> None:
        self.search = search
        self.graph = graph
        self._places: array[int] | None = None

    def words(self, state: int) -> Words:
        """The state of a number."""
        if self._places is None:
            self._places = array("Q", self.search.places())
        words: Words = self.search.words(self._places[state])
        return words

    def to(self, targets: Sequence[Target], fault: int = 0) -> Path:
        """The best path to one of the states (number, tail); a failing step is the tail."""
        shallow = min(self.graph.depth(state) for state, _ in targets)
        rest: dict[int, list[Tail]] = {}
        for state, tail in targets:
            if self.graph.depth(state) == shallow:
                rest.setdefault(state, []).append(tail)
        plan = self._plan(rest)
        root, edges, tail = self._walk(rest, plan, shallow)
        steps = self.steps(root, edges)
        state = self.graph.target[edges[-1]] if edges else root
        if not fault:
            return Path(self.initial(root), tuple(steps), self.words(state), tail=tail)
        step, failed = self._failing(state, tail[0], fault)
        return Path(self.initial(root), (*steps, step), None, failed)

    # -- the plan: what is still to come from each state --------------------------------------

    def _plan(self, rest: Rest) -> dict[int, dict[int, int]]:
        """Per edge on a shortest path: switches still to come after it (by state, then edge)."""
        graph = self.graph
        plan: dict[int, dict[int, int]] = {}
        layer = sorted(rest)
        for level in range(graph.depth(layer[0]) - 1, -1, -1):
            bottom, top = graph.levels[level], graph.levels[level + 1]
            before: set[int] = set()
            for state in layer:
                for edge in self._coming(state):
                    source = graph.source[edge]
                    if bottom <= source < top:
                        cost = self._cost(state, graph.actor[edge], plan, rest)
                        plan.setdefault(source, {})[edge] = cost
                        before.add(source)
            layer = sorted(before)
        return plan

    def _coming(self, state: int) -> array[int]:
        first, edges = self.graph.entering
        return edges[first[state] : first[state + 1]]

    def _cost(
        self,
        state: int,
        last: int | None,
        plan: dict[int, dict[int, int]],
        rest: Rest,
    ) -> int:
        """Least switches from a state on, when `last` moved before."""
        options = [
            cost + (last is not None and self.graph.actor[edge] != last)
            for edge, cost in plan.get(state, {}).items()
        ]
        return min(options + [_switches(last, tail) for tail in rest.get(state, ())])

    def _walk(
        self, rest: Rest, plan: dict[int, dict[int, int]], depth: int
    ) -> tuple[int, list[int], Tail]:
        """The first of the best paths: its root, its edges, its tail."""
        roots = list(range(self.graph.roots))
        roots = [s for s in roots if s in plan or s in rest]
        state = min(roots, key=lambda s: (self._cost(s, None, plan, rest), s))
        root, last = state, None
        left = self._cost(state, None, plan, rest)
        edges: list[int] = []
        for _ in range(depth):
            for edge, cost in sorted(plan[state].items()):
                price = int(last is not None and self.graph.actor[edge] != last)
                if cost + price == left:
                    break
            else:
                raise Diverged(state)
            edges.append(edge)
            left, last, state = cost, self.graph.actor[edge], self.graph.target[edge]
        best = min(rest[state], key=lambda tail: (_switches(last, tail), tail))
        return root, edges, best

    # -- concrete steps -----------------------------------------------------------------------

    def steps(self, root: int, edges: Iterable[int]) -> list[Step]:
        """The steps that the edges stand for."""
        found, state = [], root
        for edge in edges:
            before, after = self.words(state), self.words(self.graph.target[edge])
            found.append(_match(self.search, before, after, self.graph.actor[edge]))
            state = self.graph.target[edge]
        return found

    def initial(self, root: int) -> int:
        """Which of the initial states a state is, as schedules number them."""
        self.words(root)
        assert self._places is not None
        start = self.search.start_of(self._places[root])
        if start is None:
            raise Diverged(root)
        return int(start[0])

    def _failing(
        self, state: int, entity: int, fault: int
    ) -> tuple[Step, tuple[int, int, tuple[int, ...]]]:
        words = self.words(state)
        for t, branch, code, pc, values, _ in self.search.successors(words):
            if t == entity and code == fault:
                return Step(t, branch, words), (code, pc, values)
        raise Diverged(state)


def _switches(last: int | None, tail: Tail) -> int:
    """Switches on the way through a tail, when `last` moved before."""
    every = tail if last is None else (last, *tail)
    return sum(a != b for a, b in pairwise(every))


def _match(search: Any, before: Words, after: Words, entity: int) -> Step:
    """The alternative that leads from one state to another."""
    for t, branch, fault, _, _, words in search.successors(before):
        if t == entity and not fault and words == after:
            return Step(t, branch, before)
    raise Diverged(entity)


def by_parents(search: Any, place: int, fault: tuple[int, int, int] | None = None) -> Path:
    """The way on which a reduced search found a state; `fault`: (code, pc, entity) after it."""
    chain: list[int] = [place]
    while (before := search.parent(chain[-1])) is not None:
        chain.append(before)
    chain.reverse()
    start = search.start_of(chain[0])
    if start is None:
        raise Diverged(place)
    initial, words = start
    steps: list[Step] = []
    for there in chain[1:]:
        words = _follow(search, words, search.words(there), steps, search.mover(there))
    if fault is None:
        return Path(initial, tuple(steps), words)
    for t, branch, code, pc, values, _ in search.successors(words):
        if code == fault[0] and pc == fault[1]:
            return Path(initial, (*steps, Step(t, branch, words)), None, (code, pc, values))
    raise Diverged(place)


def _follow(search: Any, before: Words, wanted: Words, steps: list[Step], mover: int) -> Words:
    """Take the reduced search's step with real steps."""
    for t, branch, fault, _, _, words in search.successors(before):
        if fault or mover not in (-1, t):
            continue
        weight, reduced = search.reduced(words, t)
        if reduced == wanted:
            steps.append(Step(t, branch, before))
            for _ in range(weight - 1):
                steps.append(Step(t, 0, words))
                words = next(w[5] for w in search.successors(words) if w[0] == t)
            return list(words)
    raise Diverged(wanted)
