"""What everything is at, moment by moment, as the page wants it: slots and their changes.

A **slot** is something that has a value at each moment: where a thread stands, what it is at, a
local variable, a word of shared memory, who holds a lock, what is in a channel. The page gets the
slots and the list of changes (moment, slot, value) and needs to know nothing about what events
mean. A change at a moment is in force once all events of that moment have happened.

Values are JSON; equal ones are kept once and go by number (0 = nothing yet).
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from conclang.analyses.waits import Waits
from conclang.events.event import Event
from conclang.ir.program import Cell, Code, Program
from conclang.machine.telling import Names

SHOWN = ("lock", "rwlock", "semaphore", "condition", "barrier", "event", "channel", "device")
"""Kinds of things with a card on the page, in this order; sections follow."""
MOST_ITEMS = 12  # of a list in one value: messages of a channel, holders of a semaphore
MOST_ELEMENTS = 64  # of an array that are shown before they change
STORES = frozenset(("write", "store", "rmw"))


class Table:
    """Values by number: strings, whole numbers, and tuples of such."""

    def __init__(self) -> None:
        self.values: list[Any] = [None]
        self.numbers: dict[Any, int] = {None: 0}

    def number(self, value: Any) -> int:
        found = self.numbers.get(value)
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found


class Changes:
    """All slots, and what they changed to when."""

    def __init__(self) -> None:
        self.table = Table()
        self.slots: list[list[Any]] = []
        self.numbers: dict[tuple[Any, ...], int] = {}
        self.now: list[int] = []  # value of each slot
        self.since: list[int] = []  # place of its change at this moment in the lists, or -1
        self.ticks: list[int] = []
        self.places: list[int] = []
        self.values: list[int] = []

    def slot(self, *what: Any) -> int:
        found = self.numbers.get(what)
        if found is None:
            found = self.numbers[what] = len(self.slots)
            self.slots.append(list(what))
            self.now.append(0)
            self.since.append(-1)
        return found

    def put(self, tick: int, slot: int, value: Any) -> None:
        """A value from this moment on; the last one of a moment counts."""
        number = self.table.number(value)
        if self.now[slot] == number:
            return
        self.now[slot] = number
        last = self.since[slot]
        if last >= 0 and self.ticks[last] == tick:
            self.values[last] = number
            return
        self.since[slot] = len(self.ticks)
        self.ticks.append(tick)
        self.places.append(slot)
        self.values.append(number)


class Things:
    """Locks, channels and the like, from events."""

    def __init__(self, program: Program, changes: Changes) -> None:
        self.changes = changes
        self.list = [thing for kind in (*SHOWN, "section") for thing in program.things[kind]]
        self.number = {thing.name: place for place, thing in enumerate(self.list)}
        self.kind = {thing.name: thing.kind for thing in self.list}
        self.waits = Waits()
        self.inside: dict[str, list[str]] = {}
        self.queues: dict[str, deque[str]] = {}
        self.owed: dict[str, int] = {}  # received before it was said to be sent
        self.closed: set[str] = set()
        self.sets: dict[str, bool] = {}
        self.free = {thing.name: thing.amount for thing in self.list if thing.kind == "semaphore"}
        self.modes: dict[tuple[str, str], str] = {}
        self.touched: dict[str, None] = {}
        for thing in self.list:
            if thing.kind == "semaphore":
                self._put(0, thing.name, "free", thing.amount)

    def see(self, event: Event) -> None:
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)

    def _touch(self, event: Event) -> None:
        self.waits.see(event)
        self.touched[event.object] = None
        if event.object in self.free:
            self.free[event.object] += 1 if event.kind == "unlock" else -1
        elif event.kind == "acquire" and event.value:
            self.modes[event.object, event.thread] = str(event.value)

    def _wait(self, event: Event) -> None:
        self.waits.see(event)
        self.touched[str(event.value)] = None

    def _enter(self, event: Event) -> None:
        self.inside.setdefault(event.object, []).append(event.thread)
        self.touched[event.object] = None

    def _leave(self, event: Event) -> None:
        those = self.inside.get(event.object, [])
        if event.thread in those:
            those.remove(event.thread)
        self.touched[event.object] = None

    def _send(self, event: Event) -> None:
        self.touched[event.object] = None
        if self.owed.get(event.object):
            self.owed[event.object] -= 1
            return
        self.queues.setdefault(event.object, deque()).append(str(event.value))

    def _receive(self, event: Event) -> None:
        queue = self.queues.setdefault(event.object, deque())
        self.touched[event.object] = None
        if queue:
            queue.popleft()
        elif event.value != "closed":
            self.owed[event.object] = self.owed.get(event.object, 0) + 1

    def _close(self, event: Event) -> None:
        self.closed.add(event.object)
        self.touched[event.object] = None

    def _signal(self, event: Event) -> None:
        if self.kind.get(event.object) == "event":
            self.sets[event.object] = event.kind == "signal"
            self.touched[event.object] = None

    def settle(self, tick: int) -> None:
        """The moment is over: what was touched has this value."""
        for name in self.touched:
            kind = self.kind.get(name)
            if kind == "channel":
                queue = self.queues.get(name, deque())
                first = tuple(queue[place] for place in range(min(len(queue), MOST_ITEMS)))
                self._put(tick, name, "queue", (len(queue), first, int(name in self.closed)))
            elif kind == "event":
                self._put(tick, name, "set", int(self.sets[name]))
            elif kind == "section":
                self._put(tick, name, "holders", self._inside(name))
            elif kind is not None:
                self._put(tick, name, "holders", self._holders(name))
                if name in self.free:
                    self._put(tick, name, "free", self.free[name])
        self.touched.clear()

    def _inside(self, name: str) -> tuple[tuple[str, str], ...] | None:
        those = self.inside.get(name, [])
        return tuple((who, "") for who in those[:MOST_ITEMS]) or None

    def _holders(self, name: str) -> tuple[tuple[str, str], ...] | None:
        holds = self.waits.holders_of(name)[:MOST_ITEMS]
        those = ((hold.thread, self.modes.get((name, hold.thread), "")) for hold in holds)
        return tuple(those) or None

    def _put(self, tick: int, name: str, what: str, value: Any) -> None:
        self.changes.put(tick, self.changes.slot("thing", self.number[name], what), value)


_HANDLERS = {
    "acquire": Things._touch,
    "unlock": Things._touch,
    "wait": Things._wait,
    "enter": Things._enter,
    "leave": Things._leave,
    "send": Things._send,
    "receive": Things._receive,
    "close": Things._close,
    "signal": Things._signal,
    "reset": Things._signal,
}
ABOUT_THINGS = frozenset(_HANDLERS)


class Memory:
    """Shared and atomic variables, read from the machine where events say that they changed."""

    def __init__(self, program: Program, names: Names, changes: Changes) -> None:
        self.program = program
        self.names = names
        self.changes = changes
        self.touched: dict[str, None] = {}
        self.places: dict[str, tuple[int, int]] = {}  # name as in events -> cell, element or -1
        for number, cell in enumerate(program.cells):
            if cell.shape.kind != "array":
                self.places[cell.name] = (number, -1)
            for element in range(cell.shape.count if cell.shape.kind == "array" else 0):
                self.places[f"{cell.name}[{element}]"] = (number, element)

    def see(self, event: Event) -> None:
        self.touched[event.object] = None

    def begin(self, world: Any) -> None:
        """What is there before the first step (a `choose` may have set it)."""
        for number, cell in enumerate(self.program.cells):
            if cell.shape.kind != "array":
                self._put(0, world, number, -1)
            for element in range(min(cell.shape.count, MOST_ELEMENTS)):
                self._put(0, world, number, element)

    def settle(self, tick: int, world: Any) -> None:
        for name in self.touched:
            if name in self.places:
                self._put(tick, world, *self.places[name])
        self.touched.clear()

    def _put(self, tick: int, world: Any, number: int, element: int) -> None:
        cell: Cell = self.program.cells[number]
        shape = cell.shape.items[0] if element >= 0 else cell.shape
        base = cell.base + max(element, 0) * shape.width
        words = list(world.memory(base, shape.width))
        slot = self.changes.slot("cell", number, element)
        self.changes.put(tick, slot, self.names.show(shape, words))


class Locals:
    """Where threads stand, and their local variables.

    A variable is shown while its value may still be read: before that its words mean nothing, and
    afterwards the machine wipes them.
    """

    def __init__(self, program: Program, names: Names, changes: Changes) -> None:
        self.program = program
        self.names = names
        self.changes = changes
        self.codes: dict[int, list[int]] = {}  # thread -> codes of its frames
        self.last: dict[int, Any] = {}
        self.at: dict[int, int] = {}  # thread -> slot of its place
        self.slots: dict[tuple[int, int], dict[str, int]] = {}  # thread, depth -> name -> slot
        self.sites = [micro.site for micro in program.ops]
        self.places = [(site.line, site.column) for site in program.sites]
        self.readable: dict[int, list[int]] = {}
        self.variables = [self._declared(code) for code in program.codes]
        self.code_of: list[int] = [0] * len(program.ops)
        for number, code in enumerate(program.codes):
            for pc in range(code.entry, code.end):
                self.code_of[pc] = number

    def _declared(self, code: Code) -> list[tuple[int, tuple[int, int]]]:
        """Slots of local variables, each with the place behind which it means something.

        Before its declaration a variable's slot may be used for something else.
        """
        numbers = {micro.site for micro in self.program.ops[code.entry : code.end]}
        sites = sorted((self.places[n], self.program.sites[n].text) for n in numbers)
        found: list[tuple[int, tuple[int, int]]] = []
        used: dict[str, tuple[int, int]] = {}
        for slot, (name, shape) in enumerate(zip(code.slot_names, code.slot_shapes, strict=True)):
            if not name or shape is None:
                continue
            place = (0, 0)
            if slot >= code.parameters:
                word = re.compile(rf"\b(let|for|case)\b.*\b{name}\b")
                after = used.get(name, (0, 0))
                those = (where for where, text in sites if where > after and word.search(text))
                used[name] = place = next(those, after)
            found.append((slot, place))
        return found

    def look(self, tick: int, world: Any, thread: int, alive: bool) -> None:
        """Note what has changed with a thread since one looked last."""
        frames = world.frames(thread) if alive else []
        if self.last.get(thread) == frames:
            return
        self.last[thread] = frames
        sites = tuple([self.sites[pc] for pc, _ in frames])
        if thread not in self.at:
            self.at[thread] = self.changes.slot("at", thread)
        self.changes.put(tick, self.at[thread], sites or None)
        codes = self.codes.setdefault(thread, [])
        del codes[len(frames) :]
        for depth, (pc, words) in enumerate(frames):
            code = self.code_of[pc]
            if depth >= len(codes) or codes[depth] != code:
                del codes[depth:]
                codes.append(code)
                self._forget(tick, thread, depth)
            self._frame(tick, (thread, depth, code), pc, words)

    def _forget(self, tick: int, thread: int, depth: int) -> None:
        """Another call on the same place of the stack."""
        for slot in self.slots.get((thread, depth), {}).values():
            self.changes.put(tick, slot, None)

    def _readable(self, number: int, pc: int) -> list[int]:
        """The slots whose variables mean something at this place."""
        found = self.readable.get(pc)
        if found is None:
            live, here = self.program.live.get(pc, ()), self.places[self.sites[pc]]
            found = [s for s, declared in self.variables[number] if s in live and here > declared]
            self.readable[pc] = found
        return found

    def _frame(self, tick: int, where: tuple[int, int, int], pc: int, words: list[int]) -> None:
        thread, depth, number = where
        code = self.program.codes[number]
        slots = self.slots.setdefault((thread, depth), {})
        gone = dict(slots)
        for slot in self._readable(number, pc):
            shape, name = code.slot_shapes[slot], code.slot_names[slot]
            assert shape is not None
            if shape.kind == "int":
                text = str(words[slot])
            else:
                text = self.names.show(shape, words[slot : slot + max(1, shape.width)])
            if name not in slots:
                slots[name] = self.changes.slot("local", thread, depth, name)
            self.changes.put(tick, slots[name], text)
            gone.pop(name, None)
        for place in gone.values():
            self.changes.put(tick, place, None)
