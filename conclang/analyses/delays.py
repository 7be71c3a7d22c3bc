"""Delays worth a word: priority inversions and convoys.

An **inversion**: a thread waits for a lock, its holder could run but has no core, and a thread
that is less important than the waiting one runs meanwhile. A **convoy**: at least three threads
queue for the same lock, for a good part of the run.
"""

from __future__ import annotations

from conclang.events.event import Event

CONVOY = 3


class Delays:
    """Follows a run event by event; `at` is called whenever time has moved."""

    def __init__(self, priorities: dict[str, int]) -> None:
        self.priorities = priorities
        self.interesting = len(set(priorities.values())) > 1
        self.now = 0
        self.running: dict[int, str] = {}
        self.task_of: dict[str, str] = {}
        self.core_of: dict[str, int] = {}
        self.ready: set[str] = set()  # could run, but have no core
        self.wants: dict[str, str] = {}  # thread -> lock
        self.holder: dict[str, str] = {}  # lock -> thread
        self.queues: dict[str, dict[str, None]] = {}  # lock -> those who wait, in order
        self.inverted: dict[tuple[str, str, str, str], int] = {}
        self.queued: dict[str, int] = {}
        self.longest: dict[str, int] = {}
        self.inverted_since: dict[tuple[str, str, str, str], int] = {}
        self.queued_since: dict[str, int] = {}

    def see(self, event: Event) -> None:
        if event.tick > self.now:
            self._pass(event.tick - self.now)
            self.now = event.tick
        handler = HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)

    def _pass(self, ticks: int) -> None:
        for lock, waiting in self.queues.items():
            if len(waiting) >= CONVOY:
                self.queued[lock] = self.queued.get(lock, 0) + ticks
                self.queued_since.setdefault(lock, self.now)
            if self.interesting and self.holder.get(lock) in self.ready:
                self._invert(lock, ticks)

    def _invert(self, lock: str, ticks: int) -> None:
        """The holder of a lock that somebody waits for has no core: who has one instead?"""
        for thread in self.queues[lock]:
            mine = self.priorities.get(thread, 0)
            for other in sorted(self.running.values()):
                if self.priorities.get(other, 0) < mine:
                    key = (thread, lock, self.holder[lock], other)
                    self.inverted[key] = self.inverted.get(key, 0) + ticks
                    self.inverted_since.setdefault(key, self.now)

    def _ready(self, event: Event) -> None:
        self.ready.add(event.thread)

    def _dispatch(self, event: Event) -> None:
        self.running[event.core] = event.thread
        self.core_of[event.thread] = event.core
        self.ready.discard(event.thread)

    def _preempt(self, event: Event) -> None:
        self._off(event)
        self.ready.add(event.thread)

    def _off(self, event: Event) -> None:
        core = self.core_of.pop(event.thread, None)
        if core is not None and self.running.get(core) == event.thread:
            del self.running[core]

    def _block(self, event: Event) -> None:
        self._off(event)
        if event.value == "lock":
            self._stop_waiting(event.thread)
            self.wants[event.thread] = event.object
            queue = self.queues.setdefault(event.object, {})
            queue[event.thread] = None
            longest = self.longest.get(event.object, 0)
            self.longest[event.object] = max(len(queue), longest)

    def _stop_waiting(self, thread: str) -> None:
        lock = self.wants.pop(thread, None)
        if lock is not None:
            self.queues[lock].pop(thread, None)
            if not self.queues[lock]:
                del self.queues[lock]

    def _acquire(self, event: Event) -> None:
        self._stop_waiting(event.thread)
        self.holder[event.object] = event.thread

    def _unlock(self, event: Event) -> None:
        self.holder.pop(event.object, None)

    def _wait(self, event: Event) -> None:
        self.holder.pop(str(event.value), None)


HANDLERS = {
    "dispatch": Delays._dispatch,
    "preempt": Delays._preempt,
    "ready": Delays._ready,
    "sleep": Delays._off,
    "io": Delays._off,
    "finish": Delays._off,
    "complete": Delays._off,
    "block": Delays._block,
    "acquire": Delays._acquire,
    "unlock": Delays._unlock,
    "wait": Delays._wait,
}
