"""`conclang exercise watch`: one exercise after the other, judged at every save."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable
from conclang.cli.exercise_common import (
    course_of,
    course_option,
    exercise_of,
    folder_option,
    seed_option,
)
from conclang.cli.exercise_run import judge, remember, show

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise
    from conclang.exercises.workers import Pool


@click.command()
@click.argument("name", required=False, metavar="[EXERCISE]")
@folder_option
@course_option
@seed_option
@click.option("--poll", is_flag=True, help="Look at the file again and again, ask no system.")
def command(name: str | None, folder: str, course: str | None, seed: int | None, poll: bool) -> int:
    """Work through the exercises: save your file, see the result, go on when it is solved.

    Begins with the first that is not solved, or with EXERCISE. Ctrl-C ends; what is solved stays
    so.
    """
    from conclang.exercises.workers import Pool

    names = _names(name, course)
    if not names:
        click.echo("everything is solved", err=True)
        return 0
    with Pool() as pool:
        for number, each in enumerate(names):
            exercise = exercise_of(each, course)
            _work(pool, exercise, folder, seed, poll)
            if number + 1 < len(names):
                click.echo(f"✓ {exercise.id} is solved; on to {names[number + 1]}\n")
    click.echo("✓ everything is solved")
    return 0


def _names(name: str | None, course: str | None) -> list[str]:
    """The exercises to come: not yet solved, from the one named on."""
    from conclang.exercises.progress import State, all_states

    chosen = course_of(course)
    names = list(chosen.names)
    if name is not None:
        if name not in names:
            exercise_of(name, course)  # a lone one, or the end of this command
            return [name]
        names = names[names.index(name) :]
    states = all_states()
    open_ = [each for each in names if not states.get(each, State()).solved]
    return [name, *(n for n in open_ if n != name)] if name is not None else open_


def _work(pool: Pool, exercise: Exercise, folder: str, seed: int | None, poll: bool) -> None:
    """One exercise until it is solved."""
    from conclang.exercises.seeds import seed_of
    from conclang.exercises.watching import stamps, wait_for_change
    from conclang.exercises.workplace import begin, place_of, submission

    try:
        begin(folder, exercise, seed)
    except OSError as error:
        raise Unusable(f"{folder}: cannot be written: {error.strerror}") from None
    place = place_of(folder, exercise)
    paths = [os.path.join(place.folder, name) for name in exercise.wanted]
    seed = seed_of(submission(folder, exercise), seed)
    _announce(exercise, place.file, seed)
    while True:
        before: Any = stamps(paths)
        made = judge(pool, exercise, submission(folder, exercise), seed)
        show(made)
        remember(exercise, made)
        if made.full:
            return
        click.echo(f"change {place.file} and save it; `conclang exercise hint {exercise.id}`")
        wait_for_change(paths, before, poll)


def _announce(exercise: Exercise, file: str, seed: int | None) -> None:
    click.echo(
        f"# {exercise.title}\n\n{exercise.shown_prompt(seed).strip()}\n\nYour file: {file}\n"
    )
