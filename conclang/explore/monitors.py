"""Lost updates and atomicity violations, by following single reads through the graph.

Whoever has read a cell under a lock, or to write it again, is watched: has another changed the cell
since, was the lock given back in between, and does a write follow that rests on what was read?
Watching is a walk over pairs of a state and three bits; it begins at every step that reads and
ends when the cell is read again.

*Lost update*: the write goes to the same cell and its value rests on the read. Most of them need no
watching: where the write is the very next step of the reader, the search reports the state in which
the two writes meet.

*Atomicity*: the lock held at the read (or the event loop, by an `await`) was given up in between,
and the write, to whatever cell, rests on the read by value or by a decision. A decision that was
made again on a newer read of the same cell under the lock is fine.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from conclang.explore.flow import PLAIN_WRITES, READING, WRITING, Flow
from conclang.explore.graph import NO_STATE, Graph
from conclang.explore.loops import followers
from conclang.explore.names import Names
from conclang.explore.witness import Path, Witnesses
from conclang.ir.ops import OpKind
from conclang.record import record

RELEASES = frozenset({OpKind.RELEASE, OpKind.READ_RELEASE, OpKind.WRITE_RELEASE, OpKind.WAIT})
PARKS = frozenset(
    {OpKind.AWAIT, OpKind.SLEEP, OpKind.IO, OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT}
)
RELEASED, CHANGED, RENEWED = 1, 2, 4
PATIENCE = 60_000
"""Pairs looked at when nobody has asked; a question about these flaws is answered in full."""


@record
class Watch:
    """Who was caught: the steps of the witness at which the read, the change and the write are."""

    cell: int
    path: Path
    read: int
    change: int
    write: int


class Monitors:
    """Follows reads through one graph."""

    def __init__(
        self, names: Names, witnesses: Witnesses, flow: Flow, patience: int | None = PATIENCE
    ) -> None:
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.flow = flow
        self.left = patience  # pairs that may still be looked at; None: all
        self._words: list[list[int] | None] = [None] * self.graph.count

    def words(self, state: int) -> list[int]:
        words = self._words[state]
        if words is None:
            words = self._words[state] = self.witnesses.words(state)
        return words

    # -- what to look for -----------------------------------------------------------------------

    def lost_updates(self) -> list[Watch]:
        """One per variable; only those the search does not see by itself."""
        immediate = set(self.flow.immediate)
        targets: dict[int, set[int]] = {}
        for write, op in enumerate(self.names.program.ops):
            if op.kind in PLAIN_WRITES and write not in immediate:
                for read in self.flow.rests(write, False):
                    if self._may_be_same(read, write):
                        targets.setdefault(read, set()).add(write)
        return self._per_variable(targets, False)

    def atomicity(self) -> list[Watch]:
        """One per variable."""
        targets: dict[int, set[int]] = {}
        for write, op in enumerate(self.names.program.ops):
            if op.kind in WRITING:
                for read in self.flow.rests(write, True):
                    if self._gives_up_between(read, write):
                        targets.setdefault(read, set()).add(write)
        return self._per_variable(targets, True)

    def _may_be_same(self, read: int, write: int) -> bool:
        one, two = self.names.program.ops[read].b, self.names.program.ops[write].a
        if one >= 0 or two >= 0:
            return True
        return self.names.program.constants[~one] == self.names.program.constants[~two]

    def _gives_up_between(self, read: int, write: int) -> bool:
        """Is there a way from the read to the write on which a lock or the loop is given up?"""
        program = self.names.program
        if any(op.kind == OpKind.CALL for op in program.ops):
            return any(op.kind in RELEASES | PARKS for op in program.ops)
        seen, open_ = set(), [(read, False)]
        while open_:
            pc, gave = open_.pop()
            for there in followers(program, pc):
                if there == write and gave:
                    return True
                item = (there, gave or program.ops[there].kind in RELEASES | PARKS)
                if there != read and item not in seen:
                    seen.add(item)
                    open_.append(item)
        return False

    def _per_variable(self, targets: dict[int, set[int]], atomic: bool) -> list[Watch]:
        best: dict[int, Watch] = {}
        for read in sorted(targets):
            for watch in self._follow(read, targets[read], atomic):
                base = self._variable(watch.cell)
                if base not in best or len(watch.path.steps) < len(best[base].path.steps):
                    best[base] = watch
        return [best[base] for base in sorted(best)]

    def _variable(self, cell: int) -> int:
        from conclang.explore.values import cell_of

        return cell_of(self.names.program, cell).base

    # -- following ------------------------------------------------------------------------------

    def _starts(self, read: int) -> Iterator[tuple[int, int]]:
        """Edges on which somebody takes the read, and who."""
        graph = self.graph
        for edge, actor in enumerate(graph.actor):
            if self._tired():
                return
            if graph.target[edge] != NO_STATE:
                words = self.words(graph.source[edge])
                if self._pc(words, actor) == read and self.names.status(words, actor) == 1:
                    yield edge, actor

    def _pc(self, words: Sequence[int], t: int) -> int:
        return self.names.pc(words, t)

    def _follow(self, read: int, writes: set[int], atomic: bool) -> Iterator[Watch]:
        """The shortest catch per cell, of all who take this read."""
        groups: dict[tuple[int, int], list[int]] = {}
        for edge, actor in self._starts(read):
            words = self.words(self.graph.source[edge])
            cell = self.names.thing(words, actor)[1]
            if not atomic or self._guarded(words, actor):
                groups.setdefault((actor, cell), []).append(edge)
        for (actor, cell), edges in groups.items():
            watch = self._search(edges, actor, cell, writes, atomic)
            if watch is not None:
                yield watch

    def _guarded(self, words: Sequence[int], t: int) -> bool:
        return bool(self._held(words, t)) or self._loop(words, t) > 0

    def _held(self, words: Sequence[int], t: int) -> tuple[str, ...]:
        from conclang.explore.cause import locks_held

        return tuple(locks_held(self.names, words, t))

    def _loop(self, words: Sequence[int], t: int) -> int:
        machine = self.names.machine
        if machine.at_loop < 0:
            return 0
        return int(words[self.names.search.record_of(t) + machine.at_loop])

    def _search(
        self, edges: list[int], actor: int, cell: int, writes: set[int], atomic: bool
    ) -> Watch | None:
        graph = self.graph
        queue: list[tuple[int, int, int, int, tuple[int, ...]]] = []
        for edge in edges:
            depth = graph.depth(graph.source[edge]) + 1
            heapq.heappush(queue, (depth, graph.target[edge], 0, edge, ()))
        seen: set[tuple[int, int]] = set()
        while queue:
            depth, state, bits, first, trail = heapq.heappop(queue)
            if (state, bits) in seen:
                continue
            seen.add((state, bits))
            if self._tired():
                return None
            for edge in graph.out(state):
                if graph.target[edge] == NO_STATE:
                    continue
                now = self._step(edge, actor, cell, bits, first, writes, atomic)
                if now is None:
                    continue
                if now < 0:
                    return self._watch(cell, actor, first, (*trail, edge))
                item = (depth + 1, graph.target[edge], now, first, (*trail, edge))
                if (graph.target[edge], now) not in seen:
                    heapq.heappush(queue, item)
        return None

    def _tired(self) -> bool:
        if self.left is not None:
            self.left -= 1
        return self.left is not None and self.left < 0

    def _step(
        self,
        edge: int,
        actor: int,
        cell: int,
        bits: int,
        first: int,
        writes: set[int],
        atomic: bool,
    ) -> int | None:
        """The bits after an edge; -1: caught; None: the read is made anew."""
        words = self.words(self.graph.source[edge])
        mover = self.graph.actor[edge]
        if mover != actor:
            return bits | self._other(words, edge, mover, actor, cell)
        pc = self._pc(words, actor)
        kind = self.names.kind(pc)
        if kind in READING and self.names.thing(words, actor)[1] == cell:
            begun = self.words(self.graph.source[first])
            if pc == self._pc(begun, actor):
                return None
            if self._decides_again(pc, writes):
                bits |= RENEWED
        if kind in RELEASES:
            bits = (bits | RELEASED) & ~RENEWED
        if pc in writes and self._caught(words, actor, cell, bits, atomic):
            return -1
        return bits

    def _other(self, words: Sequence[int], edge: int, mover: int, actor: int, cell: int) -> int:
        """What a step of somebody else means for the one who is watched."""
        bits = 0
        loop = self._loop(words, actor)
        if loop and self._loop(words, mover) == loop:
            bits |= RELEASED
        kind = self.names.kind(self._pc(words, mover))
        if kind in WRITING and self.names.thing(words, mover)[1] == cell:
            return bits | CHANGED
        after = self.words(self.graph.target[edge])
        place = self.names.machine.cells + cell
        return bits | (CHANGED if words[place] != after[place] else 0)

    def _decides_again(self, pc: int, writes: set[int]) -> bool:
        return any(pc in self.flow.control.get(write, ()) for write in writes)

    def _caught(self, words: Sequence[int], actor: int, cell: int, bits: int, atomic: bool) -> bool:
        if atomic:
            return bits & (RELEASED | CHANGED | RENEWED) == RELEASED | CHANGED
        return bool(bits & CHANGED) and self.names.thing(words, actor)[1] == cell

    def _watch(self, cell: int, actor: int, first: int, trail: tuple[int, ...]) -> Watch:
        graph = self.graph
        stem = self.witnesses.to([(graph.source[first], None)])
        edges = (first, *trail)
        steps = self.witnesses.steps(graph.source[first], edges)
        end = self.witnesses.words(graph.target[edges[-1]])
        path = Path(stem.initial, (*stem.steps, *steps), end)
        at = len(stem.steps)
        change = at
        for index in range(1, len(edges) - 1):
            edge = edges[index]
            mover = graph.actor[edge]
            if mover == actor:
                continue
            if self._other(self.words(graph.source[edge]), edge, mover, actor, cell) & CHANGED:
                change = at + index
        return Watch(cell, path, at, change, len(path.steps) - 1)
