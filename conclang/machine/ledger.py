# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""The books of a timed run: who is in which state since when, who is ready where, what is told.

Every tick of an entity's life is booked under exactly one of running, waiting (ready, no core) and
blocked; every tick of a core under busy, switching or idle. Nothing here decides anything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

from conclang.events.event import Event
from conclang.events.schedule import LONGEST, Choice
from conclang.ir.program import Program
from conclang.machine.telling import Names

if not cython.compiled:
    from conclang.machine.carriers import Carrier, Core, Device, Entity, Pool, Processor
    from conclang.machine.states import *
    from conclang.machine.timers import Timers
    from conclang.machine.waits import Waits

Listener = Callable[[Event], None]


class Stop(Exception):
    """The run ends here: kind, message, entity, place."""

    def __init__(self, kind: str, message: str = "", entity: Entity | None = None, site: int = -1):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.entity = entity
        self.site = site


class Use:
    """What a lock (or semaphore, or side of a rwlock) has been through."""

    __slots__ = ("acquisitions", "contended", "held", "since")

    def __init__(self) -> None:
        self.acquisitions = 0
        self.contended = 0
        self.held = 0
        self.since: dict[int, int] = {}  # by entity


class Flow:
    """What a channel has been through."""

    __slots__ = ("length", "longest", "received", "sent")

    def __init__(self) -> None:
        self.sent = 0
        self.received = 0
        self.longest = 0
        self.length = 0


class Ledger:
    """State of a run, and the changes that must be booked."""

    def __init__(self, program: Program, world: object, listener: Listener | None) -> None:
        self.program = program
        self.listener = listener
        self.listening = listener is not None
        self.now = 0
        self.entities: list[Entity] = []
        self.carriers: list[Carrier] = []
        self.cores: list[Core] = []
        self.processors: list[Processor] = []
        self.pools: list[Pool] = []
        self.devices: list[Device] = []
        self.waits = Waits()
        self.timers = Timers()
        self.names = Names(program, self.entity_name)
        self.unfinished = 0  # entities that are no daemons
        self.alive_periodic = 0
        self.draining = False
        # results
        self.switches = 0
        self.migrations = 0
        self.misses = 0
        self.seq = 0
        self.steps = 0
        self.output: list[tuple[int, str, str]] = []
        self.keeps_output = True
        self.locks: dict[tuple[str, int], Use] = {}
        self.channels: dict[int, Flow] = {}
        self.inversions: list[tuple[int, int, str, str, str]] = []
        self.choices: list[Choice] = []
        self.longest = LONGEST
        self.choice_count = 0
        self.choice_sum = 0
        self.chosen: Callable[[Choice], None] | None = None

    def entity_name(self, number: int) -> str:
        if 0 <= number < len(self.entities):
            return self.entities[number].name
        return f"entity {number}"

    # -- telling ---------------------------------------------------------------------------------

    def emit(
        self, kind: str, entity: Entity | None, thing: str = "", value: int | str | None = None
    ) -> None:
        """Tell the listener; callers ask `self.listener` first, so that silence is free."""
        if self.listener is None or self.draining:
            return
        core = -1
        name = ""
        if entity is not None:
            name = entity.name
            core = self.core_of(entity)
        site = entity.site if entity is not None else -1
        self.listener(Event(self.seq, self.now, core, name, kind, thing, value, site))
        self.seq += 1

    def tell(self, kind: str, core: int, name: str, value: int | str | None) -> None:
        """An event about a core and an OS thread."""
        if self.listener is None or self.draining:
            return
        self.listener(Event(self.seq, self.now, core, name, kind, "", value, -1))
        self.seq += 1

    def core_of(self, entity: Entity) -> int:
        carrier = entity.carrier
        if carrier is None or carrier.current is not entity or carrier.state != RUNNING:
            return -1
        return carrier.last_core

    def chose(self, core: int, thread: int, branch: int) -> None:
        """Note a choice; beyond the first ones only their number and checksum are kept."""
        self.choice_count += 1
        self.choice_sum = mixed(mixed(mixed(self.choice_sum, core), thread), branch)
        if self.choice_count <= self.longest or self.chosen is not None:
            self.keep_choice(Choice(core, thread, branch))

    def keep_choice(self, choice: Choice) -> None:
        if self.choice_count <= self.longest:
            self.choices.append(choice)
        if self.chosen is not None:
            self.chosen(choice)

    # -- time of entities and cores --------------------------------------------------------------

    def enter(self, entity: Entity, state: int) -> None:
        """Book the time in the old state and begin the new one."""
        spent = self.now - entity.since
        if spent:
            old = entity.state
            if old == RUNNING:
                entity.running += spent
            elif old == READY:
                entity.waiting += spent
            elif old == BLOCKED:
                entity.blocked += spent
                if entity.by is None:
                    entity.by = {}
                by = (entity.waits_at, entity.waits_for)
                entity.by[by] = entity.by.get(by, 0) + spent
        entity.since = self.now
        entity.state = state
        if state == RUNNING and entity.start < 0:
            entity.start = self.now
            if entity.first_start < 0:
                entity.first_start = self.now

    def charge(self, core: Core) -> None:
        """Book the time a busy core has spent since it was last booked."""
        spent = self.now - core.charged
        core.charged = self.now
        carrier = core.carrier
        if not spent or core.state != BUSY or carrier is None:
            return
        core.busy += spent
        carrier.ran += spent
        core.processor.policy.ran(carrier, spent)
        entity = carrier.current
        if entity is None:
            return
        entity.left -= spent
        if entity.pool is not None:
            entity.ran += spent
            entity.pool.policy.ran(entity, spent)

    # -- readiness -------------------------------------------------------------------------------

    def carrier_ready(self, carrier: Carrier, cause: str) -> None:
        """An OS thread enters its processor's ready queue."""
        processor = carrier.processor
        if processor is None:
            processor = self.settle(carrier)
        carrier.state = READY
        processor.waiting += 1
        processor.dirty = True
        processor.policy.ready(carrier, cause)

    def settle(self, carrier: Carrier) -> Processor:
        """The processor a thread lives on: the one with the fewest threads per core."""
        best = self.processors[0]
        for processor in self.processors:
            if processor.assigned * len(best.cores) < best.assigned * len(processor.cores):
                best = processor
        carrier.processor = best
        best.assigned += 1
        return best

    def make_ready(self, entity: Entity, cause: str) -> None:
        """An entity can go on: by itself, on its loop, or as a task on its runtime."""
        if self.listening:
            self.emit("ready", entity, "", cause)
        self.enter(entity, READY)
        carrier = entity.carrier
        if entity.pool is not None:
            self._task_ready(entity, cause)
        elif carrier is None:
            return
        elif carrier.current is entity:
            self.carrier_ready(carrier, cause)
        elif carrier.current is None and carrier.state in (BLOCKED, IDLE):
            carrier.current = entity
            if self.listening and cause != "arrival":
                self.emit("take", entity, carrier.name, "loop")
            self.carrier_ready(carrier, cause)
        else:
            if carrier.loop_ready is None:
                carrier.loop_ready = deque()
            carrier.loop_ready.append(entity)

    def _task_ready(self, entity: Entity, cause: str) -> None:
        worker = entity.carrier
        if worker is not None and worker.current is entity:  # blocked with its worker
            self.carrier_ready(worker, cause)
            return
        loop = entity.loop
        if loop.holder is not None and loop.holder is not entity:  # somebody holds the loop
            if loop.pending is None:
                loop.pending = deque()
            loop.pending.append(entity.number)
            return
        loop.holder = entity
        self._offer(entity, cause)

    def _offer(self, entity: Entity, cause: str) -> None:
        """Queue a task at its runtime, and wake a worker that has nothing to do."""
        pool = entity.pool
        assert pool is not None
        pool.policy.ready(entity, cause)
        for worker in pool.workers:
            if worker.current is None and worker.state in (BLOCKED, IDLE):
                self.carrier_ready(worker, "wake-up")
                return

    def free_loop(self, entity: Entity) -> None:
        """A task has parked or ended: its loop goes to the next of it that is ready."""
        loop = entity.loop
        if entity.pool is None or loop.holder is not entity:
            return
        loop.holder = None
        if loop.pending:
            follower = self.entities[loop.pending.popleft()]
            loop.holder = follower
            self._offer(follower, "wake-up")

    def at(self, time: int, kind: int, entity: Entity) -> None:
        """Set a timer; it is void when the entity's ticket has changed by then."""
        self.timers.put(time, kind, entity.number, entity.ticket)

    def is_over(self) -> bool:
        """Has everybody that counts finished?"""
        return self.unfinished == 0 and self.alive_periodic == 0


def mixed(value, part):
    """The checksum of a schedule with one number more, as events.schedule has it.

    In the compiled engine all numbers are machine words: Python's would look for Ctrl-C while they
    are multiplied, and what is raised here is heard by nobody.
    """
    low = 0xFFFFFFFF
    factor = 0x9E3779B1
    bits = part
    value = ((value ^ (bits & low)) * factor + 0x7F4A7C15) & low
    return value ^ (value >> 15)
