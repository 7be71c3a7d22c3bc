"""Queues of those who wait, first come first served.

A queue belongs to one side of one object: those who want a lock, those who send on a channel, those
who receive from it. A `select` stands in several queues at once. Who goes on leaves its entries
behind; its ticket has changed by then, so they are recognised and dropped when they come to the
front. `order` numbers all entries of a run, so that two sides of one object can be served in order.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from conclang.machine.carriers import Entity

# sides
LOCK, RETAKE_SIDE, READ_SIDE, WRITE_SIDE, SEMAPHORE, CONDITION, BARRIER = range(7)
EVENT, SENDERS, RECEIVERS, END, DEVICE, SLEEP, SELECTING, URGENT_SIDE = range(7, 15)

SIDE_WORDS = {
    LOCK: "lock",
    RETAKE_SIDE: "lock",
    READ_SIDE: "rwlock",
    WRITE_SIDE: "rwlock",
    SEMAPHORE: "semaphore",
    CONDITION: "condition",
    BARRIER: "barrier",
    EVENT: "event",
    SENDERS: "channel",
    RECEIVERS: "channel",
    END: "end",
    DEVICE: "device",
    SLEEP: "sleep",
    SELECTING: "select",
    URGENT_SIDE: "lock",
}
"""In words what kind of thing a side belongs to."""


class Waiting(NamedTuple):
    """An entry: valid as long as the entity's ticket is this one. arm: of a select, else -1."""

    order: int
    entity: Entity
    ticket: int
    arm: int


class Waits:
    """All wait queues of a run."""

    __slots__ = ("order", "queues")

    def __init__(self) -> None:
        self.queues: dict[tuple[int, int], deque[Waiting]] = {}
        self.order = 0

    def enter(self, side: int, thing: int, entity: Entity, arm: int = -1) -> None:
        """Queue behind the others."""
        self.order += 1
        entry = Waiting(self.order, entity, entity.ticket, arm)
        queue = self.queues.get((side, thing))
        if queue is None:
            self.queues[(side, thing)] = deque((entry,))
        else:
            queue.append(entry)

    def first(self, side: int, thing: int, but: Entity | None = None) -> Waiting | None:
        """The one who waits longest (somebody else than `but`)."""
        queue = self.queues.get((side, thing))
        if queue is None:
            return None
        while queue and queue[0].ticket != queue[0].entity.ticket:
            queue.popleft()
        if not queue:
            del self.queues[(side, thing)]
            return None
        if queue[0].entity is not but:
            return queue[0]
        return next((e for e in queue if e.entity is not but and e.ticket == e.entity.ticket), None)

    def all(self, side: int, thing: int) -> list[Entity]:
        """All who wait there, in order."""
        queue = self.queues.get((side, thing), ())
        return [entry.entity for entry in queue if entry.ticket == entry.entity.ticket]

    def any(self, side: int, thing: int) -> bool:
        return (side, thing) in self.queues and self.first(side, thing) is not None
