"""Random: any ready thread, drawn anew at every tick, the running one included."""

from __future__ import annotations

from conclang.machine.policy import Policy, Runnable


class Random(Policy):
    name = "random"
    weighs = False

    def __init__(self) -> None:
        self.threads: list[Runnable] = []
        self.bound = 0  # how many of them are pinned

    def ready(self, thread: Runnable, cause: str) -> None:
        self.threads.append(thread)
        self.bound += thread.pinned >= 0

    def pick(self, core: int) -> Runnable | None:
        count = len(self.threads)
        if not count:
            return None
        if self.bound:
            places = [n for n in range(count) if self.threads[n].pinned in (-1, core)]
            if not places:
                return None
            place = places[self.view.draw(len(places))]
        else:
            place = self.view.draw(count)
        self.why = f"drawn from {count} ready threads" if count > 1 else "nobody else is ready"
        thread = self.threads[place]
        self.threads[place] = self.threads[-1]
        self.threads.pop()
        self.bound -= thread.pinned >= 0
        return thread

    def slice(self, thread: Runnable) -> int:
        return 1
