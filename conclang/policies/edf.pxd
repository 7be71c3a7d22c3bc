from conclang.policies.ranked cimport Ranked


cdef class Edf(Ranked):
    pass
