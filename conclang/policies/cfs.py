"""Completely fair: the least virtual run time next, in the manner of Linux 2.6.23 to 6.5.

Virtual time passes more slowly for a thread of high weight; the weight follows from `nice` by the
kernel's table, each level a factor of about 1.25. Who comes back from sleep or arrives starts at
the least virtual run time of those who are there, running or ready, which never goes back: so it
can neither hoard time nor is it punished.
"""

from __future__ import annotations

import heapq
from math import lcm

from conclang.machine.policy import Runnable
from conclang.policies.ranked import Ranked

WEIGHTS = (
    *(88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916),
    *(9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277),
    *(1024, 820, 655, 526, 423, 335, 272, 215, 172, 137),
    *(110, 87, 70, 56, 45, 36, 29, 23, 18, 15),
)
"""By nice level from -20 to 19, as in the Linux kernel (`sched_prio_to_weight`)."""
TICK = lcm(*WEIGHTS)
"""A tick of nice 0 in units that every weight divides: virtual time is exact."""


def weight(nice: int) -> int:
    """1024 for nice 0, about a quarter more for each level below."""
    return WEIGHTS[max(-20, min(19, nice)) + 20]


class Cfs(Ranked):
    name = "cfs"
    weighs = True

    def __init__(self, quantum: int = 1) -> None:
        super().__init__()
        self.quantum = quantum
        self.least = 0
        self.running: dict[int, Runnable] = {}

    def ready(self, thread: Runnable, cause: str) -> None:
        self.running.pop(thread.number, None)
        if cause in ("arrival", "wake-up"):
            self._settle_least()
            thread.used = max(thread.used, self.least)
        super().ready(thread, cause)

    def _settle_least(self) -> None:
        """The least of all who are there; its growth is noted before anybody comes or goes."""
        there = list(self.running.values())
        while self.heap and self.heap[0][3].queued != self.heap[0][2]:
            heapq.heappop(self.heap)
        if self.heap:
            there.append(self.heap[0][3])
        if there:
            self.least = max(self.least, min(thread.used for thread in there))

    def pick(self, core: int) -> Runnable | None:
        thread = super().pick(core)
        if thread is not None:
            self.running[thread.number] = thread
        return thread

    def left(self, thread: Runnable, finished: bool) -> None:
        self._settle_least()
        self.running.pop(thread.number, None)

    def rank(self, thread: Runnable) -> int:
        return thread.used

    def reason(self, thread: Runnable) -> str:
        return f"least virtual run time: {thread.used / TICK:.2f}"

    def slice(self, thread: Runnable) -> int:
        return self.quantum

    def ran(self, thread: Runnable, ticks: int) -> None:
        thread.used += ticks * (1024 * TICK // weight(thread.nice))
