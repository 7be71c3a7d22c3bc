"""`conclang exercise show`: what is asked, and how it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conclang.cli.exercise_common import course_option, exercise_of, seed_option
from conclang.cli.output import write_output

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise


@click.command()
@click.argument("name", metavar="EXERCISE")
@course_option
@seed_option
@click.option("--file", "only_file", is_flag=True, help="Only the file to begin with.")
def command(name: str, course: str | None, seed: int | None, only_file: bool) -> None:
    """Show an exercise: the task, the file to begin with, what is judged. Never a solution."""
    from conclang.exercises.progress import state
    from conclang.exercises.workplace import files_of

    exercise = exercise_of(name, course)
    seed = seed if seed is not None else state(exercise.id).seed
    files = files_of(exercise, seed)
    if only_file:
        write_output(files[0][1], None)
        return
    write_output(_page(exercise, seed, files), None)


def _page(exercise: Exercise, seed: int | None, files: list[tuple[str, str]]) -> str:
    from conclang.exercises.outcome import number

    lines = [f"# {exercise.title}", "", exercise.shown_prompt(seed).strip(), ""]
    for name, text in files:
        language = "yaml" if name.endswith(".yaml") else "conclang"
        lines += [f"{name}:", "", f"```{language}", text.rstrip("\n"), "```", ""]
    lines.append("What is judged:")
    lines.append("")
    for check in exercise.checks:
        what = "(hidden)" if check.hidden else check.name
        points = number(check.points)
        lines.append(f"- {what}: {points} point{'s' * (points != 1)}")
        if check.kind == "answer" and not check.hidden:
            lines[-1] = (
                f"- `{check.asked['key']}`, {points} point{'s' * (points != 1)}: {check.name}"
            )
    hints = len(exercise.hints)
    if hints:
        lines += ["", f"{hints} hint{'s' * (hints != 1)}: conclang exercise hint {exercise.id}"]
    return "\n".join(lines) + "\n"
