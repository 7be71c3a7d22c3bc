"""Conditions, events, barriers."""

from __future__ import annotations

from assemble import Assembler
from outcomes import All, explore, initial

from conclang.machine.opcodes import (
    ASLEEP,
    AT,
    AT_BARRIER,
    FAULT_NO_LOCK,
    FINISHED,
    URGENT,
)
from conclang.machine.world import World


def build(
    *bodies: str, options: tuple[str, ...] = (), locks: tuple[str, ...] = ("m", "n")
) -> Assembler:
    """Cells x and y, locks, conditions c and d, event e, barrier b for two; one thread per body."""
    a = Assembler()
    a.cell("x", 0)
    a.cell("y", 0)
    for name in locks:
        a.thing("lock", name, 0, *(("recursive",) if name == "r" else ()))
    a.thing("condition", "c", 0, *options)
    a.thing("condition", "d", 0)
    a.thing("event", "e")
    a.thing("barrier", "b", 2)
    for i, body in enumerate(bodies):
        a.code(f"f{i}", body + "; END")
        a.thread(f"t{i}", f"f{i}")
    return a


def run(*bodies: str, options: tuple[str, ...] = (), locks: tuple[str, ...] = ("m", "n")) -> All:
    return explore(build(*bodies, options=options, locks=locks).program())


def one(*bodies: str, options: tuple[str, ...] = (), locks: tuple[str, ...] = ("m", "n")) -> World:
    (world,) = initial(build(*bodies, options=options, locks=locks).program())
    return world


def steps(world: World, *order: int) -> None:
    for t in order:
        assert world.options(t) > 0
        assert world.take(t) == 0


WAITER = "ACQUIRE m; WAIT c; RETAKE c; READ 0 x; RELEASE m"
SIGNALLER = "ACQUIRE m; WRITE x #1; SIGNAL c; RELEASE m"


def test_a_signal_without_waiter_is_lost() -> None:
    found = run(WAITER, SIGNALLER)
    assert found.ends == {(1, 0)}
    assert found.deadlocks == {(ASLEEP, FINISHED)}


def test_wait_gives_the_lock_up_and_retaking_is_a_step() -> None:
    world = one(WAITER, SIGNALLER)
    steps(world, 0, 0)
    assert world.status(0) == ASLEEP
    assert world.options(0) == 0
    assert world.wanted_lock(0) == 0
    steps(world, 1, 1, 1)
    assert world.status(0) == AT
    assert world.options(0) == 0  # the signaller still holds the lock
    steps(world, 1)
    assert world.options(0) == 1
    steps(world, 0)
    assert world.word(world.machine.locks) == 1


def test_wait_needs_a_lock() -> None:
    assert run("WAIT c; RETAKE c").faults == {FAULT_NO_LOCK}
    assert run("ACQUIRE m; RELEASE m; WAIT c; RETAKE c").faults == {FAULT_NO_LOCK}


def test_the_innermost_lock_is_given_up() -> None:
    world = one("ACQUIRE n; ACQUIRE m; WAIT c; RETAKE c")
    steps(world, 0, 0, 0)
    assert world.wanted_lock(0) == 0
    assert world.word(world.machine.locks + 1) == 1
    world = one("ACQUIRE m; ACQUIRE n; RELEASE m; ACQUIRE m; WAIT c; RETAKE c")
    steps(world, 0, 0, 0, 0, 0)
    assert world.wanted_lock(0) == 0


def test_a_recursive_lock_is_given_up_fully_and_retaken_as_deep() -> None:
    body = "ACQUIRE r; ACQUIRE r; WAIT c; RETAKE c; RELEASE r; WRITE y #5; RELEASE r"
    found = run(body, "ACQUIRE r; SIGNAL c; RELEASE r", locks=("r",))
    assert found.ends == {(0, 5)}
    assert found.deadlocks == {(ASLEEP, FINISHED)}


def test_each_waiter_may_be_woken() -> None:
    world = one(WAITER, WAITER, "SIGNAL c")
    steps(world, 0, 0, 1, 1)
    assert world.options(2) == 2
    second = world.twin()
    assert world.take(2, 0) == 0
    assert (world.status(0), world.status(1)) == (AT, ASLEEP)
    assert second.take(2, 1) == 0
    assert (second.status(0), second.status(1)) == (ASLEEP, AT)


def test_broadcast_wakes_all_of_one_condition() -> None:
    other = WAITER.replace(" c", " d")
    world = one(WAITER, WAITER, other, "BROADCAST c")
    steps(world, 0, 0, 1, 1, 2, 2)
    assert world.options(3) == 1
    world.logging = True
    steps(world, 3)
    assert world.log[0][4:] == [0, 1]
    assert [world.status(t) for t in range(3)] == [AT, AT, ASLEEP]


IF_WAITER = """ACQUIRE m; READ 0 x; BRANCH 0 @go @sleep; sleep: WAIT c; RETAKE c
    go: READ 0 x; WRITE y 0; WRITE x #0; RELEASE m"""
PUTTER = "ACQUIRE m; WRITE x #1; SIGNAL c; RELEASE m"


def test_mesa_lets_others_in_between() -> None:
    """With `if` instead of `while`: a third thread takes what the woken one was called for."""
    thief = "ACQUIRE m; WRITE x #0; RELEASE m"
    assert (0, 0) in run(IF_WAITER, PUTTER, thief).ends
    assert (0, 1) in run(IF_WAITER, PUTTER, thief).ends


def test_hoare_hands_the_lock_over() -> None:
    thief = "ACQUIRE m; WRITE x #0; RELEASE m"
    found = run(IF_WAITER, PUTTER, thief, options=("hoare",))
    asleep_first = one(IF_WAITER, PUTTER, thief, options=("hoare",))
    steps(asleep_first, 0, 0, 0, 1, 1, 1)
    assert asleep_first.status(1) == URGENT
    assert [asleep_first.options(t) for t in range(3)] == [1, 0, 0]
    steps(asleep_first, 0, 0, 0, 0, 0)
    assert asleep_first.status(0) == FINISHED
    assert [asleep_first.options(t) for t in range(3)] == [0, 1, 0]  # urgent before any acquire
    steps(asleep_first, 1, 1)
    assert asleep_first.options(2) == 1
    assert not found.faults


def test_spurious_wakeups_are_possible_but_not_progress() -> None:
    world = one(WAITER, options=("spurious",))
    steps(world, 0, 0)
    assert world.status(0) == ASLEEP
    assert world.options(0) == 1
    steps(world, 0, 0, 0)
    assert world.status(0) == FINISHED


def test_event_is_a_flag() -> None:
    found = run("EVENT_WAIT e; EVENT_WAIT e; READ 0 x; WRITE y 0", "WRITE x #3; EVENT_SET e")
    assert found.ends == {(3, 3)}
    found = run("EVENT_WAIT e; WRITE y #1", "EVENT_SET e; EVENT_RESET e")
    assert found.ends == {(0, 1)}
    assert found.deadlocks == {(AT, FINISHED)}


def test_barrier_lets_all_go_at_once_and_again() -> None:
    body = "WRITE x #{0}; BARRIER_WAIT b; READ 0 x; BARRIER_WAIT b; WRITE y 0"
    found = run(body.format(1), body.format(2))
    assert found.ends == {(1, 1), (2, 2)}
    assert run("BARRIER_WAIT b").deadlocks == {(AT_BARRIER,)}


def test_barrier_arrival_is_the_only_step() -> None:
    world = one("BARRIER_WAIT b; MOVE 1 #1", "BARRIER_WAIT b")
    steps(world, 0)
    assert world.status(0) == AT_BARRIER
    steps(world, 1)
    assert [world.status(0), world.status(1)] == [FINISHED, FINISHED]
