"""The lock order over all schedules: circles that no run has shown yet."""

from __future__ import annotations

import pytest
from pictured import DEADLOCK, compare, program_of

from conclang.pipeline import load_text
from conclang.views.all_locks import order_of_all
from conclang.views.asking import Ask, TooMany
from conclang.views.runs import course_of, locks_of
from conclang.views.table import picture

HIDDEN = """
scenario "Only some schedules take both"
lock a
lock b
atomic late = false
thread x { work 1
  lock a { lock b { } }
  late = true }
thread y { if not late { lock b { lock a { } } } }
"""
GATED = """
scenario "A gate lock keeps the circle harmless only if it is always taken"
lock gate
lock a
lock b
thread x { lock gate { lock a { lock b { } } } }
thread y { lock gate { lock b { lock a { } } } }
"""
KINDS = """
rwlock r
lock m
thread x { read r { lock m { } } }
thread y { lock m { write r { } } }
"""


@pytest.mark.parametrize(
    ("name", "text"), [("deadlock", DEADLOCK), ("hidden", HIDDEN), ("kinds", KINDS)]
)
def test_golden(name: str, text: str) -> None:
    made = picture(load_text(text), "locks", "dot", Ask(every=True))
    assert isinstance(made, str)
    compare(f"locks_all_{name}.dot", made)


def test_a_circle_that_a_run_does_not_show() -> None:
    program = program_of(HIDDEN)
    run = locks_of(course_of(program, Ask(policy="fifo", cores=1)))
    assert "no cycle" in run
    assert order_of_all(program).risky() == {("a", "b"), ("b", "a")}


def test_edges_know_threads_and_lines() -> None:
    order = order_of_all(program_of(DEADLOCK))
    sites = program_of(DEADLOCK).sites
    seen = order.orders["a", "b"].seen
    assert list(seen) == ["x"] and [sites[site].line for site in seen["x"]] == [5, 6]


def test_every_order_of_a_gate_is_there() -> None:
    assert set(order_of_all(program_of(GATED)).orders) == {
        ("gate", "a"),
        ("gate", "b"),
        ("a", "b"),
        ("b", "a"),
    }


def test_sides_of_an_rwlock_count() -> None:
    assert order_of_all(program_of(KINDS)).risky() == {("r", "m"), ("m", "r")}


def test_too_many_states_is_unknown() -> None:
    with pytest.raises(TooMany, match="--max-states"):
        order_of_all(program_of(DEADLOCK), 3)
