"""Preemptions: switches away from somebody who could have gone on.

A bug that needs none shows itself even where threads give up the core only when they block; one
that needs a single preemption needs one badly timed interrupt (S. Qadeer, J. Rehof,
"Context-bounded model checking of concurrent software", TACAS 2005). The least number for a state
is a shortest path over pairs of a state and who moved last, where a step costs one if it interrupts
somebody and nothing otherwise.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from conclang.explore import circuits
from conclang.explore.graph import Graph
from conclang.explore.names import ASLEEP, Names
from conclang.explore.witness import Path, Target
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program

MOST_PAIRS = 1 << 25
"""Of states and entities, for which the least numbers are worked out unasked."""
NEVER = 0xFFFF


class Preemptions:
    """The least numbers for one graph, worked out from 0 on as far as they are asked for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.width = max(graph.actor, default=0) + 2  # the last stands for nobody
        self.cost = array("H", [NEVER]) * (graph.count * self.width)
        self.price = 0  # what costs less is known
        self.next = array("Q", [s * self.width + self.width - 1 for s in range(graph.roots)])
        for pair in self.next:
            self.cost[pair] = 0

    def _go_on(self) -> None:
        """What costs one preemption more."""
        graph = self.graph
        self.next = circuits.preempted(
            graph.first, graph.target, graph.actor, self.width, self.cost, self.price, self.next
        )
        self.price += 1

    def interrupts(self, state: int, last: int, actor: int) -> bool:
        """Does a step of `actor` interrupt the one who moved last?"""
        graph = self.graph
        return last not in (self.width - 1, actor) and any(
            graph.actor[edge] == last for edge in graph.out(state)
        )

    def to(self, targets: Sequence[Target]) -> int:
        """The least number that leads to one of the states, and the step after it if it fails."""
        least = self._least(targets)
        while least > self.price and self.next:
            self._go_on()
            least = self._least(targets)
        return least

    def _least(self, targets: Sequence[Target]) -> int:
        """The same among the pairs that are known."""
        least = NEVER
        for state, tail in targets:
            for last in range(self.width):
                cost = self.cost[state * self.width + last]
                if cost < least and tail:
                    cost += self.interrupts(state, last, tail[0])
                least = min(least, cost)
        return least


def interrupts(names: Names, path: Path) -> list[int]:
    """The steps of a schedule that interrupt the one who moved before."""
    found = []
    for index in range(1, len(path.steps)):
        step, last = path.steps[index], path.steps[index - 1].entity
        words = list(step.before)
        if step.entity != last and names.status(words, last) != ASLEEP:
            if names.search.ways_of(words, last):
                found.append(index)
    return found


def fits(graph: Graph) -> bool:
    """Is a graph small enough to be asked unasked?"""
    return graph.count * (max(graph.actor, default=0) + 2) <= MOST_PAIRS


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
