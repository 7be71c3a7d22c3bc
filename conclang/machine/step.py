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
object_of(m, s, t)     the index of the object (cell, lock, channel, ...) of t's next micro-op, -1
retake_of(m, s, t)     the lock an ASLEEP, URGENT or RETAKE entity wants, -1

A fault leaves the code in x.fault, place in x.fault_pc and x.fault_entity, values in x.values;
the state is then useless. Codes >= FAULT_LONG_LOOP are limits, not mistakes.
"""
