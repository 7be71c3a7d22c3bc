"""The trace for Perfetto and speedscope keeps the rules of the format."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, compare, ran

from conclang.render.perfetto import perfetto_json

OVERLAPPING = """
processor cpu { cores 3 }
semaphore s(2)
rwlock t
thread a { acquire s
  read t { work 5 }
  release s }
thread b { work 1
  acquire s
  read t { work 7 }
  release s }
thread c { section z { work 2 } }
thread d { work 1
  section z { work 9 } }
"""
SCENES = [AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, OVERLAPPING, 'scenario "Nothing"']


def events_of(text: str) -> list[dict[str, Any]]:
    return list(json.loads(perfetto_json(ran(text)[1]))["traceEvents"])


def test_golden() -> None:
    compare("perfetto_conversation.json", perfetto_json(ran(CONVERSATION)[1]))


@pytest.mark.parametrize("text", SCENES)
def test_slices_of_a_track_do_not_overlap(text: str) -> None:
    tracks: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for event in events_of(text):
        if event["ph"] == "X":
            tracks[event["pid"], event["tid"]].append(event)
    for slices in tracks.values():
        end = 0
        for one in slices:
            assert one["dur"] > 0 and one["ts"] >= end
            end = one["ts"] + one["dur"]


@pytest.mark.parametrize("text", SCENES)
def test_time_never_goes_back_and_numbers_are_whole(text: str) -> None:
    events = events_of(text)
    times = [event["ts"] for event in events]
    assert times == sorted(times)
    for event in events:
        assert all(isinstance(event[key], int) for key in ("pid", "tid", "ts"))


@pytest.mark.parametrize("text", SCENES)
def test_every_track_has_one_name_and_one_place(text: str) -> None:
    events = events_of(text)
    names = [(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name"]
    places = [(e["pid"], e["tid"]) for e in events if e["name"] == "thread_sort_index"]
    assert names == places and len(set(names)) == len(names)
    assert len({tid for _, tid in names}) == len(names)
    used = {(e["pid"], e["tid"]) for e in events if e["ph"] in "Xisf"}
    assert used <= set(names)


@pytest.mark.parametrize("text", SCENES)
def test_flows_come_in_pairs_inside_slices(text: str) -> None:
    events = events_of(text)
    slices = [e for e in events if e["ph"] == "X"]
    starts = {e["id"]: e for e in events if e["ph"] == "s"}
    ends = {e["id"]: e for e in events if e["ph"] == "f"}
    assert starts.keys() == ends.keys()
    for number, start in starts.items():
        assert start["ts"] <= ends[number]["ts"]
        for flow in (start, ends[number]):
            assert any(
                s["tid"] == flow["tid"] and s["ts"] <= flow["ts"] < s["ts"] + s["dur"]
                for s in slices
            )


def test_there_are_flows_of_each_kind() -> None:
    kinds = {e["name"] for e in events_of(CONVERSATION) if e["ph"] == "s"}
    assert kinds == {"wake", "message", "spawn", "join"}


def test_counters_end_at_nothing() -> None:
    last = {e["name"]: e["args"]["count"] for e in events_of(CONVERSATION) if e["ph"] == "C"}
    assert last == {"ready threads": 0, "parallelism": 0}


def test_parallelism_is_never_more_than_the_cores() -> None:
    counts = [e["args"]["count"] for e in events_of(CONVERSATION) if e["name"] == "parallelism"]
    assert max(counts) == 2 and min(counts) == 0


@pytest.mark.parametrize("text", SCENES)
def test_speedscope_can_import_it(text: str) -> None:
    """Its importer of trace events: numbers for ts and dur, names, and per (pid, tid) slices that,
    laid out as a stack, close in the reverse of the order in which they opened."""
    stacks: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for event in events_of(text):
        assert {"ph", "pid", "tid", "ts", "name"} <= event.keys()
        if event["ph"] != "X":
            assert event["ph"] in "MisfC"  # those it reads names from, or skips
            continue
        assert isinstance(event["ts"], int) and isinstance(event["dur"], int) and event["name"]
        stack = stacks[event["pid"], event["tid"]]
        while stack and stack[-1][0] <= event["ts"]:
            stack.pop()
        end = event["ts"] + event["dur"]
        assert not stack or end <= stack[-1][0]
        stack.append((end, event["name"]))


@pytest.mark.parametrize("text", SCENES)
def test_the_file_is_what_both_expect(text: str) -> None:
    made = json.loads(perfetto_json(ran(text)[1]))
    assert made["displayTimeUnit"] in ("ms", "ns") and isinstance(made["traceEvents"], list)
    names = {e["args"]["name"] for e in made["traceEvents"] if e["name"] == "process_name"}
    assert names == {"cores", "threads", "locks and sections"}
    ids = [e["id"] for e in made["traceEvents"] if e["ph"] == "s"]
    assert all(isinstance(number, int) for number in ids) and len(set(ids)) == len(ids)


def test_hostile_names_stay_names() -> None:
    text = perfetto_json(ran(HOSTILE)[1])
    assert "\u202e" not in text and json.loads(text)
