from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    HEADER = 16
    FIRST_SLOTS = 512

cdef extern from *:
    """
    #define MIX_START 0x9E3779B97F4A7C15ULL
    #define MIX_STEP 0xD6E8FEB86659FD93ULL
    #define MIX_END 0x9FB21C651E98DF25ULL
    #define PLACE 0xFFFFFFFFFFULL
    #define LARGE (8ULL << 20)
    #if defined(__GNUC__)
    #define prefetch(address) __builtin_prefetch(address)
    #else
    #define prefetch(address) ((void)(address))
    #endif
    #if defined(__linux__)
    #include <sys/mman.h>
    #define advise_large(start, size) ((void)madvise(start, size, MADV_HUGEPAGE))
    #else
    #define advise_large(start, size) ((void)(start), (void)(size))
    #endif
    """
    const uint64_t MIX_START
    const uint64_t MIX_STEP
    const uint64_t MIX_END
    const uint64_t PLACE  # of a record, in a slot
    const uint64_t LARGE
    void prefetch(void *address) noexcept nogil
    void advise_large(void *start, size_t size) noexcept nogil

cdef struct Part:
    uint8_t *arena
    uint64_t used
    uint64_t room
    uint64_t *slots
    uint64_t mask
    uint64_t count

cdef int encode(long long *words, long long length, uint8_t *out) noexcept nogil
cdef long long decode(uint8_t *data, long long size, long long *words) noexcept nogil
cdef uint64_t digest(uint8_t *data, long long size) noexcept nogil
cdef bint open_part(Part *part) noexcept nogil
cdef void close_part(Part *part) noexcept nogil
cdef long long insert(Part *part, uint8_t *key, long long size, uint64_t hashed, uint64_t parent) noexcept nogil
cdef void warm_slot(Part *part, uint64_t hashed) noexcept nogil
cdef void warm_record(Part *part, uint64_t hashed) noexcept nogil
cdef void large_pages(void *start, uint64_t size) noexcept nogil
cdef long long lookup(Part *part, uint8_t *key, long long size, uint64_t hashed) noexcept nogil
cdef bint grow_slots(Part *part) noexcept nogil
cdef bint grow_arena(Part *part, uint64_t need) noexcept nogil
cdef uint64_t part_bytes(Part *part) noexcept nogil
