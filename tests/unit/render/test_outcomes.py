"""The bar chart of final values: exact figures, long lists, programs without an end."""

from __future__ import annotations

import xml.etree.ElementTree as tree
from fractions import Fraction

import pytest
from pictured import DEADLOCK, HOSTILE, RACE, compare, program_of

from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult
from conclang.render.outcomes_svg import amount, outcomes_svg, percent

ENDLESS = """
shared stop = false
thread a { while not stop { yield } }
thread b { stop = true }
"""
MANY = """
scenario "Many outcomes"
shared x = 0
shared y = 0
thread a { y = 1
  x = choose(0..80) }
"""


def result_of(text: str) -> CheckResult:
    return check(program_of(text), CheckOptions(count=True))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("race", RACE),
        ("deadlock", DEADLOCK),
        ("hostile", HOSTILE),
        ("endless", ENDLESS),
        ("empty", ""),
    ],
)
def test_golden(name: str, text: str) -> None:
    compare(f"outcomes_{name}.svg", outcomes_svg(result_of(text)))


def test_bars_are_as_long_as_the_outcomes_are_probable() -> None:
    result = result_of(RACE)
    root = tree.fromstring(outcomes_svg(result))
    bars = [e for e in root.iter() if e.get("class") == "bar-of"]
    assert len(bars) == len(result.outcomes) == 3
    for bar, row in zip(bars, result.outcomes, strict=True):
        assert row.probability is not None
        chance = Fraction(*row.probability)
        assert float(bar.get("width", "0")) == pytest.approx(420 * float(chance), abs=0.01)
    total = sum(float(bar.get("width", "0")) for bar in bars)
    assert total == pytest.approx(420, abs=0.05)


def test_what_is_left_out_is_said() -> None:
    made = outcomes_svg(result_of(MANY))
    assert made.count('class="bar-of"') == 60 and "20 more outcomes are not drawn" in made


def test_without_counts_the_outcomes_are_still_there() -> None:
    made = outcomes_svg(result_of(ENDLESS))
    assert "stop = true" in made and "no end to its schedules" in made and "%" not in made


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 10**9), "< 0.1 %"),
        (1 - Fraction(1, 10**9), "> 99.9 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(1, 2), "50 %"),
    ],
)
def test_percent(chance: Fraction, words: str) -> None:
    assert percent(chance) == words


def test_large_numbers_keep_their_size() -> None:
    assert amount(137846528820) == "137,846,528,820"
    assert amount(8 * 10**20 + 1) == "8.00·10^20"
