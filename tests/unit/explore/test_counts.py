"""Exact numbers of schedules and exact probabilities."""

from __future__ import annotations

from math import comb

import pytest

from tests.unit.explore.helpers import look


@pytest.mark.parametrize(("threads", "rounds", "complete"), [(2, 1, 6), (2, 2, 70), (3, 1, 90)])
def test_interleavings_of_a_counter(threads: int, rounds: int, complete: int) -> None:
    text = f"shared c = 0\nthread p[i in 0..{threads}] {{ repeat {rounds} {{ c += 1 }} }}\n"
    counts = look(text, count=True).counts
    assert counts is not None
    assert counts.complete == counts.finished == complete
    assert not counts.infinite


def test_counts_beyond_64_bits_are_exact() -> None:
    text = "atomic c = 0\nthread p[i in 0..2] { repeat 40 { c.add(1) } }\n"
    counts = look(text, count=True).counts
    assert counts is not None
    assert counts.complete == comb(80, 40)


def test_each_branch_of_choose_is_a_schedule_of_its_own() -> None:
    text = "shared x = 0\nthread a { x = choose(1, 2, 2) }\n"
    result = look(text, count=True)
    assert result.counts is not None
    assert result.counts.complete == 3
    assert [row.probability for row in result.outcomes] == [(1, 3), (2, 3)]


def test_probability_is_uniform_over_what_can_happen_next() -> None:
    text = "shared x = 0\nthread a { x = 1 }\nthread b { x = 2 \n x = 3 }\nexpect race on x\n"
    result = look(text, count=True)
    by_value = {dict(row.values)["x"]: row for row in result.outcomes}
    assert by_value[1].probability == (1, 4)
    assert by_value[3].probability == (3, 4)
    assert (by_value[1].schedules, by_value[3].schedules) == (1, 2)


def test_an_endless_program_says_so() -> None:
    result = look("shared x = 0\nthread a { loop { x = 1 \n x = 0 } }\n", count=True)
    assert result.counts is not None
    assert result.counts.infinite
    assert result.counts.complete is None


def test_a_thread_that_spins_makes_the_program_endless() -> None:
    result = look("thread a { loop { yield } }\n", count=True)
    assert result.counts is not None
    assert result.counts.infinite
    assert result.verdict == "holds"


@pytest.mark.parametrize("others", ["x = 1; assert x == 0", "x = 1 / x", "", "lock m { x = 1 }"])
def test_who_goes_round_without_a_step_makes_it_endless(others: str) -> None:
    text = f"shared x = 0\nlock m\nthread a {{ x = 0; loop {{ }} }}\nthread b {{ {others} }}\n"
    counts = look(text, count=True).counts
    assert counts is not None
    assert (counts.infinite, counts.complete) == (True, None)
