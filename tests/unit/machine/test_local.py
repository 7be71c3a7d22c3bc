"""Local code: arithmetic, calls, choices, loops without a step."""

from __future__ import annotations

import pytest
from assemble import INT, Assembler
from outcomes import All, explore, initial

from conclang.ir.program import Part, Shape, Template
from conclang.machine.opcodes import (
    ASSERT,
    FAULT_ASSERTION,
    FAULT_BLOCKING,
    FAULT_CALL_DEPTH,
    FAULT_DIVISION,
    FAULT_EMPTY_CHOICE,
    FAULT_ENDLESS,
    FAULT_INDEX,
    FAULT_LONG_LOOP,
    FAULT_NEGATIVE,
    FAULT_OVERFLOW,
    SPINNING,
)
from conclang.machine.state import Machine
from conclang.machine.world import World

LEAST, MOST = -(1 << 63), (1 << 63) - 1


def build(body: str, frame: int = 8, **functions: str) -> Assembler:
    """Cells x, y, z; one thread; functions take a word and give one."""
    a = Assembler()
    for name in "xyz":
        a.cell(name, 0)
    a.thing("lock", "m")
    a.thing("lock", "n")
    a.thing("section", "s")
    for name in functions:
        a.names[name] = list(functions).index(name)
    for name, text in functions.items():
        a.code(name, text, frame=4, parameters=1, result=INT)
    a.code("main", body + "; END", frame=frame)
    a.thread("main", "main")
    return a


def run(body: str, frame: int = 8, **functions: str) -> All:
    return explore(build(body, frame, **functions).program())


def result_of(operation: str) -> int | str:
    """What `OP a b` comes to, or the fault."""
    kind, *operands = operation.split()
    (world,) = [World(Machine(build(f"{kind} 0 {' '.join(operands)}; WRITE x 0").program()))]
    fault = world.boot()
    if fault:
        return {FAULT_OVERFLOW: "overflow", FAULT_DIVISION: "division"}[fault]
    return world.frame_word(0, 0)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("ADD #2 #3", 5),
        (f"ADD #{MOST} #0", MOST),
        (f"ADD #{MOST} #1", "overflow"),
        (f"ADD #{LEAST} #-1", "overflow"),
        (f"SUB #{LEAST} #1", "overflow"),
        (f"SUB #0 #{LEAST}", "overflow"),
        (f"SUB #-1 #{LEAST}", MOST),
        (f"MUL #{1 << 62} #2", "overflow"),
        (f"MUL #{1 << 62} #-2", LEAST),
        (f"MUL #{LEAST} #-1", "overflow"),
        ("MUL #3037000500 #3037000500", "overflow"),
        ("MUL #3037000499 #3037000499", 3037000499**2),
        ("DIV #7 #2", 3),
        ("DIV #-7 #2", -4),
        ("DIV #7 #-2", -4),
        ("DIV #-7 #-2", 3),
        (f"DIV #{LEAST} #-1", "overflow"),
        ("DIV #1 #0", "division"),
        ("MOD #7 #3", 1),
        ("MOD #-7 #3", 2),
        ("MOD #7 #-3", -2),
        ("MOD #-7 #-3", -1),
        (f"MOD #{LEAST} #-1", 0),
        ("MOD #1 #0", "division"),
        ("NEG #5", -5),
        (f"NEG #{LEAST}", "overflow"),
        (f"ABS #{LEAST}", "overflow"),
        ("ABS #-5", 5),
        ("NOT #0", 1),
        ("NOT #3", 0),
        ("EQ #2 #2", 1),
        ("NE #2 #2", 0),
        ("LT #-1 #0", 1),
        ("LE #0 #0", 1),
        ("MIN #-3 #2", -3),
        ("MAX #-3 #2", 2),
    ],
)
def test_arithmetic_is_exact(operation: str, expected: int | str) -> None:
    assert result_of(operation) == expected


def test_local_arrays() -> None:
    assert run(
        "MOVE 0 #4; MOVE 1 #5; MOVE 2 #6; GET 3 0 #2 3 1; WRITE x 3; PUT 3 0 #0 3 1; WRITE y 0"
    ).ends == {(6, 6, 0)}
    assert run("COPY 3 0 3; MOVE 0 #1; COPY 1 0 3; WRITE x 1; WRITE y 2").ends == {(1, 0, 0)}
    for index in (-1, 3, MOST):
        world = World(Machine(build(f"MOVE 4 #{index}; GET 3 0 4 3 1; WRITE x 3").program()))
        assert world.boot() == FAULT_INDEX
        assert world.fault == (FAULT_INDEX, 0, world.fault[2], (index, 3))


def test_calls_nest_and_keep_frames_apart() -> None:
    functions = {
        "twice": "CALL 3 0 1 1 1; CALL 3 1 1 1 1; RETURN 1 1",
        "unused": "RETURN 0 1",
        "u": "RETURN 0 1",
        "inc": "READ 1 x; ADD 0 0 1; RETURN 0 1",
    }
    functions["inc"] = "READ 1 x; ADD 0 0 #1; RETURN 0 1"
    assert run("MOVE 0 #5; CALL =twice 0 1 1 1; WRITE y 1; WRITE z 0", **functions).ends == {
        (0, 7, 5)
    }


def test_recursion_is_bounded() -> None:
    down = """LE 1 0 #0; BRANCH 1 @stop @go; go: SUB 1 0 #1; CALL 0 1 1 1 1; ADD 1 1 #1; RETURN 1 1
        stop: RETURN 0 1"""
    assert run(
        "MOVE 0 #200; READ 1 x; MOVE 0 #199; CALL =down 0 1 1 1; WRITE x 1", down=down
    ).ends == {(199, 0, 0)}
    world = World(Machine(build("MOVE 0 #200; CALL =down 0 1 1 1; WRITE x 1", down=down).program()))
    assert world.boot() == FAULT_CALL_DEPTH
    assert world.fault[3] == (200,)


def test_recursive_functions_with_steps() -> None:
    down = """LE 1 0 #0; BRANCH 1 @stop @go; go: READ 2 x; ADD 2 2 #1; WRITE x 2; SUB 1 0 #1
        CALL 0 1 1 1 1; RETURN 1 1; stop: RETURN 0 1"""
    a = build("MOVE 0 #3; CALL =down 0 1 1 1", down=down)
    assert explore(a.program()).ends == {(3, 0, 0)}
    a.thread("again", "main")
    assert explore(a.program()).ends == {(n, 0, 0) for n in range(2, 7)}


def test_frames_are_shown_from_outside_in() -> None:
    (world,) = initial(
        build(
            "MOVE 0 #3; CALL =f 0 1 1 1; WRITE x 1", f="MOVE 1 #9; READ 2 x; RETURN 2 1"
        ).program()
    )
    (outer_pc, outer), (inner_pc, inner) = world.frames(0)
    assert outer[0] == 3
    assert inner[:2] == [3, 9]
    ops = world.machine.program.ops
    assert [ops[pc].kind.name for pc in (outer_pc, inner_pc)] == ["CALL", "READ"]


def test_choices_are_branches() -> None:
    assert run("MOVE 0 #4; MOVE 1 #5; MOVE 2 #4; CHOOSE 3 0 3; WRITE x 3").ends == {
        (4, 0, 0),
        (5, 0, 0),
    }
    found = run("READ 3 x; CHOOSE_RANGE 0 #2 #5; CHOOSE_RANGE 1 #0 0; WRITE x 0; WRITE y 1")
    assert found.ends == {(a, b, 0) for a in range(2, 5) for b in range(a)}
    world = World(Machine(build("CHOOSE_RANGE 0 #5 #5; WRITE x 0").program()))
    assert world.boot() == FAULT_EMPTY_CHOICE


def test_choices_come_depth_first_and_replay() -> None:
    machine = Machine(build("CHOOSE_RANGE 0 #0 #2; CHOOSE_RANGE 1 #0 #2; WRITE x 0").program())
    world, seen, digits = World(machine), [], ()
    while digits is not None:
        assert world.boot(digits) == 0
        seen.append(world.chosen)
        digits = world.next_digits()
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert world.boot((1, 0)) == 0
    assert (world.frame_word(0, 0), world.frame_word(0, 1)) == (1, 0)


def test_clock_in_check_never_goes_back() -> None:
    a = build("NOW 0; WRITE x 0; NOW 0; WRITE y 0")
    a.landmarks = (0, 5, 6)
    found = explore(a.program())
    assert found.ends == {(p, q, 0) for p in (0, 5, 6) for q in (0, 5, 6) if p <= q}


def test_waiting_for_the_clock_ends() -> None:
    a = build("top: NOW 0; LT 1 0 #5; BRANCH 1 @top @out; out: WRITE x #1")
    a.landmarks = (0, 5, 6)
    found = explore(a.program())
    assert found.ends == {(1, 0, 0)}
    assert not found.spins


@pytest.mark.parametrize(
    "body",
    [
        "top: JUMP @top",
        "top: WORK #1; JUMP @top",
        "top: ADD 0 0 #1; YIELD; JUMP @top",
        "top: MOVE 0 #1; MUL 1 0 0; JUMP @top",
        "MOVE 0 #9; top: SUB 0 0 #3; MAX 0 0 #-3; EQ 1 0 #7; BRANCH 1 @out @top; out: READ 0 x",
        "MOVE 0 #8; top: MOD 0 0 #7; ADD 0 0 #1; LT 1 0 #8; BRANCH 1 @top @out; out: READ 0 x",
    ],
)
def test_endless_loops_spin(body: str) -> None:
    (world,) = initial(build(body).program())
    assert world.status(0) == SPINNING
    assert world.options(0) == 0


def test_long_loops_are_not_endless() -> None:
    found = run("top: ADD 0 0 #1; MUL 1 0 #3; LT 1 0 #70000; BRANCH 1 @top @out; out: WRITE x 0")
    assert found.ends == {(70000, 0, 0)}


def test_what_cannot_be_known_is_a_limit() -> None:
    world = World(
        Machine(
            build(
                "top: ADD 0 0 #1; MUL 1 0 #2; LT 1 0 #900; BRANCH 1 @top @out; out: READ 0 x"
            ).program()
        )
    )
    world.context.budget = 100
    assert world.boot() == FAULT_LONG_LOOP


def test_choosing_for_ever_is_spinning_too() -> None:
    found = run("top: CHOOSE_RANGE 0 #0 #2; BRANCH 0 @top @out; out: MOVE 0 #0; WRITE x #1")
    assert found.ends == {(1, 0, 0)}
    assert found.spins


def test_an_indivisible_block_is_one_step() -> None:
    body = "ATOMIC; READ 0 x; ADD 0 0 #1; WRITE x 0; ATOMIC_END"
    a = build(body)
    a.thread("other", "main")
    found = explore(a.program())
    assert found.ends == {(2, 0, 0)}
    assert found.states == 4


@pytest.mark.parametrize("inside", ["ACQUIRE m; ACQUIRE m", "SLEEP #1", "IO #1 #0"])
def test_blocking_inside_a_block_is_a_mistake(inside: str) -> None:
    assert run(f"ATOMIC; {inside}; ATOMIC_END").faults == {FAULT_BLOCKING}


def test_a_block_may_use_what_is_free() -> None:
    assert run("ATOMIC; ACQUIRE m; WRITE x #1; RELEASE m; WORK #5; ATOMIC_END").ends == {(1, 0, 0)}
    assert run("ATOMIC; CHOOSE_RANGE 0 #0 #2; WRITE x 0; ATOMIC_END").ends == {(0, 0, 0), (1, 0, 0)}
    assert run("ATOMIC; top: JUMP @top").faults == {FAULT_ENDLESS}


def test_assertions_and_amounts() -> None:
    a = build("MOVE 0 #7; ASSERT 1 0")
    a.messages.append(Template((Part("seven is "), Part("", 0, Shape("int")))))
    world = World(Machine(a.program()))
    assert world.boot() == FAULT_ASSERTION
    assert next(record for record in world.log if record[0] == ASSERT)[3:] == [0, 7]
    world = World(Machine(build("CHECK_AMOUNT #-4").program()))
    assert world.boot() == FAULT_NEGATIVE
    assert world.fault[3] == (-4,)
    assert run("CHECK_AMOUNT #0; WRITE x #1").ends == {(1, 0, 0)}


def test_print_and_sections_are_steps() -> None:
    a = build("MOVE 0 #4; PRINT 0; ENTER 0; WRITE x #1; LEAVE 0")
    a.templates.append(
        Template((Part("v = "), Part("", 0, Shape("int")), Part("", a.constant(9), Shape("int"))))
    )
    (world,) = initial(a.program())
    world.logging = True
    logs = []
    while world.options(0):
        assert world.take(0) == 0
        logs += [record[0:1] + record[3:] for record in world.log]
    assert len(logs) == 5
    assert logs[0][2:] == [4, 9]
