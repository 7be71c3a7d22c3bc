"""Shared and atomic memory: every access is a step of its own."""

from __future__ import annotations

import pytest
from assemble import Assembler
from outcomes import explore, initial

from conclang.machine.opcodes import FAULT_OVERFLOW

INCREMENT = "READ 0 x; ADD 0 0 #1; WRITE x 0; "


@pytest.mark.parametrize(
    ("threads", "rounds", "least"), [(2, 1, 1), (2, 2, 2), (3, 2, 2), (2, 3, 2)]
)
def test_increments_get_lost(threads: int, rounds: int, least: int) -> None:
    a = Assembler()
    a.cell("x", 0)
    a.code("body", INCREMENT * rounds + "END", frame=1)
    for i in range(threads):
        a.thread(f"t{i}", "body")
    found = explore(a.program())
    assert found.ends == {(n,) for n in range(least, threads * rounds + 1)}
    assert not found.deadlocks
    assert not found.faults


def test_states_are_merged() -> None:
    """Two threads with two steps each: nine interleavings' states, one end."""
    a = Assembler()
    a.cell("x", 0)
    a.cell("y", 0)
    a.code("f", "WRITE x #1; WRITE x #2; END", frame=0)
    a.code("g", "WRITE y #1; WRITE y #2; END", frame=0)
    a.thread("f", "f")
    a.thread("g", "g")
    found = explore(a.program())
    assert found.states == 9
    assert found.ends == {(2, 2)}


def test_dead_slots_do_not_split_states() -> None:
    """The value read is not looked at again, so both orders lead to one state."""
    a = Assembler()
    a.cell("x", 0)
    a.code("f", "READ 0 x !-; READ 0 x !-; END", frame=1)
    a.code("g", "WRITE x #7; END", frame=0)
    a.thread("f", "f")
    a.thread("g", "g")
    assert explore(a.program()).states == 6


def test_atomic_operations() -> None:
    a = Assembler()
    a.cell("x", 10)
    a.cell("out", 0, 0, 0, 0, 0, 0)
    a.code(
        "f",
        """FETCH_ADD 0 x #5; WRITE #1 0; SWAP 0 x #40; WRITE #2 0; CAS 0 x #40 #41; WRITE #3 0
        CAS 0 x #40 #42; WRITE #4 0; LOAD 0 x; WRITE #5 0; STORE x #3; FETCH_ADD -1 x #1; END""",
        frame=1,
    )
    a.thread("f", "f")
    assert explore(a.program()).ends == {(4, 10, 15, 1, 0, 41, 0)}


def test_atomic_add_overflows() -> None:
    a = Assembler()
    a.cell("x", (1 << 63) - 1)
    a.code("f", "FETCH_ADD 0 x #1; END")
    a.thread("f", "f")
    assert explore(a.program()).faults == {FAULT_OVERFLOW}


def test_the_index_can_be_computed() -> None:
    a = Assembler()
    a.cell("x", 1, 2, 3)
    a.code("f", "READ 0 x; INDEX 1 0 0 3; WRITE 1 #9; END")
    a.thread("f", "f")
    assert explore(a.program()).ends == {(1, 9, 3)}


def test_no_index_reaches_beyond_memory() -> None:
    """Lowering would never say this; the machine must survive it."""
    a = Assembler()
    a.cell("x", 5)
    a.code("f", "READ 0 x; ADD 0 0 #1000000; WRITE 0 #1; END")
    a.thread("f", "f")
    assert explore(a.program()).faults


def test_log_of_accesses() -> None:
    a = Assembler()
    a.cell("x", 4)
    a.code("f", INCREMENT + "CAS 0 x #5 #8; END", frame=1)
    a.thread("f", "f")
    (world,) = initial(a.program())
    world.logging = True
    seen = []
    while world.options(0):
        assert world.take(0) == 0
        seen += [record[4:] for record in world.log if record[0] < 1000]
    assert seen == [[4], [5, 4], [1, 5]]
