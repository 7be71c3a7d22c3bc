from conclang.machine.arith_c cimport *
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.local cimport *
from conclang.machine.slots cimport *
from conclang.machine.sync cimport *
from conclang.machine.channels cimport *

cdef long long alternatives(
    Machine m, Context x, long long *s, long long t, long long wanted
) noexcept nogil
cdef bint is_free(
    Machine m, long long *s, long long t, long long kind, long long thing
) noexcept nogil
cdef bint can_join(Machine m, long long *s, long long t, long long handle) noexcept nogil
cdef long long act(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef long long act_awake(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef long long act_memory(
    Machine m, Context x, long long *s, long long base, long long at, long long cell
) noexcept nogil
cdef long long act_exchange(
    Machine m, Context x, long long *s, long long base, long long at, long long place
) noexcept nogil
cdef long long act_lock(
    Machine m, Context x, long long *s, long long t, long long pc, long long thing
) noexcept nogil
cdef void act_try(
    Machine m, Context x, long long *s, long long t, long long pc, long long thing
) noexcept nogil
cdef void answer(
    Machine m, Context x, long long *s, long long t, long long pc, long long word
) noexcept nogil
cdef long long act_wait(
    Machine m, Context x, long long *s, long long t, long long pc, long long thing
) noexcept nogil
cdef long long act_channel(
    Machine m, Context x, long long *s, long long t, long long pc, long long channel
) noexcept nogil
cdef long long place_of(long long base, long long slot) noexcept nogil
cdef long long act_select(
    Machine m, Context x, long long *s, long long t, long long arm
) noexcept nogil
cdef long long act_entity(
    Machine m, Context x, long long *s, long long t, long long pc, long long handle
) noexcept nogil
cdef long long join(
    Machine m, Context x, long long *s, long long t, long long pc, long long handle
) noexcept nogil
cdef bint has_runtime(Machine m, long long *s, long long t, long long pc) noexcept nogil
cdef void create(Machine m, long long *s, long long t, long long pc) noexcept nogil
cdef void make_home(
    Machine m, long long *s, long long t, long long child, long long pc
) noexcept nogil
cdef void finish(
    Machine m, Context x, long long *s, long long t, long long source, long long words
) noexcept nogil
cdef long long act_other(
    Machine m, Context x, long long *s, long long t, long long pc
) noexcept nogil
cdef void count_section(Machine m, long long *s, long long section, long long change) noexcept nogil
cdef void show(
    Machine m, Context x, long long *s, long long base, long long template
) noexcept nogil
