# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""One step: a visible micro-op of one entity, and the local code after it.

The doors (for C with a `long long *s`, for the plain engine with a list; `World` in world.py is the
same for callers in Python). `m` is the Machine, `x` the worker's Context, `s` a state buffer with
room for `x.room` entities and `m.slack` words more, `t` an entity.

start(m, x, s)         the initial state; the local code before everybody's first step included
ways(m, x, s, t)       0 = t cannot step now; otherwise the number of alternatives: partners of an
                       unbuffered send, waiters a signal may wake, ready arms of a select
step(m, x, s, t, way)  takes alternative `way` of t; changes s; returns 0 or the fault
perform(m, x, s, t)    the same for the alternative in x.arm / x.partner / x.partner_arm, without
                       asking whether it is enabled and without workers: the timed loop knows
resume(m, x, s, t)     runs the local code of a MOVED entity (timed: at its dispatch)
skip(m, x, s, t)       passes the WORK, YIELD, SLEEP or IO that t stands at (timed)
next_branch(x)         after start or step with some `choose` on the way: the next combination is
                       prepared, 1; or 0 when all were seen. Take the same step again from the same
                       state. `clear_branches(x)` before the first.
evaluate(m, x, s, code)  an expectation's value: returns its first word, -1 with x.fault set when
                       it went wrong; all its words are s[x.answer : x.answer + x.answer_count]
                       (until the buffer is used again)
and in state.py:
object_of(m, s, t)     the index of the object (cell, lock, channel, ...) of t's next micro-op, -1
retake_of(m, s, t)     the lock an ASLEEP, URGENT or RETAKE entity wants, -1

A fault leaves the code in x.fault, place in x.fault_pc and x.fault_entity, values in x.values;
the state is then useless. Codes >= FAULT_LONG_LOOP are limits, not mistakes.

The log (`x.logging`) has one record per micro-op executed, see `Context.records`. After kind,
entity, pc and object come: READ, LOAD value; WRITE, STORE new, old; FETCH_ADD, SWAP old, new; CAS
ok, old; the tries ok; WAIT, RETAKE lock; SIGNAL partner; BROADCAST, BARRIER_WAIT all woken; SEND
partner, its arm, message; RECEIVE ok, message; SELECT arm, channel, then what its send or receive
says; SPAWN, GO, ASYNC the new entity; JOIN, AWAIT result; PRINT and ASSERT (always logged) the
words shown. The notes of opcodes.py say what is no micro-op: an end, a section entered, a choice
(digit, value), the clock, a spin, an urgent signaller that is back.

How a step goes: `act` executes the visible micro-op and leaves the actor MOVED (or asleep), `walk`
runs local code up to the next pause, first the actor's, then that of those it has woken or made.
An indivisible block is a walk that does not pause at visible micro-ops but acts at once.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.actions import act, alternatives
    from conclang.machine.channels import is_served
    from conclang.machine.opcodes import *
    from conclang.machine.slots import (
        free_slot,
        holds_slot,
        moves_freely,
        parks_at,
        slot_free,
        take_slot,
    )
    from conclang.machine.state import length, owe, record
    from conclang.machine.sync import retake_free
    from conclang.machine.uptake import note_stuck, take_up
    from conclang.machine.walk import walk, walk_code

# -- doors ---------------------------------------------------------------------------------------


def start(m, x, s):
    """Fill s with the initial state."""
    begin(x)
    for i in range(m.first):
        s[i] = m.initial[i]
    for i in range(m.first, m.dynamic):
        s[i] = 0
    for t in range(m.threads):
        settle_in(m, s, t, m.thread_code[t], m.arguments_at[t])
        owe(x, t)
    if m.timed:
        return 0
    return finish_step(m, x, s)


def ways(m, x, s, t):
    """In how many ways can t take a step now?"""
    e = record(m, t)
    status = s[e]
    if status == AT:
        if m.tasks and not m.timed and not moves_freely(m, s, t) and not slot_free(m, s, t):
            return 0
        return alternatives(m, x, s, t, -1)
    if status == URGENT:
        return 1 if retake_free(m, s, t) else 0
    if status == ASLEEP and m.any_spurious and not m.timed:
        return 1 if m.spurious[s[e + m.at_object] - 1] != 0 and retake_free(m, s, t) else 0
    return 0


def step(m, x, s, t, way):
    """Take one of the alternatives `ways` counted."""
    if m.tasks and not m.timed:
        note_stuck(m, x, s)
    x.arm = x.partner = x.partner_arm = -1
    if s[record(m, t)] == AT:
        kind = m.code[s[record(m, t) + PC] * WIDE]
        if kind == SEND or kind == SELECT or kind == SIGNAL:
            alternatives(m, x, s, t, way)
        if m.tasks and not m.timed and not moves_freely(m, s, t):
            take_slot(m, s, t)
    return perform(m, x, s, t)


def perform(m, x, s, t):
    """Take the alternative in x.arm, x.partner and x.partner_arm."""
    begin(x)
    fault = act(m, x, s, t)
    if fault != 0:
        return fault
    if m.timed:
        if s[record(m, t)] == MOVED and (not x.lazy or x.inside > 0):
            return walk(m, x, s, t)
        return 0
    if s[record(m, t)] == MOVED:
        walk(m, x, s, t)
    return finish_step(m, x, s)


def resume(m, x, s, t):
    """Run the local code of a MOVED entity up to its next pause."""
    begin(x)
    return walk(m, x, s, t)


def skip(m, x, s, t):
    """Pass the WORK, YIELD, SLEEP or IO t stands at; its local code runs unless x.lazy."""
    begin(x)
    e = record(m, t)
    s[e + PC] += 1
    s[e] = MOVED
    return 0 if x.lazy else walk(m, x, s, t)


def evaluate(m, x, s, code):
    """The first word of an expectation's value, computed behind the end of the state."""
    begin(x)
    x.bottom = x.base = length(m, s)
    for i in range(m.code_frame[code]):
        s[x.base + i] = 0
    x.calls = 0
    if walk_code(m, x, s, -1, m.code_entry[code]) < 0:
        return -1
    return s[x.answer]


def clear_branches(x):
    x.known = 0
    x.cursor = 0


def next_branch(x):
    """Prepare the next combination of choices: the last digit that can grow does."""
    while x.cursor > 0:
        last = x.cursor - 1
        if x.digits[last] + 1 < x.radix[last]:
            x.digits[last] += 1
            x.known = x.cursor
            x.cursor = 0
            return 1
        x.cursor = last
    x.known = 0
    return 0


# -- the parts of a step -------------------------------------------------------------------------


def begin(x):
    x.fault = 0
    x.value_count = 0
    x.cursor = 0
    x.woken_count = 0
    x.log_size = 0
    x.inside = 0
    x.saw_now = False


def finish_step(m, x, s):
    """Run what is owed to others, then let tasks park."""
    i = 0
    while x.fault == 0 and i < x.woken_count:
        x.inside = 0
        walk(m, x, s, x.woken[i])
        i += 1
    if m.tasks and x.fault == 0:
        for t in range(s[0]):
            settle(m, x, s, t)
        x.fault = take_up(m, x, s)
    return x.fault


def settle(m, x, s, t):
    """Does t have to give its worker or loop back?"""
    if s[record(m, t)] != AT or not holds_slot(m, s, t):
        return
    parks = parks_at(m, s, t)
    if parks == 2 and (alternatives(m, x, s, t, -1) > 0 or is_served(m, s, t)):
        return
    if parks != 0:
        free_slot(m, s, t)


def settle_in(m, s, t, code, arguments):
    """Make the record of a declared thread."""
    e = record(m, t)
    s[e] = MOVED
    s[e + PC] = m.code_entry[code]
    if m.at_code >= 0:
        s[e + m.at_code] = code
    if m.loops:
        s[e + m.at_loop] = s[e + m.at_holder] = t + 1
        s[e + m.at_started] = 1
    for i in range(m.code_parameters[code]):
        s[e + m.stack + i] = m.arguments[arguments + i]
