# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Policies that run the smallest: a heap by rank, then arrival in the queue, then declaration.

Entries that have become untrue (the thread left, its rank changed) stay in the heap until they
come to the top; a thread's `queued` stamp says which of its entries is true, `level` when it came.
"""

from __future__ import annotations

import heapq

from conclang.machine.policy import Policy, Runnable


class Ranked(Policy):
    """Override `rank` (smaller runs first) and say whether a smaller newcomer interrupts."""

    weighs = False

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, int, Runnable]] = []
        self.order = 0
        self.picked: Runnable | None = None
        self.said = ""  # by a subclass

    def rank(self, thread: Runnable) -> int:
        raise NotImplementedError

    def reason(self, thread: Runnable) -> str:
        """In words, why it was picked."""
        return "first in the queue"

    def ready(self, thread: Runnable, cause: str) -> None:
        self.order += 1
        thread.queued = thread.level = self.order
        heapq.heappush(self.heap, (self.rank(thread), self.order, self.order, thread))

    def pick(self, core: int) -> Runnable | None:
        aside = []
        found = None
        while self.heap:
            entry = heapq.heappop(self.heap)
            thread = entry[3]
            if thread.queued != entry[2]:
                continue
            if thread.pinned < 0 or thread.pinned == core:
                found = thread
                break
            aside.append(entry)
        for entry in aside:
            heapq.heappush(self.heap, entry)
        if found is not None:
            found.queued = 0
            self.picked = found
        return found

    @property
    def why(self) -> str:
        """In words, of the last `pick`: made when somebody wants to know."""
        if self.said or self.picked is None:
            return self.said
        return self.reason(self.picked)

    @why.setter
    def why(self, words: str) -> None:
        self.said = words

    def gives_way(self, thread: Runnable, core: int) -> bool:
        first = self.first(core)
        return first is not None and self.preemptive and self.rank(first) < self.rank(thread)

    def worse(self, thread: Runnable, other: Runnable) -> bool:
        return self.rank(thread) > self.rank(other)

    def first(self, core: int) -> Runnable | None:
        """Who would be picked, left in the queue."""
        while self.heap:
            entry = self.heap[0]
            thread = entry[3]
            if thread.queued != entry[2]:
                heapq.heappop(self.heap)
            elif thread.pinned < 0 or thread.pinned == core:
                return thread
            else:
                break
        fitting = [e for e in self.heap if e[3].queued == e[2] and e[3].pinned in (-1, core)]
        return min(fitting)[3] if fitting else None

    def changed(self, thread: Runnable) -> None:
        """Give a waiting thread its new rank; its place among equals stays."""
        if not thread.queued:
            return
        self.order += 1
        thread.queued = self.order
        heapq.heappush(self.heap, (self.rank(thread), thread.level, self.order, thread))
