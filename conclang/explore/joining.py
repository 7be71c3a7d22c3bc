"""Handles that are kept only to wait for all: `let a = spawn f()` … `join a`, `join b`, `join c`.

A thread that has started others and then waits for each of them can as well wait until all have
finished, and then go through its joins. A join can be put off: nothing that others do undoes the
end of who has finished, and nobody sees how far the waiting has come (a right mover: R. Lipton,
"Reduction: a method of proving properties of parallel programs", CACM 18, 1975). The schedules that
are left out have the same steps in another order. Once somebody waits for all, it does not matter
in which order: whom a handle stands for is of no interest, and those who were started may change
places as if they had no names (started.py).

So that this is certain, the way of the thread is followed through the code, with all values that
are known. There must be no branch that depends on anything else until the last join is made, only
one thread may start and join, and

* between the first of its joins and the last there is nothing else to be seen but printing, and
  nothing that could fail;
* a row of joins waits for all who have been started so far;
* what the others return is not used.

One thing would be told wrongly: if somebody never finishes, the joins before come too late. A
search that meets such an end is made again with names (`hunt`). Held against the whole search by
tests/properties/test_started.py and test_pairs.py, on the programs of starters.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from conclang.explore.footprint import Slots, Static, Walk, written
from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Program

K = OpKind
MENTIONING = frozenset({K.SELF, K.ASYNC, K.GO, K.AWAIT, K.ATOMIC})
"""With any of these nothing is tried."""
HANDLING = frozenset({K.SPAWN, K.JOIN})
QUIET = frozenset({K.MOVE, K.COPY, K.GET, K.PUT, K.JUMP, K.BRANCH, K.CALL, K.RETURN})
QUIET |= {K.PRINT, K.PAUSE}
COUNTING = frozenset({K.ADD, K.SUB, K.EQ, K.NE, K.LT, K.LE, K.NOT})
"""Between joins: those that cannot fail, and those that cannot where the result is known."""
LONGEST_WAY = 5_000


class Unsure(Exception):
    """Something else than waiting for all may be done with a handle."""


def waits_for_all(program: Program) -> bool:
    """Are all handles kept by one thread, which does nothing with them but wait for all?"""
    kinds = {op.kind for op in program.ops}
    if kinds & MENTIONING or not kinds >= HANDLING:
        return False
    starters = [t for t, thread in enumerate(program.threads) if _handles(program, thread.code)]
    started = {op.b for op in program.ops if op.kind == K.SPAWN}
    if len(starters) != 1 or any(_handles(program, code) for code in started):
        return False
    try:
        _Way(program, starters[0]).follow()
    except Unsure:
        return False
    return True


def _handles(program: Program, code: int) -> bool:
    """May a code, with all that it calls, start or join?"""
    entry = program.codes[code].entry
    return any(program.ops[pc].kind in HANDLING for pc in _reached(program, [entry]))


def _reached(program: Program, first: Iterable[int]) -> set[int]:
    """All micro-ops that may come."""
    open_, found = list(first), set(first)
    while open_:
        pc = open_.pop()
        op = program.ops[pc]
        calls = (program.codes[op.a].entry,) if op.kind == K.CALL else ()
        for there in (*followers(program, pc), *calls):
            if there not in found:
                found.add(there)
                open_.append(there)
    return found


class _Way:
    """The only way of a thread, with the values that are known."""

    def __init__(self, program: Program, thread: int) -> None:
        self.program = program
        declared = program.threads[thread]
        given = tuple((word, word) for word in declared.arguments)
        self.walk = Walk(Static(program), declared.code, given)
        self.pc, self.here = program.codes[declared.code].entry, dict(self.walk.entered)
        self.callers: list[tuple[int, Slots]] = []
        self.last = len(program.threads)  # the last handle
        self.open: set[int] = set()  # handles that nobody has waited for
        self.joining = False
        self.results: set[int] = set()  # slots that hold what somebody has returned

    def follow(self) -> None:
        """To the end, or to the first branch that is not certain."""
        for _ in range(LONGEST_WAY):
            op = self.program.ops[self.pc]
            self._look(op)
            there = self._go(op)
            if there is None:
                break
            self.pc = there
        else:
            raise Unsure
        ahead = [self.pc, *(pc + 1 for pc, _ in self.callers)]
        rest = _reached(self.program, ahead)
        if self.joining or any(self.program.ops[pc].kind in HANDLING for pc in rest - {self.pc}):
            raise Unsure

    def _look(self, op: MicroOp) -> None:
        """Is the micro-op one that may come here?"""
        if self.joining and op.kind not in QUIET | COUNTING | {K.JOIN}:
            raise Unsure
        if OPS[op.kind].visible or op.kind == K.CALL:
            if op.kind != K.JOIN and self.results & self._read(op):
                raise Unsure
            if self.results.intersection(self.program.live.get(self.pc, self.results)):
                raise Unsure
            self.results = set()
        elif self.results & self._read(op) or (self.results and op.kind == K.ASSERT):
            raise Unsure

    def _read(self, op: MicroOp) -> set[int]:
        """The slots that a micro-op looks at; of printing only `live` tells."""
        operands = (op.a, op.b, op.c, op.d, op.e)
        if op.kind in (K.GET, K.PUT):
            own = {op.a + i for i in range(op.e)} if op.kind == K.PUT else set()
            return own | {op.c} | {op.b + i for i in range(op.d * op.e)}
        found = set()
        for place, role in enumerate(OPS[op.kind].roles):
            if role in "vw" and operands[place] >= 0:
                count = operands[place + 1] if role == "w" else 1
                found |= {operands[place] + i for i in range(count)}
        return found

    def _go(self, op: MicroOp) -> int | None:
        """Where the micro-op leads to; None: that is not certain, or the end."""
        special = SPECIAL.get(op.kind)
        if special is not None:
            return special(self, op)
        after = followers(self.program, self.pc)
        self._take(op, self.walk.known_after(self.pc, self.here))
        return after[0] if len(after) == 1 else None

    def _take(self, op: MicroOp, known: Slots) -> None:
        """The slots after a micro-op."""
        if self.joining and op.kind in COUNTING and op.a not in known:
            raise Unsure
        self.results -= written(self.program, op)
        self.here = known

    def _exactly(self, operand: int) -> int | None:
        bounds = self.walk.bounds(operand, self.here)
        return bounds[0] if bounds and bounds[0] == bounds[1] else None

    # -- micro-ops ------------------------------------------------------------------------------

    def _spawn(self, op: MicroOp) -> int:
        self.last += 1
        self.open.add(self.last)
        known = self.walk.without(self.pc, self.here)
        self.here = {**known, op.a: (self.last, self.last)} if op.a >= 0 else known
        return self.pc + 1

    def _join(self, op: MicroOp) -> int:
        handle = self._exactly(op.b)
        if handle is None or not len(self.program.threads) < handle <= self.last:
            raise Unsure
        self.open.discard(handle)
        self.joining = bool(self.open)
        self.results = written(self.program, op)
        self.here = self.walk.without(self.pc, self.here)
        return self.pc + 1

    def _branch(self, op: MicroOp) -> int | None:
        low, high = self.walk.bounds(op.a, self.here) or (0, 1)
        if low <= 0 <= high and low != high:
            return None
        return op.c if low == high == 0 else op.b

    def _call(self, op: MicroOp) -> int:
        self.callers.append((self.pc, self.here))
        self.here = {i: self.here[op.b + i] for i in range(op.c) if op.b + i in self.here}
        return self.program.codes[op.a].entry

    def _return(self, op: MicroOp) -> int | None:
        self.results = set()
        if not self.callers:
            return None
        given = {i: self.here[op.a + i] for i in range(op.b) if op.a + i in self.here}
        self.pc, before = self.callers.pop()
        back = self.program.ops[self.pc].d
        self.here = self.walk.without(self.pc, before)
        if back >= 0:
            self.here = self.here | {back + i: bounds for i, bounds in given.items()}
        return self.pc + 1

    def _get(self, op: MicroOp) -> int:
        index = self._element(op)
        known = self.walk.without(self.pc, self.here)
        if index is not None:
            first = op.b + index * op.e
            places = [i for i in range(op.e) if first + i in self.here]
            known = known | {op.a + i: self.here[first + i] for i in places}
        self._take(op, known)
        return self.pc + 1

    def _put(self, op: MicroOp) -> int:
        index = self._element(op)
        if index is None:
            self.here = self.walk.without(self.pc, self.here)
            return self.pc + 1
        place = op.b + index * op.e
        values = {
            place + i: self.walk.bounds(op.a + i if op.a >= 0 else op.a, self.here)
            for i in range(op.e)
        }
        kept = {slot: bounds for slot, bounds in self.here.items() if slot not in values}
        self.here = kept | {slot: bounds for slot, bounds in values.items() if bounds is not None}
        return self.pc + 1

    def _element(self, op: MicroOp) -> int | None:
        """Which element of a local array is meant, if that is known."""
        index = self._exactly(op.c)
        inside = index is not None and 0 <= index < op.d
        if self.joining and not inside:
            raise Unsure  # it might fail
        return index if inside else None


SPECIAL = {
    K.SPAWN: _Way._spawn,
    K.JOIN: _Way._join,
    K.BRANCH: _Way._branch,
    K.CALL: _Way._call,
    K.RETURN: _Way._return,
    K.GET: _Way._get,
    K.PUT: _Way._put,
}
