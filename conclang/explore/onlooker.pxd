cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, Context, length
from conclang.machine.step cimport ways, step, next_branch, clear_branches, evaluate
from conclang.explore.packing cimport Shape, load, get_id
from conclang.explore.store cimport (
    PARTS, PART_BITS, Part, Heard, encode, decode, open_heard, close_heard, hear
)
from conclang.explore.shared cimport Shared, keep_bits
from conclang.explore.catalog cimport Catalog, Entry, UNLIKE


cdef enum:
    CROWD = 16  # so many entities are told apart in reports of pairs
    LARGEST_STATE = 1 << 26
    # kinds of reports, as in reports.py
    REPORT_END = 0
    REPORT_STUCK = 1
    REPORT_SPIN = 2
    REPORT_RACE = 3
    REPORT_FAULT = 4
    REPORT_TRUTH = 5
    REPORT_SECTION = 6
    REPORT_FAILED = 7
    REPORT_LOST = 8

cdef extern from *:
    """
    #define GOLDEN 0x9E3779B97F4A7C15ULL
    """
    const uint64_t GOLDEN


cdef class Onlooker:
    cdef Shared shared
    cdef Machine machine
    cdef Catalog catalog
    cdef Shape *shape
    cdef Context context, ahead
    cdef long long *state
    cdef long long *child
    cdef long long *later
    cdef long long size
    cdef Entry **entries  # of the state at hand
    cdef uint32_t *ids
    cdef uint32_t *fresh  # numbers of the records in the candidate at hand
    cdef uint8_t *data  # the state at hand, packed
    cdef long long spread_out  # how much of it stands in `state`: 0, 1 shared words, 2 all
    cdef uint8_t *scratch
    cdef Heard heard
    cdef public list reports  # with the index in the frontier
    cdef uint64_t when  # the index of the state at hand
    cdef public bint starved
    cdef public bint full  # more successors than a batch may have
    cdef uint8_t[32] truths
    cdef uint64_t[256] told
    # the numbers of all accesses that may come next, side by side; is there one that has none?
    cdef uint64_t accesses
    cdef bint unlike
    cdef int access_bits, access_most
    cdef uint64_t[512] looked
    cdef bint larger(self) noexcept nogil
    cdef void look_at(self, uint64_t place) noexcept nogil
    cdef void spread(self) noexcept nogil
    cdef void spread_shared(self) noexcept nogil
    cdef inline long long record_of(self, long long t) noexcept nogil:
        """Where the record of an entity begins."""
        if t < self.machine.threads:
            return self.shared.place_of[t]
        return self.machine.dynamic + (t - self.machine.threads) * self.machine.stride
    cdef void open_eyes(self) noexcept nogil
    cdef bint was_looked_at(self) noexcept nogil
    cdef void note_guards(self) noexcept nogil
    cdef bint pair_was_told(self, long long kind, long long *words) noexcept nogil
    cdef void inspect(self, uint64_t place) noexcept nogil
    cdef void predicates(self, uint64_t place) noexcept nogil
    cdef void races(self, uint64_t place) noexcept nogil
    cdef void note_guard(self, long long t, long long cell) noexcept nogil
    cdef bint others_touch(self, long long t) noexcept nogil
    cdef void atomic_races(self, long long t, uint64_t place) noexcept nogil
    cdef void logged_races(self, Context context, long long t, uint64_t place) noexcept nogil
    cdef void atomic_access(self, long long t, long long kind, long long cell, uint64_t place) noexcept nogil
    cdef void overtaken(self, uint64_t place) noexcept nogil
    cdef bint same_loop(self, long long t, long long u) noexcept nogil
    cdef void ended(self, uint64_t place, long long kind) noexcept nogil
    cdef void tell(self, long long kind, long long count, uint64_t place, long long t) noexcept with gil
    cdef void report(self, uint64_t place, long long t, long long kind, long long *words, long long count) noexcept nogil
