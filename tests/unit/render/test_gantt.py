"""The timeline as Mermaid text: the chart it is, and names that cannot break out of their line."""

from __future__ import annotations

import re

import pytest
from pictured import CONVERSATION, DEADLOCK, HOSTILE, compare, ran
from ugly import UGLY

from conclang.render.timeline_mermaid import gantt

TASK = re.compile(r"    [^:\n]+ :((active|crit|done), )?\d+, \d+ms\Z")
HEADS = ("%%", "gantt", "    title ", "    dateFormat x", "    axisFormat %Q", "    section ")


@pytest.mark.parametrize(
    ("name", "text"),
    [("conversation", CONVERSATION), ("deadlock", DEADLOCK), ("hostile", HOSTILE), ("empty", "")],
)
def test_golden(name: str, text: str) -> None:
    compare(f"gantt_{name}.mmd", gantt(ran(text)[1]))


@pytest.mark.parametrize("name", [name for name in UGLY if name != "deadlines"])
def test_every_line_is_one_of_few_kinds(name: str) -> None:
    for line in gantt(ran(UGLY[name])[1]).split("\n")[:-1]:
        assert TASK.match(line) or line.startswith(HEADS) or line.startswith("    %% "), line


def test_the_bars_are_the_bars() -> None:
    timeline = ran(CONVERSATION)[1]
    tasks = re.findall(r", (\d+)ms|:(\d+), (\d+)ms", gantt(timeline))
    assert len(tasks) == len(timeline.bars)


def test_a_long_run_is_cut_and_said_so() -> None:
    made = gantt(ran(UGLY["long"])[1])
    assert "more bars are not drawn" in made and len(made.split("\n")) < 520


def test_nothing_at_all() -> None:
    assert "section" not in gantt(ran('scenario "x"')[1])
