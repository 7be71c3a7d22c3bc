"""The timeline as data: what every drawing of a run starts from.

`Recorder` listens to a run and gives a `Timeline`: lanes (cores, threads, things that are held),
bars on them, marks and arrows between threads. It knows nothing about pixels. Who woke whom is read
off the events: the last one who touched the thing a thread waited for.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from conclang.analyses.runner import RunResult
from conclang.events.event import BY_NAME, Event
from conclang.events.trace import Header
from conclang.render.lanes import BLOCKED, RUNNING, SLEEPING, Lanes
from conclang.render.lanes import Bar as Stretch

MOST_ARROWS = 20_000
MOST_MARKS = 20_000
MOST_HOLDS = 100_000
STEPS = ("memory", "sync", "message", "time", "talk")
"""Groups of events that are steps of their thread."""
STEP_WORDS = {
    "read": "{o} is {v}",
    "load": "{o} is {v}",
    "write": "{o} = {v}",
    "store": "{o} = {v}",
    "rmw": "{o} = {v}",
    "acquire": "acquires {o}",
    "unlock": "releases {o}",
    "try": "tries {o}",
    "wait": "waits on {o}",
    "signal": "signals {o}",
    "reset": "resets {o}",
    "pass": "passes {o}",
    "meet": "arrives at {o}",
    "join": "joins {o}",
    "send": "{o} <- {v}",
    "receive": "<-{o}: {v}",
    "close": "closes {o}",
    "enter": "enters {o}",
    "leave": "leaves {o}",
    "choose": "draws {v}",
    "yield": "yields",
    "print": "prints",
    "error": "fails",
}
"""What a step does, short enough for its bar."""
HELD = ("lock", "rwlock", "semaphore")
"""Kinds of things that threads hold."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row. kind: core, thread, lock, rwlock, semaphore or section."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """From tick to tick on a lane. state: running, ready, blocked, sleeping, switch, held, inside.

    who: the thread on a core or holding a thing; on a thread's lane the core, or what it waits for.
    """

    lane: int
    start: int
    end: int
    state: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a moment: print, race, lost_update, deadlock, miss, error."""

    lane: int
    tick: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one thread to another. kind: wake, message, spawn, join."""

    kind: str
    source: int
    start: int
    target: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A run, ready to be drawn. Bars are in order of lane, then time."""

    title: str
    machine: str
    outcome: str
    ticks: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    arrows: tuple[Arrow, ...]
    truncated: int = -1  # what happens after this tick is not in it
    untimed: bool = False  # ticks are steps, and `who` of a running bar says what the step does
    left_out: int = 0  # arrows, marks and holds beyond the limits


class Holds:
    """Who held or was inside what, from when to when."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self.kinds = kinds  # object -> kind
        self.open: dict[str, list[tuple[str, int]]] = {}
        self.closed: dict[str, list[tuple[int, int, str]]] = {}
        self.count = 0

    def take(self, thing: str, thread: str, tick: int) -> None:
        self.open.setdefault(thing, []).append((thread, tick))
        self.closed.setdefault(thing, [])

    def give(self, thing: str, thread: str, tick: int) -> None:
        held = self.open.get(thing)
        if not held:
            return
        own = [place for place, hold in enumerate(held) if hold[0] == thread]
        self._close(thing, held.pop(own[-1] if own else 0), tick)

    def end(self, tick: int) -> None:
        for thing, held in self.open.items():
            for hold in held:
                self._close(thing, hold, tick)
            held.clear()

    def _close(self, thing: str, hold: tuple[str, int], tick: int) -> None:
        thread, since = hold
        self.count += 1
        if self.count <= MOST_HOLDS:
            self.closed[thing].append((since, tick, thread))


class Recorder:
    """Listens to a run from its first event to its last."""

    def __init__(
        self, header: Header, kinds: dict[str, str] | None = None, untimed: bool = False
    ) -> None:
        self.header = header
        self.untimed = untimed  # a schedule of `check`: ticks are steps, there are no cores
        self.lanes = Lanes(header)
        self.holds = Holds(dict(kinds or {}))
        self.sections: set[str] = set()
        self.waiting: dict[str, tuple[str, str]] = {}  # thread -> object, what kind of wait
        self.reasons: dict[tuple[str, int], str] = {}
        self.touched: dict[str, tuple[str, int, str]] = {}  # object -> thread, tick, event
        self.sent: dict[str, deque[tuple[str, int]]] = {}  # channel -> sends not yet received
        self.marks: list[tuple[str, int, str, str]] = []
        self.arrows: list[tuple[str, str, int, str, int, str]] = []
        self.left_out = 0

    def see(self, event: Event) -> None:
        if self.untimed and BY_NAME[event.kind].group in STEPS:
            self._step(event)
        self.lanes.see(event)
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)
        if event.core >= 0 and event.object:
            self.touched[event.object] = (event.thread, event.tick, event.kind)

    def _step(self, event: Event) -> None:
        lane = self.lanes.lane(event.thread)
        if lane is not None and (not lane.bars or lane.bars[-1].end < event.tick):
            words = STEP_WORDS.get(event.kind, "").format(o=event.object, v=event.value)
            lane.bars.append(Stretch(event.tick - 1, event.tick, RUNNING, words))

    # -- events --------------------------------------------------------------------------------

    def _acquire(self, event: Event) -> None:
        self.holds.take(event.object, event.thread, event.tick - self.untimed)

    def _unlock(self, event: Event) -> None:
        self.holds.give(event.object, event.thread, event.tick)

    def _wait(self, event: Event) -> None:
        self.holds.give(str(event.value), event.thread, event.tick)

    def _enter(self, event: Event) -> None:
        self.sections.add(event.object)
        self.holds.take(event.object, event.thread, event.tick)

    def _block(self, event: Event) -> None:
        self.waiting[event.thread] = (event.object, str(event.value))
        thing = f"{event.value} {event.object}".strip()
        self.reasons[event.thread, event.tick] = thing

    def _io(self, event: Event) -> None:
        self.reasons[event.thread, event.tick] = event.object or "I/O"

    def _wake(self, event: Event) -> None:
        thing, kind = self.waiting.pop(event.thread, ("", ""))
        if kind == "end":
            self._arrow("join", thing, event.tick, event.thread, event.tick, "")
            return
        touched = self.touched.get(thing)
        if touched is None or touched[1] != event.tick or touched[0] == event.thread:
            return
        if touched[2] not in ("send", "receive"):
            self._arrow("wake", touched[0], event.tick, event.thread, event.tick, thing)

    def _create(self, event: Event) -> None:
        self._arrow("spawn", event.thread, event.tick, event.object, event.tick, "")

    def _send(self, event: Event) -> None:
        self.sent.setdefault(event.object, deque()).append((event.thread, event.tick))

    def _receive(self, event: Event) -> None:
        queue = self.sent.get(event.object)
        if not queue or event.value == "closed":
            return
        sender, tick = queue.popleft()
        text = f"{event.object}: {event.value}"
        self._arrow("message", sender, tick, event.thread, event.tick, text)

    def _print(self, event: Event) -> None:
        self._mark(event.thread, event.tick, "print", str(event.value))

    def _miss(self, event: Event) -> None:
        self._mark(event.thread, event.tick, "miss", f"deadline missed at {event.tick}")

    def _mark(self, thread: str, tick: int, kind: str, text: str) -> None:
        if len(self.marks) < MOST_MARKS:
            self.marks.append((thread, tick, kind, text))
        else:
            self.left_out += 1

    def _arrow(self, kind: str, source: str, start: int, target: str, end: int, text: str) -> None:
        if len(self.arrows) < MOST_ARROWS:
            self.arrows.append((kind, source, start, target, end, text))
        else:
            self.left_out += 1

    # -- the result ----------------------------------------------------------------------------

    def timeline(self, result: RunResult) -> Timeline:
        """Everything seen, once the run is over."""
        ticks = result.outcome.ticks
        self.lanes.end(ticks)
        self.holds.end(ticks)
        self._findings(result)
        lanes, bars = self._rows()
        places = {lane.name: n for n, lane in enumerate(lanes) if lane.kind == "thread"}
        marks = [
            Mark(places[who], tick, kind, text)
            for who, tick, kind, text in self.marks
            if who in places
        ]
        arrows = [
            Arrow(kind, places[source], start, places[target], end, text)
            for kind, source, start, target, end, text in self.arrows
            if source in places and target in places
        ]
        cores = len(self.header.cores)
        machine = f"{result.policy} on {cores} core{'s' if cores != 1 else ''}"
        return Timeline(
            title=result.scenario,
            machine=result.policy if self.untimed else machine,
            outcome=_outcome(result, "step" if self.untimed else "tick"),
            ticks=ticks,
            lanes=tuple(lanes),
            bars=tuple(bars),
            marks=tuple(sorted(marks, key=lambda m: (m.lane, m.tick))),
            arrows=tuple(arrows),
            truncated=self.lanes.truncated,
            untimed=self.untimed,
            left_out=self.left_out + max(0, self.holds.count - MOST_HOLDS),
        )

    def _findings(self, result: RunResult) -> None:
        for found in result.findings:
            if found.kind in ("race", "lost_update", "error", "assertion"):
                kind = "error" if found.kind == "assertion" else found.kind
                for thread in found.threads[-1:]:
                    self._mark(thread, found.tick, kind, found.message)
        if result.outcome.kind == "deadlocked":
            for thread, (thing, kind) in self.waiting.items():
                if thread not in self.header.daemons:
                    words = f"waits for ever for {kind} {thing}".rstrip()
                    self._mark(thread, result.outcome.ticks, "deadlock", words)

    def _rows(self) -> tuple[list[Lane], list[Bar]]:
        lanes: list[Lane] = []
        bars: list[Bar] = []
        for core in [] if self.untimed else self.lanes.cores:
            bars += [Bar(len(lanes), b.start, b.end, b.state, b.who) for b in core.bars]
            lanes.append(Lane("core", core.name))
        for thread in self.lanes.threads.values():
            for b in thread.bars:
                bars.append(Bar(len(lanes), b.start, b.end, b.state, self._who(thread.name, b)))
            lanes.append(Lane("thread", thread.name))
        for thing, held in self.holds.closed.items():
            inside = thing in self.sections
            kind = "section" if inside else self.holds.kinds.get(thing, "lock")
            state = "inside" if inside else "held"
            shown = [Bar(len(lanes), *span[:2], state, span[2]) for span in sorted(held)]
            bars += [bar for bar in shown if bar.end > bar.start]
            lanes.append(Lane(kind, thing))
        return lanes, bars

    def _who(self, thread: str, bar: Stretch) -> str:
        """On which core it runs, or what it waits for."""
        if bar.state in (BLOCKED, SLEEPING):
            return self.reasons.get((thread, bar.start), "")
        if self.untimed:
            return bar.who
        if bar.state == RUNNING and bar.who.isdigit():
            return self.lanes.cores[int(bar.who)].name
        return ""


def _outcome(result: RunResult, unit: str) -> str:
    outcome = result.outcome
    words = f"{outcome.kind} at {unit} {outcome.ticks}"
    return f"{words}: {outcome.message}" if outcome.message else words


_HANDLERS = {
    "acquire": Recorder._acquire,
    "unlock": Recorder._unlock,
    "wait": Recorder._wait,
    "enter": Recorder._enter,
    "leave": Recorder._unlock,
    "block": Recorder._block,
    "io": Recorder._io,
    "wake": Recorder._wake,
    "create": Recorder._create,
    "send": Recorder._send,
    "receive": Recorder._receive,
    "print": Recorder._print,
    "miss": Recorder._miss,
}
