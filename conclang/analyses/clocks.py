"""Happens-before in one run: vector clocks, and the races they show.

A clock says for every thread how much of its past another one knows (Lamport 1978, Fidge and
Mattern 1988). Locks, messages, creation, joins, signals and atomics carry knowledge from one
thread to another. Two accesses of a shared cell race if at least one writes and neither thread
knew of the other's access.

After an access the conflicting ones before it become known to the thread as well, whether that
was a race or not. So a race is reported where it happens, and what it decides (a flag that was
read in a race, and the data it guards) is not blamed a second time. What is left are pairs of
accesses that another schedule puts side by side, which is what `check` calls a data race.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from conclang.events.event import Event
from conclang.record import new, record

Clock = dict[str, int]
MOST_PLACES = 10_000
"""Of a channel with more room nobody waits for a place."""


class Access(NamedTuple):
    """An access of a cell, and what its thread knew then."""

    event: Event
    tick: int  # of the thread's own clock
    locks: tuple[str, ...]
    clock: Clock


class Race(NamedTuple):
    earlier: Access
    later: Access


@record(frozen=False)
class CellHistory:
    """The last write, and the reads since."""

    write: Access | None = None
    reads: dict[str, Access] = new(factory=dict)


def merge(into: Clock, other: Clock) -> None:
    """Now it knows what the other one knew."""
    for name, tick in other.items():
        if into.get(name, 0) < tick:
            into[name] = tick


class Clocks:
    """Follows a run event by event."""

    def __init__(self, capacities: Mapping[str, int] | None = None) -> None:
        self.capacities = capacities or {}  # of the channels; one not named has all the room
        self.clocks: dict[str, Clock] = {}
        self.objects: dict[tuple[str, str], Clock] = {}
        self.messages: dict[str, deque[tuple[str, Clock]]] = {}
        self.places: dict[str, deque[Clock]] = {}  # what those knew who made room in a channel
        self.cells: dict[str, CellHistory] = {}
        self.held: dict[str, list[str]] = {}
        self.loops: dict[str, str] = {}  # thread -> the loop it was taken up by
        self.barriers: dict[str, str] = {}  # thread -> the barrier it came to last
        self.races: list[Race] = []
        self.seen: set[tuple[str, int, int]] = set()
        self.sending: Event | None = None

    def of(self, thread: str) -> Clock:
        clock = self.clocks.get(thread)
        if clock is None:
            clock = self.clocks[thread] = {thread: 1}
        return clock

    def see(self, event: Event) -> None:
        handler = HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)

    # -- knowledge -------------------------------------------------------------------------------

    def learn(self, thread: str, kind: str, name: str) -> None:
        """The thread gets to know what was left at an object."""
        left = self.objects.get((kind, name))
        if left is not None:
            merge(self.of(thread), left)

    def leave(self, thread: str, kind: str, name: str, add: bool = False) -> None:
        """The thread leaves what it knows at an object."""
        clock = self.of(thread)
        if add and (kind, name) in self.objects:
            merge(self.objects[(kind, name)], clock)
        else:
            self.objects[(kind, name)] = dict(clock)
        clock[thread] = clock.get(thread, 0) + 1

    def create(self, event: Event) -> None:
        clock = self.of(event.thread)
        self.clocks[event.object] = {**clock, event.object: 1}
        clock[event.thread] += 1

    def finish(self, event: Event) -> None:
        self.leave(event.thread, "end", event.thread)
        loop = self.loops.pop(event.thread, event.thread)  # a body has its loop from the start
        self.leave(event.thread, "loop", loop, add=True)

    def join(self, event: Event) -> None:
        self.learn(event.thread, "end", event.object)

    def acquire(self, event: Event) -> None:
        self.learn(event.thread, "lock", event.object)
        if event.value != "read":
            self.learn(event.thread, "readers", event.object)
        self.held.setdefault(event.thread, []).append(event.object)

    def unlock(self, event: Event) -> None:
        reading = event.value == "read"
        self.leave(event.thread, "readers" if reading else "lock", event.object, add=True)
        self._drop(event.thread, event.object)

    def wait(self, event: Event) -> None:
        self.leave(event.thread, "lock", str(event.value), add=True)
        self._drop(event.thread, str(event.value))

    def _drop(self, thread: str, name: str) -> None:
        held = self.held.get(thread, [])
        if name in held:
            held.remove(name)

    def signal(self, event: Event) -> None:
        clock = dict(self.of(event.thread))
        self.leave(event.thread, "event", event.object, add=True)
        for name in str(event.value or "").split(", "):
            if name in self.clocks:
                merge(self.of(name), clock)

    def passes(self, event: Event) -> None:
        self.learn(event.thread, "event", event.object)

    def meet(self, event: Event) -> None:
        self.leave(event.thread, "barrier", event.object, add=True)
        self.learn(event.thread, "barrier", event.object)
        self.barriers[event.thread] = event.object

    def wake(self, event: Event) -> None:
        """Who leaves a barrier knows what all who came there knew; all else is told elsewhere."""
        barrier = self.barriers.pop(event.thread, None)
        if barrier is not None:
            self.learn(event.thread, "barrier", barrier)

    def send(self, event: Event) -> None:
        """The k-th send into n places comes after the (k - n)-th receive, which made room."""
        thread, channel = event.thread, event.object
        clock, places = self.of(thread), self._places(channel)
        if places:
            merge(clock, places.popleft())
        self.messages.setdefault(channel, deque()).append((thread, dict(clock)))
        clock[thread] = clock.get(thread, 0) + 1

    def receive(self, event: Event) -> None:
        waiting = self.messages.get(event.object)
        if not waiting:
            self.learn(event.thread, "closed", event.object)
            return
        sender, known = waiting.popleft()
        clock, places = self.of(event.thread), self._places(event.object)
        if self.capacities.get(event.object) == 0:
            merge(self.of(sender), clock)  # they meet: each knows what the other did before
        elif places is not None:
            places.append(dict(clock))
        merge(clock, known)
        clock[event.thread] = clock.get(event.thread, 0) + 1

    def _places(self, channel: str) -> deque[Clock] | None:
        """The free places of a buffered channel; None if there are so many that nobody waits."""
        size = self.capacities.get(channel, 0)
        if not 0 < size <= MOST_PLACES:
            return None
        if channel not in self.places:
            self.places[channel] = deque([{}] * size)
        return self.places[channel]

    def close(self, event: Event) -> None:
        self.leave(event.thread, "closed", event.object)

    def load(self, event: Event) -> None:
        self.learn(event.thread, "atomic", event.object)

    def store(self, event: Event) -> None:
        self.learn(event.thread, "atomic", event.object)
        self.leave(event.thread, "atomic", event.object, add=True)

    def block_of_one(self, event: Event) -> None:
        """Indivisible blocks are ordered among themselves."""
        if event.value == "begin":
            self.learn(event.thread, "indivisible", "")
        else:
            self.leave(event.thread, "indivisible", "", add=True)

    def take(self, event: Event) -> None:
        """Tasks of one event loop, or of a runtime with one worker, follow each other."""
        if event.value == "loop":
            self.learn(event.thread, "loop", event.object)
            self.loops[event.thread] = event.object

    def park(self, event: Event) -> None:
        self.leave(event.thread, "loop", event.object, add=True)

    # -- accesses --------------------------------------------------------------------------------

    def access(self, event: Event) -> Access:
        clock = self.of(event.thread)
        made = Access(
            event,
            clock[event.thread],
            tuple(self.held.get(event.thread, ())),
            dict(clock),
        )
        clock[event.thread] += 1
        return made

    def read(self, event: Event) -> None:
        cell = self.cells.setdefault(event.object, CellHistory())
        if cell.write is not None:
            self.compare(cell.write, event)
        cell.reads[event.thread] = self.access(event)

    def write(self, event: Event) -> None:
        cell = self.cells.setdefault(event.object, CellHistory())
        for reader in cell.reads.values():
            self.compare(reader, event)
        if cell.write is not None:
            self.compare(cell.write, event)
        cell.write = self.access(event)
        cell.reads = {}

    def compare(self, earlier: Access, event: Event) -> None:
        """Did the thread know of the earlier access? From now on it does."""
        other = earlier.event.thread
        if other == event.thread:
            return
        clock = self.of(event.thread)
        if clock.get(other, 0) < earlier.tick:
            key = (event.object, earlier.event.site, event.site)
            if key not in self.seen:
                self.seen.add(key)
                locks = tuple(self.held.get(event.thread, ()))
                later = Access(event, clock[event.thread], locks, {})
                self.races.append(Race(earlier, later))
        merge(clock, earlier.clock)
        if clock.get(other, 0) < earlier.tick:
            clock[other] = earlier.tick


HANDLERS = {
    "create": Clocks.create,
    "finish": Clocks.finish,
    "join": Clocks.join,
    "acquire": Clocks.acquire,
    "unlock": Clocks.unlock,
    "wait": Clocks.wait,
    "signal": Clocks.signal,
    "pass": Clocks.passes,
    "meet": Clocks.meet,
    "wake": Clocks.wake,
    "send": Clocks.send,
    "receive": Clocks.receive,
    "close": Clocks.close,
    "load": Clocks.load,
    "store": Clocks.store,
    "rmw": Clocks.store,
    "atomic": Clocks.block_of_one,
    "take": Clocks.take,
    "park": Clocks.park,
    "read": Clocks.read,
    "write": Clocks.write,
}
