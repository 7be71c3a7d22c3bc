"""The folded state graph: what it says, how it folds, and when it refuses."""

from __future__ import annotations

import pytest
from pictured import DEADLOCK, HOSTILE, compare

from conclang.explore.folding import ERROR, States
from conclang.pipeline import load_text
from conclang.views.asking import CannotBeHad
from conclang.views.states import states_text

COUNTER = """
scenario "Two threads, one counter"
shared count = 0
thread alice { count += 1 }
thread bob { count += 1 }
"""
FAILS = """
shared x = 0
thread a { x = 1 }
thread b { assert x == 0 }
"""
LARGE = """
shared a = 0
shared b = 0
thread p { repeat 13 { a += 1 } }
thread q { repeat 13 { b += 1 } }
"""


def states(text: str) -> States:
    program = load_text(text).program
    assert program is not None
    return States(program, 20_000)


def text_of(text: str, by: str | None = None, most: int | None = None) -> str:
    return states_text(load_text(text), {}, by, most)


@pytest.mark.parametrize(
    ("name", "text", "by"),
    [
        ("counter", COUNTER, None),
        ("counter_by_count", COUNTER, "count"),
        ("deadlock", DEADLOCK, None),
        ("deadlock_by_locks", DEADLOCK, "locks"),
        ("assertion", FAILS, None),
        ("empty", "", None),
    ],
)
def test_golden(name: str, text: str, by: str | None) -> None:
    compare(f"states_{name}.dot", text_of(text, by))


@pytest.mark.parametrize("text", [COUNTER, DEADLOCK, FAILS, LARGE])
def test_every_state_is_in_one_node(text: str) -> None:
    made = states(text)
    for key in (None, made.values, made.locks):
        folded = made.folded(key)
        assert sum(node.states for node in folded.nodes) == folded.states == made.graph.count


def test_ends_are_told_apart() -> None:
    kinds = {node.kind for node in states(DEADLOCK).folded(None).nodes}
    assert kinds == {"", "finished", "deadlocked"}
    values = {node.last for node in states(COUNTER).folded(None).nodes if node.kind == "finished"}
    assert values == {("count = 1",), ("count = 2",)}


def test_fold_by_a_value() -> None:
    made = states(COUNTER)
    keys = [node.first for node in made.folded(made.values).nodes]
    assert set(keys) == {("count = 0",), ("count = 1",), ("count = 2",)}


def test_by_expressions_of_every_type() -> None:
    for by in ("count", "count == 1", "count % 2, count > 0", "count + 1, locks"):
        assert f"folded by {by}" in text_of(COUNTER, by)


def test_a_failing_step_leads_to_the_error() -> None:
    assert any(edge.target == ERROR for edge in states(FAILS).folded(None).edges)


def test_the_way_to_the_deadlock_is_highlighted() -> None:
    made = text_of(DEADLOCK)
    assert "b3261e" in made and "deadlocked" in made


@pytest.mark.parametrize("by", ["nonsense", "count +", "count == 1)", "", "count }", "x y"])
def test_nonsense_is_refused(by: str) -> None:
    if by:
        with pytest.raises(CannotBeHad, match="is no expression"):
            text_of(COUNTER, by)
    else:
        assert text_of(COUNTER, by) == text_of(COUNTER)


def test_too_many_states_and_too_many_nodes() -> None:
    with pytest.raises(CannotBeHad, match="more than 100 states"):
        text_of(LARGE, None, 100)
    with pytest.raises(CannotBeHad, match="fold them by"):
        text_of(LARGE, "a, b")
    assert "folded by b" in text_of(LARGE, "b")
    plain = "channel c(9)\nthread p { repeat 30 { c <- 1 } }\nthread q { for v in c { work 1 } }"
    with pytest.raises(CannotBeHad, match="fold them by"):
        text_of(plain + "\nthread r { repeat 3 { c <- 1 } }")


def test_hostile_title() -> None:
    assert "\u202e" not in text_of(HOSTILE)


def test_created_threads_are_named() -> None:
    drawn = text_of("shared x = 0\nfn job() { x = 1 }\nthread boss { spawn job(); spawn job() }")
    assert 'label="job#1"' in drawn and 'label="job#2"' in drawn
