"""Few preemptions: which schedules are left, and how many a bug needs."""

from __future__ import annotations

import pytest

from tests.unit.explore.helpers import kinds, look, only, values

COUNTER = (
    "shared count = 0\nthread a { repeat 2 { count += 1 } }\n"
    "thread b { repeat 2 { count += 1 } }\nexpect race on count\n"
)
ABBA = "lock a\nlock b\nthread p { lock a { lock b { } } }\nthread q { lock b { lock a { } } }\n"


@pytest.mark.parametrize(("most", "counts"), [(0, {4}), (1, {2, 4}), (2, {2, 3, 4})])
def test_outcomes_with_few_preemptions(most: int, counts: set[int]) -> None:
    assert values(look(COUNTER, preemptions=most), "count") == counts


def test_each_finding_names_the_fewest_that_show_it() -> None:
    assert only(look(ABBA), "deadlock").preemptions == 1
    text = COUNTER + "expect always count < 4\n"
    assert only(look(text), "expectation").preemptions == 0
    text = COUNTER + "expect never count == 3 \nexpect finally count != 3\n"
    found = [f for f in look(text).findings if "finally" in f.message]
    assert [f.preemptions for f in found] == [2]


def test_a_deadlock_that_needs_an_interrupt_is_not_found_without() -> None:
    assert kinds(look(ABBA, preemptions=0)) == []
    assert kinds(look(ABBA, preemptions=1)) == ["deadlock"]


def test_blocking_is_no_preemption() -> None:
    text = "lock m\ncondition c\nthread w { lock m { wait c } }\nthread s { lock m { signal c } }\n"
    assert only(look(text, preemptions=0), "deadlock").preemptions == 0
    assert only(look(text), "deadlock").preemptions == 0


def test_cooperative_threads_are_switched_at_a_yield() -> None:
    text = "shared x = 0\nthread p[i in 0..2] { let v = x\n yield\n x = v + 1 }\nexpect race on x\n"
    assert values(look(text, preemptions=0), "x") == {2}
    assert values(look(text, preemptions=0, yields=True), "x") == {1, 2}
