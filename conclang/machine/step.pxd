from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.local cimport *
from conclang.machine.slots cimport *
from conclang.machine.sync cimport *
from conclang.machine.channels cimport *
from conclang.machine.actions cimport *
from conclang.machine.walk cimport *
from conclang.machine.uptake cimport *

cdef long long start(Machine m, Context x, long long *s) noexcept nogil
cdef long long ways(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long step(Machine m, Context x, long long *s, long long t, long long way) noexcept nogil
cdef long long perform(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long resume(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long skip(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long evaluate(Machine m, Context x, long long *s, long long code) noexcept nogil
cdef void clear_branches(Context x) noexcept nogil
cdef long long next_branch(Context x) noexcept nogil
cdef void begin(Context x) noexcept nogil
cdef long long finish_step(Machine m, Context x, long long *s) noexcept nogil
cdef void settle(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef void settle_in(
    Machine m, long long *s, long long t, long long code, long long arguments
) noexcept nogil
