"""Drawings of failures as files: the result then names them instead of holding them."""

from __future__ import annotations

import re

from conclang.exercises.outcome import Evidence, Grade
from conclang.record import replace


def named(grades: list[Grade]) -> tuple[list[Grade], list[tuple[str, str]]]:
    """The grades with names of files in place of drawings, and the files."""
    files: list[tuple[str, str]] = []
    made = []
    for number, grade in enumerate(grades, start=1):
        stem = re.sub(r"[^A-Za-z0-9_-]+", "_", grade.submission.rsplit(".", 1)[0])[:60]
        checks = []
        for check in grade.checks:
            shown = []
            for place, evidence in enumerate(check.outcome.evidence, start=1):
                if evidence.svg:
                    name = f"{number:03}_{stem}_{check.number + 1}_{place}.svg"
                    files.append((name, evidence.svg))
                    shown.append(_named(evidence, name))
                else:
                    shown.append(evidence)
            outcome = replace(check.outcome, evidence=tuple(shown))
            checks.append(replace(check, outcome=outcome))
        made.append(replace(grade, checks=tuple(checks)))
    return made, files


def _named(evidence: Evidence, name: str) -> Evidence:
    return replace(evidence, svg="", picture=(*evidence.picture, f"drawing: {name}"))
