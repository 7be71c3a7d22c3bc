cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, Context, length, object_of, record
from conclang.machine.step cimport ways, step, next_branch, clear_branches, evaluate
from conclang.explore.packing cimport (
    Shape, load, save, bytes_of, get_id, set_id, id_fits, digest
)
from conclang.explore.store cimport (
    Part, Heard, INDEX, encode, decode, prefetch, same_bytes, insert, lookup, close_part, open_heard, close_heard, hear
)
from conclang.explore.images cimport Images
from conclang.explore.vector cimport Vector
from conclang.explore.catalog cimport (
    Catalog, Entry, ANYTHING, ONE_WORD, NO_VALUE, OWNER, CALLING
)


cdef enum:
    PARTS = 64  # of the store; a place is the index in a part, then the part in 6 bits
    PART_BITS = 6
    CANDIDATE = 40
    RECENT = 1 << 12
    AHEAD = 32  # candidates looked ahead
    HEAVIEST = 12
    CROWD = 16  # so many entities are told apart in reports of pairs
    LARGEST_STATE = 1 << 26
    FIRST_HABITS = 1 << 10
    MOST_HABITS = 1 << 18
    TOLD = 256
    # how an entity took a step by habit
    NOT_NOW = 0
    DONE = 1
    LOST_TRACK = 2
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
    FIRST_LIMIT = 16

cdef extern from *:
    """
    #define NOWHERE 0xFFFFFFFFU
    #define NEVER_ALONE (1ULL << 63)
    #define UNKNOWN_STEP 0xFFFFFFFFU
    #define GOLDEN 0x9E3779B97F4A7C15ULL
    """
    const uint64_t GOLDEN
    const uint32_t NOWHERE
    const uint64_t NEVER_ALONE  # as in persistent.py
    const uint32_t UNKNOWN_STEP

cdef struct Habit:
    uint64_t key  # number of the record, value of the word
    uint32_t after  # the record after the step; 0: it is not possible; UNKNOWN_STEP
    int32_t value  # the word after the step
    int32_t section  # a section's word that changes too, -1
    int32_t change


cdef struct Recent:
    uint32_t tag  # of the hash
    uint32_t at  # where in the buffer, in groups of eight bytes, plus one

@cython.final
cdef class Shared:
    cdef readonly Machine machine
    cdef public list workers
    cdef Catalog catalog
    cdef Shape shape
    cdef uint64_t pitch  # bytes of a candidate
    cdef Part[64] parts
    cdef Vector frontier, marks
    cdef readonly bint keep, look_for_races, bounded
    cdef long long predicate_count, section_count
    cdef long long[32] predicate
    cdef long long[32] section_place
    cdef long long[32] section_limit
    cdef uint8_t[128] fusable
    cdef bint fuses
    cdef long long *place_of  # where the records of declared threads begin
    cdef uint8_t *follows  # is the thread before interchangeable with it?
    cdef uint8_t *is_section  # per shared word
    cdef uint64_t *guards  # per cell: locks held at every access so far, as bits
    cdef long long *guard_of  # per cell: the lock that we rely on, -1 = none
    cdef public bint unguarded  # was such a cell touched without its lock?
    cdef long long allowed, yield_count
    cdef long long *yields
    cdef uint8_t *immediate  # per micro-op: a write right after the read it rests on
    cdef long long group_count
    cdef long long[64] groups
    cdef long long owner_count
    cdef long long *owners  # the words that name an owner
    cdef uint64_t *future  # per row and micro-op, see persistent.py
    cdef uint64_t *needs
    cdef long long *rows  # per declared thread, then for all others: where its row begins
    cdef uint64_t[64] before  # per part: states found before the search came to this depth
    cdef bint turns  # are states replaced by their least images?
    cdef bint nameless  # have those who were started no names?
    cdef bint arranges  # does anything happen to a state before it is entered?


@cython.final
cdef class Worker:
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
    cdef Recent *recent  # candidates of this run, by hash
    cdef uint8_t *data  # the state at hand, packed
    cdef long long spread_out  # how much of it stands in `state`: 0, 1 shared words, 2 all
    cdef uint8_t *scratch
    cdef uint8_t *buffer
    cdef uint64_t used
    cdef uint64_t room
    cdef Heard heard
    cdef Images images
    cdef long long turn  # by which permutation the last state was replaced
    cdef Habit *habits
    cdef uint64_t habit_mask, habit_misses
    cdef public list reports
    cdef public unsigned long long transitions
    cdef unsigned long long before
    cdef public bint starved
    cdef public bint unfit  # some state did not fit into the shape
    cdef uint8_t *wanted  # per shared word: bytes that it needs
    cdef long long wanted_most
    cdef uint8_t[32] truths
    cdef uint64_t[256] told
    # bounded preemptions: who moved last, what is spent, whether the last could go on
    cdef long long last, spent
    cdef bint last_can
    # a step that may be taken alone: is it being tried, does it lead deeper, has it failed?
    cdef bint trying, deeper, broken
    cdef bint larger(self) noexcept nogil
    cdef void run(self, uint64_t begin, uint64_t end) noexcept nogil
    cdef void look_at(self, uint64_t place) noexcept nogil
    cdef void spread(self) noexcept nogil
    cdef void spread_shared(self) noexcept nogil
    cdef void expand(self, uint64_t place) noexcept nogil
    cdef bint one_alone(self, uint64_t place) noexcept nogil
    cdef uint64_t part_of_fresh(self) noexcept nogil
    cdef bint goes_alone(self, long long t, uint64_t place) noexcept nogil
    cdef long long take(self, long long t, uint64_t place) noexcept nogil
    cdef bint was_there(self, uint8_t *to, uint64_t hashed) noexcept nogil
    cdef long long by_step(self, long long t, uint64_t place) noexcept nogil
    cdef int by_habit(self, long long t, uint64_t place) noexcept nogil
    cdef Habit *habit(self, uint32_t number, Entry *entry, long long t, long long value) noexcept nogil
    cdef void learn(self, Habit *habit, Entry *entry, uint32_t number, long long t) noexcept nogil
    cdef bint learnt(self, Habit *habit, Entry *entry, long long t) noexcept nogil
    cdef void more_habits(self) noexcept nogil
    cdef bint apply(self, uint8_t *to, Habit *habit, Entry *entry, long long t) noexcept nogil
    cdef bint put(self, uint8_t *to, long long word, long long value) noexcept nogil
    cdef long long value_for(self, Entry *entry, uint8_t *data, long long t) noexcept nogil
    cdef bint is_called(self, long long condition) noexcept nogil
    cdef int fuse_by_habit(self, uint8_t *to, long long t, uint32_t number) noexcept nogil
    cdef void alternatives(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef void failed(self, uint64_t place, long long t, long long *words) noexcept nogil
    cdef bint may_step(self, long long t) noexcept nogil
    cdef long long price(self, long long t) noexcept nogil
    cdef bint has_yielded(self, long long t) noexcept nogil
    cdef uint8_t *candidate(self) noexcept nogil
    cdef void dead_end(self, long long t, uint64_t parent) noexcept nogil
    cdef void emit(self, long long t, uint64_t parent) noexcept nogil
    cdef bint pack(self, uint8_t *to, bint whole) noexcept nogil
    cdef void finish(self, uint8_t *to, uint64_t parent, long long t, uint64_t weight, uint64_t moved) noexcept nogil
    cdef long long fuse(self, long long t) noexcept nogil
    cdef bint stirred(self, long long at, long long size) noexcept nogil
    cdef long long record_of(self, long long t) noexcept nogil
    cdef bint is_twin(self, long long t) noexcept nogil
    cdef bint pair_was_told(self, long long kind, long long *words) noexcept nogil
    cdef bint is_repeated(self, uint8_t *to, uint64_t hashed) noexcept nogil
    cdef void take_numbers(self, uint8_t *to) noexcept nogil
    cdef bint arrange(self, uint8_t *to) noexcept nogil
    cdef bint turned(self, uint8_t *to) noexcept nogil
    cdef void forget(self, uint8_t *to) noexcept nogil
    cdef bint comes_before(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef bint exchange(self, uint8_t *to, long long t, long long u) noexcept nogil
    cdef uint64_t moved(self, long long t) noexcept nogil
    cdef void inspect(self, uint64_t place) noexcept nogil
    cdef void predicates(self, uint64_t place) noexcept nogil
    cdef void races(self, uint64_t place) noexcept nogil
    cdef void note_guard(self, long long t, long long cell) noexcept nogil
    cdef bint is_guarded(self, long long t, long long pc) noexcept nogil
    cdef void atomic_races(self, long long t, uint64_t place) noexcept nogil
    cdef void atomic_access(self, long long t, long long kind, long long cell, uint64_t place) noexcept nogil
    cdef void overtaken(self, uint64_t place) noexcept nogil
    cdef bint same_loop(self, long long t, long long u) noexcept nogil
    cdef void ended(self, uint64_t place, long long kind) noexcept nogil
    cdef void report(self, uint64_t place, long long t, long long kind, long long *words, long long count) noexcept nogil
    cdef bint reserve(self, uint64_t need) noexcept nogil
    cdef void settle(self, Worker writer, uint64_t share, uint64_t shares) noexcept nogil
