"""Charts of a comparison: what they show, in how many ways lines differ, and odd cases."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from fractions import Fraction

import pytest
from pictured import CONVERSATION, DEADLOCK, HOSTILE, compare, program_of

from conclang.render.compare_svg import LINES, SIGNS, nice, shown
from conclang.views.asking import Ask, CannotBeHad
from conclang.views.comparing import Compared, chart, compared, requests_of

WORKERS = """
scenario "Six workers on a few cores"
processor cpu { cores 2 scheduler fifo switch_cost 1 }
shared total = 0
lock m
thread worker[i in 0..6] {
  work 8 + i * 3
  lock m { total += 1 }
  work 4
}
"""


def rows_of(text: str, policies: str | None, *cores: int) -> tuple[Compared, ...]:
    program = program_of(text)
    return compared(program, requests_of(program, Ask(), policies, cores))


@pytest.mark.parametrize(
    ("name", "text", "policies", "cores"),
    [
        ("policies", WORKERS, None, ()),
        ("cores", WORKERS, "fifo; round_robin(quantum: 2); cfs", (1, 2, 4, 8)),
        ("deadlock", DEADLOCK, "fifo; round_robin(quantum: 1)", (1, 2)),
        ("hostile", HOSTILE, "fifo", ()),
        ("empty", "", "fifo", (1, 3)),
    ],
)
def test_golden(name: str, text: str, policies: str | None, cores: tuple[int, ...]) -> None:
    compare(f"compare_{name}.svg", chart(rows_of(text, policies, *cores)))


def test_a_line_for_each_policy_and_a_mark_for_each_run() -> None:
    rows = rows_of(WORKERS, "fifo; cfs", 1, 2, 4)
    root = tree.fromstring(chart(rows))
    tips = [e.findtext("{*}title") for e in root.iter() if "sign" in e.get("class", "")]
    for row in rows:
        figure = shown(float(row.result.metrics.makespan))
        assert f"{row.policy}: {figure}" in tips
    assert dict(rows[0].figures)["makespan"] == rows[0].result.metrics.makespan
    assert rows[0].speedup == 1 and rows[2].speedup is not None and rows[2].speedup > 2


def test_speed_up_is_over_one_core_under_the_same_policy() -> None:
    one, two, four = rows_of(WORKERS, "fifo", 2, 1, 4)
    assert two.speedup == 1
    makespans = two.result.metrics.makespan, one.result.metrics.makespan
    assert one.speedup == Fraction(*makespans)
    assert four.speedup is not None and one.speedup is not None and four.speedup > one.speedup


def test_what_no_thread_has_reached_has_no_bar() -> None:
    made = chart(rows_of(DEADLOCK, "round_robin(quantum: 1)"))
    assert ">-</text>" in made  # nobody has finished: there is no turnaround


def test_many_policies_are_cut_and_said_so() -> None:
    policies = "; ".join(f"round_robin(quantum: {n})" for n in range(1, 20))
    made = chart(rows_of(CONVERSATION, policies, 1, 2))
    assert "3 more policies are not drawn" in made
    styles = set(re.findall(r'class="line (l\d d\d)"', made))
    assert len(styles) == 16  # colour and dash together tell all of them apart


def test_lines_differ_in_shape_too() -> None:
    assert len(set(SIGNS)) == len(SIGNS) >= len(LINES)


@pytest.mark.parametrize(
    ("value", "step"), [(0.03, 0.05), (1, 1), (1.1, 2), (30, 50), (99, 100), (0.25, 0.5)]
)
def test_nice_steps(value: float, step: float) -> None:
    assert nice(value) == pytest.approx(step)


def test_an_empty_list_of_policies_is_refused() -> None:
    with pytest.raises(CannotBeHad, match="no policy in an empty text"):
        requests_of(program_of(WORKERS), Ask(), " ; ", ())
