"""The machine under whole scenarios: what every schedule of them comes to."""

from __future__ import annotations

import pytest
from outcomes import All, explore

from conclang import pipeline
from conclang.ir.errors import FAULTS
from conclang.ir.listing import listing
from conclang.ir.verify import verify


def run(text: str) -> All:
    program = pipeline.load_text(text).program
    assert program is not None
    assert verify(program) == []
    return explore(program)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("shared x = 1\nshared y = 2\nthread t { x += y }", {(3, 2)}),
        ("shared a[3] = 0\nthread t[i in 0..3] { a[i] = i * i }", {(0, 1, 4)}),
        ("shared x = 0\nlock m\nthread t[i in 0..2] { lock m { x += 1 } }", {(2,)}),
        ("shared x = 0\nthread t[i in 0..2] { atomic { x += 1 } }", {(2,)}),
        (
            "shared x = 0\nfn f(n) { if n < 2 { return n }\n return f(n - 1) + f(n - 2) }\nthread t { x = f(10) }",
            {(55,)},
        ),
        ("shared x = 0\nthread t { repeat 3 { x += 1 }\n repeat 0 { x = 9 } }", {(3,)}),
        ("shared x = 0\nthread t { for i in 2..5 { if i == 3 { continue }\n x += i } }", {(6,)}),
        ("shared x = 0\nthread t { x = choose(3, 5) }", {(3,), (5,)}),
        (
            "shared x = 0\nchannel c(2)\nthread s { c <- 4\n c <- 5\n close c }\nthread r { for v in c { x += v } }",
            {(9,)},
        ),
        (
            "shared x = 0\nfn f(n) { return n * 2 }\nthread t { let h = spawn f(21)\n x = join h }",
            {(42,)},
        ),
        (
            "shared x = 0\nfn f(n) { return n * 2 }\nthread t { let h = async f(21)\n x = await h }",
            {(42,)},
        ),
        (
            "shared x = 0\nfn f(n) { x += n }\nthread t { let h = go f(1)\n let k = go f(1)\n await h\n await k }",
            {(1,), (2,)},
        ),
        (
            "shared x = 0\nruntime one { workers 1 }\nfn f(n) { x += n }\n"
            "thread t { let h = go f(1) on one\n let k = go f(1) on one\n await h\n await k }",
            {(2,)},
        ),
    ],
)
def test_ends(text: str, ends: set[tuple[int, ...]]) -> None:
    found = run(text)
    assert found.ends == ends
    assert not found.faults
    assert not found.deadlocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lock m\nthread t { release m }", "release of a lock not held"),
        ("channel c(1)\nthread t { close c\n c <- 1 }", "send on a closed channel"),
        ("channel c\nthread t { close c\n close c }", "close of a closed channel"),
        ("shared a[2] = 0\nshared i = 2\nthread t { a[i] = 1 }", "index out of range"),
        ("shared x = 0\nthread t { x = 1 / x }", "division by zero"),
        ("shared x = 9223372036854775807\nthread t { x += 1 }", "overflow"),
        ("thread t { join self }", "join of self"),
        ("condition c\nthread t { wait c }", "wait without the lock"),
        ("event e\nthread t { atomic { wait e } }", "blocking inside atomic"),
        ("shared x = 0\nfn f(n) { return f(n + 1) }\nthread t { x = f(0) }", "call depth"),
        ("shared x = -1\nthread t { work x }", "negative amount of time"),
        ("shared x = 1\nthread t { assert x == 2 }", "assertion failed"),
    ],
)
def test_errors(text: str, words: str) -> None:
    program = pipeline.load_text(text).program
    assert program is not None
    assert listing(program)
    found = explore(program)
    started = found.faults or _faults_at_start(text)
    assert {FAULTS[code].message.split(":")[0] for code in started} == {words}


def _faults_at_start(text: str) -> set[int]:
    from conclang.machine.state import Machine
    from conclang.machine.world import World

    program = pipeline.load_text(text).program
    assert program is not None
    return {World(Machine(program)).boot()}


def test_listing_of_an_increment() -> None:
    program = pipeline.load_text("shared count = 0\nthread t { count += 1 }").program
    assert program is not None
    lines = [line.strip() for line in listing(program).splitlines() if line.startswith("  ")]
    assert lines[0] == "2: count += 1"
    assert [line.split()[1:3] for line in lines[1:4]] == [
        ["*", "read"],
        ["add", "t1"],
        ["*", "write"],
    ]
    assert "read count into t0" in lines[1]
