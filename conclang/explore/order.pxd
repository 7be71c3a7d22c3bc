# How threads have changed places, in 64 bits: place by place, four bits each, who stands there now,
# compared with who stood there before (so 0: everybody stayed). For as many as MOST_NAMED threads.
from libc.stdint cimport uint64_t

cdef enum:
    MOST_NAMED = 16  # as in reduce.py

cdef extern from *:
    """
    #include <stdint.h>
    #ifndef CONCLANG_ORDER
    #define CONCLANG_ORDER
    #define EVERYBODY_STAYS 0xFEDCBA9876543210ULL

    /* who stands at t goes to the place u, and all between move up by one */
    static inline uint64_t let_pass_by(uint64_t turn, long long t, long long u) {
        uint64_t order = turn ^ EVERYBODY_STAYS;
        uint64_t who = order >> (4 * t) & 15;
        uint64_t below = (1ULL << (4 * t)) - 1;
        order = (order & below) | (order >> 4 & ~below);
        below = (1ULL << (4 * u)) - 1;
        order = (order & below) | who << (4 * u) | (order & ~below) << 4;
        return order ^ EVERYBODY_STAYS;
    }

    /* threads as bits, as they were called before */
    static inline uint64_t named_before(uint64_t turn, uint64_t mask) {
        uint64_t order = turn ^ EVERYBODY_STAYS;
        uint64_t found = mask >> 16 << 16;
        if (turn == 0) return mask;
        for (mask &= 0xFFFF; mask != 0; mask >>= 1, order >>= 4)
            if (mask & 1) found |= 1ULL << (order & 15);
        return found;
    }

    /* the same bits, and for each all who stand beside it and are like it; `twins`: who is like
       the one before */
    static inline uint64_t with_twins(uint64_t bits, uint64_t twins) {
        uint64_t before;
        if (twins == 0) return bits;
        do {
            before = bits;
            bits |= (bits << 1 & twins) | (bits & twins) >> 1;
        } while (bits != before);
        return bits;
    }
    #endif
    """
    uint64_t let_pass_by(uint64_t turn, long long t, long long u) noexcept nogil
    uint64_t named_before(uint64_t turn, uint64_t mask) noexcept nogil
    uint64_t with_twins(uint64_t bits, uint64_t twins) noexcept nogil
