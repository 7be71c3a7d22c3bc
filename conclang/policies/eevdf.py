"""Earliest eligible virtual deadline first (Stoica and Abdel-Wahab 1995).

Virtual time V advances by 1 / (sum of weights) for every tick a core works. A thread asks for
one quantum q at a time; the request is eligible from virtual time e and due at e + q / weight.
Among the requests with e <= V the one due first runs. When it has been served the next one is
eligible at the old due time. Who arrives or comes back is eligible at once, at V: lag is not
carried over a sleep.

Fractions keep this exact. Requests not yet eligible wait in a second heap, by e.
"""

from __future__ import annotations

import heapq
from fractions import Fraction

from conclang.machine.policy import Policy, Runnable
from conclang.policies.cfs import weight

ZERO = Fraction(0)
Entry = tuple[Fraction, int, int, Runnable]


class Request:
    """Of one thread: when it is eligible, how much of it has been served."""

    __slots__ = ("eligible", "served")

    def __init__(self, eligible: Fraction) -> None:
        self.eligible = eligible
        self.served = 0


class Eevdf(Policy):
    name = "eevdf"

    def __init__(self, quantum: int = 1) -> None:
        self.quantum = quantum
        self.time = ZERO
        self.weights = 0
        self.order = 0
        self.later: list[Entry] = []
        self.now: list[Entry] = []

    def ready(self, thread: Runnable, cause: str) -> None:
        if cause in ("arrival", "wake-up"):
            thread.data = Request(self.time)
            self.weights += weight(thread.nice)
        self.order += 1
        request = self._request(thread)
        heapq.heappush(self.later, (request.eligible, self.order, thread.number, thread))

    def pick(self, core: int) -> Runnable | None:
        self._promote()
        thread = self._take(self.now, core)
        if thread is not None:
            self.why = f"earliest virtual deadline: {float(self.due(thread)):.4f}"
            return thread
        thread = self._take(self.later, core)
        if thread is not None:
            self.why = "nobody is eligible, it will be so first"
        return thread

    def _promote(self) -> None:
        """Those who have become eligible are ordered by due time from now on."""
        while self.later and self.later[0][0] <= self.time:
            _, order, number, thread = heapq.heappop(self.later)
            heapq.heappush(self.now, (self.due(thread), order, number, thread))

    @staticmethod
    def _take(heap: list[Entry], core: int) -> Runnable | None:
        aside = []
        found = None
        while heap and found is None:
            entry = heapq.heappop(heap)
            if entry[3].pinned in (-1, core):
                found = entry[3]
            else:
                aside.append(entry)
        for entry in aside:
            heapq.heappush(heap, entry)
        return found

    def due(self, thread: Runnable) -> Fraction:
        return self._request(thread).eligible + Fraction(self.quantum, weight(thread.nice))

    @staticmethod
    def _request(thread: Runnable) -> Request:
        assert isinstance(thread.data, Request)
        return thread.data

    def slice(self, thread: Runnable) -> int:
        return self.quantum - self._request(thread).served

    def ran(self, thread: Runnable, ticks: int) -> None:
        request = self._request(thread)
        request.served += ticks
        if request.served >= self.quantum:
            request.eligible = self.due(thread)
            request.served = 0
        self.time += Fraction(ticks, self.weights)  # so `ran` must come before any change of it

    def left(self, thread: Runnable, finished: bool) -> None:
        self.weights -= weight(thread.nice)
