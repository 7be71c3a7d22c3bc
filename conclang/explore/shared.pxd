cimport cython
from libc.stdint cimport uint8_t, uint64_t
from conclang.machine.state cimport Machine, record
from conclang.explore.catalog cimport Catalog, latch_wait
from conclang.explore.claims cimport Claims, open_claims
from conclang.explore.packing cimport Shape
from conclang.explore.sheet cimport Places, Sheet, blank_lines, close_sheet, list_fresh
from conclang.explore.store cimport PARTS, Notes, Part, close_part, enter_lane

cdef enum:
    PATIENCE = 1 << 12  # looks at the door before somebody else may have the processor
    LONG_PATIENCE = PATIENCE + 400  # and before the next batch is not waited for any more
    # where a worker is between batches
    AWAY = 0
    AT_HAND = 1
    CALLED = 2

cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    #define one_more(count) (_InterlockedIncrement((volatile long *)(count)))
    #define keep_bits(word, bits) ((void)_InterlockedAnd64((volatile long long *)(word), (bits)))
    #define swapped(word, was, is) \
        (_InterlockedCompareExchange((volatile long *)(word), (is), (was)) == (was))
    #define look(count) (_InterlockedOr((volatile long *)(count), 0))
    #define put_down(count, value) ((void)_InterlockedExchange((volatile long *)(count), (value)))
    #else
    #define one_more(count) __atomic_add_fetch((count), 1, __ATOMIC_ACQ_REL)
    #define keep_bits(word, bits) ((void)__atomic_and_fetch((word), (bits), __ATOMIC_RELAXED))
    #define swapped(word, was, is) __sync_bool_compare_and_swap((word), (was), (is))
    #define look(count) __atomic_load_n((count), __ATOMIC_ACQUIRE)
    #define put_down(count, value) __atomic_store_n((count), (value), __ATOMIC_RELEASE)
    #endif
    """
    int one_more(int *count) noexcept nogil
    int look(int *count) noexcept nogil
    bint swapped(int *word, int was, int becomes) noexcept nogil
    void keep_bits(uint64_t *word, uint64_t bits) noexcept nogil
    void put_down(int *count, int value) noexcept nogil
cdef extern from *:
    """
    #include <time.h>
    #if defined(CLOCK_MONOTONIC_COARSE)
    #define CONCLANG_CLOCK CLOCK_MONOTONIC_COARSE
    #elif defined(CLOCK_MONOTONIC)
    #define CONCLANG_CLOCK CLOCK_MONOTONIC
    #endif
    static double quick_clock(void) {
    #if defined(CONCLANG_CLOCK)
        struct timespec now;
        clock_gettime(CONCLANG_CLOCK, &now);
        return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    #else
        return (double)clock() / CLOCKS_PER_SEC;
    #endif
    }
    """
    double quick_clock() noexcept nogil

cdef extern from *:
    """
    #define LAST (1ULL << 63)
    #define FIRST_BITS (LAST - 1)
    """
    const uint64_t LAST
    const uint64_t FIRST_BITS

cdef extern from "Python.h":
    int check_signals "PyErr_CheckSignals" () except -1


@cython.final
cdef class Vector:
    cdef uint8_t *data
    cdef uint64_t count, room, width
    cdef bint push(self, void *item) noexcept nogil


@cython.final
cdef class Shared:
    cdef readonly Machine machine
    cdef public list workers
    cdef Catalog catalog
    cdef Shape shape
    cdef uint64_t pitch  # bytes of a candidate, for the store
    cdef Part[64] parts
    cdef Sheet **sheets  # one per share of a batch
    cdef long long sheet_count
    cdef Notes *notes  # per worker and sheet
    cdef long long note_count
    # the batch at hand: where in the frontier, in how many shares, and by how many workers
    cdef uint64_t first, last
    cdef long long shares, hands
    cdef int shares_taken, parts_taken, sheets_taken  # so many are done, or being done
    cdef bint amiss  # the batch is not entered: it does not fit, or there is no memory
    cdef bint starved  # there is no memory to enter it
    cdef int arrived, meetings  # see `meet`
    cdef int[64] places  # where the workers are
    cdef Places frontier
    cdef Vector marks
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
    cdef uint64_t *among
    cdef long long *rows  # per entity, then for all others: its row, -1: that of its record
    cdef long long row_size
    cdef long long last_row
    cdef uint64_t[64] before  # per part: states found before the search came to this depth
    cdef bint turns  # are states replaced by their least images?
    cdef int nameless  # have those who were started names? 2: and somebody waits for all of them
    cdef bint arranges  # does anything happen to a state before it is entered?
    cdef void meet(self) noexcept nogil
    cdef bint is_called(self, long long mine) noexcept nogil
    cdef uint64_t cut(self, long long share) noexcept nogil
    cdef bint settle(self, long long mine) noexcept nogil
    cdef bint gather(self, Places *lines) noexcept nogil
    # when to leave a batch: at once, at a moment, after so many successors, at a place of the frontier
    cdef bint stop
    cdef double deadline, asked
    cdef unsigned long long most, each  # of a batch; of one share
    cdef long long until
    cdef object pressed  # what a second Ctrl-C has raised
    cdef bint is_late(self) noexcept nogil
    cdef void ask_for_signals(self) noexcept with gil
