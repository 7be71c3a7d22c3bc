# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Earliest deadline first (Liu and Layland 1973): the job whose deadline comes first interrupts.

Threads without a deadline run when no job with one is ready. On several cores this is global EDF.
"""

from __future__ import annotations

from conclang.machine.policy import Runnable
from conclang.policies.ranked import Ranked

NEVER = 1 << 62


class Edf(Ranked):
    name = "edf"
    preemptive = True

    def rank(self, thread: Runnable) -> int:
        return thread.deadline if thread.deadline >= 0 else NEVER

    def reason(self, thread: Runnable) -> str:
        if thread.deadline < 0:
            return "nobody with a deadline is ready"
        return f"earliest deadline: {thread.deadline}"
