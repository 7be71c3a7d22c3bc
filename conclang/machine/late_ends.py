"""Is the end of a task to be a step?

A task that has no micro-op left, and no worker or loop at hand, has in `check` as good as ended:
what is still to be done touches nothing. But if all workers are held for ever by tasks that block,
or by a body that keeps its loop, it will never get there, and who joins it waits in vain. Where
that could be, the end of such a task is a step, for which it needs its worker and loop; everywhere
else it has ended at once, so that nothing is counted that nobody could notice.
"""

from __future__ import annotations

from conclang.ir.ops import OpKind
from conclang.ir.program import Program

NOTICING = frozenset({OpKind.JOIN, OpKind.AWAIT})
TASKS = frozenset({OpKind.GO, OpKind.ASYNC})
BLOCKING = frozenset(
    OpKind[name]
    for name in "ACQUIRE READ_ACQUIRE WRITE_ACQUIRE DOWN WAIT EVENT_WAIT BARRIER_WAIT JOIN".split()
)
MEETING = frozenset({OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT})
"""Where a task parks; the body of a thread keeps its loop."""


def can_end_late(program: Program) -> bool:
    """Could a task that only has to end wait for its worker or loop, and somebody notice?"""
    used = {op.kind for op in program.ops}
    if not used & NOTICING or not used & TASKS:
        return False
    if _holds_on(program, {op.b for op in program.ops if op.kind in TASKS}, BLOCKING):
        return True
    bodies = {thread.code for thread in program.threads}
    bodies |= {op.b for op in program.ops if op.kind == OpKind.SPAWN}
    return OpKind.ASYNC in used and any(
        _makes_tasks(program, body) and _holds_on(program, {body}, BLOCKING | MEETING)
        for body in sorted(bodies)
    )


def _makes_tasks(program: Program, body: int) -> bool:
    """Does a thread that begins here share its loop?"""
    return any(
        program.ops[pc].kind == OpKind.ASYNC
        for code in _reach(program, {body})
        for pc in range(program.codes[code].entry, program.codes[code].end)
    )


def _holds_on(program: Program, roots: set[int], blocking: frozenset[OpKind]) -> bool:
    """Can somebody who begins here stay at an operation that blocks, or in a loop?"""
    for code in _reach(program, roots):
        for pc in range(program.codes[code].entry, program.codes[code].end):
            if program.ops[pc].kind in blocking or _goes_back(program, pc):
                return True
    return False


def _goes_back(program: Program, pc: int) -> bool:
    op = program.ops[pc]
    if op.kind == OpKind.BRANCH:
        return min(op.b, op.c) <= pc
    return op.kind == OpKind.JUMP and op.a <= pc


def _reach(program: Program, roots: set[int]) -> list[int]:
    """The codes that somebody may run who begins in one of these."""
    found = sorted(roots)
    seen = set(found)
    for code in found:
        for op in program.ops[program.codes[code].entry : program.codes[code].end]:
            if op.kind == OpKind.CALL and op.a not in seen:
                seen.add(op.a)
                found.append(op.a)
    return found
