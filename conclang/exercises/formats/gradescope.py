"""Results as Gradescope's `results.json`: one object, or a list of them for several submissions.

Hidden checks get the visibility `after_published`: teachers see them at once.
"""

from __future__ import annotations

import json
from typing import Any

from conclang.exercises.formats.html import of_check
from conclang.exercises.formats.words import headline
from conclang.exercises.outcome import PASSED, CheckGrade, Grade, number


def show(grades: list[Grade], many: bool) -> str:
    made = [document(grade) for grade in grades]
    whole: Any = made if many or len(made) != 1 else made[0]
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def document(grade: Grade) -> dict[str, Any]:
    output = "\n".join([f"{grade.title}: {headline(grade)}", *grade.details])
    return {
        "score": number(grade.earned),
        "output": output,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "submission": grade.submission,
            "exercise": grade.exercise,
            "status": grade.status,
            "max_score": number(grade.points),
        },
        "tests": [_test(check) for check in grade.checks],
    }


def _test(check: CheckGrade) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": check.name,
        "number": str(check.number + 1),
        "score": number(check.earned),
        "max_score": number(check.points),
        "status": "passed" if check.outcome.status == PASSED else "failed",
        "output": of_check(check),
        "output_format": "html",
        "visibility": "after_published" if check.hidden else "visible",
    }
    if check.outcome.limit:
        made["tags"] = [f"limit: {check.outcome.limit}"]
    return made
