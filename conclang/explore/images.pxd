cimport cython
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, record
from conclang.explore.packing cimport Shape, load, save, bytes_of, set_id, id_fits
from conclang.explore.store cimport decode
from conclang.explore.catalog cimport Catalog, Entry


cdef enum:
    HOLDS_OWNER = 1  # as in symmetry.py
    HOLDS_INDEX = 2

@cython.final
cdef class Images:
    cdef Machine machine
    cdef Catalog catalog
    cdef object symmetry
    cdef readonly long long count  # of permutations
    cdef readonly long long word_count
    cdef long long threads, size
    cdef long long *goes  # per permutation and thread
    cdef long long *comes
    cdef long long *members  # per permutation and member
    cdef long long *words
    cdef long long *sources  # per permutation and word
    cdef long long *holds  # per word
    cdef long long *bases
    cdef uint32_t **known  # per record's number: its images' numbers, 0: not known
    cdef uint64_t room
    cdef long long *state  # scratch: as much of a state as holds a record
    cdef long long state_room
    cdef long long *left
    cdef long long *right
    cdef uint8_t *scratch
    # the image that was chosen
    cdef long long *values
    cdef uint32_t *ids
    cdef long long entities  # there is room for
    cdef long long there  # in the image
    cdef bint starved
    cdef bint ready(self, long long entities) noexcept nogil
    cdef long long least(self, Shape *shape, uint8_t *data, uint32_t *ids, long long entities) noexcept nogil
    cdef bint precedes(self, long long p, long long q, Shape *shape, uint8_t *data, uint32_t *ids, long long entities) noexcept nogil
    cdef uint32_t coming(self, long long p, uint32_t *ids, long long t) noexcept nogil
    cdef uint32_t number(self, long long p, uint32_t of, long long t) noexcept nogil
    cdef void change_record(self, long long p, long long at, long long count) noexcept with gil
    cdef uint32_t found(self, long long p, uint32_t of, long long t) noexcept nogil
    cdef long long content(self, long long p, long long which, Shape *shape, uint8_t *data) noexcept nogil
    cdef bint write(self, Shape *shape, uint8_t *to, uint32_t *fresh, uint8_t *wanted) noexcept nogil
    cdef uint64_t turned(self, long long p, uint64_t mask) noexcept nogil
