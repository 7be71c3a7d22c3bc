from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, Context, length, object_of, record
from conclang.machine.step cimport (
    start, ways, step, next_branch, clear_branches, evaluate
)
from conclang.explore.store cimport (
    Part, encode, decode, digest, insert, lookup, warm_slot, warm_record, open_part, close_part, part_bytes
)


cdef enum:
    PARTS = 16
    CANDIDATE = 40
    SIGHT = 16  # candidates looked ahead
    HEAVIEST = 12
    CROWD = 16  # so many entities are told apart in reports of pairs
    GRAPH_BYTES = 60  # what the analyses of the graph need per edge, in Python
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
    FIRST_LIMIT = 16

cdef extern from *:
    """
    #define NOWHERE (1ULL << 60)
    #define NO_STATE 0xFFFFFFFFU
    #define LAST (1ULL << 63)
    #define FIRST_BITS (LAST - 1)
    """
    const uint64_t NOWHERE
    const uint32_t NO_STATE
    const uint64_t LAST
    const uint64_t FIRST_BITS


cdef class Vector:
    cdef uint8_t *data
    cdef uint64_t count, room, width
    cdef bint push(self, void *item) noexcept nogil


cdef class Worker:
    cdef Search search
    cdef Machine machine
    cdef Context context, ahead
    cdef long long *state
    cdef long long *child
    cdef long long *later
    cdef long long size
    cdef uint8_t *buffer
    cdef uint64_t used
    cdef uint64_t room
    cdef Part seen
    cdef public list reports
    cdef public unsigned long long transitions
    cdef public bint starved
    cdef uint8_t[32] truths
    cdef long long[1536] told
    # bounded preemptions: who moved last, what is spent, whether the last could go on
    cdef long long last, spent
    cdef bint last_can
    cdef bint larger(self) noexcept nogil
    cdef void run(self, uint64_t begin, uint64_t end) noexcept nogil
    cdef void expand(self, uint64_t place) noexcept nogil
    cdef void alternatives(self, long long t, long long way, uint64_t place) noexcept nogil
    cdef void failed(self, uint64_t place, long long t, long long *words) noexcept nogil
    cdef bint may_step(self, long long t) noexcept nogil
    cdef long long price(self, long long t) noexcept nogil
    cdef bint has_yielded(self, long long t) noexcept nogil
    cdef void dead_end(self, long long t, uint64_t parent) noexcept nogil
    cdef void emit(self, long long t, uint64_t parent) noexcept nogil
    cdef long long fuse(self, long long t) noexcept nogil
    cdef bint stirred(self, long long at, long long size) noexcept nogil
    cdef inline long long record_of(self, long long t) noexcept nogil
    cdef bint is_twin(self, long long t) noexcept nogil
    cdef void forget_pair(self, long long *words) noexcept nogil
    cdef bint was_told(self, long long kind, long long *words) noexcept nogil
    cdef void canonical(self) noexcept nogil
    cdef bint comes_before(self, long long t, long long u) noexcept nogil
    cdef void exchange(self, long long t, long long u) noexcept nogil
    cdef void rename(self, long long place, long long t, long long u) noexcept nogil
    cdef long long size_of(self, long long t) noexcept nogil
    cdef bint stirred(self, long long at, long long size) noexcept nogil
    cdef uint64_t moved(self, long long t) noexcept nogil
    cdef void inspect(self, uint64_t place) noexcept nogil
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
    cdef uint8_t *look_ahead(self, uint8_t *at, uint8_t *end, uint64_t share, uint64_t shares, bint closer) noexcept nogil
    cdef void settle(self, Worker writer, uint64_t share, uint64_t shares) noexcept nogil


cdef void backwards(uint64_t *both, uint64_t *moved, uint64_t edges, uint64_t count, uint64_t *ever, uint32_t *first, uint32_t *before, uint32_t *work) noexcept nogil


cdef class Search:
    cdef uint64_t *ever(self) except NULL
    cdef uint64_t stuck_at(self, uint64_t place, uint64_t moving, uint64_t daemons)
    cdef readonly Machine machine
    cdef readonly list workers
    cdef list waiting
    cdef Part[16] parts
    cdef uint8_t *arenas[16]
    cdef Vector frontier, edges, masks, actors, marks
    cdef uint64_t done
    cdef public unsigned long long states, depth
    cdef readonly bint keep, look_for_races
    cdef long long predicate_count, section_count
    cdef long long[32] predicate
    cdef long long[32] section_place
    cdef long long[32] section_limit
    cdef uint8_t[128] fusable
    cdef long long *place_of  # where the records of declared threads begin
    cdef uint8_t *follows  # is the thread before interchangeable with it?
    cdef bint bounded
    cdef uint64_t *guards  # per cell: locks held at every access so far, as bits
    cdef long long *guard_of  # per cell: the lock that we rely on, -1 = none
    cdef public bint unguarded  # was such a cell touched without its lock?
    cdef long long allowed, yield_count
    cdef long long *yields
    cdef uint8_t *immediate  # per micro-op: a write right after the read it rests on
    cdef long long group_count
    cdef long long[64] groups
    cdef void collect(self, Worker worker)
    cdef void connect(self, uint8_t *at, uint64_t parent, uint32_t target)
