"""Results as CSV for a spreadsheet: a row per submission, a column per check.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that no name of
a file can become one.
"""

from __future__ import annotations

import csv
import io

from conclang.exercises.formats.words import first_line
from conclang.exercises.outcome import PASSED, Grade, number

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(grades: list[Grade], many: bool) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    checks = grades[0].checks if grades else ()
    writer.writerow(
        ["submission", "exercise", "status", "points", "max_points"]
        + [safe(check.name) for check in checks]
        + ["reason"]
    )
    for grade in grades:
        reasons = [first_line(c) for c in grade.checks if c.outcome.status != PASSED]
        row = [safe(grade.submission), grade.exercise, grade.status]
        row += [str(number(grade.earned)), str(number(grade.points))]
        row += [str(number(check.earned)) for check in grade.checks]
        writer.writerow([*row, safe(grade.problem or (reasons[0] if reasons else ""))])
    return stream.getvalue()


def safe(text: str) -> str:
    """A text that stays a text in a spreadsheet."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA) else line
