# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True, annotation_typing=False
"""A state that can be stepped from Python: for the timed loop, replay, tests and the curious.

A World owns a buffer, a Context and (shared) a Machine; it grows the buffer when threads are
made. Every argument is checked here, so that no caller can make the compiled engine read beyond
its buffers. The doors have the names of step.py's, one word longer where C asks for it.

    world = World(Machine(program))
    fault = world.boot()                     # or boot(digits) for a recorded branch
    for t in range(world.count): world.options(t)
    fault = world.take(t, way, digits)       # digits: the choices of this step, () = the first
    world.chosen                             # the choices it went through
    world.log                                # what happened, if world.logging
"""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.opcodes import *
    from conclang.machine.state import (
        Context,
        code_of,
        copy_state,
        extent,
        fresh,
        length,
        object_of,
        record,
        retake_of,
        words_of,
    )
    from conclang.machine.step import (
        clear_branches,
        evaluate,
        next_branch,
        perform,
        resume,
        skip,
        start,
        step,
        ways,
    )

SPARE = 64
"""Threads one step may make (an indivisible block may make several)."""


class World:
    """One state and everything needed to step it."""

    def __init__(self, machine: Machine, room: int = 0) -> None:
        self.m = machine
        self.x = Context()
        self.words = None
        self.room = 0
        self._make_room(max(room, machine.threads + (SPARE if machine.dynamics else 0)))
        if cython.compiled:
            self.s[0] = 0
        else:
            self.words[0] = 0

    # -- stepping --------------------------------------------------------------------------------

    def boot(self, digits: tuple[int, ...] = ()) -> int:
        """Put the initial state in place; returns the fault."""
        self._prepare(digits)
        return start(self.m, self.x, self.s)

    def options(self, t: int) -> int:
        """In how many ways t can step now."""
        self._check(t)
        return ways(self.m, self.x, self.s, t)

    def take(self, t: int, way: int = 0, digits: tuple[int, ...] = ()) -> int:
        """Take a step that `options` offered; returns the fault."""
        if not 0 <= way < self.options(t):
            raise IndexError(f"entity {t} has no way {way}")
        self._prepare(digits)
        return step(self.m, self.x, self.s, t, way)

    def grant(self, t: int, arm: int = -1, partner: int = -1, partner_arm: int = -1) -> int:
        """Perform t's micro-op for the timed loop, which knows that it is possible."""
        self._check(t)
        self._prepare(())
        if partner >= 0:
            self._check(partner)
        x = self.x
        x.arm, x.partner, x.partner_arm = arm, partner, partner_arm
        return perform(self.m, x, self.s, t)

    def grant_to_all(self, t: int, woken: list[int]) -> int:
        """The same for a micro-op that lets all of these go on: a broadcast, a full barrier."""
        x = self.x
        x.stuck_count = 0
        for r in woken:
            self._check(r)
            if x.stuck_count >= x.stuck_room:
                x.stuck = fresh(x.stuck, x.stuck_room, x.stuck_room * 2)
                x.stuck_room *= 2
            x.stuck[x.stuck_count] = r
            x.stuck_count += 1
        fault = self.grant(t)
        x.stuck_count = 0
        return fault

    def proceed(self, t: int) -> int:
        """Run the local code of a MOVED entity."""
        self._check(t)
        self._prepare(())
        return resume(self.m, self.x, self.s, t)

    def pass_over(self, t: int) -> int:
        """Pass the WORK, YIELD, SLEEP or IO at which t stands."""
        self._check(t)
        self._prepare(())
        return skip(self.m, self.x, self.s, t)

    def judge(self, code: int) -> tuple[int, ...] | None:
        """The words of an expectation's value; None, with `fault` set, if there is none."""
        clear_branches(self.x)
        evaluate(self.m, self.x, self.s, code)
        if self.x.fault:
            return None
        first = self.x.answer
        return tuple([self.s[first + i] for i in range(self.x.answer_count)])

    def next_digits(self) -> tuple[int, ...] | None:
        """The choices that come after those of the last boot or take; None when all were seen."""
        if not next_branch(self.x):
            return None
        return tuple([self.x.digits[i] for i in range(self.x.known)])

    def _prepare(self, digits: tuple[int, ...]) -> None:
        if self.m.dynamics and self.s[0] + SPARE > self.room:
            self._make_room(2 * self.room + SPARE)
        if digits:
            self.x.given(digits)
        else:
            clear_branches(self.x)

    def _make_room(self, room: int) -> None:
        """Move to a buffer for so many entities."""
        size = self.m.size(room) + self.m.slack + 1
        if cython.compiled:
            words = array("q", bytes(8 * size))
            if self.words is not None:
                words[: len(self.words)] = self.words
            self.s = words_of(words)
            self.words = words
        else:
            self.words = (self.words or []) + [0] * (size - len(self.words or []))
            self.s = self.words
        self.room = self.x.room = room

    def _check(self, t: int) -> None:
        if not 0 <= t < self.s[0]:
            raise IndexError(f"there is no entity {t}")

    # -- looking ---------------------------------------------------------------------------------

    @property
    def machine(self) -> Machine:
        return self.m

    @property
    def context(self) -> Context:
        return self.x

    @property
    def count(self) -> int:
        """Entities so far."""
        return self.s[0]

    @property
    def fault(self) -> tuple[int, int, int, tuple[int, ...]] | None:
        """(code, entity, pc, values) of the last fault, None if the last door gave none."""
        x = self.x
        return (x.fault, x.fault_entity, x.fault_pc, x.fault_values()) if x.fault else None

    @property
    def chosen(self) -> tuple[int, ...]:
        return self.x.taken()

    @property
    def log(self) -> list[list[int]]:
        return self.x.records()

    @property
    def logging(self) -> bool:
        return self.x.logging

    @logging.setter
    def logging(self, wanted: bool) -> None:
        self.x.logging = wanted

    def status(self, t: int) -> int:
        self._check(t)
        return self.s[record(self.m, t)]

    def pc(self, t: int) -> int:
        """Where t stands: the op it sleeps behind, if it sleeps."""
        self._check(t)
        e = record(self.m, t)
        return self.s[e + PC] - (1 if self.s[e] == AT_BARRIER or self.s[e] == ASLEEP else 0)

    def operand(self, t: int) -> int:
        """The object t's micro-op is about, -1 if none."""
        self._check(t)
        return object_of(self.m, self.s, t)

    def wanted_lock(self, t: int) -> int:
        """The lock t wants back after a wait or a signal, -1 if none."""
        self._check(t)
        return retake_of(self.m, self.s, t)

    def code(self, t: int) -> int:
        self._check(t)
        return code_of(self.m, self.s, t)

    def word(self, index: int) -> int:
        """One word of the state, by its place (`world.machine.locks + 2`)."""
        if not 0 <= index < length(self.m, self.s):
            raise IndexError(f"the state has no word {index}")
        return self.s[index]

    def set_word(self, index: int, word: int) -> None:
        """Change a word: for the timed loop's own ones (`at_arrived`)."""
        if not 0 <= index < length(self.m, self.s):
            raise IndexError(f"the state has no word {index}")
        self.s[index] = word

    def place(self, t: int) -> int:
        """Where t's record begins."""
        self._check(t)
        return record(self.m, t)

    def frame_word(self, t: int, slot: int) -> int:
        """A slot of t's running frame."""
        self._check(t)
        e = record(self.m, t)
        if not 0 <= slot < self.m.frame[self.s[e + PC]]:
            raise IndexError(f"no slot {slot}")
        return self.s[e + self.m.stack + self.s[e + FP] + slot]

    def operand_value(self, t: int, operand: int) -> int:
        """What a value operand of t's running frame stands for."""
        if operand >= 0:
            return self.frame_word(t, operand)
        return self.m.constants[~operand]

    def frames(self, t: int) -> list[tuple[int, list[int]]]:
        """Open frames, outermost first: (pc, slots); the pc of callers is that of their CALL."""
        self._check(t)
        m, s, e = self.m, self.s, record(self.m, t)
        bottom = e + m.stack
        base, pc, found = bottom + s[e + FP], s[e + PC], []
        while True:
            found.append((pc, [s[base + i] for i in range(m.frame[pc])]))
            if base <= bottom:
                return found[::-1]
            pc = s[base - 1] - 1
            base = base - 1 - m.frame[pc]

    def result(self, t: int) -> tuple[int, ...]:
        """The words a finished entity came to."""
        self._check(t)
        e = record(self.m, t)
        words = self.m.program.codes[self.code(t)].result.width
        return tuple([self.s[e + self.m.stack + i] for i in range(words)])

    def memory(self, base: int, count: int) -> tuple[int, ...]:
        """Words of shared memory."""
        if base < 0 or count < 0 or base + count > self.m.object_limit[READ]:
            raise IndexError("no such memory")
        return tuple([self.s[self.m.cells + base + i] for i in range(count)])

    def key(self) -> tuple[int, ...]:
        """All words that mean something: equal keys, equal futures."""
        m, s = self.m, self.s
        if not m.recursive:
            return tuple([s[i] for i in range(length(m, s))])
        found = [s[i] for i in range(m.first)]
        for t in range(s[0]):
            e = record(m, t)
            found += [s[e + i] for i in range(extent(m, s, t))]
        return tuple(found)

    def twin(self) -> World:
        """An independent copy of the state."""
        other = World(self.m, self.room)
        copy_state(self.m, other.s, self.s)
        return other
