"""How many cores work at each moment of a run: parallelism over time, from the events.

A core works from the end of the switch to its thread until the thread leaves it. A task that waits
leaves its worker or loop to the next one, and it is said when there is none; unless it is not put
aside: then it blocks the worker or loop.
"""

from __future__ import annotations

from conclang.analyses.runner import Request, RunResult, run_program
from conclang.events.event import Event
from conclang.ir.program import Program

MOST_STEPS = 100_000
"""Size of a run that is done once more to see this."""
WAITS = ("block", "sleep", "io")


class Parallelism:
    """Follows a run event by event; its memory grows with the moments of change."""

    def __init__(self) -> None:
        self.on: dict[str, int] = {}  # who has a core, working since
        self.carriers: dict[str, str] = {}
        self.shared: set[str] = set()  # carriers of several
        self.switching: dict[str, int] = {}
        self.changes: dict[int, int] = {}
        self.waits: Event | None = None  # may be put aside by the next event

    def see(self, event: Event) -> None:
        kind, thread = event.kind, event.thread
        if self.waits is not None:
            self._settle(event)
        if kind == "switch":
            self.switching[thread] = int(event.value or 0)
        elif kind == "dispatch":
            self.on[thread] = event.tick + self.switching.pop(thread, 0)
        elif kind == "take":
            self.carriers[thread] = event.object
            if event.object != thread:
                self.shared.add(event.object)
        elif kind == "create" and event.value == "async":
            self.shared.add(self.carriers.get(thread, thread))
        elif kind == "preempt":
            self._leave(thread, event.tick)
        elif kind in WAITS:
            self.waits = event
        elif kind in ("finish", "complete"):
            carrier = self.carriers.pop(thread, thread)
            if carrier not in self.shared:
                self._leave(carrier, event.tick)

    def _settle(self, event: Event) -> None:
        """Was the one who waits put aside?"""
        wait, self.waits = self.waits, None
        assert wait is not None
        carrier = self.carriers.get(wait.thread, wait.thread)
        if event.kind == "park" and event.thread == wait.thread:
            self.carriers.pop(wait.thread, None)
        else:
            self._leave(carrier, wait.tick)

    def _leave(self, carrier: str, tick: int) -> None:
        since = self.on.pop(carrier, tick)
        if since < tick:
            self.changes[since] = self.changes.get(since, 0) + 1
            self.changes[tick] = self.changes.get(tick, 0) - 1

    def series(self, end: int) -> list[list[int]]:
        """[tick, working cores] at 0 and at every change, up to the end of the run."""
        if self.waits is not None:
            self._settle(self.waits)
        for carrier in list(self.on):
            self._leave(carrier, end)
        rows, working = [[0, 0]], 0
        for tick, change in sorted(self.changes.items()):
            if tick > end or not change:
                continue
            working += change
            if tick == rows[-1][0]:
                rows[-1][1] = working
            else:
                rows.append([tick, working])
        return rows


def over_time(program: Program, request: Request, result: RunResult) -> list[list[int]] | None:
    """The series of a run that has been made; None if it is too long to be made again."""
    if result.size > MOST_STEPS or result.kind == "interrupted":
        return None
    seen = Parallelism()
    again = run_program(program, request, seen.see, observe=False)
    return seen.series(again.metrics.makespan)
