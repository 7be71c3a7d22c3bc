"""Programs that use everything, for comparing engines; run as a script it prints what they do."""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[3]))

from assemble import INT, Assembler
from outcomes import explore

from conclang import engine
from conclang.ir.program import Arm, Program, Select

PIECES = (
    "READ {s} x; ADD {s} {s} #1; WRITE x {s}",
    "READ {s} y; MUL {s} {s} #3; MOD {s} {s} #5; WRITE y {s}",
    "FETCH_ADD {s} x #1",
    "SWAP {s} y #2",
    "CAS {s} x #1 #7",
    "ACQUIRE m; READ {s} x; WRITE y {s}; RELEASE m",
    "ACQUIRE n; ACQUIRE m; WRITE x #2; RELEASE m; RELEASE n",
    "TRY {s} m; BRANCH {s} @y{n} @n{n}; y{n}: RELEASE m; n{n}: WRITE x {s}",
    "ACQUIRE r; ACQUIRE r; RELEASE r; WRITE y #4; RELEASE r",
    "DOWN q; WRITE x #5; UP q",
    "UP q",
    "READ_ACQUIRE t; READ {s} y; READ_RELEASE t",
    "WRITE_ACQUIRE t; WRITE y #6; WRITE_RELEASE t",
    "ACQUIRE m; WAIT c; RETAKE c; WRITE x #8; RELEASE m",
    "ACQUIRE m; SIGNAL c; RELEASE m",
    "ACQUIRE m; WAIT h; RETAKE h; WRITE x #9; RELEASE m",
    "ACQUIRE m; SIGNAL h; WRITE y #1; RELEASE m",
    "BROADCAST c",
    "EVENT_WAIT e",
    "EVENT_SET e; READ {s} x; EVENT_RESET e",
    "BARRIER_WAIT b",
    "SEND u {s} 1",
    "RECEIVE {s} 3 u 1; WRITE y {s}",
    "SEND v {s} 1",
    "RECEIVE {s} -1 v 1",
    "CLOSE v",
    "SELECT 0; a{n}: WRITE x #3; JUMP @o{n}; b{n}: WRITE x #4; o{n}: READ {s} y",
    "SPAWN 3 =child {s} 1; JOIN {s} 3 1; WRITE x {s}",
    "GO 3 =child {s} 1 pool; AWAIT {s} 3 1",
    "ASYNC 3 =child {s} 1; AWAIT {s} 3 1; WRITE y {s}",
    "CHOOSE_RANGE {s} #0 #2; WRITE x {s}",
    "CALL =helper {s} 1 {s} 1; WRITE x {s}",
    "ATOMIC; READ {s} x; ADD {s} {s} #1; WRITE x {s}; ATOMIC_END",
    "NOW {s}; WRITE y {s}",
    "DIV {s} #6 {s}",
    "SLEEP #1",
)


def make(seed: int) -> Program:
    """A small program, different for each seed."""
    chance, a = random.Random(seed), Assembler()
    a.cell("x", 0)
    a.cell("y", 1)
    for kind, name, amount, *options in (
        ("lock", "m", 0),
        ("lock", "n", 0),
        ("lock", "r", 0, "recursive"),
        ("semaphore", "q", 1),
        ("rwlock", "t", 0, "prefer_writers"),
        ("condition", "c", 0, "spurious"),
        ("condition", "h", 0, "hoare"),
        ("event", "e", 0),
        ("barrier", "b", 2),
        ("channel", "u", 0),
        ("channel", "v", 1),
        ("runtime", "pool", 1),
    ):
        a.thing(kind, name, amount, *options)
    a.landmarks = (0, 3)
    a.code("helper", "READ 1 x; ADD 0 0 1; RETURN 0 1", parameters=1, result=INT)
    a.code(
        "child", "CALL =helper 0 1 0 1; SLEEP #1; WRITE y 0; RETURN 0 1", parameters=1, result=INT
    )
    for i in range(chance.choice((2, 2, 3))):
        _thread(a, chance, f"t{i}")
    return a.program()


def _thread(a: Assembler, chance: random.Random, name: str) -> None:
    pieces = []
    for n in range(chance.choice((1, 2, 2))):
        piece = chance.choice(PIECES).replace("SELECT 0", f"SELECT {len(a.selects)}")
        pieces.append(piece.format(s=chance.randrange(3), n=n))
        if "SELECT" in piece:
            a.selects.append(Select(()))
    a.code(name, "; ".join([*pieces, "END"]))
    _fill_selects(a, chance, a.codes[-1].entry)
    a.thread(name, name)


def _fill_selects(a: Assembler, chance: random.Random, entry: int) -> None:
    """The arms of the selects of the code just made: their bodies follow them."""
    for pc in range(entry, len(a.ops)):
        if a.ops[pc].kind.name == "SELECT":
            kinds = chance.choice(
                (
                    ("receive", "receive"),
                    ("send", "receive"),
                    ("receive", "default"),
                    ("send", "after"),
                )
            )
            channels = (a.constant(a.names["u"]), a.constant(a.names["v"]))
            arms = (
                Arm(k, c, 0, -1, 1, t, 0)
                for k, c, t in zip(kinds, channels, (pc + 1, pc + 3), strict=True)
            )
            a.selects[a.ops[pc].a] = Select(tuple(arms))


def report(seed: int) -> str:
    found = explore(make(seed), 20_000)
    digest = hashlib.sha256(repr(sorted(found.keys)).encode()).hexdigest()[:16]
    parts = (
        seed,
        found.states,
        sorted(found.ends),
        sorted(found.deadlocks),
        sorted(found.faults),
        found.spins,
        digest,
    )
    return " ".join(map(str, parts))


if __name__ == "__main__":
    print(engine.name())
    for number in range(int(sys.argv[1])):
        print(report(number))
