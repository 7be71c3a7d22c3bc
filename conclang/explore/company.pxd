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
        uint64_t at, asleep;  /* who stands at a micro-op, who waits for a signal */
        uint64_t once, twice; /* in the futures of at least one, at least two */
    } Company;

    static inline void send_home(Company *all) {
        all->there = all->at = all->asleep = all->once = 0;
        all->twice = NEVER_ALONE;
    }

    /* the status is one of state.py; spinning (5) and finished (6) stay at home */
    static inline void joins(Company *all, long long t, long long status, uint64_t future) {
        if (status >= 5) return;
        all->future[t] = future;
        all->twice |= all->once & future;
        all->once |= future;
        all->there |= 1ULL << t;
        if (status == 1) all->at |= 1ULL << t;
        if (status == 2) all->asleep |= 1ULL << t;
    }

    static inline int is_free(const Company *all, long long t) {
        return (all->at >> t & 1)
            && !(all->needs[t] & (all->twice | (all->once & ~all->future[t])));
    }

    /* 0: everybody, or it cannot be */
    static inline uint64_t who_goes_with(const Company *all, long long first, long long count) {
        uint64_t members = 0, joining = 1ULL << first, needs = 0;
        while (joining) {
            members |= joining;
            if (joining & ~(all->at | all->asleep)) return 0;
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

    /* the candidates in order: each one by itself, then each one with all who must go too */
    static inline uint64_t choice(const Company *all, long long which, long long count) {
        if ((all->there & (all->there - 1)) == 0) return 0;
        if (which >= count) return who_goes_with(all, which - count, count);
        return is_free(all, which) ? 1ULL << which : 0;
    }
    #endif
    """
    const uint64_t NEVER_ALONE
    ctypedef struct Company:
        uint64_t needs[64]
        uint64_t among[64]
    void send_home(Company *everybody) noexcept nogil
    void joins(Company *everybody, long long t, long long status, uint64_t future) noexcept nogil
    uint64_t choice(Company *everybody, long long which, long long count) noexcept nogil
