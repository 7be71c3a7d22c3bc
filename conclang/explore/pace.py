"""Does a search that takes several steps together come to its ends by the fewest steps?

A state is filed at the depth at which it is first met. Steps taken together lie between two depths,
so a long one that sets out earlier may meet a state first and yet come to it later than a short one
that sets out after it. That takes two ways to one state whose lengths differ, and by less than the
longest step taken together.

How far may they differ? What a thread has done so far is, but for whole rounds of its loops, told
by where it stands: count the steps from its beginning to each place of its code; wherever two ways
join, the difference is part of a *pace*, and all differences are multiples of the greatest common
divisor of these. Two ways to the same state leave everybody at the same places, so their lengths
differ by a multiple of it as well. With steps of up to w taken together, a pace of more than w - 2
leaves no room for a mistake, nor does any pace while w is at most 2. (Of philosophers who take two
forks and lay them down, w is 3 and the pace 4.)
"""

from __future__ import annotations

from math import gcd

from conclang.explore.loops import followers
from conclang.explore.reports import SearchOptions
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program

MOST_TOGETHER = 12
"""The engines take no more steps together."""
UNEVEN = frozenset({OpKind.CALL, OpKind.ATOMIC, OpKind.SELECT, OpKind.GO, OpKind.ASYNC})
"""With these, where everybody stands does not tell how many steps that took."""
NO_STEP = frozenset({OpKind.WORK, OpKind.YIELD, OpKind.SLEEP, OpKind.IO})
"""None of a thread, that is: only tasks are switched there."""


def keeps_steps(program: Program, wanted: SearchOptions) -> bool:
    """Are the depths of ends and deadlocks the least numbers of steps to them?"""
    if not wanted.fusable and not wanted.guards:
        return True
    if UNEVEN.intersection(op.kind for op in program.ops):
        return False
    longest = 1 + _together(program, wanted)
    return longest <= 2 or pace(program, wanted) > longest - 2


def _is_step(program: Program, pc: int) -> bool:
    kind = program.ops[pc].kind
    return OPS[kind].visible and kind not in NO_STEP


def _together(program: Program, wanted: SearchOptions) -> int:
    """How many steps may be taken together with the one before, at most."""
    fusable = {OpKind(kind) for kind in wanted.fusable}
    if wanted.guards:
        fusable |= {OpKind.READ, OpKind.WRITE}
    last = {pc for pc in range(len(program.ops)) if _is_step(program, pc)}
    for count in range(MOST_TOGETHER):
        last = {pc for pc in _next_steps(program, last) if program.ops[pc].kind in fusable}
        if not last:
            return count
    return MOST_TOGETHER


def _next_steps(program: Program, pcs: set[int]) -> set[int]:
    """The steps that may be the next of one thread after one of these."""
    open_ = [there for pc in pcs for there in followers(program, pc)]
    seen, found = set(open_), set()
    for pc in open_:
        if _is_step(program, pc):
            found.add(pc)
            continue
        for there in followers(program, pc):
            if there not in seen:
                seen.add(there)
                open_.append(there)
    return found


def pace(program: Program, wanted: SearchOptions) -> int:
    """By multiples of what the lengths of two ways to one state differ; large: they do not."""
    joint = any(channel.amount == 0 for channel in program.things["channel"])
    odd = {"spurious", "hoare"}
    joint = joint or any(odd & set(thing.options) for thing in program.things["condition"])
    if joint or wanted.nameless:
        return 1
    found = 0
    for code in program.codes:
        count, open_ = {code.entry: 0}, [code.entry]
        for pc in open_:
            far = count[pc] + _is_step(program, pc)
            for there in followers(program, pc):
                if there in count:
                    found = gcd(found, far - count[there])
                else:
                    count[there] = far
                    open_.append(there)
    return found or MOST_TOGETHER + 1
