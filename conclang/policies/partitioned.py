"""Partitioned: a queue and a policy per core; a thread stays where it was put at its arrival.

It is put where it is pinned, else at the core with the fewest threads alive, the lowest of equals.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.machine.policy import Policy, Runnable, View


class Partitioned(Policy):
    name = "partitioned"
    preemptive = True

    def __init__(self, make: Callable[[], Policy]) -> None:
        self.make = make
        self.parts: list[Policy] = []
        self.homes: dict[int, int] = {}
        self.alive: list[int] = []

    def setup(self, view: View) -> None:
        super().setup(view)
        self.parts = [self.make() for _ in range(view.cores)]
        self.alive = [0] * view.cores
        for part in self.parts:
            part.setup(view)
        self.preemptive = self.parts[0].preemptive
        self.weighs = self.parts[0].weighs
        self.work_conserving = False

    def ready(self, thread: Runnable, cause: str) -> None:
        home = self.homes.get(thread.number, -1)
        if home < 0:
            home = thread.pinned
            if home < 0:
                home = self.alive.index(min(self.alive))
            self.homes[thread.number] = home
            self.alive[home] += 1
        self.parts[home].ready(thread, cause)

    def pick(self, core: int) -> Runnable | None:
        part = self.parts[core]
        thread = part.pick(core)
        if thread is not None:
            self.why = f"{part.why} (queue of core {core})"
        return thread

    def _part(self, thread: Runnable) -> Policy:
        return self.parts[self.homes[thread.number]]

    def slice(self, thread: Runnable) -> int:
        return self._part(thread).slice(thread)

    def expired(self, thread: Runnable) -> bool:
        return self._part(thread).expired(thread)

    def gives_way(self, thread: Runnable, core: int) -> bool:
        return self.parts[core].gives_way(thread, core)

    def ran(self, thread: Runnable, ticks: int) -> None:
        self._part(thread).ran(thread, ticks)

    def left(self, thread: Runnable, finished: bool) -> None:
        self._part(thread).left(thread, finished)
        if finished:
            self.alive[self.homes[thread.number]] -= 1
            del self.homes[thread.number]

    def changed(self, thread: Runnable) -> None:
        if thread.number in self.homes:
            self._part(thread).changed(thread)
