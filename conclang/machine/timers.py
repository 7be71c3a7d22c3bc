# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: infer_types=True, annotation_typing=False
"""Timers: what is due when, the earliest first.

A binary heap of entries of three words: four times the moment plus the kind, so that at one moment
the kinds go off in their order; the entity; and a number that tells whether the timer is still
meant (its ticket, or the job it watches).
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.state import fresh


class Timers:
    """`put` timers in; while `due` says now, look at `kind`, `entity`, `ticket` and `drop` it."""

    def __init__(self) -> None:
        if not cython.compiled:
            self.words: list[int] = []
        self.count = 0
        self.room = 64
        self.words = fresh(self.words, 0, 192)

    def __dealloc__(self):
        if cython.compiled:
            free(self.words)

    def due(self) -> int:
        """The moment of the first one, -1 if there is none."""
        return self.words[0] >> 2 if self.count else -1

    def kind(self) -> int:
        return self.words[0] & 3

    def entity(self) -> int:
        return self.words[1]

    def ticket(self) -> int:
        return self.words[2]

    def put(self, time: int, kind: int, entity: int, ticket: int) -> None:
        if self.count == self.room:
            self.words = fresh(self.words, 3 * self.room, 6 * self.room)
            self.room *= 2
        words, place = self.words, self.count
        key = time * 4 + kind
        self.count += 1
        while place > 0:
            above = (place - 1) // 2
            if not is_before(words, key, entity, ticket, above):
                break
            words[3 * place] = words[3 * above]
            words[3 * place + 1] = words[3 * above + 1]
            words[3 * place + 2] = words[3 * above + 2]
            place = above
        words[3 * place] = key
        words[3 * place + 1] = entity
        words[3 * place + 2] = ticket

    def drop(self) -> None:
        """Take the first one out: the last one sinks from the top to its place."""
        self.count -= 1
        words, count = self.words, self.count
        key, entity, ticket = words[3 * count], words[3 * count + 1], words[3 * count + 2]
        place, below = 0, 1
        while below < count:
            if below + 1 < count and is_before(
                words, words[3 * below + 3], words[3 * below + 4], words[3 * below + 5], below
            ):
                below += 1
            if is_before(words, key, entity, ticket, below):
                break
            words[3 * place] = words[3 * below]
            words[3 * place + 1] = words[3 * below + 1]
            words[3 * place + 2] = words[3 * below + 2]
            place = below
            below = 2 * place + 1
        words[3 * place] = key
        words[3 * place + 1] = entity
        words[3 * place + 2] = ticket


def is_before(words, key, entity, ticket, place):
    """Does this entry come before the one at a place?"""
    at = 3 * place
    if key != words[at]:
        return key < words[at]
    if entity != words[at + 1]:
        return entity < words[at + 1]
    return ticket < words[at + 2]
