"""`conclang exercise reset`: begin again; what was there is kept beside it."""

from __future__ import annotations

import click

from conclang.cli.exercise_common import course_option, exercise_of, folder_option, seed_option


@click.command()
@click.argument("name", metavar="EXERCISE")
@folder_option
@course_option
@seed_option
def command(name: str, folder: str, course: str | None, seed: int | None) -> None:
    """Put the starter into your folder; a file of yours is kept under another name.

    With --seed you get another variant.
    """
    from conclang.exercises.progress import change, state
    from conclang.exercises.workplace import place_of, reset

    exercise = exercise_of(name, course)
    seed = seed if seed is not None else state(exercise.id).seed
    kept = reset(folder, exercise, seed)
    change(exercise.id, solved=False, best="", hints=0, seed=seed)
    if kept:
        click.echo(f"your file is kept as {kept}", err=True)
    click.echo(f"begin in {place_of(folder, exercise).file}", err=True)
