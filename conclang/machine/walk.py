# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The walk: local code from wherever an entity is to its next pause.

A pause is a visible micro-op, the end, or (see state.py) a place where time passes. Inside an
indivisible block visible micro-ops are no pause: they are acted out at once.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.actions import act, alternatives, count_section, finish, show
    from conclang.machine.local import (
        call,
        choose,
        compute,
        digit_of,
        goes_round,
        leave_frame,
        look_at_clock,
        scrub,
        too_many,
    )
    from conclang.machine.opcodes import *
    from conclang.machine.slots import is_task, lacks_slot
    from conclang.machine.state import failed, note, record, value


def walk(m, x, s, t):
    """Run t's local code up to its next pause; returns the fault."""
    e = record(m, t)
    x.bottom = e + m.stack
    x.base = x.bottom + s[e + FP]
    x.calls = s[e + m.at_calls] if m.at_calls >= 0 else 0
    pc = walk_code(m, x, s, t, s[e + PC])
    if pc < 0:
        return x.fault
    s[e + PC] = pc
    s[e + FP] = x.base - x.bottom
    if m.at_calls >= 0:
        s[e + m.at_calls] = x.calls
    kind = m.code[pc * WIDE]
    if s[e] == SPINNING:
        spin(m, x, s, t)
    elif (kind == END or kind == RETURN) and not ends_later(m, s, t):
        words = m.code[pc * WIDE + 2] if kind == RETURN else 0
        finish(m, x, s, t, x.base + m.code[pc * WIDE + 1], words)
    else:
        s[e] = AT
        scrub(m, s, x.base, pc)
    return 0


def ends_later(m, s, t):
    """Must t get a worker or loop before it can end?"""
    return m.late_ends and is_task(m, s, t) and lacks_slot(m, s, t)


def spin(m, x, s, t):
    """t goes round for ever: nothing in its frames matters any more."""
    e = record(m, t)
    for i in range(x.bottom, x.base + m.frame[s[e + PC]]):
        s[i] = 0
    s[e + FP] = 0
    if m.at_calls >= 0:
        s[e + m.at_calls] = 0
    if x.logging:
        note(x, NOTE_SPIN, t, s[e + PC], 0)


def walk_code(m, x, s, t, pc):
    """The local micro-ops from pc on; returns where they end, -1 after a fault."""
    rounds = jumps = 0  # what may take long; jumps back, at which frames are compared
    while True:
        at = pc * WIDE
        kind = m.code[at]
        if kind == BRANCH or kind == JUMP:
            target = m.code[at + 1]
            if kind == BRANCH:
                target = m.code[at + (2 if value(m, s, x.base, target) != 0 else 3)]
            if target <= pc:
                rounds += 1
                jumps += 1
                if m.trapped[target] or (jumps > 1 and is_endless(m, x, s, target, jumps)):
                    return endless(m, x, s, t, target)
                if rounds > x.budget:
                    return exhausted(m, x, t, target)
            pc = target
        elif kind < JUMP:
            fault = compute(m, x, s, t, at)
            if fault != 0:
                failed(x, fault, t, pc)
                return -1
            pc += 1
        elif kind >= READ and kind != ATOMIC_END:
            if x.inside == 0:
                return pc
            target = pass_visible(m, x, s, t, pc)
            if target < 0:
                return -1
            rounds += 1 if target <= pc else 0
            if rounds > x.budget:
                return exhausted(m, x, t, pc)
            pc = target
        elif kind == RETURN and x.base > x.bottom:
            pc = leave_frame(m, x, s, pc)
        elif kind == END or kind == RETURN:
            return pc
        else:
            rounds += 1 if kind == CALL else 0
            after = pass_rare(m, x, s, t, pc)
            if after < 0 or after == pc:
                return after
            if rounds > x.budget:
                return exhausted(m, x, t, pc)
            pc = after


def pass_rare(m, x, s, t, pc):
    """The other local micro-ops: where to go on; pc itself to pause here; -1 after a fault."""
    kind, fault, after = m.code[pc * WIDE], 0, pc + 1
    if kind == CALL:
        fault = call(m, x, s, pc)
        after = m.code_entry[m.code[pc * WIDE + 1]]
    elif kind == CHOOSE or kind == CHOOSE_RANGE:
        fault = choose(m, x, s, t, pc)
    elif kind == ASSERT:
        fault = check_assertion(m, x, s, t, pc)
    elif kind == ENTER:
        count_section(m, s, m.code[pc * WIDE + 1], 1)
        if x.logging:
            note(x, NOTE_ENTER, t, pc, m.code[pc * WIDE + 1])
    elif kind == NOW:
        fault = look_at_clock(m, x, s, t, pc)
    elif kind == VERDICT:
        x.answer = x.base + m.code[pc * WIDE + 1]
        x.answer_count = m.code[pc * WIDE + 2]
        return pc
    elif kind == ATOMIC_END:
        x.inside -= 1 if x.inside > 0 else 0
    elif kind >= WORK and kind <= IO:
        fault = check_amount(m, x, s, pc)
        if fault == 0 and is_pause(m, x, s, t, kind):
            return pc
    else:
        fault = compute(m, x, s, t, pc * WIDE)
    if fault != 0:
        failed(x, fault, t, pc)
        return -1
    return after


def check_amount(m, x, s, pc):
    """WORK, SLEEP and IO take no negative time; inside a block nobody can be off the core."""
    kind, amount = m.code[pc * WIDE], 0
    if kind != YIELD:
        amount = value(m, s, x.base, m.code[pc * WIDE + 1])
    if amount < 0:
        x.values[0] = amount
        x.value_count = 1
        return FAULT_NEGATIVE
    return FAULT_BLOCKING if x.inside > 0 and (kind == SLEEP or kind == IO) else 0


def is_pause(m, x, s, t, kind):
    """Does t stop before this op? In `check` only tasks do, where they are off their worker."""
    if m.timed:
        return x.inside == 0
    return (kind == SLEEP or kind == IO) and is_task(m, s, t)


def pass_visible(m, x, s, t, pc):
    """Act inside an indivisible block; returns where to go on, -1 after a fault."""
    e = record(m, t)
    s[e + PC] = pc
    s[e + FP] = x.base - x.bottom
    s[e] = AT
    if act_inside(m, x, s, t, pc) != 0:
        return -1
    return s[e + PC]


def check_assertion(m, x, s, t, pc):
    """ASSERT: the log gets the words of the message, whether it is kept otherwise or not."""
    if value(m, s, x.base, m.code[pc * WIDE + 1]) != 0:
        return 0
    message = m.code[pc * WIDE + 2]
    note(x, ASSERT, t, pc, message)
    show(m, x, s, x.base, m.messages + message)
    return FAULT_ASSERTION


def is_endless(m, x, s, target, jumps):
    if jumps == 2:  # what was kept is of another walk
        x.snapshot[0] = -1
    return goes_round(m, x, s, target, jumps)


def endless(m, x, s, t, pc):
    """The walk will never come to a pause."""
    if m.timed or t < 0 or x.inside > 0:
        failed(x, FAULT_ENDLESS, t, pc)
        return -1
    s[record(m, t)] = SPINNING
    return pc


def exhausted(m, x, t, pc):
    """Nobody knows whether it will."""
    x.values[0] = x.budget
    x.value_count = 1
    failed(x, FAULT_ENDLESS if m.timed else FAULT_LONG_LOOP, t, pc)
    return -1


def act_inside(m, x, s, t, pc):
    """A visible micro-op inside an indivisible block is done at once, or is a mistake.

    Partners and woken waiters are chosen like `choose`.
    """
    count = alternatives(m, x, s, t, -1)
    if count == 0:
        return failed(x, FAULT_BLOCKING, t, pc)
    x.arm = x.partner = x.partner_arm = -1
    if count > 1:
        way = digit_of(x, count)
        if way < 0:
            return failed(x, too_many(x), t, pc)
        alternatives(m, x, s, t, way)
    else:
        alternatives(m, x, s, t, 0)
    fault = act(m, x, s, t)
    if fault == 0 and s[record(m, t)] != MOVED:
        return failed(x, FAULT_BLOCKING, t, pc)
    return fault
