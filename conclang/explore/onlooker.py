# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""One thread's eyes: takes up a packed state, and says what there is to say about it.

What is looked for besides steps: the truth of predicates, too many in a section, two accesses that
race, a write that another's write has overtaken, an end. Whatever a person may want to hear of is
*reported*: a kind, some words that tell one report from another, and the state. The same words are
reported once. Races depend on the accesses that may come next and on nothing else, so states with
the same accesses are looked at once.

The `Worker` (worker.py), which also takes steps, is such an onlooker.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import free, realloc
from cython.cimports.libc.string import memcpy, memset


@cython.cclass
class Onlooker:
    """The state at hand, as it is packed and, where it is asked for, unpacked."""

    def __cinit__(self, shared, context, ahead):
        if not open_heard(cython.address(self.heard)):
            raise MemoryError

    def __init__(self, shared: Shared, context, ahead):
        self.shared = shared
        self.machine = shared.machine
        self.catalog = shared.catalog
        self.shape = cython.address(shared.shape)
        self.context = context
        self.ahead = ahead
        self.reports = []
        if not self.larger():
            raise MemoryError

    def __dealloc__(self):
        free(self.state)
        free(self.child)
        free(self.later)
        free(self.entries)
        free(self.ids)
        free(self.fresh)
        free(self.scratch)
        close_heard(cython.address(self.heard))

    def larger(self):
        """Room for more entities; False when a state gets too large."""
        size: cython.longlong
        room: cython.longlong
        fresh: cython.longlong = self.size
        if self.size:
            self.context.room = self.context.room * 2 + 2
            self.ahead.room = self.context.room
        room = (
            self.context.room if self.context.room > self.machine.threads else self.machine.threads
        )
        size = self.machine.dynamic + self.machine.slack + 64
        size += self.machine.stride * (room - self.machine.threads)
        if size > LARGEST_STATE:
            return False
        self.state = cython.cast(cython.p_longlong, realloc(self.state, size * 8))
        self.child = cython.cast(cython.p_longlong, realloc(self.child, size * 8))
        self.later = cython.cast(cython.p_longlong, realloc(self.later, size * 8))
        self.entries = cython.cast(
            cython.pointer(cython.pointer(Entry)), realloc(self.entries, (room + 1) * 8)
        )
        self.ids = cython.cast(cython.pointer(uint32_t), realloc(self.ids, (room + 1) * 4))
        self.fresh = cython.cast(cython.pointer(uint32_t), realloc(self.fresh, (room + 1) * 4))
        self.scratch = cython.cast(cython.pointer(uint8_t), realloc(self.scratch, size * 11 + 80))
        if self.state == cython.NULL or self.child == cython.NULL or self.later == cython.NULL:
            return False
        if not self.entries or not self.ids or not self.fresh or not self.scratch:
            return False
        memset(self.state + fresh, 0, (size - fresh) * 8)
        memset(self.child + fresh, 0, (size - fresh) * 8)
        memset(self.later + fresh, 0, (size - fresh) * 8)
        self.size = size
        return True

    # -- reading states -----------------------------------------------------------------------

    def look_at(self, place):
        """Take up a state."""
        part: cython.pointer(Part) = cython.address(self.shared.parts[place & (PARTS - 1)])
        t: cython.longlong
        count: cython.longlong
        entry: cython.pointer(Entry)
        self.data = part.arena + (place >> PART_BITS) * part.stride + part.header
        self.spread_out = 0
        count = load(self.shape, self.data, 0)
        while count > self.context.room:
            if not self.larger():
                self.starved = True
                return
        self.state[0] = count
        self.accesses = 0
        self.unlike = self.access_bits == 0
        for t in range(count):
            self.ids[t] = get_id(self.shape, self.data, t)
            entry = self.catalog.entry(self.ids[t])
            self.entries[t] = entry
            self.unlike |= entry.access > self.access_most
            self.accesses |= cython.cast(uint64_t, entry.access) << ((t * self.access_bits) & 63)

    def spread_shared(self):
        """The shared words of the state at hand, unpacked."""
        word: cython.longlong
        if self.spread_out == 0:
            for word in range(self.machine.first):
                self.state[word] = load(self.shape, self.data, word)
            self.spread_out = 1

    def spread(self):
        """All words of the state at hand, unpacked."""
        t: cython.longlong
        self.spread_shared()
        if self.spread_out == 1:
            for t in range(self.state[0]):
                decode(self.entries[t].data, self.entries[t].size, self.state + self.record_of(t))
            self.spread_out = 2

    # -- what there is to say about a state ------------------------------------------------------

    def inspect(self, place):
        """Predicates, sections and races in the state."""
        index: cython.longlong
        words: cython.longlong[3]
        if self.shared.predicate_count or self.shared.keep:
            self.predicates(place)
        for index in range(self.shared.section_count):
            if (
                load(self.shape, self.data, self.shared.section_place[index])
                > (self.shared.section_limit[index])
            ):
                words[0] = index
                self.report(place, -1, REPORT_SECTION, words, 1)
        if self.shared.look_for_races:
            if self.shared.guard_of != cython.NULL or self.shared.guards != cython.NULL:
                self.note_guards()
        if self.accesses == 0 or (not self.unlike and self.was_looked_at()):
            return
        if self.shared.look_for_races:
            self.races(place)
        if self.shared.immediate != cython.NULL:
            self.overtaken(place)

    def open_eyes(self):
        """Before a run: how the accesses of all entities are noted in 64 bits, if they can be."""
        most: cython.longlong = self.shape.most if self.shape.most > 8 else 8
        memset(self.looked, 0, cython.sizeof(self.looked))
        self.access_bits = 0
        if most <= CROWD and not self.machine.tasks and self.machine.at_loop < 0:
            self.access_bits = cython.cast(cython.int, 64 // most)
        self.access_most = (1 << self.access_bits) - 1 if self.access_bits < 8 else UNLIKE - 1

    def was_looked_at(self):
        """Has this worker looked at a state with the same accesses? May say no too often.

        Whatever can be said about accesses has been said then.
        """
        spot: cython.pointer(uint64_t) = self.looked + ((self.accesses * GOLDEN) >> 55)
        if spot[0] == self.accesses:
            return True
        spot[0] = self.accesses
        return False

    def predicates(self, place):
        """What the predicates say about the state."""
        index: cython.longlong
        words: cython.longlong[3]
        truth: uint32_t = 0
        bit: cython.int
        number: uint32_t
        part: cython.pointer(Part) = cython.address(self.shared.parts[place & (PARTS - 1)])
        if self.shared.predicate_count:
            if self.shared.is_late():
                return
            self.spread_shared()
        for index in range(self.shared.predicate_count):
            words[0] = index
            words[1] = evaluate(
                self.machine, self.context, self.state, self.shared.predicate[index]
            )
            words[2] = self.context.fault if words[1] < 0 else 0
            if words[1] > 0:
                truth |= cython.cast(uint32_t, 1) << index
            bit = 1 if words[1] == 0 else 2 if words[1] == 1 else 0
            if bit and self.truths[index] & bit:
                continue
            self.truths[index] |= bit
            self.report(place, -1, REPORT_TRUTH, words, 3)
        if self.shared.keep:
            memcpy(cython.address(number), part.arena + (place >> PART_BITS) * part.stride + 4, 4)
            memcpy(self.shared.marks.data + number * 4, cython.address(truth), 4)

    def races(self, place):
        """Pairs whose next micro-ops touch the same cell, one of them writing."""
        t: cython.longlong
        u: cython.longlong
        one: cython.pointer(Entry)
        two: cython.pointer(Entry)
        words: cython.longlong[5]
        for t in range(self.state[0]):
            one = self.entries[t]
            if one.status != AT:
                continue
            if one.kind == ATOMIC and self.others_touch(t):
                self.spread()
                self.atomic_races(t, place)
            if one.kind != READ and one.kind != WRITE:
                continue
            for u in range(t):
                two = self.entries[u]
                if two.thing != one.thing or two.status != AT:
                    continue
                if two.kind != WRITE and (two.kind != READ or one.kind != WRITE):
                    continue
                if self.same_loop(t, u):
                    continue
                if self.machine.tasks:
                    self.spread()
                    if not (
                        ways(self.machine, self.context, self.state, t)
                        and ways(self.machine, self.context, self.state, u)
                    ):
                        continue
                words[0] = one.thing
                words[1] = two.pc
                words[2] = one.pc
                words[3] = u
                words[4] = t
                if not self.pair_was_told(REPORT_RACE, words):
                    self.report(place, t, REPORT_RACE, words, 5)

    def note_guards(self):
        """Look at the locks of whoever is about to read or write."""
        t: cython.longlong
        entry: cython.pointer(Entry)
        for t in range(self.state[0]):
            entry = self.entries[t]
            if entry.status == AT and (entry.kind == READ or entry.kind == WRITE):
                self.note_guard(t, entry.thing)

    def note_guard(self, t, cell):
        """Which locks are held at every access to a cell; is the one that we rely on?"""
        held: uint64_t = 0
        lock: cython.longlong
        if cell < 0 or cell >= self.machine.object_limit[READ]:
            return
        if self.shared.guard_of != cython.NULL:
            lock = self.shared.guard_of[cell]
            if lock >= 0:
                if load(self.shape, self.data, self.machine.locks + (lock >> 1)) != t + 1:
                    self.shared.unguarded = True
        elif self.shared.guards != cython.NULL and self.shared.guards[cell] != 0:
            for lock in range(min(self.machine.lock_count, 62)):
                if load(self.shape, self.data, self.machine.locks + lock) == t + 1:
                    held |= cython.cast(uint64_t, 1) << lock
            if self.shared.guards[cell] & ~held:  # others look at other states at the same time
                keep_bits(cython.address(self.shared.guards[cell]), held)

    def others_touch(self, t):
        """Does anybody else read or write next?"""
        u: cython.longlong
        for u in range(self.state[0]):
            if u != t and self.entries[u].status == AT:
                if self.entries[u].kind == READ or self.entries[u].kind == WRITE:
                    return True
        return False

    def atomic_races(self, t, place):
        """Accesses inside an indivisible block against accesses of others outside of one.

        What the block touches is seen by taking it from here, in all its branches.
        """
        more: cython.longlong = 1
        count: uint64_t = 0
        if ways(self.machine, self.ahead, self.state, t) == 0:
            return
        clear_branches(self.ahead)
        self.ahead.logging = True
        while more and not self.shared.is_late():
            memcpy(self.later, self.state, length(self.machine, self.state) * 8)
            step(self.machine, self.ahead, self.later, t, 0)
            self.logged_races(self.ahead, t, place)
            more = next_branch(self.ahead)
            count += 1
            if count > self.shared.most:  # then the rest is seen when the step is taken
                self.full = True
                more = 0
        self.ahead.logging = False

    def logged_races(self, context, t, place):
        """The accesses that a context has logged in a block of t."""
        at: cython.longlong = 0
        while at < context.log_size:
            if context.log[at + 1] == READ or context.log[at + 1] == WRITE:
                self.atomic_access(t, context.log[at + 1], context.log[at + 4], place)
            at += context.log[at]

    def atomic_access(self, t, kind, cell, place):
        """One access inside the block of t against the next micro-ops of all others."""
        u: cython.longlong
        two: cython.pointer(Entry)
        words: cython.longlong[5]
        for u in range(self.state[0]):
            two = self.entries[u]
            if u == t or two.status != AT or two.thing != cell:
                continue
            if two.kind != WRITE and (two.kind != READ or kind != WRITE):
                continue
            if self.same_loop(t, u):
                continue
            if self.machine.tasks and ways(self.machine, self.context, self.state, u) == 0:
                continue
            words[0] = cell
            words[1] = self.entries[t].pc
            words[2] = two.pc
            words[3] = t
            words[4] = u
            self.report(place, t, REPORT_RACE, words, 5)

    def overtaken(self, place):
        """Somebody is about to write what it has just read, and another is about to write too."""
        t: cython.longlong
        u: cython.longlong
        one: cython.pointer(Entry)
        two: cython.pointer(Entry)
        words: cython.longlong[5]
        for t in range(self.state[0]):
            one = self.entries[t]
            if one.status != AT or not self.shared.immediate[one.pc]:
                continue
            for u in range(self.state[0]):
                two = self.entries[u]
                if u == t or two.thing != one.thing or two.status != AT:
                    continue
                if two.kind != WRITE and two.kind != STORE:
                    if two.kind != FETCH_ADD and two.kind != SWAP:
                        continue
                if self.machine.tasks:
                    self.spread()
                    if ways(self.machine, self.context, self.state, u) == 0:
                        continue
                words[0] = one.thing
                words[1] = one.pc
                words[2] = two.pc
                words[3] = t
                words[4] = u
                if not self.pair_was_told(REPORT_LOST, words):
                    self.report(place, t, REPORT_LOST, words, 5)

    def pair_was_told(self, kind, words):
        """Was this pair reported? Remembers the latest ones; may say no too often.

        Among many threads it is not told of every pair that it meets.
        """
        key: uint64_t = 1
        spot: cython.pointer(uint64_t)
        if self.state[0] > CROWD:
            words[3] = 0
            words[4] = 0
        if (words[0] >> 20) or (words[1] >> 14) or (words[2] >> 14):
            return False
        key = (key << 20) | cython.cast(uint64_t, words[0])
        key = (key << 14) | cython.cast(uint64_t, words[1])
        key = (key << 14) | cython.cast(uint64_t, words[2])
        key = (key << 5) | cython.cast(uint64_t, words[3])
        key = (key << 5) | cython.cast(uint64_t, words[4])
        key = (key << 1) | (1 if kind == REPORT_LOST else 0)
        spot = cython.address(self.told[(key * GOLDEN) >> 56])
        if spot[0] == key:
            return True
        spot[0] = key
        return False

    def same_loop(self, t, u):
        """Do both run on one event loop?"""
        if self.machine.at_loop < 0:
            return False
        self.spread()
        return (
            self.state[self.record_of(t) + self.machine.at_loop]
            == self.state[self.record_of(u) + self.machine.at_loop]
        ) and self.state[self.record_of(t) + self.machine.at_loop] != 0

    def ended(self, place, kind):
        """Nothing can happen any more: who has not finished, and the cells."""
        words: cython.p_longlong = self.later
        count: cython.longlong = 0
        t: cython.longlong
        at: cython.longlong
        for t in range(self.state[0]):
            at = self.entries[t].status
            words[count] = 1 if at == FINISHED else 2 if at == SPINNING else 0
            count += 1
        for at in range(self.machine.cells, self.machine.locks):
            words[count] = load(self.shape, self.data, at)
            count += 1
        self.report(place, -1, kind, words, count)

    def report(self, place, t, kind, words, count):
        """Say something once: the kind and the words, the state, the entity."""
        key: cython.p_longlong = self.child
        index: cython.longlong
        size: cython.longlong
        key[0] = kind
        key[1] = count  # words that are 0 at the end leave no trace in bytes
        for index in range(count):
            key[index + 2] = words[index]
        size = encode(key, count + 2, self.scratch)
        index = hear(cython.address(self.heard), self.scratch, size)
        if index <= 0:
            self.starved = self.starved or index < 0
            return
        self.tell(kind, count, place, t)

    def tell(self, kind, count, place, t):
        """Put what stands in `child` among the reports."""
        index: cython.longlong
        said = tuple([self.child[index + 2] for index in range(count)])
        self.reports.append((self.when, kind, said, place, t))
