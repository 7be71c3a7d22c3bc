# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""What all workers of a search look at, and a growing list (compiled engine).

The search fills it in before the first batch. Between batches it alone writes here; while workers
are at work nobody does, except that whoever settles a part of the store changes that part.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import free, realloc
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
    """What all workers of a search look at; filled in by the search."""

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

    def meet(self, shares):
        """Wait until all who share a batch are here; the last one opens the door."""
        meetings: cython.int = look(cython.address(self.meetings))
        looks: cython.int = 0
        if shares == 1:
            return
        if one_more(cython.address(self.arrived)) == shares:
            self.arrived = 0
            put_down(cython.address(self.meetings), meetings + 1)
            return
        while look(cython.address(self.meetings)) == meetings:
            looks += 1
            if looks > PATIENCE:
                latch_wait()

    def cut(self, share):
        """Where in the frontier a share of the batch begins, and the one before it ends."""
        return self.first + (self.last - self.first) * cython.cast(
            uint64_t, share
        ) // cython.cast(uint64_t, self.shares)

    def is_late(self):
        """Is it time to leave what is half done? Now and then it asks for Ctrl-C, too."""
        now: cython.double
        if self.stop:
            return True
        now = quick_clock()
        if now > self.asked + 0.05:
            self.asked = now
            with cython.gil:
                try:
                    check_signals()
                except BaseException as pressed:
                    self.pressed = pressed
                    self.stop = True
        if self.deadline != 0 and now > self.deadline:
            self.stop = True
        return self.stop

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
            if self.keep:
                memset(found.at, 0, sheet.count * 4)
            for worker in range(self.hands):
                notes = self.notes + worker * self.sheet_count + index
                for note in range(notes.count):
                    found.at[notes.at[note].line] = notes.at[note].found
            if not self.keep and not list_fresh(sheet, found):
                return False
