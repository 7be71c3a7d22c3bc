# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The state of a program: one flat run of 64-bit words.

A state is a `long long *` for C and a list of ints for the plain engine; the same source serves
both. It is canonical: two states with the same words have the same future, because a step leaves
0 in dead slots, in popped frames and in the stacks of the finished. It can be copied by `memcpy`
(`copy_state` skips the unused depth of recursive stacks).

Layout
------
word 0        number of entities so far (declared threads first, then in order of creation)
`now`         index into the landmarks (only if the program reads `now` and time is abstract)
`cells`       shared memory, as `Cell.base` says
`locks`       per lock its owner + 1, 0 = free
`depths`      per lock how often it is held (only if a lock is recursive)
`ranks`       per lock: how many locks its owner held before, + 1 (only if a `wait` has a choice)
`rwlocks`     per rwlock: its writer + 1, the number of read sides held
`semaphores` `events` `barriers` (entities that sleep there)  `runtimes` (free workers): one word each
`channel_at`  per channel: closed, count, then capacity x width words, the oldest message first
`section_at`  per section how many are inside (only of those an `at most` speaks of)
`first`       records of the declared threads, at `entity_at[t]`
`dynamic`     records of all others, `stride` words each

Record of an entity: STATUS, PC, FP, then what the program needs (offset -1 = absent):
`at_code` its code; `at_object` the condition it sleeps at, or barrier; `at_lock` + 1 and
`at_depth` what it retakes; `at_calls` calls inside each other; `at_runtime` + 1 of a task;
`at_worker` 1 while it holds one; `at_loop` + 1 the entity whose event loop it runs on (itself
unless made by `async`); `at_holder` + 1 who holds this entity's loop; `at_rw` read sides held, per
rwlock; `at_arrived` (timed) 1 while the timed loop counts it as waiting at its op; `stack`.

A frame's slots start at `stack + FP`. Below a callee's frame lies one word, the pc to return to.
A finished entity keeps its result in the first words of its stack.

Status
------
MOVED       its micro-op is done, the local code from PC on is still to run (also: just created)
AT          at the visible micro-op PC (in `check`: has arrived at it)
ASLEEP      waits for a signal; PC is at the RETAKE that follows
AT_BARRIER  sleeps at a barrier; PC is behind the BARRIER_WAIT
URGENT      signalled in Hoare's manner; PC is at the SIGNAL; its step retakes the lock
SPINNING    in a loop without a visible micro-op for ever
FINISHED

`check` and the timed run
-------------------------
`Machine(program)` is for all schedules: WORK, YIELD (and SLEEP, IO outside of tasks) are local,
workers and loops are settled by the machine, everybody AT an op has arrived there, local code runs
with the step before it, also that of a partner or of those woken.
`Machine(program, timed=True)` leaves time to the timed loop: nobody is run beyond WORK, YIELD,
SLEEP, IO and visible ops; workers and event loops are the loop's business (`ways` ignores them);
only entities whose `at_arrived` word is 1 count as partners or waiting writers; and only the actor's
local tail runs at once (not even that when `Context.lazy`): others are left MOVED, for `resume`.
"""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:  # the plain engine does without
    from conclang.machine import no_cython as cython

from conclang.machine.tables import flatten

if not cython.compiled:
    from conclang.machine.opcodes import *  # noqa: F403
