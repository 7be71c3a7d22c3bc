cimport cython
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from conclang.explore.packing cimport same_bytes
from conclang.explore.store cimport CANDIDATE, Lane, PARTS, SPARE

cdef enum:
    RECENT = 1 << 12
    STEPS = 13  # lists by how many steps ahead: up to HEAVIEST

cdef struct Recent:
    uint32_t tag  # the hash
    uint32_t at  # where in the lane, plus one

cdef struct Places:
    uint32_t *at
    uint64_t count, room

cdef struct Sheet:
    Lane[64] lanes  # one per part of the store
    uint64_t count  # lines: candidates and dead ends
    uint64_t room
    uint8_t *weights  # per line: so many steps
    uint32_t *parents  # the others per line too, but only if the graph is kept
    uint16_t *actors
    uint64_t *moved
    uint64_t *turns  # how its threads have changed places
    Places found  # per line what became of it, see enter_lane, if the graph is kept
    Places[13] fresh  # the new states of these lines, by how many steps they lie ahead
    bint keep

cdef Sheet *open_sheet(bint keep) noexcept nogil
cdef void close_sheet(Sheet *sheet) noexcept nogil
cdef void clear_sheet(Sheet *sheet) noexcept nogil
cdef bint more_lines(Sheet *sheet) noexcept nogil
cdef bint more_lane(Lane *lane, uint64_t pitch) noexcept nogil
cdef bint blank_lines(Places *places, uint64_t lines) noexcept nogil
cdef bint list_fresh(Sheet *sheet, Places *found) noexcept nogil
cdef uint64_t sheet_bytes(Sheet *sheet) noexcept nogil
cdef bint more_places(Places *places) noexcept nogil
cdef bint join_places(Places *places, Places *more) noexcept nogil

cdef inline bint write_line(
    Sheet *sheet, uint32_t parent, uint64_t actor, uint64_t weight, uint64_t moved
) noexcept nogil:
    """One more line; False: no memory."""
    cdef uint64_t line = sheet.count
    if line == sheet.room and not more_lines(sheet):
        return False
    sheet.weights[line] = <uint8_t>weight
    if sheet.keep:
        sheet.parents[line] = parent
        sheet.actors[line] = <uint16_t>actor
        sheet.moved[line] = moved
        sheet.turns[line] = 0
    sheet.count = line + 1
    return True

cdef inline bint is_repeated(
    Recent *recent, Lane *lane, uint8_t *state, long long size, uint32_t hashed
) noexcept nogil:
    """Was the same state written into the lane lately? May say no too often."""
    cdef Recent *spot = recent + (hashed & (RECENT - 1))
    if spot.tag == hashed and spot.at != 0 and spot.at <= lane.used:
        if same_bytes(lane.data + spot.at - 1 + CANDIDATE, state, size):
            return True
    spot.tag = hashed
    spot.at = <uint32_t>(lane.used + 1)
    return False

cdef inline bint add_place(Places *places, uint32_t place) noexcept nogil:
    """One more place; False: no memory."""
    if places.count == places.room and not more_places(places):
        return False
    places.at[places.count] = place
    places.count += 1
    return True
