from libc.stdlib cimport abort, free, realloc
from libc.string cimport memcpy
from conclang.machine.opcodes_c cimport *

cdef class Machine:
    """A program's tables. Read-only once made, so threads may share one."""
    cdef readonly object program
    cdef list _kept
    # code: WIDE words per micro-op; frame[pc] = size of the frame of the code around pc;
    # dead_at[pc] = where in `dead` the dead slots are counted and listed, -1 = no pause there
    cdef long long *code
    cdef long long *constants
    cdef long long *frame
    cdef long long *dead_at
    cdef long long *dead
    cdef long long *trapped
    cdef long long *object_role
    cdef long long *object_limit
    # per code
    cdef long long *code_entry
    cdef long long *code_frame
    cdef long long *code_parameters
    cdef long long *code_result
    # per declared thread
    cdef long long *entity_at
    cdef long long *thread_code
    cdef long long *arguments_at
    cdef long long *arguments
    # per object
    cdef long long *initial
    cdef long long *lock_recursive
    cdef long long *rwlock_prefer
    cdef long long *hoare
    cdef long long *spurious
    cdef long long *parties
    cdef long long *capacity
    cdef long long *width
    cdef long long *channel_at
    cdef long long *section_at
    cdef long long *select_at
    cdef long long *arms
    cdef long long *template_at
    cdef long long *operands
    cdef long long *landmarks
    # offsets in a state, see state.py
    cdef readonly long long now, cells, locks, depths, ranks, rwlocks
    cdef readonly long long semaphores, events, barriers, runtimes, writers, urgents
    cdef readonly long long first, dynamic, stride, stack, slack
    cdef readonly long long at_code, at_object, at_lock, at_depth, at_calls, at_runtime
    cdef readonly long long at_worker, at_loop, at_started, at_holder, at_rw, at_arrived
    # counts and facts
    cdef readonly long long threads, lock_count, runtime_count, rwlock_count, landmark_count, max_calls, messages
    cdef readonly bint timed, tasks, late_ends, loops, dynamics, recursive, any_hoare, any_spurious
    cdef long long *keep(self, values)


cdef class Context:
    """A worker's scratch paper: one per worker thread, never shared."""
    # the alternative that is taken (see `choose_way`), -1 = none
    cdef public long long arm, partner, partner_arm
    # depth-first choices of the running step: digits[0:known] are given, `cursor` are used
    cdef long long *digits
    cdef long long *radix
    cdef public long long cursor, known
    # what went wrong, where, with which values
    cdef public long long fault, fault_entity, fault_pc, value_count
    cdef long long[8] values
    # the words an expectation came to: index into the state
    cdef public long long answer, answer_count
    # limits and modes
    cdef public long long room, budget, now, random
    cdef public bint logging, lazy, seeded
    # entities whose local tail the step still owes
    cdef long long *woken
    cdef long long woken_count, woken_room
    # tasks that could be taken up only to block, before the step
    cdef long long *stuck
    cdef long long stuck_count, stuck_room
    # the log: see `note`
    cdef long long *log
    cdef public long long log_size
    cdef long long log_room, log_at
    # spin detection
    cdef long long *snapshot
    cdef long long snapshot_room
    # registers of the running local code: frame, lowest frame, open calls, nesting of ATOMIC
    cdef long long base, bottom, calls, inside
    cdef bint saw_now


cdef long long *words_of(words)
cdef long long *fresh(long long *words, long long old, long long new) noexcept nogil
cdef long long record(Machine m, long long t) noexcept nogil
cdef long long length(Machine m, long long *s) noexcept nogil
cdef long long base_of(Machine m, long long *s, long long t) noexcept nogil
cdef long long value(Machine m, long long *s, long long base, long long operand) noexcept nogil
cdef long long extent(Machine m, long long *s, long long t) noexcept nogil
cdef long long code_of(Machine m, long long *s, long long t) noexcept nogil
cdef long long object_of(Machine m, long long *s, long long t) noexcept nogil
cdef long long retake_of(Machine m, long long *s, long long t) noexcept nogil
cdef void owe(Context x, long long t) noexcept nogil
cdef void _copy_words(long long *target, long long *source, long long start, long long count) noexcept nogil
cdef void copy_state(Machine m, long long *target, long long *source) noexcept nogil
cdef void note(Context x, long long kind, long long t, long long pc, long long thing) noexcept nogil
cdef void note_word(Context x, long long word) noexcept nogil
cdef long long failed(Context x, long long fault, long long t, long long pc) noexcept nogil
