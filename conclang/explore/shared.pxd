cimport cython
from libc.stdint cimport uint8_t, uint64_t
from conclang.machine.state cimport Machine
from conclang.explore.catalog cimport Catalog
from conclang.explore.packing cimport Shape
from conclang.explore.sheet cimport Places, Sheet, notes_for
from conclang.explore.store cimport PARTS, Part, close_part, enter_lane


@cython.final
cdef class Vector:
    cdef uint8_t *data
    cdef uint64_t count, room, width
    cdef bint push(self, void *item) noexcept nogil


@cython.final
cdef class Shared:
    cdef readonly Machine machine
    cdef public list workers
    cdef Catalog catalog
    cdef Shape shape
    cdef uint64_t pitch  # bytes of a candidate, for the store
    cdef Part[64] parts
    cdef Sheet **sheets  # of all workers
    cdef long long sheet_count
    cdef long long shares  # so many workers have entered the states of this batch
    cdef Places frontier
    cdef Vector marks
    cdef readonly bint keep, look_for_races, bounded
    cdef long long predicate_count, section_count
    cdef long long[32] predicate
    cdef long long[32] section_place
    cdef long long[32] section_limit
    cdef uint8_t[128] fusable
    cdef bint fuses
    cdef long long *place_of  # where the records of declared threads begin
    cdef uint8_t *follows  # is the thread before interchangeable with it?
    cdef uint8_t *is_section  # per shared word
    cdef uint64_t *guards  # per cell: locks held at every access so far, as bits
    cdef long long *guard_of  # per cell: the lock that we rely on, -1 = none
    cdef public bint unguarded  # was such a cell touched without its lock?
    cdef long long allowed, yield_count
    cdef long long *yields
    cdef uint8_t *immediate  # per micro-op: a write right after the read it rests on
    cdef long long group_count
    cdef long long[64] groups
    cdef long long owner_count
    cdef long long *owners  # the words that name an owner
    cdef uint64_t *future  # per row and micro-op, see persistent.py
    cdef uint64_t *needs
    cdef uint64_t *among
    cdef long long *rows  # per entity, then for all others: its row, -1: that of its record
    cdef long long row_size
    cdef long long last_row
    cdef uint64_t[64] before  # per part: states found before the search came to this depth
    cdef bint turns  # are states replaced by their least images?
    cdef bint nameless  # have those who were started no names?
    cdef bint arranges  # does anything happen to a state before it is entered?
    cdef bint settle(self, Sheet *notes, uint64_t share, uint64_t shares) noexcept nogil
