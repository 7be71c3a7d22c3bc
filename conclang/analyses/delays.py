"""Delays worth a word: priority inversions and convoys.

An **inversion**: a thread waits for a lock, its holder is ready but has no core, and a thread
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
        self.wants: dict[str, str] = {}  # thread -> lock
        self.holder: dict[str, str] = {}  # lock -> thread
        self.queues: dict[str, int] = {}
        self.inverted: dict[tuple[str, str, str, str], int] = {}
        self.queued: dict[str, int] = {}
        self.longest: dict[str, int] = {}

    def see(self, event: Event) -> None:
        if event.tick > self.now:
            self._pass(event.tick - self.now)
            self.now = event.tick
        handler = HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)

    def _pass(self, ticks: int) -> None:
        for lock, count in self.queues.items():
            if count >= CONVOY:
                self.queued[lock] = self.queued.get(lock, 0) + ticks
        if not self.interesting:
            return
        running = set(self.running.values())
        for thread, lock in self.wants.items():
            holder = self.holder.get(lock, "")
            if not holder or holder in running:
                continue
            mine = self.priorities.get(thread, 0)
            for other in sorted(running):
                if self.priorities.get(other, 0) < mine:
                    key = (thread, lock, holder, other)
                    self.inverted[key] = self.inverted.get(key, 0) + ticks

    def _dispatch(self, event: Event) -> None:
        self.running[event.core] = event.thread

    def _off(self, event: Event) -> None:
        for core, thread in list(self.running.items()):
            if thread == event.thread:
                del self.running[core]

    def _block(self, event: Event) -> None:
        self._off(event)
        if event.value == "lock":
            self._stop_waiting(event.thread)
            self.wants[event.thread] = event.object
            count = self.queues.get(event.object, 0) + 1
            self.queues[event.object] = count
            self.longest[event.object] = max(count, self.longest.get(event.object, 0))

    def _stop_waiting(self, thread: str) -> None:
        lock = self.wants.pop(thread, None)
        if lock is not None:
            self.queues[lock] -= 1
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
    "preempt": Delays._off,
    "sleep": Delays._off,
    "io": Delays._off,
    "finish": Delays._off,
    "complete": Delays._off,
    "block": Delays._block,
    "acquire": Delays._acquire,
    "unlock": Delays._unlock,
    "wait": Delays._wait,
}
