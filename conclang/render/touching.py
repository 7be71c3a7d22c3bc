"""What each thread can touch, read off the program: for pictures of who shares what.

An index such as `forks[i]` is worked out where it depends only on the thread's own number; else the
whole array counts as touched. Functions are followed from each call; what a thread creates is told
apart as an entity of its own, whose arguments are not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Code, MicroOp, Program

MOST_CALLS = 2000
Known = dict[int, int]  # slot -> value

VERBS = {
    "read": "reads",
    "write": "writes",
    "load": "reads",
    "store": "writes",
    "rmw": "updates",
    "acquire": "locks",
    "try": "locks",
    "read_acquire": "reads under",
    "read_try": "reads under",
    "write_acquire": "writes under",
    "write_try": "writes under",
    "down": "acquires",
    "down_try": "acquires",
    "up": "releases",
    "wait": "waits on",
    "signal": "signals",
    "event_wait": "waits for",
    "event_set": "sets",
    "barrier": "meets at",
    "send": "sends",
    "receive": "receives",
    "close": "closes",
}


@dataclass(frozen=True, slots=True)
class Touch:
    """One access of a body: which objects of a kind, and how."""

    kind: str
    numbers: tuple[int, ...]
    verb: str
    pc: int


@dataclass(slots=True)
class Body:
    """What the code of one entity touches, functions included."""

    touches: list[Touch] = field(default_factory=list)
    creates: list[tuple[int, str, int]] = field(default_factory=list)  # code, how, runtime


def body_of(program: Program, code: int, arguments: tuple[int, ...]) -> Body:
    """Everything that a thread with this code can touch."""
    body = Body()
    known = dict(enumerate(arguments))
    pending = [(code, tuple(sorted(known.items())))]
    seen: set[tuple[int, tuple[tuple[int, int], ...]]] = set()
    while pending and len(seen) < MOST_CALLS:
        call = pending.pop()
        if call in seen:
            continue
        seen.add(call)
        pending += _Walk(program, program.codes[call[0]], dict(call[1]), body).calls()
    return body


def walk(program: Program, code: int, arguments: tuple[int, ...]) -> dict[int, Touch]:
    """The accesses of one code alone, by place."""
    body = Body()
    list(_Walk(program, program.codes[code], dict(enumerate(arguments)), body).calls())
    return {touch.pc: touch for touch in body.touches}


class _Walk:
    """Goes through one code in order, with the values that are known."""

    def __init__(self, program: Program, code: Code, known: Known, body: Body) -> None:
        self.program = program
        self.code = code
        self.body = body
        self.ops = program.ops[code.entry : code.end]
        written = {slot for op in self.ops for slot in _written(op)}
        self.fixed = {slot: value for slot, value in known.items() if slot not in written}
        self.known: Known = dict(self.fixed)
        self.ranges: dict[int, tuple[int, int]] = {}

    def calls(self) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
        joins = jump_targets(self.program, self.code)
        for pc in range(self.code.entry, self.code.end):
            if pc in joins:
                self.known, self.ranges = dict(self.fixed), {}
            op = self.program.ops[pc]
            self._touch(pc, op)
            if op.kind == OpKind.CALL:
                given = [(n, self.known[op.b + n]) for n in range(op.c) if op.b + n in self.known]
                yield op.a, tuple(given)
            elif op.kind in (OpKind.SPAWN, OpKind.GO, OpKind.ASYNC):
                runtime = self.value(op.e) if op.kind == OpKind.GO else None
                how = op.kind.name.lower()
                self.body.creates.append((op.b, how, -1 if runtime is None else runtime))
            self._keep(op)

    def value(self, operand: int) -> int | None:
        return self.program.constants[~operand] if operand < 0 else self.known.get(operand)

    def _keep(self, op: MicroOp) -> None:
        """Remember what an op computes."""
        made = self._computed(op)
        for slot in _written(op):
            self.known.pop(slot, None)
            self.ranges.pop(slot, None)
        if made is not None:
            self.known[op.a] = made
        elif op.kind == OpKind.INDEX:
            self.ranges[op.a] = (op.b, op.d)
        elif op.kind == OpKind.MOVE and op.b in self.ranges:
            self.ranges[op.a] = self.ranges[op.b]

    def _computed(self, op: MicroOp) -> int | None:
        if op.kind == OpKind.MOVE:
            return self.value(op.b)
        if op.kind == OpKind.INDEX:
            index = self.value(op.c)
            return op.b + index if index is not None and 0 <= index < op.d else None
        compute = ARITHMETIC.get(op.kind)
        one, two = (self.value(op.b), self.value(op.c)) if compute else (None, None)
        if compute is None or one is None or two is None:
            return None
        return compute(one, two)

    def _touch(self, pc: int, op: MicroOp) -> None:
        row = OPS[op.kind]
        if op.kind == OpKind.SELECT:
            for arm in self.program.selects[op.a].arms:
                if arm.kind in ("send", "receive"):
                    self._add("channel", arm.channel, VERBS[arm.kind], pc)
        elif op.kind == OpKind.IO:
            device = self.value(op.b)
            if device is not None and device >= 0:
                self._add("device", op.b, "uses", pc)
        elif row.access in VERBS and row.target != "entity":
            operand = (op.a, op.b, op.c)[row.roles.find("v")]
            self._add(row.target, operand, VERBS[row.access], pc)

    def _add(self, kind: str, operand: int, verb: str, pc: int) -> None:
        number = self.value(operand)
        if number is not None:
            numbers: tuple[int, ...] = (number,)
        elif operand in self.ranges:
            base, size = self.ranges[operand]
            numbers = tuple(range(base, base + size))
        else:
            return
        self.body.touches.append(Touch(kind, numbers, verb, pc))


def _written(op: MicroOp) -> Iterator[int]:
    """Slots that an op gives a value."""
    roles = OPS[op.kind].roles
    for role, operand in zip(roles, (op.a, op.b, op.c, op.d, op.e), strict=True):
        if role == "s" and operand >= 0:
            yield operand
    if op.kind in (OpKind.COPY, OpKind.GET):
        width = op.c if op.kind == OpKind.COPY else op.e
        yield from range(op.a, op.a + max(1, width))


ARITHMETIC: dict[OpKind, Callable[[int, int], int | None]] = {
    OpKind.ADD: lambda a, b: a + b,
    OpKind.SUB: lambda a, b: a - b,
    OpKind.MUL: lambda a, b: a * b,
    OpKind.DIV: lambda a, b: a // b if b else None,
    OpKind.MOD: lambda a, b: a % b if b else None,
    OpKind.MIN: min,
    OpKind.MAX: max,
}


def successors(program: Program, code: Code, pc: int) -> tuple[int, ...]:
    """Where a code may go on after an op."""
    op = program.ops[pc]
    if op.kind == OpKind.JUMP:
        return (op.a,)
    if op.kind == OpKind.BRANCH:
        return (op.b, op.c)
    if op.kind == OpKind.SELECT:
        return tuple(dict.fromkeys(arm.target for arm in program.selects[op.a].arms))
    if op.kind in (OpKind.END, OpKind.RETURN, OpKind.VERDICT) or pc + 1 >= code.end:
        return ()
    return (pc + 1,)


def jump_targets(program: Program, code: Code) -> set[int]:
    """Places that are reached in another way than from the op above."""
    found: set[int] = set()
    for pc in range(code.entry, code.end):
        targets = successors(program, code, pc)
        if targets != (pc + 1,):
            found.update(targets)
    return found
