cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef uint32_t NO_STATE
cdef uint64_t LOST, CAUGHT, MIX, RELEASED, CHANGED
cdef uint32_t AT, FINISHED, OFTEN
cdef uint8_t DIRECT, SEEN

@cython.final
cdef class Sight:
    cdef public Py_ssize_t limit
    cdef public uint32_t[::1] first, target, depth, code
    cdef public uint16_t[::1] actor
    cdef public uint64_t[::1] row
    cdef public int32_t[::1] thing
    cdef public long long[::1] loop
    cdef public uint8_t[::1] writing
    @cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t, t=cython.Py_ssize_t, cell=cython.longlong, at=cython.Py_ssize_t)
    cpdef list pairs(self, int32_t[::1] cell_at, Py_ssize_t entities, Py_ssize_t cells)

@cython.final
cdef class Aim:
    cdef public bint atomic
    cdef public Py_ssize_t pcs, count
    cdef public int32_t[::1] cell_at
    cdef public uint8_t[::1] hope, acts, by_value
    cdef public int32_t[::1] act_cell
    cdef public uint64_t[::1] act_column, anew

@cython.final
cdef class Pursuit:
    cdef public Sight sight
    cdef Aim aim
    cdef Py_ssize_t actor
    cdef long long cell
    cdef long long[::1] values
    cdef public uint64_t[::1] held, bits, locks
    cdef public uint32_t[::1] state, far
    cdef uint32_t[::1] before, edge, heap, table
    cdef public Py_ssize_t count
    cdef Py_ssize_t waiting
    cdef public Py_ssize_t looked
    cdef public uint32_t caught_at, caught_by
    cdef long long loop_of(self, Py_ssize_t state, Py_ssize_t t)
    cpdef holding(self, uint64_t[::1] held)
    @cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t)
    cpdef begin(self)
    cpdef bint enters(self, Py_ssize_t state, Py_ssize_t edge)
    @cython.locals(node=uint32_t, source=cython.Py_ssize_t, edge=cython.Py_ssize_t, now=uint64_t, there=uint32_t)
    cpdef int run(self, Py_ssize_t budget) except -1
    @cython.locals(mover=cython.Py_ssize_t, pc=cython.Py_ssize_t, here=uint32_t)
    cpdef uint64_t step(self, Py_ssize_t source, Py_ssize_t edge, uint64_t bits, uint64_t locks)
    @cython.locals(loop=cython.longlong, here=uint32_t, at=cython.Py_ssize_t)
    cdef uint64_t other(self, Py_ssize_t source, Py_ssize_t edge, Py_ssize_t mover)
    cdef bint may_still_write(self, Py_ssize_t state)
    cdef bint reads(self, Py_ssize_t state, uint32_t here)
    @cython.locals(here=uint32_t, k=cython.Py_ssize_t, at=cython.Py_ssize_t, cell=cython.longlong, wanted=uint64_t, again=uint64_t)
    cdef bint acts(self, Py_ssize_t source, Py_ssize_t there, uint64_t bits, uint64_t locks)
    @cython.locals(at=cython.Py_ssize_t, base=cython.Py_ssize_t)
    cdef long long written(self, Py_ssize_t source, Py_ssize_t there, Py_ssize_t k, uint32_t here)
    @cython.locals(at=uint64_t, node=uint32_t, mask=uint64_t)
    cdef void meet(self, uint32_t state, uint32_t far, uint64_t bits, uint64_t locks, uint32_t before, uint32_t edge)
    @cython.locals(key=uint64_t)
    cdef uint64_t spot(self, uint32_t state, uint64_t bits, uint64_t locks)
    cdef bint ahead(self, uint32_t one, uint32_t two)
    @cython.locals(at=cython.Py_ssize_t, up=cython.Py_ssize_t, node=uint32_t)
    cdef void push(self, uint32_t node)
    @cython.locals(at=cython.Py_ssize_t, down=cython.Py_ssize_t, node=uint32_t, top=uint32_t)
    cdef uint32_t pop(self)
    @cython.locals(node=uint32_t, at=uint64_t, mask=uint64_t)
    cdef void grow(self)

@cython.locals(state=cython.Py_ssize_t, found=cython.bint)
cpdef bint mark_equal(long long[::1] column, long long value, uint64_t bit, uint64_t[::1] held)
@cython.locals(state=cython.Py_ssize_t, found=cython.bint)
cpdef bint mark_inside(long long[::1] inner, uint64_t[::1] row, Py_ssize_t t, uint64_t bit, uint64_t[::1] held)
@cython.locals(state=cython.Py_ssize_t, found=cython.bint, here=uint32_t)
cpdef bint mark_standing(Sight sight, uint8_t[::1] where, Py_ssize_t t, uint64_t bit, uint64_t[::1] held)
