# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""One thread's draft: where a successor is written, brought into standing form, and handed over.

Whoever takes a step (by habit, habits.py, or with `step`, worker.py) changes the `draft`, a packed
state. `finish` then puts interchangeable threads into their standing order, and `hand_over` writes
the state to a line of the sheet (sheet.py), and to the lane of the part that it belongs to.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc


@cython.cclass
class Drafter(Onlooker):
    """The successor at hand, packed."""

    def __cinit__(self, shared, context, ahead):
        self.recent = cython.cast(cython.pointer(Recent), calloc(RECENT, cython.sizeof(Recent)))
        if self.recent == cython.NULL:
            raise MemoryError

    def __init__(self, shared: Shared, context, ahead):
        Onlooker.__init__(self, shared, context, ahead)
        self.wanted = cython.cast(
            cython.pointer(uint8_t), calloc(cython.cast(cython.size_t, self.shape.words) + 1, 1)
        )
        if self.wanted == cython.NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.recent)
        free(self.draft)
        free(self.lines.at)
        free(self.wanted)

    @cython.final
    def larger_draft(self):
        """More room for it; NULL: no memory."""
        size: cython.size_t = self.shape.size * 2 + SPARE
        data: cython.pointer(uint8_t)
        data = cython.cast(cython.pointer(uint8_t), realloc(self.draft, size))
        if data == cython.NULL:
            self.starved = True
            return cython.NULL
        self.draft = data
        self.room = size
        return self.draft

    @cython.final
    def misfit(self, word, value):
        """Ask for a wider word."""
        self.unfit = True
        if self.wanted[word] < bytes_of(value):
            self.wanted[word] = bytes_of(value)
        return False

    @cython.final
    def take_numbers(self, to):
        """The numbers of the records of a packed state, to `fresh`."""
        index: cython.longlong
        ids: cython.pointer(uint8_t) = to + self.shape.ids_at
        if self.shape.id_wide == 1:
            for index in range(self.shape.most):
                self.fresh[index] = ids[index]
        else:
            for index in range(self.shape.most):
                self.fresh[index] = get_id(self.shape, to, index)

    @cython.final
    def part_of_fresh(self):
        """Which part of the store a state with these records belongs to."""
        sum_: uint64_t = 0
        index: cython.longlong
        for index in range(self.shape.most):
            sum_ += self.fresh[index] * cython.cast(uint64_t, 2 * index + 1)
        return (sum_ * GOLDEN) >> (64 - PART_BITS)

    @cython.final
    def finish(self, to, parent, t, weight, moved):
        """Bring a successor into its standing form, and hand it over."""
        self.take_numbers(to)
        if self.shared.arranges and not self.arrange(to):
            return
        self.hand_over(to, parent, t, weight, moved)

    @cython.final
    def finish_one(self, to, parent, t, weight):
        """The same where nobody but t has changed."""
        moved: uint64_t = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        if self.shared.turns or self.shared.nameless:
            self.finish(to, parent, t, weight, moved)
            return
        self.take_numbers(to)
        if not self.shared.group_count or self.line_up(to, t):
            self.hand_over(to, parent, t, weight, moved)

    @cython.final
    def hand_over(self, to, parent, t, weight, moved):
        """Write a successor down for the part that it belongs to."""
        hashed: uint32_t = cython.cast(uint32_t, digest(to, self.shape.size))
        lane: cython.pointer(Lane)
        pitch: uint64_t = self.shared.pitch
        words: cython.pointer(uint32_t)
        if self.trying:
            self.deeper = self.deeper or not self.was_there(to, hashed)
            return
        lane = cython.address(self.sheet.lanes[self.part_of_fresh()])
        if lane.used + pitch > lane.room and not more_lane(lane, pitch):
            self.starved = True
            return
        if not self.shared.keep and is_repeated(self.recent, lane, to, self.shape.size, hashed):
            return
        words = cython.cast(cython.pointer(uint32_t), lane.data + lane.used)
        prefetch_to_write(lane.data + lane.used + 128)
        words[0] = cython.cast(uint32_t, parent)
        words[1] = hashed
        words[2] = cython.cast(uint32_t, self.sheet.count)
        copy_up(lane.data + lane.used + CANDIDATE, to, self.shape.size)
        lane.used += pitch
        if not write_line(self.sheet, cython.cast(uint32_t, parent), t, weight, moved):
            self.starved = True
        elif self.shared.arranges and self.shared.keep:
            self.sheet.turns[self.sheet.count - 1] = self.turn

    @cython.final
    def was_there(self, to, hashed):
        """Was a state found before the search came to the present depth?"""
        index: uint64_t = self.part_of_fresh()
        found: cython.longlong = lookup(cython.address(self.shared.parts[index]), to, hashed)
        return found >= 0 and found < cython.cast(cython.longlong, self.shared.before[index])

    # -- interchangeable threads --------------------------------------------------------------

    @cython.final
    def arrange(self, to):
        """Bring interchangeable threads into their standing order; False: it does not fit."""
        group: cython.longlong
        first: cython.longlong
        last: cython.longlong
        t: cython.longlong
        u: cython.longlong
        self.turn = 0
        for group in range(self.shared.group_count):
            first = self.shared.groups[2 * group]
            last = self.shared.groups[2 * group + 1]
            if last < 0:  # those who were started
                last = load(self.shape, to, 0)
            for t in range(first + 1, last):
                u = t
                while u > first and self.comes_before(to, u, u - 1):
                    if not self.exchange(to, u, u - 1):
                        return False
                    if self.shared.keep:
                        self.turn = let_pass_by(self.turn, u, u - 1)
                    u -= 1
        if self.shared.nameless == 1:
            self.forget(to)
        return not self.shared.turns or self.turned(to)

    @cython.final
    def line_up(self, to, t):
        """The same where only t has changed, and what it owns: all others stand in order."""
        follows: cython.pointer(uint8_t) = self.shared.follows
        u: cython.longlong = t
        key: uint64_t = self.catalog.entry(self.fresh[t]).key
        self.turn = 0
        if t >= self.machine.threads:
            return True
        while follows[u] and key <= self.entries[u - 1].key:
            if key == self.entries[u - 1].key and not self.comes_before(to, t, u - 1):
                break
            u -= 1
        while u >= t and follows[u + 1] and key >= self.entries[u + 1].key:
            if key == self.entries[u + 1].key and not self.comes_before(to, u + 1, t):
                break
            u += 1
        if self.shared.keep and u != t:
            self.turn = let_pass_by(0, t, u)
        if self.shared.owner_count == 0:
            self.pass_by(to, t, u)
            return True
        while t != u:
            if not self.exchange(to, t, t + (1 if t < u else -1)):
                return False
            t += 1 if t < u else -1
        return True

    @cython.final
    def pass_by(self, to, t, u):
        """Put the record of t where u is, and move all between by one; nobody owns anything."""
        number: uint32_t = self.fresh[t]
        step_: cython.longlong = 1 if t < u else -1
        while t != u:
            self.fresh[t] = self.fresh[t + step_]
            set_id(self.shape, to, t, self.fresh[t])
            t += step_
        if self.fresh[t] != number:
            self.fresh[t] = number
            set_id(self.shape, to, t, number)

    @cython.final
    def forget(self, to):
        """Leave out those who were started, have finished, and own nothing."""
        index: cython.longlong
        last: cython.longlong = load(self.shape, to, 0) - 1
        while last >= self.machine.threads:
            if self.catalog.entry(self.fresh[last]).status != FINISHED:
                break
            for index in range(self.shared.owner_count):
                if load(self.shape, to, self.shared.owners[index]) == last + 1:
                    return
            self.fresh[last] = 0
            set_id(self.shape, to, last, 0)
            self.put(to, 0, last)
            last -= 1

    @cython.final
    def comes_before(self, to, t, u):
        """The standing order: by the words of the record, then who owns the first lock."""
        one: uint32_t = self.fresh[t]
        two: uint32_t = self.fresh[u]
        left: uint64_t
        right: uint64_t
        if one != two:
            left = self.catalog.entry(one).key
            right = self.catalog.entry(two).key
            if left != right:
                return left < right
            return self.catalog.comes_before(one, two, self.child, self.later)
        if self.shared.owner_count == 0:
            return False
        return self.owns_first(to, t, u)

    @cython.final
    def owns_first(self, to, t, u):
        """Of two with equal records, is it t that owns the first lock owned by either?"""
        index: cython.longlong
        owner: cython.longlong
        for index in range(self.shared.owner_count):
            owner = load(self.shape, to, self.shared.owners[index]) - 1
            if owner == t or owner == u:
                return owner == t
        return False

    @cython.final
    def exchange(self, to, t, u):
        """Let two threads change places: their records, and their names as owners."""
        number: uint32_t = self.fresh[t]
        index: cython.longlong
        owner: cython.longlong
        self.fresh[t] = self.fresh[u]
        self.fresh[u] = number
        set_id(self.shape, to, t, self.fresh[t])
        set_id(self.shape, to, u, number)
        for index in range(self.shared.owner_count):
            owner = load(self.shape, to, self.shared.owners[index]) - 1
            if owner == t or owner == u:
                owner = u if owner == t else t
                if not self.put(to, self.shared.owners[index], owner + 1):
                    return False
        return True

    @cython.final
    def turned(self, to):
        """Replace a packed state by its least image; False: it does not fit."""
        self.turn = self.images.least(self.shape, to, self.fresh, load(self.shape, to, 0))
        self.starved = self.starved or self.turn < 0
        if self.turn > 0 and not self.images.write(self.shape, to, self.fresh, self.wanted):
            self.unfit = True
            return False
        return self.turn >= 0
