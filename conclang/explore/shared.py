# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""What all workers of a search look at, and a growing list (compiled engine).

It is filled in before the first batch. Between batches it alone writes here; while workers
are at work nobody does, except that whoever settles a part of the store changes that part.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memcpy, memset


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
            room = self.room * 2 + 128
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
class Shared:
    """What all workers of a search look at."""

    def __cinit__(self):
        self.until = -1
        self.most = cython.cast(uint64_t, 1) << 62

    def __dealloc__(self):
        index: cython.int
        for index in range(PARTS):
            close_part(cython.address(self.parts[index]))
        free(self.frontier.at)
        self._drop_sheets()
        free(self.shape.at)
        free(self.shape.wide)
        free(self.shape.still)
        free(self.immediate)
        free(self.guards)
        free(self.guard_of)
        free(self.yields)
        free(self.place_of)
        free(self.follows)
        free(self.is_section)
        free(self.owners)
        free(self.future)
        free(self.needs)
        free(self.among)
        free(self.rows)

    def _drop_sheets(self):
        index: cython.longlong
        for index in range(self.note_count):
            free(self.notes[index].at)
        for index in range(self.sheet_count):
            close_sheet(self.sheets[index])
        free(self.sheets)
        free(self.notes)

    def take(self, options):
        """What is asked of the search, and what it may leave out."""
        self.keep = options.keep
        self.look_for_races = options.races
        self._take_questions(options)
        self._take_guards(options)
        self._take_bounds(options)
        self._take_groups(options)
        self._take_footprints(options.alone)

    def _take_questions(self, options):
        index: cython.longlong
        self.predicate_count = len(options.predicates)
        self.section_count = len(options.sections)
        for index in range(self.predicate_count):
            self.predicate[index] = options.predicates[index]
        for index in range(self.section_count):
            self.section_place[index] = self.machine.section_at[options.sections[index][0]]
            self.section_limit[index] = options.sections[index][1]
        if options.immediate:
            self.immediate = cython.cast(
                cython.pointer(uint8_t), calloc(len(self.machine.program.ops), 1)
            )
            if self.immediate == cython.NULL:
                raise MemoryError
            for index in options.immediate:
                self.immediate[index] = 1
        self.is_section = cython.cast(cython.pointer(uint8_t), calloc(self.machine.first + 1, 1))
        if self.is_section == cython.NULL:
            raise MemoryError
        for index in range(len(self.machine.program.things["section"])):
            if self.machine.section_at[index] >= 0:
                self.is_section[self.machine.section_at[index]] = 1

    def _take_guards(self, options):
        index: cython.longlong
        cells: cython.longlong = self.machine.locks - self.machine.cells
        for index in options.fusable:
            self.fusable[index] = 1
        self.fuses = bool(options.fusable or options.guards)
        if options.guards:
            self.guard_of = cython.cast(cython.p_longlong, calloc(cells + 1, 8))
            if self.guard_of == cython.NULL:
                raise MemoryError
            for index in range(cells):
                self.guard_of[index] = options.guards[index]
        elif options.keep and self.machine.lock_count:
            self.guards = cython.cast(cython.pointer(uint64_t), calloc(cells + 1, 8))
            if self.guards == cython.NULL:
                raise MemoryError
            for index in range(cells):
                self.guards[index] = LAST | FIRST_BITS

    def _take_bounds(self, options):
        index: cython.longlong
        self.bounded = options.preemptions >= 0
        self.allowed = options.preemptions
        self.yield_count = len(options.yields)
        self.yields = cython.cast(cython.p_longlong, calloc(2 * self.yield_count + 1, 8))
        if self.yields == cython.NULL:
            raise MemoryError
        for index in range(self.yield_count):
            self.yields[2 * index] = options.yields[index][0]
            self.yields[2 * index + 1] = options.yields[index][1]

    def _take_groups(self, options):
        m: Machine = self.machine
        index: cython.longlong
        self.group_count = min(len(options.groups), 32)
        for index in range(self.group_count):
            self.groups[2 * index] = options.groups[index][0]
            self.groups[2 * index + 1] = options.groups[index][1]
        self.place_of = cython.cast(cython.p_longlong, calloc(m.threads + 2, 8))
        self.follows = cython.cast(cython.pointer(uint8_t), calloc(m.threads + 2, 1))
        self.owners = cython.cast(cython.p_longlong, calloc(m.lock_count + m.rwlock_count + 1, 8))
        if not self.place_of or not self.follows or not self.owners:
            raise MemoryError
        for index in range(m.threads + 1):
            self.place_of[index] = record(m, index)
        self.nameless = options.nameless
        if self.nameless:
            index = min(self.group_count, 31)
            self.groups[2 * index] = m.threads
            self.groups[2 * index + 1] = -1
            self.group_count = index + 1
        for first, last in options.groups[:32]:
            for index in range(first + 1, last):
                self.follows[index] = 1
        self.owner_count = m.lock_count + m.rwlock_count
        for index in range(m.lock_count):
            self.owners[index] = m.locks + index
        for index in range(m.rwlock_count):
            self.owners[m.lock_count + index] = m.rwlocks + 2 * index

    def _take_footprints(self, made):
        index: cython.longlong
        if made is None:
            return
        self.future = cython.cast(
            cython.pointer(uint64_t), calloc(len(made.future) + 1, cython.sizeof(uint64_t))
        )
        self.needs = cython.cast(
            cython.pointer(uint64_t), calloc(len(made.needs) + 1, cython.sizeof(uint64_t))
        )
        self.among = cython.cast(
            cython.pointer(uint64_t), calloc(len(made.among) + 1, cython.sizeof(uint64_t))
        )
        self.rows = cython.cast(cython.p_longlong, calloc(len(made.rows) + 1, 8))
        if not self.future or not self.needs or not self.among or not self.rows:
            raise MemoryError
        for index in range(len(made.future)):
            self.future[index] = made.future[index]
            self.needs[index] = made.needs[index]
            self.among[index] = made.among[index]
        self.last_row = len(made.rows) - 1
        for index in range(len(made.rows)):
            self.rows[index] = made.rows[index]
        self.row_size = made.count
        self._take_origins(made.origins)

    def _take_origins(self, made):
        index: cython.longlong
        claims: cython.pointer(Claims)
        claims = open_claims(len(made.rows), len(made.frames), len(made.limits))
        if claims == cython.NULL:
            raise MemoryError
        self.catalog.claims = claims
        claims.stack = self.machine.stack
        claims.other = made.other
        for index in range(len(made.rows)):
            claims.rows[index] = made.rows[index]
            claims.begins[index], claims.ends[index] = made.spans[index]
        for index in range(len(made.claims)):
            claims.claims[index] = made.claims[index]
        for index in range(len(made.limits)):
            claims.limits[index] = made.limits[index]
        for index in range(len(made.frames)):
            claims.frames[index] = made.frames[index]

    def meet(self):
        """Wait until all who share the batch are here; the last one opens the door."""
        meetings: cython.int = look(cython.address(self.meetings))
        looks: cython.int = 0
        if self.hands == 1:
            return
        if one_more(cython.address(self.arrived)) == self.hands:
            self.arrived = 0
            put_down(cython.address(self.meetings), meetings + 1)
            return
        while look(cython.address(self.meetings)) == meetings:
            looks += 1
            if looks > PATIENCE:
                latch_wait()

    def is_called(self, mine):
        """Stay at hand for a while after a batch: is there another one?

        If not, the worker is away from now on, and will not be waited for.
        """
        looks: cython.int = 0
        while look(cython.address(self.places[mine])) == AT_HAND:
            looks += 1
            if looks > PATIENCE:
                latch_wait()
            if looks > LONG_PATIENCE and swapped(cython.address(self.places[mine]), AT_HAND, AWAY):
                return False
        return True

    def cut(self, share):
        """Where in the frontier a share of the batch begins, and the one before it ends."""
        return self.first + (self.last - self.first) * cython.cast(uint64_t, share) // cython.cast(
            uint64_t, self.shares
        )

    def is_late(self):
        """Is it time to leave what is half done? Now and then it asks for Ctrl-C, too."""
        now: cython.double
        if self.stop:
            return True
        now = quick_clock()
        if now > self.asked + 0.05:
            self.asked = now
            self.ask_for_signals()
        if self.deadline != 0 and now > self.deadline:
            self.stop = True
        return self.stop

    def ask_for_signals(self):
        """Let Python look for Ctrl-C.

        By itself, since whatever has a Python object among its variables takes the interpreter's
        lock each time it returns.
        """
        try:
            check_signals()
        except BaseException as pressed:
            self.pressed = pressed
            self.stop = True

    def settle(self, mine):
        """Enter what is on all sheets, part by part, as long as there are parts.

        What became of it is noted by the worker `mine`. False: no memory.
        """
        part: uint64_t
        index: cython.longlong
        while True:
            part = one_more(cython.address(self.parts_taken)) - 1
            if part >= PARTS:
                return True
            for index in range(self.shares):
                if not enter_lane(
                    cython.address(self.parts[part]),
                    part,
                    cython.address(self.sheets[index].lanes[part]),
                    self.pitch,
                    self.notes + mine * self.sheet_count + index,
                    self.keep,
                ):
                    return False

    def gather(self, lines):
        """List what is new, sheet by sheet, as long as there are sheets. False: no memory.

        If the graph is kept, all that is noted is copied to the lines of the sheets instead.
        """
        sheet: cython.pointer(Sheet)
        found: cython.pointer(Places)
        notes: cython.pointer(Notes)
        index: cython.longlong
        worker: cython.longlong
        note: uint64_t
        while True:
            index = one_more(cython.address(self.sheets_taken)) - 1
            if index >= self.shares:
                return True
            sheet = self.sheets[index]
            found = cython.address(sheet.found) if self.keep else lines
            if not blank_lines(found, sheet.count):
                return False
            if self.keep and sheet.count > 0:
                memset(found.at, 0, sheet.count * 4)
            for worker in range(self.hands):
                notes = self.notes + worker * self.sheet_count + index
                for note in range(notes.count):
                    found.at[notes.at[note].line] = notes.at[note].found
            if not self.keep and not list_fresh(sheet, found):
                return False
