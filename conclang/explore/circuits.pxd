cimport cython
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef uint64_t[::1] BIT
cdef uint32_t OFTEN, NO_STATE, UNSEEN, LAST_BIT, AT, ASLEEP, AT_BARRIER, SPINNING, FINISHED

@cython.locals(edge=cython.Py_ssize_t)
cpdef split(uint64_t[::1] both, uint32_t[::1] source, uint32_t[::1] target)

@cython.locals(edge=cython.Py_ssize_t, state=cython.Py_ssize_t, total=uint32_t)
cpdef starts(uint32_t[::1] source, uint32_t[::1] first)

@cython.locals(edge=cython.Py_ssize_t, state=cython.Py_ssize_t, total=uint32_t, back=cython.Py_ssize_t)
cpdef by_source(uint32_t[::1] source, uint32_t[::1] target, uint32_t[::1] first, uint32_t[::1] ahead)

@cython.locals(edge=cython.Py_ssize_t, state=cython.Py_ssize_t, total=uint32_t, count=cython.Py_ssize_t, back=cython.Py_ssize_t)
cpdef entering(uint32_t[::1] source, uint32_t[::1] target, uint32_t[::1] first, uint32_t[::1] edges)

@cython.locals(edge=cython.Py_ssize_t, state=cython.Py_ssize_t, there=uint32_t, count=cython.Py_ssize_t, found=cython.Py_ssize_t, done=cython.Py_ssize_t)
cpdef order(uint32_t[::1] first, uint32_t[::1] target, uint32_t[::1] coming, uint32_t[::1] ready)

@cython.locals(edge=cython.Py_ssize_t, state=cython.Py_ssize_t, there=uint32_t, index=cython.Py_ssize_t, most=uint32_t, after=uint32_t)
cpdef longest(uint32_t[::1] first, uint32_t[::1] target, uint32_t[::1] ready, uint32_t[::1] steps)

@cython.locals(
    count=cython.Py_ssize_t, index=uint32_t[::1], low=uint32_t[::1], cursor=uint32_t[::1], stack=uint32_t[::1],
    path=uint32_t[::1], closed=uint8_t[::1], looped=uint8_t[::1], clock=uint32_t, waiting=cython.Py_ssize_t,
    deep=cython.Py_ssize_t, root=cython.Py_ssize_t, node=uint32_t, there=uint32_t, edge=cython.Py_ssize_t,
)
cpdef tarjan(uint32_t[::1] first, uint32_t[::1] target, uint8_t[::1] allowed, uint8_t[::1] wanted, uint32_t[::1] component, uint32_t found)

@cython.locals(node=cython.Py_ssize_t, arc=cython.Py_ssize_t, number=uint32_t)
cpdef measure(uint32_t[::1] first, uint32_t[::1] target, uint8_t[::1] allowed, uint32_t[::1] component, uint64_t[::1] able, uint64_t[::1] took, uint64_t[::1] taken, uint64_t[::1] always, uint64_t[::1] sometimes)

@cython.locals(node=cython.Py_ssize_t, found=cython.Py_ssize_t, number=uint32_t)
cpdef drop(uint32_t[::1] component, uint64_t[::1] able, uint64_t[::1] passed, uint8_t[::1] wanted)

@cython.locals(node=cython.Py_ssize_t, back=cython.Py_ssize_t, number=cython.Py_ssize_t, total=uint32_t)
cpdef sorted_by(uint32_t[::1] component, uint32_t[::1] begin, uint32_t[::1] nodes)

@cython.locals(level=cython.Py_ssize_t, state=cython.Py_ssize_t)
cpdef depths(uint64_t[::1] levels, uint32_t[::1] depth)

@cython.locals(state=cython.Py_ssize_t, found=cython.Py_ssize_t)
cpdef Py_ssize_t pick_states(uint32_t[::1] component, uint64_t[::1] spins, uint32_t[::1] number, uint32_t[::1] states)

@cython.locals(node=cython.Py_ssize_t)
cpdef pick(uint32_t[::1] states, uint64_t[::1] given, uint64_t[::1] picked)

@cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t, t=cython.Py_ssize_t)
cpdef fill_took(uint32_t[::1] first, uint32_t[::1] target, uint64_t[::1] mask, uint16_t[::1] actor, uint64_t[::1] row, uint32_t[::1] code, uint8_t[::1] meeting, uint64_t[::1] took)

@cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t, t=cython.Py_ssize_t, bits=uint64_t)
cpdef fill_able(uint32_t[::1] first, uint16_t[::1] actor, uint64_t[::1] row, uint32_t[::1] code, uint64_t[::1] took, uint64_t[::1] able, uint64_t[::1] spins)

@cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t, there=uint32_t, found=cython.Py_ssize_t)
cpdef count_arcs(uint32_t[::1] first, uint32_t[::1] target, uint32_t[::1] number, uint64_t[::1] spins)

@cython.locals(state=cython.Py_ssize_t, edge=cython.Py_ssize_t, there=uint32_t, found=cython.Py_ssize_t)
cpdef fill_arcs(uint32_t[::1] first, uint32_t[::1] target, uint32_t[::1] number, uint64_t[::1] spins, uint32_t[::1] begin, uint32_t[::1] source, uint32_t[::1] arrival, uint32_t[::1] edges)

@cython.locals(arc=cython.Py_ssize_t)
cpdef pick_masks(uint32_t[::1] edges, uint64_t[::1] given, uint64_t[::1] spin, uint32_t[::1] source, uint64_t[::1] picked)

@cython.locals(arc=cython.Py_ssize_t, t=cython.Py_ssize_t, here=uint32_t)
cpdef mark_shown(uint32_t[::1] states, uint32_t[::1] source, uint32_t[::1] edges, uint16_t[::1] actor, uint64_t[::1] row, uint32_t[::1] code, uint8_t[::1] shown, uint8_t[::1] allowed)

@cython.locals(arc=cython.Py_ssize_t)
cpdef mark_still(uint64_t[::1] moved, uint64_t bit, uint8_t[::1] allowed)

@cython.locals(node=cython.Py_ssize_t, found=cython.Py_ssize_t, bit=uint64_t, at=uint64_t, here=uint32_t, status=uint32_t)
cpdef mark_waiting(uint32_t[::1] states, uint64_t[::1] able, uint64_t[::1] row, uint32_t[::1] code, cython.Py_ssize_t t, uint8_t[::1] standing, uint8_t[::1] wanted)

@cython.locals(node=cython.Py_ssize_t, found=cython.Py_ssize_t, at=uint64_t, here=uint32_t, status=uint32_t, pc=uint32_t)
cpdef mark_inside(uint32_t[::1] states, uint64_t[::1] row, uint32_t[::1] code, uint32_t[::1] frames, cython.Py_ssize_t t, uint8_t[::1] body, uint8_t[::1] called, uint8_t[::1] wanted)

@cython.locals(arc=cython.Py_ssize_t, found=cython.Py_ssize_t, bit=uint64_t, who=cython.Py_ssize_t, here=uint32_t)
cpdef mark_trying(uint32_t[::1] states, uint32_t[::1] source, uint32_t[::1] target, uint32_t[::1] edges, uint64_t[::1] took, uint16_t[::1] actor, uint64_t[::1] row, uint32_t[::1] code, cython.Py_ssize_t t, uint8_t[::1] wanted, uint8_t[::1] done, uint8_t[::1] allowed, uint32_t[::1] open_)

@cython.locals(reached=cython.Py_ssize_t, head=cython.Py_ssize_t, at=cython.Py_ssize_t, far=uint32_t, state=uint32_t, last=cython.Py_ssize_t, edge=cython.Py_ssize_t, there=uint32_t)
cpdef spread(uint32_t[::1] first, uint32_t[::1] target, uint8_t[::1] within, uint32_t[::1] depth, uint32_t[::1] begin, uint32_t[::1] distance, uint32_t[::1] came, uint32_t[::1] queue)

@cython.locals(least=uint32_t, index=cython.Py_ssize_t, state=uint32_t, far=uint32_t, edge=cython.Py_ssize_t)
cpdef dead_end(uint32_t[::1] first, uint32_t[::1] target, uint64_t[::1] able, uint32_t[::1] distance, uint32_t[::1] queue, cython.Py_ssize_t count, uint32_t[::1] best)

@cython.locals(at=cython.Py_ssize_t)
cpdef pick_bit(uint32_t[::1] truth, cython.int index, uint8_t[::1] found)

@cython.locals(state=cython.Py_ssize_t, at=cython.Py_ssize_t, pair=uint64_t, last=cython.Py_ssize_t, going_on=cython.int, edge=cython.Py_ssize_t, mine=cython.Py_ssize_t, there=uint32_t, extra=cython.int, other=uint64_t)
cpdef preempted(uint32_t[::1] first, uint32_t[::1] target, uint16_t[::1] actor, uint64_t width, uint16_t[::1] cost, cython.int price, here)
