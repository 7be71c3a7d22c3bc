from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *

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
cdef void let_pass(Machine m, Context x, long long *s, long long r) noexcept nogil
