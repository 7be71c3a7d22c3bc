"""Where exercises are found: the course that comes with conclang, and folders of teachers.

A course is a folder with `course.yaml` (a title and the names of its exercises in order of
difficulty) and a folder for each exercise.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import SourceText, read_source
from conclang.exercises.exercise import FILE_NAME, Loaded, load_exercise
from conclang.exercises.table import IDENTITY, LINE
from conclang.exercises.types import BAD, Field, ListOf, Reading, Record
from conclang.exercises.yaml_tree import read_tree
from conclang.record import record

COURSE = Path(__file__).parent / "course"
COURSE_FILE = "course.yaml"
KEYS = Record(
    "a course",
    Field("title", LINE, "one line", required=True),
    Field("exercises", ListOf(IDENTITY), "folders of exercises, in order", required=True),
)


@record
class Course:
    """Exercises in order; `source` and `bag` are those of `course.yaml`."""

    folder: str
    title: str
    names: tuple[str, ...]
    source: SourceText
    bag: Bag

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)


def load_course(folder: str) -> Course:
    """The course in a folder; without `course.yaml`, all exercises in it by name."""
    file = os.path.join(folder, COURSE_FILE)
    if not os.path.exists(file):
        names = sorted(n for n in os.listdir(folder) if is_exercise(os.path.join(folder, n)))
        return Course(folder, os.path.basename(os.path.abspath(folder)), tuple(names), *_blank())
    source, problem = read_source(file)
    bag = Bag(source)
    values: Any = BAD
    if problem is not None:
        bag.add(Diagnostic.unreadable(problem))
    else:
        tree = read_tree(source, bag)
        values = BAD if tree is None else KEYS.read(tree, (), Reading(bag, {}))
    if values is BAD:
        return Course(folder, "", (), source, bag)
    return Course(folder, values["title"], values["exercises"], source, bag)


def _blank() -> tuple[SourceText, Bag]:
    source = SourceText.of("")
    return source, Bag(source)


def is_exercise(path: str) -> bool:
    """Is this the folder of an exercise?"""
    return os.path.isfile(os.path.join(path, FILE_NAME))


def find(name: str) -> str | None:
    """The path of an exercise: a folder, its file, or a name of the course that comes along."""
    if is_exercise(name):
        return name
    if name.endswith((".yaml", ".yml")) and os.path.isfile(name):
        return name
    if name in load_course(str(COURSE)).names:
        return str(COURSE / name)
    return None


def load(name: str) -> Loaded | None:
    """An exercise by name or path; None if there is none."""
    path = find(name)
    return None if path is None else load_exercise(path)
