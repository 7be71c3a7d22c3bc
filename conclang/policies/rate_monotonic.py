"""Rate monotonic (Liu and Layland 1973): fixed priorities, the shorter the period the higher.

Threads without a period run when no periodic one is ready.
"""

from __future__ import annotations

from conclang.machine.policy import Runnable
from conclang.policies.edf import NEVER
from conclang.policies.ranked import Ranked


class RateMonotonic(Ranked):
    name = "rate_monotonic"
    preemptive = True

    def rank(self, thread: Runnable) -> int:
        return thread.period or NEVER

    def reason(self, thread: Runnable) -> str:
        if not thread.period:
            return "nobody with a period is ready"
        return f"shortest period: {thread.period}"
