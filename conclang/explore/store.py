# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""Memory of the search (compiled engine): packed states, and runs of words of any length.

A `Part` keeps packed states of one size one behind the other:

    parent (4 bytes)   number (4, only if the graph is kept)   the packed state

They are found by open addressing with linear probing (Knuth, TAOCP 6.4). A slot holds the index of
the state plus one (24 bits) and 8 bits of the hash, so that a look at the state is mostly a hit.
Nothing is ever taken out. One thread at a time touches a `Part`: the search deals states out to
parts. When the shape of states grows, all of them are packed anew (`repack`); indices stay.

What is to be entered stands in a `Lane`, candidates of one size one behind the other:

    parent (4 bytes)   hash (4)   line (4)   the packed state, padded to four

A part and its slots are small enough for the processor's caches and page tables, as long as
nothing else is touched meanwhile: a whole lane is entered at once.

A `Heard` is a set of runs of words, for what was reported already.

The twin for the plain engine is a dict in `plain.py`.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, malloc, realloc
from cython.cimports.libc.string import memcmp, memcpy, memset

# -- runs of words -------------------------------------------------------------------------------
# Most words are zero or tiny. They are written in groups of eight: one byte says which of the eight
# are not zero, then each of those follows as a zigzag varint; several empty groups are a zero byte
# and their number.


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


# -- packed states -------------------------------------------------------------------------------


def open_part(part, header, size):
    """An empty part; False: no memory."""
    memset(part, 0, cython.sizeof(Part))
    part.mask = FIRST_SLOTS - 1
    part.header = header
    part.size = size
    part.stride = header + size
    part.slots = cython.cast(cython.pointer(uint32_t), calloc(FIRST_SLOTS, 4))
    return part.slots != cython.NULL


def close_part(part):
    """Give the memory back."""
    free(part.arena)
    free(part.slots)
    memset(part, 0, cython.sizeof(Part))


def enter_lane(part, number, lane, pitch, notes, known):
    """Enter all candidates of a lane; False: no memory.

    What is new is noted: the line, and the place plus one. If those that were there are asked for
    as well (`known`), they are marked with `KNOWN`.

    It works on a copy of the part: others work on the parts beside it, in the same cache line.
    """
    mine: Part = part[0]
    here: cython.pointer(Part) = cython.address(mine)
    at: cython.pointer(uint8_t) = lane.data
    far: cython.pointer(uint8_t) = at
    end: cython.pointer(uint8_t) = at + lane.used
    words: cython.pointer(uint32_t)
    note: cython.pointer(Note)
    index: cython.longlong = 0
    if not more_notes(notes, lane.used // pitch):
        return False
    note = notes.at + notes.count
    while far < end and far < at + FAR * pitch:
        words = cython.cast(cython.pointer(uint32_t), far)
        prefetch(cython.address(mine.slots[words[1] & mine.mask]))
        far += pitch
    while at < end:
        if far < end:
            words = cython.cast(cython.pointer(uint32_t), far)
            prefetch(cython.address(mine.slots[words[1] & mine.mask]))
            far += pitch
        if at + NEAR * pitch < end:
            look_ahead(here, at + NEAR * pitch)
        words = cython.cast(cython.pointer(uint32_t), at)
        index = insert(here, at + CANDIDATE, words[1], words[0])
        if index < 0:
            break
        note.line = words[2]
        note.found = cython.cast(
            uint32_t, ((cython.cast(uint64_t, index >> 1) << PART_BITS) | number) + 1
        )
        if known and not index & 1:
            note.found |= KNOWN
        if known or index & 1:
            note = note + 1
        at += pitch
    notes.count = note - notes.at
    part[0] = mine
    return index >= 0


def more_notes(notes, more):
    """Room for more notes; False: no memory."""
    at: cython.pointer(Note)
    room: uint64_t = (notes.count + more) * 2 + 64
    if notes.count + more < notes.room:
        return True
    at = cython.cast(cython.pointer(Note), realloc(notes.at, room * cython.sizeof(Note)))
    if at == cython.NULL:
        return False
    notes.at = at
    notes.room = room
    return True


def look_ahead(part, candidate):
    """Ask for the state that is probably equal to a candidate."""
    hashed: uint32_t = cython.cast(cython.pointer(uint32_t), candidate)[1]
    at: uint64_t = hashed & part.mask
    slot: uint32_t
    for _ in range(4):
        slot = part.slots[at]
        if slot == 0:
            return
        if (slot >> 24) == (hashed >> 24):
            prefetch(part.arena + cython.cast(uint64_t, slot & INDEX) * part.stride - part.size)
            return
        at = (at + 1) & part.mask


def insert(part, key, hashed, parent):
    """Twice the index of the state, plus one if it is new; -1: no memory."""
    at: uint64_t
    slot: uint32_t
    tag: uint32_t = hashed >> 24
    here: cython.pointer(uint8_t)
    if part.count * 4 > part.mask * 3 and not grow_slots(part):
        return -1
    at = hashed & part.mask
    while True:
        slot = part.slots[at]
        if slot == 0:
            break
        if (slot >> 24) == tag:
            here = (
                part.arena + cython.cast(uint64_t, (slot & INDEX) - 1) * part.stride + part.header
            )
            if same_bytes(here, key, part.size):
                return cython.cast(cython.longlong, (slot & INDEX) - 1) << 1
        at = (at + 1) & part.mask
    if part.count + 2 > INDEX or (part.count == part.room and not grow_arena(part)):
        return -1
    here = part.arena + part.count * part.stride
    memcpy(here, cython.address(parent), 4)
    copy_up(here + part.header, key, part.size)
    part.slots[at] = (tag << 24) | cython.cast(uint32_t, part.count + 1)
    part.count += 1
    return cython.cast(cython.longlong, ((part.count - 1) << 1) | 1)


def lookup(part, key, hashed):
    """The index of a state, -1 if there is none."""
    at: uint64_t = hashed & part.mask
    slot: uint32_t
    tag: uint32_t = hashed >> 24
    here: cython.pointer(uint8_t)
    while part.slots[at] != 0:
        slot = part.slots[at]
        if (slot >> 24) == tag:
            here = (
                part.arena + cython.cast(uint64_t, (slot & INDEX) - 1) * part.stride + part.header
            )
            if memcmp(here, key, part.size) == 0:
                return cython.cast(cython.longlong, (slot & INDEX) - 1)
        at = (at + 1) & part.mask
    return -1


def large_pages(start, size):
    """Large memory is better kept in large pages; the system may disagree."""
    address: cython.size_t = cython.cast(cython.size_t, start)
    first: cython.size_t = (address + 4095) & ~cython.cast(cython.size_t, 4095)
    if size >= LARGE:
        advise_large(cython.cast(cython.p_void, first), size - 4096)


def grow_slots(part):
    """Twice as many slots."""
    part.mask = part.mask * 2 + 1
    if deal_slots(part):
        return True
    part.mask >>= 1
    return False


def deal_slots(part):
    """Fresh slots for all states; their hashes are worked out again.

    Zeros are written, not asked for: pages that are read before they are written to would be given
    out twice, and every other thread would be told.
    """
    mask: uint64_t = part.mask
    slots: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), malloc((mask + 1) * 4))
    here: cython.pointer(uint8_t) = part.arena + part.header
    ahead: cython.pointer(uint8_t) = here
    at: uint64_t
    index: uint64_t
    hashed: uint32_t
    if slots == cython.NULL:
        return False
    large_pages(slots, (mask + 1) * 4)
    memset(slots, 0, (mask + 1) * 4)
    for _ in range(min(part.count, SIGHT)):
        prefetch(cython.address(slots[digest(ahead, part.size) & mask]))
        ahead += part.stride
    for index in range(part.count):
        if index + SIGHT < part.count:
            prefetch(cython.address(slots[digest(ahead, part.size) & mask]))
            ahead += part.stride
        hashed = cython.cast(uint32_t, digest(here, part.size))
        at = hashed & mask
        while slots[at] != 0:
            at = (at + 1) & mask
        slots[at] = ((hashed >> 24) << 24) | cython.cast(uint32_t, index + 1)
        here += part.stride
    free(part.slots)
    part.slots = slots
    return True


def grow_arena(part):
    """Room for more states; pages that are not written to cost nothing."""
    room: uint64_t = part.room + part.room // 2 + 32
    arena: cython.pointer(uint8_t)
    arena = cython.cast(cython.pointer(uint8_t), realloc(part.arena, room * part.stride + SPARE))
    if arena == cython.NULL:
        return False
    large_pages(arena, room * part.stride)
    part.arena = arena
    part.room = room
    return True


def make_room(part, new):
    """Memory for all states in a larger shape; nothing is changed yet."""
    stride: uint64_t = part.header + cython.cast(uint64_t, new.size)
    arena: cython.pointer(uint8_t) = cython.cast(
        cython.pointer(uint8_t), realloc(part.arena, part.room * stride + SPARE)
    )
    if arena == cython.NULL:
        return False
    part.arena = arena
    return True


def repack(part, old, new):
    """All states in a larger shape, the last one first, in the same memory.

    False: there is no memory to find them by their words any more, or (their size has not changed)
    not even to begin.
    """
    stride: uint64_t = part.header + cython.cast(uint64_t, new.size)
    left: uint64_t = part.count
    here: cython.pointer(uint8_t)
    arena: cython.pointer(uint8_t) = cython.cast(
        cython.pointer(uint8_t), realloc(part.arena, part.room * stride + SPARE)
    )
    copy: cython.pointer(uint8_t) = cython.cast(cython.pointer(uint8_t), malloc(part.stride + 8))
    runs: cython.pointer(Run) = cython.cast(
        cython.pointer(Run),
        malloc((cython.cast(cython.size_t, new.words) + 2) * cython.sizeof(Run)),
    )
    if arena != cython.NULL:
        part.arena = arena
    if copy == cython.NULL or arena == cython.NULL or runs == cython.NULL:
        free(copy)
        free(runs)
        return False
    find_runs(old, new, runs)
    while left > 0:
        left -= 1
        memcpy(copy, arena + left * part.stride, part.stride)
        here = arena + left * stride
        memcpy(here, copy, part.header)
        move_state(old, new, runs, copy + part.header, here + part.header)
    free(copy)
    free(runs)
    part.size = new.size
    part.stride = stride
    return deal_slots(part)


def find_runs(old, new, runs):
    """Stretches of words that keep their widths, and words that do not; ends with no words."""
    word: cython.longlong = 0
    begin: cython.longlong
    while word < new.words:
        begin = word
        if new.wide[word] != old.wide[word]:
            word += 1
        else:
            while word < new.words and new.wide[word] == old.wide[word]:
                word += 1
        runs.word = begin
        runs.wider = new.wide[begin] != old.wide[begin]
        runs.before = old.at[begin]
        runs.after = new.at[begin]
        runs.size = (old.ids_at if word == new.words else old.at[word]) - old.at[begin]
        if runs.size or runs.wider:
            runs = runs + 1
    runs.word = -1


def move_state(old, new, runs, before, after):
    """One state in a larger shape."""
    t: cython.longlong
    memset(after, 0, new.size)
    while runs.word >= 0:
        if runs.wider:
            save(new, after, runs.word, load(old, before, runs.word))
        else:
            memcpy(after + runs.after, before + runs.before, runs.size)
        runs = runs + 1
    if new.id_wide == old.id_wide:
        memcpy(after + new.ids_at, before + old.ids_at, old.most * old.id_wide)
    else:
        for t in range(old.most):
            set_id(new, after, t, get_id(old, before, t))


def part_bytes(part):
    """Memory really in use."""
    return part.count * part.stride + (part.mask + 1) * 4


# -- what was heard ------------------------------------------------------------------------------


def open_heard(heard):
    """An empty set; False: no memory."""
    memset(heard, 0, cython.sizeof(Heard))
    heard.mask = FIRST_SLOTS - 1
    heard.slots = cython.cast(cython.pointer(uint64_t), calloc(FIRST_SLOTS, 8))
    return heard.slots != cython.NULL


def close_heard(heard):
    """Give the memory back."""
    free(heard.arena)
    free(heard.slots)
    memset(heard, 0, cython.sizeof(Heard))


def hear(heard, key, size):
    """Put a run of bytes into the set; 1 if it is new, 0 if not, -1: no memory."""
    hashed: uint64_t = digest(key, size)
    short: uint32_t = cython.cast(uint32_t, size)
    at: uint64_t
    slot: uint64_t
    here: cython.pointer(uint8_t)
    if heard.count * 4 > heard.mask * 3 and not grow_heard(heard):
        return -1
    at = hashed & heard.mask
    while True:
        slot = heard.slots[at]
        if slot == 0:
            break
        if (slot >> 40) == (hashed >> 40):
            here = heard.arena + ((slot & PLACE) - 1)
            if memcmp(here, cython.address(short), 4) == 0 and memcmp(here + 4, key, size) == 0:
                return 0
        at = (at + 1) & heard.mask
    while heard.used + 4 + size > heard.room:
        here = cython.cast(cython.pointer(uint8_t), realloc(heard.arena, heard.room * 2 + 4096))
        if here == cython.NULL:
            return -1
        heard.arena = here
        heard.room = heard.room * 2 + 4096
    memcpy(heard.arena + heard.used, cython.address(short), 4)
    memcpy(heard.arena + heard.used + 4, key, size)
    heard.slots[at] = ((hashed >> 40) << 40) | (heard.used + 1)
    heard.used += 4 + size
    heard.count += 1
    return 1


def grow_heard(heard):
    """Twice as many slots; the hashes are worked out again."""
    mask: uint64_t = heard.mask * 2 + 1
    slots: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), calloc(mask + 1, 8))
    place: uint64_t = 0
    at: uint64_t
    hashed: uint64_t
    short: uint32_t
    if slots == cython.NULL:
        return False
    while place < heard.used:
        memcpy(cython.address(short), heard.arena + place, 4)
        hashed = digest(heard.arena + place + 4, short)
        at = hashed & mask
        while slots[at] != 0:
            at = (at + 1) & mask
        slots[at] = ((hashed >> 40) << 40) | (place + 1)
        place += 4 + short
    free(heard.slots)
    heard.slots = slots
    heard.mask = mask
    return True
