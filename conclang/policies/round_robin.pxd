from conclang.policies.queue cimport Queue


cdef class RoundRobin(Queue):
    cdef public long long quantum
