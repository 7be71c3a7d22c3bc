"""`conclang exercise list`: the exercises of a course, and which are solved."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from conclang.cli.common import Unusable, wants_color
from conclang.cli.exercise_common import course_of, course_option, report
from conclang.cli.output import write_output


@click.command()
@course_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(course: str | None, form: str) -> None:
    """List the exercises in their order, with what you have solved."""
    from conclang.exercises.exercise import load_exercise
    from conclang.exercises.outcome import number
    from conclang.exercises.progress import State, all_states

    states = all_states()
    chosen = course_of(course)
    rows: list[dict[str, Any]] = []
    for name in chosen.names:
        loaded = load_exercise(chosen.path(name))
        if loaded.exercise is None:
            raise Unusable(report(loaded.source, loaded.bag))
        exercise, state = loaded.exercise, states.get(loaded.exercise.id, State())
        rows.append(
            {
                "id": exercise.id,
                "title": exercise.title,
                "theme": exercise.theme,
                "difficulty": exercise.difficulty,
                "points": number(exercise.points),
                "solved": state.solved,
                "best": state.best or None,
            }
        )
    if form == "json":
        made = {"schema": 1, "course": chosen.title, "exercises": rows}
        write_output(json.dumps(made, indent=2, ensure_ascii=False) + "\n", None)
        return
    write_output(_text(chosen.title, rows, wants_color(sys.stdout)), None)


def _text(title: str, rows: list[dict[str, Any]], color: bool) -> str:
    wide = max(len(row["id"]) for row in rows)
    themed = max(len(row["theme"]) for row in rows)
    lines = [title, ""]
    for row in rows:
        sign = "✓" if row["solved"] else " "
        if color and row["solved"]:
            sign = f"\x1b[32m{sign}\x1b[0m"
        stars = "*" * row["difficulty"]
        best = f"  ({row['best']})" if row["best"] and not row["solved"] else ""
        lines.append(
            f"{sign} {row['id']:<{wide}}  {stars:<5}  {row['theme']:<{themed}}  "
            f"{row['title']}{best}"
        )
    solved = sum(row["solved"] for row in rows)
    return "\n".join([*lines, "", f"{solved} of {len(rows)} solved"]) + "\n"
