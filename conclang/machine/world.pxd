from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport (
    Machine, Context, code_of, copy_state, extent, fresh, length, object_of, record, retake_of,
    words_of
)
from conclang.machine.step cimport (
    clear_branches, evaluate, next_branch, perform, resume, skip, start, step, ways
)

cdef class World:
    """A state that can be stepped from Python."""
    cdef Machine m
    cdef Context x
    cdef object words
    cdef long long *s
    cdef long long room
    cpdef long long options(self, long long t) except? -1
    cpdef long long grant(self, long long t, long long arm=*, long long partner=*, long long partner_arm=*) except? -1
    cpdef long long grant_to_all(self, long long t, list woken) except? -1
    cpdef long long proceed(self, long long t) except? -1
    cpdef long long pass_over(self, long long t) except? -1
    cdef _prepare(self, digits)
    cdef _make_room(self, long long room)
    cdef int _check(self, long long t) except -1
    cpdef long long status(self, long long t) except? -1
    cpdef long long pc(self, long long t) except? -1
    cpdef long long operand(self, long long t) except? -1
    cpdef long long wanted_lock(self, long long t) except? -1
    cpdef long long code(self, long long t) except? -1
    cpdef long long word(self, long long index) except? -1
    cpdef set_word(self, long long index, long long word)
    cpdef long long place(self, long long t) except? -1
    cpdef long long frame_word(self, long long t, long long slot) except? -1
    cpdef long long operand_value(self, long long t, long long operand) except? -1
