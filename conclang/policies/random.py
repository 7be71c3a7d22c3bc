"""Random: any ready thread, drawn anew at every tick, the running one included."""

from __future__ import annotations

from conclang.machine.policy import Policy, Runnable


class Random(Policy):
    name = "random"

    def __init__(self) -> None:
        self.threads: list[Runnable] = []

    def ready(self, thread: Runnable, cause: str) -> None:
        self.threads.append(thread)

    def pick(self, core: int) -> Runnable | None:
        count = len(self.threads)
        if not count:
            return None
        fitting = range(count)
        if any(thread.pinned >= 0 for thread in self.threads):
            places = [n for n in range(count) if self.threads[n].pinned in (-1, core)]
            if not places:
                return None
            place = places[self.view.draw(len(places))]
        else:
            place = fitting[self.view.draw(count)]
        self.why = f"drawn from {count} ready threads" if count > 1 else "nobody else is ready"
        thread = self.threads[place]
        self.threads[place] = self.threads[-1]
        self.threads.pop()
        return thread

    def slice(self, thread: Runnable) -> int:
        return 1
