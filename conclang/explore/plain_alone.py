"""Who is expanded in a state: one alone whom nobody can get in the way of, or everybody.

The twin of `one_alone` in worker.py; what it is about stands in persistent.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.explore.persistent import NEVER, Footprints
from conclang.explore.plain_catalog import Key
from conclang.machine.opcodes import AT, FINISHED, PC, SPINNING

if TYPE_CHECKING:
    from conclang.explore.plain_expand import Worker


class Alone:
    """Chooses for one worker."""

    def __init__(self, worker: Worker, made: Footprints) -> None:
        self.worker = worker
        self.catalog = worker.catalog
        self.future, self.needs = made.future, made.needs
        self.rows = [row * made.count for row in made.rows]

    def entities(self, key: Key, everybody: range) -> range:
        """Those who are expanded in a state."""
        last, once, twice, there = len(self.rows) - 1, 0, NEVER, []
        for t in everybody:
            number = key[t + 1]
            status = self.catalog.status[number]
            if status not in (FINISHED, SPINNING):
                at = self.rows[min(t, last)] + self.catalog.records[number][PC]
                future = self.future[at]
                twice |= once & future
                once |= future
                there.append((t, at, status))
        if len(there) < 2:
            return everybody
        for t, at, status in there:
            if status == AT and not self.needs[at] & (twice | (once & ~self.future[at])):
                if self._leads_deeper(key, t):
                    return range(t, t + 1)
        return everybody

    def _leads_deeper(self, key: Key, t: int) -> bool:
        """Does the step of t lead to a state that was not there before, and fail in no way?"""
        worker, search = self.worker, self.worker.search
        deed = worker.habits.deed(key, t)
        if any(outcome.fault for outcome in deed.outcomes):
            return False
        for outcome in deed.outcomes:
            fresh = list(key)
            worker.habits.apply(outcome, fresh, t)
            worker.fuse(fresh, t)
            worker.order.arrange(fresh)
            if search.index.get(tuple(fresh), search.before) >= search.before:
                return True
        return False
