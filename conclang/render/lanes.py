"""Lanes: what each core and each thread was at, as bars from tick to tick.

Made from events while they happen. Bars that follow each other in the same state are one bar, so
memory grows with changes, not with ticks; beyond a limit the rest is left out and said so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conclang.events.event import Event
from conclang.events.trace import Header

RUNNING, READY, BLOCKED, SLEEPING, SWITCHING = "running", "ready", "blocked", "sleeping", "switch"


@dataclass(slots=True)
class Bar:
    """From one tick to another; `who`: on a core lane the thread, on a thread lane the core."""

    start: int
    end: int
    state: str
    who: str = ""


@dataclass(slots=True)
class Lane:
    """The bars of one core or thread, in order, without overlap; idle time has no bar."""

    name: str
    bars: list[Bar] = field(default_factory=list)
    state: str = ""
    who: str = ""
    since: int = 0

    def turn(self, tick: int, state: str, who: str = "") -> None:
        """From now on another state ("" = nothing)."""
        if state == self.state and who == self.who:
            return
        self.close(tick)
        self.state, self.who, self.since = state, who, tick

    def close(self, tick: int) -> None:
        if not self.state or tick <= self.since:
            return
        last = self.bars[-1] if self.bars else None
        if last and last.end == self.since and (last.state, last.who) == (self.state, self.who):
            last.end = tick
        else:
            self.bars.append(Bar(self.since, tick, self.state, self.who))
        self.since = tick


class Lanes:
    """Follows a run event by event."""

    def __init__(self, header: Header, most: int = 200_000) -> None:
        self.header = header
        self.most = most
        self.cores = [Lane(f"{core.processor} {core.core}") for core in header.cores]
        self.threads: dict[str, Lane] = {name: Lane(name) for name in header.threads}
        self.created: set[str] = set(header.threads)
        self.tasks: dict[str, str] = {}  # OS thread -> the task on it
        self.on: dict[str, int] = {}  # OS thread -> core
        self.switching: dict[int, tuple[str, int]] = {}
        self.count = 0
        self.truncated = -1

    def see(self, event: Event) -> None:
        if self.truncated >= 0:
            return
        handler = _HANDLERS.get(event.kind)
        if handler is None:
            return
        self.count += 1
        if self.count > self.most:
            self.truncated = event.tick
            return
        handler(self, event)

    def end(self, tick: int) -> None:
        """The run is over."""
        tick = self.truncated if self.truncated >= 0 else tick
        for lane in [*self.cores, *self.threads.values()]:
            lane.close(tick)

    def lane(self, name: str) -> Lane | None:
        """The lane of a thread or task; workers have none."""
        if name in self.threads:
            return self.threads[name]
        if name in self.created:
            self.threads[name] = Lane(name)
            return self.threads[name]
        return None

    def turn(self, name: str, tick: int, state: str, who: str = "") -> None:
        lane = self.lane(name)
        if lane is not None:
            lane.turn(tick, state, who)

    # -- events ----------------------------------------------------------------------------------

    def _create(self, event: Event) -> None:
        self.created.add(event.object)

    def _ready(self, event: Event) -> None:
        self.created.add(event.thread)
        self.turn(event.thread, event.tick, READY)

    def _switch(self, event: Event) -> None:
        self.switching[event.core] = (event.thread, event.tick + int(event.value or 0))

    def _dispatch(self, event: Event) -> None:
        core = event.core
        self.on[event.thread] = core
        shown = self.tasks.get(event.thread, event.thread)
        switch = self.switching.pop(core, None)
        start = event.tick
        if switch is not None and switch[0] == event.thread:
            self.cores[core].turn(event.tick, SWITCHING, shown)
            start = switch[1]
        self.cores[core].turn(start, RUNNING, shown)
        self.turn(shown, start, RUNNING, str(core))

    def _off(self, event: Event, state: str) -> None:
        """Whoever it is leaves its core, if it is on one."""
        name = event.thread
        self.turn(name, event.tick, state)
        worker = next((w for w, task in self.tasks.items() if task == name), name)
        core = self.on.get(worker)
        if core is not None:
            self.cores[core].turn(event.tick, "")
            if worker == name:
                del self.on[name]

    def _preempt(self, event: Event) -> None:
        shown = self.tasks.get(event.thread, event.thread)
        lane = self.lane(shown)
        if lane is not None and lane.state == RUNNING:
            lane.turn(event.tick, READY)
        self.cores[event.core].turn(event.tick, "")
        self.on.pop(event.thread, None)

    def _block(self, event: Event) -> None:
        lane = self.lane(event.thread)
        if lane is not None and lane.state in (BLOCKED, SLEEPING):
            return
        self._off(event, BLOCKED)

    def _sleep(self, event: Event) -> None:
        self._off(event, SLEEPING)

    def _finish(self, event: Event) -> None:
        self._off(event, "")

    def _take(self, event: Event) -> None:
        """A worker or loop takes up a task; it may be on a core already."""
        self.tasks[event.object] = event.thread
        core = event.core if event.core >= 0 else self.on.get(event.object, -1)
        if core >= 0:
            self.on[event.object] = core
            self.cores[core].turn(event.tick, RUNNING, event.thread)
            self.turn(event.thread, event.tick, RUNNING, str(core))

    def _park(self, event: Event) -> None:
        if self.tasks.get(event.object) == event.thread:
            del self.tasks[event.object]


_HANDLERS = {
    "create": Lanes._create,
    "ready": Lanes._ready,
    "switch": Lanes._switch,
    "dispatch": Lanes._dispatch,
    "preempt": Lanes._preempt,
    "block": Lanes._block,
    "sleep": Lanes._sleep,
    "io": Lanes._sleep,
    "finish": Lanes._finish,
    "complete": Lanes._finish,
    "take": Lanes._take,
    "park": Lanes._park,
}
