# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Tasks that are taken up only to block: how a lock held across `await` stops an event loop.

A task takes its worker or loop with its next step, when that step is possible. It may also be taken
up while it stands at an operation that blocks the worker itself (a lock that is held, a `join`);
then it holds the worker and waits. That is no step. It is a choice, made in the step after which it
is first possible: a branch for "not now" and one for each task, as `choose` makes them.

Nothing is lost by deciding at once. As long as nobody uses the free worker, taking the task up
later comes to the same; and when somebody has used it and given it back, or the operation was
possible in between, the choice is offered anew. It is offered only where workers are scarce: a task
that finds a worker whenever it needs one can block without harm.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.actions import alternatives
    from conclang.machine.local import digit_of
    from conclang.machine.opcodes import *
    from conclang.machine.slots import is_task, lacks_slot, slot_free, take_slot
    from conclang.machine.state import fresh, record


def note_stuck(m, x, s):
    """Before a step: who could be taken up already."""
    x.stuck_count = 0
    for t in range(s[0]):
        if could_block(m, x, s, t):
            if x.stuck_count >= x.stuck_room:
                x.stuck = fresh(x.stuck, x.stuck_room, x.stuck_room * 2)
                x.stuck_room *= 2
            x.stuck[x.stuck_count] = t
            x.stuck_count += 1


def take_up(m, x, s):
    """After a step: offer the choice for each task for which it is new; the fault, or 0."""
    seen = 0
    for t in range(s[0]):
        while seen < x.stuck_count and x.stuck[seen] < t:
            seen += 1
        if seen < x.stuck_count and x.stuck[seen] == t:
            continue
        if could_block(m, x, s, t):
            digit = digit_of(x, 2)
            if digit < 0:
                return FAULT_MANY_CHOICES
            if digit == 1:
                take_slot(m, s, t)
    return 0


def could_block(m, x, s, t):
    """Does t wait, without a worker though one is free, at what would block that worker?"""
    e = record(m, t)
    if s[e] != AT or not is_task(m, s, t):
        return False
    if not lacks_slot(m, s, t) or not slot_free(m, s, t):
        return False
    kind = m.code[s[e + PC] * WIDE]
    if kind == ACQUIRE or kind == READ_ACQUIRE or kind == WRITE_ACQUIRE or kind == DOWN:
        return alternatives(m, x, s, t, -1) == 0 and is_scarce(m, s, t)
    if kind == EVENT_WAIT or kind == JOIN:
        return alternatives(m, x, s, t, -1) == 0 and is_scarce(m, s, t)
    return False


def is_scarce(m, s, t):
    """Are there more unfinished tasks than workers, or others on the loop?"""
    e = record(m, t)
    runtime, loop = s[e + m.at_runtime], 0
    if m.loops:
        loop = s[e + m.at_loop]
    mates, workers, busy = 0, 0, 0
    if runtime != 0:
        workers = s[m.runtimes + runtime - 1]
    for r in range(s[0]):
        other = record(m, r)
        if s[other] == FINISHED:
            continue
        if loop != 0 and r != t and s[other + m.at_loop] == loop:
            mates += 1
        if runtime != 0 and s[other + m.at_runtime] == runtime and s[other + m.at_worker] == 0:
            busy += 1
    return mates > 0 or (runtime != 0 and busy > workers)
