"""The timeline: what it says as data, and its own SVG, byte for byte."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as tree
from pathlib import Path

import pytest
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, compare, program_of, ran

from conclang.analyses.runner import Request, run_program
from conclang.render import svg, timeline_style
from conclang.render.timeline import Timeline
from conclang.render.timeline_svg import Scale, timeline_svg
from conclang.views.runs import recorder_of

SVG = "{http://www.w3.org/2000/svg}"
SCENES = {
    "timeline_conversation": CONVERSATION,
    "timeline_deadlock": DEADLOCK,
    "timeline_deadlock_at_0": AT_ONCE,
    "timeline_race": RACE,
    "timeline_empty": 'scenario "Nothing"',
}


def lane(timeline: Timeline, name: str) -> int:
    return [one.name for one in timeline.lanes].index(name)


@pytest.mark.parametrize("name", SCENES)
def test_golden(name: str) -> None:
    compare(f"{name}.svg", timeline_svg(ran(SCENES[name])[1]))


def test_lock_is_held_from_acquire_to_release() -> None:
    timeline = ran(DEADLOCK)[1]
    held = {(timeline.lanes[b.lane].name, b.who, b.start, b.end) for b in timeline.bars}
    assert ("a", "x", 1, timeline.ticks) in held
    assert ("b", "y", 1, timeline.ticks) in held


def test_everybody_in_a_deadlock_is_marked() -> None:
    timeline = ran(AT_ONCE)[1]
    marks = {(timeline.lanes[m.lane].name, m.tick, m.kind) for m in timeline.marks}
    assert marks == {("x", 0, "deadlock"), ("y", 0, "deadlock")}


def test_arrows_say_who_woke_whom() -> None:
    timeline = ran(CONVERSATION)[1]
    names = [one.name for one in timeline.lanes]
    arrows = {(a.kind, names[a.source], names[a.target]) for a in timeline.arrows}
    assert ("spawn", "alice", "helper#1") in arrows
    assert ("join", "helper#1", "alice") in arrows
    assert ("message", "alice", "bob") in arrows
    assert ("wake", "alice", "bob") in arrows


def test_bars_of_a_lane_add_up_to_the_metrics() -> None:
    result, timeline = ran(CONVERSATION)
    for thread in result.metrics.threads:
        here = lane(timeline, thread.name)
        spent: dict[str, int] = {"running": 0, "ready": 0}
        for bar in timeline.bars:
            if bar.lane == here:
                spent[bar.state] = spent.get(bar.state, 0) + bar.end - bar.start
        assert spent["running"] == thread.get("running")


@pytest.mark.parametrize("name", SCENES)
def test_it_is_xml_with_title_and_description(name: str) -> None:
    root = tree.fromstring(timeline_svg(ran(SCENES[name])[1]))
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    assert root.get("role") == "img"


def test_hostile_names_stay_text() -> None:
    made = timeline_svg(ran(HOSTILE)[1])
    root = tree.fromstring(made)
    assert not list(root.iter(f"{SVG}script"))
    assert "\u202e" not in made
    assert "<script" not in made


def words_of(root: tree.Element) -> list[tuple[float, float, float, str]]:
    """Left, right and base line of each text, by the estimate the drawing uses."""
    found = []
    for element in root.iter(f"{SVG}text"):
        words, style = element.text or "", element.get("class", "")
        size = 17 if "big" in style else 11 if "small" in style or "bar" in style else 12
        wide, x = svg.width(words, size), float(element.get("x", "0"))
        left = x - wide / 2 if element.get("text-anchor") == "middle" else x
        found.append((left, left + wide, float(element.get("y", "0")), words))
    return found


MANY = """
scenario "Thirty threads with names that are rather long for a lane of a timeline, and a long title"
processor cpu { cores 4  scheduler round_robin(quantum: 3) }
shared total = 0
lock guardian_of_the_total_with_a_name_that_does_not_fit
thread worker_with_a_name_that_is_too_long_for_its_lane[i in 0..30] {
  work 3
  lock guardian_of_the_total_with_a_name_that_does_not_fit { total += 1 }
  print "w{i}"
}
"""


@pytest.mark.parametrize("text", [*SCENES.values(), HOSTILE, MANY])
def test_no_text_is_clipped_or_covers_another(text: str) -> None:
    root = tree.fromstring(timeline_svg(ran(text)[1]))
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    words = words_of(root)
    for left, right, base, _ in words:
        assert left >= 0 and right <= wide and 0 < base < high
    words.sort(key=lambda one: (one[2], one[0]))
    for one, two in itertools.pairwise(words):
        assert one[2] != two[2] or one[1] <= two[0], (one, two)


LONG = """
scenario "100,000 ticks"
processor cpu { cores 2  scheduler round_robin(quantum: 7)  switch_cost 1 }
lock m
thread a { repeat 800 { work 40
  lock m { work 20 } } }
thread b { repeat 800 { work 30
  lock m { work 10 }
  sleep 25 } }
thread c { repeat 700 { io 60
  work 80 } }
"""


def test_a_long_run_stays_a_small_picture_and_is_drawn_quickly() -> None:
    began = time.perf_counter()
    timeline = ran(LONG)[1]
    between = time.perf_counter()
    made = timeline_svg(timeline)
    ended = time.perf_counter()
    assert timeline.ticks > 90_000
    assert len(made) < 600_000
    assert ended - between < 3 * (between - began)


@pytest.mark.parametrize("ticks", [0, 1, 7, 26, 27, 119, 120, 121, 480, 481, 2000, 10**6, 10**12])
def test_scale_covers_every_tick_once(ticks: int) -> None:
    scale = Scale(ticks)
    windows = list(scale.windows())
    assert windows[0][0] == 0 and windows[-1][1] == max(1, ticks)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(windows))
    assert len(windows) <= 4 and scale.plot <= 960.001


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_on_every_ground() -> None:
    grounds = [*timeline_style.THREADS, *(ground for ground, _ in timeline_style.STATES.values())]
    assert all(contrast("#1a1a1a", ground) >= 4.5 for ground in grounds)
    for scheme in (timeline_style.LIGHT, timeline_style.DARK):
        for name in ("ink", "soft", "wake", "message", "spawn", "join", "alarm"):
            assert contrast(scheme[name], scheme["back"]) >= 4.5, name


# Full protanopia, deuteranopia and tritanopia after Machado, Oliveira and Fernandes (2009).
SIGHTS = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
)


def lab(color: str, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (
        min(1.0, max(0.0, sum(m * p for m, p in zip(row, linear, strict=True)))) for row in sight
    )
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    a, c, d = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * c - 16, 500 * (a - c), 200 * (c - d)


@pytest.mark.parametrize("sight", SIGHTS)
def test_threads_can_be_told_apart_by_everybody(sight: tuple[tuple[float, ...], ...]) -> None:
    seen = [lab(color, sight) for color in timeline_style.THREADS]
    for one, two in itertools.combinations(seen, 2):
        assert sum((p - q) ** 2 for p, q in zip(one, two, strict=True)) ** 0.5 > 15


def test_states_differ_without_colour() -> None:
    patterned = [name for name, (_, strokes) in timeline_style.STATES.items() if strokes]
    assert set(patterned) == {"ready", "blocked", "sleeping", "switch"}
    shapes = [timeline_style.PATTERNS[name][1] for name in patterned]
    assert len(set(shapes)) == len(shapes)


def test_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "c.cl"
    path.write_text(CONVERSATION)
    made = set()
    for seed in ("0", "1", "77"):
        done = subprocess.run(
            [sys.executable, "-m", "conclang", "run", str(path), "--format", "svg"],
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            check=False,
        )
        made.add(done.stdout)
    assert len(made) == 1
    assert re.match(rb"<\?xml", made.pop())


def chatty(rounds: int) -> str:
    """About twelve events a round for each of two threads."""
    body = f"repeat {rounds} {{ lock m {{ n += 1 }} }}"
    return f"lock m\nshared n = 0\nthread a {{ {body} }}\nthread b {{ {body} }}\n"


def calls(text: str) -> tuple[int, int]:
    """How many events a run has, and how many Python calls it takes to record and draw them."""
    program, events, count = program_of(text), [], 0
    result = run_program(program, Request(), events.append)
    recorder = recorder_of(program, Request())

    def counting(frame: object, what: str, argument: object) -> None:
        nonlocal count
        count += what in ("call", "c_call")

    sys.setprofile(counting)
    try:
        for event in events:
            recorder.see(event)
        timeline_svg(recorder.timeline(result))
    finally:
        sys.setprofile(None)
    return len(events), count


def test_drawing_takes_work_in_proportion_to_the_events() -> None:
    few, some = calls(chatty(250))
    many, more = calls(chatty(1000))
    assert many > 3.5 * few > 3000
    assert more <= 1.5 * some * many / few


def test_a_hundred_thousand_events_cost_at_most_three_times_the_run() -> None:
    program, events = program_of(chatty(9000)), []
    began = time.process_time()
    result = run_program(program, Request(), events.append)
    between = time.process_time()
    recorder = recorder_of(program, Request())
    for event in events:
        recorder.see(event)
    made = timeline_svg(recorder.timeline(result))
    ended = time.process_time()
    assert len(events) > 100_000 and len(made) < 600_000
    assert ended - between < 3 * (between - began)
