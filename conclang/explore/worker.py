# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""One thread of the search: looks at states and writes down what comes after them.

A state is worked on as it is packed. The worker asks for each entity whether its next step is a
habit (habits.py); steps of greater reach (see catalog.py) are taken with `step` every time, on the
unpacked words. Successors are made in one place, the draft, and handed over there (drafter.py).

What there is to say about a state besides is the onlooker's part (onlooker.py).
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.string import memcmp, memcpy, memset


@cython.cclass
class Worker(Habits):
    """One thread's scratch paper."""

    def work(self, worker):
        """Go through the batch at hand, and through those that follow at once."""
        mine: cython.longlong = worker
        with cython.nogil:
            self.go_through(mine)
            while mine > 0 and self.shared.is_called(mine):
                self.go_through(mine)

    def go_through(self, mine):
        """All phases of a batch, in step with the other workers."""
        share: cython.longlong
        self.open_eyes()
        while True:
            share = one_more(cython.address(self.shared.shares_taken)) - 1
            if share >= self.shared.shares:
                break
            self.sheet = self.shared.sheets[share]
            self.run(self.shared.cut(share), self.shared.cut(share + 1))
        if self.unfit or self.full or self.starved:
            self.shared.amiss = True
        self.shared.meet()
        if not self.shared.amiss:
            self.enter(mine)
        if mine > 0:
            put_down(cython.address(self.shared.places[mine]), AT_HAND)
        self.shared.meet()

    def enter(self, mine):
        """Phases 2 and 3: enter what belongs to some parts, and list what is new on some sheets."""
        if not self.shared.settle(mine):
            self.starved = self.shared.starved = True
        self.shared.meet()
        if not self.shared.starved and not self.shared.gather(cython.address(self.lines)):
            self.starved = True

    def run(self, begin, end):
        """Phase 1: expand the states of a share."""
        index: uint64_t
        place: uint64_t
        frontier: cython.pointer(uint32_t) = self.shared.frontier.at
        part: cython.pointer(Part)
        memset(self.recent, 0, RECENT * cython.sizeof(Recent))
        self.begun = self.transitions
        self.keep_habits()
        for index in range(begin, end):
            if self.shared.stop or self.is_full():
                return
            self.when = index
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

    def take_piece(self, index, place, entity, way):
        """Some successors of a state that has very many: from the branch that was prepared on."""
        self.when = index
        self.from_entity = entity
        self.from_way = way
        with cython.nogil:
            self.expand_piece(place)

    def expand_piece(self, place):
        t: cython.longlong
        memset(self.recent, 0, RECENT * cython.sizeof(Recent))
        self.begun = self.transitions
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
        """Has this worker taken as many steps as a share may have?"""
        self.full = self.full or self.transitions - self.begun > self.shared.each
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
