"""Results for people: each submission with its checks, then a table of all of them."""

from __future__ import annotations

from conclang.exercises.formats.words import SIGNS, explained, headline
from conclang.exercises.outcome import PASSED, Grade, number
from conclang.render.text_style import padded, width

COLORS = {"✓": "32", "✗": "31", "?": "33"}


def show(grades: list[Grade], many: bool, color: bool = False, teacher: bool = True) -> str:
    """Everything about one submission, or what failed in each and a table of all."""
    if not many and len(grades) == 1:
        return page(grades[0], color, teacher)
    pages = [page(grade, color, teacher) for grade in grades if grade.status != PASSED]
    return "\n".join([*pages, table(grades, color)])


def page(grade: Grade, color: bool = False, teacher: bool = True) -> str:
    """One submission; `teacher`: hidden checks are shown with their evidence."""
    sign = {PASSED: "✓", "limit": "?"}.get(grade.status, "✗")
    lines = [f"{_paint(sign, color)} {grade.submission}  {headline(grade)}"]
    lines += [f"    {line}" for line in grade.details]
    for check in grade.checks if not grade.problem else ():
        sign = SIGNS[check.outcome.status]
        points = f"{number(check.earned)}/{number(check.points)}"
        note = "  (hidden)" if check.hidden else ""
        lines.append(f"  {_paint(sign, color)} {points:<5} {check.name}{note}")
        if teacher and check.hidden:
            from conclang.record import replace

            check = replace(check, hidden=False)
        lines += [f"          {line}".rstrip() for line in explained(check)]
    return "\n".join(lines) + "\n"


def table(grades: list[Grade], color: bool = False) -> str:
    """A row per submission, and the sums."""
    name = min(40, max((width(grade.submission) for grade in grades), default=0))
    rows = []
    for grade in grades:
        sign = {PASSED: "✓", "limit": "?"}.get(grade.status, "✗")
        points = f"{number(grade.earned)}/{number(grade.points)}"
        checks = "".join(SIGNS[check.outcome.status] for check in grade.checks)
        rows.append(
            f"{_paint(sign, color)} {padded(grade.submission, name)}  {points:>9}  "
            f"{checks}  {grade.problem or grade.status}"
        )
    full = sum(grade.full for grade in grades)
    rows.append(f"{len(grades)} submissions: {full} with all points, {_mean(grades)} on average")
    return "\n".join(rows) + "\n"


def _mean(grades: list[Grade]) -> str:
    if not grades:
        return "no points"
    total = sum(float(grade.earned) for grade in grades) / len(grades)
    return f"{total:.2f} of {number(grades[0].points)} points"


def _paint(sign: str, color: bool) -> str:
    return f"\x1b[{COLORS[sign]}m{sign}\x1b[0m" if color else sign
