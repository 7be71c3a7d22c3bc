from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from conclang.explore.packing cimport (
    Shape, load, save, get_id, set_id, digest, copy_up, same_bytes
)

cdef enum:
    FIRST_SLOTS = 32
    SIGHT = 16  # states looked ahead
    SPARE = 64  # bytes behind the last state, so that copies may be rounded up
    PARTS = 64  # a place is the index in a part, then the part in 6 bits
    PART_BITS = 6
    CANDIDATE = 12  # bytes before the state of a candidate
    FAR = 24  # candidates looked ahead for their slots
    NEAR = 12  # and for the states that the slots lead to

cdef extern from *:
    """
    #define PLACE 0xFFFFFFFFFFULL
    #define INDEX 0xFFFFFFU
    #define KNOWN 0x80000000U
    #define LARGE (8ULL << 20)
    #if defined(__GNUC__)
    #define prefetch(address) __builtin_prefetch(address)
    #define prefetch_to_write(address) __builtin_prefetch(address, 1)
    #else
    #define prefetch(address) ((void)(address))
    #define prefetch_to_write(address) ((void)(address))
    #endif
    #if defined(__linux__)
    #include <sys/mman.h>
    #define advise_large(start, size) ((void)madvise(start, size, MADV_HUGEPAGE))
    #else
    #define advise_large(start, size) ((void)(start), (void)(size))
    #endif
    """
    const uint64_t PLACE  # of a run, in a slot
    const uint32_t INDEX  # of a state, in a slot
    const uint32_t KNOWN  # it was met before
    const uint64_t LARGE
    void prefetch(void *address) noexcept nogil
    void prefetch_to_write(void *address) noexcept nogil
    void advise_large(void *start, size_t size) noexcept nogil

cdef struct Part:
    uint8_t *arena
    uint64_t room
    uint32_t *slots
    uint64_t mask
    uint64_t count
    uint64_t header
    uint64_t size
    uint64_t stride

cdef struct Lane:
    uint8_t *data
    uint64_t used
    uint64_t room

cdef struct Note:
    uint32_t line
    uint32_t found  # where its state is: the place plus one

cdef struct Notes:
    Note *at
    uint64_t count, room

cdef struct Run:
    long long word  # the first; -1 behind the last run
    bint wider
    uint64_t before
    uint64_t after
    uint64_t size

cdef struct Heard:
    uint8_t *arena
    uint64_t used
    uint64_t room
    uint64_t *slots
    uint64_t mask
    uint64_t count

cdef int encode(long long *words, long long length, uint8_t *out) noexcept nogil
cdef long long decode(uint8_t *data, long long size, long long *words) noexcept nogil
cdef bint open_part(Part *part, uint64_t header, uint64_t size) noexcept nogil
cdef void close_part(Part *part) noexcept nogil
cdef bint enter_lane(Part *part, uint64_t number, Lane *lane, uint64_t pitch, Notes *notes, bint known) noexcept nogil
cdef bint more_notes(Notes *notes, uint64_t more) noexcept nogil
cdef void look_ahead(Part *part, uint8_t *candidate) noexcept nogil
cdef long long insert(Part *part, uint8_t *key, uint32_t hashed, uint32_t parent) noexcept nogil
cdef long long lookup(Part *part, uint8_t *key, uint32_t hashed) noexcept nogil
cdef void large_pages(void *start, uint64_t size) noexcept nogil
cdef bint grow_slots(Part *part) noexcept nogil
cdef bint deal_slots(Part *part) noexcept nogil
cdef bint grow_arena(Part *part) noexcept nogil
cdef bint make_room(Part *part, Shape *new) noexcept nogil
cdef bint repack(Part *part, Shape *old, Shape *new) noexcept nogil
cdef void find_runs(Shape *old, Shape *new, Run *runs) noexcept nogil
cdef void move_state(Shape *old, Shape *new, Run *runs, uint8_t *before, uint8_t *after) noexcept nogil
cdef uint64_t part_bytes(Part *part) noexcept nogil
cdef bint open_heard(Heard *heard) noexcept nogil
cdef void close_heard(Heard *heard) noexcept nogil
cdef int hear(Heard *heard, uint8_t *key, long long size) noexcept nogil
cdef bint grow_heard(Heard *heard) noexcept nogil
