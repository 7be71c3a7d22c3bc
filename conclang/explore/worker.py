# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""One thread of the search: looks at states and writes down what comes after them.

A state is worked on as it is packed. For each entity the record's number and the value of the word
that its step touches are looked up among the worker's *habits*: what the same record did when it
met the same value. If it is there, the successor is the packed state with that number and that
word changed, and nobody has been interpreted. If it is not, the step is taken once with `step` on
the unpacked words, and becomes a habit, provided that it touched nothing else. A few words side by
side (a channel) are looked up as they are packed, in a table of its own: such *wide* habits are
forgotten when the shape changes. A signal is the habit of whom it comes from, and each sleeper's
record has one that is awake. Steps of greater reach (see catalog.py) are taken with `step` every
time. Either way the meaning is that of `step`; the plain engine, which learns what steps do in
another way (plain_habits.py), is the twin that this is tested against.

What there is to say about a state besides is the onlooker's part (onlooker.py).

Successors are made in one place, the `draft`, and handed over by `hand_over`: to a line of the
worker's sheet (sheet.py), and to the lane of the part that the state belongs to.
"""

import cython
from cython.cimports.libc.stdint import int32_t, uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memcmp, memcpy, memset


@cython.cclass
class Worker(Onlooker):
    """One thread's scratch paper."""

    def __cinit__(self, shared, context, ahead):
        self.habit_mask = FIRST_HABITS - 1
        self.habits = cython.cast(cython.pointer(Habit), calloc(FIRST_HABITS, cython.sizeof(Habit)))
        self.recent = cython.cast(cython.pointer(Recent), calloc(RECENT, cython.sizeof(Recent)))
        if self.habits == cython.NULL or self.recent == cython.NULL:
            raise MemoryError
        self.wides = cython.NULL
        self.widths = cython.NULL

    def __init__(self, shared: Shared, context, ahead):
        Onlooker.__init__(self, shared, context, ahead)
        self.ranked = self.machine.ranks >= 0
        self.sheet = open_sheet(shared.keep)
        if self.sheet == cython.NULL:
            raise MemoryError
        self.wanted = cython.cast(
            cython.pointer(uint8_t), calloc(cython.cast(cython.size_t, self.shape.words) + 1, 1)
        )
        if self.wanted == cython.NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.recent)
        free(self.draft)
        close_sheet(self.sheet)
        free(self.habits)
        free(self.wides)
        free(self.widths)
        free(self.wanted)

    def work(self, begin, end, share, shares):
        """All phases for a share of the frontier, in step with those who have the others."""
        first: uint64_t = begin
        last: uint64_t = end
        mine: cython.longlong = share
        others: cython.int = shares
        with cython.nogil:
            self.run(first, last)
            self.sheet.unfit = self.unfit or self.full
            self.sheet.starved = self.starved
            self.shared.meet(others)
            if self.shared.all_fit():
                self.enter(mine, others)

    def enter(self, share, shares):
        """Phases 2 and 3: enter what belongs to some parts, and list what is new of one's own."""
        if share == 0:
            self.shared.shares = shares
        self.starved = not self.shared.settle(self.sheet) or self.starved
        self.sheet.starved = self.starved
        self.shared.meet(shares)
        if self.shared.keep or not self.shared.all_fit():
            return
        if not self.shared.gather(share):
            self.starved = True

    def run(self, begin, end):
        index: uint64_t
        place: uint64_t
        frontier: cython.pointer(uint32_t) = self.shared.frontier.at
        part: cython.pointer(Part)
        clear_sheet(self.sheet)
        memset(self.recent, 0, RECENT * cython.sizeof(Recent))
        self.before = self.transitions
        self.open_eyes()
        if self.shared.until >= 0 and end > cython.cast(uint64_t, self.shared.until):
            end = self.shared.until
        self.end = end
        if self.wides != cython.NULL:
            if memcmp(self.widths, self.shape.wide, self.shape.words) != 0:
                memset(self.wides, 0, WIDES * cython.sizeof(Wide))
                memcpy(self.widths, self.shape.wide, self.shape.words)
        for index in range(begin, end):
            if self.shared.stop or self.is_full():
                return
            if index + 4 < end:
                place = frontier[index + 4]
                part = cython.address(self.shared.parts[place & (PARTS - 1)])
                prefetch(part.arena + (place >> PART_BITS) * part.stride)
            self.expand(frontier[index])

    # -- phase 1 ------------------------------------------------------------------------------

    def expand(self, place):
        """All successors of one state."""
        t: cython.longlong
        any_: cython.longlong = 0
        real: cython.longlong = 0
        spinning: cython.longlong = 0
        entry: cython.pointer(Entry)
        self.look_at(place)
        if self.starved:
            return
        if self.shared.bounded:
            self.look_back()
        self.inspect(place)
        if self.shared.needs != cython.NULL and self.few_alone(place):
            return
        for t in range(self.state[0]):
            entry = self.entries[t]
            if entry.status == FINISHED:
                continue
            if entry.status == SPINNING:
                spinning = 1
                continue
            if entry.status == AT_BARRIER:
                continue
            if entry.status == ASLEEP and not self.machine.any_spurious:
                continue
            if self.shared.group_count and self.is_twin(t):
                continue
            if self.take(t, place):
                any_ = 1
                if entry.status != ASLEEP:
                    real = 1
        if spinning:
            if not any_:
                self.ended(place, REPORT_SPIN)
        elif not any_:
            self.ended(place, REPORT_END)
        elif not real:
            self.ended(place, REPORT_STUCK)

    def take_piece(self, place, entity, way):
        """Some successors of a state that has very many: from the branch that was prepared on."""
        self.from_entity = entity
        self.from_way = way
        with cython.nogil:
            self.expand_piece(place)

    def expand_piece(self, place):
        t: cython.longlong
        clear_sheet(self.sheet)
        memset(self.recent, 0, RECENT * cython.sizeof(Recent))
        self.before = self.transitions
        self.full = False
        self.open_eyes()
        self.look_at(place)
        if self.starved:
            return
        if self.shared.bounded:
            self.look_back()
        self.spread()
        self.inspect(place)
        self.full = False
        self.next_entity = -1
        if self.from_entity == 0 and self.from_way == 0 and self.context.known == 0:
            self.real = False
        for t in range(self.from_entity, self.state[0]):
            if self.can_move(t) and self.some_ways(t, place):
                self.next_entity = t
                break
        self.full = False
        if self.next_entity < 0 and not self.real:
            self.ended(place, REPORT_STUCK)

    def some_ways(self, t, place):
        """All ways of t, or those that there is room for; True: not all of them."""
        way: cython.longlong
        more: cython.bint
        count: cython.longlong = ways(self.machine, self.context, self.state, t)
        if count and self.entries[t].status != ASLEEP:
            self.real = True
        if self.shared.bounded and self.price(t) > self.shared.allowed:
            return False
        for way in range(self.from_way if t == self.from_entity else 0, count):
            self.next_way = way
            self.context.logging = self.entries[t].kind == ATOMIC and self.shared.look_for_races
            more = self.branches(t, way, place)
            self.context.logging = False
            if more:
                return True
            clear_branches(self.context)
        return False

    def can_move(self, t):
        """Is it worth while to ask in how many ways t can step?"""
        status: cython.longlong = self.entries[t].status
        if status == FINISHED or status == SPINNING or status == AT_BARRIER:
            return False
        if status == ASLEEP and not self.machine.any_spurious:
            return False
        return not self.shared.group_count or not self.is_twin(t)

    def look_back(self):
        """Who took the last step to the state at hand, and what has been spent; it is spread."""
        self.spread()
        self.last = load(self.shape, self.data, self.machine.first) - 1
        self.spent = load(self.shape, self.data, self.machine.first + 1)
        self.last_can = self.last >= 0 and self.may_step(self.last)

    def few_alone(self, place):
        """Try to take only the steps of a few whom nobody else can get in the way of."""
        company: cython.pointer(Company) = cython.address(self.company)
        t: cython.longlong
        at: cython.longlong
        members: uint64_t
        send_home(company)
        for t in range(self.state[0] if self.state[0] <= MOST_TOGETHER else 0):
            at = self.shared.rows[min(t, self.shared.last_row)]
            at = (self.entries[t].row if at < 0 else at) * self.shared.row_size
            at += self.entries[t].pc
            joins(company, t, self.entries[t].status, self.shared.future[at])
            company.needs[t] = self.shared.needs[at]
            company.among[t] = self.shared.among[at]
        for t in range(2 * self.state[0]):
            members = choice(company, t, self.state[0])
            if members != 0 and self.go_alone(members, place):
                return True
        return False

    def go_alone(self, members, place):
        """Take these, if that leads deeper and nothing fails; it is tried before."""
        t: cython.longlong
        transitions: cython.ulonglong = self.transitions
        real: cython.bint = False
        self.trying = True
        self.deeper = False
        self.broken = False
        for t in range(self.state[0]):
            if (members >> t) & 1 and not self.broken:
                if self.take(t, place) and self.entries[t].status == AT:
                    real = True
        self.trying = False
        self.transitions = transitions
        if self.broken or not (real and self.deeper):
            return False
        for t in range(self.state[0]):
            if (members >> t) & 1 and not (self.shared.group_count and self.is_twin(t)):
                self.take(t, place)
        return True

    def take(self, t, place):
        """The successors by t; is there any?"""
        how: cython.longlong = LOST_TRACK
        if self.entries[t].manner != ANYTHING and not self.shared.bounded:
            how = self.by_habit(t, place)
        return self.by_step(t, place) if how == LOST_TRACK else how

    def was_there(self, to, hashed):
        """Was a state found before the search came to the present depth?"""
        index: uint64_t = self.part_of_fresh()
        found: cython.longlong = lookup(cython.address(self.shared.parts[index]), to, hashed)
        return found >= 0 and found < cython.cast(cython.longlong, self.shared.before[index])

    def by_step(self, t, place):
        """The successors by t, stepping; in how many ways it can."""
        way: cython.longlong
        count: cython.longlong
        if self.shared.nameless == 2 and self.entries[t].kind == JOIN and self.is_early(t):
            return 0
        self.spread()
        count = ways(self.machine, self.context, self.state, t)
        if self.shared.bounded and self.price(t) > self.shared.allowed:
            return count
        for way in range(count):
            self.alternatives(t, way, place)
        return count

    def is_early(self, t):
        """Does t stand at a join, and is somebody still on the way who was started?"""
        u: cython.longlong
        if self.entries[t].status != AT:
            return False
        for u in range(self.machine.threads, self.state[0]):
            if self.entries[u].status != FINISHED:
                return True
        return False

    def by_habit(self, t, place):
        """The successor by t, if it is known what its record does."""
        number: uint32_t = self.ids[t]
        entry: cython.pointer(Entry) = self.entries[t]
        to: cython.pointer(uint8_t)
        moved: uint64_t
        weight: cython.int = 1
        if entry.manner == CALLING and self.is_called(entry.thing):
            return self.by_call(t, place)
        to = self.room_for_draft()
        if to == cython.NULL:
            return DONE
        copy_up(to, self.data, self.shape.size)
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
        moved = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        if self.shared.turns or self.shared.nameless:
            self.finish(to, place, t, weight, moved)
            return DONE
        self.take_numbers(to)
        if not self.shared.group_count or self.line_up(to, t):
            self.hand_over(to, place, t, weight, moved)
        return DONE

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
            if entry.manner == ANYTHING or entry.manner == CALLING:
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

    def one_step(self, to, t, number, entry):
        """Change a packed state as a step of t does; the number of its record after it.

        0: it is not possible now; UNKNOWN_STEP: it reaches further; MISFIT: the state needs another
        shape.
        """
        habit: cython.pointer(Habit)
        place: cython.longlong = entry.place
        if entry.manner >= WAITING or (self.ranked and entry.manner == OWNER):
            if entry.manner >= RUN:
                return self.wide_step(to, t, number, entry)
            place = self.lock_at(to, t, entry)
            if place < 0:
                return UNKNOWN_STEP
        habit = self.habit(number, entry, t, self.value_for(entry, to, t, place), place)
        if habit.after == UNKNOWN_STEP or habit.after == 0:
            return habit.after
        return habit.after if self.apply(to, habit, entry, t, place) else MISFIT

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

    def is_called(self, condition):
        """Does anybody sleep at a condition?"""
        t: cython.longlong
        for t in range(self.state[0]):
            if self.entries[t].status == ASLEEP and self.entries[t].thing == condition:
                return True
        return False

    def value_for(self, entry, data, t, place):
        """What a step depends on, besides the record."""
        value: cython.longlong
        if entry.manner == ONE_WORD:
            return load(self.shape, data, place)
        if entry.manner == OWNER:
            value = load(self.shape, data, place)
            return 0 if value == 0 else 1 if value == t + 1 else 2
        return place if entry.manner == WAITING else 0

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

    def put(self, to, word, value):
        """Write a shared word; if it does not fit, ask for a wider one."""
        if save(self.shape, to, word, value):
            return True
        self.unfit = True
        if self.wanted[word] < bytes_of(value):
            self.wanted[word] = bytes_of(value)
        return False

    # -- habits -------------------------------------------------------------------------------

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

    def learn(self, habit, entry, t, place):
        """Take the step once, from the draft, and note what it does."""
        habit.after = self.experience(entry, t)
        if habit.after == 1 and not self.learnt(habit, entry, t, place):
            habit.after = UNKNOWN_STEP

    def experience(self, entry, t):
        """Take a step from the draft: from `child` to `later`. 1: done; 0: not possible now."""
        data: cython.pointer(uint8_t) = self.draft
        u: cython.longlong
        count: cython.longlong
        other: cython.pointer(Entry)
        fault: cython.longlong
        if self.shared.is_late():
            return UNKNOWN_STEP
        for u in range(self.machine.first):
            self.child[u] = load(self.shape, data, u)
        for u in range(self.state[0]):
            other = entry if u == t else self.entries[u]
            decode(other.data, other.size, self.child + self.record_of(u))
        if entry.manner == CALLING:
            self.wake_all(entry.thing)
        memcpy(self.later, self.child, length(self.machine, self.child) * 8)
        count = ways(self.machine, self.ahead, self.later, t)
        if count != 1:
            return 0 if count == 0 else UNKNOWN_STEP
        clear_branches(self.ahead)
        fault = step(self.machine, self.ahead, self.later, t, 0)
        count = self.ahead.cursor
        clear_branches(self.ahead)
        if fault or count or self.later[0] != self.child[0] or self.ahead.partner >= 0:
            return UNKNOWN_STEP
        return 1

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

    def changed(self, first, last, t, section, change):
        """The record of t after a step that changed no words but these, and a section's.

        UNKNOWN_STEP: it has changed more.
        """
        u: cython.longlong
        at: cython.longlong
        size: cython.longlong
        number: uint32_t
        section[0] = -1
        change[0] = 0
        for u in range(1, self.machine.first):
            if self.later[u] == self.child[u] or (first <= u and u < last):
                continue
            if section[0] >= 0 or not self.shared.is_section[u]:
                return UNKNOWN_STEP
            section[0] = cython.cast(int32_t, u)
            change[0] = cython.cast(int32_t, self.later[u] - self.child[u])
        for u in range(self.child[0]):
            at = self.record_of(u)
            size = self.record_of(u + 1) - at
            if u != t and memcmp(self.child + at, self.later + at, size * 8) != 0:
                return UNKNOWN_STEP
        at = self.record_of(t)
        size = self.record_of(t + 1) - at
        number = self.catalog.number_of(self.later, t, size, self.scratch, True)
        if number == 0:
            self.starved = True
            return UNKNOWN_STEP
        return number

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

    # -- steps taken with `step` --------------------------------------------------------------

    def alternatives(self, t, way, place):
        """The successors by one way of one entity: one for each branch of `choose`."""
        clear_branches(self.context)
        self.branches(t, way, place)

    def branches(self, t, way, place):
        """The same from the branch that was prepared on; True: not all of them, there are too many.

        Then the next one is prepared.
        """
        fault: cython.longlong
        words: cython.longlong[3]
        more: cython.longlong = 1
        while more:
            if self.is_full() or self.shared.is_late():
                return True
            memcpy(self.child, self.state, length(self.machine, self.state) * 8)
            fault = step(self.machine, self.context, self.child, t, way)
            if fault == FAULT_NO_ROOM and self.larger():
                continue  # the same branch again
            self.transitions += 1
            if fault:
                words[0] = fault
                words[1] = self.context.fault_pc
                words[2] = t
                self.failed(place, t, words)
                if self.shared.keep and not self.trying:
                    self.dead_end(t, place)
            else:
                self.emit(t, place)
            if self.context.logging:
                self.logged_races(self.context, t, place)
            more = next_branch(self.context)
        return False

    def is_full(self):
        """Has this worker taken as many steps as a batch may have?"""
        self.full = self.full or self.transitions - self.before > self.shared.most
        return self.full

    def failed(self, place, t, words):
        """A step that fails: what and where, and the cells as it leaves them."""
        index: cython.longlong
        count: cython.longlong = self.machine.locks - self.machine.cells
        self.broken = True
        if self.trying:
            return
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
        for index in range(self.shared.yield_count):
            if self.shared.yields[2 * index] == before:
                if self.shared.yields[2 * index + 1] == after:
                    return True
        return False

    def room_for_draft(self):
        """Where the next successor is written; NULL: no memory."""
        data: cython.pointer(uint8_t)
        if self.shape.size + SPARE > self.room:
            data = cython.cast(
                cython.pointer(uint8_t), realloc(self.draft, self.shape.size * 2 + SPARE)
            )
            if data == cython.NULL:
                self.starved = True
                return cython.NULL
            self.draft = data
            self.room = self.shape.size * 2 + SPARE
        return self.draft

    def dead_end(self, t, parent):
        """A step that fails: a line without a state."""
        moved: uint64_t = cython.cast(uint64_t, 1) << (t if t < 63 else 63)
        if not write_line(self.sheet, cython.cast(uint32_t, parent), t, 0, moved):
            self.starved = True

    def emit(self, t, parent):
        """Write the child as a candidate."""
        to: cython.pointer(uint8_t)
        moved: uint64_t = 0
        weight: uint64_t = 0
        if self.shared.keep and t >= 0:
            moved = self.moved(t)
        if t >= 0:
            weight = cython.cast(uint64_t, self.fuse(t))
        to = self.room_for_draft()
        if to == cython.NULL or not self.pack(to, t < 0):
            return
        if self.shared.bounded:
            if not self.put(to, self.machine.first, 0 if t < 0 or self.has_yielded(t) else t + 1):
                return
            if not self.put(to, self.machine.first + 1, 0 if t < 0 else self.price(t)):
                return
        self.finish(to, parent, t, weight, moved)

    def pack(self, to, whole):
        """Write the child as a packed state; what is as in the state at hand is copied."""
        word: cython.longlong
        t: cython.longlong
        at: cython.longlong
        size: cython.longlong
        number: uint32_t
        fits: cython.bint = True
        if whole:
            memset(to, 0, self.shape.size)
        else:
            copy_up(to, self.data, self.shape.size)
        for word in range(self.machine.first):
            if whole or self.child[word] != self.state[word]:
                fits = self.put(to, word, self.child[word]) and fits
        if self.child[0] > self.shape.most:
            self.unfit = True
            if self.wanted_most < self.child[0]:
                self.wanted_most = self.child[0]
            fits = False
        for t in range(self.child[0]):
            at = self.record_of(t)
            size = self.record_of(t + 1) - at
            if not whole and t < self.state[0]:
                if memcmp(self.child + at, self.state + at, size * 8) == 0:
                    continue
            number = self.catalog.number_of(self.child, t, size, self.scratch, True)
            if number == 0:
                self.starved = True
                return False
            if not id_fits(self.shape, number):
                self.unfit = True
                fits = False
            elif t < self.shape.most:
                set_id(self.shape, to, t, number)
        return fits

    def finish(self, to, parent, t, weight, moved):
        """Bring a successor into its standing form, and hand it over."""
        self.take_numbers(to)
        if self.shared.arranges and not self.arrange(to):
            return
        self.hand_over(to, parent, t, weight, moved)

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

    def part_of_fresh(self):
        """Which part of the store a state with these records belongs to."""
        sum_: uint64_t = 0
        index: cython.longlong
        for index in range(self.shape.most):
            sum_ += self.fresh[index] * cython.cast(uint64_t, 2 * index + 1)
        return (sum_ * GOLDEN) >> (64 - PART_BITS)

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

    def fuse(self, t):
        """Take the left-movers that follow at once; how many steps the whole is."""
        weight: cython.longlong = 1
        pc: cython.longlong
        at: cython.longlong = self.record_of(t)
        if not self.shared.fuses:
            return 1
        while weight < HEAVIEST and self.child[at] == AT:
            pc = self.child[at + PC]
            if not self.shared.fusable[self.machine.code[pc * WIDE]]:
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

    def is_guarded(self, t, pc):
        """Is this an access to a cell whose lock t holds, so that nobody else can be there?"""
        kind: cython.longlong = self.machine.code[pc * WIDE]
        lock: cython.longlong
        if self.shared.guard_of == cython.NULL or (kind != READ and kind != WRITE):
            return False
        lock = object_of(self.machine, self.child, t)
        if lock < 0 or lock >= self.machine.object_limit[kind]:
            return False
        lock = self.shared.guard_of[lock]
        if lock < 0 or (kind == WRITE and lock & 1):
            return False
        return self.child[self.machine.locks + (lock >> 1)] == t + 1

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

    # -- interchangeable threads --------------------------------------------------------------

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

    def owns_first(self, to, t, u):
        """Of two with equal records, is it t that owns the first lock owned by either?"""
        index: cython.longlong
        owner: cython.longlong
        for index in range(self.shared.owner_count):
            owner = load(self.shape, to, self.shared.owners[index]) - 1
            if owner == t or owner == u:
                return owner == t
        return False

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

    def turned(self, to):
        """Replace a packed state by its least image; False: it does not fit."""
        self.turn = self.images.least(self.shape, to, self.fresh, load(self.shape, to, 0))
        self.starved = self.starved or self.turn < 0
        if self.turn > 0 and not self.images.write(self.shape, to, self.fresh, self.wanted):
            self.unfit = True
            return False
        return self.turn >= 0

    def is_twin(self, t):
        """Is t in every respect like the interchangeable thread before it?

        Then its steps lead to the same states as those of the other. Threads that own something
        are told apart without a closer look.
        """
        index: cython.longlong
        owner: cython.longlong
        if t >= self.machine.threads or not self.shared.follows[t]:
            return False
        if self.ids[t] != self.ids[t - 1]:
            return False
        for index in range(self.shared.owner_count):
            owner = load(self.shape, self.data, self.shared.owners[index])
            if owner == t or owner == t + 1:
                return False
        return True
