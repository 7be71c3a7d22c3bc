"""What every form says about an outcome, in lines of plain text."""

from __future__ import annotations

from conclang.diagnostics.counting import counted
from conclang.diagnostics.show import printable
from conclang.exercises.outcome import FAILED, LIMIT, PASSED, CheckGrade, Evidence, Grade, number

SIGNS = {PASSED: "✓", FAILED: "✗", LIMIT: "?"}
HIDDEN = "a hidden check"


def headline(grade: Grade) -> str:
    """Points and status in a line."""
    points = f"{number(grade.earned)} of {number(grade.points)} points"
    if grade.problem:
        return f"{points}: {grade.problem}"
    return f"{points}: {_status(grade)}"


def _status(grade: Grade) -> str:
    if grade.status == PASSED:
        return "everything passed"
    failed = sum(check.outcome.status == FAILED for check in grade.checks)
    open_ = sum(check.outcome.status == LIMIT for check in grade.checks)
    parts = [f"{failed} failed"] if failed else []
    parts += [f"{open_} unknown (limit reached)"] if open_ else []
    return f"of {counted(len(grade.checks), 'check')} " + ", ".join(parts)


def told(evidence: Evidence) -> list[str]:
    """All there is to say about a failure."""
    lines = [evidence.message]
    if evidence.cause and evidence.cause not in evidence.message:
        lines.append(f"why: {evidence.cause}")
    if evidence.steps is not None:
        lines.append(f"shortest schedule: {evidence.steps} step{'s' * (evidence.steps != 1)}")
    lines += list(evidence.picture)
    if evidence.schedule:
        lines.append(f"conclang replay: {evidence.schedule}")
    return [printable(line) for line in lines]


def explained(check: CheckGrade) -> list[str]:
    """The teacher's words and the evidence; of a hidden check only the teacher's words."""
    lines = [check.hint] if check.hint else []
    if check.hidden:
        return lines or ([HIDDEN] if check.outcome.status != PASSED else [])
    for evidence in check.outcome.evidence:
        lines += told(evidence)
    return lines


def first_line(check: CheckGrade) -> str:
    """Why it failed, in one line."""
    if check.outcome.status == PASSED:
        return ""
    lines = explained(check)
    return " ".join(lines[0].split()) if lines else "failed"
