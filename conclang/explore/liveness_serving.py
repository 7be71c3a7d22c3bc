"""When somebody stays for ever at one blocking statement, or in the loop that retries it.

*At one statement*: the thread stands at a micro-op that can block (or sleeps behind it, or waits
for a worker or its event loop) and nothing moves it any more.

*The loop that retries it*: the thread goes round in a waiting loop (`loops`) and gets nothing done
in there: `while not try_acquire m { }`, `while n == 0 { wait c }`, `while turn != i { }`, and the
protocols of Dekker, Ben-Ari or Lamport with their announcements. It does get something done, so
that it is not waiting, when it

* prints, leaves a section, starts somebody, arrives at a barrier, sends, receives, or takes an arm
  of a select that communicates (a `for v in ch` that is fed does not starve);
* changes a cell by an amount (`done += 1`), unless the loop decides by that cell. Announcing
  (`want[i] = 1`), swapping and taking or giving back a lock are part of waiting.

What happens within functions that the loop calls belongs to it. A daemon may be left behind; it
starves only where its blocking statement was possible again and again and others were let pass.
"""

from __future__ import annotations

from conclang.explore.flow import READING, Flow
from conclang.explore.graph import LAST_BIT
from conclang.explore.liveness_net import Room
from conclang.explore.loops import Loop
from conclang.explore.names import AT_BARRIER, FINISHED, FP, SPINNING
from conclang.ir.ops import OpKind

AT = 1
BLOCKING = frozenset(
    {
        OpKind.ACQUIRE,
        OpKind.READ_ACQUIRE,
        OpKind.WRITE_ACQUIRE,
        OpKind.DOWN,
        OpKind.WAIT,
        OpKind.RETAKE,
        OpKind.EVENT_WAIT,
        OpKind.BARRIER_WAIT,
        OpKind.SEND,
        OpKind.RECEIVE,
        OpKind.JOIN,
        OpKind.AWAIT,
    }
)
SHOWN = frozenset({OpKind.LEAVE, OpKind.PRINT})
"""Micro-ops that count as getting somewhere for everybody (livelock)."""
DONE = SHOWN | {
    OpKind.SEND,
    OpKind.RECEIVE,
    OpKind.CLOSE,
    OpKind.BARRIER_WAIT,
    OpKind.SPAWN,
    OpKind.GO,
    OpKind.ASYNC,
}
NEVER_BLOCKS = frozenset({"after", "default"})


class Serving:
    """Says of states and steps of one program whether somebody waits or gets something done."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.program = room.names.program
        self.flow = Flow(self.program)
        self.shown_blocks = self._shown_blocks()
        self.deciding: dict[tuple[int, int], frozenset[int]] = {}
        self.frame = [0] * len(self.program.ops)
        for code in self.program.codes:
            self.frame[code.entry : code.end] = [code.frame] * (code.end - code.entry)

    # -- standing still ---------------------------------------------------------------------

    def waits(self, state: int, t: int, able: int) -> bool:
        """Does an entity stand at something that can block?"""
        status = self.room.status(state, t)
        if status != AT:
            return status not in (-1, FINISHED, SPINNING)
        kind = self.room.kind(state, t)
        if kind == OpKind.SELECT:
            names = self.room.names
            select = self.program.selects[self.program.ops[names.pc(self.room.words(state), t)].a]
            return not any(arm.kind in NEVER_BLOCKS for arm in select.arms)
        return kind in BLOCKING or not able >> min(t, LAST_BIT) & 1

    # -- going round ------------------------------------------------------------------------

    def inside(self, state: int, t: int, loop: Loop) -> bool:
        """Is an entity in a loop, itself or in a function called from there?"""
        if self.room.status(state, t) in (-1, FINISHED, SPINNING):
            return False
        return any(pc in loop.body for pc in self.frames(state, t))

    def frames(self, state: int, t: int) -> list[int]:
        """The micro-ops at which an entity's open calls stand, the innermost first."""
        words, names = self.room.words(state), self.room.names
        record = names.search.record_of(t)
        bottom = record + names.machine.stack
        pc, base = names.pc(words, t), bottom + words[record + FP]
        found = [pc - (names.status(words, t) == AT_BARRIER)]
        while base > bottom:
            pc = words[base - 1] - 1
            base -= 1 + self.frame[pc]
            found.append(pc)
        return found

    def done(self, edge: int, t: int, loop: Loop) -> bool:
        """Does an entity get something done in this step of its own or of a partner?"""
        graph = self.room.graph
        state, actor = graph.source[edge], graph.actor[edge]
        if actor != t:
            return self.room.kind(state, actor) in (OpKind.SEND, OpKind.SELECT)
        if self.room.status(state, t) != AT:
            return False
        pc = self.room.names.pc(self.room.words(state), t)
        kind = self.program.ops[pc].kind
        if kind in DONE or pc in self.shown_blocks:
            return True
        if kind == OpKind.SELECT:
            return self._communicates(edge, t)
        if kind in (OpKind.WRITE, OpKind.STORE, OpKind.FETCH_ADD):
            return self._counts(edge, t, pc, loop)
        return False

    def shows(self, edge: int) -> bool:
        """Does the actor leave a section or print?"""
        graph = self.room.graph
        state, actor = graph.source[edge], graph.actor[edge]
        if self.room.status(state, actor) != AT:
            return False
        pc = self.room.names.pc(self.room.words(state), actor)
        return self.program.ops[pc].kind in SHOWN or pc in self.shown_blocks

    def _communicates(self, edge: int, t: int) -> bool:
        """Does a select take an arm that changes more than its own thread?"""
        graph = self.room.graph
        if graph.mask[edge] & ~(1 << min(t, LAST_BIT)):
            return True
        before, after = self.room.words(graph.source[edge]), self.room.words(graph.target[edge])
        first = self.room.names.machine.first
        return before[:first] != after[:first]

    def _counts(self, edge: int, t: int, pc: int, loop: Loop) -> bool:
        """Does a write change a cell by an amount, and is it one the loop does not decide by?"""
        graph = self.room.graph
        before, after = self.room.words(graph.source[edge]), self.room.words(graph.target[edge])
        cell = self.room.names.thing(before, t)[1]
        place = self.room.names.machine.cells + cell
        if before[place] == after[place] or self._variable(cell) in self._decided(loop):
            return False
        if self.program.ops[pc].kind == OpKind.FETCH_ADD:
            return True
        return any(self._may_read(read, cell) for read in self.flow.value(pc))

    def _may_read(self, pc: int, cell: int) -> bool:
        operand = self.program.ops[pc].b
        return operand >= 0 or self.program.constants[~operand] == cell

    def _variable(self, cell: int) -> int:
        from conclang.explore.values import cell_of

        return cell_of(self.program, cell).base

    # -- read off the program once -------------------------------------------------------------

    def _shown_blocks(self) -> frozenset[int]:
        """Indivisible blocks in which somebody prints or leaves a section."""
        found = set()
        for pc, op in enumerate(self.program.ops):
            if op.kind == OpKind.ATOMIC:
                at = pc
                while self.program.ops[at].kind != OpKind.ATOMIC_END:
                    at += 1
                    if self.program.ops[at].kind in SHOWN:
                        found.add(pc)
        return frozenset(found)

    def _decided(self, loop: Loop) -> frozenset[int]:
        """Variables by whose values a loop decides; after a computed index all arrays."""
        key = (loop.code, loop.head)
        if key not in self.deciding:
            found: set[int] = set()
            for pc in loop.body | loop.called:
                op = self.program.ops[pc]
                if op.kind == OpKind.BRANCH and op.a >= 0:
                    for read in self.flow.slots.get(pc, {}).get(op.a, ()):
                        found |= self._variables_of(read)
            self.deciding[key] = frozenset(found)
        return self.deciding[key]

    def _variables_of(self, read: int) -> set[int]:
        op = self.program.ops[read]
        if op.kind not in READING:
            return set()
        if op.b < 0:
            return {self._variable(self.program.constants[~op.b])}
        return {cell.base for cell in self.program.cells if len(cell.initial) > 1}
