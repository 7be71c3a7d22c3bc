cimport cython
from libc.stdint cimport uint8_t, uint64_t


@cython.final
cdef class Vector:
    cdef uint8_t *data
    cdef uint64_t count, room, width
    cdef bint push(self, void *item) noexcept nogil
