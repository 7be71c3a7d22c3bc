"""The state graph as flat arrays, and what can be read off it.

States are numbers in order of discovery; an edge has a source, a target (NO_STATE when the step
fails), the actor, and a mask of all entities that moved in it. The loops over all of it are in
`circuits`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property

from conclang.explore import circuits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NO_STATE = 0xFFFFFFFF
LAST_BIT = 63


def numbers(count: int, kind: str = "I") -> array[int]:
    """So many zeros."""
    return array(kind, [0]) * count


class Graph:
    """The states and steps of a search that kept them."""

    def __init__(self, search: Any, levels: list[int]) -> None:
        self.count: int = search.states
        self._search = search
        if hasattr(type(search), "edge_count"):
            self._take(search)
        else:
            self._take_copies(*search.graph())
        self.levels = levels  # the number of the first state of each depth
        self.first = numbers(self.count + 1)
        circuits.starts(self.source, self.first)

    def _take(self, search: Any) -> None:
        """The edges of a compiled search."""
        count = search.edge_count
        self.source, self.target, self.actor = numbers(count), numbers(count), numbers(count, "H")
        search.edges(self.source, self.target, self.actor)
        self.truth = array("I", search.truths())

    def _take_copies(self, edges: bytes, masks: bytes, actors: bytes, truths: bytes) -> None:
        """The edges of another one: source and target in one word each."""
        both = array("Q", edges)
        self.source, self.target = numbers(len(both)), numbers(len(both))
        circuits.split(both, self.source, self.target)
        self.actor, self.truth = array("H", actors), array("I", truths)
        self.mask = array("Q", masks)

    @cached_property
    def mask(self) -> array[int]:
        """Per edge who moved, as bits."""
        found = numbers(len(self.target), "Q")
        self._search.masks(found)
        return found

    def depth(self, state: int) -> int:
        """The least number of steps to a state."""
        return bisect_right(self.levels, state) - 1

    @cached_property
    def depths(self) -> array[int]:
        """The same for all states."""
        found = numbers(self.count)
        circuits.depths(array("Q", self.levels), found)
        return found

    @property
    def roots(self) -> int:
        """How many initial states there are; they come first."""
        return self.levels[1] if len(self.levels) > 1 else self.count

    def out(self, state: int) -> range:
        """The edges that leave a state, in order of the steps."""
        return range(self.first[state], self.first[state + 1])

    @cached_property
    def entering(self) -> tuple[array[int], array[int]]:
        """Edges by target: where those of each state begin, and which they are."""
        first, edges = numbers(self.count + 1), numbers(len(self.target))
        circuits.entering(self.source, self.target, first, edges)
        return first, edges

    def has_circle(self) -> bool:
        """Do some steps lead round? Also where several steps are taken together.

        Then states are not looked at in order of their numbers, and edges are not sorted.
        """
        first, ahead = numbers(self.count + 1), numbers(len(self.target))
        circuits.by_source(self.source, self.target, first, ahead)
        ready = numbers(self.count)
        return bool(circuits.order(first, ahead, numbers(self.count), ready) < self.count)

    def order(self) -> array[int] | None:
        """States so that steps lead to later ones; None if some lead round in a circle."""
        ready = numbers(self.count)
        found = circuits.order(self.first, self.target, numbers(self.count), ready)
        return ready if found == self.count else None

    def longest(self, order: array[int]) -> int:
        """The number of steps of the longest schedule."""
        return circuits.longest(self.first, self.target, order, numbers(self.count))

    def components(self) -> array[int]:
        """Per state the number of its strongly connected component, 0 if it lies on no circle."""
        component = numbers(self.count)
        every = bytearray(b"\1") * max(self.count, len(self.target))
        circuits.tarjan(self.first, self.target, every, every, component, 0)
        return component
