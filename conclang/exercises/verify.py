"""Is an exercise sound? What an author wants to know before a class does.

* The solution gets all points, under every variant; the starter does not.
* Starter and solution differ only where students may edit.
* Every check can fail: the starter, a wrong answer given by the author, or a twin of the solution
  with one slip in it fails it. A check that nothing fails judges nothing.
* Every hint can be reached, and says something of its own.
"""

from __future__ import annotations

from conclang.exercises.exercise import ANSWER_FILE, Defines, Exercise, Limits, Loaded
from conclang.exercises.grading import Options
from conclang.exercises.handing_in import Submission
from conclang.exercises.mutate import mutants
from conclang.exercises.outcome import FAILED, LIMIT, PASSED, CheckGrade, Grade, number
from conclang.exercises.regions import changes
from conclang.exercises.solution_key import answer_text
from conclang.exercises.validate import validate
from conclang.exercises.workers import Job, Pool
from conclang.record import record, replace

FREE = Options(free=True)
BATCH = 8
HASTE = Limits(states=50_000, steps=100_000, seconds=5, memory=512)
"""Limits for wrong answers that are only tried out."""
YES, NO, UNKNOWN = "yes", "no", "unknown"


@record
class Point:
    """One thing that must hold of an exercise, and whether it does."""

    status: str
    what: str
    details: tuple[str, ...] = ()


def verify(loaded: Loaded, pool: Pool, wrong: tuple[tuple[str, str], ...] = ()) -> list[Point]:
    """Everything there is to say; the mistakes of `loaded` are in its bag."""
    exercise = loaded.exercise
    if exercise is None or not validate(loaded):
        return [Point(NO, "the exercise can be read")]
    points = [_solution(exercise, pool), _starter(exercise, pool)]
    if exercise.solution and not exercise.only_answers:
        points.append(_regions(exercise))
    points += [_checks(exercise, pool, wrong), _hints(exercise)]
    return [point for point in points if point is not None]


def solution_texts(exercise: Exercise, defines: Defines) -> dict[str, str]:
    """What a perfect student hands in; answers are computed."""
    texts = {} if exercise.only_answers else {exercise.file: exercise.solution}
    if ANSWER_FILE in exercise.wanted:
        texts[ANSWER_FILE] = answer_text(exercise, defines)
    return texts


def _job(exercise: Exercise, texts: dict[str, str], defines: Defines, name: str) -> Job:
    return Job(exercise, Submission(name, tuple(texts.items())), defines, FREE)


def _solution(exercise: Exercise, pool: Pool) -> Point:
    variants = exercise.all_variants()
    jobs = [
        _job(exercise, solution_texts(exercise, variant), variant, _named(variant))
        for variant in variants
    ]
    grades = pool.grades(jobs)
    bad = [grade for grade in grades if not grade.full]
    count = f" under each of {len(variants)} variants" if len(variants) > 1 else ""
    what = f"the solution gets all points ({number(exercise.points)}){count}"
    if not bad:
        return Point(YES, what)
    only_limits = all(grade.status == LIMIT for grade in bad)
    return Point(UNKNOWN if only_limits else NO, what, _lost(bad[0]))


def _named(variant: Defines) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in variant.items())
    return f"the solution with {values}" if values else "the solution"


def _lost(grade: Grade) -> tuple[str, ...]:
    """Where a grade lost points."""
    told = [f"{grade.submission}: {grade.problem}"] if grade.problem else []
    for check in grade.checks:
        if check.outcome.status != PASSED:
            said = check.outcome.evidence[0].message if check.outcome.evidence else ""
            told.append(f"{grade.submission}: {check.name}: {said}")
    return tuple(told)


def _starter(exercise: Exercise, pool: Pool) -> Point:
    variants = exercise.all_variants()
    jobs = [_job(exercise, _starter_texts(exercise), v, "the starter") for v in variants]
    full = [v for v, grade in zip(variants, pool.grades(jobs), strict=True) if grade.full]
    what = "the starter does not get all points"
    if not full:
        return Point(YES, what)
    return Point(NO, what, (f"it does{_with(full[0])}: there is nothing left to solve",))


def _with(variant: Defines) -> str:
    return _named(variant).removeprefix("the solution")


def _starter_texts(exercise: Exercise) -> dict[str, str]:
    texts = {exercise.file: exercise.starter}
    return texts if len(exercise.wanted) == 1 else texts | {ANSWER_FILE: ""}


def _regions(exercise: Exercise) -> Point:
    drawn = [name for name, _ in exercise.variants]
    changed = changes(exercise.starter, exercise.solution, drawn)
    what = "starter and solution differ only where students may edit"
    return Point(NO if changed else YES, what, tuple(changed))


def _checks(exercise: Exercise, pool: Pool, wrong: tuple[tuple[str, str], ...]) -> Point:
    """Something must fail each check."""
    defines = exercise.all_variants()[0]
    never = {check.number for check in exercise.checks}
    hasty = replace(exercise, limits=_at_most(exercise.limits, HASTE))
    tried = [("starter", _starter_texts(exercise))]
    tried += [(name, {exercise.file: text}) for name, text in wrong]
    if exercise.solution and not exercise.only_answers:
        answers = solution_texts(exercise, defines)
        tried += [
            (mutant.name, answers | {exercise.file: mutant.text})
            for mutant in mutants(exercise.solution)
        ]
    for first in range(0, len(tried), BATCH):
        batch = tried[first : first + BATCH]
        jobs = [_job(hasty, texts, defines, name) for name, texts in batch]
        for grade in pool.grades(jobs):
            if not grade.problem:
                never -= {check.number for check in grade.checks if _fails_by_itself(check)}
        if not never:
            return Point(YES, "every check can fail")
    details = tuple(
        f"nothing fails: {check.name}" for check in exercise.checks if check.number in never
    )
    more = f"tried: the starter and {len(tried) - 1} wrong answers; add one of yours (--wrong)"
    return Point(NO, "every check can fail", (*details, more))


def _at_most(limits: Limits, most: Limits) -> Limits:
    """The smaller of both: a wrong answer that takes long proves nothing anyway."""
    return Limits(
        min(limits.states, most.states),
        min(limits.steps, most.steps),
        min(limits.seconds, most.seconds),
        min(limits.memory, most.memory),
    )


def _fails_by_itself(check: CheckGrade) -> bool:
    """A deadlock that no check asks about fails all of them, and proves nothing of any."""
    evidence = check.outcome.evidence
    return check.outcome.status == FAILED and any(piece.asked for piece in evidence)


def _hints(exercise: Exercise) -> Point:
    hints = [" ".join(hint.split()) for hint in exercise.hints]
    double = [hint for n, hint in enumerate(hints) if hint in hints[:n]]
    what = f"every hint can be reached ({len(hints)})" if hints else "there are no hints"
    return Point(NO if double else YES, what, tuple(f"twice: {hint}" for hint in double))
