cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from conclang.machine.opcodes_c cimport *
from conclang.machine.state cimport Machine, Context, length, object_of, record
from conclang.machine.step cimport (
    start, ways, step, next_branch, clear_branches, evaluate
)
from conclang.explore.packing cimport Shape, load, save, get_id, set_id, id_fits, digest
from conclang.explore.store cimport (
    PARTS, PART_BITS, CANDIDATE, KNOWN, Note, Notes, Part, prefetch, lookup, open_part, part_bytes,
    repack, make_room
)
from conclang.explore.sheet cimport (
    Sheet, Places, add_place, clear_sheet, join_places, open_sheet, sheet_bytes
)
from conclang.explore.catalog cimport Catalog, Entry
from conclang.explore.images cimport Images
from conclang.explore.shared cimport (
    AT_HAND, CALLED, FIRST_BITS, LAST, Shared, Vector, quick_clock, swapped
)
from conclang.explore.onlooker cimport GOLDEN
from conclang.explore.order cimport named_before, with_twins
from conclang.explore.habits cimport Habit, HEAVIEST
from conclang.explore.worker cimport Worker, NOWHERE


cdef enum:
    SHARES_EACH = 4  # of a batch, per worker, at most
    LARGE_SHARE = 4096  # states
    SEVERAL = 24  # so often the shape may grow by single words
    OFTEN = 0xFFFF  # rounds of a long loop after which somebody may ask for its end
    FEW = 256  # ways on that are put into words together
    MANY = 8192  # states, which are better not packed anew for every word
    GRAPH_BYTES = 60  # what the analyses of the graph need per edge, in Python

cdef extern from *:
    """
    #define NO_STATE 0xFFFFFFFFU
    """
    const uint32_t NO_STATE


cdef void lay_out(Shape *shape) noexcept nogil


@cython.final
cdef class Search:
    cdef Shared shared
    cdef readonly Machine machine
    cdef readonly list workers
    cdef Places[13] waiting  # by how many steps ahead, up to HEAVIEST
    cdef long long refits, late
    cdef uint64_t done
    cdef public unsigned long long states, depth
    cdef object digits  # the choices of the next initial state, or of the next piece
    cdef long long entity, way  # of the next piece
    cdef bint vast  # has the next state of the frontier too many successors for one batch?
    cdef public long long room  # how much memory it may take, in bytes
    cdef public object check  # asked now and then while something is looked for
    cdef bint _seek(self, Worker worker, uint8_t *data, long long *count) except -1
    cdef long long _ways_here(self, Worker worker, long long t)
    cdef long long _enter_starts(self, Worker worker, long long most)
    cdef readonly bint keep
    cdef readonly object symmetry
    cdef void collect(self)
    cdef void take_over(self)
    cdef void welcome(self, uint32_t place, uint64_t weight)
    # the graph: per run of edges with one source the source and how many they are; per edge the
    # target and the actor; those in which others have moved too are 255 here, and told in `odd`
    cdef Vector sources, degrees, targets, actors, odd_actors, odd_masks
    cdef Vector turns  # per edge how threads change places on it, if they do
    cdef uint32_t source, parent_of_source  # of the edge before
    cdef void connect(self, Sheet *sheet, uint64_t line, uint32_t found)
    cdef bint spread_back(self, uint64_t *ever, uint64_t *twins) except -1
    cdef bint spread_forth(self, uint64_t *ever, uint64_t *twins) except -1
    cdef bint _arranged(self, Worker worker, uint8_t *to)
    cdef uint32_t number_at(self, uint64_t place)
    cdef Images images
    cdef uint64_t *_twins(self) except? NULL
    cdef uint64_t beyond(self, uint64_t *ever, uint32_t target, uint64_t edge) noexcept nogil
    cdef uint64_t *ever(self) except NULL
    cdef uint64_t stuck_at(self, uint64_t place, uint64_t moving, uint64_t daemons)
    cdef bint _may_grow(self, Shape *new) except -1
    cdef void _be_generous(self, Shape *new, Shape *old, long long reach)
    cdef list _unpacked(self, Worker worker, uint8_t *to)
    cdef list _ordered(self, Worker worker, list words)
    cdef list _fitting_image(self, Worker worker, uint8_t *to, list words)
    cdef void _fill_places(self, uint64_t[::1] found)
    cpdef void count_entities(self, uint64_t[::1] places, uint64_t[::1] row)
    cpdef void survey(self, uint64_t[::1] places, uint64_t[::1] row, uint32_t[::1] code, int32_t[::1] thing)
    cpdef void column(self, uint64_t[::1] places, long long word, long long[::1] values)
    cpdef void inner(self, uint64_t[::1] places, uint64_t[::1] row, long long word, long long[::1] values)
    cpdef void edges(self, uint32_t[::1] source, uint32_t[::1] target, uint16_t[::1] actor)
    cpdef void masks(self, uint64_t[::1] mask)
