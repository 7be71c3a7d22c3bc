cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.explore.packing cimport (
    load, save, bytes_of, get_id, set_id, digest, copy_up
)
from conclang.explore.store cimport (
    PARTS, PART_BITS, CANDIDATE, SPARE, Lane, prefetch_to_write, lookup
)
from conclang.explore.images cimport Images
from conclang.explore.order cimport let_pass_by
from conclang.explore.sheet cimport (
    RECENT, Places, Recent, Sheet, is_repeated, write_line, more_lane
)
from conclang.explore.shared cimport Shared
from conclang.explore.catalog cimport Entry
from conclang.explore.onlooker cimport Onlooker, GOLDEN


cdef class Drafter(Onlooker):
    cdef Recent *recent  # candidates of this run, by hash
    cdef uint8_t *draft  # the successor at hand, packed
    cdef long long room  # for the draft
    cdef Sheet *sheet  # of the share at hand
    cdef Places lines  # for `gather`
    cdef Images images
    cdef long long turn  # how the threads of the last state have changed places
    cdef public bint unfit  # some state did not fit into the shape
    cdef uint8_t *wanted  # per shared word: bytes that it needs
    cdef long long wanted_most
    # steps that may be taken alone: are they being tried, do they lead deeper?
    cdef bint trying, deeper
    cdef inline uint8_t *room_for_draft(self) noexcept nogil:
        """Where the next successor is written; NULL: no memory."""
        return self.draft if self.shape.size + SPARE <= self.room else self.larger_draft()
    cdef uint8_t *larger_draft(self) noexcept nogil
    cdef inline bint put(self, uint8_t *to, long long word, long long value) noexcept nogil:
        """Write a shared word; if it does not fit, ask for a wider one."""
        return save(self.shape, to, word, value) or self.misfit(word, value)
    cdef bint misfit(self, long long word, long long value) noexcept nogil
    cdef void take_numbers(self, uint8_t *to) noexcept nogil
    cdef uint64_t part_of_fresh(self) noexcept nogil
    cdef void finish(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight, uint64_t moved) noexcept nogil
    cdef void finish_one(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight) noexcept nogil
    cdef void hand_over(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight, uint64_t moved) noexcept nogil
    cdef bint was_there(self, uint8_t *to, uint32_t hashed) noexcept nogil
    cdef bint arrange(self, uint8_t *to) noexcept nogil
    cdef bint line_up(self, uint8_t *to, long long t) noexcept nogil
    cdef void pass_by(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef void forget(self, uint8_t *to) noexcept nogil
    cdef bint comes_before(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint owns_first(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint exchange(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint turned(self, uint8_t *to) noexcept nogil
