# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""What all workers of a search look at, and a growing list (compiled engine).

The search fills it in before the first batch. Between batches it alone writes here; while workers
are at work nobody does, except that whoever settles a part of the store changes that part.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import free, realloc
from cython.cimports.libc.string import memcpy


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
        free(self.sheets)
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

    def all_fit(self):
        """Has everybody found room for what he wrote, and does it fit into the shape?"""
        index: cython.longlong
        for index in range(self.sheet_count):
            if self.sheets[index].starved or self.sheets[index].unfit:
                return False
        return True

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

    def settle(self, notes):
        """Enter what all workers have found, part by part, as long as there are parts.

        What became of it is written on the sheet `notes`. False: no memory.
        """
        part: uint64_t
        index: cython.longlong
        sheet: cython.pointer(Sheet)
        lines: uint64_t = 0
        for index in range(self.sheet_count):
            lines += self.sheets[index].count
        if not notes_for(notes, lines):
            return False
        while True:
            part = one_more(cython.address(self.taken)) - 1
            if part >= PARTS:
                return True
            lines = 0
            for index in range(self.sheet_count):
                sheet = self.sheets[index]
                if not enter_lane(
                    cython.address(self.parts[part]),
                    part,
                    cython.address(sheet.lanes[part]),
                    self.pitch,
                    notes.found + lines,
                    self.keep,
                ):
                    return False
                lines += sheet.count

    def gather(self, mine):
        """List what is new on a sheet, by how many steps it lies ahead. False: no memory."""
        sheet: cython.pointer(Sheet) = self.sheets[mine]
        base: uint64_t = 0
        line: uint64_t
        index: cython.longlong
        found: uint32_t
        for index in range(mine):
            base += self.sheets[index].count
        for line in range(sheet.count):
            found = 0
            for index in range(self.shares):
                found |= self.sheets[index].found[base + line]
            if found != 0:
                if not add_place(cython.address(sheet.fresh[sheet.weights[line]]), found - 1):
                    return False
        return True
