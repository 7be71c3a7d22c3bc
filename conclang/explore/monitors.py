"""Lost updates and atomicity violations, by following single reads through the graph.

Whoever has read a cell under a lock, or to write it again, is watched: has another written the cell
since, was the lock given back in between, and does a write follow that rests on what was read?
Watching is a walk over pairs of a state and a few bits; it begins at every step that reads and ends
when the same place reads again. `flow` says which writes rest on which reads.

*Lost update*: the write (or swap) goes to the same cell and its value rests on the read, directly
or through locals and calls; meanwhile another has written the cell. Adding in one step, a
compare-and-swap, or writing something that does not rest on the read loses nothing. Where the write
is always the very next step of the reader, the search itself reports the state in which two writes
meet, so nothing has to be followed.

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

import heapq
from collections.abc import Callable, Iterator, Sequence

from conclang.explore.between import Between
from conclang.explore.flow import PLAIN_WRITES, READING, WRITING, Flow, cell_operand
from conclang.explore.graph import NO_STATE, Graph
from conclang.explore.loops import followers
from conclang.explore.names import FINISHED, Names
from conclang.explore.values import cell_of
from conclang.explore.witness import Path, Witnesses
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
RELEASED, CHANGED, FIRST = 1, 2, 4
"""Bits of a watch; from FIRST on one per write: it was decided about anew."""
PATIENCE = 60_000
"""Pairs looked at when nobody has asked; a question about these flaws is answered in full."""

Words = Sequence[int]
Targets = dict[int, tuple[int, ...]]
"""Per read the writes that may rest on it."""


@record
class Watch:
    """Who was caught: the steps of the witness at which the read, the change and the write are."""

    cell: int
    path: Path
    read: int
    change: int
    write: int


@record
class Aim:
    """A read to follow, the writes that may rest on it, and from where they can be reached."""

    read: int
    writes: tuple[int, ...]
    atomic: bool
    hopeful: frozenset[int] | None


def targets(flow: Flow, flaw: str) -> Targets:
    """What has to be followed; empty: the program cannot show the flaw unless the search saw it."""
    found: dict[int, list[int]] = {}
    between = Between(flow.program, RELEASES | PARKS)
    for write, op in enumerate(flow.program.ops):
        if flaw == "lost_update":
            if op.kind in OVERWRITES and write not in flow.immediate:
                for read in flow.rests(write, False):
                    if _may_be_same(flow.program, read, write) and not _in_one_block(
                        flow, read, write
                    ):
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
        self.looked = 0
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.flow = flow
        self.left = patience  # pairs that may still be looked at; None: all
        self._words: list[list[int] | None] = [None] * self.graph.count
        self._written: dict[int, int] = {}

    def words(self, state: int) -> list[int]:
        words = self._words[state]
        if words is None:
            words = self._words[state] = self.witnesses.words(state)
        return words

    def find(self, flaw: str) -> list[Watch]:
        """One per variable, in order of declaration."""
        best: dict[int, Watch] = {}
        for read, writes in targets(self.flow, flaw).items():
            hopeful = _hopeful(self.flow, read, writes)
            aim = Aim(read, writes, flaw == "atomicity", hopeful)
            for actor, cell, edges in self._starts(read):
                watch = _Pursuit(self, aim, actor, cell).run(edges)
                base = cell_of(self.names.program, cell).base
                if watch is not None and (
                    base not in best or len(watch.path.steps) < len(best[base].path.steps)
                ):
                    best[base] = watch
        return [best[base] for base in sorted(best)]

    def _starts(self, read: int) -> Iterator[tuple[int, int, list[int]]]:
        """Who takes a read, of which cell, on which edges."""
        groups: dict[tuple[int, int], list[int]] = {}
        for edge, actor in enumerate(self.graph.actor):
            if self.tired():
                break
            if self.graph.target[edge] != NO_STATE:
                cell = self.reads(self.words(self.graph.source[edge]), actor, read)
                if cell >= 0:
                    groups.setdefault((actor, cell), []).append(edge)
        for (actor, cell), edges in groups.items():
            yield actor, cell, edges

    def tired(self) -> bool:
        self.looked += 1
        if not self.looked & 0xFFF:
            self.check()
        if self.left is not None:
            self.left -= 1
        return self.left is not None and self.left < 0

    # -- states -----------------------------------------------------------------------------------

    def reads(self, words: Words, t: int, read: int) -> int:
        """The cell that the next step of an entity reads by this micro-op, -1 if it does not."""
        if self.names.status(words, t) != AT:
            return -1
        pc = self.names.pc(words, t)
        if pc == read:
            return self.names.thing(words, t)[1]
        operand = self.names.program.ops[read].b
        if operand < 0 and read in self.flow.blocks.get(pc, ()):
            return self.names.program.constants[~operand]
        return -1

    def written(self, edge: int) -> int:
        """The cell that the actor of an edge writes, whatever it holds already; -1: none."""
        if edge not in self._written:
            words, t = self.words(self.graph.source[edge]), self.graph.actor[edge]
            at = self.names.status(words, t) == AT
            writes = at and self.names.kind(self.names.pc(words, t)) in WRITING - {OpKind.CAS}
            self._written[edge] = self.names.thing(words, t)[1] if writes else -1
        return self._written[edge]

    def held(self, words: Words, t: int) -> frozenset[str]:
        """The locks an entity holds, semaphores of one unit among them."""
        from conclang.explore.cause import locks_held

        pc = self.names.pc(words, t)
        units = self.flow.semaphores.get(pc, ()) if self.names.status(words, t) == AT else ()
        things = self.names.program.things["semaphore"]
        return frozenset([*locks_held(self.names, words, t), *(things[i].name for i in units)])

    def loop(self, words: Words, t: int) -> int:
        """The event loop an entity runs on, 0 if there are none."""
        machine = self.names.machine
        if machine.at_loop < 0 or t >= words[0]:
            return 0
        return int(words[self.names.search.record_of(t) + machine.at_loop])


class _Pursuit:
    """Follows one entity from one read of one cell."""

    def __init__(self, monitors: Monitors, aim: Aim, actor: int, cell: int) -> None:
        self.m = monitors
        self.graph = monitors.graph
        self.read = aim.read
        self.writes = aim.writes
        self.atomic = aim.atomic
        self.hopeful = aim.hopeful
        self.actor = actor
        self.cell = cell
        self.place = monitors.names.machine.cells + cell

    def run(self, edges: list[int]) -> Watch | None:
        """The shortest catch."""
        graph = self.graph
        came: dict[tuple[int, int, frozenset[str]], tuple[object, int]] = {}
        queue: list[tuple[int, int, int, int]] = []
        keys: list[tuple[int, int, frozenset[str]]] = []
        for edge in edges:
            held = self.m.held(self.m.words(graph.source[edge]), self.actor)
            if self.atomic and not held and not self._loop(graph.source[edge]):
                continue
            key = (graph.target[edge], 0, held)
            if key not in came:
                came[key] = (None, edge)
                keys.append(key)
                depth = graph.depth(graph.source[edge]) + 1
                heapq.heappush(queue, (depth, key[0], 0, len(keys) - 1))
        while queue:
            depth, state, bits, index = heapq.heappop(queue)
            if self.m.tired():
                return None
            here = keys[index]
            for edge in graph.out(state):
                if graph.target[edge] == NO_STATE:
                    continue
                now = self._step(edge, bits, here[2])
                if now is not None and now < 0:
                    return self._watch(came, here, edge)
                key = (graph.target[edge], now or 0, here[2])
                if now is not None and key not in came:
                    came[key] = (here, edge)
                    keys.append(key)
                    heapq.heappush(queue, (depth + 1, key[0], now, len(keys) - 1))
        return None

    def _loop(self, state: int) -> int:
        return self.m.loop(self.m.words(state), self.actor)

    # -- one step --------------------------------------------------------------------------------

    def _step(self, edge: int, bits: int, held: frozenset[str]) -> int | None:
        """The bits after an edge; -1: caught; None: the read is made anew."""
        before = self.m.words(self.graph.source[edge])
        after = self.m.words(self.graph.target[edge])
        mover = self.graph.actor[edge]
        if not self._may_still_write(after):
            if mover != self.actor or not any(
                self._acts(before, after, w, bits, held) for w in self.writes
            ):
                return None
            return -1
        if mover != self.actor:
            return bits | self._other(before, after, edge)
        if any(self._acts(before, after, w, bits, held) for w in self.writes):
            return -1
        if self.m.reads(before, mover, self.read) >= 0:
            return None
        bits |= self._decides_again(before)
        if not held <= self.m.held(after, mover):
            bits = (bits & CHANGED) | RELEASED
        return bits

    def _other(self, before: Words, after: Words, edge: int) -> int:
        """What a step of somebody else means for the one who is watched."""
        bits = 0
        loop = self.m.loop(before, self.actor)
        if loop and self.m.loop(before, self.graph.actor[edge]) == loop:
            bits |= RELEASED
        if before[self.place] != after[self.place]:
            return bits | CHANGED
        silently = not self.atomic and self.m.written(edge) == self.cell
        return bits | (CHANGED if silently else 0)

    def _may_still_write(self, words: Words) -> bool:
        """Can the one who is watched still come to one of the writes?"""
        names = self.m.names
        if names.status(words, self.actor) == FINISHED:
            return False
        return self.hopeful is None or names.pc(words, self.actor) in self.hopeful

    def _decides_again(self, before: Words) -> int:
        """Bits of the writes about which this step, a newer read of the cell, decides."""
        names, flow = self.m.names, self.m.flow
        pc = names.pc(before, self.actor)
        kind = names.kind(pc)
        if kind not in READING or names.thing(before, self.actor) != ("cell", self.cell):
            return 0
        bits = 0
        for index, write in enumerate(self.writes):
            by_value = self.read in flow.value(write)
            decided = pc in flow.control.get(write, ())
            if flow.compared(write, self.read, pc) if by_value else decided:
                bits |= FIRST << index
        return bits

    # -- catching --------------------------------------------------------------------------------

    def _acts(
        self, before: Words, after: Words, write: int, bits: int, held: frozenset[str]
    ) -> bool:
        """Is the actor caught by this write in this step?"""
        wanted = RELEASED | CHANGED if self.atomic else CHANGED
        if bits & wanted != wanted or bits & FIRST << self.writes.index(write):
            return False
        cell = self._written(before, after, write)
        if cell == self.cell:
            return True
        if cell < 0 or not self.atomic or self.read in self.m.flow.value(write):
            return False
        again = held & self.m.held(before, self.actor)
        return bool(again) or (not held and self.m.loop(before, self.actor) > 0)

    def _written(self, before: Words, after: Words, write: int) -> int:
        """The cell that the actor's next step writes by this micro-op, -1 if it does not."""
        names = self.m.names
        if names.status(before, self.actor) != AT:
            return -1
        pc = names.pc(before, self.actor)
        if pc == write:
            return names.thing(before, self.actor)[1]
        operand = cell_operand(names.program.ops[write])
        if write not in self.m.flow.blocks.get(pc, ()):
            return -1
        cell = names.program.constants[~operand] if operand < 0 else self.cell
        certain = not self.m.flow.branches[write] & self.m.flow.blocks[pc]
        if operand < 0 and certain:
            return cell
        place = names.machine.cells + cell
        return cell if before[place] != after[place] else -1

    # -- the witness -----------------------------------------------------------------------------

    def _watch(self, came: dict, here: object, last: int) -> Watch:  # type: ignore[type-arg]
        graph = self.graph
        edges = [last]
        while here is not None:
            here, edge = came[here]
            edges.append(edge)
        edges.reverse()
        witnesses = self.m.witnesses
        stem = witnesses.to([(graph.source[edges[0]], None)])
        steps = witnesses.steps(graph.source[edges[0]], edges)
        end = witnesses.words(graph.target[last])
        path = Path(stem.initial, (*stem.steps, *steps), end)
        at = len(stem.steps)
        change = at
        for index in range(1, len(edges) - 1):
            edge = edges[index]
            mover = graph.actor[edge]
            before = self.m.words(graph.source[edge])
            after = self.m.words(graph.target[edge])
            if mover != self.actor and self._other(before, after, edge) & CHANGED:
                change = at + index
        return Watch(self.cell, path, at, change, len(path.steps) - 1)
