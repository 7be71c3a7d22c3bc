"""Short witnesses of endless schedules: a way in, and a round trip that treats everybody fairly.

The round trip is found by breadth-first search over nodes together with what fairness has been
done so far: weakly, who was taken or unable on the way; strongly, who was able and who was taken.
It is back at its beginning when nobody is left to be passed over. Beginnings are tried from the
nearest on, as long as stem and round may still get shorter together. When the search gets too
large, a round trip is put together by serving one after another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest

from conclang.explore.liveness_net import Net, Parts
from conclang.record import record

NO_LIMIT = 1 << 60
EFFORT = 30_000
"""Arcs to look at per component before being content with what there is."""
MOST_PARTS = 200
"""Components to look at, the nearest first."""

Done = tuple[int, int, int]
"""Who was served (taken, or weakly: unable), who was able (strongly), who of `must` has moved."""
Spot = tuple[int, Done]


@record
class Lasso:
    """The node where the round begins, and its arcs; `cost` is the length of stem and round."""

    entry: int
    round: tuple[int, ...]
    cost: int
    net: Net
    victim: int = -1


@record
class Wish:
    """What a lasso has to be like: the fairness; who has to move in the round; a cost to beat."""

    fairness: str
    distance: Sequence[int]  # per state
    must: int = 0
    limit: int = NO_LIMIT
    check: Callable[[], None] = lambda: None


def best_lasso(parts: Parts, wish: Wish) -> Lasso | None:
    """The shortest lasso into one of the parts; None if none is shorter than the limit."""
    best: Lasso | None = None
    near = sorted((_nearest(parts, number, wish), number) for number in parts.each())
    for far, number in near[:MOST_PARTS]:
        least = best.cost if best else wish.limit
        if far + 1 >= least:
            break
        best = _Rounds(parts, number, wish).best(least) or best
    return best


def _nearest(parts: Parts, number: int, wish: Wish) -> int:
    distance, state = wish.distance, parts.net.state
    return min(distance[state[node]] for node in parts.nodes(number))


class _Rounds:
    """Round trips in one component."""

    def __init__(self, parts: Parts, number: int, wish: Wish) -> None:
        self.parts = parts
        self.number = number
        self.net = parts.net
        self.fairness = wish.fairness
        self.must = wish.must
        self.check = wish.check
        self.nodes = parts.nodes(number)
        self.far = wish.distance
        self.taken, self.able = parts.taken[number], parts.sometimes[number]
        self.effort = EFFORT

    def distance(self, node: int) -> int:
        return self.far[self.net.state[node]]

    def out(self, node: int) -> list[int]:
        """The arcs from a node that stay inside."""
        return self.parts.inner(self.number, node)

    def best(self, least: int) -> Lasso | None:
        """The shortest stem and round from here, if shorter than that."""
        distance, anything = self.distance, least == NO_LIMIT
        nodes = nsmallest(EFFORT, self.nodes, key=lambda node: (distance(node), node))
        best: Lasso | None = None
        for node in nodes:
            stem = distance(node)
            if stem + 1 >= least or self.effort <= 0:
                break
            self.check()
            trip = self._search(node, least - stem)
            if trip:
                least = stem + len(trip)
                best = Lasso(node, tuple(trip), least, self.net)
        if best is None and anything:
            trip = self._serve_all(nodes[0])
            best = Lasso(nodes[0], tuple(trip), distance(nodes[0]) + len(trip), self.net)
        return best

    # -- exact ------------------------------------------------------------------------------

    def _begin(self, node: int) -> Done:
        if self.fairness == "strong":
            return 0, self.net.able[node], 0
        return ~self.net.able[node] & self.able, 0, 0

    def _after(self, arc: int, done: Done) -> Done:
        net = self.net
        served, able, moved = done
        there = net.able[net.target[arc]]
        moved |= net.moved[arc] & self.must
        if self.fairness == "strong":
            return served | net.took[arc], able | there, moved
        if self.fairness == "weak":
            return (served | net.took[arc] | ~there) & (self.able | self.taken), 0, moved
        return 0, 0, moved

    def _fair(self, done: Done) -> bool:
        served, able, moved = done
        if moved != self.must:
            return False
        if self.fairness == "strong":
            return not able & ~served
        return self.fairness == "none" or not self.able & ~served

    def _search(self, start: int, limit: int) -> list[int] | None:
        first: Spot = (start, self._begin(start))
        came: dict[Spot, tuple[Spot, int]] = {}
        queue = deque([(first, 0)])
        while queue and self.effort > 0:
            here, length = queue.popleft()
            if length + 1 >= limit:
                return None
            for arc in self.out(here[0]):
                self.effort -= 1
                there = (self.net.target[arc], self._after(arc, here[1]))
                if there[0] == start and self._fair(there[1]):
                    return [*_trace(came, first, here), arc]
                if there not in came and there != first:
                    came[there] = (here, arc)
                    queue.append((there, length + 1))
        return None

    # -- good enough --------------------------------------------------------------------------

    def _serve_all(self, start: int) -> list[int]:
        """Serve one entity after another, then go back."""
        net, here = self.net, start
        trip: list[int] = []
        todo = self.must | (self.taken if self.fairness != "none" else 0)
        idle = self.able & ~self.taken if self.fairness == "weak" else 0
        for bit in _bits(todo | idle):
            if not self._served(start, trip, bit, bool(todo & bit)):
                trip += self._walk(here, self._serves(bit, bool(todo & bit)))
                here = net.target[trip[-1]] if trip else here
        if here != start or not trip:
            trip += self._walk(here, lambda arc: net.target[arc] == start)
        return trip

    def _serves(self, bit: int, by_moving: bool) -> Callable[[int], bool]:
        """Does an arc serve an entity: by moving it, or by coming where it is not able?"""
        net = self.net
        if by_moving:
            return lambda arc: bool(net.moved[arc] & bit)
        return lambda arc: not net.able[net.target[arc]] & bit

    def _served(self, start: int, trip: list[int], bit: int, by_moving: bool) -> bool:
        if not by_moving and not self.net.able[start] & bit:
            return True
        return any(self._serves(bit, by_moving)(arc) for arc in trip)

    def _walk(self, start: int, wanted: Callable[[int], bool]) -> list[int]:
        """The shortest way over inner arcs that ends with a wanted one."""
        came: dict[int, int] = {}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for arc in self.out(node):
                if wanted(arc):
                    trail, at = [arc], node
                    while at != start:
                        trail.append(came[at])
                        at = self.net.source[came[at]]
                    return trail[::-1]
                target = self.net.target[arc]
                if target not in came and target != start:
                    came[target] = arc
                    queue.append(target)
        return []


def _trace(came: dict[Spot, tuple[Spot, int]], first: Spot, here: Spot) -> list[int]:
    """The arcs that led here."""
    arcs: list[int] = []
    while here != first:
        here, arc = came[here]
        arcs.append(arc)
    return arcs[::-1]


def _bits(mask: int) -> Iterator[int]:
    """The bits of a mask, one by one."""
    while mask:
        yield mask & -mask
        mask &= mask - 1
