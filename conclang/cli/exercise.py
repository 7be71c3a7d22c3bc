"""`conclang exercise …`: the table of its commands."""

from __future__ import annotations

import click

from conclang.cli.group import LazyGroup, Row

ROWS = (
    # name, module in conclang/cli, its line in --help
    Row("list", "exercise_list", "List the exercises, and which are solved."),
    Row("show", "exercise_show", "Show the text of an exercise."),
    Row("run", "exercise_run", "Judge your file: what is right, what is wrong, and why."),
    Row("watch", "exercise_watch", "Judge again at every save; go on when it is solved."),
    Row("hint", "exercise_hint", "Show the next hint."),
    Row("reset", "exercise_reset", "Begin an exercise anew (your file is kept aside)."),
    Row("grade", "exercise_grade", "Grade many submissions: text, JSON, CSV, graders' forms."),
    Row("new", "exercise_new", "Write an exercise: blank, from a scenario, or from a seed."),
    Row("verify", "exercise_verify", "For authors: is the exercise itself sound?"),
)


@click.group(cls=LazyGroup, rows=ROWS)
def command() -> None:
    """Exercises, graded under every schedule.

    Students: list, show, run, watch, hint, reset. Teachers: new, verify, grade.
    """
