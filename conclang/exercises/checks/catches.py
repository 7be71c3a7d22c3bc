"""`catches` checks: the student writes the `expect` lines, and they must tell right from wrong.

The student's lines are put into the solution, where all of them must hold, and into each flawed
twin, where at least one must not. What `conclang check` finds without being asked does not count:
the lines themselves have to catch it. Every twin caught earns its share.

Twins are described by the teacher, or made by `mutate` from what students cannot edit: of those,
the first ones that the solution's own lines catch, so that all can be caught.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from conclang.diagnostics.source import SourceText
from conclang.exercises import mutate
from conclang.exercises.assemble import expectations_of
from conclang.exercises.desk import Desk
from conclang.exercises.evidence import of_finding
from conclang.exercises.exercise import Check
from conclang.exercises.outcome import FAILED, LIMIT, PASS, Evidence, Outcome, limited
from conclang.exercises.regions import bodies, transplanted

MOST_LINES = 50
_SLIPS: dict[Any, tuple[dict[str, object], ...]] = {}
MOST_KNOWN = 50


def judge(desk: Desk, checks: list[Check]) -> None:
    for check in checks:
        desk.outcomes[check.number] = _one(desk, check)


def mutant_text(desk: Desk, mutant: dict[str, object]) -> str:
    """A flawed twin with the student's regions in it."""
    filling = bodies(desk.text)
    if "text" in mutant:
        return transplanted(str(mutant["text"]), filling)
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
    mutants = [*check.asked.get("mutants", ()), *_slips(desk, check.asked.get("slips", 0))]
    if not mutants:
        return limited("", "no slip was found that the solution's lines catch")
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


def _slips(desk: Desk, count: int) -> tuple[dict[str, object], ...]:
    """Twins made by conclang; found once for all submissions."""
    if not count:
        return ()
    solution = desk.exercise.solution
    key = (solution, count, tuple(sorted(desk.defines.items())))
    if key not in _SLIPS:
        if len(_SLIPS) >= MOST_KNOWN:
            _SLIPS.clear()
        found: list[dict[str, object]] = []
        for mutant in mutate.mutants(solution):
            inside = bodies(mutant.text) != bodies(solution)
            if not inside and _violated(desk, mutant.text)[0]:
                found.append({"name": mutant.name, "text": mutant.text})
            if len(found) == count:
                break
        _SLIPS[key] = tuple(found)
    return _SLIPS[key]


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
