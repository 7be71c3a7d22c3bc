"""Lottery scheduling (Waldspurger and Weihl 1994): a draw at every slice, weighted by tickets.

The tickets of the ready threads are kept in a Fenwick tree over the threads' numbers, so that a
draw and a change take logarithmic time. A thread that says nothing has one ticket.
"""

from __future__ import annotations

from conclang.machine.policy import Policy, Runnable

DEFAULT_TICKETS = 1


class Lottery(Policy):
    name = "lottery"
    weighs = False

    def __init__(self, quantum: int = 1) -> None:
        self.quantum = quantum
        self.tree = [0] * 2
        self.threads: dict[int, Runnable] = {}
        self.bound = 0  # how many of them are pinned
        self.total = 0

    def ready(self, thread: Runnable, cause: str) -> None:
        self.threads[thread.number] = thread
        self.bound += thread.pinned >= 0
        self._add(thread.number, tickets(thread))

    def pick(self, core: int) -> Runnable | None:
        if not self.threads:
            return None
        if self.bound:
            return self._pick_pinned(core)
        drawn = self.view.draw(self.total)
        thread = self.threads[self._find(drawn)]
        self.why = f"ticket {drawn} of {self.total} was drawn"
        return self._take(thread)

    def _pick_pinned(self, core: int) -> Runnable | None:
        """Only some may run here: draw among their tickets."""
        fitting = [self.threads[n] for n in sorted(self.threads)]
        fitting = [thread for thread in fitting if thread.pinned in (-1, core)]
        total = sum(tickets(thread) for thread in fitting)
        if not fitting:
            return None
        drawn = left = self.view.draw(total)
        for thread in fitting:
            if left < tickets(thread):
                self.why = f"ticket {drawn} of {total} was drawn"
                return self._take(thread)
            left -= tickets(thread)
        return None

    def slice(self, thread: Runnable) -> int:
        return self.quantum

    def _take(self, thread: Runnable) -> Runnable:
        del self.threads[thread.number]
        self.bound -= thread.pinned >= 0
        self._add(thread.number, -tickets(thread))
        return thread

    def _add(self, number: int, amount: int) -> None:
        """Add tickets at a number; the tree doubles when the number is beyond it."""
        while number + 1 >= len(self.tree):
            self._grow()
        self.total += amount
        index = number + 1
        while index < len(self.tree):
            self.tree[index] += amount
            index += index & -index

    def _grow(self) -> None:
        size = len(self.tree)
        self.tree += [0] * size
        self.tree[size] = self.total

    def _find(self, drawn: int) -> int:
        """The number whose tickets hold the drawn one."""
        index = 0
        step = len(self.tree) // 2
        while step:
            if index + step < len(self.tree) and self.tree[index + step] <= drawn:
                index += step
                drawn -= self.tree[index]
            step //= 2
        return index


def tickets(thread: Runnable) -> int:
    return thread.tickets or DEFAULT_TICKETS
