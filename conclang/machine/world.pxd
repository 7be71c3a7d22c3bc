from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport (
    Machine, Context, code_of, copy_state, extent, length, object_of, record, retake_of,
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
