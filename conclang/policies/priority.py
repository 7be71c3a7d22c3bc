"""Fixed priorities: the most important ready thread runs; an equal one does not interrupt.

With `aging: n` every n ticks of waiting add one to a thread's priority and it keeps them
while it has a core. Ready threads are kept in heaps by the phase of their waiting (the tick they
entered, modulo n): within a phase all age at the same moments, so their order never changes, and
there are at most n heads to compare.
"""

from __future__ import annotations

import heapq

from conclang.machine.policy import Policy, Runnable
from conclang.policies.ranked import Ranked


class Priority(Ranked):
    name = "priority"

    def __init__(self, preemptive: bool = True) -> None:
        super().__init__()
        self.preemptive = preemptive

    def rank(self, thread: Runnable) -> int:
        return -thread.priority

    def reason(self, thread: Runnable) -> str:
        return f"highest priority: {thread.priority}"


class Aging(Policy):
    """Priorities that grow while a thread waits."""

    name = "priority"
    weighs = False

    def __init__(self, aging: int, preemptive: bool = True) -> None:
        self.aging = aging
        self.preemptive = preemptive
        self.phases: dict[int, list[tuple[int, int, int, Runnable]]] = {}
        self.kept: dict[int, int] = {}
        self.order = 0

    def ready(self, thread: Runnable, cause: str) -> None:
        self.order += 1
        self.kept.pop(thread.number, None)
        self._push(thread, self.view.now, self.order)

    def _push(self, thread: Runnable, since: int, order: int) -> None:
        """level is the stamp of the true entry, used the tick since which it waits."""
        self.order += 1
        thread.queued, thread.used, thread.level = self.order, since, order
        key = since - thread.priority * self.aging
        entry = (key, order, self.order, thread)
        heapq.heappush(self.phases.setdefault(since % self.aging, []), entry)

    def aged(self, thread: Runnable) -> int:
        """The priority with what waiting has added."""
        return thread.priority + (self.view.now - thread.used) // self.aging

    def best(self, core: int) -> Runnable | None:
        found = None
        for phase in sorted(self.phases):
            thread = self._head(phase, core)
            if thread is not None and (found is None or self._before(thread, found)):
                found = thread
        return found

    def _before(self, one: Runnable, other: Runnable) -> bool:
        mine, others = self.aged(one), self.aged(other)
        return mine > others or (mine == others and one.level < other.level)

    def _head(self, phase: int, core: int) -> Runnable | None:
        heap = self.phases[phase]
        while heap and heap[0][3].queued != heap[0][2]:
            heapq.heappop(heap)
        if not heap:
            del self.phases[phase]
            return None
        if heap[0][3].pinned in (-1, core):
            return heap[0][3]
        fitting = [e for e in heap if e[3].queued == e[2] and e[3].pinned in (-1, core)]
        return min(fitting)[3] if fitting else None

    def pick(self, core: int) -> Runnable | None:
        thread = self.best(core)
        if thread is not None:
            aged = self.aged(thread)
            gained = f" + {aged - thread.priority} for waiting" if aged > thread.priority else ""
            self.why = f"highest priority: {thread.priority}{gained}"
            thread.queued = 0
            self.kept[thread.number] = aged
        return thread

    def running(self, thread: Runnable) -> int:
        """A running thread keeps what it has gained until it leaves the core."""
        return max(thread.priority, self.kept.get(thread.number, 0))

    def slice(self, thread: Runnable) -> int:
        """Until somebody could have grown above the running one: look again at every aging."""
        return 1 if self.preemptive and self.phases else 0

    def expired(self, thread: Runnable) -> bool:
        return False

    def gives_way(self, thread: Runnable, core: int) -> bool:
        first = self.best(core)
        return self.preemptive and first is not None and self.aged(first) > self.running(thread)

    def worse(self, thread: Runnable, other: Runnable) -> bool:
        return self.running(thread) < self.running(other)

    def changed(self, thread: Runnable) -> None:
        if thread.queued:
            self._push(thread, thread.used, thread.level)
