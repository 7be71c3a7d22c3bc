"""What the commands of `conclang exercise` share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, shortened, wants_color

if TYPE_CHECKING:
    from conclang.exercises.exercise import Exercise, Loaded


def seed_option(function: Any) -> Any:
    return click.option(
        "--seed", type=click.IntRange(0, 2**63 - 1), help="Which variant; without it the plain one."
    )(function)


def folder_option(function: Any) -> Any:
    return click.option(
        "--dir",
        "folder",
        default="exercises",
        show_default=True,
        metavar="DIR",
        help="The folder with your files.",
    )(function)


def course_option(function: Any) -> Any:
    return click.option(
        "--course", metavar="DIR", help="A course of your own instead of the one that comes along."
    )(function)


def course_of(path: str | None) -> Any:
    """The course asked for; a folder without exercises ends the command."""
    import os

    from conclang.exercises.catalogue import COURSE, load_course

    if path is not None and not os.path.isdir(path):
        raise Unusable(f"{shortened(path)}: there is no such folder")
    course = load_course(path or str(COURSE))
    if course.bag.errors:
        raise Unusable(report(course.source, course.bag))
    if not course.names:
        raise Unusable(f"{shortened(path)}: there are no exercises in it")
    return course


def exercise_of(name: str, course: str | None = None) -> Exercise:
    """An exercise by name or path; a mistake in it ends the command with code 2."""
    import os

    from conclang.exercises.catalogue import COURSE, load, load_course
    from conclang.exercises.exercise import load_exercise

    loaded: Loaded | None
    if course is not None and name in course_of(course).names:
        loaded = load_exercise(os.path.join(course, name))
    else:
        loaded = load(name)
    if loaded is None:
        from conclang.diagnostics.spelling import did_you_mean

        question = did_you_mean(name, load_course(course or str(COURSE)).names)
        hint = question or "`conclang exercise list` shows all"
        raise Unusable(f"there is no exercise '{shortened(name)}'; {hint}")
    from conclang.exercises.validate import validate

    if loaded.exercise is None or not validate(loaded):
        raise Unusable(report(loaded.source, loaded.bag))
    return loaded.exercise


def report(source: Any, bag: Any) -> str:
    """Mistakes in an exercise's own files, as they are shown for scenarios."""
    from conclang.diagnostics.show import full

    return full(source, list(bag), color=wants_color(sys.stderr)).rstrip("\n")
