cimport cython
from conclang.machine.policy cimport Policy, Runnable


cdef class Ranked(Policy):
    cdef public list heap
    cdef public long long order
    cdef public Runnable picked
    cdef public object said
    cpdef rank(self, Runnable thread)
    cpdef reason(self, Runnable thread)
    @cython.locals(entry=tuple, thread=Runnable)
    cpdef Runnable first(self, long long core)
    @cython.locals(aside=list, entry=tuple, thread=Runnable, found=Runnable)
    cpdef Runnable pick(self, long long core)
