"""The course that comes along: every exercise is sound, and the usual wrong answers are told apart.

A wrong answer says itself what is to become of it, in comments: `fails: NAME OF A CHECK: words of
the message`, once for each check that fails and no other; `points: N` where part of the points is
earned.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from conclang.cli.main import cli
from conclang.exercises.catalogue import COURSE, load_course
from conclang.exercises.exercise import Exercise, load_exercise
from conclang.exercises.handing_in import collect
from conclang.exercises.outcome import FAILED, REFUSED
from conclang.exercises.workers import Job, Pool

WRONG = Path(__file__).parent / "wrong"
NAMES = load_course(str(COURSE)).names
FILES = sorted(path for path in WRONG.glob("*/*") if path.suffix in (".cl", ".yaml"))
FAILS = re.compile(r"^\s*(?://|#) fails: (.*)$", re.MULTILINE)
POINTS = re.compile(r"^\s*(?://|#) points: (\S+)$", re.MULTILINE)
LEAST = 3  # wrong answers per exercise


def load(name: str) -> Exercise:
    made = load_exercise(str(COURSE / name)).exercise
    assert made is not None
    return made


@pytest.fixture(scope="module")
def pool():  # type: ignore[no-untyped-def]
    with Pool(2) as made:
        yield made


def test_the_course_lists_every_folder_once() -> None:
    folders = {path.parent.name for path in COURSE.glob("*/exercise.yaml")}
    assert set(NAMES) == folders
    assert len(NAMES) == len(set(NAMES))


def test_the_course_goes_from_easy_to_hard() -> None:
    """So does each theme, since its exercises come in the course's order."""
    levels = [load(name).difficulty for name in NAMES]
    steps = [f"{NAMES[i]} before {NAMES[i + 1]}" for i, _ in enumerate(levels[1:])]
    assert [s for s, a, b in zip(steps, levels, levels[1:], strict=False) if a > b] == []
    assert set(levels) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_is_called_like_its_folder_and_has_hints(name: str) -> None:
    made = load(name)
    assert made.id == name
    assert made.theme
    assert len(made.hints) >= 2
    assert made.points > 0


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_is_sound(name: str) -> None:
    result = CliRunner().invoke(
        cli,
        ["exercise", "verify", name, "--wrong", str(WRONG), "--workers", "2"],
        standalone_mode=False,
    )
    assert result.exception is None
    assert result.return_value == 0, result.output


@pytest.mark.parametrize("name", NAMES)
def test_there_are_enough_wrong_answers(name: str) -> None:
    assert len([path for path in FILES if path.parent.name == name]) >= LEAST


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_wrong_answer_gets_its_verdict_and_message(path: Path, pool: Pool) -> None:
    made = load(path.parent.name)
    text = path.read_text(encoding="utf-8")
    wanted = dict(_split(line, made) for line in FAILS.findall(text))
    [submission] = collect((str(path),), made)
    [grade] = pool.grades([Job(made, submission, {})])
    assert grade.status != REFUSED, grade.details
    failed = {c.name: c for c in grade.checks if c.outcome.status == FAILED}
    assert set(failed) == set(wanted), grade
    for name, words in wanted.items():
        told = [failed[name].hint]
        told += [f"{e.message} {e.cause}" for e in failed[name].outcome.evidence]
        assert any(words in line for line in told), told
    points = POINTS.search(text)
    if points:
        assert grade.earned == Fraction(points[1])
    assert grade.earned < grade.points


def _split(line: str, made: Exercise) -> tuple[str, str]:
    """The name of a check, and the words after it."""
    for check in made.checks:
        if line.startswith(f"{check.name}: "):
            return check.name, line.removeprefix(f"{check.name}: ")
    raise AssertionError(f"no check of {made.id} is called so: {line}")
