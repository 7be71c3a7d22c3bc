# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""A growing run of items of one width (compiled engine)."""

import cython
from cython.cimports.libc.stdint import uint8_t, uint64_t
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
