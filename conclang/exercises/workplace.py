"""A student's folder: one folder per exercise, with the file to work on in it."""

from __future__ import annotations

import contextlib
import os

from conclang.exercises.exercise import Exercise
from conclang.exercises.handing_in import Submission, read
from conclang.exercises.regions import with_seed
from conclang.record import record

SCENARIO = "scenario.cl"


@record
class Place:
    """Where an exercise is worked on."""

    folder: str
    file: str


def place_of(folder: str, exercise: Exercise) -> Place:
    here = os.path.join(folder, exercise.id)
    return Place(here, os.path.join(here, exercise.file))


def files_of(exercise: Exercise, seed: int | None) -> list[tuple[str, str]]:
    """What a student begins with: the starter, and the scenario that questions are about."""
    made = [(exercise.file, exercise.starter)]
    if exercise.scenario:
        made.append((SCENARIO, exercise.scenario))
    if seed is None:
        return made
    values = exercise.variant(seed)
    seeded = []
    for name, text in made:
        if name.endswith(".cl"):
            seeded.append((name, with_seed(text, seed, values)))
        else:
            seeded.append((name, f"seed: {seed}\n{text}"))
    return seeded


def begin(folder: str, exercise: Exercise, seed: int | None) -> bool:
    """Write the files that are not there yet; was the one to work on among them?"""
    place = place_of(folder, exercise)
    fresh = not os.path.lexists(place.file)
    os.makedirs(place.folder, exist_ok=True)
    for name, text in files_of(exercise, seed):
        _create(os.path.join(place.folder, name), text)
    return fresh


def reset(folder: str, exercise: Exercise, seed: int | None) -> str:
    """Put the starter back; what was there is kept under the name returned ("" if nothing)."""
    place = place_of(folder, exercise)
    kept = ""
    for name, text in files_of(exercise, seed):
        file = os.path.join(place.folder, name)
        if os.path.lexists(file):
            if not os.path.islink(file) and _content(file) == text:
                continue
            aside = _free_name(file)
            os.replace(file, aside)
            kept = kept or aside
    begin(folder, exercise, seed)
    return kept


def submission(folder: str, exercise: Exercise) -> Submission:
    """What is in the student's folder now."""
    place = place_of(folder, exercise)
    return submission_of(place.file, exercise)


def submission_of(file: str, exercise: Exercise) -> Submission:
    """A file (and the answers beside it, where there are questions)."""
    texts = []
    for name in exercise.wanted:
        path = file if name == exercise.file else os.path.join(os.path.dirname(file), name)
        text, problem = read(path)
        if problem:
            return Submission(os.path.basename(path), problem=problem)
        texts.append((name, text))
    return Submission(os.path.basename(file), tuple(texts))


def _create(file: str, text: str) -> None:
    with contextlib.suppress(FileExistsError), open(file, "x", encoding="utf-8") as stream:
        stream.write(text)


def _content(file: str) -> str | None:
    try:
        with open(file, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError):
        return None


def _free_name(file: str) -> str:
    number = 1
    while os.path.lexists(f"{file}.{number}.old"):
        number += 1
    return f"{file}.{number}.old"
