"""What there is to say about a state: predicates, sections, races, lost updates, ends (plain).

Each report is said once. Predicates and sections mostly depend on the common part alone, and whose
next micro-ops meet depends on the row of the entities' *sights* alone (see plain_catalog.py): the
former are looked at once for each common part, the latter once for each row. Only where tasks
compete for workers it is asked in each state who of a pair could go on, and what an indivisible
block touches is asked in each state too.
"""

from __future__ import annotations

from typing import Any

from conclang.explore.plain_catalog import Key, Words
from conclang.explore.plain_habits import Habits
from conclang.explore.reports import (
    FAILED,
    FAULT,
    FIRST_LIMIT,
    LOST,
    RACE,
    SECTION,
    TRUTH,
    SearchOptions,
)
from conclang.machine.opcodes import ATOMIC, FETCH_ADD, FINISHED, READ, SPINNING, STORE, SWAP, WRITE

CROWD = 16
FIRST_BITS = (1 << 63) - 1
LAST = 1 << 63
MOST_ROWS = 200_000
MEETING = frozenset({WRITE, STORE, FETCH_ADD, SWAP})
Row = tuple[int, ...]
Standing = tuple[int, int, int, int, int]
"""An entity and its sight: kind, object, pc, loop."""
Meeting = tuple[int, tuple[int, ...], int, tuple[int, ...]]
"""A report that may be due: its kind and words, the entity, and who must be able to step."""


class Known:
    """What a row comes to: does anybody access memory, and who meets whom.

    Meetings that were reported for good are left out; None: they depend on the state.
    """

    __slots__ = ("accesses", "meetings", "number")

    def __init__(self, number: int, accesses: bool, meetings: list[Meeting] | None) -> None:
        self.number, self.accesses, self.meetings = number, accesses, meetings


class Inspector:
    """Looks at states and reports."""

    def __init__(self, machine: Any, options: SearchOptions, habits: Habits) -> None:
        self.machine, self.habits, self.catalog = machine, habits, habits.catalog
        self.look_for_races, self.immediate = options.races, frozenset(options.immediate)
        self.looks = self.look_for_races or bool(self.immediate)
        self.commons, self.sight_of = self.catalog.commons, self.catalog.sights.__getitem__
        self.predicates = options.predicates
        self.sections = [(machine.section_at[s], limit) for s, limit in options.sections]
        self.guard_of = options.guards
        watched = options.keep and machine.lock_count and not options.guards
        self.guards = [LAST | FIRST_BITS] * (machine.locks - machine.cells) if watched else []
        self.unguarded = False
        self.watches = options.races and bool(self.guards or self.guard_of)
        self.seen: set[tuple[int, ...]] = set()
        self.reports: list[tuple[int, int, tuple[int, ...], int, int]] = []
        self.truths: dict[int, int] = {}
        self.rows: dict[Row, Known] = {}
        self.noted: set[tuple[int, int]] = set()

    def inspect(self, place: int, key: Key) -> int:
        """Say what there is to say; the truths of the predicates, as bits."""
        truth = self.truths.get(key[0])
        if truth is None:
            truth = self._judge(place, key)
        if self.looks:
            count = self.commons[key[0]][0]
            row = tuple(map(self.sight_of, key[1 : count + 1]))
            known = self.rows.get(row) or self._look(place, key, row)
            if self.watches and known.accesses:
                self._note_guards(key[0], row, known)
            if known.meetings is None:
                self._meet(place, key, self._meetings(row, key))
            elif known.meetings:
                self._meet(place, key, known.meetings)
        return truth

    def report(self, place: int, t: int, kind: int, words: tuple[int, ...]) -> None:
        """Say something once."""
        if (kind, *words) not in self.seen:
            self.seen.add((kind, *words))
            self.reports.append((0, kind, words, place, t))  # one worker has them in order

    # -- predicates and sections ------------------------------------------------------------------

    def _judge(self, place: int, key: Key) -> int:
        truth, near = 0, self.habits.remembers
        for index, code in enumerate(self.predicates):
            answer = self.habits.opinion(key, code)
            near = near and answer.near
            truth |= (answer.value > 0) << index
            self.report(place, -1, TRUTH, (index, answer.value, answer.fault))
        common = self.catalog.commons[key[0]]
        for index, (where, limit) in enumerate(self.sections):
            if common[where] > limit:
                self.report(place, -1, SECTION, (index,))
        if near:
            self.truths[key[0]] = truth
        return truth

    # -- races and lost updates -------------------------------------------------------------------

    def _look(self, place: int, key: Key, row: Row) -> Known:
        """A row that is new."""
        seen = self.catalog.seen
        kinds = [seen[sight][0] for sight in row]
        accesses = any(kind in (READ, WRITE) for kind in kinds)
        known = Known(len(self.rows), accesses, None)
        if ATOMIC not in kinds:
            known.meetings = self._meetings(row, key)
            if not self.machine.tasks:
                self._meet(place, key, known.meetings)
                known.meetings = []
        if self.habits.remembers:
            if len(self.rows) > MOST_ROWS:
                self.rows.clear()
                self.noted.clear()
            self.rows[row] = known
        return known

    def _meetings(self, row: Row, key: Key) -> list[Meeting]:
        """Who meets whom, in the order in which it is reported."""
        there = [(t, *self.catalog.seen[sight]) for t, sight in enumerate(row) if sight]
        found = self._races(there, key, len(row)) if self.look_for_races else []
        if self.immediate:
            found += self._overtaken(there, len(row))
        return found

    def _races(self, there: list[Standing], key: Key, count: int) -> list[Meeting]:
        """Pairs whose next micro-ops touch the same cell, one of them writing."""
        found: list[Meeting] = []
        before: list[Standing] = []
        for t, kind, cell, pc, loop in there:
            if kind == ATOMIC:
                found += self._block_meets(there, key, t)
            if kind not in (READ, WRITE):
                continue
            for u, other, its_cell, its_pc, its_loop in before:
                if cell != its_cell or (kind == READ and other == READ) or 0 != loop == its_loop:
                    continue
                found.append((RACE, (cell, its_pc, pc, *pair(u, t, count)), t, (t, u)))
            before.append((t, kind, cell, pc, loop))
        return found

    def _block_meets(self, there: list[Standing], key: Key, t: int) -> list[Meeting]:
        """Accesses inside the block of t against the next micro-ops of all others."""
        found: list[Meeting] = []
        _, _, _, pc, loop = next(standing for standing in there if standing[0] == t)
        for kind, cell in self.habits.touched(key, t):
            for u, other, its_cell, its_pc, its_loop in there:
                if u == t or its_cell != cell or 0 != loop == its_loop:
                    continue
                if other == WRITE or (other == READ and kind == WRITE):
                    found.append((RACE, (cell, pc, its_pc, t, u), t, (u,)))
        return found

    def _overtaken(self, there: list[Standing], count: int) -> list[Meeting]:
        """Somebody is about to write what it has just read, and another is about to write too."""
        found: list[Meeting] = []
        for t, _, cell, pc, _ in there:
            if pc not in self.immediate:
                continue
            for u, other, its_cell, its_pc, _ in there:
                if u != t and other in MEETING and its_cell == cell:
                    found.append((LOST, (cell, pc, its_pc, *pair(t, u, count)), t, (u,)))
        return found

    def _meet(self, place: int, key: Key, meetings: list[Meeting]) -> None:
        """Report the meetings of those who can step: with tasks, not everybody can."""
        for kind, words, t, needed in meetings:
            if (kind, *words) in self.seen:
                continue
            if not self.machine.tasks or all(self.habits.deed(key, u).ways for u in needed):
                self.report(place, t, kind, words)

    # -- which lock guards which cell -------------------------------------------------------------

    def _note_guards(self, common: int, row: Row, known: Known) -> None:
        """Which locks are held at every access to a cell; is the one that we rely on?"""
        if (common, known.number) in self.noted:
            return
        if self.habits.remembers:
            self.noted.add((common, known.number))
        locks = self.catalog.commons[common][self.machine.locks :]
        for t, sight in enumerate(row):
            kind, cell, _, _ = self.catalog.seen[sight]
            if kind in (READ, WRITE) and 0 <= cell < self.machine.object_limit[READ]:
                self._note_guard(locks, t, cell)

    def _note_guard(self, locks: Words, t: int, cell: int) -> None:
        if self.guard_of:
            lock = self.guard_of[cell]
            if lock >= 0 and locks[lock >> 1] != t + 1:
                self.unguarded = True
        elif self.guards[cell]:
            count = min(self.machine.lock_count, 62)
            self.guards[cell] &= sum(1 << i for i in range(count) if locks[i] == t + 1)

    def guarding(self) -> tuple[int, ...]:
        """Per word of memory the lock held at every access seen, -1: none, or no access."""
        return tuple(
            (mask & -mask).bit_length() - 1 if mask and not mask & LAST else -1
            for mask in self.guards
        )

    # -- ends and failing steps -------------------------------------------------------------------

    def failed(self, place: int, t: int, fault: int, pc: int, common: Words) -> None:
        """A step that fails: what and where, and the cells as it leaves them."""
        self.report(place, t, FAULT, (fault, pc, t))
        if fault < FIRST_LIMIT:
            self.report(place, t, FAILED, common[self.machine.cells : self.machine.locks])

    def ended(self, place: int, key: Key, kind: int) -> None:
        """Nothing can happen any more: who has not finished, and the cells."""
        status, common = self.catalog.status, self.catalog.commons[key[0]]
        marks = {FINISHED: 1, SPINNING: 2}
        words = tuple([marks.get(status[key[t + 1]], 0) for t in range(common[0])])
        words += common[self.machine.cells : self.machine.locks]
        self.report(place, -1, kind, words)

    def memory(self) -> int:
        """Bytes, roughly."""
        return 300 * len(self.rows) + 150 * (len(self.noted) + len(self.truths))


def pair(t: int, u: int, count: int) -> tuple[int, int]:
    """Among many threads it is not told of every pair that it meets."""
    return (0, 0) if count > CROWD else (t, u)
