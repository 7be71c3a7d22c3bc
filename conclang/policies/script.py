"""Script: exactly this order. One entry is one micro-op, or one tick of work, of that thread.

If the thread of the next entry only sleeps or has not arrived yet, the cores idle until it
comes. If nothing can go on any more, the position is named.
"""

from __future__ import annotations

from conclang.machine.policy import Policy, Runnable


class Script(Policy):
    name = "script"
    weighs = False
    stepwise = True
    work_conserving = False

    def __init__(self, order: tuple[str, ...]) -> None:
        self.order = order
        self.position = 0
        self.waiting: dict[str, Runnable] = {}

    def ready(self, thread: Runnable, cause: str) -> None:
        self.waiting[thread.name] = thread

    def pick(self, core: int) -> Runnable | None:
        if self.position >= len(self.order):
            return None
        thread = self.waiting.get(self.order[self.position])
        if thread is None or thread.pinned not in (-1, core):
            return None
        del self.waiting[thread.name]
        self.position += 1
        self.why = f"entry {self.position} of the script"
        return thread

    def slice(self, thread: Runnable) -> int:
        return 1

    def complaint(self) -> str:
        if self.position < len(self.order):
            name = self.order[self.position]
            return f"the script cannot be followed at entry {self.position + 1}: {name} cannot run"
        if self.waiting:
            names = ", ".join(sorted(self.waiting))
            return f"the script ends after entry {self.position}, but {names} can still run"
        return ""
