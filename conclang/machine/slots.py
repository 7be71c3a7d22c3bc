# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Who may run a task now: workers of runtimes and event loops, when time is abstract.

A task of a runtime needs one of its workers for every step; it keeps the worker until it parks or
ends. The body of a thread or of a `go` task and all `async` tasks made in it share one event loop,
which is held in the same manner; the body holds it from the start. An `async` task made inside a
`go` task needs that loop and a worker.

A task parks, in the moment it gets there, at `await`, `sleep` and `io`; and at a channel operation
that cannot go on, be it by the step of a sender who can run. Parking gives back worker and loop. A
thread's own body parks at `await` only (it gives back its loop). `settle` does this for everybody
after each step, since a step of one may make an operation of another impossible.

The passive side of an unbuffered transfer needs neither worker nor loop: it is parked while it
waits. Only an `async` task that never ran cannot be served while its loop is busy.

So a task can come to its end without a worker or loop: when it has no micro-op, or when its last
one was such a receive. In time it still needs one to get there, and may wait for it in vain; where
somebody could notice (late_ends.py), its end is a step like any other.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.opcodes import *
    from conclang.machine.state import record


def is_task(m, s, t):
    """Was t made by `go` or `async`?"""
    if not m.tasks:
        return False
    e = record(m, t)
    return s[e + m.at_runtime] != 0 or (m.loops and s[e + m.at_loop] != t + 1)


def slot_free(m, s, t):
    """Does t hold, or can it take, what it needs to run?"""
    e = record(m, t)
    if m.loops:
        holder = s[record(m, s[e + m.at_loop] - 1) + m.at_holder]
        if holder != 0 and holder != t + 1:
            return False
    runtime = s[e + m.at_runtime]
    return runtime == 0 or s[e + m.at_worker] != 0 or s[m.runtimes + runtime - 1] > 0


def moves_freely(m, s, t):
    """Local work asks for no worker: it does not where it belongs to the step before either."""
    return m.code[s[record(m, t) + PC] * WIDE] == PAUSE


def take_slot(m, s, t):
    e = record(m, t)
    if m.loops:
        s[record(m, s[e + m.at_loop] - 1) + m.at_holder] = t + 1
        s[e + m.at_started] = 1
    runtime = s[e + m.at_runtime]
    if runtime != 0 and s[e + m.at_worker] == 0:
        s[e + m.at_worker] = 1
        s[m.runtimes + runtime - 1] -= 1


def free_slot(m, s, t):
    """t has parked or ended."""
    e = record(m, t)
    if m.loops:
        holder = record(m, s[e + m.at_loop] - 1) + m.at_holder
        if s[holder] == t + 1:
            s[holder] = 0
    if s[e + m.at_worker] != 0:
        s[e + m.at_worker] = 0
        s[m.runtimes + s[e + m.at_runtime] - 1] += 1


def holds_slot(m, s, t):
    """Is there anything t could give back?"""
    e = record(m, t)
    if s[e + m.at_worker] != 0:
        return True
    return m.loops and s[record(m, s[e + m.at_loop] - 1) + m.at_holder] == t + 1


def lacks_slot(m, s, t):
    """Is there a worker or loop that t must take before it can run?"""
    e = record(m, t)
    if s[e + m.at_runtime] != 0 and s[e + m.at_worker] == 0:
        return True
    return m.loops and s[record(m, s[e + m.at_loop] - 1) + m.at_holder] != t + 1


def parks_at(m, s, t):
    """Does t park at its op: 0 no, 1 always, 2 if it cannot go on."""
    kind = m.code[s[record(m, t) + PC] * WIDE]
    if kind == AWAIT:
        return 1
    if not is_task(m, s, t):
        return 0
    if kind == SLEEP or kind == IO:
        return 1
    if kind == SEND or kind == RECEIVE or kind == SELECT:
        return 2
    return 0
