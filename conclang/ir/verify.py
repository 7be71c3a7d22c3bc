"""Is a program fit to be run? What the compiled machine relies on, checked once per program.

The machine indexes frames and objects without asking. That is safe when every slot lies in its
frame, every target in its code, every fixed object exists and runs of words have room; indices
that the program computes are checked by the micro-ops themselves (INDEX, GET, PUT). `verify`
returns sentences; an empty list means fit. A sentence here is a mistake of `lowering`, never of
the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Arm, Code, MicroOp, Program

_ENDS = frozenset({OpKind.END, OpKind.RETURN, OpKind.JUMP, OpKind.BRANCH, OpKind.VERDICT})
_SPAWNS = frozenset({OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
_NOT_JUDGING = frozenset(
    number
    for number, op in enumerate(OPS)
    if op.visible or op.name in ("END", "WORK", "SLEEP", "IO", "YIELD")
)


def verify(program: Program) -> list[str]:
    """Everything that is wrong, in order of the code."""
    found = []
    for code in program.codes:
        found += [f"{code.name}: {text}" for text in _code(program, code)]
    found += _threads(program)
    found += _expectations(program)
    return found


def _code(program: Program, code: Code) -> Iterator[str]:
    if not 0 <= code.entry < code.end <= len(program.ops):
        yield "its micro-ops are not in the program"
        return
    if not 0 <= code.parameters <= code.frame:
        yield "its parameters do not fit into its frame"
    if program.ops[code.end - 1].kind not in _ENDS:
        yield "it runs over its end"
    for pc in range(code.entry, code.end):
        op = program.ops[pc]
        yield from (f"{pc} {op.kind.name}: {text}" for text in _op(program, code, pc, op))


def _op(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    row = OPS[op.kind]
    for role, operand in zip(row.roles, (op.a, op.b, op.c, op.d, op.e), strict=True):
        yield from _operand(program, code, role, operand, row.visible or op.kind == OpKind.CALL)
    yield from _object(program, op)
    special = _SPECIAL.get(op.kind)
    if special:
        yield from special(program, code, pc, op)
    if not 0 <= op.site < max(1, len(program.sites)):
        yield f"no site {op.site}"
    if any(not 0 <= slot < code.frame for slot in program.live.get(pc, ())):
        yield "a live slot is outside of the frame"


def _operand(
    program: Program, code: Code, role: str, operand: int, may_drop: bool
) -> Iterator[str]:
    if role == "v" and not -len(program.constants) <= operand < code.frame:
        yield f"value {operand} is neither slot nor constant"
    elif role == "s" and not (-1 if may_drop else 0) <= operand < code.frame:
        yield f"slot {operand} is outside of the frame of {code.frame}"
    elif role == "w" and not 0 <= operand <= code.frame:
        yield f"words at {operand} are outside of the frame of {code.frame}"
    elif role == "t" and not code.entry <= operand < code.end:
        yield f"target {operand} is outside of the code"
    elif role == "k" and operand < 0:
        yield f"index {operand} is negative"


def _object(program: Program, op: MicroOp) -> Iterator[str]:
    """An object named by a constant exists."""
    row = OPS[op.kind]
    if (
        not row.visible
        or row.access == "spawn"
        or row.target in ("", "all", "output", "entity", "section")
    ):
        return
    position = row.roles.find("v")
    if position < 0:
        return
    operand = (op.a, op.b, op.c, op.d, op.e)[position]
    if operand < 0 and not 0 <= _constant(program, operand) < _count(program, row.target):
        yield f"there is no {row.target} {_constant(program, operand)}"


def _constant(program: Program, operand: int) -> int:
    return program.constants[~operand] if ~operand < len(program.constants) else -1


def _count(program: Program, kind: str) -> int:
    if kind == "cell":
        return max((cell.base + len(cell.initial) for cell in program.cells), default=0)
    return len(program.things.get(kind, ()))


def _run(code: Code, first: int, words: int, what: str) -> Iterator[str]:
    if words < 0 or (first >= 0 and first + words > code.frame):
        yield f"{what}: {words} words at {first} do not fit into the frame of {code.frame}"


# -- what single kinds need ----------------------------------------------------------------------


def _copy(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    yield from _run(code, op.a, op.c, "target")
    yield from _run(code, op.b, op.c, "source")


def _local_array(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    yield from _run(code, op.b, op.d * op.e, "array")
    yield from _run(code, op.a, op.e, "element")


def _index(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if op.d < 0 or op.b < 0:
        yield "base or size is negative"


def _call(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if op.a >= len(program.codes):
        yield f"there is no code {op.a}"
        return
    callee = program.codes[op.a]
    if op.c != callee.parameters:
        yield f"{callee.name} takes {callee.parameters} words, not {op.c}"
    if op.d >= 0 and op.e != callee.result.width:
        yield f"{callee.name} gives {callee.result.width} words, not {op.e}"
    yield from _run(code, op.b, op.c, "arguments")
    yield from _run(code, op.d, op.e, "result")


def _return(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    yield from _run(code, op.a, op.b, "result")
    if op.b != code.result.width:
        yield f"it returns {op.b} words instead of {code.result.width}"


def _spawn(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if op.b >= len(program.codes):
        yield f"there is no code {op.b}"
        return
    if op.d != program.codes[op.b].parameters:
        yield f"{program.codes[op.b].name} takes {program.codes[op.b].parameters} words, not {op.d}"
    yield from _run(code, op.c, op.d, "arguments")
    if op.kind == OpKind.GO:
        runtime = _constant(program, op.e) if op.e < 0 else -1
        if op.e < 0 and not 0 <= runtime < len(program.things["runtime"]):
            yield f"there is no runtime {runtime}"


def _words(first: str, count: str) -> Callable[[Program, Code, int, MicroOp], Iterator[str]]:
    """A check that a run of words, by the names of its operands, fits into the frame."""

    def check(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
        yield from _run(code, getattr(op, first), getattr(op, count), "words")

    return check


def _choose(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    yield from _run(code, op.b, op.c, "options")
    if op.c < 1:
        yield "no options"


def _wait(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if pc + 1 >= code.end or program.ops[pc + 1].kind != OpKind.RETAKE:
        yield "no RETAKE follows"


def _select(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if op.a >= len(program.selects):
        yield f"there is no select {op.a}"
        return
    for number, arm in enumerate(program.selects[op.a].arms):
        yield from (f"arm {number}: {text}" for text in _arm(program, code, arm))


def _arm(program: Program, code: Code, arm: Arm) -> Iterator[str]:
    yield from _operand(program, code, "t", arm.target, False)
    if arm.kind == "after":
        yield from _operand(program, code, "v", arm.value, False)
    if arm.kind not in ("receive", "send"):
        return
    yield from _operand(program, code, "v", arm.channel, False)
    if arm.channel < 0 and not 0 <= _constant(program, arm.channel) < _count(program, "channel"):
        yield f"there is no channel {_constant(program, arm.channel)}"
    yield from _run(code, arm.value, arm.words, "message")
    if arm.kind == "receive":
        yield from _operand(program, code, "s", arm.ok, True)
        yield from _operand(program, code, "s", arm.value, True)
    else:
        yield from _operand(program, code, "w", arm.value, False)


def _print(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    number, shelf = (
        (op.a, program.templates) if op.kind == OpKind.PRINT else (op.b, program.messages)
    )
    if number >= len(shelf):
        yield f"there is no template {number}"
        return
    for part in shelf[number].parts:
        if part.shape is not None:
            yield from _operand(program, code, "v", part.operand, False)
            yield from _run(code, part.operand, part.shape.width, "shown value")


def _section(program: Program, code: Code, pc: int, op: MicroOp) -> Iterator[str]:
    if not 0 <= op.a < len(program.things["section"]):
        yield f"there is no section {op.a}"


_SPECIAL: dict[OpKind, Callable[[Program, Code, int, MicroOp], Iterator[str]]] = {
    OpKind.COPY: _copy,
    OpKind.INDEX: _index,
    OpKind.GET: _local_array,
    OpKind.PUT: _local_array,
    OpKind.CALL: _call,
    OpKind.RETURN: _return,
    OpKind.CHOOSE: _choose,
    OpKind.ASSERT: _print,
    OpKind.VERDICT: _words("a", "b"),
    OpKind.WAIT: _wait,
    OpKind.SEND: _words("b", "c"),
    OpKind.RECEIVE: _words("a", "d"),
    OpKind.SELECT: _select,
    OpKind.SPAWN: _spawn,
    OpKind.GO: _spawn,
    OpKind.ASYNC: _spawn,
    OpKind.JOIN: _words("a", "c"),
    OpKind.AWAIT: _words("a", "c"),
    OpKind.PRINT: _print,
    OpKind.ENTER: _section,
    OpKind.LEAVE: _section,
}


# -- the rest of a program -----------------------------------------------------------------------


def _threads(program: Program) -> Iterator[str]:
    for thread in program.threads:
        if not 0 <= thread.code < len(program.codes):
            yield f"thread {thread.name}: there is no code {thread.code}"
        elif len(thread.arguments) != program.codes[thread.code].parameters:
            count = len(thread.arguments)
            yield f"thread {thread.name}: {count} argument words are not what its code takes"


def _expectations(program: Program) -> Iterator[str]:
    for expected in program.expectations:
        for number in (expected.code, expected.code2):
            if number >= len(program.codes):
                yield f"{expected.text}: there is no code {number}"
            elif number >= 0:
                code = program.codes[number]
                kinds = {op.kind for op in program.ops[code.entry : code.end]}
                if OpKind.VERDICT not in kinds or kinds & _NOT_JUDGING:
                    yield f"{expected.text}: its code does more than judge"
