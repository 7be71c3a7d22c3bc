"""Threads and tasks that nobody can call by name have no order, and once finished are forgotten.

What `spawn` and `go` make is numbered in the order in which it is made. If no handle is ever kept
(`spawn f()` as a statement, never `let h = spawn f()`), the number shows nowhere but in the locks
that it owns. So those that were started may change places, as interchangeable threads do (see
reduce.py; the paper is the same), whoever started them and in whatever order: their records are
brought into ascending order. And one that has finished and owns nothing has no future: it is taken
out of the state (R. Iosif, "Symmetry reductions for model checking of concurrent dynamic
software", STTT 6, 2004, does this for threads and heap objects of Java). A program that starts one
short task after the other for ever may so have finitely many states.

`self`, `join`, `await` and `async` make or use names: with any of them all keep their order, unless
all that is ever done with handles is to wait for everybody (joining.py). Then a join is put off
until all have finished, and who has finished stays. Where the graph is kept, its masks go by
number, and nobody changes places.

Held against the whole search by tests/properties/test_started.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Program

NAMING = frozenset({OpKind.SELF, OpKind.ASYNC, OpKind.JOIN, OpKind.AWAIT})
STARTING = frozenset({OpKind.SPAWN, OpKind.GO})
STATUS, FINISHED = 0, 6
NAMED, NAMELESS, JOINED = range(3)
"""Their order counts; it does not; neither, and somebody waits for all of them."""


def handling(program: Program) -> int:
    """What the handles of those who are started are good for."""
    if nameless(program):
        return NAMELESS
    from conclang.explore.joining import waits_for_all  # asked of large programs only

    return JOINED if waits_for_all(program) else NAMED


def nameless(program: Program) -> bool:
    """Is something started, and no handle of it ever looked at?"""
    kinds = {op.kind for op in program.ops}
    if kinds & NAMING or not kinds & STARTING:
        return False
    starts = [pc for pc, op in enumerate(program.ops) if op.kind in STARTING]
    return not any(_is_used(program, pc) for pc in starts)


def _is_used(program: Program, start: int) -> bool:
    """May the handle that a micro-op gives be read?"""
    slot = program.ops[start].a
    if slot < 0:
        return False
    seen: set[int] = set()
    open_ = list(followers(program, start))
    while open_:
        pc = open_.pop()
        if pc in seen:
            continue
        seen.add(pc)
        if pc in program.live and OPS[program.ops[pc].kind].visible:
            if slot in program.live[pc]:
                return True
            continue
        if _reads(program.ops[pc], slot):
            return True
        open_ += followers(program, pc)
    return False


def _reads(op: MicroOp, slot: int) -> bool:
    """May a local micro-op read a slot? (Of runs of slots: perhaps.)"""
    roles, operands = OPS[op.kind].roles, (op.a, op.b, op.c, op.d, op.e)
    if op.kind == OpKind.ASSERT:
        return True  # its message may
    for role, operand in zip(roles, operands, strict=True):
        if role == "v" and operand == slot:
            return True
        if role == "w" and operand <= slot:
            return True
    return op.kind == OpKind.PUT and op.a == slot


def ordered(
    words: list[int],
    threads: int,
    owners: Sequence[int],
    record_of: Callable[[int], int],
    handles: int = NAMELESS,
) -> list[int]:
    """A state with those that were started in their standing order.

    Who has finished is left out, unless somebody waits for them.
    """
    first, count = record_of(threads), words[0]
    stride = record_of(threads + 1) - first
    parts = {t: words[record_of(t) : record_of(t) + stride] for t in range(threads, count)}
    owned = [words[place] for place in owners]
    order = sorted(parts, key=lambda t: (parts[t], [owner != t + 1 for owner in owned]))
    gone = FINISHED if handles == NAMELESS else None
    while order and parts[order[-1]][STATUS] == gone and order[-1] + 1 not in owned:
        order.pop()
    found = words[:first]
    names = {old + 1: new + 1 for new, old in enumerate(order, threads)}
    for place in owners:
        found[place] = names.get(found[place], found[place])
    found[0] = threads + len(order)
    for t in order:
        found += parts[t]
    return found
