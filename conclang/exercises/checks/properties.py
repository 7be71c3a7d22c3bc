"""`expect` checks: the teacher's lines, judged under every schedule. (`timed` checks, which have
lines as well, are judged by runs: timed.py.)

All lines of all these checks are put below the submission and explored together. What no line
speaks of is looked for all the same, as `conclang check` does: a deadlock, a leak or a race that
nobody mentioned, a run-time error, a failed assertion. Such a thing fails every `expect` check,
for a program with it is not right in any respect. If a limit is reached, each check gets a second
chance with only its own lines, so that one costly line does not keep the others unknown.

`finally` and `outcomes` speak of the ends of schedules, and of a program that never ends they say
nothing. A student's program that can go on for ever without getting anywhere (a livelock) fails
them here; so does a timed run that does not come to its end fail `timed` checks.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from conclang.diagnostics.counting import counted
from conclang.exercises.assemble import Assembled, Line, split_lines
from conclang.exercises.desk import Desk
from conclang.exercises.evidence import of_finding, of_run
from conclang.exercises.exercise import Check, Machine
from conclang.exercises.outcome import FAILED, PASS, Evidence, Outcome, limited
from conclang.record import replace

if TYPE_CHECKING:
    from conclang.analyses.runner import Request
    from conclang.explore.result import CheckResult, Finding, Judgement
    from conclang.ir.program import Expected, Program

ALWAYS = ("error", "assertion", "deadlock", "leak", "race")
MOST_EVIDENCE = 3


def lines_of(check: Check) -> list[Line]:
    """The `expect` lines that a check stands for."""
    if check.kind == "expect":
        return [Line(check.number, text) for text in split_lines(check.asked)]
    suffixes = [on_machine(machine) for machine in check.machines] or [""]
    conditions = [text.removeprefix("expect ").removeprefix("timed ") for text in check.asked]
    return [
        Line(check.number, f"expect timed {' '.join(condition.split())}{suffix}")
        for condition in conditions
        for suffix in suffixes
    ]


def on_machine(machine: Machine) -> str:
    """The machine in the words of an `expect timed` line."""
    under = f" under {machine.policy}" if machine.policy else ""
    if not machine.cores:
        return under
    return f"{under} on {counted(machine.cores, 'core')}"


def judge(desk: Desk, checks: list[Check]) -> None:
    """Judge all of them at once, and those that a limit left open once more by themselves."""
    _together(desk, checks)
    open_ = [check for check in checks if desk.outcomes[check.number].limit]
    if len(checks) > 1:
        spoken = [line for check in checks for line in lines_of(check)]
        for check in open_:
            _together(desk, [check], spoken)


def _together(desk: Desk, checks: list[Check], spoken: list[Line] | None = None) -> None:
    lines = [line for check in checks for line in lines_of(check)]
    made = desk.assemble(lines)
    if made.program is None:
        for check in checks:
            desk.outcomes[check.number] = broken(check, made, [])
        return
    result = desk.explore(made.program)
    flaws = _flaws(lines if spoken is None else spoken)
    view = View(desk, made, result, flaws)
    if result.infinite and "livelock" not in flaws and any(map(_speaks_of_ends, lines)):
        view.endless = _endless(desk, made)
    for check in checks:
        desk.outcomes[check.number] = view.outcome(check)


def _flaws(lines: list[Line]) -> set[str]:
    """The flaws that some line speaks of."""
    words = [line.text.removeprefix("expect ").removeprefix("no ").split() for line in lines]
    return {word[0] for word in words if word}


def _speaks_of_ends(line: Line) -> bool:
    return line.text.startswith(("expect finally ", "expect outcomes "))


def _endless(desk: Desk, made: Assembled) -> Evidence | None:
    """A schedule that goes on for ever without getting anywhere, if there is one."""
    again = desk.assemble([Line(-1, "expect no livelock")])
    assert again.program is not None, "the same text compiled a moment ago"
    result = desk.explore(again.program)
    for finding in result.findings:
        if finding.kind == "livelock":
            return of_finding(finding, again.program, desk.pictures)
    return None


def broken(check: Check, made: Assembled, before: list[Evidence]) -> Outcome:
    """Failed, for the lines that mean nothing in this submission and what was found before."""
    told = [
        Evidence(f"{line.text}: this cannot be asked of the file any more", said)
        for line, said in made.broken
        if line.check == check.number
    ]
    return Outcome(FAILED, Fraction(0), tuple((before + told)[:MOST_EVIDENCE]))


class View:
    """A result, looked at from the side of each check."""

    def __init__(self, desk: Desk, made: Assembled, result: CheckResult, spoken: set[str]) -> None:
        assert made.program is not None
        self.desk = desk
        self.made = made
        self.program: Program = made.program
        self.result = result
        self.spoken = spoken
        self.endless: Evidence | None = None
        self.told_besides = False
        self.line_of = dict(made.lines)
        self.expected: dict[int, Expected] = {
            self.program.sites[e.site].line: e for e in self.program.expectations
        }

    def outcome(self, check: Check) -> Outcome:
        """Failed if a line is violated, limited if one is open, else passed."""
        mine = [j for j in self.result.judgements if self._check_of(j) == check.number]
        told = [self._evidence(j) for j in mine if j.status == "violated"]
        if check.kind == "expect":
            told += self._besides()
        if self.endless is not None and any(map(_speaks_of_ends, self._lines_of(check))):
            told.append(self.endless)
        if check.kind == "timed" and not told:
            told += self._without_end(mine)
        failure = broken(check, self.made, told)
        if failure.evidence:
            return failure
        if any(j.status == "unknown" for j in mine):
            return limited(self.result.limit or "ticks")
        if check.kind == "expect" and self.result.limit and not mine:
            return limited(self.result.limit)
        return PASS

    def _besides(self) -> list[Evidence]:
        """What no line speaks of; drawn for the first check that it fails, named for the others."""
        found = [replace(self._show(finding), asked=False) for finding in self._unspoken()]
        if self.told_besides:
            found = [Evidence(e.message, e.cause, asked=False) for e in found]
        self.told_besides = True
        return found

    def _lines_of(self, check: Check) -> list[Line]:
        return [line for _, line in self.made.lines if line.check == check.number]

    def _without_end(self, mine: list[Judgement]) -> list[Evidence]:
        """The first timed run that does not come to its end, whatever its metrics are."""
        from conclang.analyses.runner import run_program

        for judged in mine:
            expected = self.expected[judged.line]
            request = self._request(expected)
            result = run_program(self.program, request, observe=False)
            if result.kind not in ("completed", "limit"):
                said = f"{expected.text}: the run does not come to its end ({result.kind})"
                return [of_run(self.program, request, said, self.desk.pictures)]
        return []

    def _check_of(self, judgement: Judgement) -> int:
        line = self.line_of.get(judgement.line)
        return line.check if line is not None else -1

    def _unspoken(self) -> list[Finding]:
        """What is always looked for and no line of any check speaks of."""
        return [
            finding
            for finding in self.result.findings
            if finding.kind in ALWAYS and not finding.expected and finding.kind not in self.spoken
        ]

    def _evidence(self, judgement: Judgement) -> Evidence:
        expected = self.expected[judgement.line]
        if expected.form == "timed":
            return self._timed(expected)
        for finding in self.result.findings:
            if self._shows(finding, expected):
                shown = self._show(finding)
                if expected.form == "flaw" and expected.forbidden:
                    return _renamed(shown, f"{expected.text}: {shown.message}")
                return shown
        return Evidence(f"{expected.text}: it does not hold")

    def _shows(self, finding: Finding, expected: Expected) -> bool:
        if finding.message.startswith(f"{expected.text}:"):
            return True
        if expected.form != "flaw" or finding.kind != expected.flaw:
            return False
        name = expected.target_name
        return not name or any(o == name or o.startswith(f"{name}[") for o in finding.objects)

    def _show(self, finding: Finding) -> Evidence:
        return of_finding(finding, self.program, self.desk.pictures)

    def _timed(self, expected: Expected) -> Evidence:
        from conclang.analyses.runner import run_program
        from conclang.analyses.timed import judge as judge_timed

        request = self._request(expected)
        result = run_program(self.program, request, observe=False)
        detail = judge_timed(expected.timed, result.metrics, result.kind)[1]
        return of_run(self.program, request, f"{expected.text}: {detail}", self.desk.pictures)

    def _request(self, expected: Expected) -> Request:
        """The run that a timed line speaks of."""
        request = self.desk.request()
        if expected.policy is not None:
            request = replace(request, policy=expected.policy)
        if expected.cores is not None:
            request = replace(request, cores=expected.cores)
        return request


def _renamed(evidence: Evidence, message: str) -> Evidence:
    return replace(evidence, message=message)
