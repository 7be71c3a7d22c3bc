"""Missed deadlines: how late the job was, and what it did in the meantime.

Only threads with a deadline are followed. Of each the current job is known: since when, for how
long it ran, was blocked, or was ready while others had the cores.
"""

from __future__ import annotations

from collections import deque

from conclang.events.event import Event
from conclang.record import new, record

MOST = 1000
"""Misses that are remembered."""
RUNNING, READY, BLOCKED = "running", "ready", "blocked"


@record(frozen=False)
class Job:
    """A job of a thread; `others`: how long each other thread had a core while it was ready."""

    thread: str
    number: int
    released: int
    ran: int = 0
    waited: int = 0
    blocked: int = 0
    others: dict[str, int] = new(factory=dict)

    def copy(self) -> Job:
        found = Job(self.thread, self.number, self.released, self.ran, self.waited, self.blocked)
        found.others = dict(self.others)
        return found


@record(frozen=False)
class Miss:
    """A job as it was when its deadline passed, and when it ended (-1: never)."""

    job: Job
    due: int
    ended: int = -1


class Deadlines:
    """Follows a run event by event."""

    def __init__(self, threads: set[str]) -> None:
        self.threads = threads
        self.now = 0
        self.jobs: dict[str, deque[Job]] = {name: deque() for name in sorted(threads)}
        self.state: dict[str, str] = {}
        self.running: dict[int, str] = {}
        self.core_of: dict[str, int] = {}
        self.misses: list[Miss] = []
        self.late: dict[tuple[str, int], Miss] = {}  # still running, by thread and job

    def see(self, event: Event) -> None:
        if not self.threads:
            return
        if event.tick > self.now:
            self._pass(event.tick - self.now)
            self.now = event.tick
        handler = HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)

    def _pass(self, ticks: int) -> None:
        for name, jobs in self.jobs.items():
            if not jobs:
                continue
            job, state = jobs[0], self.state.get(name, READY)
            if state == RUNNING:
                job.ran += ticks
            elif state == BLOCKED:
                job.blocked += ticks
            else:
                job.waited += ticks
                for other in self.running.values():
                    job.others[other] = job.others.get(other, 0) + ticks
            for later in list(jobs)[1:]:  # they wait for the job before them
                later.waited += ticks
                later.others[name] = later.others.get(name, 0) + ticks

    def _release(self, event: Event) -> None:
        jobs = self.jobs.get(event.thread)
        if jobs is not None:
            jobs.append(Job(event.thread, int(event.value or 1), event.tick))

    def _end(self, event: Event) -> None:
        self._off(event)
        jobs = self.jobs.get(event.thread)
        if jobs:
            job = jobs.popleft()
            miss = self.late.pop((event.thread, job.number), None)
            if miss is not None:
                miss.ended = event.tick

    def _miss(self, event: Event) -> None:
        """The oldest job whose miss has not been told yet."""
        for job in self.jobs.get(event.thread, ()):
            key = (event.thread, job.number)
            if key not in self.late:
                self.late[key] = Miss(job.copy(), event.tick)
                if len(self.misses) < MOST:
                    self.misses.append(self.late[key])
                return

    def _dispatch(self, event: Event) -> None:
        self.running[event.core] = event.thread
        self.core_of[event.thread] = event.core
        self.state[event.thread] = RUNNING

    def _off(self, event: Event) -> None:
        core = self.core_of.pop(event.thread, -1)
        if self.running.get(core) == event.thread:
            del self.running[core]

    def _ready(self, event: Event) -> None:
        self._off(event)
        self.state[event.thread] = READY

    def _block(self, event: Event) -> None:
        self._off(event)
        self.state[event.thread] = BLOCKED


HANDLERS = {
    "release": Deadlines._release,
    "arrive": Deadlines._release,
    "complete": Deadlines._end,
    "finish": Deadlines._end,
    "miss": Deadlines._miss,
    "dispatch": Deadlines._dispatch,
    "preempt": Deadlines._ready,
    "ready": Deadlines._ready,
    "block": Deadlines._block,
    "sleep": Deadlines._block,
    "io": Deadlines._block,
}
