# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Queues of those who wait, first come first served.

A queue belongs to one side of one object: those who want a lock, those who send on a channel, those
who receive from it. A `select` stands in several queues at once. Who goes on leaves its entries
behind; its ticket has changed by then, so they are recognised and dropped when they come to the
front. `order` numbers all entries of a run, so that two sides of one object can be served in order.
"""

from __future__ import annotations

from collections import deque

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.carriers import Entity
    from conclang.machine.states import *


class Waiting:
    """An entry: valid as long as the entity's ticket is this one. arm: of a select, else -1."""

    __slots__ = ("arm", "entity", "order", "ticket")

    def __init__(self, order: int, entity: Entity, arm: int) -> None:
        self.order = order
        self.entity = entity
        self.ticket = entity.ticket
        self.arm = arm


class Waits:
    """All wait queues of a run."""

    __slots__ = ("order", "queues")

    def __init__(self) -> None:
        self.queues: dict[int, deque[Waiting]] = {}
        self.order = 0

    def enter(self, side: int, thing: int, entity: Entity, arm: int) -> None:
        """Queue behind the others."""
        self.order += 1
        entry = Waiting(self.order, entity, arm)
        key = thing * SIDES + side
        queue = self.queues.get(key)
        if queue is None:
            self.queues[key] = deque((entry,))
        else:
            queue.append(entry)

    def exists(self, side: int, thing: int) -> bool:
        """Is there a queue? (Those in it may have gone on.)"""
        return (thing * SIDES + side) in self.queues

    def first(self, side: int, thing: int) -> Waiting | None:
        """The one who waits longest."""
        key = thing * SIDES + side
        queue = self.queues.get(key)
        if queue is None:
            return None
        while queue:
            entry = queue[0]
            if entry.ticket == entry.entity.ticket:
                return entry
            queue.popleft()
        del self.queues[key]
        return None

    def first_other(self, side: int, thing: int, but: Entity) -> Waiting | None:
        """The one who waits longest, somebody else than `but`."""
        entry = self.first(side, thing)
        if entry is None or entry.entity is not but:
            return entry
        for entry in self.queues[thing * SIDES + side]:
            if entry.entity is not but and entry.ticket == entry.entity.ticket:
                return entry
        return None

    def drain(self, side: int, thing: int) -> list[Entity]:
        """All who wait there, in order; the queue is forgotten."""
        found = self.all(side, thing)
        self.queues.pop(thing * SIDES + side, None)
        return found

    def all(self, side: int, thing: int) -> list[Entity]:
        """All who wait there, in order."""
        found = []
        for entry in self.queues.get(thing * SIDES + side, ()):
            if entry.ticket == entry.entity.ticket:
                found.append(entry.entity)
        return found
