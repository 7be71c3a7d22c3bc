"""From scenarios to micro-ops: order, places, liveness, leaving blocks."""

from __future__ import annotations

from conclang import pipeline
from conclang.ir.ops import OPS
from conclang.ir.program import Program
from conclang.ir.verify import verify


def program(text: str) -> Program:
    checked = pipeline.load_text(text)
    assert checked.program is not None, [d.message for d in checked.bag]
    assert not list(verify(checked.program))
    return checked.program


def visible(text: str, code: int = 0) -> list[str]:
    """The visible micro-ops of a code, with the text they come from."""
    made = program(text)
    body = made.codes[code]
    return [
        f"{op.kind.name} {made.sites[op.site].text}"
        for op in made.ops[body.entry : body.end]
        if OPS[op.kind].visible
    ]


def kinds(text: str, code: int = 0) -> list[str]:
    return [line.split()[0] for line in visible(text, code)]


def test_an_augmented_assignment_reads_then_writes() -> None:
    assert visible("shared x = 0\nthread t { x += 1 }") == ["READ x += 1", "WRITE x += 1"]


def test_the_target_of_an_augmented_assignment_is_read_before_the_value() -> None:
    made = program("shared x = 0\nshared y = 0\nthread t { x += y }")
    reads = [op for op in made.ops if op.kind.name == "READ"]
    addresses = [made.constants[~op.b] for op in reads]
    assert addresses == [0, 1]


def test_an_assignment_reads_only_its_value() -> None:
    assert kinds("shared x = 0\nshared y = 0\nthread t { x = y }") == ["READ", "WRITE"]


def test_and_or_read_only_what_they_need() -> None:
    text = "shared x = 0\nshared y = 0\nthread t { if x == 1 and y == 1 { x = 2 } }"
    made = program(text)
    first_read = next(i for i, op in enumerate(made.ops) if op.kind.name == "READ")
    branch = next(i for i, op in enumerate(made.ops) if op.kind.name == "BRANCH")
    second = [i for i, op in enumerate(made.ops) if op.kind.name == "READ"][1]
    assert first_read < branch < second


def test_break_leaves_the_blocks_it_crosses_and_no_more() -> None:
    text = """
    lock outer
    lock inner
    thread t { lock outer { loop { lock inner { break } } } }
    """
    assert kinds(text) == ["ACQUIRE", "ACQUIRE", "RELEASE", "RELEASE", "RELEASE"]


def test_return_gives_every_lock_back_after_the_value_is_computed() -> None:
    text = """
    shared x = 0
    lock a
    lock b
    fn f() { lock a { lock b { return x } } }
    thread t { let v = f(); x = v }
    """
    order = kinds(text)
    assert order[:5] == ["ACQUIRE", "ACQUIRE", "READ", "RELEASE", "RELEASE"]


def test_a_message_of_an_assertion_costs_no_step() -> None:
    text = 'shared x = 0\nthread t { assert x == 0, "x is {x}" }'
    assert kinds(text) == ["READ"]


def test_a_whole_array_is_read_element_by_element() -> None:
    assert kinds("shared a[3] = 0\nthread t { print a }") == ["READ", "READ", "READ", "PRINT"]


def test_wait_is_followed_by_taking_the_lock_back() -> None:
    text = "lock m\ncondition c\nthread t { lock m { wait c } }"
    assert kinds(text) == ["ACQUIRE", "WAIT", "RETAKE", "RELEASE"]


def test_dead_slots_are_not_live() -> None:
    made = program("shared x = 0\nthread t { let a = 5; x = a; x = 1 }")
    writes = [pc for pc, op in enumerate(made.ops) if op.kind.name == "WRITE"]
    assert made.live[writes[1]] == ()


def test_strings_are_numbered_in_their_order() -> None:
    made = program('shared s = "pear"\nthread t { if s == "plum" { s = "apple" } }')
    assert made.strings == ("", "apple", "pear", "plum")


def test_the_digest_does_not_know_layout() -> None:
    one = program("shared x = 0\nthread t { x += 1 }")
    two = program("// a remark\nshared x = 0\n\nthread t {\n  x += 1\n}")
    other = program("shared x = 0\nthread t { x += 2 }")
    assert one.digest == two.digest != other.digest


def test_a_family_may_start_elsewhere_than_at_zero() -> None:
    text = """
    thread p[i in 2..4] { work 1 }
    thread t { join p[3]; for k in 2..4 { join p[k] } }
    """
    made = program(text)
    joins = [op for op in made.ops if op.kind.name == "JOIN"]
    assert made.constants[~next(op.b for op in joins if op.b < 0)] == 2
