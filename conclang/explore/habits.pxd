cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport length
from conclang.machine.step cimport ways, step, clear_branches
from conclang.explore.packing cimport load, save, set_id, id_fits, copy_up
from conclang.explore.store cimport decode
from conclang.explore.shared cimport Shared
from conclang.explore.catalog cimport (
    Entry, ANYTHING, ONE_WORD, OWNER, CALLING, WAITING, RUN, RUN_OF_NAMES, INDIVISIBLE, MEETING
)
from conclang.explore.onlooker cimport GOLDEN
from conclang.explore.drafter cimport Drafter


cdef enum:
    HEAVIEST = 12  # steps that are taken at once
    FIRST_HABITS = 1 << 10
    MOST_HABITS = 1 << 18
    WIDES = 1 << 14
    PAIRS = 1 << 14
    BLOCKS = 1 << 14
    REACHES = 1 << 12
    FARTHEST = 6  # words that a block may touch
    MOST_WAYS = 256  # of two to meet
    # how an entity took a step by habit
    NOT_NOW = 0
    DONE = 1
    LOST_TRACK = 2

cdef extern from *:
    """
    #define UNKNOWN_STEP 0xFFFFFFFFU
    #define MISFIT 0xFFFFFFFEU
    """
    const uint32_t UNKNOWN_STEP
    const uint32_t MISFIT

cdef struct Habit:
    uint64_t key  # number of the record, value of the word
    uint32_t after  # the record after the step; 0: it is not possible; UNKNOWN_STEP
    int32_t value  # the word after the step
    int32_t section  # a section's word that changes too, -1
    int32_t change

cdef struct Wide:
    uint64_t key  # number of the record, who (where that matters), plus one
    uint64_t given  # the words that the step touches, as they are packed
    uint64_t value  # the same after the step
    uint32_t after  # as in a habit, and so are these
    int32_t section
    int32_t change


cdef struct Pair:
    uint64_t key  # numbers of both records, which of the ways that these two have
    uint32_t after  # the sender's record after it; 0: there is no such way; UNKNOWN_STEP
    uint32_t other  # the receiver's
    int32_t section
    int32_t change

cdef struct Reach:
    uint32_t number  # of the record
    uint32_t edition  # no two that differ have the same
    int32_t count
    int32_t[6] places  # the words that its block has touched so far

cdef struct Block:
    uint64_t key  # number of the record, edition of its reach
    long long[6] given
    long long[6] value
    uint32_t after
    int32_t section
    int32_t change


cdef class Habits(Drafter):
    cdef Habit *habits
    cdef uint64_t habit_mask, habit_misses
    cdef Wide *wides
    cdef uint8_t *widths  # of the words of states, when these were learnt
    cdef Pair *pairs
    cdef Reach *reaches
    cdef Block *blocks
    cdef uint32_t editions
    cdef bint ranked  # have locks ranks?
    cdef public unsigned long long transitions
    cdef void keep_habits(self) noexcept nogil
    cdef int by_habit(self, long long t, uint64_t place) noexcept nogil
    cdef int fuse_by_habit(self, uint8_t *to, long long t, uint32_t number) noexcept nogil
    cdef int by_call(self, long long t, uint64_t place) noexcept nogil
    cdef int by_meeting(self, long long t, uint64_t place) noexcept nogil
    cdef bint meet(self, uint8_t *to, Pair *pair, long long t, long long r, uint64_t place) noexcept nogil
    cdef Pair *pair(self, uint8_t *to, long long t, long long r, long long which, long long way) noexcept nogil
    cdef void learn_pair(self, Pair *pair, long long t, long long r, long long way) noexcept nogil
    cdef void alternatives(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef uint32_t block_step(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef bint open_blocks(self) noexcept nogil
    cdef void learn_block(self, Block *block, Reach *reach, Entry *entry, long long t) noexcept nogil
    cdef bint reach_out(self, Reach *reach) noexcept nogil
    cdef long long word_of(self, long long kind, long long thing) noexcept nogil
    cdef uint32_t one_word(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef bint wake(self, uint8_t *to, long long t) noexcept nogil
    cdef uint32_t one_step(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef long long lock_at(self, uint8_t *to, long long t, Entry *entry) noexcept nogil
    cdef uint32_t wide_step(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef bint open_wides(self) noexcept nogil
    cdef bint is_called(self, long long condition) noexcept nogil
    cdef long long value_for(self, Entry *entry, uint8_t *data, long long t, long long place) noexcept nogil
    cdef bint apply(self, uint8_t *to, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef Habit *habit(self, uint32_t number, Entry *entry, long long t, long long value, long long place) noexcept nogil
    cdef void more_habits(self) noexcept nogil
    cdef void learn(self, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef uint32_t experience(self, Entry *entry, long long t) noexcept nogil
    cdef void unpack_draft(self, Entry *entry, long long t) noexcept nogil
    cdef bint attempt(self, long long t, long long way) noexcept nogil
    cdef bint settled(self, long long first, long long last, long long t, long long r, int32_t *section, int32_t *change) noexcept nogil
    cdef uint32_t number_after(self, long long t) noexcept nogil
    cdef void wake_all(self, long long condition) noexcept nogil
    cdef uint32_t changed(self, long long first, long long last, long long t, int32_t *section, int32_t *change) noexcept nogil
    cdef bint learnt(self, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef void learn_wide(self, Wide *wide, Entry *entry, long long t, long long at, uint64_t mask) noexcept nogil
