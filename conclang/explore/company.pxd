# Who may be taken alone in a state, and who has to be taken with whom: the twin of `candidates` in
# persistent.py, on bits. `future`: classes of objects that an entity may still touch; `needs`: those
# that must not be in the future of anybody else, for its next step; `among`: the same if others are
# taken with it. The last bit of a set of classes says that it cannot be.
from libc.stdint cimport uint64_t

cdef enum:
    MOST_TOGETHER = 64  # as in persistent.py

cdef extern from *:
    """
    #include <stdint.h>
    #ifndef CONCLANG_COMPANY
    #define CONCLANG_COMPANY
    #define NEVER_ALONE (1ULL << 63)
    typedef struct {
        uint64_t future[64];
        uint64_t needs[64];
        uint64_t among[64];
        uint64_t there;       /* who is on the way, as bits */
        uint64_t once, twice; /* in the futures of at least one, at least two */
    } Company;

    static inline void send_home(Company *all) {
        all->there = all->once = 0;
        all->twice = NEVER_ALONE;
    }

    static inline void joins(Company *all, long long t, uint64_t future) {
        all->future[t] = future;
        all->twice |= all->once & future;
        all->once |= future;
        all->there |= 1ULL << t;
    }

    static inline int is_one(const Company *all) {
        return (all->there & (all->there - 1)) == 0;
    }

    static inline int is_free(const Company *all, long long t) {
        return (all->there >> t & 1)
            && !(all->needs[t] & (all->twice | (all->once & ~all->future[t])));
    }

    /* 0: everybody, or it cannot be */
    static inline uint64_t who_goes_with(const Company *all, long long first, long long count) {
        uint64_t members = 0, joining = 1ULL << first, needs = 0;
        if (!(all->there >> first & 1)) return 0;
        while (joining) {
            members |= joining;
            for (long long t = 0; t < count; t++)
                if (joining >> t & 1) needs |= all->among[t];
            if (needs & NEVER_ALONE) return 0;
            joining = 0;
            for (long long t = 0; t < count; t++)
                if ((all->there & ~members) >> t & 1 && all->future[t] & needs)
                    joining |= 1ULL << t;
        }
        return members == all->there ? 0 : members;
    }
    #endif
    """
    const uint64_t NEVER_ALONE
    ctypedef struct Company:
        uint64_t future[64]
        uint64_t needs[64]
        uint64_t among[64]
    void send_home(Company *everybody) noexcept nogil
    void joins(Company *everybody, long long t, uint64_t future) noexcept nogil
    bint is_one(Company *everybody) noexcept nogil
    bint is_free(Company *everybody, long long t) noexcept nogil
    uint64_t who_goes_with(Company *everybody, long long first, long long count) noexcept nogil
