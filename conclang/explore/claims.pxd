# Which look ahead holds for a record: the twin of `Origins.row_of` in origins.py, on the same tables.
cdef extern from *:
    """
    #ifndef CONCLANG_CLAIMS
    #define CONCLANG_CLAIMS
    #include <stdlib.h>
    typedef struct {
        long long walks, ops, stack, other;
        long long *rows, *begins, *ends; /* per walk */
        long long *claims;               /* per walk and micro-op, -1: it does not come by there */
        long long *limits;               /* slot, least, most; -1 ends them */
        long long *frames;               /* per micro-op */
    } Claims;

    static inline void close_claims(Claims *all) {
        if (!all) return;
        free(all->rows);
        free(all->begins);
        free(all->ends);
        free(all->claims);
        free(all->limits);
        free(all->frames);
        free(all);
    }

    static inline long long *words_for(long long count) {
        return (long long *)calloc((size_t)count + 1, sizeof(long long));
    }

    /* NULL: no memory */
    static inline Claims *open_claims(long long walks, long long ops, long long limits) {
        Claims *all = (Claims *)calloc(1, sizeof(Claims));
        if (!all) return 0;
        all->walks = walks;
        all->ops = ops;
        all->rows = words_for(walks);
        all->begins = words_for(walks);
        all->ends = words_for(walks);
        all->claims = words_for(walks * ops);
        all->limits = words_for(limits);
        all->frames = words_for(ops);
        if (all->rows && all->begins && all->ends && all->claims && all->limits && all->frames)
            return all;
        close_claims(all);
        return 0;
    }

    /* `words`: a record that begins with status, pc, frame */
    static inline int claim_holds(const Claims *all, long long walk, const long long *words) {
        long long pc = words[1], base = all->stack + words[2], back;
        for (;;) {
            long long at = all->claims[walk * all->ops + pc];
            if (at < 0) return 0;
            for (; all->limits[at] >= 0; at += 3) {
                long long value = words[base + all->limits[at]];
                if (value < all->limits[at + 1] || value > all->limits[at + 2]) return 0;
            }
            if (base <= all->stack) return all->begins[walk] <= pc && pc < all->ends[walk];
            back = words[base - 1];
            base -= 1 + all->frames[back];
            pc = back - 1;
        }
    }

    static inline long long row_of(const Claims *all, const long long *words) {
        for (long long walk = 0; walk < all->walks; walk++)
            if (claim_holds(all, walk, words)) return all->rows[walk];
        return all->other;
    }
    #endif
    """
    ctypedef struct Claims:
        long long stack
        long long other
        long long *rows
        long long *begins
        long long *ends
        long long *claims
        long long *limits
        long long *frames
    Claims *open_claims(long long walks, long long ops, long long limits) noexcept nogil
    void close_claims(Claims *claims) noexcept nogil
    long long row_of(const Claims *claims, const long long *words) noexcept nogil
