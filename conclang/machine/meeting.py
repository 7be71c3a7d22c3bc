"""Who meets at a cell: two whose next micro-ops touch it, one of them writing, with no order.

An indivisible block is one step, but what it does inside are plain accesses still: they meet those
that others make outside of any block. What a block touches is seen by taking it, in all its
branches, from where its entity stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from conclang.ir.program import Program
from conclang.machine import opcodes as op
from conclang.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@record
class Access:
    """What an entity is about to do to a cell; the micro-op of a block is the block itself."""

    entity: int
    cell: int
    writes: bool
    pc: int
    block: bool = False


class Meetings:
    """The conflicting accesses in states of one program, each in a `World`."""

    def __init__(self, program: Program) -> None:
        self.kinds = [int(micro.kind) for micro in program.ops]

    def pairs(self, world: Any) -> Iterator[tuple[Access, Access]]:
        """Every two that meet; of two in declared order the earlier first, a block last."""
        there: dict[int, list[Access]] = {}
        blocks = []
        for access in self._standing(world):
            if access.block:
                blocks.append(access)
                continue
            yield from _conflicts(world, access, there)
            there.setdefault(access.cell, []).append(access)
        for block in blocks if there else ():
            for access in _touched(world, block):
                yield from _conflicts(world, access, there)

    def _standing(self, world: Any) -> Iterator[Access]:
        """Who stands at an access or at a block, and can go on."""
        for t in range(world.count):
            if world.status(t) != op.AT:
                continue
            pc = world.pc(t)
            kind = self.kinds[pc]
            if kind in (op.READ, op.WRITE, op.ATOMIC) and world.options(t):
                block = kind == op.ATOMIC
                cell = -1 if block else world.operand(t)
                yield Access(t, cell, kind == op.WRITE, pc, block)


def _conflicts(
    world: Any, access: Access, there: dict[int, list[Access]]
) -> Iterator[tuple[Access, Access]]:
    for other in there.get(access.cell, ()):
        if (access.writes or other.writes) and not _on_one_loop(world, access, other):
            yield other, access


def _touched(world: Any, block: Access) -> list[Access]:
    """What a block touches from here, in order."""
    found: dict[Access, None] = {}
    digits: tuple[int, ...] | None = ()
    while digits is not None:
        trial = world.twin()
        trial.logging = True
        trial.take(block.entity, 0, digits)
        for kind, _, _, cell, *_ in trial.log:
            if kind in (op.READ, op.WRITE):
                found[Access(block.entity, cell, kind == op.WRITE, block.pc, True)] = None
        digits = trial.next_digits()
    return list(found)


def _on_one_loop(world: Any, one: Access, two: Access) -> bool:
    """Tasks of one event loop take turns: they never race."""
    at = world.machine.at_loop
    if at < 0:
        return False
    loops = [world.word(world.place(access.entity) + at) for access in (one, two)]
    return bool(loops[0] != 0 and loops[0] == loops[1])
