"""Multi-level feedback queue, after the rules of Arpaci-Dusseau, *Operating Systems: Three Easy
Pieces*, chapter 8.

1. A higher level runs first, and interrupts a lower one at once. 2. Within a level: round robin
with the level's quantum. 3. A newcomer enters at the top. 4. A thread that has used up its
level's allotment sinks by one, however many bursts it took; with `gaming: true` the allotment
is forgotten whenever it blocks, so that it can cheat. 5. Every `boost` ticks everybody is back
at the top with a fresh allotment.
"""

from __future__ import annotations

from collections import deque

from conclang.machine.policy import Policy, Runnable
from conclang.policies.queue import take


class Mlfq(Policy):
    name = "mlfq"
    weighs = False
    preemptive = True

    def __init__(self, quanta: tuple[int, ...], boost: int = 0, gaming: bool = False) -> None:
        self.quanta = quanta
        self.boost = boost
        self.gaming = gaming
        self.queues: list[deque[Runnable]] = [deque() for _ in quanta]
        self.lifted = 0  # how many boosts have been applied to the queues

    def ready(self, thread: Runnable, cause: str) -> None:
        self._lift()
        if cause == "arrival":
            thread.level, thread.used, thread.data = 0, 0, self.lifted
        self._refresh(thread)
        if thread.used >= self.quanta[thread.level]:
            self._sink(thread)
        self.queues[thread.level].append(thread)

    def pick(self, core: int) -> Runnable | None:
        self._lift()
        for level, queue in enumerate(self.queues):
            thread = take(queue, core)
            if thread is not None:
                self.why = f"first in level {level}, the highest that is not empty"
                return thread
        return None

    def slice(self, thread: Runnable) -> int:
        self._lift()
        self._refresh(thread)
        left = self.quanta[thread.level] - thread.used
        if self.boost:
            left = min(left, self.boost - self.view.now % self.boost)
        return left

    def expired(self, thread: Runnable) -> bool:
        self._lift()
        self._refresh(thread)
        return thread.used >= self.quanta[thread.level]

    def gives_way(self, thread: Runnable, core: int) -> bool:
        self._lift()
        self._refresh(thread)
        higher = self.queues[: thread.level]
        return any(other.pinned in (-1, core) for queue in higher for other in queue)

    def worse(self, thread: Runnable, other: Runnable) -> bool:
        return thread.level > other.level

    def ran(self, thread: Runnable, ticks: int) -> None:
        thread.used += ticks

    def left(self, thread: Runnable, finished: bool) -> None:
        if self.gaming:
            thread.used = 0

    def _sink(self, thread: Runnable) -> None:
        thread.level = min(thread.level + 1, len(self.quanta) - 1)
        thread.used = 0

    def _lift(self) -> None:
        """Apply the boosts that have come due to everybody in a queue."""
        due = self.view.now // self.boost if self.boost else 0
        if due == self.lifted:
            return
        self.lifted = due
        for queue in self.queues[1:]:
            self.queues[0].extend(queue)
            queue.clear()
        for thread in self.queues[0]:
            self._refresh(thread)

    def _refresh(self, thread: Runnable) -> None:
        """Apply the boosts to one thread that was in no queue when they came."""
        if self.boost and thread.data != self.lifted:
            thread.level, thread.used, thread.data = 0, 0, self.lifted
