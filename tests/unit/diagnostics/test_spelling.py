"""Did you mean …?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conclang.diagnostics.spelling import did_you_mean, distance, suggestion, suggestions

NAMES = ["count", "counter", "amount", "lock", "round_robin", "fifo", "m", "n"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("cuont", "count"),
        ("coutn", "count"),
        ("Count", "count"),
        ("conut", "count"),
        ("roundrobin", "round_robin"),
        ("round-robin", "round_robin"),
        ("robin", "round_robin"),
        ("fifi", "fifo"),
        ("x", None),
        ("zebra", None),
        ("", None),
        ("count", "counter"),
        ("c" * 10_000, None),
    ],
)
def test_what_people_mean(word: str, meant: str | None) -> None:
    assert suggestion(word, NAMES) == meant


def test_the_sentence() -> None:
    assert did_you_mean("cuont", NAMES) == "did you mean `count`?"
    assert did_you_mean("bat", ["bar", "baz", "cat"]) == "did you mean `bar` or `baz`?"
    assert did_you_mean("qqqqq", NAMES) == ""


def test_order_of_the_candidates_does_not_matter() -> None:
    assert suggestions("bat", ["baz", "bar"]) == suggestions("bat", {"bar": 1, "baz": 2})


def slow_distance(a: str, b: str) -> int:
    """Optimal string alignment, straight from its definition."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            best = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(a), len(b)]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 4))
def test_distance_in_a_band_is_the_distance(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == min(slow_distance(a, b), limit + 1)


def test_many_names_cost_little() -> None:
    names = [f"variable_number_{n}" for n in range(5000)]
    started = time.perf_counter()
    assert suggestion("variable_nubmer_77", names) == "variable_number_77"
    assert time.perf_counter() - started < 2
