"""`conclang exercise grade`: many submissions, judged in parallel, in a form of your choice."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, shortened, wants_color, worst
from conclang.cli.exercise_common import exercise_of, seed_option
from conclang.cli.output import write_output
from conclang.exercises.formats import FORMATS, WITH_PICTURES

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise
    from conclang.exercises.outcome import Grade


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DIR-OR-FILES...")
@click.option("-e", "--exercise", "name", metavar="EXERCISE", help="Its name, or its folder.")
@seed_option
@click.option("--seed-by-name", is_flag=True, help="Each submission's name draws its variant.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), help="Submissions judged at once.")
@click.option("--max-seconds", type=click.IntRange(1, 3600), help="For one submission.")
@click.option("--max-states", type=click.IntRange(1), help="States that a search may visit.")
@click.option("--max-memory", type=click.IntRange(64, 65536), metavar="MB", help="For one.")
@click.option("--summary", is_flag=True, help="As text: only the table, not what failed.")
@click.option("--pictures", metavar="DIR", help="Write a drawing of each failure (SVG) there.")
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(paths: tuple[str, ...], form: str, output: str | None, **given: Any) -> int:
    """Grade submissions: files, folders with the file to hand in, or folders of such.

    The exercise is named by -e, or is the first path if that is one, or is guessed from the names
    of the files.
    """
    exercise, paths = _exercise(paths, given["name"])
    exercise = _limited(exercise, given)
    many = len(paths) > 1 or _is_collection(paths[0], exercise)
    pictures = form in WITH_PICTURES or given["pictures"] is not None
    grades = _grades(exercise, paths, given, pictures)
    if given["pictures"] is not None:
        grades = _draw(grades, given["pictures"])
    shown = _table(grades, output) if given["summary"] else _shown(grades, form, many, output)
    write_output(shown, output, [], given["force"])
    return worst(grade.exit_code for grade in grades)


def _exercise(paths: tuple[str, ...], name: str | None) -> tuple[Exercise, tuple[str, ...]]:
    from conclang.exercises.catalogue import find, is_exercise

    if name is None and len(paths) > 1 and (is_exercise(paths[0]) or find(paths[0])):
        name, paths = paths[0], paths[1:]
    for path in paths:
        if not os.path.lexists(path):
            raise Unusable(f"{shortened(path)}: there is no such file or folder")
    if name is None:
        name = _guessed(paths)
    if name is None:
        raise Unusable("which exercise? say -e EXERCISE (its name, or its folder)")
    return exercise_of(name), paths


def _guessed(paths: tuple[str, ...]) -> str | None:
    """An exercise whose name is that of a file or folder."""
    from conclang.exercises.catalogue import find

    for path in paths:
        stem = os.path.splitext(os.path.basename(os.path.abspath(path)))[0]
        if os.sep not in stem and not os.path.isdir(stem) and find(stem):
            return stem
    return None


def _limited(exercise: Exercise, given: dict[str, Any]) -> Exercise:
    from conclang.record import replace

    wanted = {
        name: given[f"max_{name}"]
        for name in ("seconds", "states", "memory")
        if given[f"max_{name}"] is not None
    }
    return replace(exercise, limits=replace(exercise.limits, **wanted)) if wanted else exercise


def _is_collection(path: str, exercise: Exercise) -> bool:
    wanted = (os.path.join(path, name) for name in exercise.wanted)
    return os.path.isdir(path) and not any(os.path.lexists(file) for file in wanted)


def _grades(
    exercise: Exercise, paths: tuple[str, ...], given: dict[str, Any], pictures: bool
) -> list[Grade]:
    from conclang.exercises.grading import Options
    from conclang.exercises.handing_in import collect
    from conclang.exercises.seeds import seed_of
    from conclang.exercises.workers import Job, Pool

    submissions = collect(paths, exercise)
    if not submissions:
        raise Unusable("there are no submissions in the folders given")
    jobs = []
    for submission in submissions:
        seed = seed_of(submission, given["seed"], given["seed_by_name"])
        jobs.append(Job(exercise, submission, exercise.variant(seed), Options(pictures)))
    size = given["workers"] or min(os.cpu_count() or 1, 8)
    with Pool(min(size, len(jobs))) as pool:
        return pool.grades(jobs, _progress())


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        click.echo(f"\r{done} of {total} graded{end}", err=True, nl=False)

    return told


def _draw(grades: list[Grade], folder: str) -> list[Grade]:
    from conclang.cli.output import replace_file
    from conclang.exercises.formats.pictures import named

    os.makedirs(folder, exist_ok=True)
    changed, files = named(grades)
    for name, svg in files:
        replace_file(os.path.join(folder, name), svg.encode())
    return changed


def _table(grades: list[Grade], output: str | None) -> str:
    from conclang.exercises.formats.text import table

    return table(grades, output is None and wants_color(sys.stdout))


def _shown(grades: list[Grade], form: str, many: bool, output: str | None) -> str:
    from importlib import import_module

    name = {"json": "json_form", "csv": "csv_form"}.get(form, form)
    module = import_module(f"conclang.exercises.formats.{name}")
    if form == "text":
        color = output is None and wants_color(sys.stdout)
        return str(module.show(grades, many, color))
    return str(module.show(grades, many))
