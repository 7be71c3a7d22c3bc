"""The page's data says what the machine did; the file obeys the rules of all output."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE

from conclang.analyses.runner import Request, run_program
from conclang.events.schedule import parse
from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
from conclang.render.page import check_data, page, replay_data, run_data, style
from conclang.render.timeline_style import STATES, THREADS

TASKS = """
scenario "Tasks"
processor cpu { cores 2 }
runtime rt { workers 2 }
channel results(3)
atomic tries = 0
shared grid[3] = 4
fn square(n) { work n
  return n * n }
fn job(n) { let s = square(n)
  if tries.cas(0, 6) { grid[n % 3] = s }
  results <- s }
thread boss {
  for i in 1..6 { go job(i) on rt }
  let sum = 0
  repeat 5 { let r = <-results
    sum += r }
  print "sum {sum}"
}
"""
WAITING = """
scenario "All that one can wait at"
processor cpu { cores 2 }
semaphore slots(2)
rwlock table
event go_
barrier meet(2)
lock m
condition filled
shared full = false
device disk
thread a { acquire slots
  write table { work 9 }
  signal go_
  wait meet
  lock m { full = true
    signal filled }
  io 4 on disk }
thread b { acquire slots
  wait go_
  read table { work 2 }
  wait meet
  lock m { while not full { wait filled } }
  sleep 3
  release slots }
"""
SCENARIOS = [CONVERSATION, DEADLOCK, AT_ONCE, RACE, HOSTILE, TASKS]


def ran(text: str) -> tuple[Any, dict[str, Any]]:
    checked = load_text(text)
    assert checked.program is not None, [str(d.message) for d in checked.bag]
    result, data = run_data(checked.program, checked.source, Request())
    return result, json.loads(json.dumps(data))


def totals(differences: list[int]) -> list[int]:
    out, total = [], 0
    for difference in differences:
        total += difference
        out.append(total)
    return out


class State:
    """Plays the changes back, as the page does."""

    def __init__(self, play: dict[str, Any]) -> None:
        self.play = play
        changes = play["changes"]
        self.changes = list(
            zip(totals(changes["tick"]), changes["slot"], changes["value"], strict=True)
        )

    def at(self, tick: int) -> dict[tuple[Any, ...], Any]:
        found = {}
        for when, slot, value in self.changes:
            if when <= tick:
                found[tuple(self.play["slots"][slot])] = self.play["values"][value]
        return found


@pytest.mark.parametrize("text", SCENARIOS)
def test_at_the_end_memory_is_what_the_run_left(text: str) -> None:
    result, data = ran(text)
    last = State(data["plays"][0]).at(result.outcome.ticks)
    for number, (name, value) in enumerate(result.outcome.final):
        parts = value if isinstance(value, list) else [value]
        cell = data["cells"][number]
        assert cell[0] == name and cell[2] == (len(parts) if isinstance(value, list) else -1)
        for place, part in enumerate(parts):
            slot = ("cell", number, place if isinstance(value, list) else -1)
            shown = (
                {True: "true", False: "false"}.get(part, str(part))
                if isinstance(part, bool)
                else str(part)
            )
            assert last[slot] == shown


@pytest.mark.parametrize("text", SCENARIOS)
def test_memory_follows_every_write(text: str) -> None:
    """Each event that says what was written is what the page shows at the end of its tick."""
    _, data = ran(text)
    play = data["plays"][0]
    events, strings, kinds = play["events"], play["strings"], [kind[0] for kind in data["kinds"]]
    places = {cell[0]: ("cell", n, -1) for n, cell in enumerate(data["cells"]) if cell[2] < 0}
    written: dict[tuple[int, Any], str] = {}
    for tick, kind, thing, value in zip(
        totals(events["tick"]), events["kind"], events["object"], events["value"], strict=True
    ):
        if kinds[kind] in ("write", "store", "rmw") and strings[thing] in places:
            written[tick, places[strings[thing]]] = strings[value]
    state = State(play)
    for (tick, slot), value in written.items():
        assert value in ("replaced", state.at(tick)[slot])


@pytest.mark.parametrize("text", SCENARIOS)
def test_states_of_threads_agree_with_the_timeline(text: str) -> None:
    """Two ways to the same: bars from events, states from the machine."""
    words = {
        "run": "running",
        "switch": "running",
        "ready": "ready",
        "wait": "blocked",
        "sleep": "sleeping",
        "io": "sleeping",
    }
    _, data = ran(text)
    play = data["plays"][0]
    number = {name: n for n, (name, _) in enumerate(play["threads"])}
    state = State(play)
    for lane in play["timeline"]["lanes"]:
        if lane["kind"] != "thread" or lane["name"] not in number:
            continue
        for start, long, shown in zip(
            totals(lane["start"]), lane["long"], lane["state"], strict=True
        ):
            for tick in (start, start + long - 1):
                status = state.at(tick).get(("status", number[lane["name"]]))
                if status is not None and status[0] != "switch" and long:
                    assert words.get(status[0]) == data["states"][shown], (
                        lane["name"],
                        tick,
                        status,
                    )


def test_a_waiting_thread_stands_where_it_waits() -> None:
    result, data = ran(DEADLOCK)
    last = State(data["plays"][0]).at(result.outcome.ticks)
    assert last["status", 0] == ["wait", "b", "lock"] and last["status", 1] == ["wait", "a", "lock"]
    lines = [data["places"][last["at", thread][-1]][0] for thread in (0, 1)]
    assert lines == [6, 8]
    assert last["thing", 0, "holders"] == [["x", ""]] and last["thing", 1, "holders"] == [["y", ""]]


def test_channels_never_hold_more_than_fits_and_are_empty_in_the_end() -> None:
    for text in (CONVERSATION, TASKS):
        result, data = ran(text)
        play = data["plays"][0]
        state = State(play)
        channels = {
            n: amount for n, (kind, _, amount) in enumerate(data["things"]) if kind == "channel"
        }
        longest: Counter[int] = Counter()
        for when, slot, value in state.changes:
            what = play["slots"][slot]
            if what[0] == "thing" and what[2] == "queue":
                assert 0 <= play["values"][value][0] <= channels[what[1]], when
                longest[what[1]] = max(longest[what[1]], play["values"][value][0])
        for number in channels:
            name = data["things"][number][1]
            flow = next(c for c in result.metrics.channels if c.name == name)
            # the metrics also count what a tick holds for a moment between two of its events
            assert longest[number] <= flow.longest
            left = state.at(result.outcome.ticks)["thing", number, "queue"][0]
            assert left == flow.sent - flow.received


def test_frames_and_local_variables() -> None:
    _, data = ran(TASKS)
    play = data["plays"][0]
    deep = [
        (when, play["slots"][slot][1], play["values"][value])
        for when, slot, value in State(play).changes
        if play["slots"][slot][0] == "at" and value and len(play["values"][value]) == 2
    ]
    assert deep, "job calls square"
    when, thread, sites = deep[0]
    assert [data["places"][site][0] for site in sites] == [10, 8]
    state = State(play).at(when)
    assert state["local", thread, 1, "n"] == "1"
    sums = [
        play["values"][v]
        for _, s, v in State(play).changes
        if play["slots"][s] == ["local", 0, 0, "sum"]
    ]
    sums = [value for value in sums if value is not None]
    assert [value for value, _ in groupby(sums)] == [
        "0",
        "1",
        "5",
        "14",
        "30",
    ]  # the last sum is printed at once


def test_things_to_wait_at() -> None:
    result, data = ran(WAITING)
    assert result.kind in ("completed", "deadlocked")
    play = data["plays"][0]
    state = State(play)
    number = {name: n for n, (_, name, _) in enumerate(data["things"])}
    seen: dict[str, list[Any]] = {name: [] for name in number}
    for _, slot, value in state.changes:
        what = play["slots"][slot]
        if what[0] == "thing":
            name = data["things"][what[1]][1]
            seen[name].append((what[2], play["values"][value]))
    assert ("free", 2) in seen["slots"] and ("free", 0) in seen["slots"]
    assert ("holders", [["a", "write"]]) in seen["table"] and ("holders", [["b", "read"]]) in seen[
        "table"
    ]
    assert ("set", 1) in seen["go_"]
    waits = {
        tuple(play["values"][v])
        for _, s, v in state.changes
        if play["slots"][s][0] == "status" and v
    }
    assert {("wait", "go_", "event"), ("io", "disk", 4)} <= {w[:3] for w in waits}


def test_the_findings_of_a_check_have_their_shortest_schedule() -> None:
    checked = load_text(DEADLOCK)
    assert checked.program is not None
    result = check(checked.program, CheckOptions())
    data = json.loads(json.dumps(check_data(checked.program, checked.source, result, [])))
    assert len(data["findings"]) == len(result.findings) > 0
    for found, shown in zip(result.findings, data["findings"], strict=True):
        play = data["plays"][shown["play"]]
        assert play["schedule"] == found.schedule
        assert play["ticks"] == found.steps == shown["tick"]
        assert [play["threads"][n][0] for n in play["actors"]] == [
            move.thread for move in found.moves
        ]
        last = State(play).at(play["ticks"])
        assert [last["status", n][0] for n in (0, 1)] == ["wait", "wait"]


def test_a_replay_and_its_run_make_the_same_play() -> None:
    checked = load_text(CONVERSATION)
    assert checked.program is not None
    result, made = run_data(checked.program, checked.source, Request())
    replayed, again = replay_data(checked.program, checked.source, result.schedule, Request())
    assert replayed.divergence == "" and again["plays"] == made["plays"]


def test_a_schedule_of_a_check_can_be_replayed_as_a_page() -> None:
    checked = load_text(DEADLOCK)
    assert checked.program is not None
    replayed, data = replay_data(checked.program, checked.source, parse("cl1/ab"), Request())
    assert replayed.result.kind == "deadlocked"
    assert data["plays"][0]["unit"] == "step" and data["plays"][0]["metrics"] is None


@pytest.mark.parametrize("text", [*SCENARIOS, WAITING, 'scenario "none"'])
def test_the_same_run_makes_the_same_bytes(text: str) -> None:
    assert page(ran(text)[1]) == page(ran(text)[1])


def test_listening_for_the_page_changes_nothing() -> None:
    checked = load_text(TASKS)
    assert checked.program is not None
    plain, watched = run_program(checked.program, Request()), ran(TASKS)[0]
    assert (plain.outcome, plain.output, plain.metrics, plain.schedule) == (
        watched.outcome, watched.output, watched.metrics, watched.schedule,
    )  # fmt: skip


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    made = page(ran(HOSTILE)[1])
    head, rest = made.split("</head>")
    assert "default-src 'none'" in head and "unsafe" not in head
    for asks in (
        '<link rel="stylesheet',
        "@import",
        "url(",
        "import(",
        "fetch(",
        "XMLHttpRequest",
        "innerHTML",
        "eval(",
    ):
        assert asks not in made.replace("url(#waits-arrow", ""), asks
    outside = [
        part for part in made.split("http")[1:] if not part.startswith(("://www.w3.org/", "-equiv"))
    ]
    assert outside == []
    assert len(rest) > 1000


def test_colours_are_those_of_the_timeline() -> None:
    for color in THREADS:
        assert color in style()
    for ground, _ in STATES.values():
        assert ground in style()


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "conclang", *arguments], cwd=folder, capture_output=True, text=True
    )


def test_the_commands_make_pages_by_the_rules_of_all_output(tmp_path: Path) -> None:
    (tmp_path / "x.cl").write_text(DEADLOCK)
    (tmp_path / "mine.html").write_text("<p>mine</p>")
    for form in (["run", "x.cl"], ["check", "x.cl"], ["replay", "x.cl", "cl1/ab"]):
        made = command(*form, "--format", "html", "-o", "out.html", folder=tmp_path)
        assert made.returncode == 1, made.stderr  # a deadlock is found
        text = (tmp_path / "out.html").read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>") and "<title>AB-BA · conclang</title>" in text
        data = json.loads(text.split('id="conclang-data">')[1].split("</script>")[0])
        assert data["form"] == form[0] and data["file"] == "x.cl" and data["plays"]
        refused = command(*form, "--format", "html", "-o", "mine.html", folder=tmp_path)
        assert refused.returncode == 2 and (tmp_path / "mine.html").read_text() == "<p>mine</p>"
        refused = command(*form, "--format", "html", "-o", "x.cl", "--force", folder=tmp_path)
        assert refused.returncode == 2 and (tmp_path / "x.cl").read_text() == DEADLOCK
    forced = command(
        "run", "x.cl", "--format", "html", "-o", "mine.html", "--force", folder=tmp_path
    )
    assert forced.returncode == 1 and "<!doctype" in (tmp_path / "mine.html").read_text()
    assert command("run", "x.cl", "--format", "html", folder=tmp_path).stdout.startswith(
        "<!doctype html>"
    )


def test_a_check_of_several_files_has_no_page(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.cl").write_text(RACE)
    refused = command("check", "a.cl", "b.cl", "--format", "html", folder=tmp_path)
    assert refused.returncode == 2 and "one file" in refused.stderr


def test_a_check_of_a_text_with_mistakes_shows_them(tmp_path: Path) -> None:
    (tmp_path / "x.cl").write_text("thread a { nonsense }\n")
    made = command("check", "x.cl", "--format", "html", folder=tmp_path)
    assert made.returncode == 1
    data = json.loads(made.stdout.split('id="conclang-data">')[1].split("</script>")[0])
    assert data["notes"] and data["verdict"] == ["not checked", ""]


def test_a_page_costs_no_more_than_a_few_runs_with_a_listener() -> None:
    text = """
processor cpu { cores 4  scheduler round_robin(quantum: 3) }
shared total = 0
lock m
thread worker[i in 0..8] { for k in 0..150 { lock m { total += 1 }
    work 1 } }
"""
    checked = load_text(text)
    assert checked.program is not None
    events: list[Any] = []

    def seconds(act: Any) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            act()
            times.append(time.process_time() - began)
        return min(times)

    run = seconds(lambda: run_program(checked.program, Request(), events.append))
    whole = seconds(
        lambda: page(run_data(checked.program, checked.source, Request())[1] | {"notes": []})
    )
    assert len(events) > 3 * 7_000
    assert whole <= 6 * run, (whole, run)
