"""Results as JSON, with everything in them; `schema` grows only with a change of meaning."""

from __future__ import annotations

import json
from typing import Any

from conclang.exercises.outcome import CheckGrade, Evidence, Grade, number


def show(grades: list[Grade], many: bool) -> str:
    """An object for one submission, one with `submissions` for several."""
    made = [document(grade) for grade in grades]
    whole: Any = {"schema": 1, "submissions": made} if many or len(made) != 1 else made[0]
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def document(grade: Grade) -> dict[str, Any]:
    return {
        "schema": 1,
        "submission": grade.submission,
        "exercise": grade.exercise,
        "status": grade.status,
        "points": number(grade.earned),
        "max_points": number(grade.points),
        "problem": grade.problem or None,
        "details": list(grade.details),
        "checks": [_check(check) for check in grade.checks],
    }


def _check(check: CheckGrade) -> dict[str, Any]:
    return {
        "name": check.name,
        "kind": check.kind,
        "status": check.outcome.status,
        "limit": check.outcome.limit or None,
        "points": number(check.earned),
        "max_points": number(check.points),
        "hidden": check.hidden,
        "message": check.hint or None,
        "evidence": [_evidence(evidence) for evidence in check.outcome.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "message": evidence.message,
        "cause": evidence.cause or None,
        "schedule": evidence.schedule or None,
        "steps": evidence.steps,
        "picture": list(evidence.picture),
        "svg": evidence.svg or None,
    }
