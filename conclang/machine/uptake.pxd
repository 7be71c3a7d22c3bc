from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport *
from conclang.machine.local cimport *
from conclang.machine.slots cimport *
from conclang.machine.actions cimport *

cdef void note_stuck(Machine m, Context x, long long *s) noexcept nogil
cdef long long take_up(Machine m, Context x, long long *s) noexcept nogil
cdef bint could_block(Machine m, Context x, long long *s, long long t) noexcept nogil
cdef bint is_scarce(Machine m, long long *s, long long t) noexcept nogil
