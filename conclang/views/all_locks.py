"""In which order locks are taken over *all* schedules: read off every state of the program.

A thread that stands before taking a lock while it holds others makes an edge from each of them,
whether or not it gets it. So a cycle is found even if every run so far went well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.views.asking import TooMany

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conclang.analyses.lock_order import LockOrder
    from conclang.explore.folding import States
    from conclang.ir.program import Program

MOST_STATES = 100_000


def order_of_all(program: Program, most: int | None = None) -> LockOrder:
    """The lock order of a program; beyond the limit nothing is drawn, for it might mislead."""
    from conclang.analyses.lock_order import KINDS, LockOrder
    from conclang.explore.folding import States

    states = States(program, most or MOST_STATES)
    if states.interrupted:
        raise KeyboardInterrupt
    if states.limit:
        raise TooMany(
            f"there are more than {most or MOST_STATES} states; without --all-schedules the locks "
            "of one run are drawn, --max-states looks at more"
        )
    order = LockOrder({thing.name: kind for kind in KINDS for thing in program.things[kind]})
    reader = _Reader(states, order)
    for state in range(states.graph.count):
        reader.wants(states.words(state))
    for state in range(states.graph.count):
        reader.edges(states.words(state))
    return order


class _Reader:
    """First where each thread takes each lock, then what it holds when it takes another."""

    def __init__(self, states: States, order: LockOrder) -> None:
        self.names = states.names
        self.order = order
        self.taken: dict[tuple[str, str], int] = {}  # thread, lock -> first place that takes it

    def wants(self, words: Sequence[int]) -> None:
        for thread, lock, site in self._wanted(words):
            key = (thread, lock)
            self.taken[key] = min(site, self.taken.get(key, site))
            self.order.taken.setdefault(lock)

    def edges(self, words: Sequence[int]) -> None:
        from conclang.analyses.lock_order import Order
        from conclang.explore.cause import locks_held

        for t in range(words[0]):
            for thread, lock, site in self._wanted(words, t):
                for held in locks_held(self.names, words, t):
                    first = held.split(" (")[0]
                    if first == lock:
                        continue
                    edge = self.order.orders.setdefault((first, lock), Order(first, lock))
                    edge.seen.setdefault(thread, (self.taken.get((thread, first), -1), site))

    def _wanted(self, words: Sequence[int], only: int | None = None) -> list[tuple[str, str, int]]:
        """Who stands before taking which lock, and where."""
        from conclang.explore.cause import TAKES
        from conclang.explore.names import ASLEEP, AT_BARRIER, FINISHED, SPINNING

        found = []
        for t in range(words[0]) if only is None else (only,):
            if self.names.status(words, t) in (FINISHED, SPINNING, ASLEEP, AT_BARRIER):
                continue
            pc = self.names.pc(words, t)
            if self.names.kind(pc) in TAKES:
                site = self.names.program.ops[pc].site
                found.append((self.names.entity(words, t), self.names.object_at(words, t), site))
        return found
