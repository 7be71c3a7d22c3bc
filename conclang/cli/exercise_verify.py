"""`conclang exercise verify`: what an author wants to know before a class does."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from conclang.cli.common import Unusable, shortened, wants_color, worst
from conclang.cli.exercise_common import course_of, course_option, report
from conclang.cli.output import write_output

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise, Loaded
    from conclang.exercises.verify import Point
    from conclang.exercises.workers import Pool

SIGNS = {"yes": "✓", "no": "✗", "unknown": "?"}
COLORS = {"yes": "32", "no": "31", "unknown": "33"}
CODES = {"yes": 0, "no": 1, "unknown": 3}


@click.command()
@click.argument("names", nargs=-1, metavar="[EXERCISE...]")
@course_option
@click.option(
    "--wrong",
    metavar="DIR",
    help="Wrong answers of yours to try the checks on: files in DIR, or in DIR/ID.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--answers", is_flag=True, help="Show the computed answers to questions.")
def command(
    names: tuple[str, ...], course: str | None, wrong: str | None, workers: int, answers: bool
) -> int:
    """For authors: does the solution get all points, the starter not, can every check fail?

    Without names, all exercises of the course.
    """
    from conclang.exercises.workers import Pool

    if wrong is not None and not os.path.isdir(wrong):
        raise Unusable(f"{shortened(wrong)}: there is no such folder")
    codes = []
    with Pool(workers) as pool:
        for loaded in _chosen(names, course):
            codes.append(_one(loaded, pool, wrong))
            if answers and loaded.exercise is not None:
                _show_answers(loaded.exercise)
    return worst(codes)


def _chosen(names: tuple[str, ...], course: str | None) -> list[Loaded]:
    from conclang.exercises.catalogue import load
    from conclang.exercises.exercise import load_exercise

    chosen = course_of(course) if course is not None or not names else None
    if chosen is not None and not names:
        return [load_exercise(chosen.path(name)) for name in chosen.names]
    found = []
    for name in names:
        inside = chosen is not None and name in chosen.names
        loaded = load_exercise(chosen.path(name)) if chosen and inside else load(name)
        if loaded is None:
            raise Unusable(f"there is no exercise '{shortened(name)}'")
        found.append(loaded)
    return found


def _one(loaded: Loaded, pool: Pool, wrong: str | None) -> int:
    from conclang.exercises.verify import verify

    exercise = loaded.exercise
    points = verify(loaded, pool, _wrong(exercise, wrong))
    if loaded.bag.errors:
        click.echo(report(loaded.source, loaded.bag), err=True)
    title = exercise.id if exercise is not None else loaded.source.name
    write_output(_text(title, points, wants_color(sys.stdout)), None)
    return worst(CODES[point.status] for point in points)


def _wrong(exercise: Exercise | None, folder: str | None) -> tuple[tuple[str, str], ...]:
    """The author's wrong answers to this exercise."""
    from conclang.exercises.handing_in import read

    if exercise is None or folder is None:
        return ()
    own = os.path.join(folder, exercise.id)
    folder = own if os.path.isdir(own) else folder
    kind = os.path.splitext(exercise.file)[1]
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(kind):
            text, problem = read(os.path.join(folder, name))
            if problem:
                raise Unusable(f"{shortened(name)}: {problem}")
            found.append((name, text))
    return tuple(found)


def _text(title: str, points: list[Point], color: bool) -> str:
    lines = [title]
    for point in points:
        sign = SIGNS[point.status]
        if color:
            sign = f"\x1b[{COLORS[point.status]}m{sign}\x1b[0m"
        lines.append(f"  {sign} {point.what}")
        lines += [f"      {line}" for line in point.details]
    return "\n".join(lines) + "\n"


def _show_answers(exercise: Exercise) -> None:
    from conclang.exercises.exercise import ANSWER_FILE
    from conclang.exercises.solution_key import answer_text

    if ANSWER_FILE in exercise.wanted:
        text = answer_text(exercise, exercise.variant(None))
        click.echo("".join(f"    {line}\n" for line in text.splitlines()), nl=False)
