"""Results as check50 writes them with `-o json`.

`passed` is true or false, or null for what was not judged: because the file does not compile, or
because a limit was reached. Several submissions make a list.
"""

from __future__ import annotations

import json
import re
from typing import Any

from conclang.exercises.formats.words import explained, first_line
from conclang.exercises.outcome import FAILED, LIMIT, PASSED, CheckGrade, Grade

VERSION = "3.3.0"  # of check50's specification that this follows


def show(grades: list[Grade], many: bool) -> str:
    made = [document(grade) for grade in grades]
    whole: Any = made if many or len(made) != 1 else made[0]
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def document(grade: Grade) -> dict[str, Any]:
    names: list[str] = []
    for check in grade.checks:
        name = re.sub(r"[^a-z0-9]+", "_", check.name.lower()).strip("_") or "check"
        names.append(name if name not in names else f"{name}_{check.number + 1}")
    return {
        "slug": f"conclang/{grade.exercise}",
        "submission": grade.submission,
        "results": [
            _compiles(grade),
            *(_result(grade, c, name) for c, name in zip(grade.checks, names, strict=True)),
        ],
        "version": VERSION,
    }


def _compiles(grade: Grade) -> dict[str, Any]:
    """The first check, on which the others depend: is there anything to judge?"""
    cause = {"rationale": grade.problem, "help": None} if grade.problem else None
    return {
        "name": "can_be_judged",
        "description": "the file can be judged",
        "passed": not grade.problem,
        "log": list(grade.details),
        "cause": cause,
        "data": {},
        "dependency": None,
    }


def _result(grade: Grade, check: CheckGrade, name: str) -> dict[str, Any]:
    status = check.outcome.status
    cause = None
    if status != PASSED:
        hint = check.hint or None
        cause = {
            "rationale": first_line(check),
            "help": hint if hint != first_line(check) else None,
        }
    judged = status in (PASSED, FAILED) and not grade.problem
    return {
        "name": name,
        "description": check.name,
        "passed": status == PASSED if judged else None,
        "log": explained(check) if status in (FAILED, LIMIT) and not grade.problem else [],
        "cause": cause,
        "data": {"points": float(check.earned), "max_points": float(check.points)},
        "dependency": "can_be_judged",
    }
