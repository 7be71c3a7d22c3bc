"""Results as PrairieLearn's external graders write them (`/grade/results/results.json`).

A submission that cannot be judged at all (it does not compile, is no text, was changed where it
must not be) is `gradable: false`: it costs the student no attempt.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from conclang.exercises.formats.html import data_url
from conclang.exercises.formats.words import explained, first_line, headline
from conclang.exercises.outcome import MISTAKEN, REFUSED, UNREADABLE, CheckGrade, Grade, number

UNGRADABLE = frozenset({MISTAKEN, REFUSED, UNREADABLE})
LARGEST = 900_000  # characters: the file must stay below a megabyte


def show(grades: list[Grade], many: bool) -> str:
    made = [document(grade) for grade in grades]
    whole: Any = made if many or len(made) != 1 else made[0]
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def document(grade: Grade) -> dict[str, Any]:
    made = _document(grade, True)
    if len(json.dumps(made, ensure_ascii=False).encode()) > LARGEST:
        made = _document(grade, False)
    return made


def _document(grade: Grade, images: bool) -> dict[str, Any]:
    if grade.status in UNGRADABLE:
        return {"gradable": False, "format_errors": [grade.problem, *grade.details]}
    share = grade.earned / grade.points if grade.points else Fraction(0)
    return {
        "gradable": True,
        "score": round(float(share), 6),
        "message": headline(grade),
        "output": "\n".join(grade.details),
        "tests": [_test(check, images) for check in grade.checks],
    }


def _test(check: CheckGrade, images: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": check.name,
        "description": "" if check.hidden else check.kind,
        "points": number(check.earned),
        "max_points": number(check.points),
        "message": first_line(check),
        "output": "\n".join(explained(check)),
    }
    drawings = [] if check.hidden else [e for e in check.outcome.evidence if e.svg]
    if images and drawings:
        made["images"] = [{"label": e.message, "url": data_url(e.svg)} for e in drawings]
    return made
