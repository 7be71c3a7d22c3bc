cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, object_of, record, retake_of
from conclang.explore.packing cimport digest
from conclang.explore.store cimport encode, decode
from conclang.explore.claims cimport Claims, close_claims, row_of

cdef enum:
    PAGE = 4096  # entries of one page
    PAGES = 1 << 16
    BLOCK = 1 << 16  # bytes of records are asked for by the block
    # what an entity's next step may touch besides its record, see catalog.py
    ANYTHING = 0
    ONE_WORD = 1
    NO_VALUE = 2
    OWNER = 3
    CALLING = 4
    WAITING = 5
    RUN = 6
    RUN_OF_NAMES = 7
    INDIVISIBLE = 8
    MEETING = 9
    UNLIKE = 255  # an access that is like no other that was numbered

cdef extern from *:
    """
    #ifndef CONCLANG_LATCH
    #define CONCLANG_LATCH
    #if defined(_MSC_VER)
    #include <intrin.h>
    #define latch_taken(latch) _InterlockedExchange((volatile long *)(latch), 1)
    #define latch_open(latch) ((void)_InterlockedExchange((volatile long *)(latch), 0))
    #define latch_wait() ((void)0)
    #else
    #include <sched.h>
    #define latch_taken(latch) __atomic_exchange_n((latch), 1, __ATOMIC_ACQUIRE)
    #define latch_open(latch) __atomic_store_n((latch), 0, __ATOMIC_RELEASE)
    #define latch_wait() ((void)sched_yield())
    #endif
    #endif
    """
    int latch_taken(int *latch) noexcept nogil
    void latch_open(int *latch) noexcept nogil
    void latch_wait() noexcept nogil

cdef struct Entry:
    uint64_t key  # the first words, so that keys are ordered like records; may be equal
    uint64_t hashed
    uint8_t *data  # the record, encoded
    long long thing  # the object of its next micro-op, -1
    uint32_t size  # bytes of data
    int32_t words
    int32_t pc
    int32_t place  # the shared word that its next step touches, -1
    int32_t run  # so many words from there on, if it is more than one
    uint32_t awake  # the same record after a signal, 0: not known
    int32_t row  # which look ahead holds for it, see origins.py
    uint8_t status
    uint8_t kind
    uint8_t manner
    uint8_t access  # 0: it does not touch a cell next; accesses of one place in the code and one
    # cell have one number

@cython.final
cdef class Catalog:
    cdef Machine machine
    cdef Entry **pages
    cdef Claims *claims  # see origins.py; NULL: nobody asks for rows
    cdef public unsigned long long count
    cdef uint32_t *slots
    cdef uint64_t mask
    cdef int latch
    cdef uint8_t *block
    cdef uint64_t left  # bytes left in the block
    cdef list blocks
    cdef uint64_t[256] accesses  # by number: the place in the code and the cell
    cdef int access_count
    cdef uint8_t **held
    cdef uint64_t held_count, held_room
    cdef public unsigned long long bytes
    cdef bint plain_steps, plain_locks, plain_conditions
    cdef inline Entry *entry(self, uint32_t number) noexcept nogil:
        return self.pages[number >> 12] + (number & 4095)
    cdef uint32_t number_of(self, long long *s, long long t, long long words, uint8_t *scratch, bint add) noexcept nogil
    cdef uint32_t look(self, uint8_t *data, uint32_t size, uint64_t hashed) noexcept nogil
    cdef uint32_t enter(self, Entry *fresh, uint8_t *data) noexcept nogil
    cdef bint more_slots(self) noexcept nogil
    cdef uint8_t *room_for(self, uint64_t size) noexcept nogil
    cdef void describe(self, Entry *entry, long long *s, long long t) noexcept nogil
    cdef uint8_t access_of(self, Entry *entry) noexcept nogil
    cdef int manner_of(self, Entry *entry, long long *s, long long t) noexcept nogil
    cdef bint comes_before(self, uint32_t one, uint32_t two, long long *left, long long *right) noexcept nogil

cdef uint64_t first_words(long long *words, long long count) noexcept nogil
