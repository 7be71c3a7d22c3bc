# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Policies with one queue in order of arrival."""

from __future__ import annotations

from collections import deque

from conclang.machine.policy import Policy, Runnable


def take(queue: deque[Runnable], core: int) -> Runnable | None:
    """The first of the queue that may run on this core, taken out."""
    if not queue:
        return None
    thread = queue[0]
    if thread.pinned < 0 or thread.pinned == core:
        return queue.popleft()
    for position in range(1, len(queue)):
        thread = queue[position]
        if thread.pinned < 0 or thread.pinned == core:
            del queue[position]
            return thread
    return None


class Queue(Policy):
    """First come, first served; subclasses may limit the slice."""

    weighs = False

    def __init__(self) -> None:
        self.queue: deque[Runnable] = deque()
        self.picked: Runnable | None = None
        self.said = ""  # by a subclass

    def ready(self, thread: Runnable, cause: str) -> None:
        self.queue.append(thread)

    def pick(self, core: int) -> Runnable | None:
        self.picked = take(self.queue, core)
        return self.picked

    @property
    def why(self) -> str:
        """In words, of the last `pick`: made when somebody wants to know."""
        if self.said:
            return self.said
        if self.picked is None or not self.queue:
            return "nobody else is ready"
        return f"{self.picked.name} waited longest"

    @why.setter
    def why(self, words: str) -> None:
        self.said = words
