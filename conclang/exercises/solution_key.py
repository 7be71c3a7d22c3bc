"""The right `answer.yaml`, computed: for authors who want to see it, and for `verify`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Check, Defines, Exercise
from conclang.exercises.truth import follow, kind_of, scenario, truth


def answer_text(exercise: Exercise, defines: Defines) -> str:
    """All answers in the form in which students write them."""
    desk = Desk(exercise, {}, defines)
    lines = []
    for check in exercise.checks:
        if check.kind == "answer":
            lines.append(f"{check.asked['key']}: {_answer(desk, check)}")
    return "\n".join(lines) + "\n"


def _answer(desk: Desk, check: Check) -> str:
    known = truth(desk, check.asked, check.machines)
    if known.limit or known.problem:
        return f'"{known.limit or known.problem}"'
    if kind_of(check.asked) == "reach":
        return f"[{', '.join(_way(desk))}]"
    return _yaml(known.value)


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(item) for item in value)}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _way(desk: Desk) -> list[str]:
    """The threads of a shortest schedule to the deadlock."""
    made = scenario(desk, ["expect no deadlock"])
    assert made.program is not None
    result = desk.explore(made.program)
    moves = next((f.moves for f in result.findings if f.kind == "deadlock"), ())
    names = [move.thread for move in moves]
    assert follow(made.program, names) == ""
    return names
