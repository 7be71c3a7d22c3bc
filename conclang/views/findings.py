"""What `check` has found as a picture: the shortest schedule of the gravest finding, step by step.

Where there is nothing to show, the outcomes are drawn with the verdict above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.record import replace
from conclang.views.runs import Course, request_of_schedule, timeline_of_course

if TYPE_CHECKING:
    from conclang.explore.result import CheckResult, Finding
    from conclang.ir.program import Program


def gravest(result: CheckResult) -> Finding | None:
    """The first finding that fails, else the first that nobody expected, else the first."""
    shown = [finding for finding in result.findings if finding.schedule]
    shown.sort(key=lambda finding: (not finding.fails, finding.expected))
    return shown[0] if shown else None


def finding_svg(program: Program, finding: Finding) -> str:
    """Its schedule as a timeline: a column for each step, what went wrong at the end."""
    from conclang.events.schedule import parse
    from conclang.render.timeline_svg import timeline_svg

    schedule = parse(finding.schedule)
    course = Course(program, request_of_schedule(program, schedule), schedule)
    _, timeline = timeline_of_course(course)
    steps = f"{finding.steps} step{'s' * (finding.steps != 1)}"
    words = f"{steps}, {finding.switches} switch{'es' * (finding.switches != 1)}"
    cause = f" · {finding.cause}" if finding.cause else ""
    named = replace(timeline, machine=f"{finding.message} ({words})", outcome=cause[3:])
    return timeline_svg(named)


def check_svg(program: Program, result: CheckResult) -> str:
    """The picture of a check."""
    from conclang.render.outcomes_svg import outcomes_svg

    finding = gravest(result)
    if finding is not None:
        return finding_svg(program, finding)
    words = {
        "holds": "holds: no schedule goes wrong",
        "violated": "violated: an expectation does not hold",
        "unknown": f"unknown: limit reached ({result.limit})",
    }
    return outcomes_svg(result, words[result.verdict])
