"""Shortest remaining time first: a newcomer with less left to do interrupts the running one."""

from __future__ import annotations

from conclang.diagnostics.counting import counted
from conclang.machine.policy import Runnable
from conclang.policies.ranked import Ranked


class Srtf(Ranked):
    name = "srtf"
    preemptive = True

    def rank(self, thread: Runnable) -> int:
        return max(0, thread.burst - thread.ran)

    def reason(self, thread: Runnable) -> str:
        return f"shortest remaining time: {counted(self.rank(thread), 'tick')}"
