# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""One thread's habits: what records have done, so that nobody has to be interpreted again.

A step by habit is taken on the packed state. For each entity the record's number and the value of
the word that its step touches are looked up: what the same record did when it met the same value.
If it is there, the successor is the packed state with that number and that word changed. If it is
not, the step is taken once with `step` on the unpacked words, and becomes a habit, provided that it
touched nothing else. A few words side by side (a channel) are looked up as they are packed, in a
table of its own: such *wide* habits are forgotten when the shape changes. A signal is the habit of
whom it comes from, and each sleeper's record has one that is awake. A message that is handed over
without a buffer is the habit of the *pair* who meet. An indivisible *block* depends on the words
that it was seen to touch, whichever way it took: they are its reach, which grows. What reaches
further (see catalog.py) is left to the worker, who takes it with `step` every time. Either way the
meaning is that of `step`; the plain engine, which learns what steps do in another way
(plain_habits.py), is the twin that this is tested against.
"""

import cython
from cython.cimports.libc.stdint import int32_t, uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memcmp, memcpy, memset


@cython.cclass
class Habits(Drafter):
    """What steps of records have come to."""

    def __cinit__(self, shared, context, ahead):
        self.habit_mask = FIRST_HABITS - 1
        self.habits = cython.cast(cython.pointer(Habit), calloc(FIRST_HABITS, cython.sizeof(Habit)))
        if self.habits == cython.NULL:
            raise MemoryError
        self.wides = cython.NULL
        self.widths = cython.NULL
        self.pairs = cython.NULL
        self.reaches = cython.NULL
        self.blocks = cython.NULL

    def __init__(self, shared: Shared, context, ahead):
        Drafter.__init__(self, shared, context, ahead)
        self.ranked = self.machine.ranks >= 0

    def __dealloc__(self):
        free(self.habits)
        free(self.wides)
        free(self.widths)
        free(self.pairs)
        free(self.reaches)
        free(self.blocks)

    @cython.final
    def keep_habits(self):
        """Before a run: forget what was learnt of states of another shape."""
        if self.wides != cython.NULL:
            if memcmp(self.widths, self.shape.wide, self.shape.words) != 0:
                memset(self.wides, 0, WIDES * cython.sizeof(Wide))
                memcpy(self.widths, self.shape.wide, self.shape.words)

    @cython.final
    def by_habit(self, t, place):
        """The successor by t, if it is known what its record does."""
        number: uint32_t = self.ids[t]
        entry: cython.pointer(Entry) = self.entries[t]
        to: cython.pointer(uint8_t)
        weight: cython.int = 1
        if entry.manner >= CALLING:
            if entry.manner == CALLING and self.is_called(entry.thing):
                return self.by_call(t, place)
            if entry.manner == MEETING:
                return self.by_meeting(t, place)
        to = self.room_for_draft()
        if to == cython.NULL:
            return DONE
        copy_up(to, self.data, self.shape.size)
        if entry.manner == ONE_WORD:
            number = self.one_word(to, t, number, entry)
        else:
            number = self.one_step(to, t, number, entry)
        if number == UNKNOWN_STEP:
            return LOST_TRACK
        if number == 0:
            return NOT_NOW
        if number == MISFIT:
            self.transitions += 1
            return DONE
        if self.shared.fuses:
            weight = self.fuse_by_habit(to, t, number)
            if weight == 0:
                return LOST_TRACK
            if weight < 0:
                self.transitions += 1
                return DONE
        self.transitions += 1
        self.finish_one(to, place, t, weight)
        return DONE

    @cython.final
    def fuse_by_habit(self, to, t, number):
        """Take the left-movers that follow at once; how many steps the whole is.

        0: something is not known; -1: it does not fit into the shape.
        """
        weight: cython.int = 1
        entry: cython.pointer(Entry)
        after: uint32_t
        lock: cython.longlong
        while weight < HEAVIEST:
            entry = self.catalog.entry(number)
            if entry.status != AT:
                break
            if not self.shared.fusable[entry.kind]:
                if self.shared.guard_of == cython.NULL:
                    break
                if entry.kind != READ and entry.kind != WRITE:
                    break
                if entry.place < 0:
                    return 0
                lock = self.shared.guard_of[entry.thing]
                if lock < 0 or (entry.kind == WRITE and lock & 1):
                    break
                if load(self.shape, to, self.machine.locks + (lock >> 1)) != t + 1:
                    break
            if entry.manner == ANYTHING or entry.manner == CALLING or entry.manner == MEETING:
                return 0
            after = self.one_step(to, t, number, entry)
            if after == UNKNOWN_STEP:
                return 0
            if after == 0:
                break
            if after == MISFIT:
                return -1
            number = after
            weight += 1
        return weight

    @cython.final
    def by_call(self, t, place):
        """The successors by a signal that somebody hears: one for each who may be woken."""
        entry: cython.pointer(Entry) = self.entries[t]
        to: cython.pointer(uint8_t)
        number: uint32_t
        moved: uint64_t
        weight: cython.int = 1
        fits: cython.bint
        first: cython.longlong
        u: cython.longlong
        for first in range(self.state[0]):
            if self.entries[first].status != ASLEEP or self.entries[first].thing != entry.thing:
                continue
            to = self.room_for_draft()
            if to == cython.NULL:
                return DONE
            copy_up(to, self.data, self.shape.size)
            number = self.one_step(to, t, self.ids[t], entry)
            if number == UNKNOWN_STEP or number == 0:
                return LOST_TRACK
            fits = number != MISFIT
            moved = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
            for u in range(first, self.state[0] if entry.kind == BROADCAST else first + 1):
                if self.entries[u].status == ASLEEP and self.entries[u].thing == entry.thing:
                    fits = self.wake(to, u) and fits
                    moved |= cython.cast(uint64_t, 1) << (u if u < 63 else 63)
            if fits and self.shared.fuses:
                weight = self.fuse_by_habit(to, t, number)
                if weight == 0:
                    return LOST_TRACK
            self.transitions += 1
            if fits and weight > 0:
                self.finish(to, place, t, weight, moved)
            if entry.kind == BROADCAST:
                break
        return DONE

    @cython.final
    def wake(self, to, t):
        """Let a sleeper of the state at hand stand at its next micro-op; False: it does not fit."""
        entry: cython.pointer(Entry) = self.entries[t]
        at: cython.longlong = self.record_of(t)
        number: uint32_t = entry.awake
        if number == 0:
            decode(entry.data, entry.size, self.child + at)
            self.child[at] = AT
            self.child[at + self.machine.at_object] = 0
            number = self.catalog.number_of(self.child, t, entry.words, self.scratch, True)
            entry.awake = number
            self.starved = self.starved or number == 0
        if not id_fits(self.shape, number):
            self.unfit = True
            return False
        set_id(self.shape, to, t, number)
        return number != 0

    @cython.final
    def one_word(self, to, t, number, entry):
        """What `one_step` says of the commonest steps."""
        place: cython.longlong = entry.place
        habit: cython.pointer(Habit)
        habit = self.habit(number, entry, t, load(self.shape, to, place), place)
        if habit.after == UNKNOWN_STEP or habit.after == 0:
            return habit.after
        if not self.put(to, place, habit.value):
            return MISFIT
        if habit.section >= 0:
            if not self.put(to, habit.section, load(self.shape, to, habit.section) + habit.change):
                return MISFIT
        if not id_fits(self.shape, habit.after):
            self.unfit = True
            return MISFIT
        set_id(self.shape, to, t, habit.after)
        return habit.after

    @cython.final
    def one_step(self, to, t, number, entry):
        """Change a packed state as a step of t does; the number of its record after it.

        0: it is not possible now; UNKNOWN_STEP: it reaches further; MISFIT: the state needs another
        shape.
        """
        habit: cython.pointer(Habit)
        place: cython.longlong = entry.place
        if entry.manner >= WAITING or (self.ranked and entry.manner == OWNER):
            if entry.manner >= RUN:
                if entry.manner == INDIVISIBLE:
                    return self.block_step(to, t, number, entry)
                return self.wide_step(to, t, number, entry)
            place = self.lock_at(to, t, entry)
            if place < 0:
                return UNKNOWN_STEP
        habit = self.habit(number, entry, t, self.value_for(entry, to, t, place), place)
        if habit.after == UNKNOWN_STEP or habit.after == 0:
            return habit.after
        return habit.after if self.apply(to, habit, entry, t, place) else MISFIT

    @cython.final
    def lock_at(self, to, t, entry):
        """The lock that a step touches, as a word, if t holds no other; -1: it does, or none."""
        lock: cython.longlong
        found: cython.longlong = entry.place
        for lock in range(self.machine.locks, self.machine.locks + self.machine.lock_count):
            if lock != found and load(self.shape, to, lock) == t + 1:
                if found >= 0:
                    return -1
                found = lock
        return found

    @cython.final
    def wide_step(self, to, t, number, entry):
        """The same for a step that touches a few words side by side."""
        key: uint64_t = number
        given: uint64_t
        mask: uint64_t = ~cython.cast(uint64_t, 0)
        wide: cython.pointer(Wide)
        last: cython.longlong = entry.place + entry.run - 1
        at: cython.longlong = self.shape.at[entry.place]
        size: cython.longlong = self.shape.at[last] + self.shape.wide[last] - at
        if size > 8 or (self.wides == cython.NULL and not self.open_wides()):
            return UNKNOWN_STEP
        if size < 8:
            mask = (cython.cast(uint64_t, 1) << (8 * size)) - 1
        if entry.manner == RUN_OF_NAMES:
            key |= cython.cast(uint64_t, t + 1) << 32
        memcpy(cython.address(given), to + at, 8)
        wide = self.wides + ((((given & mask) * GOLDEN ^ key) * GOLDEN) >> 50)
        if wide.key != key or wide.given != given & mask:
            self.learn_wide(wide, entry, t, at, mask)
            wide.key = key
            wide.given = given & mask
        if wide.after == UNKNOWN_STEP or wide.after == 0:
            return wide.after
        given = (given & ~mask) | wide.value
        memcpy(to + at, cython.address(given), 8)
        if wide.section >= 0:
            if not self.put(to, wide.section, load(self.shape, to, wide.section) + wide.change):
                return MISFIT
        if not id_fits(self.shape, wide.after):
            self.unfit = True
            return MISFIT
        set_id(self.shape, to, t, wide.after)
        return wide.after

    @cython.final
    def open_wides(self):
        """Room for such habits; False: no memory."""
        count: cython.longlong = self.shape.words
        self.wides = cython.cast(cython.pointer(Wide), calloc(WIDES, cython.sizeof(Wide)))
        self.widths = cython.cast(cython.pointer(uint8_t), calloc(count + 1, 1))
        if self.wides == cython.NULL or self.widths == cython.NULL:
            self.starved = True
            return False
        memcpy(self.widths, self.shape.wide, count)
        return True

    @cython.final
    def is_called(self, condition):
        """Does anybody sleep at a condition?"""
        t: cython.longlong
        for t in range(self.state[0]):
            if self.entries[t].status == ASLEEP and self.entries[t].thing == condition:
                return True
        return False

    @cython.final
    def value_for(self, entry, data, t, place):
        """What a step depends on, besides the record."""
        value: cython.longlong
        if entry.manner == ONE_WORD:
            return load(self.shape, data, place)
        if entry.manner == OWNER:
            value = load(self.shape, data, place)
            return 0 if value == 0 else 1 if value == t + 1 else 2
        return place if entry.manner == WAITING else 0

    @cython.final
    def apply(self, to, habit, entry, t, place):
        """Change a packed state as a step does; False: it does not fit."""
        value: cython.longlong = habit.value
        fits: cython.bint = True
        if place >= 0:
            if entry.manner == OWNER or entry.manner == WAITING:
                if value < 2:
                    if self.ranked and (load(self.shape, to, place) == t + 1) != value:
                        fits = self.put(to, place + self.machine.ranks - self.machine.locks, value)
                    fits = self.put(to, place, t + 1 if value == 1 else 0) and fits
            else:
                fits = self.put(to, place, value)
        if habit.section >= 0:
            value = load(self.shape, to, habit.section) + habit.change
            fits = self.put(to, habit.section, value) and fits
        if not id_fits(self.shape, habit.after):
            self.unfit = True
            return False
        set_id(self.shape, to, t, habit.after)
        return fits

    # -- learning -----------------------------------------------------------------------------

    @cython.final
    def habit(self, number, entry, t, value, place):
        """What the record does with the value."""
        key: uint64_t = (cython.cast(uint64_t, number) << 32) | cython.cast(uint32_t, value)
        found: cython.pointer(Habit)
        found = self.habits + (((key * GOLDEN) >> 40) & self.habit_mask)
        if value != cython.cast(int32_t, value):
            found.key = 0
            found.after = UNKNOWN_STEP
            return found
        if found.key != key:
            self.habit_misses += 1
            if self.habit_misses > 2 * self.habit_mask and self.habit_mask < MOST_HABITS:
                self.more_habits()
                found = self.habits + (((key * GOLDEN) >> 40) & self.habit_mask)
            self.learn(found, entry, t, place)
            found.key = key
        return found

    @cython.final
    def more_habits(self):
        """A larger table; what was in the old one is learnt again."""
        mask: uint64_t = self.habit_mask * 4 + 3
        habits: cython.pointer(Habit) = cython.cast(
            cython.pointer(Habit), calloc(mask + 1, cython.sizeof(Habit))
        )
        self.habit_misses = 0
        if habits != cython.NULL:
            free(self.habits)
            self.habits = habits
            self.habit_mask = mask

    @cython.final
    def learn(self, habit, entry, t, place):
        """Take the step once, from the draft, and note what it does."""
        habit.after = self.experience(entry, t)
        if habit.after == 1 and not self.learnt(habit, entry, t, place):
            habit.after = UNKNOWN_STEP

    @cython.final
    def experience(self, entry, t):
        """Take a step from the draft: from `child` to `later`. 1: done; 0: not possible now."""
        count: cython.longlong
        if self.shared.is_late():
            return UNKNOWN_STEP
        self.unpack_draft(entry, t)
        if entry.manner == CALLING:
            self.wake_all(entry.thing)
        count = ways(self.machine, self.ahead, self.child, t)
        if count != 1:
            return 0 if count == 0 else UNKNOWN_STEP
        if not self.attempt(t, 0) or self.ahead.partner >= 0:
            return UNKNOWN_STEP
        return 1

    @cython.final
    def unpack_draft(self, entry, t):
        """The draft to `child`; the record of t is that of the entry."""
        data: cython.pointer(uint8_t) = self.draft
        u: cython.longlong
        other: cython.pointer(Entry)
        for u in range(self.machine.first):
            self.child[u] = load(self.shape, data, u)
        for u in range(self.state[0]):
            other = entry if u == t else self.entries[u]
            decode(other.data, other.size, self.child + self.record_of(u))

    @cython.final
    def attempt(self, t, way):
        """From `child` to `later`; False: it fails, leaves a choice, or makes somebody new."""
        fault: cython.longlong
        count: cython.longlong
        memcpy(self.later, self.child, length(self.machine, self.child) * 8)
        clear_branches(self.ahead)
        fault = step(self.machine, self.ahead, self.later, t, way)
        count = self.ahead.cursor
        clear_branches(self.ahead)
        return fault == 0 and count == 0 and self.later[0] == self.child[0]

    @cython.final
    def wake_all(self, condition):
        """What a signal does to its own thread is learnt where nobody hears it."""
        t: cython.longlong
        at: cython.longlong
        for t in range(self.child[0]):
            at = self.record_of(t)
            if (
                self.child[at] == ASLEEP
                and self.child[at + self.machine.at_object] == condition + 1
            ):
                self.child[at] = AT
                self.child[at + self.machine.at_object] = 0

    @cython.final
    def changed(self, first, last, t, section, change):
        """The record of t after a step that changed no words but these, and a section's.

        UNKNOWN_STEP: it has changed more.
        """
        if not self.settled(first, last, t, t, section, change):
            return UNKNOWN_STEP
        return self.number_after(t)

    @cython.final
    def settled(self, first, last, t, r, section, change):
        """Has nothing changed but these words, a section's, and the records of t and r?"""
        u: cython.longlong
        at: cython.longlong
        size: cython.longlong
        section[0] = -1
        change[0] = 0
        for u in range(1, self.machine.first):
            if self.later[u] == self.child[u] or (first <= u and u < last):
                continue
            if section[0] >= 0 or not self.shared.is_section[u]:
                return False
            section[0] = cython.cast(int32_t, u)
            change[0] = cython.cast(int32_t, self.later[u] - self.child[u])
        for u in range(self.child[0]):
            at = self.record_of(u)
            size = self.record_of(u + 1) - at
            if u != t and u != r and memcmp(self.child + at, self.later + at, size * 8) != 0:
                return False
        return True

    @cython.final
    def number_after(self, t):
        """The number of the record of t in `later`."""
        size: cython.longlong = self.record_of(t + 1) - self.record_of(t)
        number: uint32_t = self.catalog.number_of(self.later, t, size, self.scratch, True)
        if number == 0:
            self.starved = True
            return UNKNOWN_STEP
        return number

    @cython.final
    def learnt(self, habit, entry, t, place):
        """What changed from `child` to `later`; False if it is more than a habit can say."""
        value: cython.longlong = 0
        rank: cython.longlong = -1
        if place >= 0:
            value = self.later[place]
            if entry.manner == OWNER or entry.manner == WAITING:
                value = 0 if value == 0 else 1 if value == t + 1 else 2
                if self.ranked:
                    rank = place + self.machine.ranks - self.machine.locks
                    if self.later[rank] != self.child[rank]:
                        if value == 2 or self.later[rank] != value:
                            return False
                        self.later[rank] = self.child[rank]
            if value != cython.cast(int32_t, value):
                return False
        habit.value = cython.cast(int32_t, value)
        habit.after = self.changed(
            place, place + 1, t, cython.address(habit.section), cython.address(habit.change)
        )
        return habit.after != UNKNOWN_STEP

    @cython.final
    def learn_wide(self, wide, entry, t, at, mask):
        """The same for a few words side by side."""
        word: cython.longlong
        after: uint32_t
        value: uint64_t
        wide.after = self.experience(entry, t)
        if wide.after != 1:
            return
        after = self.changed(
            entry.place,
            entry.place + entry.run,
            t,
            cython.address(wide.section),
            cython.address(wide.change),
        )
        wide.after = UNKNOWN_STEP
        copy_up(self.scratch, self.draft, self.shape.size)
        for word in range(entry.place, entry.place + entry.run):
            if not save(self.shape, self.scratch, word, self.later[word]):
                return
        memcpy(cython.address(value), self.scratch + at, 8)
        wide.value = value & mask
        wide.after = after

    # -- two who meet ---------------------------------------------------------------------------

    @cython.final
    def by_meeting(self, t, place):
        """The successors by a send without a buffer: one for each way to receive it."""
        entry: cython.pointer(Entry) = self.entries[t]
        other: cython.pointer(Entry)
        pair: cython.pointer(Pair)
        to: cython.pointer(uint8_t)
        way: cython.longlong = 0
        which: cython.longlong
        r: cython.longlong
        if load(self.shape, self.data, entry.place) != 0:  # it is closed
            return LOST_TRACK
        for r in range(self.state[0]):
            other = self.entries[r]
            if r == t or other.status != AT:
                continue
            if other.kind != SELECT and (other.kind != RECEIVE or other.thing != entry.thing):
                continue
            for which in range(MOST_WAYS):
                to = self.room_for_draft()
                if to == cython.NULL:
                    return DONE
                copy_up(to, self.data, self.shape.size)
                pair = self.pair(to, t, r, which, way)
                if pair == cython.NULL or pair.after == 0:
                    break
                if pair.after == UNKNOWN_STEP or not self.meet(to, pair, t, r, place):
                    self.spread()
                    self.alternatives(t, way, place)
                way += 1
                if other.kind == RECEIVE:
                    break
        return DONE if way else NOT_NOW

    @cython.final
    def meet(self, to, pair, t, r, place):
        """One of them; False: what follows at once is not known."""
        weight: cython.int = 1
        moved: uint64_t = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        fits: cython.bint = id_fits(self.shape, pair.after) and id_fits(self.shape, pair.other)
        self.unfit = self.unfit or not fits
        moved |= cython.cast(uint64_t, 1) << (r if r < 63 else 63)
        if pair.section >= 0:
            if not self.put(to, pair.section, load(self.shape, to, pair.section) + pair.change):
                fits = False
        if fits:
            set_id(self.shape, to, t, pair.after)
            set_id(self.shape, to, r, pair.other)
            if self.shared.fuses:
                weight = self.fuse_by_habit(to, t, pair.after)
        if weight == 0:
            return False
        self.transitions += 1
        if fits and weight > 0:
            self.finish(to, place, t, weight, moved)
        return True

    @cython.final
    def pair(self, to, t, r, which, way):
        """What comes of the meeting, in one of its ways; NULL: no memory."""
        key: uint64_t = cython.cast(uint64_t, self.ids[t]) << 36
        found: cython.pointer(Pair)
        key |= (cython.cast(uint64_t, self.ids[r]) << 8) | cython.cast(uint64_t, which)
        if self.pairs == cython.NULL:
            self.pairs = cython.cast(cython.pointer(Pair), calloc(PAIRS, cython.sizeof(Pair)))
            if self.pairs == cython.NULL:
                self.starved = True
                return cython.NULL
        found = self.pairs + ((key * GOLDEN) >> 50)
        if found.key != key:
            self.learn_pair(found, t, r, way)
            found.key = key
        return found

    @cython.final
    def learn_pair(self, pair, t, r, way):
        """Take the step once; ways are counted from those whom t met before."""
        known: cython.bint
        pair.after = UNKNOWN_STEP
        if self.shared.is_late():
            return
        self.unpack_draft(self.entries[t], t)
        if way >= ways(self.machine, self.ahead, self.child, t):
            pair.after = 0
            return
        known = self.attempt(t, way)
        if self.ahead.partner != r:  # whom t meets in that way comes after r
            pair.after = 0
        if self.ahead.partner != r or not known:
            return
        if self.settled(0, 0, t, r, cython.address(pair.section), cython.address(pair.change)):
            pair.other = self.number_after(r)
            if pair.other != UNKNOWN_STEP:
                pair.after = self.number_after(t)

    def alternatives(self, t, way, place):
        """A way that is no habit: the worker's part."""

    # -- indivisible blocks ---------------------------------------------------------------------

    @cython.final
    def block_step(self, to, t, number, entry):
        """What `one_step` says of a block: it depends on the words that it was seen to touch."""
        reach: cython.pointer(Reach)
        block: cython.pointer(Block)
        given: cython.longlong[6]
        key: uint64_t
        mixed: uint64_t
        index: cython.int
        fits: cython.bint = True
        if self.blocks == cython.NULL and not self.open_blocks():
            return UNKNOWN_STEP
        reach = self.reaches + (number & (REACHES - 1))
        if reach.number != number:
            reach.number = number
            reach.count = 0
            self.editions += 1
            reach.edition = self.editions
        if reach.count < 0:
            return UNKNOWN_STEP
        key = (cython.cast(uint64_t, number) << 32) | reach.edition
        mixed = key
        for index in range(reach.count):
            given[index] = load(self.shape, to, reach.places[index])
            mixed = (mixed ^ cython.cast(uint64_t, given[index])) * GOLDEN
        block = self.blocks + ((mixed * GOLDEN) >> 50)
        if block.key != key or memcmp(block.given, given, 8 * reach.count) != 0:
            self.learn_block(block, reach, entry, t)
        if block.after == UNKNOWN_STEP:
            return UNKNOWN_STEP
        for index in range(reach.count):
            fits = self.put(to, reach.places[index], block.value[index]) and fits
        if block.section >= 0:
            fits = (
                self.put(to, block.section, load(self.shape, to, block.section) + block.change)
                and fits
            )
        if not id_fits(self.shape, block.after):
            self.unfit = True
            return MISFIT
        set_id(self.shape, to, t, block.after)
        return block.after if fits else MISFIT

    @cython.final
    def open_blocks(self):
        """Room for them; False: no memory."""
        self.reaches = cython.cast(cython.pointer(Reach), calloc(REACHES, cython.sizeof(Reach)))
        self.blocks = cython.cast(cython.pointer(Block), calloc(BLOCKS, cython.sizeof(Block)))
        if self.reaches == cython.NULL or self.blocks == cython.NULL:
            self.starved = True
            return False
        return True

    @cython.final
    def learn_block(self, block, reach, entry, t):
        """Take the block once, and note all it touches: then its reach may grow."""
        index: cython.int
        place: cython.longlong
        known: cython.bint
        block.after = UNKNOWN_STEP
        block.key = 0
        self.ahead.logging = True
        known = self.experience(entry, t) == 1
        self.ahead.logging = False
        if not known:
            reach.count = -1
        if not known or not self.reach_out(reach):
            return
        for index in range(reach.count):
            place = reach.places[index]
            block.given[index] = self.child[place]
            block.value[index] = self.later[place]
            self.later[place] = self.child[place]
        block.after = self.changed(
            0, 0, t, cython.address(block.section), cython.address(block.change)
        )
        block.key = (cython.cast(uint64_t, reach.number) << 32) | reach.edition

    @cython.final
    def reach_out(self, reach):
        """Add the words that are in the log; False: it touches what is no word, or too many."""
        at: cython.longlong = 0
        kind: cython.longlong
        word: cython.longlong
        index: cython.int
        while at < self.ahead.log_size:
            kind = self.ahead.log[at + 1]
            word = self.word_of(kind, self.ahead.log[at + 4])
            at += self.ahead.log[at]
            if word == 0:
                continue
            index = 0
            while index < reach.count and reach.places[index] != word:
                index += 1
            if index < reach.count:
                continue
            if word < 0 or index == FARTHEST:
                reach.count = -1
                return False
            reach.places[index] = cython.cast(int32_t, word)
            reach.count += 1
            self.editions += 1
            reach.edition = self.editions
        return True

    @cython.final
    def word_of(self, kind, thing):
        """The word that an action inside a block touches; 0: none; -1: it reaches further."""
        if kind >= READ and kind <= CAS:
            return self.machine.cells + thing
        if kind == DOWN or kind == UP or kind == DOWN_TRY:
            return self.machine.semaphores + thing
        if kind == EVENT_WAIT or kind == EVENT_SET or kind == EVENT_RESET:
            return self.machine.events + thing
        if kind == ATOMIC or kind == PRINT or kind == LEAVE:
            return 0
        return 0 if kind == NOTE_ENTER or kind == NOTE_FINISH else -1
