"""`timed` checks: the teacher's conditions on timed runs, one check at a time.

Runs need no look at all schedules, and they are what can take a submission's time: one that goes
on and on is stopped by the limit of steps, or by whoever watches the clock. Therefore they come
last, each by itself: what was judged before is told already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.exercises.checks.properties import View, broken, lines_of
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Check

if TYPE_CHECKING:
    from conclang.exercises.assemble import Assembled
    from conclang.explore.result import CheckResult


def judge(desk: Desk, checks: list[Check]) -> None:
    """Judge each by runs alone."""
    for check in checks:
        made = desk.assemble(lines_of(check))
        if made.program is None:
            desk.outcomes[check.number] = broken(check, made, [])
        else:
            view = View(desk, made, _runs(desk, made), set())
            desk.outcomes[check.number] = view.outcome(check)


def _runs(desk: Desk, made: Assembled) -> CheckResult:
    """What the runs say about the lines; `unknown` if one does not come to its end."""
    from conclang.explore.result import UNKNOWN, CheckResult, Judgement

    program = made.program
    assert program is not None
    judged = tuple(
        Judgement(e.text, program.sites[e.site].line, desk.timed_status(program, e))
        for e in program.expectations
        if e.form == "timed"
    )
    return CheckResult(program.scenario, UNKNOWN, None, judged)
