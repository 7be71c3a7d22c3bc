"""The state graph as flat arrays, and what can be read off it.

States are numbers in order of discovery; an edge has a source, a target (NO_STATE when the step
fails), the actor, and a mask of all entities that moved in it. Everything here is linear in the
graph or close to it.

Components are Tarjan's (SIAM J. Comput. 1, 1972), without recursion.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

NO_STATE = 0xFFFFFFFF
LAST_BIT = 63


class Graph:
    """The states and steps of a search that kept them."""

    def __init__(self, search: Any, levels: list[int]) -> None:
        edges, masks, actors, truths = search.graph()
        both = array("Q", edges)
        self.count: int = search.states
        self.source = array("I", [edge >> 32 for edge in both])
        self.target = array("I", [edge & 0xFFFFFFFF for edge in both])
        self.mask = array("Q", masks)
        self.actor = array("H", actors)
        self.truth = array("I", truths)
        self.levels = levels  # the number of the first state of each depth
        self.first = _starts(self.source, self.count)

    def depth(self, state: int) -> int:
        """The least number of steps to a state."""
        return bisect_right(self.levels, state) - 1

    def out(self, state: int) -> range:
        """The edges that leave a state, in order of the steps."""
        return range(self.first[state], self.first[state + 1])

    def goes_back(self) -> bool:
        """Is there an edge that does not lead one level deeper? Without one there is no cycle."""
        levels, bound = self.levels, 0
        level = 0
        for source, target in zip(self.source, self.target, strict=True):
            while level + 1 < len(levels) and source >= levels[level + 1]:
                level += 1
            bound = levels[level + 1] if level + 1 < len(levels) else self.count
            if target < bound:
                return True
        return False

    def entering(self) -> list[list[int]]:
        """Per state the edges that lead to it."""
        found: list[list[int]] = [[] for _ in range(self.count)]
        for edge, target in enumerate(self.target):
            if target != NO_STATE:
                found[target].append(edge)
        return found

    def order(self) -> list[int] | None:
        """States so that steps lead to later ones; None if some lead round in a circle."""
        coming = array("I", bytes(4 * self.count))
        for target in self.target:
            if target != NO_STATE:
                coming[target] += 1
        ready = [state for state in range(self.count) if coming[state] == 0]
        for state in ready:
            for edge in self.out(state):
                target = self.target[edge]
                if target != NO_STATE:
                    coming[target] -= 1
                    if coming[target] == 0:
                        ready.append(target)
        return ready if len(ready) == self.count else None

    def components(
        self, states: Iterable[int] | None = None, allowed: bytearray | None = None
    ) -> list[list[int]]:
        """Strongly connected components that have an edge inside, of the allowed edges."""
        return _Tarjan(self, allowed).run(range(self.count) if states is None else states)


class _Tarjan:
    """One run; `allowed[edge]` says which edges count (None: all)."""

    def __init__(self, graph: Graph, allowed: bytearray | None) -> None:
        self.graph = graph
        self.allowed = allowed
        self.index = array("i", [-1]) * graph.count
        self.low = array("i", bytes(4 * graph.count))
        self.on_stack = bytearray(graph.count)
        self.stack: list[int] = []
        self.found: list[list[int]] = []
        self.clock = 0

    def run(self, states: Iterable[int]) -> list[list[int]]:
        self.inside = bytearray(self.graph.count)
        roots = list(states)
        for state in roots:
            self.inside[state] = 1
        for state in roots:
            if self.index[state] < 0:
                self._from(state)
        return self.found

    def _enter(self, state: int) -> None:
        self.index[state] = self.low[state] = self.clock
        self.clock += 1
        self.stack.append(state)
        self.on_stack[state] = 1

    def _targets(self, state: int) -> list[int]:
        graph, allowed = self.graph, self.allowed
        return [
            graph.target[edge]
            for edge in graph.out(state)
            if graph.target[edge] != NO_STATE
            and (allowed is None or allowed[edge])
            and self.inside[graph.target[edge]]
        ]

    def _from(self, root: int) -> None:
        self._enter(root)
        path = [(root, iter(self._targets(root)))]
        while path:
            state, rest = path[-1]
            target = next(rest, None)
            if target is None:
                path.pop()
                if path:
                    self.low[path[-1][0]] = min(self.low[path[-1][0]], self.low[state])
                if self.low[state] == self.index[state]:
                    self._close(state)
            elif self.index[target] < 0:
                self._enter(target)
                path.append((target, iter(self._targets(target))))
            elif self.on_stack[target]:
                self.low[state] = min(self.low[state], self.index[target])

    def _close(self, root: int) -> None:
        component = []
        while True:
            state = self.stack.pop()
            self.on_stack[state] = 0
            component.append(state)
            if state == root:
                break
        if len(component) > 1 or root in self._targets(root):
            self.found.append(sorted(component))


def _starts(source: array[int], count: int) -> array[int]:
    """Where the edges of each state begin; edges are sorted by their source."""
    first = array("I", bytes(4 * (count + 1)))
    for state in source:
        first[state + 1] += 1
    total = 0
    for state in range(count + 1):
        total += first[state]
        first[state] = total
    return first
