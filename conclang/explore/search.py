# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""Breadth-first search through all states (compiled engine).

The frontier holds the states of one depth, in the order of their discovery. It is worked off in
batches, each in three phases:

1. *expand*: every worker takes a share of the batch, looks at each state (races, predicates, ends)
   and writes its successors, encoded and hashed, into a buffer of its own;
2. *settle*: every worker takes some of the store's parts and enters what belongs there, buffer by
   buffer in order, so that of several ways to a state the first one found is remembered;
3. *collect*: one pass over the buffers numbers the new states and puts them into the frontier of
   their depth.

Phases 1 and 2 run in parallel without the interpreter's lock. Nothing depends on the number of
workers: shares are consecutive, and all orders are orders of discovery.

Whatever a person may want to hear of is *reported*: a kind, some words that tell one report from
another, and the state. A worker reports the same words once.

A candidate in a buffer: parent (8 bytes), hash (8), size (4), weight
(2), actor (2), entities that moved (8), place and freshness (8), the encoded state, padded to
eight.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint16_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memcmp, memcpy, memset

from conclang.explore.reports import asserted


@cython.cclass
class Vector:
    """A growing run of items of one width."""

    def __cinit__(self, width):
        self.width = width
        self.data = cython.NULL

    def __dealloc__(self):
        free(self.data)

    def push(self, item):
        room: uint64_t
        data: cython.pointer(uint8_t)
        if self.count == self.room:
            room = self.room * 2 + 1024
            data = cython.cast(cython.pointer(uint8_t), realloc(self.data, room * self.width))
            if data == cython.NULL:
                return False
            self.data = data
            self.room = room
        memcpy(self.data + self.count * self.width, item, self.width)
        self.count += 1
        return True

    def raw(self):
        """A copy as bytes."""
        if self.count == 0:
            return b""
        return self.data[: self.count * self.width]


@cython.cclass
class Worker:
    """One thread's scratch paper."""

    def __cinit__(self, search, context, ahead):
        if not open_part(cython.address(self.seen)):
            raise MemoryError

    def __init__(self, search, context, ahead):
        self.search = search
        self.machine = search.machine
        self.context = context
        self.ahead = ahead
        self.reports = []
        self.size = 0
        if not self.larger():
            raise MemoryError

    def __dealloc__(self):
        free(self.state)
        free(self.child)
        free(self.later)
        free(self.buffer)
        close_part(cython.address(self.seen))

    def larger(self):
        """Room for more entities; False when a state gets too large."""
        size: cython.longlong
        if self.size:
            self.context.room = self.context.room * 2 + 2
            self.ahead.room = self.context.room
        size = self.machine.dynamic + self.machine.slack + 64
        if self.context.room > self.machine.threads:
            size += self.machine.stride * (self.context.room - self.machine.threads)
        if size > LARGEST_STATE:
            return False
        self.state = cython.cast(cython.p_longlong, realloc(self.state, size * 8))
        self.child = cython.cast(cython.p_longlong, realloc(self.child, size * 8))
        self.later = cython.cast(cython.p_longlong, realloc(self.later, size * 8))
        if self.state == cython.NULL or self.child == cython.NULL or self.later == cython.NULL:
            return False
        memset(self.state + self.size, 0, (size - self.size) * 8)
        memset(self.child + self.size, 0, (size - self.size) * 8)
        memset(self.later + self.size, 0, (size - self.size) * 8)
        self.size = size
        return True

    def explore(self, begin, end):
        """Phase 1 for a share of the frontier."""
        first: uint64_t = begin
        last: uint64_t = end
        with cython.nogil:
            self.run(first, last)

    def run(self, begin, end):
        place: uint64_t
        index: uint64_t
        self.used = 0
        for index in range(begin, end):
            memcpy(cython.address(place), self.search.frontier.data + index * 8, 8)
            self.expand(place)

    def enter(self, share, shares):
        """Phase 2 for a share of the parts."""
        mine: uint64_t = share
        others: uint64_t = shares
        writer: Worker
        for writer in self.search.workers:
            with cython.nogil:
                self.settle(writer, mine, others)

    def record_of(self, t):
        """Where the record of an entity begins."""
        if t < self.machine.threads:
            return self.search.place_of[t]
        return self.machine.dynamic + (t - self.machine.threads) * self.machine.stride

    # -- phase 1 ------------------------------------------------------------------------------

    def expand(self, place):
        """All successors of one state."""
        t: cython.longlong
        way: cython.longlong
        count: cython.longlong
        any_: cython.longlong = 0
        real: cython.longlong = 0
        spinning: cython.longlong = 0
        status: cython.longlong
        data: cython.pointer(uint8_t) = self.search.arenas[place & (PARTS - 1)] + (place >> 4)
        size: uint32_t
        memcpy(cython.address(size), data + 12, 4)
        decode(data + 16, size, self.state)
        if self.search.bounded:
            t = length(self.machine, self.state)
            self.last = self.state[t] - 1
            self.spent = self.state[t + 1]
            self.last_can = self.last >= 0 and self.may_step(self.last)
        self.inspect(place)
        for t in range(self.state[0]):
            status = self.state[self.record_of(t)]
            if status == FINISHED:
                continue
            if status == SPINNING:
                spinning = 1
                continue
            if self.is_twin(t):
                continue
            count = ways(self.machine, self.context, self.state, t)
            if count == 0:
                continue
            any_ = 1
            if status != ASLEEP:
                real = 1
            if self.search.bounded and self.price(t) > self.search.allowed:
                continue
            for way in range(count):
                self.alternatives(t, way, place)
        if spinning:
            if not any_:
                self.ended(place, REPORT_SPIN)
        elif not any_:
            self.ended(place, REPORT_END)
        elif not real:
            self.ended(place, REPORT_STUCK)

    def alternatives(self, t, way, place):
        """The successors by one way of one entity: one for each branch of `choose`."""
        fault: cython.longlong
        words: cython.longlong[3]
        more: cython.longlong = 1
        clear_branches(self.context)
        while more:
            memcpy(self.child, self.state, length(self.machine, self.state) * 8)
            fault = step(self.machine, self.context, self.child, t, way)
            if fault == FAULT_NO_ROOM and self.larger():
                clear_branches(self.context)
                continue
            self.transitions += 1
            if fault:
                words[0] = fault
                words[1] = self.context.fault_pc
                words[2] = t
                self.failed(place, t, words)
                if self.search.keep:
                    self.dead_end(t, place)
            else:
                self.emit(t, place)
            more = next_branch(self.context)

    def failed(self, place, t, words):
        """A step that fails: what and where, and the cells as it leaves them."""
        index: cython.longlong
        count: cython.longlong = self.machine.locks - self.machine.cells
        for index in range(count):
            self.later[index] = self.child[self.machine.cells + index]
        self.report(place, t, REPORT_FAULT, words, 3)
        if words[0] < FIRST_LIMIT:
            self.report(place, t, REPORT_FAILED, self.later, count)

    def may_step(self, t):
        """Could t go on in the state at hand?"""
        status: cython.longlong = self.state[self.record_of(t)]
        if status == FINISHED or status == SPINNING:
            return False
        return ways(self.machine, self.context, self.state, t) > 0

    def price(self, t):
        """Preemptions spent once t takes the next step."""
        if self.last_can and t != self.last:
            return self.spent + 1
        return self.spent

    def has_yielded(self, t):
        """Has the last step of t taken it past a `yield`?"""
        index: cython.longlong
        before: cython.longlong = self.state[self.record_of(t) + PC]
        after: cython.longlong = self.child[self.record_of(t) + PC]
        for index in range(self.search.yield_count):
            if self.search.yields[2 * index] == before:
                if self.search.yields[2 * index + 1] == after:
                    return True
        return False

    def dead_end(self, t, parent):
        """A candidate that leads nowhere: a step that fails."""
        at: cython.pointer(uint8_t)
        moved: uint64_t = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        actor: uint16_t = cython.cast(uint16_t, t)
        if self.used + CANDIDATE > self.room and not self.reserve(CANDIDATE):
            self.starved = True
            return
        at = self.buffer + self.used
        memset(at, 0, CANDIDATE)
        memcpy(at, cython.address(parent), 8)
        memcpy(at + 22, cython.address(actor), 2)
        memcpy(at + 24, cython.address(moved), 8)
        self.used += CANDIDATE

    def emit(self, t, parent):
        """Write the child as a candidate."""
        at: cython.pointer(uint8_t)
        weight: uint16_t
        actor: uint16_t = cython.cast(uint16_t, t)
        size: uint32_t
        moved: uint64_t = 0
        hashed: uint64_t
        words: cython.longlong
        if self.search.keep and t >= 0:
            moved = self.moved(t)
        weight = cython.cast(uint16_t, self.fuse(t)) if t >= 0 else 0
        if self.search.group_count:
            self.canonical()
        words = length(self.machine, self.child)
        if self.search.bounded:
            self.child[words] = 0 if t < 0 or self.has_yielded(t) else t + 1
            self.child[words + 1] = 0 if t < 0 else self.price(t)
            words += 2
        if self.used + CANDIDATE + words * 11 + 80 > self.room:
            if not self.reserve(CANDIDATE + words * 11 + 80):
                self.starved = True
                return
        at = self.buffer + self.used
        size = encode(self.child, words, at + CANDIDATE)
        hashed = digest(at + CANDIDATE, size)
        memcpy(at, cython.address(parent), 8)
        memcpy(at + 8, cython.address(hashed), 8)
        memcpy(at + 16, cython.address(size), 4)
        memcpy(at + 20, cython.address(weight), 2)
        memcpy(at + 22, cython.address(actor), 2)
        memcpy(at + 24, cython.address(moved), 8)
        self.used += CANDIDATE + ((size + 7) & ~cython.cast(uint64_t, 7))

    def reserve(self, need):
        """A larger buffer for candidates."""
        room: uint64_t = self.room * 2 + need + (1 << 16)
        data: cython.pointer(uint8_t) = cython.cast(
            cython.pointer(uint8_t), realloc(self.buffer, room)
        )
        if data == cython.NULL:
            return False
        self.buffer = data
        self.room = room
        return True

    def fuse(self, t):
        """Take the left-movers that follow at once; how many steps the whole is."""
        weight: cython.longlong = 1
        pc: cython.longlong
        at: cython.longlong = self.record_of(t)
        while weight < HEAVIEST and self.child[at] == AT:
            pc = self.child[at + PC]
            if not self.search.fusable[self.machine.code[pc * WIDE]]:
                if not self.is_guarded(t, pc):
                    break
            if ways(self.machine, self.ahead, self.child, t) != 1:
                break
            clear_branches(self.ahead)
            memcpy(self.later, self.child, length(self.machine, self.child) * 8)
            if step(self.machine, self.ahead, self.later, t, 0) or next_branch(self.ahead):
                break
            memcpy(self.child, self.later, length(self.machine, self.later) * 8)
            weight += 1
        return weight

    def canonical(self):
        """Bring interchangeable threads into their standing order."""
        group: cython.longlong
        t: cython.longlong
        u: cython.longlong
        for group in range(self.search.group_count):
            for t in range(self.search.groups[2 * group] + 1, self.search.groups[2 * group + 1]):
                u = t
                while u > self.search.groups[2 * group] and self.comes_before(u, u - 1):
                    self.exchange(u, u - 1)
                    u -= 1

    def is_twin(self, t):
        """Is t in every respect like the interchangeable thread before it?

        Then its steps lead to the same states as those of the other. Threads that own something
        are told apart without a closer look.
        """
        one: cython.p_longlong
        two: cython.p_longlong
        index: cython.longlong
        owner: cython.longlong
        if self.search.group_count == 0 or t >= self.machine.threads or not self.search.follows[t]:
            return False
        one = self.state + self.search.place_of[t]
        two = self.state + self.search.place_of[t - 1]
        for index in range(self.search.place_of[t + 1] - self.search.place_of[t]):
            if one[index] != two[index]:
                return False
        for index in range(self.machine.locks, self.machine.locks + self.machine.lock_count):
            owner = self.state[index]
            if owner == t or owner == t + 1:
                return False
        for index in range(self.machine.rwlock_count):
            owner = self.state[self.machine.rwlocks + 2 * index]
            if owner == t or owner == t + 1:
                return False
        return True

    def comes_before(self, t, u):
        """The standing order: by the words of the record, then who owns the first lock."""
        one: cython.p_longlong = self.child + self.record_of(t)
        two: cython.p_longlong = self.child + self.record_of(u)
        index: cython.longlong
        owner: cython.longlong
        for index in range(self.size_of(t)):
            if one[index] != two[index]:
                return one[index] < two[index]
        for index in range(self.machine.locks, self.machine.locks + self.machine.lock_count):
            owner = self.child[index] - 1
            if owner == t or owner == u:
                return owner == t
        for index in range(self.machine.rwlock_count):
            owner = self.child[self.machine.rwlocks + 2 * index] - 1
            if owner == t or owner == u:
                return owner == t
        return False

    def size_of(self, t):
        """Words of a declared thread's record."""
        return self.search.place_of[t + 1] - self.search.place_of[t]

    def exchange(self, t, u):
        """Let two threads change places: their records, and their names as owners."""
        one: cython.p_longlong = self.child + self.record_of(t)
        two: cython.p_longlong = self.child + self.record_of(u)
        index: cython.longlong
        word: cython.longlong
        for index in range(self.size_of(t)):
            word = one[index]
            one[index] = two[index]
            two[index] = word
        for index in range(self.machine.locks, self.machine.locks + self.machine.lock_count):
            self.rename(index, t, u)
        for index in range(self.machine.rwlock_count):
            self.rename(self.machine.rwlocks + 2 * index, t, u)

    def rename(self, place, t, u):
        """Where t was named it is u now, and the other way round."""
        if self.child[place] == t + 1:
            self.child[place] = u + 1
        elif self.child[place] == u + 1:
            self.child[place] = t + 1

    def moved(self, t):
        """Who has moved in this step, as bits: the actor, its partner, and all it has changed.

        Who merely lost or got a loop or a worker has not moved.
        """
        bits: uint64_t = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        u: cython.longlong = self.context.partner
        at: cython.longlong
        size: cython.longlong
        if u >= 0:
            bits |= cython.cast(uint64_t, 1) << (u if u < 63 else 63)
        for u in range(self.state[0]):
            at = self.record_of(u)
            size = self.record_of(u + 1) - at
            if memcmp(self.state + at, self.child + at, size * 8) != 0 and self.stirred(at, size):
                bits |= cython.cast(uint64_t, 1) << (u if u < 63 else 63)
        return bits

    def stirred(self, at, size):
        """Does a record differ in more than the loop or the worker that was taken or lost?"""
        i: cython.longlong
        for i in range(size):
            if i == self.machine.at_worker or i == self.machine.at_holder:
                continue
            if self.state[at + i] != self.child[at + i]:
                return True
        return False

    # -- what there is to say about a state ------------------------------------------------------

    def inspect(self, place):
        """Predicates, sections and races in the state."""
        index: cython.longlong
        words: cython.longlong[3]
        truth: uint32_t = 0
        bit: cython.int
        number: uint32_t
        for index in range(self.search.predicate_count):
            words[0] = index
            words[1] = evaluate(
                self.machine, self.context, self.state, self.search.predicate[index]
            )
            words[2] = self.context.fault if words[1] < 0 else 0
            if words[1] > 0:
                truth |= cython.cast(uint32_t, 1) << index
            bit = 1 if words[1] == 0 else 2 if words[1] == 1 else 0
            if bit and self.truths[index] & bit:
                continue
            self.truths[index] |= bit
            self.report(place, -1, REPORT_TRUTH, words, 3)
        for index in range(self.search.section_count):
            if self.state[self.search.section_place[index]] > self.search.section_limit[index]:
                words[0] = index
                self.report(place, -1, REPORT_SECTION, words, 1)
        if self.search.look_for_races:
            self.races(place)
        if self.search.immediate != cython.NULL:
            self.overtaken(place)
        if self.search.keep:
            memcpy(
                cython.address(number),
                self.search.arenas[place & (PARTS - 1)] + (place >> 4) + 8,
                4,
            )
            memcpy(self.search.marks.data + number * 4, cython.address(truth), 4)

    def races(self, place):
        """Pairs whose next micro-ops touch the same cell, one of them writing."""
        t: cython.longlong
        u: cython.longlong
        at: cython.longlong
        kind: cython.longlong
        cell: cython.longlong
        other: cython.longlong
        words: cython.longlong[5]
        for t in range(self.state[0]):
            at = self.record_of(t)
            if self.state[at] != AT:
                continue
            kind = self.machine.code[self.state[at + PC] * WIDE]
            if kind == ATOMIC:
                self.atomic_races(t, place)
            if kind != READ and kind != WRITE:
                continue
            cell = object_of(self.machine, self.state, t)
            self.note_guard(t, cell)
            for u in range(t):
                at = self.record_of(u)
                if self.state[at] != AT:
                    continue
                other = self.machine.code[self.state[at + PC] * WIDE]
                if other != WRITE and (other != READ or kind != WRITE):
                    continue
                if object_of(self.machine, self.state, u) != cell or self.same_loop(t, u):
                    continue
                if self.machine.tasks and not (
                    ways(self.machine, self.context, self.state, t)
                    and ways(self.machine, self.context, self.state, u)
                ):
                    continue
                words[0] = cell
                words[1] = self.state[at + PC]
                words[2] = self.state[self.record_of(t) + PC]
                words[3] = u
                words[4] = t
                self.forget_pair(words)
                if not self.was_told(REPORT_RACE, words):
                    self.report(place, t, REPORT_RACE, words, 5)

    def note_guard(self, t, cell):
        """Which locks are held at every access to a cell; is the one that we rely on?"""
        held: uint64_t = 0
        lock: cython.longlong
        if self.search.guard_of != cython.NULL:
            lock = self.search.guard_of[cell]
            if lock >= 0 and self.state[self.machine.locks + (lock >> 1)] != t + 1:
                self.search.unguarded = True
        elif self.search.guards != cython.NULL and self.search.guards[cell] != 0:
            for lock in range(min(self.machine.lock_count, 62)):
                if self.state[self.machine.locks + lock] == t + 1:
                    held |= cython.cast(uint64_t, 1) << lock
            self.search.guards[cell] = self.search.guards[cell] & held

    def is_guarded(self, t, pc):
        """Is this an access to a cell whose lock t holds, so that nobody else can be there?"""
        kind: cython.longlong = self.machine.code[pc * WIDE]
        lock: cython.longlong
        if self.search.guard_of == cython.NULL or (kind != READ and kind != WRITE):
            return False
        lock = self.search.guard_of[object_of(self.machine, self.child, t)]
        if lock < 0 or (kind == WRITE and lock & 1):
            return False
        return self.child[self.machine.locks + (lock >> 1)] == t + 1

    def atomic_races(self, t, place):
        """Accesses inside an indivisible block against accesses of others outside of one.

        What the block touches is seen by taking it from here, in all its branches.
        """
        more: cython.longlong = 1
        at: cython.longlong
        if ways(self.machine, self.ahead, self.state, t) == 0:
            return
        clear_branches(self.ahead)
        self.ahead.logging = True
        while more:
            memcpy(self.later, self.state, length(self.machine, self.state) * 8)
            step(self.machine, self.ahead, self.later, t, 0)
            at = 0
            while at < self.ahead.log_size:
                if self.ahead.log[at + 1] == READ or self.ahead.log[at + 1] == WRITE:
                    self.atomic_access(t, self.ahead.log[at + 1], self.ahead.log[at + 4], place)
                at += self.ahead.log[at]
            more = next_branch(self.ahead)
        self.ahead.logging = False

    def atomic_access(self, t, kind, cell, place):
        """One access inside the block of t against the next micro-ops of all others."""
        u: cython.longlong
        at: cython.longlong
        other: cython.longlong
        words: cython.longlong[5]
        for u in range(self.state[0]):
            at = self.record_of(u)
            if u == t or self.state[at] != AT:
                continue
            other = self.machine.code[self.state[at + PC] * WIDE]
            if other != WRITE and (other != READ or kind != WRITE):
                continue
            if object_of(self.machine, self.state, u) != cell or self.same_loop(t, u):
                continue
            if self.machine.tasks and ways(self.machine, self.context, self.state, u) == 0:
                continue
            words[0] = cell
            words[1] = self.state[self.record_of(t) + PC]
            words[2] = self.state[at + PC]
            words[3] = t
            words[4] = u
            self.report(place, t, REPORT_RACE, words, 5)

    def overtaken(self, place):
        """Somebody is about to write what it has just read, and another is about to write too."""
        t: cython.longlong
        u: cython.longlong
        at: cython.longlong
        cell: cython.longlong
        kind: cython.longlong
        words: cython.longlong[5]
        for t in range(self.state[0]):
            at = self.record_of(t)
            if self.state[at] != AT or not self.search.immediate[self.state[at + PC]]:
                continue
            cell = object_of(self.machine, self.state, t)
            for u in range(self.state[0]):
                at = self.record_of(u)
                if u == t or self.state[at] != AT:
                    continue
                kind = self.machine.code[self.state[at + PC] * WIDE]
                if kind != WRITE and kind != STORE and kind != FETCH_ADD and kind != SWAP:
                    continue
                if object_of(self.machine, self.state, u) != cell:
                    continue
                if ways(self.machine, self.context, self.state, u) == 0:
                    continue
                words[0] = cell
                words[1] = self.state[self.record_of(t) + PC]
                words[2] = self.state[at + PC]
                words[3] = t
                words[4] = u
                self.forget_pair(words)
                if not self.was_told(REPORT_LOST, words):
                    self.report(place, t, REPORT_LOST, words, 5)

    def forget_pair(self, words):
        """Among many threads it is not told of every pair that it meets."""
        if self.state[0] > CROWD:
            words[3] = 0
            words[4] = 0

    def was_told(self, kind, words):
        """Was this reported? Remembers the latest reports; may say no too often."""
        spot: cython.longlong = (words[0] * 31 + words[1] * 7 + words[2] * 3 + words[3] * 5) & 255
        told: cython.p_longlong
        spot = (spot ^ (words[4] * 11)) & 255
        told = cython.address(self.told[spot * 6])
        if told[0] == kind and memcmp(told + 1, words, 40) == 0:
            return True
        told[0] = kind
        memcpy(told + 1, words, 40)
        return False

    def same_loop(self, t, u):
        """Do both run on one event loop?"""
        if self.machine.at_loop < 0:
            return False
        return (
            self.state[self.record_of(t) + self.machine.at_loop]
            == self.state[self.record_of(u) + self.machine.at_loop]
        ) and self.state[self.record_of(t) + self.machine.at_loop] != 0

    def ended(self, place, kind):
        """Nothing can happen any more: who has not finished, and the cells."""
        words: cython.p_longlong = self.child
        count: cython.longlong = 0
        t: cython.longlong
        at: cython.longlong
        for t in range(self.state[0]):
            at = self.state[self.record_of(t)]
            self.later[count] = 1 if at == FINISHED else 2 if at == SPINNING else 0
            count += 1
        words = self.later
        for at in range(self.machine.cells, self.machine.locks):
            words[count] = self.state[at]
            count += 1
        self.report(place, -1, kind, words, count)

    def report(self, place, t, kind, words, count):
        """Say something once: the kind and the words, the state, the entity."""
        key: cython.p_longlong = self.child
        index: cython.longlong
        bytes_: cython.pointer(uint8_t)
        size: cython.longlong
        if self.used + (count + 1) * 11 + 80 > self.room:
            if not self.reserve((count + 1) * 11 + 80):
                self.starved = True
                return
        key[0] = kind
        for index in range(count):
            key[index + 1] = words[index]
        bytes_ = self.buffer + self.used
        size = encode(key, count + 1, bytes_)
        if (insert(cython.address(self.seen), bytes_, size, digest(bytes_, size), 0) & 1) == 0:
            return
        with cython.gil:
            self.reports.append((kind, tuple([key[index + 1] for index in range(count)]), place, t))

    # -- phase 2 --------------------------------------------------------------------------------

    def settle(self, writer, share, shares):
        """Enter the candidates of one worker that belong to our parts."""
        at: cython.pointer(uint8_t) = writer.buffer
        end: cython.pointer(uint8_t) = writer.buffer + writer.used
        size: uint32_t
        parent: uint64_t
        hashed: uint64_t
        part: uint64_t
        found: cython.longlong
        far: cython.pointer(uint8_t) = at
        near: cython.pointer(uint8_t) = at
        for _ in range(SIGHT):
            far = self.look_ahead(far, end, share, shares, False)
        for _ in range(SIGHT // 2):
            near = self.look_ahead(near, end, share, shares, True)
        while at < end:
            far = self.look_ahead(far, end, share, shares, False)
            near = self.look_ahead(near, end, share, shares, True)
            memcpy(cython.address(hashed), at + 8, 8)
            memcpy(cython.address(size), at + 16, 4)
            part = (hashed >> 36) & (PARTS - 1)
            if size and part % shares == share:
                memcpy(cython.address(parent), at, 8)
                found = insert(
                    cython.address(self.search.parts[part]), at + CANDIDATE, size, hashed, parent
                )
                if found < 0:
                    self.starved = True
                    return
                hashed = (((cython.cast(uint64_t, found) >> 1) << 4) | part) << 1
                hashed |= found & 1
                memcpy(at + 32, cython.address(hashed), 8)
            at += CANDIDATE + ((size + 7) & ~cython.cast(uint64_t, 7))

    def look_ahead(self, at, end, share, shares, closer):
        """Warm up what a candidate will need; returns the next one."""
        size: uint32_t
        hashed: uint64_t
        part: uint64_t
        if at >= end:
            return at
        memcpy(cython.address(hashed), at + 8, 8)
        memcpy(cython.address(size), at + 16, 4)
        part = (hashed >> 36) & (PARTS - 1)
        if part % shares == share:
            if closer:
                warm_record(cython.address(self.search.parts[part]), hashed)
            else:
                warm_slot(cython.address(self.search.parts[part]), hashed)
        return at + CANDIDATE + ((size + 7) & ~cython.cast(uint64_t, 7))


def backwards(both, moved, edges, count, ever, first, before, work):
    """Spread masks from targets to sources until nothing changes.

    `first` and `before` are room for the edges sorted by target, `work` for states to look at.
    """
    edge: uint64_t
    state: uint64_t
    source: uint64_t
    target: uint64_t
    waiting: uint64_t = 0
    index: uint32_t
    for edge in range(edges):
        ever[both[edge] >> 32] |= moved[edge]
        target = both[edge] & NO_STATE
        if target != NO_STATE:
            first[target + 2] += 1
    for state in range(count):
        first[state + 2] += first[state + 1]
    for edge in range(edges):
        target = both[edge] & NO_STATE
        if target != NO_STATE:
            before[first[target + 1]] = cython.cast(uint32_t, both[edge] >> 32)
            first[target + 1] += 1
    for state in range(count):
        work[waiting] = cython.cast(uint32_t, state)
        waiting += 1
    # the mark that a state is in `work` is the highest bit of its mask, which nobody uses
    for state in range(count):
        ever[state] |= LAST
    while waiting:
        waiting -= 1
        state = work[waiting]
        ever[state] &= FIRST_BITS
        for index in range(first[state], first[state + 1]):
            source = before[index]
            if (ever[state] & ~ever[source]) & FIRST_BITS:
                ever[source] |= ever[state]
                if not ever[source] & LAST:
                    ever[source] |= LAST
                    work[waiting] = cython.cast(uint32_t, source)
                    waiting += 1


@cython.cclass
class Search:
    """The states found so far, and the way on."""

    def __cinit__(self):
        index: cython.int
        for index in range(PARTS):
            if not open_part(cython.address(self.parts[index])):
                raise MemoryError

    def __dealloc__(self):
        index: cython.int
        for index in range(PARTS):
            close_part(cython.address(self.parts[index]))
        free(self.immediate)
        free(self.guards)
        free(self.guard_of)
        free(self.yields)
        free(self.place_of)
        free(self.follows)

    def __init__(self, machine, options, contexts):
        index: cython.longlong
        self.machine = machine
        self.keep = options.keep
        self.look_for_races = options.races
        self.predicate_count = len(options.predicates)
        self.section_count = len(options.sections)
        for index in range(self.predicate_count):
            self.predicate[index] = options.predicates[index]
        for index in range(self.section_count):
            self.section_place[index] = self.machine.section_at[options.sections[index][0]]
            self.section_limit[index] = options.sections[index][1]
        for index in options.fusable:
            self.fusable[index] = 1
        cells = machine.locks - machine.cells
        if options.guards:
            self.guard_of = cython.cast(cython.p_longlong, calloc(cells + 1, 8))
            if self.guard_of == cython.NULL:
                raise MemoryError
            for index in range(cells):
                self.guard_of[index] = options.guards[index]
        elif options.keep and machine.lock_count:
            self.guards = cython.cast(cython.pointer(uint64_t), calloc(cells + 1, 8))
            if self.guards == cython.NULL:
                raise MemoryError
            for index in range(cells):
                self.guards[index] = LAST | FIRST_BITS
        self.bounded = options.preemptions >= 0
        self.allowed = options.preemptions
        self.yield_count = len(options.yields)
        self.yields = cython.cast(cython.p_longlong, calloc(2 * self.yield_count + 1, 8))
        if self.yields == cython.NULL:
            raise MemoryError
        for index in range(self.yield_count):
            self.yields[2 * index] = options.yields[index][0]
            self.yields[2 * index + 1] = options.yields[index][1]
        if options.immediate:
            self.immediate = cython.cast(
                cython.pointer(uint8_t), calloc(len(machine.program.ops), 1)
            )
            if self.immediate == cython.NULL:
                raise MemoryError
            for index in options.immediate:
                self.immediate[index] = 1
        self.group_count = min(len(options.groups), 32)
        for index in range(self.group_count):
            self.groups[2 * index] = options.groups[index][0]
            self.groups[2 * index + 1] = options.groups[index][1]
        self.place_of = cython.cast(cython.p_longlong, calloc(machine.threads + 2, 8))
        self.follows = cython.cast(cython.pointer(uint8_t), calloc(machine.threads + 2, 1))
        if self.place_of == cython.NULL or self.follows == cython.NULL:
            raise MemoryError
        for index in range(machine.threads + 1):
            self.place_of[index] = record(self.machine, index)
        for first, last in options.groups[:32]:
            for index in range(first + 1, last):
                self.follows[index] = 1
        self.frontier = Vector(8)
        self.waiting = [Vector(8) for _ in range(HEAVIEST + 1)]
        self.edges, self.masks, self.actors = Vector(8), Vector(8), Vector(2)
        self.marks = Vector(4)
        self.workers = [Worker(self, one, two) for one, two in contexts]

    def begin(self):
        """Enter the initial states: one for each branch of `choose` before the first steps."""
        worker: Worker = self.workers[0]
        more: cython.longlong = 1
        fault: cython.longlong
        words: cython.longlong[3]
        clear_branches(worker.context)
        worker.used = 0
        while more:
            fault = start(self.machine, worker.context, worker.child)
            if fault:
                words[0] = fault
                words[1] = worker.context.fault_pc
                words[2] = worker.context.fault_entity
                worker.failed(NOWHERE, words[2], words)
            else:
                worker.emit(-1, NOWHERE)
            more = next_branch(worker.context)
        self.refresh()
        worker.settle(worker, 0, 1)
        self.collect(worker)
        self.shift(0)

    def refresh(self):
        """Where the parts' records are now."""
        index: cython.int
        for index in range(PARTS):
            self.arenas[index] = self.parts[index].arena

    def open(self):
        """How many states of this depth are still to be expanded."""
        return self.frontier.count - self.done

    def worked(self):
        """How many states of this depth have been expanded."""
        return self.done

    def ahead(self):
        """How many states wait at greater depths."""
        return sum([cython.cast(Vector, v).count for v in self.waiting])

    def finish(self, count):
        """Phase 3: after the first `count` open states went through phases 1 and 2."""
        worker: Worker
        for worker in self.workers:
            self.collect(worker)
        self.done += count

    def collect(self, worker):
        """Number what is new in a worker's buffer and put it into the frontier of its depth."""
        at: cython.pointer(uint8_t) = worker.buffer
        end: cython.pointer(uint8_t) = worker.buffer + worker.used
        place: uint64_t
        parent: uint64_t
        none: uint32_t = 0
        number: uint32_t
        size: uint32_t
        weight: uint16_t
        fresh: uint64_t
        while at < end:
            memcpy(cython.address(size), at + 16, 4)
            if size == 0:
                memcpy(cython.address(parent), at, 8)
                self.connect(at, parent, NO_STATE)
                at += CANDIDATE
                continue
            memcpy(cython.address(place), at + 32, 8)
            fresh = place & 1
            place >>= 1
            record_: cython.pointer(uint8_t) = self.parts[place & (PARTS - 1)].arena + (place >> 4)
            if fresh:
                number = cython.cast(uint32_t, self.states)
                memcpy(record_ + 8, cython.address(number), 4)
                self.states += 1
                memcpy(cython.address(weight), at + 20, 2)
                cython.cast(Vector, self.waiting[weight]).push(cython.address(place))
                if self.keep:
                    self.marks.push(cython.address(none))
            if self.keep:
                memcpy(cython.address(parent), at, 8)
                if parent != NOWHERE:
                    memcpy(cython.address(number), record_ + 8, 4)
                    self.connect(at, parent, number)
            at += CANDIDATE + ((size + 7) & ~cython.cast(uint64_t, 7))
        worker.used = 0

    def connect(self, at, parent, target):
        """Remember an edge of the graph."""
        number: uint32_t
        edge: uint64_t
        memcpy(
            cython.address(number),
            self.parts[parent & (PARTS - 1)].arena + (parent >> 4) + 8,
            4,
        )
        edge = (cython.cast(uint64_t, number) << 32) | target
        self.edges.push(cython.address(edge))
        self.masks.push(at + 24)
        self.actors.push(at + 22)

    def shift(self, by=1):
        """Go on to the next depth."""
        self.frontier = self.waiting[by]
        self.done = 0
        self.depth += by
        rest = [Vector(8) for _ in range(by)]
        self.waiting = [Vector(8), *self.waiting[by + 1 :], *rest]

    def memory(self):
        """Bytes in use."""
        index: cython.int
        total: uint64_t = 0
        worker: Worker
        vector: Vector
        for index in range(PARTS):
            total += part_bytes(cython.address(self.parts[index]))
        for worker in self.workers:
            total += worker.room + worker.size * 24
        for vector in [self.frontier, self.edges, self.masks, self.actors, *self.waiting]:
            total += vector.count * vector.width
        return total + self.edges.count * GRAPH_BYTES

    # -- looking back ----------------------------------------------------------------------------

    def words(self, place):
        """The state at a place."""
        worker: Worker = self.workers[0]
        where: uint64_t = place
        index: cython.longlong
        size: uint32_t
        data: cython.pointer(uint8_t) = self.parts[where & (PARTS - 1)].arena + (where >> 4)
        memcpy(cython.address(size), data + 12, 4)
        decode(data + 16, size, worker.state)
        return [worker.state[index] for index in range(length(self.machine, worker.state))]

    def mover(self, place):
        """Who took the last step to a state, if preemptions are counted; -1: not known."""
        worker: Worker = self.workers[0]
        if not self.bounded:
            return -1
        self.words(place)
        return worker.state[length(self.machine, worker.state)] - 1

    def parent(self, place):
        """Where the state was found from; None for an initial one."""
        where: uint64_t = place
        parent: uint64_t
        memcpy(cython.address(parent), self.parts[where & (PARTS - 1)].arena + (where >> 4), 8)
        return None if parent == NOWHERE else parent

    def number(self, place):
        """The number of the state: its place in the order of discovery."""
        where: uint64_t = place
        number: uint32_t
        memcpy(cython.address(number), self.parts[where & (PARTS - 1)].arena + (where >> 4) + 8, 4)
        return number

    def places(self):
        """All states' places, by number."""
        found = [0] * self.states
        index: cython.int
        at: uint64_t
        number: uint32_t
        size: uint32_t
        for index in range(PARTS):
            at = 0
            while at < self.parts[index].used:
                memcpy(cython.address(number), self.parts[index].arena + at + 8, 4)
                memcpy(cython.address(size), self.parts[index].arena + at + 12, 4)
                found[number] = (at << 4) | index
                at += 16 + size
        return found

    def find(self, words):
        """The place of a state; None if it was not met. Canonical words are expected."""
        worker: Worker = self.workers[0]
        index: cython.longlong
        hashed: uint64_t
        size: cython.longlong
        found: cython.longlong
        for index in range(len(words)):
            worker.state[index] = words[index]
        if not worker.reserve(len(words) * 11 + 80):
            raise MemoryError
        size = encode(worker.state, len(words), worker.buffer)
        hashed = digest(worker.buffer, size)
        index = (hashed >> 36) & (PARTS - 1)
        found = lookup(cython.address(self.parts[index]), worker.buffer, size, hashed)
        return None if found < 0 else (found << 4) | index

    def guarding(self):
        """Per word of memory the lock held at every access seen, -1: none, or no access."""
        index: cython.longlong
        lock: cython.longlong
        found = []
        if self.guards == cython.NULL:
            return ()
        for index in range(self.machine.locks - self.machine.cells):
            lock = -1
            if self.guards[index] and not self.guards[index] & LAST:
                lock = 0
                while not (self.guards[index] >> lock) & 1:
                    lock += 1
            found.append(lock)
        return tuple(found)

    def graph(self):
        """(source and target numbers, masks of who moved, actors, truths per state) as bytes."""
        return self.edges.raw(), self.masks.raw(), self.actors.raw(), self.marks.raw()

    def left_behind(self, daemons, most):
        """States in which somebody never moves again while others do: (number, place, mask).

        Backwards over all edges, each state learns who can still move from there; then whoever is
        there, neither finished nor going round by itself, and not among them is left behind.
        """
        ever: cython.pointer(uint64_t) = self.ever()
        spare: uint64_t = daemons
        index: cython.int
        at: uint64_t
        mask: uint64_t
        number: uint32_t
        size: uint32_t
        found = []
        for index in range(PARTS):
            at = 0
            while at < self.parts[index].used:
                memcpy(cython.address(number), self.parts[index].arena + at + 8, 4)
                memcpy(cython.address(size), self.parts[index].arena + at + 12, 4)
                mask = self.stuck_at((at << 4) | index, ever[number] & FIRST_BITS, spare)
                if mask:
                    found.append((number, (at << 4) | index, mask))
                at += 16 + size
        free(ever)
        return sorted(found)[:most]

    def stuck_at(self, place, moving, daemons):
        """Who is left behind in a state, as bits; `moving`: who can still move."""
        worker: Worker = self.workers[0]
        where: uint64_t = place
        t: cython.longlong
        status: cython.longlong
        rest: uint64_t = 0
        others: cython.bint = moving != 0
        size: uint32_t
        data: cython.pointer(uint8_t) = self.parts[where & (PARTS - 1)].arena + (where >> 4)
        memcpy(cython.address(size), data + 12, 4)
        decode(data + 16, size, worker.state)
        for t in range(min(worker.state[0], 63)):
            status = worker.state[record(self.machine, t)]
            if status == SPINNING:
                others = True
            elif status != FINISHED and not (moving >> t) & 1 and not (daemons >> t) & 1:
                rest |= cython.cast(uint64_t, 1) << t
        return rest if others else 0

    def ever(self):
        """Per state, as bits, who can still move on some way from there."""
        count: uint64_t = self.states
        edges: uint64_t = self.edges.count
        both: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), self.edges.data)
        moved: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), self.masks.data)
        ever: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), calloc(count + 1, 8))
        first: cython.pointer(uint32_t) = cython.cast(
            cython.pointer(uint32_t), calloc(count + 2, 4)
        )
        before: cython.pointer(uint32_t) = cython.cast(
            cython.pointer(uint32_t), calloc(edges + 1, 4)
        )
        work: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), calloc(count + 1, 4))
        if not ever or not first or not before or not work:
            free(ever)
            free(first)
            free(before)
            free(work)
            raise MemoryError
        with cython.nogil:
            backwards(both, moved, edges, count, ever, first, before, work)
        free(first)
        free(before)
        free(work)
        return ever

    # -- steps one by one, for witnesses ---------------------------------------------------------

    def initials(self):
        """The initial states, or the fault that one comes to: (fault, pc, values, words)."""
        worker: Worker = self.workers[0]
        more: cython.longlong = 1
        fault: cython.longlong
        found = []
        clear_branches(worker.context)
        while more:
            fault = start(self.machine, worker.context, worker.child)
            found.append(self._outcome(worker, fault))
            more = next_branch(worker.context)
        return found

    def successors(self, words):
        """Every way on: (entity, branch, fault, pc, values, words), in order.

        After a fault the words are those of a broken state: only its cells mean something.
        """
        worker: Worker = self.workers[0]
        self._load(worker, words)
        found = []
        t: cython.longlong
        for t in range(worker.state[0]):
            found += self._ways_of(worker, t)
        return found

    def _ways_of(self, worker: Worker, t: cython.longlong):
        branch: cython.longlong = 0
        way: cython.longlong
        more: cython.longlong
        fault: cython.longlong
        found = []
        status: cython.longlong = worker.state[record(self.machine, t)]
        if status == FINISHED or status == SPINNING:
            return found
        for way in range(ways(self.machine, worker.context, worker.state, t)):
            clear_branches(worker.context)
            more = 1
            while more:
                memcpy(worker.child, worker.state, length(self.machine, worker.state) * 8)
                fault = step(self.machine, worker.context, worker.child, t, way)
                if fault == FAULT_NO_ROOM and worker.larger():
                    clear_branches(worker.context)
                    continue
                found.append((t, branch, *self._outcome(worker, fault)))
                branch += 1
                more = next_branch(worker.context)
        return found

    def _outcome(self, worker: Worker, fault: cython.longlong):
        if fault:
            values = worker.context.fault_values()
            if fault == FAULT_ASSERTION:
                values = asserted(worker.context.records())
            return fault, worker.context.fault_pc, values, self._child(worker)
        return 0, -1, (), self._child(worker)

    def _child(self, worker: Worker):
        index: cython.longlong
        count: cython.longlong = length(self.machine, worker.child)
        return [worker.child[index] for index in range(count)]

    def _load(self, worker: Worker, words):
        index: cython.longlong
        while len(words) + 32 > worker.size and worker.larger():
            pass
        for index in range(len(words)):
            worker.state[index] = words[index]

    def reduced(self, words, t):
        """The state as the search keeps it, after a step of t: (steps, words)."""
        worker: Worker = self.workers[0]
        weight: cython.longlong
        self._load(worker, words)
        memcpy(worker.child, worker.state, length(self.machine, worker.state) * 8)
        weight = worker.fuse(t) if t >= 0 else 0
        if self.group_count:
            worker.canonical()
        return weight, self._child(worker)

    def value(self, words, code):
        """The words of an expectation in a state; None with the fault's code if it fails."""
        worker: Worker = self.workers[0]
        context: Context = worker.context
        index: cython.longlong
        self._load(worker, words)
        if evaluate(self.machine, context, worker.state, code) < 0 and context.fault:
            return None, context.fault
        return tuple(
            [worker.state[context.answer + index] for index in range(context.answer_count)]
        ), 0

    def thing_of(self, words, t):
        """The index of the object of an entity's next micro-op, -1."""
        worker: Worker = self.workers[0]
        self._load(worker, words)
        return object_of(self.machine, worker.state, t)

    def ways_of(self, words, t):
        """In how many ways an entity can step."""
        worker: Worker = self.workers[0]
        self._load(worker, words)
        if worker.state[record(self.machine, t)] in (FINISHED, SPINNING):
            return 0
        return ways(self.machine, worker.context, worker.state, t)

    def record_of(self, t):
        """Where an entity's record begins in a state."""
        return record(self.machine, t)
