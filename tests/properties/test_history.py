"""Lost updates and atomicity violations against a brute force over straight-line programs.

Without branches it is plain what rests on what: every value carries the reads it was made from. All
interleavings are tried and the definitions of the language page applied to each, one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text

Op = tuple[str, ...]


@dataclass
class Body:
    """One thread: its source lines and its micro-ops."""

    lines: list[str] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)


def body(random: Random) -> Body:
    made, variables, held = Body(), 0, False
    for _ in range(random.randint(1, 3)):
        if random.randrange(100) < 45 and not held:
            made.lines.append("acquire m")
            made.ops.append(("acquire",))
            held = True
        cell = random.choice("xxy")
        kind = random.randrange(4)
        if kind == 0:
            made.lines.append(f"{cell} += 1")
            made.ops += [("read", cell, "t"), ("write", cell, "t", "1")]
        elif kind == 1 or variables == 0:
            variables += 1
            made.lines.append(f"let v{variables} = {cell}")
            made.ops.append(("read", cell, f"v{variables}"))
        elif kind == 2:
            source = f"v{random.randint(1, variables)}"
            made.lines.append(f"{cell} = {source} + 2")
            made.ops.append(("write", cell, source, "2"))
        else:
            made.lines.append(f"{cell} = 7")
            made.ops.append(("write", cell, "", "7"))
        if held and random.randrange(100) < 60:
            made.lines.append("release m")
            made.ops.append(("release",))
            held = False
    if held:
        made.lines.append("release m")
        made.ops.append(("release",))
    return made


@dataclass
class Read:
    """One read that happened: what became of it."""

    cell: str
    locked: bool
    released: bool = False
    written: bool = False  # by another
    changed: bool = False


class Brute:
    """All interleavings of some bodies."""

    def __init__(self, bodies: list[Body]) -> None:
        self.bodies = bodies
        self.found: set[tuple[str, str]] = set()
        self._go([0] * len(bodies), {"x": 0, "y": 0}, None, [{} for _ in bodies], [])

    def _go(self, at, memory, owner, local, trace):  # type: ignore[no-untyped-def]
        for t, made in enumerate(self.bodies):
            if at[t] == len(made.ops) or (made.ops[at[t]][0] == "acquire" and owner is not None):
                continue
            again = [*trace, (t, made.ops[at[t]])]
            following = list(at)
            following[t] += 1
            state = self._replay(again)
            self._go(following, *state, again)

    def _replay(self, trace):  # type: ignore[no-untyped-def]
        memory, owner = {"x": 0, "y": 0}, None
        local: list[dict[str, tuple[int, Read]]] = [{} for _ in self.bodies]
        reads: list[tuple[int, Read]] = []
        for t, op in trace:
            if op[0] == "acquire":
                owner = t
            elif op[0] == "release":
                owner = None
                for who, read in reads:
                    read.released |= who == t and read.locked
            elif op[0] == "read":
                made = Read(op[1], owner == t)
                local[t][op[2]] = (memory[op[1]], made)
                reads.append((t, made))
            else:
                self._write(t, op, memory, local, reads)
        return memory, owner, local

    def _write(self, t, op, memory, local, reads):  # type: ignore[no-untyped-def]
        _, cell, source, constant = op
        value = int(constant)
        if source:
            old, read = local[t][source]
            value += old
            if read.cell == cell and read.written:
                self.found.add(("lost_update", cell))
            if read.cell == cell and read.released and read.changed:
                self.found.add(("atomicity", cell))
        for who, read in reads:
            if who != t and read.cell == cell:
                read.written = True
                read.changed |= memory[cell] != value
        memory[cell] = value


@pytest.mark.parametrize("seed", range(250))
def test_straight_lines(seed: int) -> None:
    random = Random(seed)
    bodies = [body(random) for _ in range(2)]
    while sum(len(made.ops) for made in bodies) > 11:
        bodies = [body(random) for _ in range(2)]
    threads = [
        f"thread t{number} {{\n" + "\n".join(made.lines) + "\n}"
        for number, made in enumerate(bodies)
    ]
    text = "\n".join(["shared x = 0\nshared y = 0\nlock m", *threads]) + "\n"
    checked = load_text(text)
    assert checked.program is not None, (text, checked.bag.errors)
    result = check(checked.program, CheckOptions())
    told = {
        (finding.kind, finding.objects[0])
        for finding in result.findings
        if finding.kind in ("lost_update", "atomicity")
    }
    assert told == Brute(bodies).found, text
