# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""Records of entities, each kept once and numbered (compiled engine).

A state has few parts and each part has few values: what an entity may be in (status, place in the
code, slots) is counted in dozens or thousands where states are counted in millions. So a state
holds the *number* of each entity's record, and the record stands here, once (recursive indexing:
G. Holzmann, "State compression in SPIN", SPIN workshop 1997). Equal records have equal numbers.

What can be said about the next step by looking at the record alone is noted beside it: the kind of
micro-op, the object, and how far the step reaches:

ANYTHING   it may depend on other entities or on many words: take it with `step`
ONE_WORD   on one shared word, `place`, and on nothing else; nothing else is changed, except that a
           section may be entered or left
NO_VALUE   the same, and not even the value of that word matters
OWNER      the word is the owner of a lock: only whether it is free, the entity's own, or another's
CALLING    a signal: like NO_VALUE, and besides who sleeps at the condition is woken
WAITING    a wait: like OWNER, of the one lock that the entity holds
RUN        on a few words that stand side by side: a channel with a buffer
RUN_OF_NAMES  the same, and among them are names of owners: a readers-writer lock
INDIVISIBLE  on words that show when it is taken: an indivisible block
MEETING    a send without a buffer: on whoever receives, who moves on with it

Where locks have ranks (see state.py), a step on a lock reaches no further as long as the entity
holds no other.

Then what came of it once holds for every state (transition caching: S. Blom, B. Lisser, J. van de
Pol, M. Weber, "A database approach to distributed state-space generation", 2009; here in
habits.py).

Workers enter records under a latch. Entries never move, and a worker meets numbers of others only
after both have been waited for, so reading needs no latch. Numbers depend on who comes first:
nothing that is shown may depend on them.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, malloc, realloc
from cython.cimports.libc.string import memcmp, memcpy, memset

from conclang.ir.ops import OpKind


@cython.cclass
class Catalog:
    """All records met so far; number 0 is no record."""

    def __cinit__(self, machine):
        self.pages = cython.cast(
            cython.pointer(cython.pointer(Entry)), calloc(PAGES, cython.sizeof(cython.p_void))
        )
        self.mask = 255
        self.slots = cython.cast(cython.pointer(uint32_t), calloc(256, 4))
        if self.pages == cython.NULL or self.slots == cython.NULL:
            raise MemoryError
        self.pages[0] = cython.cast(cython.pointer(Entry), calloc(PAGE, cython.sizeof(Entry)))
        if self.pages[0] == cython.NULL:
            raise MemoryError
        self.count = 1

    def __init__(self, machine):
        self.machine = machine
        used = {op.kind for op in machine.program.ops}
        self.plain_steps = not machine.tasks and machine.now < 0 and OpKind.SELF not in used
        self.plain_locks = machine.depths < 0 and not machine.any_hoare
        self.plain_conditions = not machine.any_hoare

    def __dealloc__(self):
        index: uint64_t
        if self.pages != cython.NULL:
            for index in range(PAGES):
                if self.pages[index] == cython.NULL:
                    break
                free(self.pages[index])
        for index in range(self.held_count):
            free(self.held[index])
        close_claims(self.claims)
        free(self.held)
        free(self.pages)
        free(self.slots)

    def number_of(self, s, t, words, scratch, add):
        """The number of t's record in s; 0: it is unknown and not to be added, or no memory."""
        fresh: Entry
        at: cython.longlong = record(self.machine, t)
        size: uint32_t = cython.cast(uint32_t, encode(s + at, words, scratch))
        hashed: uint64_t = digest(scratch, size)
        number: uint32_t
        while latch_taken(cython.address(self.latch)):
            latch_wait()
        number = self.look(scratch, size, hashed)
        if number == 0 and add:
            memset(cython.address(fresh), 0, cython.sizeof(Entry))
            fresh.hashed = hashed
            fresh.size = size
            fresh.words = cython.cast(cython.int, words)
            fresh.key = first_words(s + at, words)
            self.describe(cython.address(fresh), s, t)
            number = self.enter(cython.address(fresh), scratch)
        latch_open(cython.address(self.latch))
        return number

    def look(self, data, size, hashed):
        at: uint64_t = hashed & self.mask
        entry: cython.pointer(Entry)
        while self.slots[at] != 0:
            entry = self.entry(self.slots[at])
            if entry.hashed == hashed and entry.size == size:
                if memcmp(entry.data, data, size) == 0:
                    return self.slots[at]
            at = (at + 1) & self.mask
        return 0

    def enter(self, fresh, data):
        """A new entry; its number, 0: no memory."""
        number: uint32_t = cython.cast(uint32_t, self.count)
        page: uint64_t = self.count >> 12
        at: uint64_t
        if page >= PAGES:
            return 0
        if self.pages[page] == cython.NULL:
            self.pages[page] = cython.cast(
                cython.pointer(Entry), calloc(PAGE, cython.sizeof(Entry))
            )
            if self.pages[page] == cython.NULL:
                return 0
            self.bytes += PAGE * cython.sizeof(Entry)
        if self.count * 2 > self.mask and not self.more_slots():
            return 0
        fresh.data = self.room_for(fresh.size)
        if fresh.data == cython.NULL:
            return 0
        memcpy(fresh.data, data, fresh.size)
        memcpy(self.entry(number), fresh, cython.sizeof(Entry))
        at = fresh.hashed & self.mask
        while self.slots[at] != 0:
            at = (at + 1) & self.mask
        self.slots[at] = number
        self.count += 1
        return number

    def more_slots(self):
        mask: uint64_t = self.mask * 2 + 1
        number: uint64_t
        at: uint64_t
        slots: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), calloc(mask + 1, 4))
        if slots == cython.NULL:
            return False
        for number in range(1, self.count):
            at = self.entry(cython.cast(uint32_t, number)).hashed & mask
            while slots[at] != 0:
                at = (at + 1) & mask
            slots[at] = cython.cast(uint32_t, number)
        free(self.slots)
        self.slots = slots
        self.mask = mask
        self.bytes += (mask + 1) * 2
        return True

    def room_for(self, size):
        """Room for a record, which stays where it is."""
        wanted: uint64_t = size if size > BLOCK else BLOCK
        room: uint64_t
        found: cython.pointer(uint8_t)
        held: cython.pointer(cython.pointer(uint8_t))
        if size > self.left:
            if self.held_count == self.held_room:
                room = self.held_room * 2 + 16
                held = cython.cast(
                    cython.pointer(cython.pointer(uint8_t)),
                    realloc(self.held, room * cython.sizeof(cython.p_void)),
                )
                if held == cython.NULL:
                    return cython.NULL
                self.held = held
                self.held_room = room
            found = cython.cast(cython.pointer(uint8_t), malloc(wanted))
            if found == cython.NULL:
                return cython.NULL
            self.held[self.held_count] = found
            self.held_count += 1
            self.block = found
            self.left = wanted
            self.bytes += wanted
        found = self.block
        self.block += size
        self.left -= size
        return found

    def describe(self, entry, s, t):
        """What can be said about the next step of t."""
        at: cython.longlong = record(self.machine, t)
        entry.status = cython.cast(uint8_t, s[at + STATUS])
        entry.pc = cython.cast(cython.int, s[at + PC])
        entry.kind = cython.cast(uint8_t, self.machine.code[s[at + PC] * WIDE])
        entry.place = -1
        entry.thing = -1
        if self.claims != cython.NULL and entry.status <= URGENT:
            entry.row = cython.cast(cython.int, row_of(self.claims, s + at))
        if entry.status == ASLEEP and self.machine.at_object >= 0:
            entry.thing = s[at + self.machine.at_object] - 1
        if entry.status == AT:
            entry.thing = object_of(self.machine, s, t)
            entry.manner = cython.cast(uint8_t, self.manner_of(entry, s, t))
            entry.access = self.access_of(entry)

    def access_of(self, entry):
        """The number of an access: whom it may race with depends on nothing else."""
        index: cython.int
        both: uint64_t = (cython.cast(uint64_t, entry.thing) << 32) | cython.cast(
            uint32_t, entry.pc
        )
        if entry.kind == ATOMIC:
            return UNLIKE
        if entry.kind < READ or entry.kind > CAS:
            return 0
        for index in range(1, self.access_count + 1):
            if self.accesses[index] == both:
                return cython.cast(uint8_t, index)
        if self.access_count + 1 == UNLIKE:
            return UNLIKE
        self.access_count += 1
        self.accesses[self.access_count] = both
        return cython.cast(uint8_t, self.access_count)

    def manner_of(self, entry, s, t):
        """How far the next step reaches; sets the word that it touches."""
        kind: cython.longlong = entry.kind
        thing: cython.longlong = entry.thing
        if not self.plain_steps:
            return ANYTHING
        if kind == PRINT:
            return NO_VALUE
        if kind == ATOMIC:
            return INDIVISIBLE
        if kind == RETAKE and self.plain_locks:
            entry.place = cython.cast(
                cython.int, self.machine.locks + retake_of(self.machine, s, t)
            )
            return OWNER if entry.place >= self.machine.locks else ANYTHING
        if (
            self.machine.object_role[kind] < 0
            or thing < 0
            or thing >= self.machine.object_limit[kind]
        ):
            return ANYTHING
        if kind >= READ and kind <= CAS:
            entry.place = cython.cast(cython.int, self.machine.cells + thing)
            return NO_VALUE if kind == WRITE or kind == STORE else ONE_WORD
        if kind == ACQUIRE or kind == RELEASE or kind == TRY:
            entry.place = cython.cast(cython.int, self.machine.locks + thing)
            return OWNER if self.plain_locks else ANYTHING
        if kind == WAIT and self.plain_locks:
            return WAITING
        if kind >= READ_ACQUIRE and kind <= WRITE_TRY:
            entry.place = cython.cast(cython.int, self.machine.rwlocks + 2 * thing)
            entry.run = 2
            return RUN_OF_NAMES if self.machine.rwlock_prefer[thing] == 0 else ANYTHING
        if kind == SEND or kind == RECEIVE or kind == CLOSE:
            entry.place = cython.cast(cython.int, self.machine.channel_at[thing])
            if self.machine.capacity[thing] == 0:  # all there is to know is whether it is closed
                return MEETING if kind == SEND else ONE_WORD
            entry.run = cython.cast(
                cython.int, 2 + self.machine.capacity[thing] * self.machine.width[thing]
            )
            return RUN
        if kind == BARRIER_WAIT:  # all but the last one fall asleep
            entry.place = cython.cast(cython.int, self.machine.barriers + thing)
            return ONE_WORD
        if kind == DOWN or kind == UP or kind == DOWN_TRY:
            entry.place = cython.cast(cython.int, self.machine.semaphores + thing)
            return ONE_WORD
        if kind == EVENT_WAIT or kind == EVENT_SET or kind == EVENT_RESET:
            entry.place = cython.cast(cython.int, self.machine.events + thing)
            return ONE_WORD
        if kind == LEAVE:
            entry.place = cython.cast(cython.int, self.machine.section_at[thing])
            return ONE_WORD if entry.place >= 0 else NO_VALUE
        if (kind == SIGNAL or kind == BROADCAST) and self.plain_conditions:
            return CALLING
        return ANYTHING

    def comes_before(self, one, two, left, right):
        """Is a record before another, word by word? `left` and `right` are room for both."""
        a: cython.pointer(Entry) = self.entry(one)
        b: cython.pointer(Entry) = self.entry(two)
        index: cython.longlong
        if a.key != b.key:
            return a.key < b.key
        decode(a.data, a.size, left)
        decode(b.data, b.size, right)
        for index in range(min(a.words, b.words)):
            if left[index] != right[index]:
                return left[index] < right[index]
        return False


def first_words(words, count):
    """The first words in 64 bits, so that the order of records is kept; ends may be cut off."""
    key: uint64_t = 0
    left: cython.int = 64
    wide: cython.int
    index: cython.longlong
    most: cython.longlong
    for index in range(count):
        wide = 4 if index == STATUS else 16 if index == PC else 2 if index == FP else 6
        if wide > left:
            break
        left -= wide
        most = (cython.cast(cython.longlong, 1) << wide) - 1
        if words[index] < 0:
            break
        if words[index] + 1 >= most:
            key |= cython.cast(uint64_t, most) << left
            break
        key |= cython.cast(uint64_t, words[index] + 1) << left
    return key
