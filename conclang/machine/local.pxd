from conclang.machine.arith_c cimport *
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *

cdef long long compute(Machine m, Context x, long long *s, long long t, long long at) noexcept nogil
cdef long long arithmetic(
    Machine m, long long *s, long long target, long long kind, long long left, long long right
) noexcept nogil
cdef long long negate(
    long long *s, long long target, long long kind, long long number
) noexcept nogil
cdef void compare(
    long long *s, long long target, long long kind, long long left, long long right
) noexcept nogil
cdef void copy_words(
    long long *s, long long target, long long source, long long count
) noexcept nogil
cdef long long element(
    Machine m, Context x, long long *s, long long base, long long at
) noexcept nogil
cdef long long peek(
    Machine m, Context x, long long *s, long long target, long long cell
) noexcept nogil
cdef long long choose(Machine m, Context x, long long *s, long long t, long long pc) noexcept nogil
cdef long long too_many(Context x) noexcept nogil
cdef long long digit_of(Context x, long long options) noexcept nogil
cdef long long draw(Context x, long long options) noexcept nogil
cdef long long look_at_clock(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef void scrub(Machine m, long long *s, long long base, long long pc) noexcept nogil
cdef long long call(Machine m, Context x, long long *s, long long pc) noexcept nogil
cdef long long leave_frame(Machine m, Context x, long long *s, long long pc) noexcept nogil
cdef bint goes_round(
    Machine m, Context x, long long *s, long long pc, long long jumps
) noexcept nogil
cdef bint same_frames(Context x, long long *s, long long size) noexcept nogil
cdef void keep_frames(Context x, long long *s, long long pc, long long size) noexcept nogil
