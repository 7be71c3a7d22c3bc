"""`conclang exercise run`: judge your own file, and remember what you have solved."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from conclang.cli.common import Unusable, shortened, wants_color
from conclang.cli.exercise_common import course_option, exercise_of, folder_option, seed_option

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise
    from conclang.exercises.handing_in import Submission
    from conclang.exercises.outcome import Grade
    from conclang.exercises.workers import Pool


@click.command()
@click.argument("name", metavar="EXERCISE")
@click.argument("file", required=False)
@folder_option
@course_option
@seed_option
def command(name: str, file: str | None, folder: str, course: str | None, seed: int | None) -> int:
    """Judge FILE, or the file in your folder (made if it is not there yet).

    Exit code 0: all points; 1: not yet; 3: a limit was reached.
    """
    from conclang.exercises.workers import Pool
    from conclang.exercises.workplace import begin, place_of, submission, submission_of

    exercise = exercise_of(name, course)
    if file is not None and not os.path.isfile(file):
        raise Unusable(f"{shortened(file)}: there is no such file")
    if file is None and begin(folder, exercise, seed):
        click.echo(f"begin in {place_of(folder, exercise).file}", err=True)
    given = submission_of(file, exercise) if file is not None else submission(folder, exercise)
    with Pool() as pool:
        made = judge(pool, exercise, given, seed)
    show(made)
    remember(exercise, made)
    return made.exit_code


def judge(pool: Pool, exercise: Exercise, given: Submission, seed: int | None) -> Grade:
    """The grade of one submission, by a worker that can be stopped."""
    from conclang.exercises.seeds import seed_of
    from conclang.exercises.workers import Job

    job = Job(exercise, given, exercise.variant(seed_of(given, seed)))
    return pool.grades([job])[0]


def show(made: Grade) -> None:
    """The result as students see it: hidden checks stay hidden."""
    from conclang.cli.output import write_output
    from conclang.exercises.formats.text import page

    write_output(page(made, wants_color(sys.stdout), teacher=False), None)


def remember(exercise: Exercise, made: Grade) -> None:
    """Note what was reached; a home that cannot be written to is no reason to fail."""
    from conclang.exercises.outcome import number
    from conclang.exercises.progress import change, state

    before = state(exercise.id)
    points = f"{number(made.earned)} of {number(made.points)}"
    try:
        change(exercise.id, solved=before.solved or made.full, best=_better(before.best, points))
    except OSError as error:
        click.echo(f"progress is not kept: {error.strerror}", err=True)


def _better(one: str, other: str) -> str:
    return max(one, other, key=lambda text: float(text.split()[0]) if text else -1.0)
