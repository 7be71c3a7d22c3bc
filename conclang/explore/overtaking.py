"""The best of all shortest schedules on which a read is overtaken: fewest switches, then first.

A pursuit (pursuit.py) comes to its nearest catch by one way. Here all ways of that length are laid
side by side, backwards from every catch: through the pairs of the pursuits that are as near, on
from their reads to the start through the states themselves. Per edge stands the least number of
switches still to come (as in `witness`), and the walk from the start takes the first edge that
keeps it least. Several pairs may lie behind the same steps; they are walked together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from conclang.explore.graph import NO_STATE, Graph
from conclang.explore.pursuit import Pursuit
from conclang.record import record

LOST, CAUGHT = 1 << 63, 1 << 62
"""What a pursuit answers for a step; there they are numbers for C."""
MOST_PAIRS = 200_000
"""Of the pursuits of one variable; beyond it the way that was found is good enough."""
Node = tuple[int, int]
"""A pair by the number of its pursuit and its own; (STATE, number) before the read."""
STATE, END = -1, (-2, 0)
Arc = tuple[int, Node]
"""An edge of the graph, and where it leads to."""


@record
class Caught:
    """The edges from the start, at which of them the read is, and whose pursuit it was."""

    root: int
    edges: tuple[int, ...]
    read: int
    pursuit: int


class Overtaking:
    """All shortest ways to the catches of some pursuits, each of which takes `length` steps."""

    def __init__(
        self, graph: Graph, pursuits: Sequence[Pursuit], length: int, check: Callable[[], None]
    ) -> None:
        self.graph = graph
        self.check = check  # is asked now and then whether there is time to go on
        self.pursuits = pursuits
        self.length = length
        self.near = [self._by_place(pursuit) for pursuit in pursuits]
        self.plan: dict[Node, dict[Arc, int]] = {}

    def _by_place(self, pursuit: Pursuit) -> dict[tuple[int, int], list[int]]:
        """The pairs of a pursuit by distance and state."""
        found: dict[tuple[int, int], list[int]] = {}
        for node in range(pursuit.count):
            if pursuit.far[node] < self.length:
                found.setdefault((pursuit.far[node], pursuit.state[node]), []).append(node)
        return found

    def best(self) -> Caught:
        """The first of the best ways."""
        layer = self._catching()
        for depth in range(self.length - 2, -1, -1):
            self.check()
            layer = self._before(layer, depth)
        roots = sorted({node[1] for node in layer if node[0] == STATE})
        root = min(roots, key=lambda state: (self._cost((STATE, state), None), state))
        return self._walk(root)

    # -- backwards ------------------------------------------------------------------------------

    def _catching(self) -> list[Node]:
        """The pairs one step before a catch."""
        found = []
        for number, pursuit in enumerate(self.pursuits):
            for (far, state), nodes in self.near[number].items():
                for node in nodes if far == self.length - 1 else ():
                    for edge in self.graph.out(state):
                        if self._after(pursuit, node, edge) == CAUGHT:
                            self.plan.setdefault((number, node), {})[edge, END] = 0
                            found.append((number, node))
        return list(dict.fromkeys(found))

    def _after(self, pursuit: Pursuit, node: int, edge: int) -> int:
        """What a step makes of a pair: its bits, LOST, or CAUGHT."""
        if self.graph.target[edge] >= pursuit.sight.limit:
            return LOST
        source, bits, locks = pursuit.state[node], pursuit.bits[node], pursuit.locks[node]
        return int(pursuit.step(source, edge, bits, locks))

    def _before(self, layer: Sequence[Node], depth: int) -> list[Node]:
        """What lies one step before a layer, with the costs of its arcs."""
        found: dict[Node, None] = {}
        for node in layer:
            for edge, before in self._coming(node, depth):
                cost = self._cost(node, self.graph.actor[edge])
                self.plan.setdefault(before, {})[edge, node] = cost
                found[before] = None
        return list(found)

    def _coming(self, node: Node, depth: int) -> Iterator[Arc]:
        """The edges that lead to a node from one at this distance."""
        number, there = node
        state = there if number == STATE else self.pursuits[number].state[there]
        first, edges = self.graph.entering
        for edge in edges[first[state] : first[state + 1]]:
            source = self.graph.source[edge]
            if number == STATE:
                if self.graph.depth(source) == depth:
                    yield edge, (STATE, source)
                continue
            yield from self._pairs_before(number, there, edge, depth)

    def _pairs_before(self, number: int, there: int, edge: int, depth: int) -> Iterator[Arc]:
        """The pairs from which an edge leads to this one, and the state if it is the read."""
        pursuit, source = self.pursuits[number], self.graph.source[edge]
        bits, locks = pursuit.bits[there], pursuit.locks[there]
        for node in self.near[number].get((depth, source), ()):
            if pursuit.locks[node] == locks and self._after(pursuit, node, edge) == bits:
                yield edge, (number, node)
        if not bits and self.graph.depth(source) == depth and pursuit.held[source] == locks:
            if pursuit.enters(source, edge):
                yield edge, (STATE, source)

    def _cost(self, node: Node, last: int | None) -> int:
        """The least switches from a node on, when `last` moved before."""
        return min(self._price(edge, last) + cost for (edge, _), cost in self.plan[node].items())

    def _price(self, edge: int, last: int | None) -> int:
        return int(last is not None and self.graph.actor[edge] != last)

    # -- forwards -------------------------------------------------------------------------------

    def _walk(self, root: int) -> Caught:
        """From a root the first edge each time that keeps the switches at the least."""
        here: dict[Node, int] = {(STATE, root): NO_STATE}  # and where its read was
        left, last = self._cost((STATE, root), None), None
        edges: list[int] = []
        for index in range(self.length):
            ways = [
                (edge, node, after, cost)
                for node in here
                for (edge, after), cost in self.plan[node].items()
                if cost + self._price(edge, last) == left
            ]
            first = min(way[0] for way in ways)
            ways = [way for way in ways if way[0] == first]
            edges.append(first)
            step: dict[Node, int] = {}
            for _, node, after, _ in ways:
                begins = node[0] == STATE and after[0] != STATE
                step.setdefault(after, index if begins else here[node])
            if END in step:
                return Caught(root, tuple(edges), step[END], ways[0][1][0])
            here, left, last = step, ways[0][3], self.graph.actor[first]
        raise AssertionError(root)


def fits(pursuits: Sequence[Pursuit]) -> bool:
    """Are they small enough to be looked through?"""
    return sum(pursuit.count for pursuit in pursuits) <= MOST_PAIRS
