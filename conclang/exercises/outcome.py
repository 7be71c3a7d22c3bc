"""What a judged check and a graded submission come to: plain records that can be sent and shown."""

from __future__ import annotations

from fractions import Fraction

from conclang.record import record

PASSED, FAILED, LIMIT = "passed", "failed", "limit"
REFUSED, UNREADABLE, MISTAKEN = "refused", "unreadable", "mistaken"
LIMITS = {
    "states": "the number of states allowed was reached",
    "seconds": "the time allowed was reached",
    "memory": "the memory allowed was reached",
    "depth": "a step or schedule is longer than allowed",
    "ticks": "the micro-ops allowed in a timed run were reached",
    "crash": "the grader's worker ended on it",
}


@record
class Evidence:
    """Why a check failed: what happened, why, the shortest schedule, and pictures of it."""

    message: str
    cause: str = ""
    schedule: str = ""
    steps: int | None = None
    picture: tuple[str, ...] = ()  # lines of text
    svg: str = ""
    asked: bool = True  # by the check itself; or is it looked for whatever the checks are?


@record
class Outcome:
    """One check of one submission. `share`: how much of its points was earned, 0 … 1."""

    status: str
    share: Fraction = Fraction(0)
    evidence: tuple[Evidence, ...] = ()
    limit: str = ""


PASS = Outcome(PASSED, Fraction(1))


def failed(message: str, cause: str = "", share: Fraction = Fraction(0)) -> Outcome:
    """A failure that needs no schedule."""
    return Outcome(FAILED, share, (Evidence(message, cause),))


def limited(limit: str, message: str = "") -> Outcome:
    """Nobody knows: a limit was reached first."""
    said = message or LIMITS.get(limit, limit)
    return Outcome(LIMIT, Fraction(0), (Evidence(said),), limit)


@record
class CheckGrade:
    """A check with its outcome, as results show it."""

    number: int
    name: str
    kind: str
    points: Fraction
    earned: Fraction
    hidden: bool
    hint: str  # what the teacher says when it fails
    outcome: Outcome


@record
class Grade:
    """One submission. `problem`: why it was not judged (or not in every part), "" if it was."""

    submission: str
    exercise: str
    title: str
    points: Fraction
    checks: tuple[CheckGrade, ...]
    status: str  # passed, failed, limit, refused, unreadable, mistaken
    problem: str = ""
    details: tuple[str, ...] = ()  # a diff, or the reports about mistakes

    @property
    def earned(self) -> Fraction:
        return sum((check.earned for check in self.checks), Fraction(0))

    @property
    def full(self) -> bool:
        return self.earned == self.points and self.status == PASSED

    @property
    def exit_code(self) -> int:
        """0 all points, 1 failed, 3 a limit was reached before anything failed."""
        return {PASSED: 0, LIMIT: 3}.get(self.status, 1)


def number(value: Fraction) -> int | float:
    """Points as people write them: whole, or with at most two decimals."""
    if value.denominator == 1:
        return int(value)
    return round(float(value), 2)


def summed_up(checks: tuple[CheckGrade, ...]) -> str:
    """The status over all checks: a failure outweighs a limit."""
    states = {check.outcome.status for check in checks}
    return FAILED if FAILED in states else LIMIT if LIMIT in states else PASSED
