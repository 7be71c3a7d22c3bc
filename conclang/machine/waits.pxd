cimport cython
from conclang.machine.carriers cimport Entity
from conclang.machine.states_c cimport *

cdef class Waiting:
    cdef public long long order, ticket, arm
    cdef public Entity entity


cdef class Waits:
    cdef public dict queues
    cdef public long long order
    cpdef enter(self, long long side, long long thing, Entity entity, long long arm)
    cpdef bint exists(self, long long side, long long thing)
    @cython.locals(entry=Waiting)
    cpdef Waiting first(self, long long side, long long thing)
    @cython.locals(entry=Waiting)
    cpdef Waiting first_other(self, long long side, long long thing, Entity but)
    @cython.locals(found=list)
    cpdef list drain(self, long long side, long long thing)
    @cython.locals(entry=Waiting, found=list)
    cpdef list all(self, long long side, long long thing)
