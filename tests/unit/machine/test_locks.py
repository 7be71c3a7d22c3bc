"""Locks, rwlocks and semaphores."""

from __future__ import annotations

from assemble import Assembler
from outcomes import All, explore, initial

from conclang.machine.opcodes import AT, FAULT_NOT_HELD, FINISHED

INCREMENT = "READ 0 x; ADD 0 0 #1; WRITE x 0; "


def build(*bodies: str, **things: tuple[str, int, tuple[str, ...]]) -> Assembler:
    """Cell x, the objects, one thread per body."""
    a = Assembler()
    a.cell("x", 0)
    for name, (kind, amount, options) in things.items():
        a.thing(kind, name, amount, *options)
    for i, body in enumerate(bodies):
        a.code(f"f{i}", body + "; END")
        a.thread(f"t{i}", f"f{i}")
    return a


def lock(*options: str) -> tuple[str, int, tuple[str, ...]]:
    return ("lock", 0, options)


def run(*bodies: str, **things: tuple[str, int, tuple[str, ...]]) -> All:
    return explore(build(*bodies, **things).program())


def test_a_lock_excludes() -> None:
    body = "ACQUIRE m; " + INCREMENT + "RELEASE m"
    found = run(body, body, body, m=lock())
    assert found.ends == {(3,)}
    assert not found.deadlocks


def test_opposite_order_can_deadlock() -> None:
    first, second = (
        "ACQUIRE m; ACQUIRE n; RELEASE n; RELEASE m",
        "ACQUIRE n; ACQUIRE m; RELEASE m; RELEASE n",
    )
    found = run(first, second, m=lock(), n=lock())
    assert found.deadlocks == {(AT, AT)}
    assert found.ends == {(0,)}


def test_release_needs_the_owner() -> None:
    assert run("RELEASE m", m=lock()).faults == {FAULT_NOT_HELD}
    found = run("ACQUIRE m", "RELEASE m", m=lock())
    assert found.faults == {FAULT_NOT_HELD}


def test_taken_twice_without_recursive_blocks_for_ever() -> None:
    found = run("ACQUIRE m; ACQUIRE m", m=lock())
    assert found.deadlocks == {(AT,)}
    assert not found.faults


def test_a_recursive_lock_counts() -> None:
    body = "ACQUIRE m; ACQUIRE m; RELEASE m; " + INCREMENT + "RELEASE m"
    assert run(body, body, m=lock("recursive")).ends == {(2,)}
    too_often = "ACQUIRE m; RELEASE m; RELEASE m"
    assert run(too_often, m=lock("recursive")).faults == {FAULT_NOT_HELD}


def test_try_never_waits() -> None:
    found = run("ACQUIRE m; TRY 0 m; WRITE x 0; RELEASE m", m=lock())
    assert found.ends == {(0,)}
    found = run(
        "TRY 0 m; WRITE x 0", "TRY 0 m; BRANCH 0 @yes @no; yes: RELEASE m; no: READ 0 x", m=lock()
    )
    assert found.ends == {(0,), (1,)}
    assert not found.deadlocks


def test_a_semaphore_counts_and_anybody_may_release() -> None:
    body = "DOWN s; " + INCREMENT + "UP s"
    assert run(body, body, s=("semaphore", 1, ())).ends == {(2,)}
    assert run(body, body, s=("semaphore", 2, ())).ends == {(1,), (2,)}
    assert run("DOWN s; WRITE x #1", "UP s", s=("semaphore", 0, ())).ends == {(1,)}
    assert run("DOWN s", s=("semaphore", 0, ())).deadlocks == {(AT,)}
    assert run("DOWN_TRY 0 s; DOWN_TRY 1 s; SUB 0 0 1; WRITE x 0", s=("semaphore", 1, ())).ends == {
        (1,)
    }


RW = ("rwlock", 0, ())


def test_readers_share_and_writers_do_not() -> None:
    reader = "READ_ACQUIRE t; READ 0 x; READ_RELEASE t"
    writer = "WRITE_ACQUIRE t; " + INCREMENT + "WRITE_RELEASE t"
    found = run(reader, writer, writer, t=RW)
    assert found.ends == {(2,)}
    assert not found.deadlocks
    meet = "READ_ACQUIRE t; BARRIER_WAIT b; READ_RELEASE t"
    assert run(meet, meet, t=RW, b=("barrier", 2, ())).ends == {(0,)}


def test_upgrade_blocks_for_ever() -> None:
    assert run("READ_ACQUIRE t; WRITE_ACQUIRE t", t=RW).deadlocks == {(AT,)}
    assert run("READ_ACQUIRE t; READ_ACQUIRE t; READ_RELEASE t; READ_RELEASE t", t=RW).ends == {
        (0,)
    }


def test_sides_of_a_rwlock_are_checked() -> None:
    assert run("WRITE_ACQUIRE t; READ_RELEASE t", t=RW).faults == {FAULT_NOT_HELD}
    assert run("READ_ACQUIRE t; WRITE_RELEASE t", t=RW).faults == {FAULT_NOT_HELD}
    assert FAULT_NOT_HELD in run("READ_ACQUIRE t", "READ_RELEASE t", t=RW).faults
    assert run("READ_TRY 0 t; WRITE_TRY 1 t; SUB 0 0 1; WRITE x 0", t=RW).ends == {(1,)}


def test_prefer_writers_holds_new_readers_back() -> None:
    """A reader that reads again while a writer waits: both wait for each other."""
    reader, writer = (
        "READ_ACQUIRE t; READ_ACQUIRE t; READ_RELEASE t; READ_RELEASE t",
        "WRITE_ACQUIRE t; WRITE_RELEASE t",
    )
    assert run(reader, writer, t=RW).deadlocks == set()
    found = run(reader, "READ 0 x; " + writer, t=("rwlock", 0, ("prefer_writers",)))
    assert found.deadlocks == {(AT, AT)}
    assert found.ends == {(0,)}


def test_owner_is_an_entity() -> None:
    (world,) = initial(build("ACQUIRE m; RELEASE m", "ACQUIRE m; RELEASE m", m=lock()).program())
    assert world.take(1) == 0
    assert world.word(world.machine.locks) == 2
    assert world.options(0) == 0
    assert world.operand(0) == 0
    assert world.take(1) == 0
    assert world.status(1) == FINISHED
    assert world.options(0) == 1
