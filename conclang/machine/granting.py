# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Waiting and being served: who blocks on what, and whose micro-op is done by whose release.

A blocked entity stands at its micro-op. When something changes that it waits for, the queues of
that object are served in order: the first who can go on has its own step performed on the spot
(its local code follows at its dispatch) and becomes ready. What that step changes is served in
turn, from a work list, so that chains of any length need no recursion.

For channels without a buffer, selects and signals the machine would have to look at everybody to
find partners; the queues know them already.
"""

from __future__ import annotations

from collections import deque
from typing import Any

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

from conclang.ir import errors
from conclang.ir.program import Arm, Program
from conclang.machine.ledger import Listener, Stop
from conclang.machine.policy import Draws
from conclang.machine.states import SIDE_WORDS
from conclang.machine.telling import told

if not cython.compiled:
    from conclang.machine.carriers import Entity
    from conclang.machine.ledger import Flow, Ledger, Use
    from conclang.machine.opcodes import *
    from conclang.machine.states import *
    from conclang.machine.waits import Waiting

FAMILIES = (
    (SIDE_URGENT, SIDE_RETAKE, SIDE_LOCK),
    (SIDE_READ, SIDE_WRITE),
    (SIDE_SEMAPHORE,),
    (SIDE_EVENT,),
    (SIDE_SENDERS, SIDE_RECEIVERS),
    (SIDE_END,),
)
"""By family: the sides of an object that are served when it changes."""

TAKES = {
    ACQUIRE: "lock",
    RETAKE: "lock",
    READ_ACQUIRE: "rwlock",
    WRITE_ACQUIRE: "rwlock",
    DOWN: "semaphore",
}
GIVES = {
    RELEASE: "lock",
    READ_RELEASE: "rwlock",
    WRITE_RELEASE: "rwlock",
    UP: "semaphore",
}
CONTENDED = {
    SIDE_LOCK: "lock",
    SIDE_READ: "rwlock",
    SIDE_WRITE: "rwlock",
    SIDE_SEMAPHORE: "semaphore",
}


class Meeting:
    """A way to go on at a channel: who acts, by which arm, with whom, at which of the other's."""

    __slots__ = ("actor", "arm", "partner", "partner_arm")

    def __init__(self, actor: Entity, arm: int, partner: Entity | None, partner_arm: int) -> None:
        self.actor = actor
        self.arm = arm
        self.partner = partner
        self.partner_arm = partner_arm


def family_after(kind):
    """What a micro-op changes so that somebody who waits may be able to go on."""
    if kind == RELEASE:
        return OF_LOCK
    if kind == UP:
        return OF_SEMAPHORE
    if kind in (READ_RELEASE, WRITE_RELEASE):
        return OF_RWLOCK
    if kind == EVENT_SET:
        return OF_EVENT
    return OF_CHANNEL if kind == CLOSE else OF_NONE


class Granting(Ledger):
    """A ledger that can perform micro-ops and serve those who wait."""

    def __init__(self, program: Program, world: Any, listener: Listener | None, seed: int) -> None:
        super().__init__(program, world, listener)
        self.world = world
        self.context = world.context
        self.machine = world.machine
        self.draws = Draws(seed * 2 + 1)
        self.todo: deque[tuple[int, int, Entity | None]] = deque()
        self.serving = False
        self.closed: set[int] = set()
        locks = program.things["lock"]
        self.inherits = {i for i, lock in enumerate(locks) if "inherit" in lock.options}
        self.ceilings = {i: x.amount for i, x in enumerate(locks) if "ceiling" in x.options}
        self.hoare = {i for i, c in enumerate(program.things["condition"]) if "hoare" in c.options}
        self.parties = [barrier.amount for barrier in program.things["barrier"]]
        self.capacity = [channel.amount for channel in program.things["channel"]]
        self.context.logging = self.listening

    # -- performing ------------------------------------------------------------------------------

    def perform(self, entity: Entity, kind: int, meeting: Meeting | None = None) -> None:
        """Do the micro-op at which an entity stands, with all that follows for others.

        Its own local code runs too if it is on a core (`context.lazy` is off then).
        """
        self.steps += 1
        actor = entity if meeting is None else meeting.actor
        thing = self.world.operand(actor.number)
        logging = self.listening or kind in (PRINT, ATOMIC)
        self.context.logging = logging
        woken: list[Entity] = []
        if kind in (BROADCAST, BARRIER_WAIT):
            woken = self.woken_by(kind, thing)
            fault = self.world.grant_to_all(entity.number, [other.number for other in woken])
        elif meeting is None:
            fault = self.world.grant(entity.number)
        else:
            partner = meeting.partner.number if meeting.partner is not None else -1
            fault = self.world.grant(actor.number, meeting.arm, partner, meeting.partner_arm)
        if fault:
            self.settle_fault()
        known = len(self.entities)
        if kind in (SPAWN, GO, ASYNC, ATOMIC):
            self.adopt(actor)
        if logging:
            self.report(kind == ATOMIC, actor)
        while known < len(self.entities):
            self.make_ready(self.entities[known], "arrival")
            known += 1
        if self.context.cursor:
            self.note_draws(entity)
        if woken:
            self.rouse(actor, kind, woken)
        elif kind != ATOMIC:
            self.follow(actor, kind, thing, meeting)

    def woken_by(self, kind: int, thing: int) -> list[Entity]:
        """Those whom a broadcast, or the arrival at a barrier, will let go on."""
        if kind == BROADCAST:
            return self.waits.drain(SIDE_CONDITION, thing)
        if 0 <= thing < len(self.parties):
            asleep = self.world.word(self.machine.barriers + thing)
            if asleep + 1 >= self.parties[thing]:
                return self.waits.drain(SIDE_BARRIER, thing)
        return []

    def rouse(self, actor: Entity, kind: int, woken: list[Entity]) -> None:
        """They go on: those at a barrier at once, those at a condition with their lock."""
        for sleeper in woken:
            if kind == BROADCAST:
                self.to_retake(sleeper, actor)
            else:
                self.release(sleeper, actor)

    def settle_fault(self) -> None:
        """Turn a fault into the end of the run."""
        code, number, pc, values = self.world.fault
        entity = self.entities[number] if 0 <= number < len(self.entities) else None
        message = errors.message(code, values)
        if code == FAULT_ASSERTION:
            message = self._assertion(message)
        site = self.names.site(pc)
        if entity is not None:
            entity.site = site
        raise Stop("limit" if errors.FAULTS[code].limit else "failed", message, entity, site)

    def _assertion(self, message: str) -> str:
        for record in self.world.log:
            if record[0] == ASSERT and record[3] >= 0:
                text = self.names.fill(self.program.messages[record[3]], record[4:])
                return f"{message}: {text}" if text else message
        return message

    def report(self, inside: bool, actor: Entity | None = None) -> None:
        """Tell what the log says; of an indivisible block also follow it up."""
        if inside and self.listening:
            self.emit("atomic", actor, "", "begin")
        self._report_records(inside)
        if inside and self.listening:
            self.emit("atomic", actor, "", "end")

    def _report_records(self, inside: bool) -> None:
        for record in self.world.log:
            entity = self.entities[record[1]] if record[1] < len(self.entities) else None
            if entity is None:
                continue
            for kind, thing, value in told(self.names, record):
                entity.site = self.names.site(record[2])
                if kind == "print" and self.keeps_output:
                    self.output.append((self.now, entity.name, str(value)))
                if self.listening:
                    self.emit_of(kind, entity, record, thing, value)
            if inside and record[0] < ATOMIC:
                self.follow_record(entity, record)

    def emit_of(
        self, kind: str, entity: Entity, record: list[int], thing: str, value: int | str | None
    ) -> None:
        """An event of the log; what a partner received is the partner's event."""
        if kind == "receive" and record[0] == SEND and record[4] >= 0:
            entity = self.entities[record[4]]
        elif kind == "receive" and record[0] == SELECT and len(record) > 6 and record[6] >= 0:
            arms = self.program.selects[self.program.ops[record[2]].a].arms
            if arms[record[4]].kind == "send":
                entity = self.entities[record[6]]
        self.emit(kind, entity, thing, value)

    def note_draws(self, entity: Entity) -> None:
        carrier = entity.carrier
        core = carrier.last_core if carrier is not None else 0
        for digit in self.world.chosen:
            self.chose(max(core, 0), entity.number, digit)

    # -- what follows ----------------------------------------------------------------------------

    def follow(self, actor: Entity, kind: int, thing: int, meeting: Meeting | None) -> None:
        """Bookkeeping after a micro-op, and whom it lets go on."""
        if kind <= CAS:
            return
        if kind in (ACQUIRE, RETAKE, READ_ACQUIRE, WRITE_ACQUIRE, DOWN):
            self.note_taken(actor, kind, self.retaken(actor, kind, thing))
        elif kind in (RELEASE, READ_RELEASE, WRITE_RELEASE, UP):
            self.note_given(actor, kind, thing)
        elif kind == WAIT:
            self.fall_asleep(actor, thing)
        elif kind == SIGNAL:
            self.after_signal(actor, thing, meeting)
        elif kind == BROADCAST:
            self.rouse(actor, kind, self.waits.drain(SIDE_CONDITION, thing))
        elif kind == BARRIER_WAIT:
            self.at_barrier(actor, thing)
        elif kind in (SEND, RECEIVE, CLOSE, SELECT):
            self.after_channel(actor, kind, thing, meeting)
        elif kind in (TRY, READ_TRY, WRITE_TRY, DOWN_TRY):
            self.after_try(actor, kind, thing)
        family = family_after(kind)
        if family != OF_NONE:
            self.serve(family, thing, actor)

    def follow_record(self, entity: Entity, record: list[int]) -> None:
        """The same for a micro-op inside an indivisible block, from the log."""
        kind, thing = record[0], record[3]
        if kind == SIGNAL:
            if record[4] >= 0:
                self.to_retake(self.entities[record[4]], entity)
        elif kind in (SEND, SELECT) and len(record) > 4:
            self._follow_message(entity, record)
        elif kind != WAIT:
            self.follow(entity, kind, thing, None)

    def _follow_message(self, entity: Entity, record: list[int]) -> None:
        """A transfer inside an indivisible block."""
        words = record if record[0] == SEND else [*record[:3], *record[5:]]
        if len(words) < 5:
            return
        kind = SEND
        if record[0] == SELECT:
            arms = self.program.selects[self.program.ops[record[2]].a].arms
            kind = SEND if arms[record[4]].kind == "send" else RECEIVE
        met = None
        if kind == SEND and words[4] >= 0:
            met = Meeting(entity, -1, self.entities[words[4]], words[5])
        self.after_channel(entity, kind, words[3], met)

    def retaken(self, actor: Entity, kind: int, thing: int) -> int:
        """The lock that was taken; after a wait it is not the operand."""
        return actor.waits_for if kind == RETAKE else thing

    def note_taken(self, actor: Entity, kind: int, thing: int) -> None:
        family = TAKES[kind]
        use = self.use(family, thing)
        use.acquisitions += 1
        use.since[actor.number] = self.now
        if family == "lock" and (thing in self.inherits or thing in self.ceilings):
            if actor.special is None:
                actor.special = []
            actor.special.append(thing)
            self.update_priority(actor)

    def note_given(self, actor: Entity, kind: int, thing: int) -> None:
        family = GIVES[kind]
        if family == "lock" and self.owner(thing) == actor.number:
            return  # a recursive lock, still held
        use = self.use(family, thing)
        since = use.since.pop(actor.number, None)
        if since is not None:
            use.held += self.now - since
        if family == "lock" and actor.special and thing in actor.special:
            actor.special.remove(thing)
            self.update_priority(actor)

    def after_try(self, actor: Entity, kind: int, thing: int) -> None:
        """A successful try is an acquisition."""
        if kind == TRY and self.owner(thing) == actor.number:
            self.note_taken(actor, ACQUIRE, thing)

    def use(self, family: str, thing: int) -> Use:
        found = self.locks.get((family, thing))
        if found is None:
            found = self.locks[(family, thing)] = Use()
        return found

    def flow(self, channel: int) -> Flow:
        found = self.channels.get(channel)
        if found is None:
            found = self.channels[channel] = Flow()
        return found

    def owner(self, lock: int) -> int:
        return self.world.word(self.machine.locks + lock) - 1

    # -- conditions and barriers -----------------------------------------------------------------

    def fall_asleep(self, entity: Entity, condition: int) -> None:
        """After WAIT: its lock is free for others."""
        lock = self.world.wanted_lock(entity.number)
        self.drop(entity, lock)
        self.block(entity, SIDE_CONDITION, condition)
        self.serve(OF_LOCK, lock, entity)

    def drop(self, entity: Entity, lock: int) -> None:
        """An entity has given up a lock in a wait or a Hoare signal."""
        use = self.use("lock", lock)
        since = use.since.pop(entity.number, None)
        if since is not None:
            use.held += self.now - since
        if entity.special and lock in entity.special:
            entity.special = [held for held in entity.special if held != lock]
            self.update_priority(entity)

    def after_signal(self, actor: Entity, condition: int, meeting: Meeting | None) -> None:
        woken = meeting.partner if meeting is not None else None
        if woken is None:
            return
        if self.world.status(actor.number) == URGENT:
            lock = self.world.wanted_lock(actor.number)
            self.drop(actor, lock)
            self.to_retake(woken, actor)
            self.block(actor, SIDE_URGENT, lock)
        else:
            self.to_retake(woken, actor)

    def to_retake(self, sleeper: Entity, by: Entity) -> None:
        """A sleeper was signalled: it wants its lock back now."""
        sleeper.ticket += 1
        lock = self.world.wanted_lock(sleeper.number)
        if self.listening:
            self.emit("block", sleeper, self.names.thing("lock", lock), "lock")
        self.move_wait(sleeper, SIDE_RETAKE, lock)
        self.serve(OF_LOCK, lock, by)

    def at_barrier(self, actor: Entity, barrier: int) -> None:
        if self.world.status(actor.number) == AT_BARRIER:
            self.block(actor, SIDE_BARRIER, barrier)
            return
        self.rouse(actor, BARRIER_WAIT, self.waits.drain(SIDE_BARRIER, barrier))

    # -- channels --------------------------------------------------------------------------------

    def after_channel(
        self, actor: Entity, kind: int, channel: int, meeting: Meeting | None
    ) -> None:
        """Count what went through; the partner of a transfer goes on."""
        if kind == SELECT:
            if meeting is None or meeting.arm < 0:
                return
            kind, channel = self._arm_taken(actor, meeting)
            if kind < 0:
                return
        if kind == CLOSE:
            self.closed.add(channel)
            return
        flow = self.flow(channel)
        if kind == RECEIVE:
            if flow.length:
                flow.length -= 1
                flow.received += 1
        elif meeting is not None and meeting.partner is not None:
            flow.sent += 1
            flow.received += 1
            if meeting.partner.state == BLOCKED:
                self.release(meeting.partner, actor)
        else:
            flow.sent += 1
            flow.length += 1
            flow.longest = max(flow.longest, flow.length)
        self.serve(OF_CHANNEL, channel, actor)

    def _arm_taken(self, actor: Entity, meeting: Meeting) -> tuple[int, int]:
        """What a select did: (SEND or RECEIVE, channel), or -1 for its other arms."""
        if meeting.arm < 0:
            return actor.waits_at, actor.waits_for
        return actor.taken_kind, actor.taken_channel

    def arms_of(self, entity: Entity) -> tuple[Arm, ...]:
        pc = self.world.pc(entity.number)
        return self.program.selects[self.machine.code[pc * WIDE + 1]].arms

    def meetings(self, entity: Entity, kind: int) -> list[Meeting]:
        """All ways in which a channel operation or select can go on now, one per arm."""
        number = entity.number
        if kind == SELECT:
            found = []
            for index, arm in enumerate(self.arms_of(entity)):
                if arm.kind in ("send", "receive"):
                    channel = self.world.operand_value(number, arm.channel)
                    way = SEND if arm.kind == "send" else RECEIVE
                    found += self._ways(entity, way, channel, index)
            return found
        return self._ways(entity, kind, self.world.operand(number), -1)

    def _ways(self, entity: Entity, kind: int, channel: int, arm: int) -> list[Meeting]:
        """At most one way to send or receive on a channel, by this arm (-1: a plain operation)."""
        if not 0 <= channel < len(self.capacity):
            return [Meeting(entity, arm, None, -1)]  # the mistake shows when it is done
        flow = self.channels.get(channel)
        length = flow.length if flow is not None else 0
        closed = channel in self.closed
        if kind == SEND:
            if closed or length < self.capacity[channel]:
                return [Meeting(entity, arm, None, -1)]
            other = self.waits.first_other(SIDE_RECEIVERS, channel, entity)
            if self.capacity[channel] == 0 and other is not None:
                return [Meeting(entity, arm, other.entity, other.arm)]
            return []
        if closed or length:
            return [Meeting(entity, arm, None, -1)]
        sender = self.waits.first_other(SIDE_SENDERS, channel, entity)
        if self.capacity[channel] == 0 and sender is not None:
            return [Meeting(sender.entity, sender.arm, entity, arm)]
        return []

    def on_channel(self, entity: Entity, kind: int) -> bool:
        """Go on at a channel operation or select, if that is possible."""
        found = self.meetings(entity, kind)
        if not found:
            if kind == SELECT:
                return self._take_default(entity)
            return False
        meeting = found[0]
        if len(found) > 1:
            drawn = self.draws.draw(len(found))
            meeting = found[drawn]
            carrier = entity.carrier
            self.chose(max(carrier.last_core, 0) if carrier else 0, entity.number, drawn)
        self.meet(entity, kind, meeting)
        return True

    def meet(self, entity: Entity, kind: int, meeting: Meeting) -> None:
        """Perform a transfer; the actor is its sender, on whoever's behalf."""
        actor = meeting.actor
        if actor is entity:
            self._note_arm(entity, kind, meeting.arm)
            self.perform(entity, kind, meeting)
            return
        lazy = self.context.lazy
        self.context.lazy = True
        its_kind = self.machine.code[self.world.pc(actor.number) * WIDE]
        self._note_arm(actor, its_kind, meeting.arm)
        self.perform(actor, its_kind, meeting)
        self.context.lazy = lazy
        self.release(actor, entity)

    def _note_arm(self, entity: Entity, kind: int, arm: int) -> None:
        """Remember what the arm of a select is about, while the select still stands there."""
        if kind != SELECT:
            return
        chosen = self.arms_of(entity)[arm]
        if chosen.kind in ("send", "receive"):
            way = SEND if chosen.kind == "send" else RECEIVE
            entity.taken_kind = way
            entity.taken_channel = self.world.operand_value(entity.number, chosen.channel)
        else:
            entity.taken_kind = entity.taken_channel = -1

    def _take_default(self, entity: Entity) -> bool:
        for index, arm in enumerate(self.arms_of(entity)):
            if arm.kind == "default":
                self.meet(entity, SELECT, Meeting(entity, index, None, -1))
                return True
        return False

    def wait_on_select(self, entity: Entity) -> None:
        """Stand in the queues of all its channels, and set the clock of `after`."""
        self.block(entity, SIDE_SELECT, 0)
        number = entity.number
        for index, arm in enumerate(self.arms_of(entity)):
            if arm.kind == "after":
                due = self.now + max(0, self.world.operand_value(number, arm.value))
                self.at(due, DUE_AFTER, entity)
            elif arm.kind in ("send", "receive"):
                channel = self.world.operand_value(number, arm.channel)
                side = SIDE_SENDERS if arm.kind == "send" else SIDE_RECEIVERS
                self.waits.enter(side, channel, entity, index)

    def time_out(self, entity: Entity) -> None:
        """The `after` that comes first in a blocked select fires."""
        soonest = -1
        for index, arm in enumerate(self.arms_of(entity)):
            if arm.kind != "after":
                continue
            due = entity.blocked_since + self.world.operand_value(entity.number, arm.value)
            if due <= self.now:
                soonest = index
                break
        self.context.lazy = True
        self.meet(entity, SELECT, Meeting(entity, soonest, None, -1))
        self.context.lazy = False
        self.release(entity, None)

    # -- blocking and serving --------------------------------------------------------------------

    def block(self, entity: Entity, side: int, thing: int) -> None:
        """An entity cannot go on: it queues."""
        if self.listening:
            self.emit("block", entity, self.thing_name(side, thing), SIDE_WORDS[side])
        self.enter(entity, BLOCKED)
        entity.blocked_since = self.now
        self.move_wait(entity, side, thing)
        if side in (SIDE_LOCK, SIDE_READ, SIDE_WRITE, SIDE_SEMAPHORE):
            use = self.use(CONTENDED[side], thing)
            use.contended += 1
        if side == SIDE_LOCK and thing in self.inherits:
            self.lend_priority(thing, entity)

    def move_wait(self, entity: Entity, side: int, thing: int) -> None:
        entity.waits_at, entity.waits_for = side, thing
        if side == SIDE_WRITE:
            self.count_writer(thing, 1)
        if side != SIDE_SELECT:
            self.waits.enter(side, thing, entity, -1)
        if self.machine.at_arrived >= 0:
            place = self.world.place(entity.number) + self.machine.at_arrived
            self.world.set_word(place, 1)

    def release(self, entity: Entity, by: Entity | None) -> None:
        """A blocked entity can go on: its micro-op is done."""
        entity.ticket += 1
        if entity.waits_at == SIDE_WRITE:
            self.count_writer(entity.waits_for, -1)
        if self.machine.at_arrived >= 0:
            place = self.world.place(entity.number) + self.machine.at_arrived
            self.world.set_word(place, 0)
        if self.listening:
            self.emit("wake", entity, "", by.name if by is not None else "the clock")
        self.make_ready(entity, "wake-up")

    def count_writer(self, rwlock: int, change: int) -> None:
        """Note how many writers wait, for those who would read."""
        place = self.machine.writers + rwlock
        self.world.set_word(place, self.world.word(place) + change)

    def serve(self, family: int, thing: int, by: Entity | None) -> None:
        """Something about an object was changed by this one: let those go on who can."""
        if not self.has_waiting(family, thing):
            return
        self.todo.append((family, thing, by))
        if self.serving:
            return
        self.serving = True
        lazy = self.context.lazy
        self.context.lazy = True
        while self.todo:
            family, thing, by = self.todo.popleft()
            self._serve_sides(family, thing, by)
        self.context.lazy = lazy
        self.serving = False

    def has_waiting(self, family: int, thing: int) -> bool:
        for side in FAMILIES[family]:
            if self.waits.exists(side, thing):
                return True
        return False

    def _serve_sides(self, family: int, thing: int, by: Entity | None) -> None:
        """In order of arrival; who cannot go on holds up only those behind it on its side."""
        sides = list(FAMILIES[family])
        while sides:
            head: Waiting | None = None
            side = -1
            for place in sides:
                entry = self.waits.first(place, thing)
                if entry is not None and (head is None or entry.order < head.order):
                    head, side = entry, place
            if head is None:
                return
            if not self.grant(head.entity, by):
                sides.remove(side)
                if side == SIDE_RETAKE:
                    self._hand_over(thing, by)

    def _hand_over(self, lock: int, by: Entity | None) -> None:
        """A lock handed over in Hoare's manner may be meant for one further behind."""
        number = self.owner(lock)
        if number >= 0:
            heir = self.entities[number]
            if heir.state == BLOCKED and heir.waits_at == SIDE_RETAKE and heir.waits_for == lock:
                self.grant(heir, by)

    def grant(self, entity: Entity, by: Entity | None) -> bool:
        """Perform the micro-op of one who waits, if it can go on now."""
        number = entity.number
        if self.world.status(number) == URGENT:
            kind = RETAKE
        else:
            kind = self.machine.code[self.world.pc(number) * WIDE]
        if kind in (SEND, RECEIVE, SELECT):
            found = self.meetings(entity, kind)
            if not found:
                return False
            self.meet(entity, kind, found[0])
        elif not self.world.options(number):
            return False
        else:
            self.perform(entity, kind)
        if entity.state == BLOCKED:
            self.release(entity, by)
        return True

    # -- priorities ------------------------------------------------------------------------------

    def lend_priority(self, lock: int, waiting: Entity) -> None:
        """Somebody waits for a lock `with inherit`: its owner may become more important."""
        owner = self.owner(lock)
        if owner >= 0 and self.entities[owner].priority < waiting.priority:
            self.update_priority(self.entities[owner], lock)

    def update_priority(self, entity: Entity, because: int = -1) -> None:
        """The highest of its own, the ceilings it holds and those who wait for what it holds."""
        seen: set[int] = set()
        while entity.number not in seen:
            seen.add(entity.number)
            highest = entity.base_priority
            for lock in entity.special or ():
                highest = max(highest, self.ceilings.get(lock, highest))
                if lock in self.inherits:
                    for other in self.waits.all(SIDE_LOCK, lock):
                        highest = max(highest, other.priority)
            if highest == entity.priority:
                return
            self._set_priority(entity, highest, because)
            lock = entity.waits_for
            if entity.state != BLOCKED or entity.waits_at != SIDE_LOCK:
                return
            if lock not in self.inherits:
                return
            owner = self.owner(lock)
            if owner < 0:
                return
            entity = self.entities[owner]

    def _set_priority(self, entity: Entity, priority: int, because: int) -> None:
        entity.priority = priority
        if self.listening:
            cause = self.names.thing("lock", because) if because >= 0 else ""
            self.emit("priority", entity, cause, priority)
        carrier = entity.carrier
        if carrier is None or entity.pool is not None or not entity.body:
            return
        carrier.priority = priority
        if carrier.processor is not None:
            carrier.processor.policy.changed(carrier)
            carrier.processor.dirty = True

    # -- new entities ----------------------------------------------------------------------------

    def adopt(self, creator: Entity) -> None:
        """Make records for entities that the last step created."""
        for number in range(len(self.entities), self.world.count):
            self.adopt_one(creator, number)

    def adopt_one(self, creator: Entity, number: int) -> Entity:
        raise NotImplementedError

    def thing_name(self, side: int, thing: int) -> str:
        """What a wait is for, by name."""
        if side == SIDE_END:
            return self.entity_name(thing - 1)
        if side == SIDE_SELECT:
            return "select"
        if side == SIDE_SLEEP:
            return "sleep"
        if side == SIDE_DEVICE:
            return self.names.thing("device", thing) if thing >= 0 else "io"
        return self.names.thing(SIDE_WORDS[side], thing)
