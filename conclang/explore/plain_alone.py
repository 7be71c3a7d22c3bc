"""Who is expanded in a state: a few whom nobody else can get in the way of, or everybody.

The twin of `one_alone` in worker.py; what it is about stands in persistent.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conclang.explore.persistent import BY_RECORD, Footprints, candidates
from conclang.explore.plain_catalog import Key
from conclang.explore.plain_habits import Outcome
from conclang.machine.opcodes import ASLEEP, PC

if TYPE_CHECKING:
    from conclang.explore.plain_expand import Worker


class Alone:
    """Chooses for one worker."""

    def __init__(self, worker: Worker, made: Footprints) -> None:
        self.worker = worker
        self.catalog = worker.catalog
        self.made = made
        self.rows: dict[int, int] = {}  # of records

    def entities(self, key: Key, everybody: range) -> Sequence[int]:
        """Those who are expanded in a state."""
        records, numbers = self.catalog.records, key[1 : everybody.stop + 1]
        status = [self.catalog.status[number] for number in numbers]
        pcs = [records[number][PC] for number in numbers]
        rows = [self._row(t, number) for t, number in enumerate(numbers)]
        for chosen in candidates(self.made, status, pcs, rows):
            if self._lead_deeper(key, chosen, status):
                return chosen
        return everybody

    def _row(self, t: int, number: int) -> int:
        """The row of the look ahead that holds for t with this record."""
        row = self.made.rows[min(t, len(self.made.rows) - 1)]
        if row != BY_RECORD:
            return row
        if number not in self.rows:
            words, stack = self.catalog.records[number], self.worker.machine.stack
            self.rows[number] = self.made.origins.row_of(words, stack)
        return self.rows[number]

    def _lead_deeper(self, key: Key, chosen: Sequence[int], status: list[int]) -> bool:
        """Do their steps lead to a state that was not there before, and fail in no way?"""
        deeper = real = False
        for t in chosen:
            outcomes = self.worker.habits.deed(key, t).outcomes
            if any(outcome.fault for outcome in outcomes):
                return False
            real = real or (bool(outcomes) and status[t] != ASLEEP)
            deeper = deeper or any(self._is_deeper(key, t, outcome) for outcome in outcomes)
        return deeper and real

    def _is_deeper(self, key: Key, t: int, outcome: Outcome) -> bool:
        worker, search, fresh = self.worker, self.worker.search, list(key)
        worker.habits.apply(outcome, fresh, t)
        worker.fuse(fresh, t)
        worker.order.arrange(fresh)
        return search.index.get(tuple(fresh), search.before) >= search.before
