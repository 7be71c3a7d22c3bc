from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.local cimport *
from conclang.machine.slots cimport *
from conclang.machine.sync cimport *
from conclang.machine.channels cimport *
from conclang.machine.actions cimport *

cdef long long walk(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef bint ends_later(Machine m, long long *s, long long t) noexcept nogil
cdef void spin(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long walk_code(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef long long pass_rare(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef long long check_amount(Machine m, Context x, long long *s, long long pc) noexcept nogil
cdef bint is_pause(Machine m, Context x, long long *s, long long t, long long kind) noexcept nogil
cdef long long pass_visible(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef long long check_assertion(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef bint is_endless(
    Machine m, Context x, long long *s, long long target, long long jumps
) noexcept nogil
cdef long long endless(Machine m, Context x, long long *s, long long t, long long pc) noexcept nogil
cdef long long exhausted(Machine m, Context x, long long t, long long pc) noexcept nogil
cdef long long act_inside(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
