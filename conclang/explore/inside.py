"""Who is inside a section at the end of a schedule: a state only says how many there are."""

from __future__ import annotations

from collections import Counter

from conclang.explore.names import Names
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind
from conclang.machine.telling import NOTE_ENTER

CROWD = "more are inside at once"


def those_inside(names: Names, path: Path, section: int) -> dict[int, int]:
    """The entities, each with the step with which it came in (-1: before the first one).

    The entering and leaving is read off the machine's log.
    """
    inside: Counter[int] = Counter()
    came: dict[int, int] = {}
    logs = [names.deeds.beginning(path.initial)]
    logs += [names.deeds.of(step.before, step.entity, step.branch) for step in path.steps]
    for number, record in ((n, record) for n, log in enumerate(logs) for record in log):
        if record[0] == NOTE_ENTER and record[3] == section:
            inside[record[1]] += 1
            came[record[1]] = number - 1
        elif record[0] == OpKind.LEAVE and names.program.ops[record[2]].a == section:
            inside[record[1]] -= 1
    return {t: came[t] for t in sorted(inside) if inside[t] > 0}


def crowd(names: Names, path: Path, inside: dict[int, int]) -> str:
    """`alice (line 7) and bob (line 7) are inside at once`."""
    words = path.end
    if words is None:
        return CROWD
    told = []
    for t in inside:
        told.append(f"{names.entity(words, t)} (line {names.site(names.pc(words, t)).line})")
    if len(told) < 2:
        return CROWD
    return f"{', '.join(told[:-1])} and {told[-1]} are inside at once"
