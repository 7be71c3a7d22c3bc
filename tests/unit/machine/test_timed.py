"""The machine as the timed loop sees it: it stops wherever time may pass."""

from __future__ import annotations

from assemble import Assembler
from outcomes import explore

from conclang.machine.opcodes import AT, FAULT_ENDLESS, FAULT_NEGATIVE, FINISHED, MOVED
from conclang.machine.state import Machine
from conclang.machine.world import World


def world_of(*bodies: str) -> World:
    a = Assembler()
    a.cell("x", 0)
    a.thing("channel", "c")
    a.thing("rwlock", "t", 0, "prefer_writers")
    a.thing("lock", "m")
    a.thing("barrier", "b", 2)
    for i, body in enumerate(bodies):
        a.code(f"f{i}", body + "; END")
        a.thread(f"t{i}", f"f{i}")
    world = World(Machine(a.program(), timed=True))
    assert world.boot() == 0
    return world


def kind(world: World, t: int) -> str:
    return world.machine.program.ops[world.pc(t)].kind.name


def test_nothing_runs_before_it_is_dispatched() -> None:
    world = world_of("MOVE 0 #1; WORK #2; WRITE x 0")
    assert world.status(0) == MOVED
    assert world.proceed(0) == 0
    assert (world.status(0), kind(world, 0)) == (AT, "WORK")
    assert world.pass_over(0) == 0
    assert kind(world, 0) == "WRITE"
    assert world.grant(0) == 0
    assert world.status(0) == FINISHED


def test_every_timed_op_is_a_stop() -> None:
    world = world_of("WORK #1; YIELD; SLEEP #1; IO #1 #0; READ 0 x")
    assert world.proceed(0) == 0
    seen = []
    while kind(world, 0) != "READ":
        seen.append(kind(world, 0))
        assert world.pass_over(0) == 0
    assert seen == ["WORK", "YIELD", "SLEEP", "IO"]


def test_amounts_are_checked_on_arrival() -> None:
    for kind in ("WORK #-1", "SLEEP #-1", "IO #-1 #0"):
        assert world_of(f"{kind}; YIELD").proceed(0) == FAULT_NEGATIVE


def test_the_clock_is_the_loop_s() -> None:
    world = world_of("NOW 0; WRITE x 0")
    world.context.now = 17
    assert world.proceed(0) == 0
    assert world.frame_word(0, 0) == 17


def test_a_partner_must_have_arrived_and_runs_on_later() -> None:
    world = world_of("MOVE 0 #5; SEND c 0 1", "RECEIVE 0 -1 c 1; WORK #1")
    assert world.proceed(0) == world.proceed(1) == 0
    assert world.options(0) == 0
    world.set_word(world.place(1) + world.machine.at_arrived, 1)
    assert world.options(0) == 1
    assert world.grant(0, partner=1) == 0
    assert (world.status(0), world.status(1)) == (FINISHED, MOVED)
    assert world.proceed(1) == 0
    assert kind(world, 1) == "WORK"
    assert world.frame_word(1, 0) == 5


def test_waiting_writers_hold_readers_back_once_they_have_arrived() -> None:
    world = world_of("READ_ACQUIRE t", "WRITE_ACQUIRE t")
    assert world.proceed(0) == world.proceed(1) == 0
    assert world.options(0) == 1
    world.set_word(world.machine.writers, 1)  # the timed loop counts them
    assert world.options(0) == 0


def test_a_granted_entity_can_be_left_for_later() -> None:
    world = world_of("ACQUIRE m; MOVE 0 #3; WRITE x 0")
    assert world.proceed(0) == 0
    world.context.lazy = True
    assert world.grant(0) == 0
    assert world.status(0) == MOVED
    world.context.lazy = False
    assert world.proceed(0) == 0
    assert kind(world, 0) == "WRITE"


def test_a_barrier_leaves_the_woken_to_the_loop() -> None:
    world = world_of("BARRIER_WAIT b; NOW 0; WRITE x 0", "BARRIER_WAIT b")
    for t, woken in ((0, []), (1, [0])):
        assert world.proceed(t) == 0
        assert world.grant_to_all(t, woken) == 0
    assert world.status(0) == MOVED
    world.context.now = 8
    assert world.proceed(0) == 0
    assert world.frame_word(0, 0) == 8


def test_a_loop_without_time_is_an_error() -> None:
    world = world_of("top: MOVE 0 #1; JUMP @top")
    assert world.proceed(0) == FAULT_ENDLESS


def test_drawn_choices_depend_on_the_seed_only() -> None:
    def draws(seed: int) -> list[int]:
        a = Assembler()
        a.cell("x", 0)
        a.code("f", "top: CHOOSE_RANGE 0 #0 #1000; WRITE x 0; JUMP @top")
        a.thread("t", "f")
        world = World(Machine(a.program(), timed=True))
        world.context.seeded, world.context.random = True, seed
        assert world.boot() == 0
        assert world.proceed(0) == 0
        found = []
        for _ in range(50):
            assert world.grant(0) == 0
            found += world.memory(0, 1)
        return found

    assert draws(1) == draws(1)
    assert draws(1) != draws(2)
    assert len(set(draws(3))) > 40
    assert all(0 <= number < 1000 for number in draws(-5))


def test_both_readings_share_one_meaning() -> None:
    a = Assembler()
    a.cell("x", 0)
    a.code("f", "READ 0 x; WORK #1; ADD 0 0 #1; WRITE x 0; END")
    a.thread("t", "f")
    assert explore(a.program()).ends == {(1,)}
