"""Making exercises and judging texts, for the tests in this folder."""

from __future__ import annotations

from pathlib import Path

from conclang.exercises.exercise import Exercise, load_exercise
from conclang.exercises.grading import PLAIN, Options, grade
from conclang.exercises.handing_in import Submission
from conclang.exercises.outcome import Grade

START = """\
scenario "Counting"

const N = 1
shared count = 0
lock m

// edit: begin threads
thread alice { repeat N { count += 1 } }
thread bob { repeat N { count += 1 } }
// edit: end
"""
DONE = START.replace("{ count += 1 }", "{ lock m { count += 1 } }")
HEAD = """\
id: counting
title: Counting
prompt: Count.
starter: counting.cl
solution: solution.cl
"""


def folder(path: Path, checks: str, more: str = "", **files: str) -> Path:
    """An exercise in a folder; files by name, with `_` for the dot."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "exercise.yaml").write_text(f"{HEAD}{more}checks:\n{checks}")
    contents = {"counting.cl": START, "solution.cl": DONE}
    contents |= {name.replace("_cl", ".cl"): text for name, text in files.items()}
    for name, text in contents.items():
        (path / name).write_text(text)
    return path


def exercise(path: Path, checks: str, more: str = "", **files: str) -> Exercise:
    loaded = load_exercise(str(folder(path, checks, more, **files)))
    assert loaded.exercise is not None, [d.message for d in loaded.bag]
    return loaded.exercise


def judged(
    made: Exercise,
    text: str,
    seed: int | None = None,
    options: Options = PLAIN,
    answers: str | None = None,
) -> Grade:
    texts = {made.file: text}
    if answers is not None:
        texts["answer.yaml"] = answers
    submission = Submission("x", tuple(texts.items()))
    return grade(made, submission, made.variant(seed), options)


def statuses(made: Grade) -> list[str]:
    return [check.outcome.status for check in made.checks]


def messages(made: Grade) -> str:
    return "\n".join(
        f"{evidence.message} | {evidence.cause}"
        for check in made.checks
        for evidence in check.outcome.evidence
    )
