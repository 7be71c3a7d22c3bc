"""`check --format svg`, and pictures of a schedule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pictured import DEADLOCK, HOSTILE, RACE, compare, program_of, ran

from conclang.cli.check import command as check
from conclang.cli.draw import command as draw
from conclang.cli.replay import command as replay
from conclang.explore.checker import check as explore
from conclang.render.timeline_svg import Scale
from conclang.views.findings import check_svg, gravest

CLOSED = """
scenario "One closes too early"
channel jobs(1)
thread p1 { jobs <- 1 }
thread p2 { jobs <- 3
  close jobs }
thread c { for x in jobs { } }
"""
HOLDS = "shared a = 0\nthread t { a = 1 }"


def call(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("race", RACE),
        ("deadlock", DEADLOCK),
        ("closed", CLOSED),
        ("hostile", HOSTILE),
        ("holds", HOLDS),
    ],
)
def test_golden(name: str, text: str) -> None:
    program = program_of(text)
    compare(f"check_{name}.svg", check_svg(program, explore(program)))


def test_the_gravest_finding_is_shown() -> None:
    result = explore(program_of(DEADLOCK))
    finding = gravest(result)
    assert finding is not None and finding.fails and finding.kind == "deadlock"
    expected = gravest(explore(program_of(RACE)))
    assert expected is not None and expected.kind == "lost_update"  # the race is on purpose


def test_the_steps_say_what_they_do() -> None:
    program = program_of(RACE)
    made = check_svg(program, explore(program))
    assert "count is 0" in made and "count = 1" in made
    assert "lost update of count (4 steps, 2 switches)" in re.sub(
        r"</text>\n<text[^>]*>", " ", made
    )


def test_one_file_only_and_no_picture_of_mistakes(tmp_path: Path) -> None:
    one, two, out = tmp_path / "a.cl", tmp_path / "b.cl", tmp_path / "o.svg"
    one.write_text(RACE)
    two.write_text("thread a { y = 1 }")
    assert "shows one file" in str(call(check, one, two, "--format", "svg").exception.message)
    assert call(check, two, "--format", "svg", "-o", out).return_value == 1
    assert not out.exists()
    assert call(check, one, "--format", "svg", "-o", out).return_value == 0
    assert out.read_text().startswith("<?xml")


@pytest.mark.parametrize("view", ["timeline", "sequence", "waits", "locks"])
@pytest.mark.parametrize("timed", [True, False])
def test_a_schedule_can_be_drawn(tmp_path: Path, view: str, timed: bool) -> None:
    path = tmp_path / "a.cl"
    path.write_text(DEADLOCK)
    finding = gravest(explore(program_of(DEADLOCK)))
    assert finding is not None
    schedule = finding.schedule
    if timed:
        schedule = ran(DEADLOCK)[0].schedule.text()
        assert "run=" in schedule
    result = call(draw, path, view, "--schedule", schedule)
    assert result.return_value == 0, result.exception
    assert "Made by conclang" in result.output


def test_a_schedule_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.cl"
    path.write_text(RACE)
    long = "cl1/abaabbaabbabababababababab"
    result = call(draw, path, "timeline", "--schedule", long)
    assert "diverges at choice 8" in str(getattr(result.exception, "message", ""))
    assert "this is no schedule" in str(
        getattr(call(draw, path, "timeline", "--schedule", "x").exception, "message", "")
    )


def test_a_failing_send_can_be_replayed(tmp_path: Path) -> None:
    path = tmp_path / "a.cl"
    path.write_text(CLOSED)
    finding = gravest(explore(program_of(CLOSED)))
    assert finding is not None
    made = call(replay, path, finding.schedule)
    assert made.exception is None and "send on a closed channel" in made.output


@pytest.mark.parametrize("steps", [0, 1, 10, 11, 16, 17, 64, 65, 1000])
def test_steps_have_room_for_words_as_long_as_they_fit(steps: int) -> None:
    scale = Scale(steps, steps=True)
    windows = list(scale.windows())
    assert windows[-1][1] == max(1, steps) and len(windows) <= 4
    assert scale.tick >= 60 or steps > 64
