"""Lost updates and atomicity violations, by following single reads through the graph.

Whoever has read a cell under a lock, or to write it again, is watched: has another written the cell
since, was the lock given back in between, and does a write follow that rests on what was read?
Watching is a walk over pairs of a state and a few bits; it begins at every step that reads and ends
when the same place reads again. `flow` says which writes rest on which reads.

*Lost update*: the write (or swap) goes to the same cell and its value rests on the read, directly
or through locals and calls; meanwhile another has written the cell. Adding in one step, a
compare-and-swap, or writing something that does not rest on the read loses nothing. Where the write
is always the very next step after the read, the search itself reports the state in which two writes
meet, so nothing has to be followed (unless it rests on an earlier read as well: `x = v + x`).

*Atomicity*: the read was made under a lock: a lock, a side of a rwlock, a semaphore of one unit, or
the event loop that tasks share. The lock was given back (by a release, a `wait`, an `await`), and
another has changed the value since. Then a violation is

* a write of the same cell whose value rests on the read; unless a newer read of the cell, made
  under the lock, was compared with the old one to decide about it (optimistic locking);
* a write of the same cell, or under that lock of another one, about which the read decides; unless
  a newer read of the cell, made under the lock, decides about it, too (checking again).

So `while n == 0 { wait c }` and double-checked initialisation are fine: they read again. Taking an
item out under the lock and using it outside is fine: it writes something else, and decides nothing
about what the lock protects.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import sub

from conclang.explore.atlas import Atlas
from conclang.explore.between import Between
from conclang.explore.flow import PLAIN_WRITES, READING, WRITING, Flow, cell_operand
from conclang.explore.graph import Graph
from conclang.explore.loops import followers
from conclang.explore.names import Names
from conclang.explore.patience import Enough
from conclang.explore.pursuit import (
    FOUND,
    MORE,
    Aim,
    Pursuit,
    Sight,
    mark_equal,
    mark_inside,
    mark_standing,
)
from conclang.explore.values import cell_of
from conclang.explore.witness import Path, Step, Witnesses
from conclang.ir.ops import OpKind
from conclang.ir.program import Program
from conclang.record import record

AT = 1
RELEASES = frozenset(
    {OpKind.RELEASE, OpKind.READ_RELEASE, OpKind.WRITE_RELEASE, OpKind.WAIT, OpKind.UP}
)
PARKS = frozenset(
    {OpKind.AWAIT, OpKind.SLEEP, OpKind.IO, OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT}
)
OVERWRITES = PLAIN_WRITES | {OpKind.SWAP}
ACTS = OVERWRITES | {OpKind.FETCH_ADD}
FIRST = 4
"""Of the bits of a watch the first that says of a write that it was decided about anew."""
DIRECT, SURE, SEEN = 1, 2, 3
"""How a micro-op makes a write: itself; in a block, surely, or only if the value changes."""
MOST_WRITES, MOST_HELD = 56, 63
BUDGET = 1 << 16
"""Pairs between two looks at the clock."""
PATIENCE = 60_000
"""Pairs looked at when nobody has asked; a question about these flaws is answered in full."""

Targets = dict[int, tuple[int, ...]]
"""Per read the writes that may rest on it."""


@record
class Catch:
    """The edges from the read to the write, who, which cell, and whether an atomicity violation."""

    pursuit: Pursuit
    edges: list[int]
    actor: int
    cell: int
    atomic: bool


@record
class Watch:
    """Who was caught: the steps of the witness at which the read, the change and the write are."""

    cell: int
    path: Path
    read: int
    change: int
    write: int


def targets(flow: Flow, flaw: str, every: bool = False) -> Targets:
    """What has to be followed; empty: the program cannot show the flaw unless the search saw it.

    `every`: also what the search sees.
    """
    found: dict[int, list[int]] = {}
    between = Between(flow.program, RELEASES | PARKS)
    for write, op in enumerate(flow.program.ops):
        if flaw == "lost_update":
            for read in flow.rests(write, False) if op.kind in OVERWRITES else ():
                seen = write in flow.immediate and read in flow.last_visible[write]
                if seen and not every:
                    continue
                same = _may_be_same(flow.program, read, write)
                if same and not _in_one_block(flow, read, write):
                    found.setdefault(read, []).append(write)
        elif op.kind in ACTS:
            for read in flow.rests(write, True):
                if between.gives_up(read, write):
                    found.setdefault(read, []).append(write)
    return {read: tuple(sorted(found[read])) for read in sorted(found)}


def _may_be_same(program: Program, read: int, write: int) -> bool:
    one, two = cell_operand(program.ops[read]), cell_operand(program.ops[write])
    if one >= 0 or two >= 0:
        return True
    return program.constants[~one] == program.constants[~two]


def _in_one_block(flow: Flow, read: int, write: int) -> bool:
    return any({read, write} <= block for block in flow.blocks.values())


def _hopeful(flow: Flow, read: int, writes: Sequence[int]) -> frozenset[int] | None:
    """From where one of the writes can be reached without reading again; None: from anywhere."""
    program = flow.program
    if flow.blocks or any(op.kind == OpKind.CALL for op in program.ops):
        return None
    before: dict[int, list[int]] = {}
    for pc in range(len(program.ops)):
        for there in followers(program, pc):
            before.setdefault(there, []).append(pc)
    found, open_ = set(writes), list(writes)
    while open_:
        for pc in before.get(open_.pop(), ()):
            if pc not in found and pc != read:
                found.add(pc)
                open_.append(pc)
    return frozenset(found)


class Monitors:
    """Follows reads through one graph."""

    def __init__(
        self,
        names: Names,
        witnesses: Witnesses,
        flow: Flow,
        patience: int | None = PATIENCE,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.check = check
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.flow = flow
        self.left = patience  # pairs that may still be looked at; None: all
        self.limit = self.graph.count if patience is None else min(self.graph.count, patience)
        self._nearest: dict[int, tuple[int, list[Catch]]] = {}  # by variable: steps, catches
        self._held: dict[int, array[int]] = {}
        self._columns: dict[int, array[int]] = {}

    def find(self, flaw: str, every: bool = False) -> list[Watch]:
        """One per variable, in order of declaration; `every`: also what the search sees."""
        self._nearest = {}
        for catch in self._catches(flaw, every):
            edges = catch.edges
            base = cell_of(self.names.program, catch.cell).base
            length = self.graph.depth(self.graph.source[edges[0]]) + len(edges)
            if base not in self._nearest or length < self._nearest[base][0]:
                self._nearest[base] = (length, [])
            if length == self._nearest[base][0]:
                self._nearest[base][1].append(catch)
        return [self._best(*self._nearest[base]) for base in sorted(self._nearest)]

    def caught(self) -> list[Watch]:
        """The same as far as it has come, each on some way."""
        return [self._watch(self._nearest[base][1][0]) for base in sorted(self._nearest)]

    def shows(self, flaw: str, base: int) -> bool | None:
        """Is a variable (by its first word) caught at all? None: not looked through to the end."""
        for catch in self._catches(flaw, True):
            if cell_of(self.names.program, catch.cell).base == base:
                return True
        return None if self.left is not None and self.left <= 0 else False

    def _catches(self, flaw: str, every: bool) -> Iterator[Catch]:
        for read, writes in targets(self.flow, flaw, every).items():
            for some in range(0, len(writes), MOST_WRITES):
                tables = _Tables(self, read, writes[some : some + MOST_WRITES], flaw == "atomicity")
                yield from self._watches(tables)

    def _watches(self, tables: _Tables) -> Iterator[Catch]:
        """What following one read shows, for each entity and cell."""
        sight, cells = self.sight, max(1, self.names.machine.locks - self.names.machine.cells)
        for actor, cell in sight.pairs(tables.aim.cell_at, self.most, cells):
            if self.left is not None and self.left <= 0:
                return
            self.check()
            pursuit = Pursuit(sight, tables.aim, actor, cell, tables.values(cell))
            pursuit.holding(self.held(actor))
            pursuit.begin()
            if self._run(pursuit):
                yield Catch(pursuit, pursuit.way(), actor, cell, tables.aim.atomic)

    def _run(self, pursuit: Pursuit) -> bool:
        """To the end, to the first catch, or until there is no patience left."""
        found = MORE
        while found == MORE and self.left != 0:
            budget = BUDGET if self.left is None else min(BUDGET, self.left)
            before = pursuit.looked
            found = pursuit.run(budget)
            if self.left is not None:
                self.left -= pursuit.looked - before
            self.check()
        return found == FOUND

    # -- tables of all states -----------------------------------------------------------------

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.witnesses.search, self.limit, self.check)

    @cached_property
    def most(self) -> int:
        """How many entities there are at most."""
        row = self.atlas.row
        return max(map(sub, row[1:], row), default=0)

    @cached_property
    def sight(self) -> Sight:
        """The graph as it is walked through."""
        graph, machine, sight = self.graph, self.names.machine, Sight()
        sight.limit = self.limit
        sight.first, sight.target, sight.actor = graph.first, graph.target, graph.actor
        sight.depth, sight.row = graph.depths, self.atlas.row
        sight.code, sight.thing = self.atlas.survey()
        at, ops = machine.at_loop, self.names.program.ops
        alone = frozenset(pc for pc, op in enumerate(ops) if op.kind == OpKind.PAUSE)
        sight.loop = self.atlas.loops(at, sight.code, alone) if at >= 0 else array("q")
        sight.writing = bytearray(
            op.kind in WRITING - {OpKind.CAS} for op in self.names.program.ops
        )
        return sight

    def column(self, cell: int) -> array[int]:
        """The values of a cell, by state."""
        if cell not in self._columns:
            if len(self._columns) > 8:
                self._columns.clear()
            self._columns[cell] = self.atlas.column(self.names.machine.cells + cell)
        return self._columns[cell]

    def held(self, t: int) -> array[int]:
        """What an entity holds, by state: a bit per lock, semaphores of one unit among them."""
        if t not in self._held:
            self._held.clear()
            self._held[t] = self._holding(t)
        return self._held[t]

    def _holding(self, t: int) -> array[int]:
        machine, things = self.names.machine, self.names.program.things
        held, bits = array("Q", bytes(8 * self.limit)), _Bits()
        for lock in range(len(things["lock"])):
            owner = self.atlas.column(machine.locks + lock)
            bits.used += mark_equal(owner, t + 1, bits.next(), held)
        for lock in range(len(things["rwlock"])):
            owner = self.atlas.column(machine.rwlocks + 2 * lock)
            bits.used += mark_equal(owner, t + 1, bits.next(), held)
            inside = self.atlas.inner(machine.at_rw + lock)
            bits.used += mark_inside(inside, self.atlas.row, t, bits.next(), held)
        for single in sorted(set().union(*self.flow.semaphores.values())):
            where = bytearray(
                single in self.flow.semaphores.get(pc, ())
                for pc in range(len(self.names.program.ops))
            )
            bits.used += mark_standing(self.sight, where, t, bits.next(), held)
        return held

    # -- the witness --------------------------------------------------------------------------

    def _best(self, length: int, catches: Sequence[Catch]) -> Watch:
        """The best of the nearest catches of one variable."""
        from conclang.explore.overtaking import Overtaking, fits

        pursuits = [catch.pursuit for catch in catches]
        if not fits(pursuits):
            return self._watch(catches[0])
        caught = Overtaking(self.graph, pursuits, length, self.check).best()
        catch = catches[caught.pursuit]
        steps = self.witnesses.steps(caught.root, caught.edges)
        initial = self.witnesses.initial(caught.root)
        return self._told(catch, initial, steps, caught.edges, caught.read)

    def _watch(self, catch: Catch) -> Watch:
        """The way that a pursuit has found."""
        begin = self.graph.source[catch.edges[0]]
        stem = self.witnesses.to([(begin, ())])
        steps = [*stem.steps, *self.witnesses.steps(begin, catch.edges)]
        return self._told(catch, stem.initial, steps, catch.edges, len(stem.steps))

    def _told(
        self, catch: Catch, initial: int, steps: list[Step], edges: Sequence[int], read: int
    ) -> Watch:
        """A catch with its steps; `edges` are the last ones of them."""
        graph, skipped = self.graph, len(steps) - len(edges)
        path = Path(initial, tuple(steps), self.witnesses.words(graph.target[edges[-1]]))
        changes = [
            number
            for number in range(read + 1, len(steps) - 1)
            if graph.actor[edges[number - skipped]] != catch.actor
            and self._changes(edges[number - skipped], catch.cell, catch.atomic)
        ]
        return Watch(catch.cell, path, read, changes[-1] if changes else read, len(steps) - 1)

    def _changes(self, edge: int, cell: int, atomic: bool) -> bool:
        """Does the step of somebody else change the cell, or overwrite it with what it held?"""
        graph, names = self.graph, self.names
        place = names.machine.cells + cell
        before, after = (self.witnesses.words(n[edge]) for n in (graph.source, graph.target))
        if before[place] != after[place]:
            return True
        t = graph.actor[edge]
        if atomic or names.status(before, t) != AT:
            return False
        writes = names.kind(names.pc(before, t)) in WRITING - {OpKind.CAS}
        return writes and names.thing(before, t)[1] == cell


class _Bits:
    """Gives out the bits of what somebody may hold; only what is held somewhere takes one."""

    def __init__(self) -> None:
        self.used = 0

    def next(self) -> int:
        if self.used == MOST_HELD:
            raise Enough("memory")
        return 1 << self.used


class _Tables:
    """One read and its writes as a pursuit wants them."""

    def __init__(
        self, monitors: Monitors, read: int, writes: tuple[int, ...], atomic: bool
    ) -> None:
        self.m = monitors
        self.flow = monitors.flow
        self.program = monitors.names.program
        self.read = read
        self.writes = writes
        self.others: list[int] = []  # other cells whose values are asked for
        self.aim = self._aim(atomic)

    def _aim(self, atomic: bool) -> Aim:
        aim, pcs, flow = Aim(), len(self.program.ops), self.flow
        aim.atomic, aim.pcs, aim.count = atomic, pcs, len(self.writes)
        hopeful = _hopeful(flow, self.read, self.writes)
        aim.hope = bytearray(hopeful is None or pc in hopeful for pc in range(pcs))
        aim.cell_at = array("i", [self._read_at(pc) for pc in range(pcs)])
        aim.by_value = bytearray(self.read in flow.value(write) for write in self.writes)
        aim.anew = array("Q", [self._anew(pc) for pc in range(pcs)])
        aim.acts = bytearray(pcs * len(self.writes))
        aim.act_cell = array("i", bytes(4 * pcs * len(self.writes)))
        aim.act_column = array("Q", bytes(8 * pcs * len(self.writes)))
        for k, write in enumerate(self.writes):
            for pc in [write, *(b for b in flow.blocks if write in flow.blocks[b])]:
                at = k * pcs + pc
                aim.acts[at], aim.act_cell[at], aim.act_column[at] = self._act(pc, write)
        return aim

    def _read_at(self, pc: int) -> int:
        """The cell that a micro-op reads as the read in question; -2: its own; -1: none."""
        operand = self.program.ops[self.read].b
        if pc == self.read:
            return -2
        if operand < 0 and self.read in self.flow.blocks.get(pc, ()):
            return self.program.constants[~operand]
        return -1

    def _anew(self, pc: int) -> int:
        """Bits of the writes about which this micro-op, a newer read of the cell, decides."""
        bits, flow = 0, self.flow
        for index, write in enumerate(self.writes):
            if self.program.ops[pc].kind not in READING:
                continue
            by_value = self.read in flow.value(write)
            decided = pc in flow.control.get(write, ())
            if flow.compared(write, self.read, pc) if by_value else decided:
                bits |= FIRST << index
        return bits

    def _act(self, pc: int, write: int) -> tuple[int, int, int]:
        """How a micro-op makes a write; to which cell (-1: the one read); its column."""
        if pc == write:
            return DIRECT, 0, 0
        operand = cell_operand(self.program.ops[write])
        cell = self.program.constants[~operand] if operand < 0 else -1
        if operand < 0 and not self.flow.branches[write] & self.flow.blocks[pc]:
            return SURE, cell, 0
        if cell < 0:
            return SEEN, cell, 0
        if cell not in self.others:
            self.others.append(cell)
        return SEEN, cell, (1 + self.others.index(cell)) * self.m.limit

    def values(self, cell: int) -> array[int]:
        """The values of the cell, by state, and then those of the others."""
        values = self.m.column(cell)
        for other in self.others:
            values = values + self.m.column(other)
        return values
