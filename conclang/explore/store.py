# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""Visited states, a few dozen bytes each (compiled engine).

A state is a run of words, most of them zero or tiny. It is written in groups of eight words: one
byte says which of the eight are not zero, then each of those follows as a zigzag varint; several
empty groups are a zero byte and their number. A state of forty words takes about twenty bytes.

All records lie one behind the other in an arena:

    parent (8 bytes)   number (4)   length (4)   the encoded state

and are found by open addressing with linear probing (Knuth, TAOCP 6.4). A slot holds the record's
place plus one (40 bits) and 24 bits of the hash, so that a look into the arena is nearly always a
hit. Nothing is ever taken out. One thread at a time touches a `Part`: the search deals states out
to parts by their hash.

The twin for the plain engine is a dict in `plain.py`.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memcmp, memcpy, memset


def encode(words, length, out):
    """Write `length` words to `out`; how many bytes it took."""
    at: cython.int = 0
    word: cython.longlong = 0
    stop: cython.longlong
    place: cython.int
    empty: cython.int = -1  # where the number of empty groups stands, if one is being counted
    bits: cython.uint
    bit: cython.uint
    value: uint64_t
    while word < length:
        stop = word + 8
        if stop > length:
            stop = length
        place = at
        at += 1
        bits = 0
        bit = 1
        while word < stop:
            if words[word] != 0:
                bits |= bit
                value = (cython.cast(uint64_t, words[word]) << 1) ^ cython.cast(
                    uint64_t, words[word] >> 63
                )
                while value >= 128:
                    out[at] = cython.cast(uint8_t, (value & 127) | 128)
                    at += 1
                    value >>= 7
                out[at] = cython.cast(uint8_t, value)
                at += 1
            bit <<= 1
            word += 1
        if bits:
            out[place] = cython.cast(uint8_t, bits)
            empty = -1
        elif empty >= 0 and out[empty] < 255:
            out[empty] += 1
            at = place
        else:
            out[place] = 0
            out[at] = 1
            empty = at
            at += 1
    return at


def decode(data, size, words):
    """The words of an encoded state; how many, rounded up to eight."""
    at: cython.longlong = 0
    word: cython.longlong = 0
    index: cython.longlong
    bits: cython.uint
    shift: cython.uint
    value: uint64_t
    while at < size:
        bits = data[at]
        at += 1
        memset(cython.address(words[word]), 0, 64)
        if bits == 0:
            memset(cython.address(words[word]), 0, 64 * data[at])
            word += 8 * data[at]
            at += 1
            continue
        index = word
        while bits:
            if bits & 1:
                value = data[at] & 127
                shift = 7
                while data[at] & 128:
                    at += 1
                    value |= cython.cast(uint64_t, data[at] & 127) << shift
                    shift += 7
                at += 1
                words[index] = cython.cast(cython.longlong, (value >> 1) ^ (0 - (value & 1)))
            bits >>= 1
            index += 1
        word += 8
    return word


def digest(data, size):
    """A 64-bit hash: eight bytes at a time, multiplied and folded (after Yi's wyhash)."""
    hashed: uint64_t = MIX_START ^ cython.cast(uint64_t, size)
    word: uint64_t
    at: cython.longlong = 0
    while at + 8 <= size:
        memcpy(cython.address(word), cython.address(data[at]), 8)
        hashed = (hashed ^ word) * MIX_STEP
        hashed ^= hashed >> 32
        at += 8
    if at < size:
        word = 0
        memcpy(cython.address(word), cython.address(data[at]), size - at)
        hashed = (hashed ^ word) * MIX_STEP
        hashed ^= hashed >> 32
    hashed *= MIX_END
    hashed ^= hashed >> 29
    return hashed


def open_part(part):
    """An empty part; False: no memory."""
    memset(part, 0, cython.sizeof(Part))
    part.mask = FIRST_SLOTS - 1
    part.slots = cython.cast(cython.pointer(uint64_t), calloc(FIRST_SLOTS, 8))
    return part.slots != cython.NULL


def close_part(part):
    """Give the memory back."""
    free(part.arena)
    free(part.slots)
    memset(part, 0, cython.sizeof(Part))


def insert(part, key, size, hashed, parent):
    """Twice the place of the record, plus one if it is new; -1: no memory."""
    at: uint64_t
    slot: uint64_t
    record: cython.pointer(uint8_t)
    short: uint32_t = cython.cast(uint32_t, size)
    if part.count * 4 > part.mask * 3 and not grow_slots(part):
        return -1
    at = hashed & part.mask
    while True:
        slot = part.slots[at]
        if slot == 0:
            break
        if (slot >> 40) == (hashed >> 40):
            record = part.arena + ((slot & PLACE) - 1)
            if memcmp(record + 12, cython.address(short), 4) == 0 and (
                memcmp(record + HEADER, key, size) == 0
            ):
                return cython.cast(cython.longlong, ((slot & PLACE) - 1) << 1)
        at = (at + 1) & part.mask
    if part.used + HEADER + size > part.room and not grow_arena(part, HEADER + size):
        return -1
    record = part.arena + part.used
    memcpy(record, cython.address(parent), 8)
    memcpy(record + 12, cython.address(short), 4)
    memcpy(record + HEADER, key, size)
    part.slots[at] = ((hashed >> 40) << 40) | (part.used + 1)
    at = part.used
    part.used += HEADER + size
    part.count += 1
    return cython.cast(cython.longlong, (at << 1) | 1)


def warm_slot(part, hashed):
    """Ask for the slot of a hash to be brought into the cache."""
    prefetch(cython.address(part.slots[hashed & part.mask]))


def warm_record(part, hashed):
    """Ask for the record in the slot of a hash, which is in the cache by now."""
    slot: uint64_t = part.slots[hashed & part.mask]
    if slot != 0 and (slot >> 40) == (hashed >> 40):
        prefetch(part.arena + ((slot & PLACE) - 1))


def large_pages(start, size):
    """Large memory is better kept in large pages; the system may disagree."""
    address: cython.size_t = cython.cast(cython.size_t, start)
    first: cython.size_t = (address + 4095) & ~cython.cast(cython.size_t, 4095)
    if size >= LARGE:
        advise_large(cython.cast(cython.p_void, first), size - 4096)


def lookup(part, key, size, hashed):
    """The place of a record, -1 if there is none."""
    at: uint64_t = hashed & part.mask
    slot: uint64_t
    record: cython.pointer(uint8_t)
    short: uint32_t = cython.cast(uint32_t, size)
    while part.slots[at] != 0:
        slot = part.slots[at]
        if (slot >> 40) == (hashed >> 40):
            record = part.arena + ((slot & PLACE) - 1)
            if memcmp(record + 12, cython.address(short), 4) == 0 and (
                memcmp(record + HEADER, key, size) == 0
            ):
                return cython.cast(cython.longlong, (slot & PLACE) - 1)
        at = (at + 1) & part.mask
    return -1


def grow_slots(part):
    """Twice as many slots; their hashes are worked out again from the records."""
    mask: uint64_t = part.mask * 2 + 1
    slots: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), calloc(mask + 1, 8))
    place: uint64_t = 0
    at: uint64_t
    hashed: uint64_t
    short: uint32_t
    if slots == cython.NULL:
        return False
    large_pages(slots, (mask + 1) * 8)
    while place < part.used:
        memcpy(cython.address(short), part.arena + place + 12, 4)
        hashed = digest(part.arena + place + HEADER, short)
        at = hashed & mask
        while slots[at] != 0:
            at = (at + 1) & mask
        slots[at] = ((hashed >> 40) << 40) | (place + 1)
        place += HEADER + short
    free(part.slots)
    part.slots = slots
    part.mask = mask
    return True


def grow_arena(part, need):
    """Room for `need` more bytes; pages that are not written to cost nothing."""
    room: uint64_t = part.room * 2 + 4096
    arena: cython.pointer(uint8_t)
    while room < part.used + need:
        room *= 2
    arena = cython.cast(cython.pointer(uint8_t), realloc(part.arena, room))
    if arena == cython.NULL:
        return False
    large_pages(arena, room)
    part.arena = arena
    part.room = room
    return True


def part_bytes(part):
    """Memory really in use."""
    return part.used + (part.mask + 1) * 8
