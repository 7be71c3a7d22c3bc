"""JSON lines say the whole trace, and a reader refuses what it does not know."""

from __future__ import annotations

import json

import pytest

from conclang.events.event import BY_NAME, KINDS, Event, sentence
from conclang.events.trace import CoreName, Header, Outcome, Place, Trace
from conclang.events.wire import WireError, lines, read

HEADER = Header(
    scenario='a "quoted" title',
    policy="fifo",
    seed=0,
    cores=(CoreName("cpu", 0),),
    threads=("a", "p[1]"),
    places=(Place(3, 5, "work 2"),),
    daemons=frozenset({"p[1]"}),
)
EVENTS = [
    Event(0, 0, -1, "a", "arrive", "", None, -1),
    Event(1, 2, 0, "a", "print", "", "snow ☃ \u2028", 0),
]
OUTCOME = Outcome("completed", 2, final=(("count", 4), ("xs", [1, 2])))


def test_a_trace_round_trips():
    again = read(lines(Trace(HEADER, EVENTS, OUTCOME)))
    assert again == Trace(HEADER, EVENTS, OUTCOME)


def test_each_line_is_one_json_record():
    texts = list(lines(Trace(HEADER, EVENTS, OUTCOME)))
    assert [json.loads(text).get("schema") for text in texts] == [1, None, None, None]
    assert all("\n" not in text for text in texts)
    assert json.loads(texts[2])["line"] == 3


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ([], "no trace of schema 1"),
        (['{"schema": 2}'], "no trace of schema 1"),
        (["nonsense"], "no JSON"),
        (["[1]"], "no record"),
        (['{"schema": 1}'], "before its outcome"),
    ],
)
def test_what_is_no_trace_is_refused(texts, words):
    with pytest.raises(WireError, match=words):
        read(texts)


def test_kinds_are_distinct_and_have_a_sentence():
    assert len(BY_NAME) == len(KINDS)
    for kind in KINDS:
        text = sentence(Event(0, 0, 0, "alice", kind.name, "m", 7, -1))
        assert "{" not in text
        assert "alice" in text or kind.name == "limit"
