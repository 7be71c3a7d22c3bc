"""Loops of the code that a thread can leave, and what lies inside them.

A loop is a backward jump's natural loop (Aho, Sethi, Ullman, "Compilers", 10.4): its head and all
micro-ops that reach the jump without passing the head. Only those with a way out are of interest:
a thread that goes round in one for ever is waiting for something. Functions called from inside
belong to the loop.
"""

from __future__ import annotations

from dataclasses import dataclass

from conclang.ir.ops import OpKind
from conclang.ir.program import Code, Program


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop of one code: its micro-ops, those of called functions included."""

    code: int
    head: int
    pcs: frozenset[int]


def exits(program: Program) -> list[Loop]:
    """All loops with a way out, inner ones first.

    Nested loops may share their head, and a `continue` is a second jump to it: so the bodies of
    the first, the first two, ... jumps to a head are all looked at.
    """
    found: set[tuple[int, int, frozenset[int]]] = set()
    for number, code in enumerate(program.codes):
        bodies: dict[int, set[int]] = {}
        for pc in range(code.entry, code.end):
            for head in followers(program, pc):
                if code.entry <= head <= pc:
                    bodies[head] = bodies.get(head, set()) | _body(program, code, head, pc)
                    found.add((number, head, frozenset(bodies[head])))
    loops = [
        Loop(number, head, body | _called(program, body))
        for number, head, body in found
        if any(after not in body for pc in body for after in followers(program, pc))
    ]
    return sorted(loops, key=lambda loop: (len(loop.pcs), loop.head, min(loop.pcs)))


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


def _body(program: Program, code: Code, head: int, jump: int) -> set[int]:
    """What reaches the jump without passing the head."""
    before: dict[int, list[int]] = {}
    for pc in range(code.entry, code.end):
        for after in followers(program, pc):
            before.setdefault(after, []).append(pc)
    body, open_ = {head, jump}, [jump] if jump != head else []
    while open_:
        for pc in before.get(open_.pop(), ()):
            if pc not in body:
                body.add(pc)
                open_.append(pc)
    return body


def _called(program: Program, pcs: frozenset[int]) -> frozenset[int]:
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
    return frozenset(found)
