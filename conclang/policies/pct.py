"""Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte 2010).

Threads get distinct random priorities, all above `depth`; the highest runs. At depth - 1 random
moments the running thread's priority drops below all others. A bug that needs d ordered events
is found with a probability of at least 1 / (n k^(d-1)). The moments are ticks of computing,
drawn from the work known beforehand (or 100).
"""

from __future__ import annotations

from conclang.machine.policy import Runnable, View
from conclang.policies.ranked import Ranked

UNKNOWN_WORK = 100


class Pct(Ranked):
    name = "pct"
    preemptive = True

    def __init__(self, depth: int = 3) -> None:
        super().__init__()
        self.depth = depth
        self.done = 0
        self.priorities: dict[int, int] = {}

    def setup(self, view: View) -> None:
        super().setup(view)
        horizon = view.work or UNKNOWN_WORK
        moments = {1 + view.draw(horizon) for _ in range(self.depth - 1)}
        self.moments = sorted(moments, reverse=True)

    def ready(self, thread: Runnable, cause: str) -> None:
        if thread.number not in self.priorities:
            drawn = self.depth + self.view.draw(1 << 40)
            self.priorities[thread.number] = drawn
        super().ready(thread, cause)

    def rank(self, thread: Runnable) -> int:
        return -self.priorities[thread.number]

    def reason(self, thread: Runnable) -> str:
        return f"highest random priority: {self.priorities[thread.number]}"

    def slice(self, thread: Runnable) -> int:
        return max(1, self.moments[-1] - self.done) if self.moments else 0

    def ran(self, thread: Runnable, ticks: int) -> None:
        self.done += ticks
        while self.moments and self.moments[-1] <= self.done:
            self.moments.pop()
            self.priorities[thread.number] = len(self.moments)

    def expired(self, thread: Runnable) -> bool:
        return False
