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

from functools import cached_property

from conclang.explore import circuits
from conclang.explore.flow import READING, Flow
from conclang.explore.graph import LAST_BIT, numbers
from conclang.explore.liveness_net import Net, Room
from conclang.explore.loops import Loop
from conclang.ir.ops import OpKind
from conclang.ir.program import MicroOp

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

    # -- standing still ---------------------------------------------------------------------

    @cached_property
    def standing(self) -> bytearray:
        """Per micro-op: 1 it blocks, 2 it never does, 0 only who is not able waits there."""
        return bytearray(self._standing(op) for op in self.program.ops)

    def _standing(self, op: MicroOp) -> int:
        if op.kind == OpKind.SELECT:
            arms = self.program.selects[op.a].arms
            return 2 if any(arm.kind in NEVER_BLOCKS for arm in arms) else 1
        return int(op.kind in BLOCKING)

    def waiting(self, net: Net, t: int) -> bytearray:
        """The nodes where an entity stands at something that can block."""
        room, wanted = self.room, bytearray(len(net.state))
        circuits.mark_waiting(
            net.state, net.able, room.row, room.code, t, self.standing, wanted
        )  # fmt: skip
        return wanted

    # -- going round ------------------------------------------------------------------------

    def inside(self, net: Net, t: int, loop: Loop) -> bytearray:
        """The nodes where an entity is in a loop, itself or in a function called from there."""
        room, wanted = self.room, bytearray(len(net.state))
        which, lists = room.frames
        called = bytearray(any(pc in loop.body for pc in calls) for calls in lists)
        body = bytearray(pc in loop.body for pc in range(len(self.program.ops)))
        circuits.mark_inside(net.state, room.row, room.code, which, t, body, called, wanted)
        return wanted

    def vain(self, net: Net, t: int, loop: Loop, wanted: bytearray) -> bytearray:
        """The arcs between these nodes on which an entity gets nothing done."""
        room, graph = self.room, self.room.graph
        allowed, open_ = bytearray(len(net.edge)), numbers(len(net.edge))
        count = circuits.mark_trying(
            net.state, net.source, net.target, net.edge, net.took, graph.actor, room.row,
            room.code, t, wanted, self.doing, allowed, open_,
        )  # fmt: skip
        for index in range(count):
            if not index & 0xFF:
                room.check()
            if self._done(net.edge[open_[index]], t, loop):
                allowed[open_[index]] = 0
        return allowed

    @cached_property
    def doing(self) -> bytearray:
        """Per micro-op: 1 gets something done, 2 may do, 4 does for a partner."""
        return bytearray(self._doing(pc, op.kind) for pc, op in enumerate(self.program.ops))

    def _doing(self, pc: int, kind: OpKind) -> int:
        partner = 4 if kind in (OpKind.SEND, OpKind.SELECT) else 0
        if kind in DONE or pc in self.shown_blocks:
            return partner | 1
        if kind in (OpKind.WRITE, OpKind.STORE):
            return 2 if self.flow.value(pc) else 0
        return partner | (2 if kind in (OpKind.SELECT, OpKind.FETCH_ADD) else 0)

    def _done(self, edge: int, t: int, loop: Loop) -> bool:
        """Does an entity get something done in this step of its own?"""
        pc = self.room.pc(self.room.graph.source[edge], t)
        if self.program.ops[pc].kind == OpKind.SELECT:
            return self._communicates(edge, t)
        return self._counts(edge, t, pc, loop)

    @cached_property
    def shown(self) -> bytearray:
        """Per micro-op: does it leave a section or print?"""
        ops = enumerate(self.program.ops)
        return bytearray(op.kind in SHOWN or pc in self.shown_blocks for pc, op in ops)

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
