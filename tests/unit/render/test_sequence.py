"""The sequence diagram: its rows, its Mermaid text, its SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree

import pytest
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, compare, program_of

from conclang.analyses.runner import Request
from conclang.render.sequence import MOST_ROWS, Sequence, mermaid
from conclang.render.sequence_svg import sequence_svg
from conclang.views.runs import Course, sequence_of

SCENES = {
    "conversation": CONVERSATION,
    "deadlock": DEADLOCK,
    "deadlock_at_0": AT_ONCE,
    "empty": 'scenario "Nothing"',
}


def sequence(text: str) -> Sequence:
    return sequence_of(Course(program_of(text), Request()))


@pytest.mark.parametrize("name", SCENES)
def test_golden(name: str) -> None:
    compare(f"sequence_{name}.svg", sequence_svg(sequence(SCENES[name])))
    compare(f"sequence_{name}.mmd", mermaid(sequence(SCENES[name])))


def test_rows_are_in_order_of_time() -> None:
    for text in SCENES.values():
        ticks = [row.tick for row in sequence(text).rows]
        assert ticks == sorted(ticks)


def test_a_message_goes_from_sender_to_receiver() -> None:
    rows = [row for row in sequence(CONVERSATION).rows if row.kind == "message"]
    assert [(row.source, row.target, row.text) for row in rows] == [("alice", "bob", "jobs: 5")]


def test_unbuffered_message() -> None:
    rows = sequence("channel c\nthread a { c <- 7 }\nthread b { let x = <-c\n print x }").rows
    found = [(row.source, row.target, row.text) for row in rows if row.kind == "message"]
    assert found == [("a", "b", "c: 7")]


def test_who_is_woken_takes_the_lock_after_the_arrow() -> None:
    rows = sequence(CONVERSATION).rows
    place = next(n for n, row in enumerate(rows) if row.kind == "wake" and row.text == "m")
    assert rows[place + 1].kind == "acquire" and rows[place + 1].source == rows[place].target


def test_deadlock_and_race_are_told() -> None:
    assert [r.source for r in sequence(DEADLOCK).rows if r.kind == "deadlock"] == ["x", "y"]
    assert any(row.kind == "race" for row in sequence(RACE).rows)


def test_mermaid_has_nothing_that_means_something_to_it() -> None:
    made = mermaid(sequence(HOSTILE))
    body = made.split("---\n", 2)[2]
    assert "<" not in body and '"' not in body
    for line in body.splitlines():
        words = line.split(": ", 1)[1] if ": " in line else ""
        assert not re.search(r"#(?!\d+;)|(?<!\d);", words), line


def test_hostile_svg() -> None:
    root = tree.fromstring(sequence_svg(sequence(HOSTILE)))
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_a_long_run_is_cut_and_says_so() -> None:
    long = sequence("lock m\nthread t { repeat 1000 { lock m { work 1 } } }")
    assert len(long.rows) == MOST_ROWS and long.left_out > 1000
    assert "more events are not drawn" in sequence_svg(long)
    assert "more events are not drawn" in mermaid(long)
