"""`allows` checks: not over-synchronised.

An answer that locks everything is safe and useless. So it is proved that something remains
possible: a state with two readers inside a section, a required outcome; and measured that the
timed run is not much worse than the solution's.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from conclang.diagnostics.counting import counted
from conclang.exercises.assemble import Assembled, Line, expect_line, without_expectations
from conclang.exercises.desk import Desk
from conclang.exercises.evidence import of_run
from conclang.exercises.exercise import Check, Machine
from conclang.exercises.outcome import FAILED, PASS, Evidence, Outcome, limited
from conclang.exercises.table import BETTER_HIGH, BETTER_LOW_AVERAGE

if TYPE_CHECKING:
    from conclang.analyses.metrics import Metrics
    from conclang.ir.program import Program


def judge(desk: Desk, checks: list[Check]) -> None:
    for check in checks:
        desk.outcomes[check.number] = _one(desk, check)


def lines_of(check: Check) -> list[Line]:
    """What must be possible, as lines: some must hold, others must not."""
    asked = check.asked
    found = [
        Line(check.number, f"expect {mode} {' '.join(text.removeprefix('expect ').split())}")
        for mode in ("reachable", "possible")
        for text in asked.get(mode, ())
    ]
    for section, count in asked.get("together", {}).items():
        found.append(Line(check.number, f"expect at most {count - 1} in {section}", wish=False))
    return [Line(line.check, expect_line(line.text), line.wish) for line in found]


def _one(desk: Desk, check: Check) -> Outcome:
    lines = lines_of(check)
    made = desk.assemble(lines)
    told = [Evidence(_says(line), said) for line, said in made.broken]
    if made.program is None:
        return Outcome(FAILED, evidence=tuple(told) or (Evidence("the file does not compile"),))
    limit = _possibilities(desk, made, told) if lines else ""
    slow, unknown = _compared(desk, check, made.program)
    told += slow
    if told:
        return Outcome(FAILED, evidence=tuple(told))
    if limit or unknown:
        return limited(limit or unknown)
    return PASS


def _possibilities(desk: Desk, made: Assembled, told: list[Evidence]) -> str:
    """Explore; what is not possible is added to what is told. The limit that was reached."""
    assert made.program is not None
    result = desk.explore(made.program)
    by_line = dict(made.lines)
    open_ = False
    for judged in result.judgements:
        line = by_line.get(judged.line)
        if line is None:
            continue
        if judged.status == "unknown":
            open_ = True
        elif (judged.status == "holds") != line.wish:
            why = "no schedule shows it: threads wait here that need not wait for each other"
            told.append(Evidence(_says(line), why))
    return (result.limit or "states") if open_ else ""


def _says(line: Line) -> str:
    if line.wish:
        return f"{line.text}: it never happens"
    _, _, _, count, _, section = line.text.split(maxsplit=5)
    return f"never are {counted(int(count) + 1, 'thread')} inside `{section}` at the same time"


def _compared(desk: Desk, check: Check, program: Program) -> tuple[list[Evidence], str]:
    """The metrics that are too far from the solution's, on each machine."""
    within: dict[str, int] = check.asked.get("within", {})
    if not within:
        return [], ""
    reference = desk.assemble([], without_expectations(desk.exercise.solution))
    assert reference.program is not None, "the solution compiles: verify says so"
    told = []
    for machine in check.machines or (Machine(),):
        mine, kind = _measured(desk, program, machine)
        theirs, _ = _measured(desk, reference.program, machine)
        if kind == "limit":
            return [], "ticks"
        for name, percent in within.items():
            said = _worse(name, percent, mine, theirs, kind)
            if said:
                where = f" (machine `{machine.name}`)" if machine.name else ""
                request = desk.request(machine)
                told.append(of_run(program, request, said + where, desk.pictures))
    return told, ""


def _measured(desk: Desk, program: Program, machine: Machine) -> tuple[Metrics, str]:
    from conclang.analyses.runner import run_program

    result = run_program(program, desk.request(machine), observe=False)
    return result.metrics, result.kind


def _value(metrics: Metrics, name: str) -> Fraction | None:
    if name in BETTER_LOW_AVERAGE:
        return metrics.average(name)
    return metrics.system(name)


def _worse(name: str, percent: int, mine: Metrics, theirs: Metrics, kind: str) -> str:
    """What to say if a metric is worse than allowed."""
    if kind != "completed":
        return f"the run does not come to its end ({kind}), so its {name} cannot be compared"
    got, best = _value(mine, name), _value(theirs, name)
    if got is None or best is None:
        return ""
    from conclang.analyses.timed import shown

    if name in BETTER_HIGH:
        bad, bound = got < best * (100 - min(percent, 100)) / 100, "less"
    else:
        bad, bound = got > best * (100 + percent) / 100, "more"
    if not bad:
        return ""
    return (
        f"{name} is {shown(got)}; the reference has {shown(best)}, and at most {percent} % "
        f"{bound} is allowed"
    )
