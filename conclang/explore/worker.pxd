cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport length, object_of
from conclang.machine.step cimport ways, step, next_branch, clear_branches
from conclang.explore.packing cimport load, id_fits, set_id, copy_up
from conclang.explore.store cimport PARTS, PART_BITS, Part, decode, prefetch
from conclang.explore.sheet cimport RECENT, Recent, write_line
from conclang.explore.shared cimport AT_HAND, Shared, one_more, put_down
from conclang.explore.company cimport (
    MOST_TOGETHER, Company, send_home, joins, choice
)
from conclang.explore.catalog cimport Entry, ANYTHING
from conclang.explore.onlooker cimport (
    REPORT_END, REPORT_STUCK, REPORT_SPIN, REPORT_FAULT, REPORT_FAILED
)
from conclang.explore.habits cimport Habits, HEAVIEST, DONE, LOST_TRACK


cdef enum:
    FIRST_LIMIT = 16

cdef extern from *:
    """
    #define NOWHERE 0xFFFFFFFFU
    """
    const uint32_t NOWHERE

@cython.final
cdef class Worker(Habits):
    cdef void go_through(self, long long mine) noexcept nogil
    cdef void enter(self, long long mine) noexcept nogil
    cdef unsigned long long before, begun  # its steps when the batch, and the share, began
    # bounded preemptions: who moved last, what is spent, whether the last could go on
    cdef long long last, spent
    cdef bint last_can
    cdef bint broken  # do the steps that are tried alone fail?
    cdef Company company
    # a state with very many successors: by whom and how the next of them are; none left: -1
    cdef long long next_entity, next_way, from_entity, from_way
    cdef bint real  # is one of them more than a spurious wake-up?
    cdef bint is_full(self) noexcept nogil
    cdef void take_piece(self, uint64_t index, uint64_t place, long long entity, long long way)
    cdef void expand_piece(self, uint64_t place) noexcept nogil
    cdef bint some_ways(self, long long t, uint64_t place) noexcept nogil
    cdef void run(self, uint64_t begin, uint64_t end) noexcept nogil
    cdef void expand(self, uint64_t place) noexcept nogil
    cdef void look_back(self) noexcept nogil
    cdef bint few_alone(self, uint64_t place) noexcept nogil
    cdef bint go_alone(self, uint64_t members, uint64_t place) noexcept nogil
    cdef long long take(self, long long t, uint64_t place) noexcept nogil
    cdef long long by_step(self, long long t, uint64_t place) noexcept nogil
    cdef bint is_early(self, long long t) noexcept nogil
    cdef bint can_move(self, long long t) noexcept nogil
    cdef bint branches(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef void failed(self, uint64_t place, long long t, long long *words) noexcept nogil
    cdef bint may_step(self, long long t) noexcept nogil
    cdef long long price(self, long long t) noexcept nogil
    cdef bint has_yielded(self, long long t) noexcept nogil
    cdef void dead_end(self, long long t, uint64_t parent) noexcept nogil
    cdef void emit(self, long long t, uint64_t parent) noexcept nogil
    cdef bint pack(self, uint8_t *to, bint whole) noexcept nogil
    cdef long long fuse(self, long long t) noexcept nogil
    cdef bint stirred(self, long long at, long long size) noexcept nogil
    cdef bint is_twin(self, long long t) noexcept nogil
    cdef uint64_t moved(self, long long t) noexcept nogil
    cdef bint is_guarded(self, long long t, long long pc) noexcept nogil
