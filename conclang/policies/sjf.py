"""Shortest job first: the smallest whole burst next; nobody is interrupted."""

from __future__ import annotations

from conclang.diagnostics.counting import counted
from conclang.machine.policy import Runnable
from conclang.policies.ranked import Ranked


class Sjf(Ranked):
    name = "sjf"

    def rank(self, thread: Runnable) -> int:
        return thread.burst

    def reason(self, thread: Runnable) -> str:
        return f"shortest job: {counted(thread.burst, 'tick')}"
