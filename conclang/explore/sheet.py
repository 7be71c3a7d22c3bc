# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""What a worker has written down in one batch, and lists of places (compiled engine).

A `Sheet` has one line per successor, in the order of discovery. The line itself is short: by how
many steps, and who moved, if somebody will ask. The packed state goes into the *lane* of that part
of the store which it belongs to, with the number of its line. So who enters the states of a part
reads one lane of each sheet from end to end, and nothing that is meant for others.

What became of the lines is noted by those who enter states (store.py), each in `Notes` of his own,
one run per sheet: two workers never write to neighbouring words. Only then whoever takes the sheet
again copies the notes of all to its lines.
"""

import cython
from cython.cimports.libc.stdint import uint8_t, uint16_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memcpy, memset


def open_sheet(keep):
    """An empty sheet; NULL: no memory. With `keep` it is noted who moved from where."""
    sheet: cython.pointer(Sheet) = cython.cast(
        cython.pointer(Sheet), calloc(1, cython.sizeof(Sheet))
    )
    if sheet != cython.NULL:
        sheet.keep = keep
    return sheet


def close_sheet(sheet):
    """Give the memory back."""
    index: cython.int
    if sheet == cython.NULL:
        return
    for index in range(PARTS):
        free(sheet.lanes[index].data)
    for index in range(STEPS):
        free(sheet.fresh[index].at)
    free(sheet.weights)
    free(sheet.parents)
    free(sheet.actors)
    free(sheet.moved)
    free(sheet.turns)
    free(sheet.found.at)
    free(sheet)


def clear_sheet(sheet):
    """Forget all lines, keep the room for them."""
    index: cython.int
    sheet.count = 0
    for index in range(PARTS):
        sheet.lanes[index].used = 0
    for index in range(STEPS):
        sheet.fresh[index].count = 0


def more_lines(sheet):
    """Room for more lines; False: no memory."""
    room: uint64_t = sheet.room * 2 + 256
    weights: cython.pointer(uint8_t) = cython.cast(
        cython.pointer(uint8_t), realloc(sheet.weights, room)
    )
    parents: cython.pointer(uint32_t)
    actors: cython.pointer(uint16_t)
    moved: cython.pointer(uint64_t)
    turns: cython.pointer(uint64_t)
    if weights == cython.NULL:
        return False
    sheet.weights = weights
    if sheet.keep:
        parents = cython.cast(cython.pointer(uint32_t), realloc(sheet.parents, room * 4))
        sheet.parents = parents if parents != cython.NULL else sheet.parents
        actors = cython.cast(cython.pointer(uint16_t), realloc(sheet.actors, room * 2))
        sheet.actors = actors if actors != cython.NULL else sheet.actors
        moved = cython.cast(cython.pointer(uint64_t), realloc(sheet.moved, room * 8))
        sheet.moved = moved if moved != cython.NULL else sheet.moved
        turns = cython.cast(cython.pointer(uint64_t), realloc(sheet.turns, room * 8))
        sheet.turns = turns if turns != cython.NULL else sheet.turns
        if parents == cython.NULL or actors == cython.NULL:
            return False
        if moved == cython.NULL or turns == cython.NULL:
            return False
    sheet.room = room
    return True


def more_lane(lane, pitch):
    """Room for more candidates of this size; False: no memory."""
    room: uint64_t = lane.room * 2 + pitch * 16
    data: cython.pointer(uint8_t) = cython.cast(
        cython.pointer(uint8_t), realloc(lane.data, room + SPARE)
    )
    if data == cython.NULL:
        return False
    lane.data = data
    lane.room = room
    return True


def blank_lines(places, lines):
    """A zero for each of so many lines; False: no memory.

    What there is room for is left as it is: it was blanked before.
    """
    at: cython.pointer(uint32_t)
    room: uint64_t = lines + lines // 4 + 1
    if lines > places.room:
        at = cython.cast(cython.pointer(uint32_t), realloc(places.at, room * 4))
        if at == cython.NULL:
            return False
        memset(at + places.room, 0, (room - places.room) * 4)
        places.at = at
        places.room = room
    return True


def list_fresh(sheet, found):
    """List what is new on a sheet, by how many steps it lies ahead, and blank the lines again.

    False: no memory.
    """
    line: uint64_t
    place: uint32_t
    for line in range(sheet.count):
        place = found.at[line]
        if place != 0:
            found.at[line] = 0
            if not add_place(cython.address(sheet.fresh[sheet.weights[line]]), place - 1):
                return False
    return True


def sheet_bytes(sheet):
    """Memory asked for."""
    total: uint64_t = sheet.room * (23 if sheet.keep else 1) + sheet.found.room * 4
    index: cython.int
    for index in range(PARTS):
        total += sheet.lanes[index].room
    for index in range(STEPS):
        total += sheet.fresh[index].room * 4
    return total


# -- places ----------------------------------------------------------------------------------------


def join_places(places, more):
    """Put all of some places behind others; False: no memory."""
    while places.room < places.count + more.count:
        if not more_places(places):
            return False
    if more.count:
        memcpy(places.at + places.count, more.at, more.count * 4)
    places.count += more.count
    return True


def more_places(places):
    """Room for more places; False: no memory."""
    room: uint64_t = places.room * 2 + 128
    at: cython.pointer(uint32_t) = cython.cast(
        cython.pointer(uint32_t), realloc(places.at, room * 4)
    )
    if at == cython.NULL:
        return False
    places.at = at
    places.room = room
    return True
