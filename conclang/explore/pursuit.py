# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, annotation_typing=False
"""Following one read of one entity through the state graph: the loops of `monitors`.

What the pairs of a state and a few bits mean is said there. Here they are numbered, found again in
a table, and taken in order of their distance from the start, so that the first catch is the nearest
(ties: the lower number of the state, fewer bits, the one met first). A walk can be left and taken
up again, so that somebody may look at the clock meanwhile.
"""

from __future__ import annotations

from array import array

from conclang.explore.patience import listen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Numbers = array[int]

NO_STATE = 0xFFFFFFFF
LOST, CAUGHT = 1 << 63, 1 << 62
MIX = 0x9E3779B97F4A7C15
NONE_YET, FOUND, MORE = 0, 1, 2
AT, FINISHED = 1, 6
OFTEN = 0xFFFFF
RELEASED, CHANGED = 1, 2
"""Bits of a watch; the higher ones, one per write, say that it was decided about anew."""
DIRECT, SEEN = 1, 3
"""How a micro-op makes a write: itself, or (in a block) only if the value changes."""


class Sight:
    """The graph, and where everybody stands in its first `limit` states."""

    limit: int
    first: Any
    target: Any
    depth: Any
    actor: Any
    row: Any  # per state where its entities begin in the next three
    code: Any  # micro-op and status
    thing: Any  # what the next step touches
    loop: Any  # event loop; empty: there are none
    writing: Any  # per micro-op: does it write a cell, whatever the cell holds?

    def pairs(self, cell_at: Numbers, entities: int, cells: int) -> list[tuple[int, int]]:
        """Who reads which cell by a micro-op on some edge; `cell_at` as in Aim."""
        seen = bytearray(entities * cells)
        found = []
        for state in range(self.limit):
            if not state & OFTEN:
                listen()
            for edge in range(self.first[state], self.first[state + 1]):
                t = self.actor[edge]
                at = self.row[state] + t
                if self.target[edge] == NO_STATE or self.code[at] & 7 != AT:
                    continue
                cell = cell_at[self.code[at] >> 3]
                if cell == -2:
                    cell = self.thing[at]
                if 0 <= cell < cells and not seen[t * cells + cell]:
                    seen[t * cells + cell] = 1
                    found.append((t, cell))
        return found


class Aim:
    """A read to follow and the writes that may rest on it, as tables by micro-op."""

    atomic: bool
    pcs: int
    count: int  # of writes
    cell_at: Any  # the cell that a micro-op reads as the read in question; -2: its own; -1: none
    hope: Any  # can one of the writes still be reached from here?
    acts: Any  # per write and micro-op: 0 no, DIRECT, 2 surely (in a block), SEEN
    act_cell: Any  # and the cell that it writes; -1: the one that was read
    act_column: Any  # and where that cell's values begin
    by_value: Any  # per write: does its value rest on the read?
    anew: Any  # bits of the writes about which a read of the same cell decides anew


class Pursuit:
    """Follows one entity from one read of one cell."""

    def __init__(self, sight: Sight, aim: Aim, actor: int, cell: int, values: Numbers) -> None:
        self.sight = sight
        self.aim = aim
        self.actor = actor
        self.cell = cell
        self.values = values  # of the cell, per state; then of other cells
        self.held = array("Q", [0])
        self.looked = 0
        self.count = self.waiting = 0
        self.caught_at = self.caught_by = 0
        self.state, self.far = array("I", bytes(4 * 64)), array("I", bytes(4 * 64))
        self.before, self.edge = array("I", bytes(4 * 64)), array("I", bytes(4 * 64))
        self.bits, self.locks = array("Q", bytes(8 * 64)), array("Q", bytes(8 * 64))
        self.heap, self.table = array("I", bytes(4 * 64)), array("I", bytes(4 * 256))

    def holding(self, held: Numbers) -> None:
        """What the entity holds in each state, as bits."""
        self.held = held

    def begin(self) -> None:
        """Enter the states after the read."""
        for state in range(self.sight.limit):
            for edge in range(self.sight.first[state], self.sight.first[state + 1]):
                if self.enters(state, edge):
                    self.meet(
                        self.sight.target[edge],
                        self.sight.depth[state] + 1,
                        0,
                        self.held[state],
                        NO_STATE,
                        edge,
                    )

    def enters(self, state: int, edge: int) -> bool:
        """Is an edge the read that is followed?"""
        if self.sight.actor[edge] != self.actor or self.sight.target[edge] >= self.sight.limit:
            return False
        if not self.reads(state, self.sight.code[self.sight.row[state] + self.actor]):
            return False
        if self.aim.atomic and not self.held[state]:
            return self.loop_of(state, self.actor) != 0
        return True

    def run(self, budget: int) -> int:
        """Go on for so many pairs: FOUND, MORE to do, or NONE_YET and never will be."""
        while self.waiting:
            if budget == 0:
                return MORE
            budget -= 1
            self.looked += 1
            node = self.pop()
            source = self.state[node]
            for edge in range(self.sight.first[source], self.sight.first[source + 1]):
                there = self.sight.target[edge]
                if there >= self.sight.limit:
                    continue
                now = self.step(source, edge, self.bits[node], self.locks[node])
                if now == CAUGHT:
                    self.caught_at = node
                    self.caught_by = edge
                    return FOUND
                if now != LOST:
                    self.meet(there, self.far[node] + 1, now, self.locks[node], node, edge)
        return NONE_YET

    def way(self) -> list[int]:
        """The edges from the read to the catch."""
        edges, node = [self.caught_by], self.caught_at
        while node != NO_STATE:
            edges.append(self.edge[node])
            node = self.before[node]
        return edges[::-1]

    # -- one step ----------------------------------------------------------------------------

    def step(self, source: int, edge: int, bits: int, locks: int) -> int:
        """The bits after an edge, or CAUGHT; LOST: the read is made anew."""
        mover = self.sight.actor[edge]
        if not self.may_still_write(self.sight.target[edge]):
            if mover == self.actor and self.acts(source, self.sight.target[edge], bits, locks):
                return CAUGHT
            return LOST
        if mover != self.actor:
            return bits | self.other(source, edge, mover)
        if self.acts(source, self.sight.target[edge], bits, locks):
            return CAUGHT
        here = self.sight.code[self.sight.row[source] + mover]
        if self.reads(source, here):
            return LOST
        pc = here >> 3
        if self.aim.anew[pc] and self.sight.thing[self.sight.row[source] + mover] == self.cell:
            if here & 7 == AT:
                bits |= self.aim.anew[pc]
        if locks & ~self.held[self.sight.target[edge]]:
            return (bits & CHANGED) | RELEASED
        return bits

    def other(self, source: int, edge: int, mover: int) -> int:
        """What a step of somebody else means for the one who is watched."""
        loop = self.loop_of(source, self.actor)
        released = RELEASED if loop and self.loop_of(source, mover) == loop else 0
        if self.values[source] != self.values[self.sight.target[edge]]:
            return released | CHANGED
        if not self.aim.atomic:
            at = self.sight.row[source] + mover
            here = self.sight.code[at]
            if here & 7 == AT and self.sight.writing[here >> 3]:
                if self.sight.thing[at] == self.cell:
                    return released | CHANGED
        return released

    def loop_of(self, state: int, t: int) -> int:
        """The event loop an entity runs on, 0 if there is none."""
        if len(self.sight.loop) == 0:
            return 0
        return self.sight.loop[self.sight.row[state] + t]

    def may_still_write(self, state: int) -> bool:
        """Can the one who is watched still come to one of the writes?"""
        here = self.sight.code[self.sight.row[state] + self.actor]
        return here & 7 != FINISHED and self.aim.hope[here >> 3]

    def reads(self, state: int, here: int) -> bool:
        """Is the next step of the one who is watched the read in question, of the cell?"""
        if here & 7 != AT or self.aim.cell_at[here >> 3] == -1:
            return False
        if self.aim.cell_at[here >> 3] == -2:
            return self.sight.thing[self.sight.row[state] + self.actor] == self.cell
        return self.aim.cell_at[here >> 3] == self.cell

    def acts(self, source: int, there: int, bits: int, locks: int) -> bool:
        """Is the one who is watched caught by this step?"""
        here = self.sight.code[self.sight.row[source] + self.actor]
        wanted = RELEASED | CHANGED if self.aim.atomic else CHANGED
        if here & 7 != AT or bits & wanted != wanted:
            return False
        for k in range(self.aim.count):
            if (bits >> (k + 2)) & 1 or not self.aim.acts[k * self.aim.pcs + (here >> 3)]:
                continue
            cell = self.written(source, there, k, here)
            if cell == self.cell:
                return True
            if cell < 0 or not self.aim.atomic or self.aim.by_value[k]:
                continue
            again = locks & self.held[source]
            if again or (not locks and self.loop_of(source, self.actor)):
                return True
        return False

    def written(self, source: int, there: int, k: int, here: int) -> int:
        """The cell that this step writes by one of the writes, -1 if it does not."""
        at = k * self.aim.pcs + (here >> 3)
        if self.aim.acts[at] == DIRECT:
            return self.sight.thing[self.sight.row[source] + self.actor]
        if self.aim.acts[at] == SEEN:
            base = self.aim.act_column[at]
            if self.values[base + source] == self.values[base + there]:
                return -1
        return self.cell if self.aim.act_cell[at] < 0 else self.aim.act_cell[at]

    # -- pairs -------------------------------------------------------------------------------

    def meet(self, state: int, far: int, bits: int, locks: int, before: int, edge: int) -> None:
        """A pair, which may be new."""
        mask = len(self.table) - 1
        at = self.spot(state, bits, locks) & mask
        while self.table[at]:
            node = self.table[at] - 1
            if self.state[node] == state and self.bits[node] == bits:
                if self.locks[node] == locks:
                    return
            at = (at + 1) & mask
        node = self.count
        self.table[at] = node + 1
        self.state[node], self.far[node] = state, far
        self.bits[node], self.locks[node] = bits, locks
        self.before[node], self.edge[node] = before, edge
        self.count += 1
        self.push(node)
        if self.count == len(self.state):
            self.grow()

    def spot(self, state: int, bits: int, locks: int) -> int:
        """Where to look for a pair first."""
        key = ((bits * 0x10001 + state) ^ (locks * 0x9E3779B1)) & (LOST - 1)
        return ((key * MIX) & (LOST | (LOST - 1))) >> 32

    def ahead(self, one: int, two: int) -> bool:
        """Is a pair to be looked at before another?"""
        if self.far[one] != self.far[two]:
            return self.far[one] < self.far[two]
        if self.state[one] != self.state[two]:
            return self.state[one] < self.state[two]
        if self.bits[one] != self.bits[two]:
            return self.bits[one] < self.bits[two]
        return one < two

    def push(self, node: int) -> None:
        """Into the heap."""
        at = self.waiting
        self.waiting += 1
        while at > 0:
            up = (at - 1) >> 1
            if not self.ahead(node, self.heap[up]):
                break
            self.heap[at] = self.heap[up]
            at = up
        self.heap[at] = node

    def pop(self) -> int:
        """The first of the heap."""
        top = self.heap[0]
        self.waiting -= 1
        node = self.heap[self.waiting]
        at, down = 0, 1
        while down < self.waiting:
            if down + 1 < self.waiting and self.ahead(self.heap[down + 1], self.heap[down]):
                down += 1
            if not self.ahead(self.heap[down], node):
                break
            self.heap[at] = self.heap[down]
            at = down
            down = 2 * at + 1
        self.heap[at] = node
        return top

    def grow(self) -> None:
        """Twice the room."""
        self.state, self.far = doubled(self.state, "I"), doubled(self.far, "I")
        self.before, self.edge = doubled(self.before, "I"), doubled(self.edge, "I")
        self.bits, self.locks = doubled(self.bits, "Q"), doubled(self.locks, "Q")
        self.heap = doubled(self.heap, "I")
        self.table = array("I", bytes(8 * len(self.table)))
        mask = len(self.table) - 1
        for node in range(self.count):
            at = self.spot(self.state[node], self.bits[node], self.locks[node]) & mask
            while self.table[at]:
                at = (at + 1) & mask
            self.table[at] = node + 1


def doubled(old: Any, kind: str) -> Numbers:
    """The same numbers, and as many zeros."""
    new = array(kind)
    new.frombytes(bytes(old))
    new.frombytes(bytes(len(new) * new.itemsize))
    return new


# -- who holds what --------------------------------------------------------------------------


def mark_equal(column: Numbers, value: int, bit: int, held: Numbers) -> bool:
    """Set a bit where a word has a value; was it set anywhere?"""
    found = False
    for state in range(len(held)):
        if column[state] == value:
            held[state] |= bit
            found = True
    return found


def mark_inside(inner: Numbers, row: Numbers, t: int, bit: int, held: Numbers) -> bool:
    """The same where an entity's own word is not zero."""
    found = False
    for state in range(len(held)):
        if row[state] + t < row[state + 1] and inner[row[state] + t]:
            held[state] |= bit
            found = True
    return found


def mark_standing(sight: Sight, where: bytearray, t: int, bit: int, held: Numbers) -> bool:
    """The same where an entity stands at one of some micro-ops."""
    found = False
    for state in range(len(held)):
        if sight.row[state] + t >= sight.row[state + 1]:
            continue
        here = sight.code[sight.row[state] + t]
        if here & 7 == AT and where[here >> 3]:
            held[state] |= bit
            found = True
    return found
