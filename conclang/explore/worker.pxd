cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport length, object_of
from conclang.machine.step cimport ways, step, next_branch, clear_branches
from conclang.explore.packing cimport (
    load, save, bytes_of, get_id, set_id, id_fits, digest, copy_up, same_bytes
)
from conclang.explore.store cimport (
    PARTS, PART_BITS, CANDIDATE, SPARE, Part, Lane, decode, prefetch, prefetch_to_write, lookup
)
from conclang.explore.images cimport Images
from conclang.explore.order cimport let_pass_by
from conclang.explore.sheet cimport (
    RECENT, Recent, Sheet, is_repeated, open_sheet, close_sheet, clear_sheet, write_line, more_lane,
)
from conclang.explore.shared cimport Shared
from conclang.explore.company cimport (
    MOST_TOGETHER, Company, send_home, joins, choice
)
from conclang.explore.catalog cimport (
    Entry, ANYTHING, ONE_WORD, OWNER, CALLING, WAITING, RUN, RUN_OF_NAMES
)
from conclang.explore.onlooker cimport (
    Onlooker, GOLDEN, REPORT_END, REPORT_STUCK, REPORT_SPIN, REPORT_FAULT, REPORT_FAILED
)


cdef enum:
    HEAVIEST = 12
    FIRST_HABITS = 1 << 10
    MOST_HABITS = 1 << 18
    WIDES = 1 << 14
    # how an entity took a step by habit
    NOT_NOW = 0
    DONE = 1
    LOST_TRACK = 2
    FIRST_LIMIT = 16

cdef extern from *:
    """
    #define NOWHERE 0xFFFFFFFFU
    #define UNKNOWN_STEP 0xFFFFFFFFU
    #define MISFIT 0xFFFFFFFEU
    """
    const uint32_t NOWHERE
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


@cython.final
cdef class Worker(Onlooker):
    cdef void enter(self, long long share, int shares) noexcept nogil
    cdef Recent *recent  # candidates of this run, by hash
    cdef uint8_t *draft  # the successor at hand, packed
    cdef long long room  # for the draft
    cdef Sheet *sheet
    cdef Images images
    cdef long long turn  # how the threads of the last state have changed places
    cdef Habit *habits
    cdef uint64_t habit_mask, habit_misses
    cdef Wide *wides
    cdef uint8_t *widths  # of the words of states, when these were learnt
    cdef bint ranked  # have locks ranks?
    cdef public unsigned long long transitions
    cdef unsigned long long before
    cdef public bint unfit  # some state did not fit into the shape
    cdef uint8_t *wanted  # per shared word: bytes that it needs
    cdef long long wanted_most
    # bounded preemptions: who moved last, what is spent, whether the last could go on
    cdef long long last, spent
    cdef bint last_can
    # steps that may be taken alone: are they being tried, do they lead deeper, do they fail?
    cdef bint trying, deeper, broken
    cdef Company company
    # a state with very many successors: by whom and how the next of them are; none left: -1
    cdef long long next_entity, next_way, from_entity, from_way
    cdef bint real  # is one of them more than a spurious wake-up?
    cdef readonly uint64_t end  # of the share
    cdef bint is_full(self) noexcept nogil
    cdef void take_piece(self, uint64_t place, long long entity, long long way)
    cdef void expand_piece(self, uint64_t place) noexcept nogil
    cdef bint some_ways(self, long long t, uint64_t place) noexcept nogil
    cdef void run(self, uint64_t begin, uint64_t end) noexcept nogil
    cdef void expand(self, uint64_t place) noexcept nogil
    cdef void look_back(self) noexcept nogil
    cdef bint few_alone(self, uint64_t place) noexcept nogil
    cdef uint64_t part_of_fresh(self) noexcept nogil
    cdef bint go_alone(self, uint64_t members, uint64_t place) noexcept nogil
    cdef long long take(self, long long t, uint64_t place) noexcept nogil
    cdef bint was_there(self, uint8_t *to, uint32_t hashed) noexcept nogil
    cdef long long by_step(self, long long t, uint64_t place) noexcept nogil
    cdef bint is_early(self, long long t) noexcept nogil
    cdef int by_habit(self, long long t, uint64_t place) noexcept nogil
    cdef int by_call(self, long long t, uint64_t place) noexcept nogil
    cdef bint wake(self, uint8_t *to, long long t) noexcept nogil
    cdef uint32_t one_step(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef uint32_t wide_step(self, uint8_t *to, long long t, uint32_t number, Entry *entry) noexcept nogil
    cdef bint open_wides(self) noexcept nogil
    cdef long long lock_at(self, uint8_t *to, long long t, Entry *entry) noexcept nogil
    cdef Habit *habit(self, uint32_t number, Entry *entry, long long t, long long value, long long place) noexcept nogil
    cdef uint32_t experience(self, Entry *entry, long long t) noexcept nogil
    cdef void wake_all(self, long long condition) noexcept nogil
    cdef uint32_t changed(self, long long first, long long last, long long t, int32_t *section, int32_t *change) noexcept nogil
    cdef void learn(self, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef bint learnt(self, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef void learn_wide(self, Wide *wide, Entry *entry, long long t, long long at, uint64_t mask) noexcept nogil
    cdef void more_habits(self) noexcept nogil
    cdef bint apply(self, uint8_t *to, Habit *habit, Entry *entry, long long t, long long place) noexcept nogil
    cdef bint put(self, uint8_t *to, long long word, long long value) noexcept nogil
    cdef long long value_for(self, Entry *entry, uint8_t *data, long long t, long long place) noexcept nogil
    cdef bint is_called(self, long long condition) noexcept nogil
    cdef int fuse_by_habit(self, uint8_t *to, long long t, uint32_t number) noexcept nogil
    cdef bint can_move(self, long long t) noexcept nogil
    cdef bint branches(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef void alternatives(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef void failed(self, uint64_t place, long long t, long long *words) noexcept nogil
    cdef bint may_step(self, long long t) noexcept nogil
    cdef long long price(self, long long t) noexcept nogil
    cdef bint has_yielded(self, long long t) noexcept nogil
    cdef uint8_t *room_for_draft(self) noexcept nogil
    cdef void dead_end(self, long long t, uint64_t parent) noexcept nogil
    cdef void emit(self, long long t, uint64_t parent) noexcept nogil
    cdef bint pack(self, uint8_t *to, bint whole) noexcept nogil
    cdef void finish(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight, uint64_t moved) noexcept nogil
    cdef long long fuse(self, long long t) noexcept nogil
    cdef bint stirred(self, long long at, long long size) noexcept nogil
    cdef bint is_twin(self, long long t) noexcept nogil
    cdef void hand_over(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight, uint64_t moved) noexcept nogil
    cdef void take_numbers(self, uint8_t *to) noexcept nogil
    cdef bint arrange(self, uint8_t *to) noexcept nogil
    cdef bint turned(self, uint8_t *to) noexcept nogil
    cdef bint line_up(self, uint8_t *to, long long t) noexcept nogil
    cdef void pass_by(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint owns_first(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef void forget(self, uint8_t *to) noexcept nogil
    cdef bint comes_before(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint exchange(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef uint64_t moved(self, long long t) noexcept nogil
    cdef bint is_guarded(self, long long t, long long pc) noexcept nogil
