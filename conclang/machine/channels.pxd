from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.slots cimport *

cdef bint is_closed(Machine m, long long *s, long long channel) noexcept nogil
cdef bint can_receive(Machine m, long long *s, long long channel) noexcept nogil
cdef bint has_space(Machine m, long long *s, long long channel) noexcept nogil
cdef void push(Machine m, long long *s, long long channel, long long source) noexcept nogil
cdef void pop(Machine m, long long *s, long long channel, long long target) noexcept nogil
cdef long long partners(
    Machine m, Context x, long long *s, long long t, long long channel, long long wanted
) noexcept nogil
cdef long long partner_arms(
    Machine m, Context x, long long *s, long long r, long long channel, long long wanted, long long count
) noexcept nogil
cdef bint takes(
    Machine m, long long *s, long long base, long long operand, long long words, long long channel
) noexcept nogil
cdef bint stands_ready(Machine m, long long *s, long long t, long long r) noexcept nogil
cdef bint has_sender(
    Machine m, long long *s, long long t, long long channel, long long able
) noexcept nogil
cdef bint sends_on(
    Machine m, long long *s, long long base, long long select, long long channel
) noexcept nogil
cdef long long arm_count(Machine m, long long select) noexcept nogil
cdef void hand_over(
    Machine m, Context x, long long *s, long long channel, long long source
) noexcept nogil
cdef long long send(
    Machine m, Context x, long long *s, long long channel, long long source
) noexcept nogil
cdef void receive(
    Machine m, Context x, long long *s, long long channel, long long target, long long ok
) noexcept nogil
cdef bint is_served(Machine m, long long *s, long long t) noexcept nogil
cdef long long arms_ready(
    Machine m, Context x, long long *s, long long t, long long wanted
) noexcept nogil
cdef long long arm_ready(
    Machine m, Context x, long long *s, long long t, long long arm, long long base, long long wanted
) noexcept nogil
cdef bint is_met(Machine m, long long *s, long long t, long long arm, long long base) noexcept nogil
cdef long long default_ready(
    Machine m, Context x, long long select, long long wanted, long long count
) noexcept nogil
