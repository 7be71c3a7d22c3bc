"""Spawned threads, tasks on runtimes, event loops."""

from __future__ import annotations

from assemble import INT, Assembler
from outcomes import All, explore, initial

from conclang.machine.opcodes import (
    ASLEEP,
    AT,
    FAULT_JOIN_SELF,
    FAULT_NO_ROOM,
    FAULT_NO_THREAD,
    FINISHED,
)
from conclang.machine.state import Machine
from conclang.machine.world import World


def build(main: str, workers: int = 1, **functions: str) -> Assembler:
    """Cells x, y; lock m; channel c; runtime pool; functions take one word and give one."""
    a = Assembler()
    a.cell("x", 0)
    a.cell("y", 0)
    a.thing("lock", "m")
    a.thing("channel", "c")
    a.thing("runtime", "pool", workers)
    for name, text in functions.items():
        a.code(name, text, parameters=1, result=INT)
    a.code("main", main + "; END", frame=6)
    a.thread("main", "main")
    return a


def run(main: str, workers: int = 1, **functions: str) -> All:
    return explore(build(main, workers, **functions).program())


def test_a_result_comes_with_join() -> None:
    found = run(
        "MOVE 1 #20; SPAWN 0 =double 1 1; JOIN 2 0 1; WRITE x 2", double="ADD 0 0 0; RETURN 0 1"
    )
    assert found.ends == {(40, 0)}


def test_spawned_threads_run_beside_their_maker() -> None:
    found = run("SPAWN 0 =f 1 1; WRITE x #1; JOIN -1 0 0", f="WRITE x #2; RETURN 0 1")
    assert found.ends == {(1, 0), (2, 0)}


def test_mistakes_with_handles() -> None:
    assert run("SELF 0; JOIN -1 0 0").faults == {FAULT_JOIN_SELF}
    assert run("JOIN -1 #0 0").faults == {FAULT_NO_THREAD}
    assert run("JOIN -1 #77 0").faults == {FAULT_NO_THREAD}


def test_the_room_is_limited() -> None:
    """An indivisible block cannot make threads without end."""
    world = World(
        Machine(build("ATOMIC; top: SPAWN 0 =f 1 1; JUMP @top", f="RETURN 0 1").program())
    )
    assert world.boot() == 0
    assert world.take(0) == FAULT_NO_ROOM


def test_many_threads_make_the_buffer_grow() -> None:
    loop = """top: LT 1 0 #300; BRANCH 1 @go @out; go: SPAWN 2 =f 0 1; ADD 0 0 #1; JUMP @top
        out: JOIN 3 2 1; WRITE x 3"""
    (world,) = initial(build(loop, f="RETURN 0 1").program())
    while world.options(0):
        assert world.take(0) == 0
    assert world.count == 301
    assert world.memory(0, 1) == (299,)
    assert world.result(10) == (9,)


GO_TWO = "MOVE 1 #1; GO 0 =f 1 1 pool; MOVE 1 #2; GO 2 =f 1 1 pool; JOIN -1 0 0; JOIN -1 2 0"


def test_workers_limit_how_many_tasks_are_under_way() -> None:
    """With one worker, read and write of one task are never torn apart by the other."""
    f = "READ 1 x; ADD 1 1 #1; WRITE x 1; RETURN 0 1"
    assert run(GO_TWO, 1, f=f).ends == {(2, 0)}
    assert run(GO_TWO, 2, f=f).ends == {(1, 0), (2, 0)}


def test_a_lock_blocks_the_worker_but_sleep_frees_it() -> None:
    """One task holds the lock while it is off its worker; the other one blocks the only worker."""
    asleep = "READ 1 x; ACQUIRE m; SLEEP #1; RELEASE m; RETURN 0 1"
    assert (AT, AT, AT) in run(GO_TWO, 1, f=asleep).deadlocks
    assert not run(GO_TWO, 2, f=asleep).deadlocks
    awake = "READ 1 x; ACQUIRE m; WORK #1; RELEASE m; RETURN 0 1"
    assert not run(GO_TWO, 1, f=awake).deadlocks


def test_sleep_of_a_thread_is_no_step_but_that_of_a_task_is() -> None:
    (world,) = initial(build("SLEEP #3; WORK #2; IO #1 #0; YIELD; WRITE x #1").program())
    assert world.pc(0) == 4
    (world,) = initial(build("GO 0 =f 1 1 pool", f="SLEEP #3; WRITE x #1; RETURN 0 1").program())
    assert world.take(0) == 0
    assert world.options(1) == 1
    assert world.take(1) == 0
    assert world.memory(0, 1) == (0,)


ONE_SENDS = """EQ 1 0 #1; BRANCH 1 @send @take; send: SEND c 0 1; RETURN 0 1
    take: RECEIVE 2 -1 c 1; WRITE x 2; RETURN 0 1"""


def test_channels_park_tasks() -> None:
    """Two tasks of one worker talk to each other over an unbuffered channel."""
    found = run(GO_TWO, 1, f=ONE_SENDS)
    assert found.ends == {(1, 0)}
    assert not found.deadlocks


PARKER = "WRITE y #1; RECEIVE 1 -1 c 1; WRITE x 1; RETURN 0 1"


def test_the_worker_of_a_parked_task_is_free() -> None:
    main = "GO 0 =f 1 1 pool; READ 2 x; MOVE 1 #9; SEND c 1 1"
    (world,) = initial(build(main, 1, f=PARKER).program())
    for t in (0, 1):
        assert world.take(t) == 0
        assert world.word(world.machine.runtimes) == 1  # after its write it parks at the receive
    assert [world.take(0), world.take(0), world.take(1)] == [0, 0, 0]
    assert world.status(1) == FINISHED
    assert world.word(world.machine.runtimes) == 1


def test_a_receive_that_is_served_does_not_park() -> None:
    (world,) = initial(build("GO 0 =f 1 1 pool; MOVE 1 #9; SEND c 1 1", 1, f=PARKER).program())
    assert [world.take(0), world.take(1)] == [0, 0]
    assert world.word(world.machine.runtimes) == 0
    assert [world.take(0), world.take(1)] == [0, 0]
    assert world.memory(0, 1) == (9,)


def test_an_async_task_starts_at_the_next_await() -> None:
    main = "ASYNC 0 =f 1 1; WRITE x #1; AWAIT -1 0 0; WRITE x #2"
    found = run(main, f="READ 1 x; WRITE y 1; RETURN 0 1")
    assert found.ends == {(2, 1)}


def test_tasks_of_one_loop_never_interrupt_each_other() -> None:
    f = "READ 1 x; ADD 1 1 #1; WRITE x 1; RETURN 0 1"
    assert run("ASYNC 0 =f 1 1; ASYNC 2 =f 1 1; AWAIT -1 0 0; AWAIT -1 2 0", f=f).ends == {(2, 0)}
    parking = "READ 1 x; SLEEP #1; ADD 1 1 #1; WRITE x 1; RETURN 0 1"
    assert run("ASYNC 0 =f 1 1; ASYNC 2 =f 1 1; AWAIT -1 0 0; AWAIT -1 2 0", f=parking).ends == {
        (1, 0),
        (2, 0),
    }


def test_a_body_blocks_its_loop_while_it_sends() -> None:
    taker = "RECEIVE 1 -1 c 1; WRITE x 1; RETURN 0 1"
    assert run("ASYNC 0 =f 1 1; SEND c 1 1; AWAIT -1 0 0", f=taker).deadlocks == {(AT, AT)}


def test_a_parked_task_can_be_served_while_its_loop_is_busy() -> None:
    """The body sends after an await in which the other task may have come to its receive, or not."""
    taker = "READ 1 y; RECEIVE 1 -1 c 1; WRITE x 1; RETURN 0 1"
    main = "ASYNC 0 =f 1 1; ASYNC 2 =g 1 1; AWAIT -1 2 0; MOVE 1 #7; SEND c 1 1; AWAIT -1 0 0"
    found = run(main, f=taker, g="WRITE y #1; RETURN 0 1")
    assert found.ends == {(7, 1)}
    assert (AT, AT, FINISHED) in found.deadlocks


def test_two_async_tasks_talk() -> None:
    main = "MOVE 1 #1; ASYNC 0 =f 1 1; MOVE 1 #2; ASYNC 2 =f 1 1; AWAIT -1 0 0; AWAIT -1 2 0"
    found = run(main, f=ONE_SENDS)
    assert found.ends == {(1, 0)}
    assert not found.deadlocks


def test_async_tasks_of_a_body_that_has_ended_go_on() -> None:
    assert run("ASYNC 0 =f 1 1", f="WRITE x #1; RETURN 0 1").ends == {(1, 0)}


def test_async_in_a_go_task_needs_its_worker() -> None:
    """One worker, held for ever by a task at a lock: the other's async task cannot start."""
    functions = {
        "leaf": "WRITE x #1; RETURN 0 1",
        "maker": "ASYNC 1 =leaf 0 1; AWAIT -1 1 0; RETURN 0 1",
        "blocker": "ACQUIRE m; ACQUIRE m; RETURN 0 1",
    }
    main = "GO 0 =maker 1 1 pool; GO 2 =blocker 1 1 pool"
    found = run(main, 1, **functions)
    assert any(statuses.count(AT) >= 2 for statuses in found.deadlocks)
    assert ASLEEP not in {status for statuses in found.deadlocks for status in statuses}
    assert not found.ends


def test_a_task_without_a_step_ends_when_it_is_made() -> None:
    (world,) = initial(
        build("GO 0 =f 1 1 pool; AWAIT 2 0 1; WRITE x 2", f="ADD 0 0 #5; RETURN 0 1").program()
    )
    assert world.take(0) == 0
    assert world.status(1) == FINISHED
    assert world.options(0) == 1
