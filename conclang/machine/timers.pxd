from libc.stdlib cimport free
from conclang.machine.state cimport fresh

cdef class Timers:
    cdef long long *words
    cdef readonly long long count
    cdef long long room
    cpdef long long due(self)
    cpdef long long kind(self)
    cpdef long long entity(self)
    cpdef long long ticket(self)
    cpdef put(self, long long time, long long kind, long long entity, long long ticket)
    cpdef drop(self)


cdef bint is_before(long long *words, long long key, long long entity, long long ticket, long long place) noexcept nogil
