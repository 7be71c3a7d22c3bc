"""A submission → its `Grade`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module

from conclang.diagnostics.show import concise
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Check, Defines, Exercise
from conclang.exercises.handing_in import Submission
from conclang.exercises.outcome import (
    FAILED,
    MISTAKEN,
    PASSED,
    REFUSED,
    UNREADABLE,
    CheckGrade,
    Grade,
    Outcome,
    failed,
    limited,
    summed_up,
)
from conclang.exercises.regions import changes
from conclang.record import record

# kind → module in `checks` whose `judge(desk, checks)` fills desk.outcomes
KINDS = {
    "expect": "properties",
    "timed": "timed",
    "uses": "uses",
    "allows": "allows",
    "catches": "catches",
    "answer": "answers",
}
MOST_REPORTS = 10
Told = Callable[[dict[int, Outcome]], None]


@record
class Options:
    """How to judge. `free`: edits outside the regions are fine (for authors' own files)."""

    pictures: bool = False
    free: bool = False


PLAIN = Options()


def grade(
    exercise: Exercise,
    submission: Submission,
    defines: Defines,
    options: Options = PLAIN,
    told: Told | None = None,
) -> Grade:
    """Judge a submission; `told` hears about outcomes as they come, should time run out."""
    if submission.problem:
        return refused(exercise, submission, UNREADABLE, submission.problem)
    desk = Desk(exercise, dict(submission.texts), defines, options.pictures)
    status, problem, details = _acceptable(desk, options.free)
    if problem:
        return refused(exercise, submission, status, problem, details)
    for module, checks in _grouped(exercise, desk):
        try:
            import_module(f"conclang.exercises.checks.{module}").judge(desk, checks)
        except (MemoryError, RecursionError):
            for check in checks:
                desk.outcomes[check.number] = limited("memory")
        if told is not None:
            told(dict(desk.outcomes))
    return graded(exercise, submission, desk.outcomes)


def _grouped(exercise: Exercise, desk: Desk) -> list[tuple[str, list[Check]]]:
    """What is judged together; timed runs last and one by one, for they may never come back."""
    found: dict[str, list[Check]] = {}
    timed: list[tuple[str, list[Check]]] = []
    for check in exercise.checks:
        if check.number in desk.outcomes:
            continue
        if check.kind == "timed":
            timed.append((KINDS[check.kind], [check]))
        else:
            found.setdefault(KINDS[check.kind], []).append(check)
    return [*found.items(), *timed]


def graded(exercise: Exercise, submission: Submission, outcomes: dict[int, Outcome]) -> Grade:
    """The grade that outcomes come to; a check without one was not reached."""
    made = tuple(
        _of(check, outcomes.get(check.number) or limited("seconds")) for check in exercise.checks
    )
    return Grade(
        submission.name, exercise.id, exercise.title, exercise.points, made, summed_up(made)
    )


def refused(
    exercise: Exercise,
    submission: Submission,
    status: str,
    problem: str,
    details: tuple[str, ...] = (),
) -> Grade:
    """No points, with the reason."""
    made = tuple(_of(check, failed(f"not judged: {problem}")) for check in exercise.checks)
    return Grade(
        submission.name,
        exercise.id,
        exercise.title,
        exercise.points,
        made,
        status,
        problem,
        details,
    )


def _of(check: Check, outcome: Outcome) -> CheckGrade:
    share = Fraction(1) if outcome.status == PASSED else outcome.share
    return CheckGrade(
        check.number,
        check.name,
        check.kind,
        check.points,
        check.points * share,
        check.hidden,
        check.message if outcome.status == FAILED else "",
        outcome,
    )


def _acceptable(desk: Desk, free: bool) -> tuple[str, str, tuple[str, ...]]:
    """Is there anything to judge? Else the status, the reason, and details."""
    if desk.exercise.only_answers:
        return "", "", ()
    drawn = [name for name, _ in desk.exercise.variants]
    changed = [] if free else changes(desk.exercise.starter, desk.text, drawn)
    if changed:
        problem = "changed outside the regions that may be edited"
        return REFUSED, problem, tuple(changed)
    made = desk.assemble([])
    if made.program is not None:
        return "", "", ()
    shown = concise(made.source, made.mistakes).splitlines()
    return MISTAKEN, "it does not compile", tuple(shown[:MOST_REPORTS])
