"""Completely fair: the least virtual run time next, in the manner of Linux 2.6.23 to 6.5.

Virtual time passes more slowly for a thread of high weight; the weight follows from `nice`, each
level a factor of about 1.25. Who comes back from sleep or arrives starts at the least virtual run
time of those who are there, so that it can neither hoard time nor is punished.
"""

from __future__ import annotations

from conclang.machine.policy import Runnable
from conclang.policies.ranked import Ranked

SCALE = 1 << 32


def weight(nice: int) -> int:
    """1024 for nice 0, a quarter more for each level below, rounded."""
    nice = max(-20, min(19, nice))
    up, down = (5, 4) if nice < 0 else (4, 5)
    steps = abs(nice)
    return int((1024 * up**steps + down**steps // 2) // down**steps)


class Cfs(Ranked):
    name = "cfs"

    def __init__(self, quantum: int = 1) -> None:
        super().__init__()
        self.quantum = quantum
        self.least = 0

    def ready(self, thread: Runnable, cause: str) -> None:
        if cause in ("arrival", "wake-up"):
            self._settle_least()
            thread.used = max(thread.used, self.least)
        super().ready(thread, cause)

    def _settle_least(self) -> None:
        first = self.first(-1)
        if first is not None:
            self.least = max(self.least, first.used)

    def pick(self, core: int) -> Runnable | None:
        thread = super().pick(core)
        if thread is not None:
            self.least = max(self.least, thread.used)
        return thread

    def rank(self, thread: Runnable) -> int:
        return thread.used

    def reason(self, thread: Runnable) -> str:
        return f"least virtual run time: {thread.used / SCALE:.2f}"

    def slice(self, thread: Runnable) -> int:
        return self.quantum

    def ran(self, thread: Runnable, ticks: int) -> None:
        before = thread.data if isinstance(thread.data, int) else 0
        thread.data = before + ticks
        thread.used += virtual(thread, before + ticks) - virtual(thread, before)


def virtual(thread: Runnable, ticks: int) -> int:
    """Rounded from the whole time, so that equal times are equal however they were cut up."""
    return ticks * SCALE * 1024 // weight(thread.nice)
