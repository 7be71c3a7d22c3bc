"""`catches` checks: the student writes the `expect` lines, and they must tell right from wrong.

The student's lines are put into the solution, where all of them must hold, and into each flawed
twin, where at least one must not. What `conclang check` finds without being asked does not count:
the lines themselves have to catch it. Every twin caught earns its share.
"""

from __future__ import annotations

from fractions import Fraction

from conclang.diagnostics.source import SourceText
from conclang.exercises.assemble import expectations_of
from conclang.exercises.desk import Desk
from conclang.exercises.evidence import of_finding
from conclang.exercises.exercise import Check
from conclang.exercises.outcome import FAILED, LIMIT, PASS, Evidence, Outcome, limited
from conclang.exercises.regions import bodies, transplanted

MOST_LINES = 50


def judge(desk: Desk, checks: list[Check]) -> None:
    for check in checks:
        desk.outcomes[check.number] = _one(desk, check)


def mutant_text(desk: Desk, mutant: dict[str, object]) -> str:
    """A flawed twin with the student's regions in it."""
    filling = bodies(desk.text)
    if "file" in mutant:
        return transplanted(dict(desk.exercise.files)[str(mutant["file"])], filling)
    base = desk.exercise.starter
    old, new, nth = str(mutant["replace"]), str(mutant.get("with", "")), mutant.get("nth", 1)
    at = -1
    for _ in range(int(str(nth))):
        at = base.index(old, at + 1)
    return transplanted(base[:at] + new + base[at + len(old) :], filling)


def _one(desk: Desk, check: Check) -> Outcome:
    written = len(expectations_of(SourceText.of(desk.text)))
    if not written:
        return Outcome(FAILED, evidence=(Evidence("there is no `expect` line yet"),))
    if written > MOST_LINES:
        said = f"more than {MOST_LINES} `expect` lines"
        return Outcome(FAILED, evidence=(Evidence(said),))
    wrong = _on_the_right_one(desk)
    if wrong is not None:
        return wrong
    mutants = check.asked["mutants"]
    told, limits, caught = [], [], 0
    for mutant in mutants:
        status, limit = _violated(desk, mutant_text(desk, mutant))
        caught += status
        if limit:
            limits.append(limit)
        elif not status:
            why = "every line of yours holds in it as well"
            told.append(Evidence(f"not caught: {mutant['name']}", why))
    share = Fraction(caught, len(mutants))
    if told:
        return Outcome(FAILED, share, tuple(told))
    if limits:
        return Outcome(LIMIT, share, limited(limits[0]).evidence, limits[0])
    return PASS


def _on_the_right_one(desk: Desk) -> Outcome | None:
    """Something is said if a line does not hold where everything is right."""
    from conclang.pipeline import load

    checked = load(SourceText.of(desk.text, desk.exercise.file), desk.defines)
    if checked.program is None:
        said = "; ".join(d.message for d in checked.bag.errors[:3])
        return Outcome(FAILED, evidence=(Evidence("your lines do not compile", said),))
    result = desk.explore(checked.program)
    bad = [j for j in result.judgements if j.status == "violated"]
    if bad:
        shown = [f for f in result.findings if f.message.startswith(bad[0].text)]
        said = f"{bad[0].text}: this does not hold even where nothing is wrong"
        if shown:
            found = of_finding(shown[0], checked.program, desk.pictures)
            evidence = Evidence(
                said, found.cause, found.schedule, found.steps, found.picture, found.svg
            )
            return Outcome(FAILED, evidence=(evidence,))
        return Outcome(FAILED, evidence=(Evidence(said),))
    if any(j.status == "unknown" for j in result.judgements):
        return limited(result.limit or "ticks")
    return None


def _violated(desk: Desk, text: str) -> tuple[bool, str]:
    """Does one of the lines fail in this twin? And the limit if nobody knows."""
    from conclang.pipeline import load

    checked = load(SourceText.of(text, desk.exercise.file), desk.defines)
    if checked.program is None:
        return False, ""
    result = desk.explore(checked.program)
    states = [j.status for j in result.judgements]
    if "violated" in states:
        return True, ""
    return False, (result.limit or "ticks") if "unknown" in states else ""
