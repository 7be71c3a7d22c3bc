cimport cython
from conclang.machine.policy cimport Policy, Runnable

@cython.locals(thread=Runnable)
cpdef Runnable take(queue, long long core)


cdef class Queue(Policy):
    cdef public object queue
    cdef public Runnable picked
    cdef public object said
