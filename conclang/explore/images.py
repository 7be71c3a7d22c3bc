# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""The least image of a packed state under the permutations of a symmetry (compiled engine).

What a permutation does to a record is asked of `symmetry.Symmetry` once per record and permutation;
after that an image of a state is a matter of looking up numbers. Images are compared word by word,
records first, and given up at the first difference. `turning.py` is the twin of this.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memset


@cython.cclass
class Images:
    """One worker's table of images."""

    def __init__(self, machine, catalog, symmetry):
        self.machine = machine
        self.catalog = catalog
        self.symmetry = symmetry
        self.count = len(symmetry.members)
        self.threads = len(symmetry.threads[0])
        self.size = len(symmetry.members[0])
        self.word_count = len(symmetry.words)
        self.goes = room_for(self.count * self.threads)
        self.comes = room_for(self.count * self.threads)
        self.members = room_for(self.count * self.size)
        self.words = room_for(self.word_count)
        self.sources = room_for(self.count * self.word_count)
        self.holds = room_for(self.word_count)
        self.bases = room_for(self.word_count)
        self.values = room_for(self.word_count)
        self._fill()
        if not self.ready(self.threads):
            raise MemoryError

    def _fill(self):
        symmetry = self.symmetry
        p: cython.longlong
        t: cython.longlong
        for p in range(self.count):
            for t in range(self.threads):
                self.goes[p * self.threads + t] = symmetry.threads[p][t]
                self.comes[p * self.threads + self.goes[p * self.threads + t]] = t
            for t in range(self.size):
                self.members[p * self.size + t] = symmetry.members[p][t]
            for t in range(self.word_count):
                self.sources[p * self.word_count + t] = symmetry.sources[p][t]
        for t in range(self.word_count):
            self.words[t] = symmetry.words[t]
            self.holds[t] = symmetry.contents[t][0]
            self.bases[t] = symmetry.contents[t][1]

    def __dealloc__(self):
        index: uint64_t
        for index in range(self.room):
            free(self.known[index])
        free(self.known)
        free(self.goes)
        free(self.comes)
        free(self.members)
        free(self.words)
        free(self.sources)
        free(self.holds)
        free(self.bases)
        free(self.values)
        free(self.ids)
        free(self.state)
        free(self.left)
        free(self.right)
        free(self.scratch)

    def ready(self, entities):
        """Room for so many entities."""
        size: cython.longlong
        if entities <= self.entities and self.ids != cython.NULL:
            return True
        entities = entities * 2 + 2
        size = self.machine.dynamic + self.machine.slack + 64
        size += self.machine.stride * (entities - self.machine.threads)
        self.ids = cython.cast(cython.pointer(uint32_t), realloc(self.ids, (entities + 1) * 4))
        self.state = cython.cast(cython.p_longlong, realloc(self.state, size * 8))
        self.left = cython.cast(cython.p_longlong, realloc(self.left, size * 8))
        self.right = cython.cast(cython.p_longlong, realloc(self.right, size * 8))
        self.scratch = cython.cast(cython.pointer(uint8_t), realloc(self.scratch, size * 11 + 80))
        if not self.ids or not self.state or not self.left or not self.right or not self.scratch:
            return False
        memset(self.state, 0, size * 8)
        self.entities = entities
        return True

    def least(self, shape, data, ids, entities):
        """The permutation to the least image, which is then at hand; -1: no memory."""
        best: cython.longlong = 0
        p: cython.longlong
        t: cython.longlong
        if not self.ready(entities):
            return -1
        for p in range(1, self.count):
            if self.precedes(p, best, shape, data, ids, entities):
                best = p
            if self.starved:
                return -1
        self.there = entities
        if best:
            for t in range(entities):
                self.ids[t] = self.coming(best, ids, t)
            for t in range(self.word_count):
                self.values[t] = self.content(best, t, shape, data)
        return best

    def precedes(self, p, q, shape, data, ids, entities):
        """Is one image before another?"""
        t: cython.longlong
        one: uint32_t
        two: uint32_t
        left: cython.longlong
        right: cython.longlong
        a: cython.pointer(Entry)
        b: cython.pointer(Entry)
        for t in range(entities):
            one = self.coming(p, ids, t)
            two = self.coming(q, ids, t)
            if one == two:
                continue
            if one == 0 or two == 0:
                self.starved = True
                return False
            a = self.catalog.entry(one)
            b = self.catalog.entry(two)
            if a.key != b.key:
                return a.key < b.key
            return self.catalog.comes_before(one, two, self.left, self.right)
        for t in range(self.word_count):
            left = self.content(p, t, shape, data)
            right = self.content(q, t, shape, data)
            if left != right:
                return left < right
        return False

    def coming(self, p, ids, t):
        """The record that stands at the place of t in an image."""
        source: cython.longlong = t
        if t < self.threads:
            source = self.comes[p * self.threads + t]
        return self.number(p, ids[source], t)

    def number(self, p, of, t):
        """The number of a record's image, which will stand at the place of t."""
        if p == 0:
            return of
        if of < self.room and self.known[of] != cython.NULL and self.known[of][p] != 0:
            return self.known[of][p]
        return self.found(p, of, t)

    def found(self, p, of, t):
        """The same, when it is asked for the first time; 0: no memory."""
        entry: cython.pointer(Entry) = self.catalog.entry(of)
        known: cython.pointer(cython.pointer(uint32_t))
        index: cython.longlong
        room: uint64_t = self.room
        at: cython.longlong = record(self.machine, t)
        number: uint32_t
        if of >= room:
            room = cython.cast(uint64_t, of) * 2 + 256
            known = cython.cast(
                cython.pointer(cython.pointer(uint32_t)),
                realloc(self.known, room * cython.sizeof(cython.p_void)),
            )
            if known == cython.NULL:
                return 0
            memset(known + self.room, 0, (room - self.room) * cython.sizeof(cython.p_void))
            self.known = known
            self.room = room
        if self.known[of] == cython.NULL:
            self.known[of] = cython.cast(cython.pointer(uint32_t), calloc(self.count, 4))
            if self.known[of] == cython.NULL:
                return 0
        decode(entry.data, entry.size, self.state + at)
        self.change_record(p, at, entry.words)
        number = self.catalog.number_of(self.state, t, entry.words, self.scratch, True)
        self.known[of][p] = number
        return number

    def change_record(self, p, at, count):
        """Put the image of a record of `state` in its place."""
        index: cython.longlong
        words = self.symmetry.record(p, [self.state[at + index] for index in range(count)])
        for index in range(count):
            self.state[at + index] = words[index]

    def content(self, p, which, shape, data):
        """What a shared word holds in an image."""
        value: cython.longlong
        member: cython.longlong
        value = load(shape, data, self.sources[p * self.word_count + which])
        if self.holds[which] == HOLDS_OWNER:
            if value > 0 and value <= self.threads:
                return self.goes[p * self.threads + value - 1] + 1
        elif self.holds[which] == HOLDS_INDEX:
            member = value - self.bases[which]
            if member >= 0 and member < self.size:
                return self.bases[which] + self.members[p * self.size + member]
        return value

    def write(self, shape, to, fresh, wanted):
        """Write the image at hand over a packed state; False: it does not fit, wider is wanted."""
        fits: cython.bint = True
        index: cython.longlong
        word: cython.longlong
        for index in range(self.word_count):
            word = self.words[index]
            if not save(shape, to, word, self.values[index]):
                fits = False
                wanted[word] = max(wanted[word], bytes_of(self.values[index]))
        for index in range(self.there):
            fresh[index] = self.ids[index]
            if id_fits(shape, fresh[index]):
                set_id(shape, to, index, fresh[index])
            else:
                fits = False
        return fits

    def turned(self, p, mask):
        """Threads as bits, as they were called before a permutation."""
        t: cython.longlong
        found: uint64_t
        if p == 0 or mask == 0:
            return mask
        found = mask
        for t in range(min(self.threads, 63)):
            if self.goes[p * self.threads + t] != t:
                found &= ~(cython.cast(uint64_t, 1) << t)
        for t in range(min(self.threads, 63)):
            if self.goes[p * self.threads + t] != t:
                if (mask >> self.goes[p * self.threads + t]) & 1:
                    found |= cython.cast(uint64_t, 1) << t
        return found


@cython.cfunc
@cython.returns(cython.p_longlong)
def room_for(count: cython.longlong):
    """Zeroed words."""
    made: cython.p_longlong = cython.cast(cython.p_longlong, calloc(count + 1, 8))
    if made == cython.NULL:
        raise MemoryError
    return made
