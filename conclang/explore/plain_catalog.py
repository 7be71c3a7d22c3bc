"""Parts of states, each kept once and numbered (plain engine).

A state is a tuple of numbers: that of its *common part* (the words that belong to nobody) and that
of each entity's record. States are counted in hundreds of thousands where their parts are counted
in hundreds, so a state takes few words, is quickly compared and hashed, and whatever depends on one
part is worked out once per part (recursive indexing, see catalog.py for the paper). Equal words
have equal numbers, whoever they belong to. Numbers follow the order of arrival: nothing that is
shown may depend on them.

What a look at the state asks again and again is noted beside each record: the entity's status, and
its *sight*, what others could see of its next micro-op: (kind, object, pc, event loop), 0 if that
is of no interest to races and lost updates.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from conclang.machine.opcodes import (
    AT,
    ATOMIC,
    FETCH_ADD,
    PC,
    READ,
    STATUS,
    STORE,
    SWAP,
    WIDE,
    WRITE,
)
from conclang.machine.state import object_of, record

Words = tuple[int, ...]
Key = tuple[int, ...]
SEEN_KINDS = frozenset({READ, WRITE, STORE, FETCH_ADD, SWAP, ATOMIC})
COMMON = -1
"""Whose the words of the common part are."""


class Change:
    """Some words of a part that are written, and what became of each part by that."""

    __slots__ = ("after", "writes")

    def __init__(self, writes: tuple[tuple[int, int], ...]) -> None:
        self.writes = writes
        self.after: dict[int, int] = {}

    def applied(self, words: Words) -> Words:
        fresh = list(words)
        for at, value in self.writes:
            fresh[at] = value
        return tuple(fresh)


class Catalog:
    """All parts met so far."""

    def __init__(self, machine: Any, immediate: Iterable[int] = ()) -> None:
        self.machine = machine
        self.immediate = frozenset(immediate)
        self.first = int(machine.first)
        self.begins = [int(record(machine, t)) for t in range(machine.threads)]
        self.commons: list[Words] = []
        self.common_numbers: dict[Words, int] = {}
        self.records: list[Words] = []
        self.record_numbers: dict[Words, int] = {}
        self.stored = 0  # words of all parts
        self.status: list[int] = []
        self.sights: list[int] = []
        self.seen: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
        self.sight_numbers: dict[tuple[int, int, int, int], int] = {}
        self.changes: dict[tuple[tuple[int, int], ...], Change] = {}

    # -- numbers ----------------------------------------------------------------------------------

    def common_of(self, words: Words) -> int:
        number = self.common_numbers.setdefault(words, len(self.commons))
        if number == len(self.commons):
            self.commons.append(words)
            self.stored += len(words)
        return number

    def record_of(self, words: Words, t: int) -> int:
        """The number of a record; `t` has it."""
        number = self.record_numbers.setdefault(words, len(self.records))
        if number == len(self.records):
            self.records.append(words)
            self.stored += len(words)
            self.status.append(words[STATUS])
            self.sights.append(self._sight(words, t))
        return number

    def _sight(self, words: Words, t: int) -> int:
        machine = self.machine
        kind = machine.code[words[PC] * WIDE]
        if words[STATUS] != AT or (kind not in SEEN_KINDS and words[PC] not in self.immediate):
            return 0
        there = [0] * record(machine, t) + list(words)
        loop = words[machine.at_loop] if machine.at_loop >= 0 else 0
        sight = (int(kind), int(object_of(machine, there, t)), words[PC], loop)
        number = self.sight_numbers.setdefault(sight, len(self.seen))
        if number == len(self.seen):
            self.seen.append(sight)
        return number

    def change_of(self, writes: tuple[tuple[int, int], ...]) -> Change | None:
        """The change that writes these words (place, value); None without any."""
        if not writes:
            return None
        found = self.changes.get(writes)
        if found is None:
            found = self.changes[writes] = Change(writes)
        return found

    def changed_common(self, change: Change, number: int) -> int:
        """The common part after a change."""
        after = change.after.get(~number)
        if after is None:
            after = self.common_of(change.applied(self.commons[number]))
            change.after[~number] = after
        return after

    def changed_record(self, change: Change, number: int, t: int) -> int:
        """The record after a change."""
        after = change.after.get(number)
        if after is None:
            after = self.record_of(change.applied(self.records[number]), t)
            change.after[number] = after
        return after

    # -- whole states -----------------------------------------------------------------------------

    def words_of(self, key: Key | list[int]) -> list[int]:
        """The words of a state."""
        words = [*self.commons[key[0]]]
        for t in range(words[0]):
            words += self.records[key[t + 1]]
        return words

    def key_of(self, words: list[int]) -> list[int]:
        """The numbers of a state's parts."""
        key = [self.common_of(tuple(words[: self.first]))]
        key += [self.record_of(part, t) for t, part in enumerate(self._cut(words))]
        return key

    def known(self, words: list[int]) -> Key | None:
        """The same; None if it was never met."""
        found = [self.common_numbers.get(tuple(words[: self.first]))]
        found += [self.record_numbers.get(part) for part in self._cut(words)]
        return None if None in found else tuple(found)  # type: ignore[arg-type]

    def _cut(self, words: list[int]) -> list[Words]:
        """The records of a state."""
        ends = [int(record(self.machine, t)) for t in range(words[0] + 1)]
        return [tuple(words[a:b]) for a, b in pairwise(ends)]

    def whose(self, at: int) -> tuple[int, int]:
        """Whose word stands at a place of a state: (entity, place in its record)."""
        machine = self.machine
        if at < self.first:
            return COMMON, at
        if at < machine.dynamic:
            t = bisect_right(self.begins, at) - 1
            return t, at - self.begins[t]
        t, offset = divmod(at - machine.dynamic, machine.stride)
        return machine.threads + t, offset

    def memory(self) -> int:
        """Bytes, roughly."""
        parts = len(self.commons) + len(self.records)
        return 250 * (parts + len(self.changes)) + 16 * self.stored
