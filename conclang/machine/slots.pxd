from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *

cdef bint is_task(Machine m, long long *s, long long t) noexcept nogil
cdef bint slot_free(Machine m, long long *s, long long t) noexcept nogil
cdef bint moves_freely(Machine m, long long *s, long long t) noexcept nogil
cdef void take_slot(Machine m, long long *s, long long t) noexcept nogil
cdef void free_slot(Machine m, long long *s, long long t) noexcept nogil
cdef bint holds_slot(Machine m, long long *s, long long t) noexcept nogil
cdef bint lacks_slot(Machine m, long long *s, long long t) noexcept nogil
cdef long long parks_at(Machine m, long long *s, long long t) noexcept nogil
