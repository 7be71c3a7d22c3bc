"""Preemptions: switches away from somebody who could have gone on.

A bug that needs none shows itself even where threads give up the core only when they block; one
that needs a single preemption needs one badly timed interrupt (S. Qadeer, J. Rehof,
"Context-bounded model checking of concurrent software", TACAS 2005). The least number for a state
is a shortest path over pairs of a state and who moved last, where a step costs one if it interrupts
somebody and nothing otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from conclang.explore.graph import NO_STATE, Graph
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program

MOST_STATES = 3_000
"""Of a graph whose findings are told with their least number of preemptions unasked."""


class Preemptions:
    """The least numbers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.can = [0] * graph.count
        for source, actor in zip(graph.source, graph.actor, strict=True):
            self.can[source] |= 1 << actor
        self.least: dict[tuple[int, int], int] = {}
        self._spread()

    def _spread(self) -> None:
        """Shortest paths with costs 0 and 1: cheap ones go to the front of the queue."""
        graph = self.graph
        queue: deque[tuple[int, int, int]] = deque()
        state = 0
        while state < graph.count and graph.depth(state) == 0:
            queue.append((0, state, -1))
            state += 1
        while queue:
            cost, state, last = queue.popleft()
            if (state, last) in self.least:
                continue
            self.least[state, last] = cost
            for edge in graph.out(state):
                actor, target = graph.actor[edge], graph.target[edge]
                if target == NO_STATE or (target, actor) in self.least:
                    continue
                if self.interrupts(state, last, actor):
                    queue.append((cost + 1, target, actor))
                else:
                    queue.appendleft((cost, target, actor))

    def interrupts(self, state: int, last: int, actor: int) -> bool:
        """Does a step of `actor` interrupt the one who moved last?"""
        return last >= 0 and last != actor and bool(self.can[state] >> last & 1)

    def to(self, targets: Sequence[tuple[int, int | None]]) -> int:
        """The least number that leads to one of the states, and the step of an entity after it."""
        wanted = dict(targets)
        costs = [
            cost + (wanted[state] is not None and self.interrupts(state, last, wanted[state] or 0))
            for (state, last), cost in self.least.items()
            if state in wanted
        ]
        return min(costs)


def yields(program: Program) -> tuple[tuple[int, int], ...]:
    """Steps (their pc, and where they lead) on whose way there is a `yield`."""
    from conclang.explore.loops import followers

    found: set[tuple[int, int]] = set()
    for start, op in enumerate(program.ops):
        if not OPS[op.kind].visible:
            continue
        open_ = [(pc, False) for pc in followers(program, start)]
        seen = set(open_)
        while open_:
            pc, passed = open_.pop()
            kind = program.ops[pc].kind
            if OPS[kind].visible or kind == OpKind.END:
                if passed:
                    found.add((start, pc))
                continue
            for after in followers(program, pc):
                item = (after, passed or kind == OpKind.YIELD)
                if item not in seen:
                    seen.add(item)
                    open_.append(item)
    return tuple(sorted(found))
