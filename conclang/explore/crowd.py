"""Who is left behind where there are more entities than bits.

The search tells by 63 bits per edge who has moved; all others share the last one. Where a state has
more entities than that, states are compared to see who of them has moved, and sets are integers of
any length. That takes its time; there are few such programs, and few states in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from conclang.explore.graph import LAST_BIT, NO_STATE, Graph
from conclang.explore.names import FINISHED, SPINNING, STATUS
from conclang.explore.patience import listen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.explore.driver import Found


def left_behind(found: Found, daemons: int) -> Iterator[tuple[int, int, int]]:
    """States in which somebody never moves again while others do: (number, place, mask).

    All steps of the search are single ones, and nobody changes places.
    """
    crowd = _Crowd(found)
    ever = crowd.ever()
    for number, place in enumerate(crowd.places):
        mask = crowd.stuck_at(number, ever[number], daemons)
        if mask:
            yield number, place, mask


class _Crowd:
    """The graph of a search, with sets of any size."""

    def __init__(self, found: Found) -> None:
        self.search = found.search
        self.graph = Graph(found.search, found.levels)
        self.places = list(found.search.places())
        machine = found.search.machine
        self.aside = (machine.at_worker, machine.at_holder)
        self.states: dict[int, list[list[int]]] = {}

    def records(self, state: int) -> list[list[int]]:
        """The words of each entity, but for the worker or loop that it merely holds."""
        found = self.states.get(state)
        if found is None:
            listen()
            words = self.search.words(self.places[state])
            at = [self.search.record_of(t) for t in range(words[0] + 1)]
            found = [words[at[t] : at[t + 1]] for t in range(words[0])]
            for record in found:
                for word in self.aside:
                    if 0 <= word < len(record):
                        record[word] = 0
            if len(self.states) > RECENT:
                self.states.clear()
            self.states[state] = found
        return found

    def moved(self, edge: int) -> int:
        """Who has moved on an edge."""
        graph = self.graph
        bits: int = graph.mask[edge]
        if not bits >> LAST_BIT:
            return bits
        bits = bits & FIRST_BITS | 1 << graph.actor[edge]
        if graph.target[edge] == NO_STATE:
            return bits
        before, after = self.records(graph.source[edge]), self.records(graph.target[edge])
        for t in range(LAST_BIT, len(before)):
            if before[t] != after[t]:
                bits |= 1 << t
        return bits

    def ever(self) -> list[int]:
        """Per state who can still move on some way from there."""
        graph = self.graph
        moved = [self.moved(edge) for edge in range(len(graph.target))]
        ever = [0] * graph.count
        edges = range(len(moved))
        changed = True
        while changed:
            changed = False
            for edge in reversed(edges):
                source, target = graph.source[edge], graph.target[edge]
                bits = ever[source] | moved[edge]
                if target != NO_STATE:
                    bits |= ever[target]
                if bits != ever[source]:
                    ever[source] = bits
                    changed = True
            listen()
        return ever

    def stuck_at(self, number: int, moving: int, daemons: int) -> int:
        """Who is left behind in a state; `moving`: who can still move."""
        rest, others = 0, moving != 0
        for t, record in enumerate(self.records(number)):
            status = record[STATUS]
            if status == SPINNING:
                others = True
            elif status != FINISHED and not (moving | daemons) >> t & 1:
                rest |= 1 << t
        return rest if others else 0


RECENT = 4096
"""States that are kept unpacked."""
FIRST_BITS = (1 << LAST_BIT) - 1
