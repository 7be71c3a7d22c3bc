# How a state is packed, and the few functions that read and write packed states.
#
# A packed state is the shared words, each in 0, 1, 2, 4 or 8 bytes (0: it has had one value so
# far, `still`), then one number per entity, which stands for its whole record (see catalog.py).
# All states of a search have one shape. When a value does not fit, the shape grows and all states
# are packed anew: widths are found, not asked for.
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>
    #ifndef CONCLANG_PACKING
    #define CONCLANG_PACKING
    typedef struct {
        long long words;      /* shared words */
        uint32_t *at;         /* where each begins */
        uint8_t *wide;        /* its bytes */
        long long *still;     /* its value while it has no bytes */
        long long ids_at;     /* where the numbers of the records begin */
        long long id_wide;    /* bytes of one */
        long long most;       /* so many entities have room */
        long long size;       /* bytes of a state */
    } Shape;

    static inline long long load(const Shape *shape, const uint8_t *data, long long word) {
        const uint8_t *from = data + shape->at[word];
        switch (shape->wide[word]) {
        case 0: return shape->still[word];
        case 1: return (int8_t)*from;
        case 2: { int16_t v; memcpy(&v, from, 2); return v; }
        case 4: { int32_t v; memcpy(&v, from, 4); return v; }
        default: { int64_t v; memcpy(&v, from, 8); return v; }
        }
    }

    /* the bytes that a value needs */
    static inline int bytes_of(long long value) {
        if (value == (int8_t)value) return 1;
        if (value == (int16_t)value) return 2;
        if (value == (int32_t)value) return 4;
        return 8;
    }

    /* Write a few bytes, by rewriting the eight in which they lie: a processor hands what was just
       stored on to a load of the same width or less at once, but not to a wider one, and soon the
       state is hashed and copied eight bytes at a time. Up to seven bytes behind the state are
       rewritten as they are. */
    static inline void poke(uint8_t *data, uint32_t at, int wide, uint64_t value) {
    #if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        uint32_t in = at & 7;
        if (in + wide <= 8 && wide < 8) {
            uint64_t word, mask = ((1ULL << (8 * wide)) - 1) << (8 * in);
            memcpy(&word, data + at - in, 8);
            word = (word & ~mask) | ((value << (8 * in)) & mask);
            memcpy(data + at - in, &word, 8);
            return;
        }
    #endif
        switch (wide) {
        case 1: data[at] = (uint8_t)value; return;
        case 2: { uint16_t v = (uint16_t)value; memcpy(data + at, &v, 2); return; }
        case 4: { uint32_t v = (uint32_t)value; memcpy(data + at, &v, 4); return; }
        default: memcpy(data + at, &value, 8);
        }
    }

    /* 0 if the value does not fit */
    static inline int save(const Shape *shape, uint8_t *data, long long word, long long value) {
        uint32_t at = shape->at[word];
        switch (shape->wide[word]) {
        case 0: return value == shape->still[word];
        case 1: poke(data, at, 1, (uint64_t)value); return value == (int8_t)value;
        case 2: poke(data, at, 2, (uint64_t)value); return value == (int16_t)value;
        case 4: poke(data, at, 4, (uint64_t)value); return value == (int32_t)value;
        default: poke(data, at, 8, (uint64_t)value); return 1;
        }
    }

    static inline uint32_t get_id(const Shape *shape, const uint8_t *data, long long t) {
        const uint8_t *from = data + shape->ids_at;
        switch (shape->id_wide) {
        case 1: return from[t];
        case 2: { uint16_t v; memcpy(&v, from + 2 * t, 2); return v; }
        case 3: from += 3 * t; return from[0] | from[1] << 8 | (uint32_t)from[2] << 16;
        default: { uint32_t v; memcpy(&v, from + 4 * t, 4); return v; }
        }
    }

    static inline void set_id(const Shape *shape, uint8_t *data, long long t, uint32_t id) {
        uint32_t at = (uint32_t)(shape->ids_at + shape->id_wide * t);
        switch (shape->id_wide) {
        case 1: poke(data, at, 1, id); return;
        case 2: poke(data, at, 2, id); return;
        case 3: poke(data, at, 1, id & 255); poke(data, at + 1, 1, id >> 8 & 255);
                poke(data, at + 2, 1, id >> 16); return;
        default: poke(data, at, 4, id); return;
        }
    }

    static inline int id_fits(const Shape *shape, uint32_t id) {
        return shape->id_wide >= 4 || id >> (8 * shape->id_wide) == 0;
    }

    /* the last bytes, fewer than eight, as a number; sizes hardly change, so branches are foreseen */
    static inline uint64_t rest_of(const uint8_t *data, long long size) {
        uint64_t word = 0;
        if (size & 4) { uint32_t v; memcpy(&v, data, 4); word = v; data += 4; }
        if (size & 2) { uint16_t v; memcpy(&v, data, 2); word = word << 16 | v; data += 2; }
        if (size & 1) word = word << 8 | *data;
        return word;
    }

    /* a 64-bit hash: eight bytes at a time, multiplied and folded (after Yi's wyhash) */
    static inline uint64_t digest(const uint8_t *data, long long size) {
        uint64_t hashed = 0x9E3779B97F4A7C15ULL ^ (uint64_t)size, word;
        while (size >= 8) {
            memcpy(&word, data, 8);
            hashed = (hashed ^ word) * 0xD6E8FEB86659FD93ULL;
            hashed ^= hashed >> 32;
            data += 8;
            size -= 8;
        }
        if (size > 0) {
            hashed = (hashed ^ rest_of(data, size)) * 0xD6E8FEB86659FD93ULL;
            hashed ^= hashed >> 32;
        }
        hashed *= 0x9FB21C651E98DF25ULL;
        return hashed ^ hashed >> 29;
    }

    /* Packed states are short: cheaper than a call. Up to seven bytes more are copied. */
    static inline void copy_up(uint8_t *to, const uint8_t *from, long long size) {
        uint64_t word;
        for (; size > 0; size -= 8) {
            memcpy(&word, from, 8);
            memcpy(to, &word, 8);
            to += 8;
            from += 8;
        }
    }

    static inline int same_bytes(const uint8_t *a, const uint8_t *b, long long size) {
        uint64_t x, y;
        while (size >= 8) {
            memcpy(&x, a, 8);
            memcpy(&y, b, 8);
            if (x != y) return 0;
            a += 8; b += 8; size -= 8;
        }
        return rest_of(a, size) == rest_of(b, size);
    }
    #endif
    """
    ctypedef struct Shape:
        long long words
        uint32_t *at
        uint8_t *wide
        long long *still
        long long ids_at
        long long id_wide
        long long most
        long long size
    long long load(Shape *shape, uint8_t *data, long long word) noexcept nogil
    int bytes_of(long long value) noexcept nogil
    bint save(Shape *shape, uint8_t *data, long long word, long long value) noexcept nogil
    uint32_t get_id(Shape *shape, uint8_t *data, long long t) noexcept nogil
    void set_id(Shape *shape, uint8_t *data, long long t, uint32_t id) noexcept nogil
    bint id_fits(Shape *shape, uint32_t id) noexcept nogil
    uint64_t digest(uint8_t *data, long long size) noexcept nogil
    void copy_up(uint8_t *to, uint8_t *from_, long long size) noexcept nogil
    bint same_bytes(uint8_t *a, uint8_t *b, long long size) noexcept nogil
