"""Loops of the code in which a thread can wait for something, and what lies inside them.

A loop is a backward jump's natural loop (Aho, Sethi, Ullman, "Compilers", 10.4): its head and all
micro-ops that reach the jump without passing the head. Where a loop begins with another one, both
have one head, and the outer one holds the inner one.

A *waiting loop* has a way out that depends on something computed (not `while true`), and looks at
something that others change: it reads a cell, tries a lock, waits, or selects. Who stays in such a
loop for ever is waiting for something, unless it gets something done in there, which
`liveness_serving` decides step by step.
"""

from __future__ import annotations

from conclang.ir.ops import OpKind
from conclang.ir.program import Code, Program
from conclang.record import record

LOOKING = frozenset(
    {
        OpKind.READ,
        OpKind.LOAD,
        OpKind.FETCH_ADD,
        OpKind.SWAP,
        OpKind.CAS,
        OpKind.TRY,
        OpKind.READ_TRY,
        OpKind.WRITE_TRY,
        OpKind.DOWN_TRY,
        OpKind.WAIT,
        OpKind.EVENT_WAIT,
        OpKind.SELECT,
    }
)


@record
class Loop:
    """A loop of one code: its own micro-ops, and those of the functions it may call."""

    code: int
    head: int
    body: frozenset[int]
    called: frozenset[int]


def waiting_loops(program: Program) -> list[Loop]:
    """All waiting loops, inner ones first."""
    loops = all_loops(program)
    waiting = [loop for loop in loops if _has_exit(program, loop) and _looks(program, loop)]
    return sorted(waiting, key=lambda loop: (len(loop.body), loop.head))


def all_loops(program: Program) -> list[Loop]:
    """All loops; those that begin together: one holds the other."""
    found: dict[tuple[int, int, int], set[int]] = {}
    for number, code in enumerate(program.codes):
        before = _before(program, code)
        inner: dict[int, set[int]] = {}  # per head the loop of the last jump back to it
        for pc in range(code.entry, code.end):
            for after in followers(program, pc):
                if after <= pc and code.entry <= after:
                    found[number, after, pc] = _body(before, after, pc) | inner.get(after, set())
                    inner[after] = found[number, after, pc]
    return [
        Loop(number, head, frozenset(body), frozenset(_called(program, body)))
        for (number, head, _), body in found.items()
    ]


def _has_exit(program: Program, loop: Loop) -> bool:
    """Can it be left, depending on something computed?"""
    for pc in loop.body:
        op = program.ops[pc]
        computed = op.kind == OpKind.SELECT or (op.kind == OpKind.BRANCH and op.a >= 0)
        if computed and any(after not in loop.body for after in followers(program, pc)):
            return True
    return False


def _looks(program: Program, loop: Loop) -> bool:
    return any(program.ops[pc].kind in LOOKING for pc in loop.body | loop.called)


def followers(program: Program, pc: int) -> tuple[int, ...]:
    """Where the control goes within the code after a micro-op."""
    op = program.ops[pc]
    if op.kind == OpKind.JUMP:
        return (op.a,)
    if op.kind == OpKind.BRANCH:
        return (op.b, op.c)
    if op.kind in (OpKind.RETURN, OpKind.END, OpKind.VERDICT):
        return ()
    if op.kind == OpKind.SELECT:
        return tuple(arm.target for arm in program.selects[op.a].arms)
    return (pc + 1,)


def _before(program: Program, code: Code) -> dict[int, list[int]]:
    before: dict[int, list[int]] = {}
    for pc in range(code.entry, code.end):
        for after in followers(program, pc):
            before.setdefault(after, []).append(pc)
    return before


def _body(before: dict[int, list[int]], head: int, jump: int) -> set[int]:
    """What reaches the jump without passing the head."""
    body, open_ = {head, jump}, [jump] if jump != head else []
    while open_:
        for pc in before.get(open_.pop(), ()):
            if pc not in body:
                body.add(pc)
                open_.append(pc)
    return body


def _called(program: Program, pcs: set[int]) -> set[int]:
    """All micro-ops of the functions that may run inside."""
    found: set[int] = set()
    open_ = [program.ops[pc].a for pc in pcs if program.ops[pc].kind == OpKind.CALL]
    seen = set(open_)
    while open_:
        code = program.codes[open_.pop()]
        inside = range(code.entry, code.end)
        found |= set(inside)
        for pc in inside:
            if program.ops[pc].kind == OpKind.CALL and program.ops[pc].a not in seen:
                seen.add(program.ops[pc].a)
                open_.append(program.ops[pc].a)
    return found
