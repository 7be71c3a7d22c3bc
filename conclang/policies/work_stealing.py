"""Work stealing: a queue per core, in order of arrival; a core without work takes from another.

A newcomer queues where its creator runs, else at the shortest queue; later it comes back to the
core it ran on last. The thief takes the one that has waited longest in the longest queue.
"""

from __future__ import annotations

from collections import deque

from conclang.machine.policy import Policy, Runnable, View
from conclang.policies.queue import take


class WorkStealing(Policy):
    name = "work_stealing"
    weighs = False

    def __init__(self, quantum: int = 0) -> None:
        self.quantum = quantum
        self.queues: list[deque[Runnable]] = []
        self.running: dict[int, Runnable] = {}

    def setup(self, view: View) -> None:
        super().setup(view)
        self.queues = [deque() for _ in range(view.cores)]

    def ready(self, thread: Runnable, cause: str) -> None:
        self.running.pop(thread.number, None)
        home = thread.pinned
        if home < 0:
            home = thread.core if 0 <= thread.core < len(self.queues) else self._shortest()
        self.queues[home].append(thread)

    def _shortest(self) -> int:
        loads = [len(queue) for queue in self.queues]
        for thread in self.running.values():
            loads[thread.core] += 1
        return loads.index(min(loads))

    def pick(self, core: int) -> Runnable | None:
        thread = take(self.queues[core], core)
        self.why = "first in the core's own queue"
        if thread is None:
            thread = self._steal(core)
        if thread is not None:
            self.running[thread.number] = thread
        return thread

    def _steal(self, core: int) -> Runnable | None:
        victims = sorted(range(len(self.queues)), key=lambda n: (-len(self.queues[n]), n))
        for victim in victims:
            if not self.queues[victim]:
                return None
            thread = take(self.queues[victim], core)
            if thread is not None:
                self.why = f"stolen from the queue of core {victim}"
                return thread
        return None

    def left(self, thread: Runnable, finished: bool) -> None:
        self.running.pop(thread.number, None)

    def slice(self, thread: Runnable) -> int:
        return self.quantum
