"""Tables of many states at once: where everybody stands, and single words.

The compiled search fills them without unpacking a state; from a plain one they are read word by
word.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from conclang.explore.names import PC, STATUS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BLOCK = 1 << 14
"""States between two looks at the clock."""
AT = 1


class Atlas:
    """The first states of a search, in order of their numbers."""

    def __init__(self, search: Any, count: int, check: Callable[[], None] = lambda: None) -> None:
        self.search = search
        self.check = check
        self.places = array("Q", search.places()[:count])
        self.compiled = hasattr(type(search), "survey")
        self.row = array("Q", bytes(8 * (count + 1)))
        if self.compiled:
            search.count_entities(self.places, self.row)
        else:
            for state, place in enumerate(self.places):
                self.row[state + 1] = self.row[state] + search.words(place)[0]

    def survey(self) -> tuple[array[int], array[int]]:
        """Per state and entity the micro-op and the status, packed, and the object it touches."""
        code = array("I", bytes(4 * self.row[-1]))
        thing = array("i", bytes(4 * self.row[-1]))
        if self.compiled:
            for places, row in self._blocks():
                self.search.survey(places, row, code, thing)
            return code, thing
        for state, place in enumerate(self.places):
            words = self.search.words(place)
            for t in range(words[0]):
                record, at = self.search.record_of(t), self.row[state] + t
                status = words[record + STATUS]
                code[at] = words[record + PC] << 3 | status
                thing[at] = self.search.thing_of(words, t) if status == AT else -1
        return code, thing

    def column(self, word: int) -> array[int]:
        """One shared word of each state."""
        values = array("q", bytes(8 * len(self.places)))
        if self.compiled:
            self.check()
            self.search.column(self.places, word, values)
            return values
        for state, place in enumerate(self.places):
            values[state] = self.search.words(place)[word]
        return values

    def inner(self, word: int) -> array[int]:
        """One word of each entity's record in each state."""
        values = array("q", bytes(8 * self.row[-1]))
        if self.compiled:
            for places, row in self._blocks():
                self.search.inner(places, row, word, values)
            return values
        for state, place in enumerate(self.places):
            words = self.search.words(place)
            for t in range(words[0]):
                values[self.row[state] + t] = words[self.search.record_of(t) + word]
        return values

    def loops(self, word: int, code: array[int], alone: frozenset[int]) -> array[int]:
        """The event loop of each entity; none where a step is `alone` and asks for no loop."""
        values = self.inner(word)
        for at, here in enumerate(code if alone else ()):
            if here & 7 == AT and here >> 3 in alone:
                values[at] = 0
        return values

    def _blocks(self) -> Iterator[tuple[array[int], array[int]]]:
        """The states in parts, with their rows."""
        for first in range(0, len(self.places), BLOCK):
            self.check()
            last = min(first + BLOCK, len(self.places))
            yield self.places[first:last], self.row[first : last + 1]
