"""What a thread may touch from each of its micro-ops on: a static look ahead.

Every body is walked once per thread (threads that differ in no argument share a walk), with bounds
for the values in its slots: the index of a thread is a known constant, so `forks[(i + 1) % 5]` is
one object, and a branch that the index decides is followed one way only. Bounds that keep growing
are given up; an index without bounds means the whole array (P. and R. Cousot, POPL 1977). Calls are
followed into functions, returns lead to all who may have called.
"""

from __future__ import annotations

from collections import defaultdict

from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Program

Bounds = tuple[int, int]
Slots = dict[int, Bounds]  # what is not in it may be anything
PATIENCE = 6
"""So often the bounds at a micro-op may grow before they are given up."""
WIDEST = 1 << 62
LONGEST_WAY = 20_000


class Static:
    """What all walks over one program look up."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.after = [followers(program, pc) for pc in range(len(program.ops))]
        self.written = [frozenset(written(program, op)) for op in program.ops]
        self.code_of = [0] * len(program.ops)
        for number, code in enumerate(program.codes):
            self.code_of[code.entry : code.end] = [number] * (code.end - code.entry)


class Walk:
    """One body, with what is known about its arguments."""

    def __init__(self, static: Static, code: int, arguments: tuple[Bounds | None, ...]) -> None:
        self.static = static
        self.program = program = static.program
        self.code = code
        self.slots: dict[int, Slots] = {}
        self.after: dict[int, tuple[int, ...]] = {}
        self.started: dict[int, list[tuple[Bounds | None, ...]]] = defaultdict(list)
        self._grown: dict[int, int] = defaultdict(int)
        self._called: dict[int, set[int]] = defaultdict(set)  # codes: where their callers go on
        self.entered = {i: bounds for i, bounds in enumerate(arguments) if bounds is not None}
        self._run(program.codes[code].entry, self.entered)
        self._link_returns()

    def _run(self, entry: int, known: Slots) -> None:
        self.slots[entry] = known
        open_ = [entry]
        while open_:
            pc = open_.pop()
            ways = self._ways(pc)
            self.after[pc] = tuple(there for there, _ in ways)
            for there, slots in ways:
                if self._join(there, slots):
                    open_.append(there)

    def _join(self, pc: int, incoming: Slots) -> bool:
        """Make room for what comes to a micro-op; was there none?"""
        if pc not in self.slots:
            self.slots[pc] = incoming
            return True
        here = self.slots[pc]
        if here is incoming or here == incoming:
            return False
        joined = {
            slot: (min(low, incoming[slot][0]), max(high, incoming[slot][1]))
            for slot, (low, high) in here.items()
            if slot in incoming
        }
        if joined == here:
            return False
        self._grown[pc] += 1
        if self._grown[pc] > PATIENCE:
            joined = {slot: bounds for slot, bounds in joined.items() if bounds == here[slot]}
        self.slots[pc] = joined
        return True

    def _ways(self, pc: int) -> list[tuple[int, Slots]]:
        """Where the control may go from a micro-op, and what is known there."""
        op, here = self.program.ops[pc], self.slots[pc]
        if op.kind == OpKind.CALL:
            self._called[op.a].add(pc + 1)
            passed = {i: here[op.b + i] for i in range(op.c) if op.b + i in here}
            return [(self.program.codes[op.a].entry, passed), (pc + 1, self.without(pc, here))]
        if op.kind == OpKind.BRANCH:
            low, high = self.bounds(op.a, here) or (0, 1)
            ways = [(op.b, here)] if low or high else []
            return [*ways, (op.c, here)] if low <= 0 <= high else ways
        if op.kind == OpKind.SPAWN:
            passed_on = tuple(here.get(op.c + i) for i in range(op.d))
            if passed_on not in self.started[op.b]:
                self.started[op.b].append(passed_on)
        known = self.known_after(pc, here)
        return [(there, known) for there in self.static.after[pc]]

    def known_after(self, pc: int, here: Slots) -> Slots:
        known = self.without(pc, here)
        if self.program.ops[pc].kind > OpKind.CHOOSE_RANGE:
            return known
        found = self._value(pc, here)
        return known | found if found else known

    def without(self, pc: int, here: Slots) -> Slots:
        """What is still known after a micro-op; the same dict if nothing is lost."""
        gone = self.static.written[pc]
        if gone.isdisjoint(here):
            return here
        return {slot: bounds for slot, bounds in here.items() if slot not in gone}

    def _link_returns(self) -> None:
        for pc in self.slots:
            number = self.static.code_of[pc]
            if self.program.ops[pc].kind == OpKind.RETURN:
                self.after[pc] = tuple(sorted(self._called[number] & set(self.slots)))

    # -- values -----------------------------------------------------------------------------------

    def bounds(self, operand: int, here: Slots) -> Bounds | None:
        if operand >= 0:
            return here.get(operand)
        value = self.program.constants[~operand]
        return value, value

    def object_of(self, pc: int) -> Bounds | None:
        """Within which bounds the number of the object is that a micro-op touches."""
        op = self.program.ops[pc]
        return self.bounds(_operand(op), self.slots[pc])

    def _value(self, pc: int, here: Slots) -> Slots | None:
        """What a local micro-op makes, as far as it is known."""
        op = self.program.ops[pc]
        if op.kind == OpKind.COPY:
            moved = {op.a + i: here.get(op.b + i) for i in range(op.c)}
            return {slot: bounds for slot, bounds in moved.items() if bounds is not None}
        made: Bounds | None = None
        if op.kind == OpKind.MOVE:
            made = self.bounds(op.b, here)
        elif op.kind == OpKind.INDEX:
            low, high = self.bounds(op.c, here) or (0, op.d - 1)
            if (
                low != high and self._grown[pc] > 1
            ):  # in a loop: all of the array, sooner than nothing is known
                low, high = 0, op.d - 1
            made = op.b + max(low, 0), op.b + min(high, op.d - 1)
        elif op.kind in (OpKind.NEG, OpKind.NOT):
            made = _negated(op.kind, self.bounds(op.b, here))
        elif op.kind == OpKind.CHOOSE:
            made = _hull([here.get(op.b + i) for i in range(op.c)])
        elif op.kind == OpKind.CHOOSE_RANGE:
            low_, high_ = self.bounds(op.b, here), self.bounds(op.c, here)
            made = (low_[0], high_[1] - 1) if low_ and high_ else None
        elif op.kind in COMBINED:
            one, two = self.bounds(op.b, here), self.bounds(op.c, here)
            made = _combined(op.kind, one, two) if one and two else None
        if made is None or made[0] > made[1] or max(map(abs, made)) > WIDEST:
            return None
        return {op.a: made}


def started_in_order(walk: Walk) -> list[tuple[int, tuple[Bounds | None, ...]]]:
    """The threads that a body starts, one after the other: code and arguments.

    Its only way is followed, loops round by round, up to the first branch that is not certain.
    """
    program, static = walk.program, walk.static
    pc, here = program.codes[walk.code].entry, walk.entered
    callers: list[tuple[int, Slots]] = []
    found: list[tuple[int, tuple[Bounds | None, ...]]] = []
    for _ in range(LONGEST_WAY):
        op, after = program.ops[pc], static.after[pc]
        if op.kind == OpKind.CALL:
            callers.append((pc, here))
            passed = {i: here[op.b + i] for i in range(op.c) if op.b + i in here}
            pc, here = program.codes[op.a].entry, passed
            continue
        if op.kind == OpKind.RETURN and callers:
            pc, before = callers.pop()
            back = program.ops[pc].d
            given = {back + i: here[op.a + i] for i in range(op.b) if op.a + i in here}
            pc, here = pc + 1, walk.without(pc, before) | (given if back >= 0 else {})
            continue
        if op.kind == OpKind.BRANCH:
            low, high = walk.bounds(op.a, here) or (0, 1)
            after = (op.b,) if low > 0 or high < 0 else (op.c,) if low == high else ()
        if op.kind == OpKind.SPAWN:
            found.append((op.b, tuple(here.get(op.c + i) for i in range(op.d))))
        if len(after) != 1:
            break
        pc, here = after[0], walk.known_after(pc, here)
    return found


COMBINED = frozenset(OpKind[name] for name in "ADD SUB MUL DIV MOD EQ NE LT LE MIN MAX".split())


def _operand(op: MicroOp) -> int:
    """The operand that names the object."""
    return (op.a, op.b, op.c, op.d, op.e)[OPS[op.kind].roles.find("v")]


def _hull(parts: list[Bounds | None]) -> Bounds | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not parts:
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _negated(kind: OpKind, bounds: Bounds | None) -> Bounds | None:
    if bounds is None:
        return (0, 1) if kind == OpKind.NOT else None
    low, high = bounds
    if kind == OpKind.NEG:
        return -high, -low
    return int(low == high == 0), int(low <= 0 <= high)


def _combined(kind: OpKind, one: Bounds, two: Bounds) -> Bounds | None:
    (a, b), (c, d) = one, two
    corners = [(x, y) for x in (a, b) for y in (c, d)]
    if kind == OpKind.ADD:
        return a + c, b + d
    if kind == OpKind.SUB:
        return a - d, b - c
    if kind == OpKind.MUL:
        return min(x * y for x, y in corners), max(x * y for x, y in corners)
    if kind in (OpKind.DIV, OpKind.MOD):
        return _divided(kind, one, two)
    if kind == OpKind.MIN:
        return min(a, c), min(b, d)
    if kind == OpKind.MAX:
        return max(a, c), max(b, d)
    if kind == OpKind.LT:
        return int(b < c), int(a < d)
    if kind == OpKind.LE:
        return int(b <= c), int(a <= d)
    same = (int(a == b == c == d), int(a <= d and c <= b))
    return same if kind == OpKind.EQ else (1 - same[1], 1 - same[0])


def _divided(kind: OpKind, one: Bounds, two: Bounds) -> Bounds | None:
    if two[0] != two[1] or two[0] <= 0:
        return None
    low, high = one[0] // two[0], one[1] // two[0]
    if kind == OpKind.DIV:
        return low, high
    return (one[0] % two[0], one[1] % two[0]) if low == high else (0, two[0] - 1)


def written(program: Program, op: MicroOp) -> set[int]:
    """The slots that a micro-op changes."""
    if op.kind == OpKind.SELECT:
        found: set[int] = set()
        for arm in program.selects[op.a].arms:
            if arm.kind == "receive":
                found |= _run(arm.value, arm.words) | _run(arm.ok, 1)
        return found
    if op.kind == OpKind.PUT:
        return _run(op.b, op.d * op.e)
    if op.kind == OpKind.CALL:
        return _run(op.d, program.codes[op.a].result.width)
    if op.kind == OpKind.RECEIVE:
        return _run(op.a, op.d) | _run(op.b, 1)
    if not OPS[op.kind].roles.startswith("s"):
        return set()
    width = {OpKind.COPY: op.c, OpKind.GET: op.e, OpKind.JOIN: op.c, OpKind.AWAIT: op.c}
    return _run(op.a, width.get(op.kind, 1))


def _run(first: int, count: int) -> set[int]:
    return set(range(first, first + count)) if first >= 0 else set()
