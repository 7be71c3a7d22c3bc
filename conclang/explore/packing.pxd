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

    /* 0 if the value does not fit */
    static inline int save(const Shape *shape, uint8_t *data, long long word, long long value) {
        uint8_t *to = data + shape->at[word];
        switch (shape->wide[word]) {
        case 0: return value == shape->still[word];
        case 1: { int8_t v = (int8_t)value; *to = (uint8_t)v; return v == value; }
        case 2: { int16_t v = (int16_t)value; memcpy(to, &v, 2); return v == value; }
        case 4: { int32_t v = (int32_t)value; memcpy(to, &v, 4); return v == value; }
        default: { int64_t v = value; memcpy(to, &v, 8); return 1; }
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
        uint8_t *to = data + shape->ids_at;
        switch (shape->id_wide) {
        case 1: to[t] = (uint8_t)id; return;
        case 2: { uint16_t v = (uint16_t)id; memcpy(to + 2 * t, &v, 2); return; }
        case 3: to += 3 * t; to[0] = id & 255; to[1] = id >> 8 & 255; to[2] = id >> 16 & 255; return;
        default: memcpy(to + 4 * t, &id, 4); return;
        }
    }

    static inline int id_fits(const Shape *shape, uint32_t id) {
        return shape->id_wide >= 4 || id >> (8 * shape->id_wide) == 0;
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
            word = 0;
            memcpy(&word, data, size);
            hashed = (hashed ^ word) * 0xD6E8FEB86659FD93ULL;
            hashed ^= hashed >> 32;
        }
        hashed *= 0x9FB21C651E98DF25ULL;
        return hashed ^ hashed >> 29;
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
