"""Programs without sense that pass the verifier: whatever they do, the machine survives it."""

from __future__ import annotations

import random

import pytest
from assemble import INT, Assembler

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Arm, MicroOp, Program, Select
from conclang.ir.verify import verify
from conclang.machine.state import Machine
from conclang.machine.world import World

FRAME, LENGTH = 5, 12
CODES = 3
NEVER = {"VERDICT", "PRINT", "ASSERT", "SELECT", "WAIT"}
KINDS = [kind for kind in OpKind if kind.name not in NEVER]


def nonsense(seed: int) -> Program:
    """Random micro-ops with random operands, as far as the verifier lets them through."""
    chance, a = random.Random(seed), Assembler()
    a.cell("x", 1, 2, 3)
    things = "lock rwlock semaphore condition barrier event channel device runtime section".split()
    for kind in things:
        for number in range(2):
            options = ("recursive", "prefer_writers", "hoare", "spurious") if number else ()
            a.thing(kind, f"{kind}{number}", 1 + number, *options, words=1 + number)
    for number in (-1, 0, 1, 2, 7, (1 << 62) + 5):
        a.constant(number)
    for number in range(CODES):
        a.code(f"c{number}", "; ".join(["YIELD"] * LENGTH + ["RETURN 0 1"]), FRAME, 1, INT)
    for i in range(3):
        a.thread(f"t{i}", i % CODES, i)
    program = a.program()
    ops = list(program.ops)
    for code in program.codes:
        for pc in range(code.entry, code.end - 1):
            ops[pc] = pick(a, chance, program, code.entry, ops[pc])
    a.ops = ops
    a.live = {pc: tuple(chance.sample(range(FRAME), 2)) for pc in range(len(ops))}
    return a.program()


def pick(
    a: Assembler, chance: random.Random, program: Program, entry: int, old: MicroOp
) -> MicroOp:
    """One random micro-op without complaints."""
    for _ in range(50):
        if chance.random() < 0.1:
            a.selects.append(Select(tuple(arm(chance, entry) for _ in range(2))))
            return MicroOp(OpKind.SELECT, len(a.selects) - 1)
        kind = chance.choice(KINDS)
        operands = [operand(chance, entry, role) for role in OPS[kind].roles]
        op = MicroOp(kind, *operands)
        a.ops = [op, *program.ops[1:]]
        if not [text for text in verify(a.program()) if " 0 " in text.split(":")[1]]:
            return op
    return old


def operand(chance: random.Random, entry: int, role: str) -> int:
    if role in "vs":
        return chance.randrange(-3, FRAME)
    if role == "t":
        return entry + chance.randrange(LENGTH)
    return 0 if role == "-" else chance.randrange(3)


def arm(chance: random.Random, entry: int) -> Arm:
    kind = chance.choice(("receive", "send", "after", "default"))
    target = entry + chance.randrange(LENGTH)
    return Arm(kind, chance.randrange(-3, FRAME), chance.randrange(2), -1, 1, target, 0)


def wander(world: World, chance: random.Random, steps: int) -> int:
    """Take random steps until a fault, the end, or enough of them; how many there were."""
    for number in range(steps):
        ready = [(t, way) for t in range(world.count) for way in range(world.options(t))]
        if not ready or world.count > 40:
            return number
        if world.take(*chance.choice(ready)):
            return number + 1
        assert world.twin().key() == world.key()
        for t in range(world.count):
            world.frames(t)
    return steps


@pytest.mark.parametrize("group", range(8))
def test_nonsense_is_survived(group: int) -> None:
    steps = 0
    for seed in range(group * 25, group * 25 + 25):
        for again in range(5):
            world = World(Machine(nonsense(seed)))
            world.context.budget = 200
            if world.boot((again, again)) == 0:
                steps += wander(world, random.Random(again), 40)
    assert steps > 20
