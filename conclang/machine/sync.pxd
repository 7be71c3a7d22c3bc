from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.slots cimport *

cdef bint lock_free(Machine m, long long *s, long long t, long long lock) noexcept nogil
cdef bint has_urgent(Machine m, long long *s, long long lock) noexcept nogil
cdef void take_lock(Machine m, long long *s, long long t, long long lock) noexcept nogil
cdef long long highest_rank(Machine m, long long *s, long long t) noexcept nogil
cdef long long give_lock(Machine m, long long *s, long long t, long long lock) noexcept nogil
cdef void drop_lock(Machine m, long long *s, long long lock) noexcept nogil
cdef long long innermost_lock(Machine m, long long *s, long long t) noexcept nogil
cdef bint retake_free(Machine m, long long *s, long long t) noexcept nogil
cdef long long begin_wait(
    Machine m, Context x, long long *s, long long t, long long condition
) noexcept nogil
cdef void remember_lock(Machine m, long long *s, long long t, long long lock) noexcept nogil
cdef void retake_lock(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long sleepers(
    Machine m, Context x, long long *s, long long condition, long long wanted
) noexcept nogil
cdef void wake_sleeper(Machine m, long long *s, long long r) noexcept nogil
cdef long long signal_one(
    Machine m, Context x, long long *s, long long t, long long condition
) noexcept nogil
cdef void signal_all(Machine m, Context x, long long *s, long long condition) noexcept nogil
cdef bint read_free(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef bint write_free(Machine m, long long *s, long long rwlock) noexcept nogil
cdef bint has_writer(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef void take_read(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef long long give_read(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef void take_write(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef long long give_write(Machine m, long long *s, long long t, long long rwlock) noexcept nogil
cdef void arrive(Machine m, Context x, long long *s, long long t, long long barrier) noexcept nogil
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
