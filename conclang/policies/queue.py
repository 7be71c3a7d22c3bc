"""Policies with one queue in order of arrival."""

from __future__ import annotations

from collections import deque

from conclang.machine.policy import Policy, Runnable


def take(queue: deque[Runnable], core: int) -> Runnable | None:
    """The first of the queue that may run on this core, taken out."""
    if queue and queue[0].pinned in (-1, core):
        return queue.popleft()
    for position, thread in enumerate(queue):
        if thread.pinned in (-1, core):
            del queue[position]
            return thread
    return None


class Queue(Policy):
    """First come, first served; subclasses may limit the slice."""

    def __init__(self) -> None:
        self.queue: deque[Runnable] = deque()

    def ready(self, thread: Runnable, cause: str) -> None:
        self.queue.append(thread)

    def pick(self, core: int) -> Runnable | None:
        thread = take(self.queue, core)
        if thread is not None:
            self.why = f"{thread.name} waited longest" if self.queue else "nobody else is ready"
        return thread
