"""`conclang exercise hint`: one hint more than last time."""

from __future__ import annotations

import click

from conclang.cli.common import Unusable
from conclang.cli.exercise_common import course_option, exercise_of
from conclang.diagnostics.counting import counted


@click.command()
@click.argument("name", metavar="EXERCISE")
@course_option
@click.option("--all", "everything", is_flag=True, help="All hints at once.")
@click.option("--number", type=click.IntRange(1), help="A certain hint.")
def command(name: str, course: str | None, everything: bool, number: int | None) -> None:
    """Show the next hint; after the last one, the last one again."""
    from conclang.exercises.progress import change, state

    exercise = exercise_of(name, course)
    hints = exercise.hints
    if not hints:
        raise Unusable(f"{exercise.id} has no hints")
    if number is not None and number > len(hints):
        raise Unusable(f"{exercise.id} has {counted(len(hints), 'hint')}")
    last = len(hints) if everything else number or min(state(exercise.id).hints + 1, len(hints))
    first = 1 if everything else last
    for place in range(first, last + 1):
        click.echo(f"hint {place} of {len(hints)}: {hints[place - 1].strip()}")
    if last > state(exercise.id).hints:
        change(exercise.id, hints=last)
