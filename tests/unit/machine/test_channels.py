"""Channels and select."""

from __future__ import annotations

import pytest
from assemble import Assembler
from outcomes import All, explore, initial

from conclang.ir.program import Arm, Select
from conclang.machine.opcodes import AT, FAULT_CLOSE_CLOSED, FAULT_SEND_CLOSED, FINISHED


def build(
    *bodies: str, capacity: int = 0, arms: tuple[tuple[str, str, int, int, str], ...] = ()
) -> Assembler:
    """Cell x (three words), channels c and d; arms: (kind, channel, value, ok, target label)."""
    a = Assembler()
    a.cell("x", 0, 0, 0)
    a.thing("channel", "c", capacity)
    a.thing("channel", "d", capacity)
    a.thing("channel", "pair", capacity, words=2)
    for i, body in enumerate(bodies):
        entry = len(a.ops)
        a.code(f"f{i}", body + "; END")
        a.thread(f"t{i}", f"f{i}")
        if arms and "SELECT" in body:
            a.selects.append(Select(tuple(_arm(a, body, entry, arm) for arm in arms)))
    return a


def _arm(a: Assembler, body: str, entry: int, arm: tuple[str, str, int, int, str]) -> Arm:
    kind, channel, slot, ok, label = arm
    lines = [line.strip() for line in body.split(";") if line.strip()]
    target = next(n for n, line in enumerate(lines) if line.startswith(f"{label}:"))
    operand = a.constant(a.names[channel]) if channel else 0
    return Arm(kind, operand, slot, ok, 1, entry + target, 0)


def run(
    *bodies: str, capacity: int = 0, arms: tuple[tuple[str, str, int, int, str], ...] = ()
) -> All:
    return explore(build(*bodies, capacity=capacity, arms=arms).program())


SEND_TWO = "MOVE 0 #5; SEND c 0 1; MOVE 0 #6; SEND c 0 1"
TAKE_TWO = "RECEIVE 0 -1 c 1; WRITE x 0; RECEIVE 0 -1 c 1; WRITE #1 0"


@pytest.mark.parametrize("capacity", [0, 1, 2, 5])
def test_order_is_first_in_first_out(capacity: int) -> None:
    found = run(SEND_TWO, TAKE_TWO, capacity=capacity)
    assert found.ends == {(5, 6, 0)}
    assert not found.deadlocks


def test_an_unbuffered_transfer_is_one_step_of_the_sender() -> None:
    (world,) = initial(
        build("MOVE 0 #5; SEND c 0 1", "RECEIVE 0 -1 c 1", "RECEIVE 0 -1 c 1").program()
    )
    assert [world.options(t) for t in range(3)] == [2, 0, 0]
    world.logging = True
    assert world.take(0, 1) == 0
    assert [world.status(t) for t in range(3)] == [FINISHED, AT, FINISHED]
    assert world.log[0][4:] == [2, -1, 5]


def test_a_full_buffer_blocks_and_an_empty_one_too() -> None:
    assert run(SEND_TWO, capacity=1).deadlocks == {(AT,)}
    assert run(SEND_TWO, capacity=2).ends == {(0, 0, 0)}
    assert run(TAKE_TWO, capacity=2).deadlocks == {(AT,)}
    assert run(SEND_TWO).deadlocks == {(AT,)}


@pytest.mark.parametrize("capacity", [0, 2])
def test_a_closed_channel_gives_zero_and_false(capacity: int) -> None:
    taker = "MOVE 0 #9; MOVE 1 #9; RECEIVE 0 1 c 1; WRITE x 0; WRITE #1 1"
    assert run("CLOSE c", taker, capacity=capacity).ends == {(0, 0, 0)}
    sender = "MOVE 0 #7; SEND c 0 1; CLOSE c"
    both = taker + "; RECEIVE 0 1 c 1; ADD 0 0 1; WRITE #2 0"
    assert run(sender, both, capacity=capacity).ends == {(7, 1, 0)}


def test_misuse_of_closed_channels() -> None:
    assert run("CLOSE c; CLOSE c").faults == {FAULT_CLOSE_CLOSED}
    assert run("CLOSE c; SEND c 0 1", capacity=1).faults == {FAULT_SEND_CLOSED}
    found = run("SEND c 0 1", "CLOSE c")
    assert found.faults == {FAULT_SEND_CLOSED}
    assert run("SEND c 0 1; SEND c 0 1", "CLOSE c", capacity=1).faults == {FAULT_SEND_CLOSED}


@pytest.mark.parametrize("capacity", [0, 1])
def test_messages_of_several_words(capacity: int) -> None:
    sender = "MOVE 0 #1; MOVE 1 #2; SEND pair 0 2; MOVE 0 #3; SEND pair 0 2"
    taker = "RECEIVE 0 -1 pair 2; WRITE x 1; RECEIVE 0 -1 pair 2; WRITE #1 0; WRITE #2 1"
    assert run(sender, taker, capacity=capacity).ends == {(2, 3, 2)}


CHOOSER = "SELECT 0; one: WRITE x #1; END; two: WRITE x #2; END; other: WRITE x #3"
TWO = (("receive", "c", 0, -1, "one"), ("receive", "d", 0, -1, "two"))


@pytest.mark.parametrize("capacity", [0, 1])
def test_any_ready_arm_may_be_taken(capacity: int) -> None:
    found = run(CHOOSER, "SEND c 0 1", "SEND d 0 1", capacity=capacity, arms=TWO)
    assert {end[0] for end in found.ends} == ({1, 2} if capacity else set())
    if not capacity:  # the sender that was not chosen waits for ever
        assert len(found.deadlocks) == 2


@pytest.mark.parametrize("capacity", [0, 1])
def test_default_is_for_when_nothing_else_is_ready(capacity: int) -> None:
    arms = (*TWO, ("default", "", 0, -1, "other"))
    assert run(CHOOSER, capacity=capacity, arms=arms).ends == {(3, 0, 0)}
    (world,) = initial(
        build(CHOOSER, "MOVE 0 #4; SEND d 0 1", capacity=capacity, arms=arms).program()
    )
    if capacity:
        assert world.options(0) == 1
        assert world.take(1) == 0
        assert world.take(0) == 0
    else:
        assert world.options(0) == 0  # it is met: the sender's step takes the arm
        assert world.take(1) == 0
    assert world.options(0) == 1
    assert world.take(0) == 0
    assert world.memory(0, 1) == (2,)


def test_after_may_fire_at_any_time() -> None:
    arms = (*TWO, ("after", "", 0, -1, "other"))
    found = run(CHOOSER, "SEND c 0 1", capacity=1, arms=arms)
    assert {end[0] for end in found.ends} == {1, 3}


def test_two_selects_meet_but_not_one_with_itself() -> None:
    a = Assembler()
    a.cell("x", 0)
    a.thing("channel", "c")
    entry = a.codes[a.code("f", "MOVE 0 #8; SELECT 0; s: WRITE x #1; END; r: WRITE x 1; END")].entry
    c = a.constant(0)
    both = (Arm("send", c, 0, -1, 1, entry + 2, 0), Arm("receive", c, 1, -1, 1, entry + 4, 0))
    a.selects.append(Select(both))
    a.thread("p", "f")
    assert explore(a.program()).deadlocks == {(AT,)}
    a.thread("q", "f")
    assert explore(a.program()).ends == {(1,), (8,)}


def test_a_select_on_a_closed_channel() -> None:
    body = "SELECT 0; one: ADD 0 0 1; WRITE x 0; END"
    found = run("CLOSE c", body, arms=(("receive", "c", 0, 1, "one"),))
    assert found.ends == {(0, 0, 0)}
    found = run("CLOSE c", "SELECT 0; one: END", arms=(("send", "c", 0, -1, "one"),))
    assert found.faults == {FAULT_SEND_CLOSED}


def test_a_select_without_arms_blocks() -> None:
    a = build("SELECT 0; one: END")
    a.selects.append(Select(()))
    assert explore(a.program()).deadlocks == {(AT,)}
