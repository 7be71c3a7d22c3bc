"""Who waits for whom, and in which order locks are taken."""

from __future__ import annotations

import re

import pytest
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, compare, program_of

from conclang.analyses.lock_order import KINDS, LockOrder
from conclang.analyses.runner import Request, run_program
from conclang.views.runs import Course, locks_of, waits_of

PASSES = """
scenario "Passes here, may deadlock elsewhere"
lock a
lock b
lock c
thread x { lock a { lock b { work 1 } } }
thread y with arrival 10 { lock b { lock a { work 1 } } }
thread z { lock a { lock c { work 1 } } }
"""
RING = """
processor cpu { cores 5 }
lock fork[5]
thread p[i in 0..5] { lock fork[i] { work 1
  lock fork[(i + 1) % 5] { work 1 } } }
"""
ALONE = """
lock a
lock b
thread x { lock a { lock b { work 1 } }
  lock b { lock a { work 1 } } }
"""


def order_of(text: str) -> LockOrder:
    program = program_of(text)
    order = LockOrder({thing.name: kind for kind in KINDS for thing in program.things[kind]})
    run_program(program, Request(), order.see)
    return order


def edges(text: str) -> list[tuple[str, str, bool]]:
    """Source and target by label, and whether it is highlighted."""
    nodes = re.findall(r'\t(n\d+) \[label="?([^"\] \\]*)', text)
    names = dict(nodes)
    found = re.findall(r"\t(n\d+) -> (n\d+)(.*)", text)
    return [(names[a], names[b], "b3261e" in more) for a, b, more in found]


@pytest.mark.parametrize(
    ("name", "text", "at"),
    [
        ("deadlock", DEADLOCK, None),
        ("deadlock_at_0", AT_ONCE, None),
        ("ring", RING, None),
        ("conversation_19", CONVERSATION, 19),
        ("finished", CONVERSATION, None),
        ("empty", "", None),
    ],
)
def test_waits_golden(name: str, text: str, at: int | None) -> None:
    compare(f"waits_{name}.dot", waits_of(Course(program_of(text), Request()), at))


@pytest.mark.parametrize(("name", "text"), [("passes", PASSES), ("ring", RING), ("empty", "")])
def test_locks_golden(name: str, text: str) -> None:
    compare(f"locks_{name}.dot", locks_of(Course(program_of(text), Request())))


def test_a_deadlock_is_a_ring() -> None:
    made = edges(waits_of(Course(program_of(DEADLOCK), Request()), None))
    assert {(a, b) for a, b, bad in made if bad} == {("x", "b"), ("b", "y"), ("y", "a"), ("a", "x")}


QUEUE = "processor cpu { cores 4 }\nlock m\nthread t[i in 0..4] { work i * 2 + 1\n lock m { work 9 } }\n"


@pytest.mark.parametrize(
    ("text", "words", "waiting"),
    [
        (QUEUE, "at tick 8, where most wait", ["t[1]", "t[2]", "t[3]"]),
        (
            "lock m\nthread a { lock m { work 9 } }\nthread b { lock m { work 1 } }\n",
            ", the first wait",
            ["b"],
        ),
        ("thread a { sleep 3 }", "; nobody ever waits for another", []),
        (DEADLOCK, "", ["x", "y"]),
    ],
)
def test_the_moment_that_tells_most(text: str, words: str, waiting: list[str]) -> None:
    made = waits_of(Course(program_of(text), Request()), None)
    assert re.search(r"who waits for whom at tick \d+([^\"]*)\"", made)
    assert words in made
    waits = re.findall(r'label="([^\\]+)\\nwaits for', made)
    assert sorted(waits) == waiting


def test_before_the_deadlock_nobody_waits() -> None:
    made = edges(waits_of(Course(program_of(DEADLOCK), Request()), 2))
    assert [(a, b) for a, b, _ in made] == [("a", "x"), ("b", "y")]


def test_a_cycle_is_seen_though_this_run_passes() -> None:
    order = order_of(PASSES)
    assert order.risky() == {("a", "b"), ("b", "a")}
    assert order.orders["a", "c"].seen.keys() == {"z"}


def test_one_thread_alone_makes_no_deadlock() -> None:
    order = order_of(ALONE)
    assert set(order.orders) == {("a", "b"), ("b", "a")} and order.risky() == set()


def test_a_try_that_never_succeeds_counts() -> None:
    assert order_of(DEADLOCK).risky() == {("a", "b"), ("b", "a")}


def test_long_rings() -> None:
    assert len(order_of(RING).risky()) == 5
