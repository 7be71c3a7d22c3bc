"""Can a program go round for ever? Told from its code alone, so that "no" is sure.

A schedule without end passes some loop without end, and comes back to the states it has seen. Two
kinds of loops do no such thing, as long as all others are of these kinds, too:

*Counted*: on each round some slot is made larger, or on each round smaller, and nothing else in the
loop writes it. No state can come again while the thread is in there (`repeat`, `for i in a..b`).

*Fed*: each round takes a signal, a unit of a semaphore or an item of a channel, and no loop but
counted ones gives any (`while full { wait c }` in a thread that works on ten items).

A loop that merely looks (`while x < 3 { }`) is a round like others: whoever looks for ever at what
nobody changes any more may hold what somebody else waits for.

Threads that start each other in a circle go round without a loop. The search looks at the states of
its probe as well: this is for programs that go round only after many steps. The reasoning is that
of ranking functions (R. Floyd, "Assigning meanings to programs", 1967), by shape only.
"""

from __future__ import annotations

from conclang.explore.loops import Loop, all_loops, followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Program

COUNTING = frozenset({OpKind.ADD, OpKind.SUB})
STARTING = frozenset({OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
RUNS = frozenset(
    {OpKind.COPY, OpKind.GET, OpKind.CHOOSE, OpKind.RECEIVE, OpKind.JOIN, OpKind.AWAIT}
)
FAR = 1 << 30
FEEDERS = {
    OpKind.WAIT: (OpKind.SIGNAL, OpKind.BROADCAST),
    OpKind.DOWN: (OpKind.UP,),
    OpKind.RECEIVE: (OpKind.SEND, OpKind.SELECT),
}
"""What takes something away for good, and what gives it."""


def may_go_round(program: Program) -> bool:
    """Might some schedule have no end?"""
    if _start_each_other(program):
        return True
    loops = [loop for loop in all_loops(program) if not _is_counted(program, loop)]
    given = {program.ops[pc].kind for loop in loops for pc in loop.body | loop.called}
    return not all(_is_fed(program, loop, given) for loop in loops)


def _start_each_other(program: Program) -> bool:
    """Is some code started, directly or not, by itself?"""
    calls = {
        number: {
            op.b if op.kind in STARTING else op.a
            for op in program.ops[code.entry : code.end]
            if op.kind in STARTING or op.kind == OpKind.CALL
        }
        for number, code in enumerate(program.codes)
    }
    started = {op.b for op in program.ops if op.kind in STARTING}
    for code in started:
        seen: set[int] = set()
        open_ = list(calls.get(code, ()))
        while open_:
            there = open_.pop()
            if there not in seen:
                seen.add(there)
                open_ += calls.get(there, ())
        if code in seen:
            return True
    return False


def _is_counted(program: Program, loop: Loop) -> bool:
    """Does a slot only grow, or only shrink, and on each round?"""
    ops = {pc: program.ops[pc] for pc in sorted(loop.body)}
    free = min((_first_of_run(program, op) for op in ops.values()), default=FAR)
    for slot in {op.a for op in ops.values() if op.kind in COUNTING and 0 <= op.a < free}:
        pcs = [pc for pc, op in ops.items() if OPS[op.kind].roles[0] == "s" and op.a == slot]
        pcs += [pc for pc, op in ops.items() if OPS[op.kind].roles[1] == "s" and op.b == slot]
        ways = {_way(program, ops[pc], slot) for pc in pcs}
        if len(ways) == 1 and 0 not in ways and any(_is_on_all(program, loop, pc) for pc in pcs):
            return True
    return False


def _first_of_run(program: Program, op: MicroOp) -> int:
    """Some write several slots at once: from which on, at the earliest."""
    if op.kind == OpKind.SELECT:
        arms = [arm for arm in program.selects[op.a].arms if arm.kind == "receive"]
        return min((slot for arm in arms for slot in (arm.value, arm.ok) if slot >= 0), default=FAR)
    if op.kind == OpKind.CALL:
        return op.d if op.d >= 0 else FAR
    if op.kind == OpKind.PUT:
        return min(op.a, op.b)
    return op.a if op.kind in RUNS and op.a >= 0 else FAR


def _way(program: Program, op: MicroOp, slot: int) -> int:
    """1: it makes the slot larger by a constant; -1: smaller; 0: it does something else."""
    if op.kind not in COUNTING or op.b != slot or op.c >= 0:
        return 0
    by = program.constants[~op.c] * (1 if op.kind == OpKind.ADD else -1)
    return (by > 0) - (by < 0)


def _is_on_all(program: Program, loop: Loop, there: int) -> bool:
    """Does every round pass a micro-op? Without it, no way leads back to the head."""
    if there == loop.head:
        return True
    seen, open_ = {there}, [loop.head]
    while open_:
        pc = open_.pop()
        for after in followers(program, pc):
            if after == loop.head:
                return False
            if after in loop.body and after not in seen:
                seen.add(after)
                open_.append(after)
    return True


def _is_fed(program: Program, loop: Loop, given: set[OpKind]) -> bool:
    """Does each round take something of which there is only so much?"""
    return any(
        program.ops[pc].kind in FEEDERS
        and given.isdisjoint(FEEDERS[OpKind(program.ops[pc].kind)])
        and _is_used_up(program, pc)
        and _is_on_all(program, loop, pc)
        for pc in loop.body
    )


def _is_used_up(program: Program, pc: int) -> bool:
    """Is there no other way past it? (Of closed channels one receives for ever.)"""
    kind = program.ops[pc].kind
    if kind == OpKind.RECEIVE:
        return all(op.kind != OpKind.CLOSE for op in program.ops) or _leaves_when_closed(
            program, pc
        )
    if kind == OpKind.WAIT:
        return not any("spurious" in thing.options for thing in program.things["condition"])
    return True


def _leaves_when_closed(program: Program, pc: int) -> bool:
    """`for v in channel`: the branch behind it looks at whether something came."""
    after = program.ops[pc + 2 if program.ops[pc + 1].kind == OpKind.PAUSE else pc + 1]
    return after.kind == OpKind.BRANCH and after.a >= 0 and after.a == program.ops[pc].b
