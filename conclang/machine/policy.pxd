cdef class Draws:
    cdef public object state
    cpdef draw(self, bound)


cdef class Runnable:
    cdef public long long number, priority, base_priority, arrival, burst, deadline, period
    cdef public long long tickets, nice, pinned, core, ran, queued, level
    cdef public object name, used, data


cdef class View:
    cdef public long long cores, now
    cdef public Draws draws
    cdef public object tickets, work
    cpdef draw(self, bound)


cdef class Policy:
    cdef public View view
    cpdef setup(self, View view)
    cpdef ready(self, Runnable thread, cause)
    cpdef Runnable pick(self, long long core)
    cpdef long long slice(self, Runnable thread) except? -1
    cpdef bint expired(self, Runnable thread) except -1
    cpdef bint gives_way(self, Runnable thread, long long core) except -1
    cpdef bint worse(self, Runnable thread, Runnable other) except -1
    cpdef ran(self, Runnable thread, long long ticks)
    cpdef left(self, Runnable thread, bint finished)
    cpdef changed(self, Runnable thread)
    cpdef complaint(self)
