"""Watching a run for the page: the listener, and what it looks at once a moment is over.

Events say that something happened; the machine itself is asked where that has left everybody. It is
asked only about those whom the events of the moment named and those who have a core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conclang.events.event import Event
from conclang.ir.program import Program
from conclang.machine import opcodes as op
from conclang.machine.run import Run
from conclang.machine.states import BLOCKED, DONE, READY, RUNNING, SWITCHING
from conclang.machine.telling import Names
from conclang.render.page_state import ABOUT_THINGS, STORES, Changes, Locals, Memory, Things

if TYPE_CHECKING:
    from conclang.analyses.replaying import Stepper

Status = tuple[Any, ...]
"""What a thread is at, in a word, and what belongs to it."""

WAITS = frozenset(("block", "sleep", "io"))


class Watcher:
    """Listens to the events of one run; subclasses know the machine that makes them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.changes = Changes()
        self.events: list[Event] = []
        self.things = Things(program, self.changes)
        self.names: list[str] = []  # of threads and tasks, by number
        self.kinds: list[str] = []
        self.named: dict[str, None] = {}
        self.slots: dict[int, int] = {}  # of the states of threads
        self.memory: Memory | None = None
        self.locals: Locals | None = None

    def see(self, event: Event) -> None:
        self.events.append(event)
        self.named[event.thread] = None
        kind = event.kind
        if kind in STORES:
            if self.memory is not None:
                self.memory.see(event)
        elif kind in ABOUT_THINGS:
            self.things.see(event)

    def _prepare(self, names: Names, world: Any) -> tuple[Memory, Locals]:
        """At the first moment: all that is there already."""
        if self.memory is None or self.locals is None:
            self.memory = Memory(self.program, names, self.changes)
            self.locals = Locals(self.program, names, self.changes)
            self.memory.begin(world)
        return self.memory, self.locals

    def _status(self, tick: int, thread: int, value: Status | None) -> None:
        slot = self.slots.get(thread)
        if slot is None:
            slot = self.slots[thread] = self.changes.slot("status", thread)
        self.changes.put(tick, slot, value)


class TimedWatcher(Watcher):
    """Of a timed run; `look` is called at the end of each moment."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.numbers: dict[str, int] = {}
        self.carriers: dict[str, Any] = {}  # OS threads; events about cores name those
        self.waiting: dict[str, Event] = {}
        self.why: dict[str, str] = {}

    def see(self, event: Event) -> None:
        super().see(event)
        if event.kind in WAITS:
            self.waiting[event.thread] = event
        elif event.kind in ("ready", "preempt"):
            self.why[event.thread] = str(event.value)

    def look(self, run: Run) -> None:
        """The moment `run.now` is over."""
        memory, frames = self._prepare(run.names, run.world)
        while len(self.names) < len(run.entities):
            entity = run.entities[len(self.names)]
            self.numbers[entity.name] = len(self.names)
            self.names.append(entity.name)
            self.kinds.append(entity.kind)
            self.named[entity.name] = None
        for carrier in run.carriers[len(self.carriers) :]:
            self.carriers[carrier.name] = carrier
        moved = {self.numbers[name] for name in self.named if name in self.numbers}
        aboard = [self.carriers[name] for name in self.named if name in self.carriers]
        aboard += [core.carrier for core in run.cores if core.carrier is not None]
        moved.update(c.current.number for c in aboard if c.current is not None)
        self.named.clear()
        for number in sorted(moved):
            entity = run.entities[number]
            self._status(run.now, number, self._of(run, entity))
            frames.look(run.now, run.world, number, entity.arrived and entity.state != DONE)
        memory.settle(run.now, run.world)
        self.things.settle(run.now)

    def _of(self, run: Run, entity: Any) -> Status | None:
        """What a thread is at, in a word and what belongs to it."""
        if not entity.arrived:
            return None
        if entity.state == DONE:
            return ("done",)
        if entity.state == BLOCKED:
            return self._wait(entity.name)
        if entity.state == RUNNING:
            core = run.core_of(entity)
            if core >= 0:
                switching = run.cores[core].state == SWITCHING
                return ("switch" if switching else "run", core)
            return ("ready", self.why.get(entity.carrier.name, "") if entity.carrier else "")
        if entity.state == READY:
            return ("ready", self.why.get(entity.name, ""))
        return ("idle",)

    def _wait(self, name: str) -> Status:
        event = self.waiting.get(name)
        if event is None:
            return ("wait", "", "")
        if event.kind == "sleep":
            return ("sleep", event.value)
        if event.kind == "io":
            return ("io", event.object, event.value)
        return ("wait", event.object, event.value)


class Watched(Run):
    """A run that shows its state at the end of each moment."""

    watcher: TimedWatcher

    def _note_clock(self, time: int) -> None:
        if self.snapshot_at < 0:
            self.watcher.look(self)
        super()._note_clock(time)

    def freeze(self) -> None:
        if self.snapshot_at < 0:
            self.watcher.look(self)
        super().freeze()


def watched(watcher: TimedWatcher) -> type[Run]:
    """The kind of run that shows itself to this watcher."""
    return type("Watched", (Watched,), {"watcher": watcher})


class StepWatcher(Watcher):
    """Of a schedule of `check`: shown the state after each of its steps."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.actors: list[int] = []  # who took step 1, 2, ...

    def look(self, stepper: Stepper) -> None:
        world, tick = stepper.world, stepper.tick
        memory, frames = self._prepare(stepper.names, world)
        actor = -1
        if 0 < tick <= len(stepper.schedule.choices):
            actor = stepper.schedule.choices[tick - 1].thread
            self.actors.append(actor)
        for number in range(world.count):
            if number == len(self.names):
                self.names.append(stepper.entity_name(number))
                declared = number < len(self.program.threads)
                self.kinds.append("thread" if declared else "spawned")
            self._status(tick, number, self._of(stepper, number, actor))
            frames.look(tick, world, number, world.status(number) != op.FINISHED)
        memory.settle(tick, world)
        self.things.settle(tick)

    def _of(self, stepper: Stepper, number: int, actor: int) -> Status:
        world = stepper.world
        if world.status(number) == op.FINISHED:
            return ("done",)
        if stepper.fault is not None and number == actor:
            return ("failed",)
        if world.status(number) == op.SPINNING:
            return ("wait", "", "spins")
        if world.options(number):
            return ("can",)
        what, thing, _ = stepper.wait_of(number)
        return ("wait", thing, what)
