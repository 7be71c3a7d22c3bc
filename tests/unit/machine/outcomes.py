"""A search of all schedules, as plain as can be: the yardstick of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from conclang.ir.program import Program
from conclang.machine.opcodes import FINISHED, SPINNING
from conclang.machine.state import Machine
from conclang.machine.world import World


@dataclass
class All:
    """What happens under every schedule."""

    states: int = 0
    ends: set[tuple[int, ...]] = field(default_factory=set)  # memory at the ends
    deadlocks: set[tuple[int, ...]] = field(default_factory=set)  # statuses where nobody can move
    faults: set[int] = field(default_factory=set)
    spins: bool = False
    keys: set[tuple[int, ...]] = field(default_factory=set)


def successors(world: World) -> Iterator[tuple[int, World, int]]:
    """(fault, the state after, the entity) for each step and each of its choices."""
    for t in range(world.count):
        for way in range(world.options(t)):
            digits: tuple[int, ...] | None = ()
            while digits is not None:
                after = world.twin()
                fault = after.take(t, way, digits)
                yield fault, after, t
                digits = after.next_digits()


def initial(program: Program) -> list[World]:
    machine, found = Machine(program), []
    digits: tuple[int, ...] | None = ()
    while digits is not None:
        world = World(machine)
        if world.boot(digits) == 0:
            found.append(world)
        digits = world.next_digits()
    return found


def explore(program: Program, limit: int = 100_000) -> All:
    """Visit every reachable state once."""
    found = All()
    open_ = initial(program)
    found.keys = {world.key() for world in open_}
    memory = sum(len(cell.initial) for cell in program.cells)
    while open_:
        world = open_.pop()
        found.states += 1
        assert found.states < limit
        stuck = True
        for fault, after, _ in successors(world):
            stuck = False
            if fault:
                found.faults.add(fault)
            elif after.key() not in found.keys:
                found.keys.add(after.key())
                open_.append(after)
        statuses = tuple(world.status(t) for t in range(world.count))
        if SPINNING in statuses:
            found.spins = True
        elif stuck and set(statuses) == {FINISHED}:
            found.ends.add(world.memory(0, memory))
        elif stuck:
            found.deadlocks.add(statuses)
    return found
