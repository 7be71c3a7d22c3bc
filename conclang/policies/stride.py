"""Stride scheduling (Waldspurger and Weihl 1995): the lottery's shares without its luck.

Each thread has a pass that starts at 0 and advances by a constant divided by its tickets for every
tick it runs; the smallest pass runs. The constant is a common multiple of all tickets declared, so
the division is exact.
"""

from __future__ import annotations

from math import lcm

from conclang.machine.policy import Runnable, View
from conclang.policies.lottery import tickets
from conclang.policies.ranked import Ranked

SMALLEST = 10_000
LARGEST = 1 << 200


class Stride(Ranked):
    name = "stride"

    def __init__(self, quantum: int = 1) -> None:
        super().__init__()
        self.quantum = quantum

    def setup(self, view: View) -> None:
        super().setup(view)
        self.constant = SMALLEST
        for count in view.tickets:
            self.constant = lcm(self.constant, max(1, count))
            if self.constant > LARGEST:
                break

    def rank(self, thread: Runnable) -> int:
        return thread.used

    def reason(self, thread: Runnable) -> str:
        return f"smallest pass: {thread.used}"

    def slice(self, thread: Runnable) -> int:
        return self.quantum

    def ran(self, thread: Runnable, ticks: int) -> None:
        thread.used += ticks * self.constant // tickets(thread)
