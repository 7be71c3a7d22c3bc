"""Do the lines of an exercise mean something? Asked before anything is graded.

The checks' lines are put below the solution (or the scenario asked about); what does not compile
there is a mistake in `exercise.yaml`, and reported at its place there.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Diagnostic
from conclang.exercises.assemble import assemble, without_expectations
from conclang.exercises.checks import allows, properties
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Check, Defines, Exercise, Loaded
from conclang.exercises.truth import QUESTIONS, kind_of, scenario
from conclang.exercises.types import Path


def validate(loaded: Loaded) -> bool:
    """Report what makes no sense to the exercise's bag; is it fine?"""
    exercise = loaded.exercise
    if exercise is None:
        return False
    defines = exercise.all_variants()[0]
    if _bases(loaded, exercise, defines):
        for check in exercise.checks:
            for key, said in _complaints(exercise, check, defines):
                path: Path = ("checks", check.number, *key)
                span = loaded.spans.get(path) or loaded.spans[("checks", check.number)]
                loaded.bag.add(Diagnostic("CL1011", said, span), once_per_line=False)
    return loaded.bag.ok


def _bases(loaded: Loaded, exercise: Exercise, defines: Defines) -> bool:
    """The files themselves must compile, with the constants of the variants."""
    files = [("scenario", exercise.scenario), ("solution", exercise.solution)]
    if not exercise.only_answers:
        files.append(("starter", exercise.starter))
    for key, text in files:
        if not text:
            continue
        made = assemble(without_expectations(text), [], defines, key)
        if made.program is None:
            said = made.mistakes[0].message if made.mistakes else "a variant does not fit"
            place = made.source.place(made.mistakes[0].span.start).line if made.mistakes else 0
            usage = bool(made.mistakes) and made.mistakes[0].code in ("CL0606", "CL0607")
            path: Path = ("variants",) if usage else (key,)
            where = "" if usage else f"line {place}: "
            span = loaded.spans.get(path) or loaded.spans[("checks",)]
            said = f"the {key} does not compile: {where}{said}"
            loaded.bag.add(Diagnostic("CL1009", said, span), once_per_line=False)
    return loaded.bag.ok


def _complaints(
    exercise: Exercise, check: Check, defines: Defines
) -> list[tuple[tuple[str, ...], str]]:
    if check.kind in ("expect", "timed", "allows"):
        lines = (allows if check.kind == "allows" else properties).lines_of(check)
        made = assemble(without_expectations(exercise.solution), lines, defines, "solution")
        return [((check.kind,), f"`{line.text}`: {said}") for line, said in made.broken]
    if check.kind == "answer":
        return _about_question(exercise, check, defines)
    return []


def _about_question(
    exercise: Exercise, check: Check, defines: Defines
) -> list[tuple[tuple[str, ...], str]]:
    question = check.asked
    kind = kind_of(question)
    assert kind in QUESTIONS
    line = {
        "outcomes": f"expect outcomes {question[kind]} == {{}}",
        "holds": f"expect {str(question[kind]).removeprefix('expect ')}",
        "metric": f"expect timed {question[kind]} == 0",
    }.get(kind)
    if line is None:
        return []
    made = scenario(Desk(exercise, {}, defines), [line])
    return [(("answer", kind), said) for _, said in made.broken]
