"""Programs with local work as steps of its own, against the same with it fused.

Everything has to be the same but numbers of steps and states, with two exceptions. Which of several
pairs is named that are inside of a section, or whose leak is told, depends on who is there by the
fewest steps. And where local work fails, others may come in between it and the step before it, so
that what is found, other failures among it, and how it ends, may be more.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import FUSING
from conclang.explore.result import CheckResult, Finding
from conclang.pipeline import load_text
from tests.properties import thinkers

MORE = 20
"""So many times as many states may it take."""
ASKED = {"lost_update", "atomicity"}
"""Told in passing while it costs little; in full only where a line speaks of them."""
OF_LOCAL_WORK = {"error", "assertion"}
SEVERAL = {"leak", "lost_update", "atomicity"}


def told(found: Finding) -> tuple[Any, ...]:
    """A finding without what depends on its schedule."""
    message = re.sub(r" \(line \d+\)", "", found.message)
    if " inside at once" in message:
        message = message.split(": ")[0]
    thing = (*found.objects[:1],) if found.kind in ASKED else ()
    said = "" if found.kind in SEVERAL else message
    return found.kind, thing, said, found.fails, found.expected


def findings(result: CheckResult) -> set[tuple[Any, ...]]:
    """All that was looked for in full."""
    return {told(f) for f in result.findings if f.kind not in ASKED or f.fails or f.expected}


def fails(result: CheckResult) -> bool:
    return any(f.kind in OF_LOCAL_WORK for f in result.findings)


def agree(fused: CheckResult, apart: CheckResult) -> bool:
    """Do both say the same, as far as they have to?"""
    ours, theirs = findings(fused), findings(apart)
    if not fails(fused) and not fails(apart):
        same = fused.judgements == apart.judgements and fused.outcomes == apart.outcomes
        return same and fused.verdict == apart.verdict and ours == theirs
    failing = [{f for f in some if f[0] in OF_LOCAL_WORK} for some in (ours, theirs)]
    rest = {f for f in ours if f[0] != "expectation"}
    rows = {repr(row.values) for row in fused.outcomes}
    return (
        failing[0] <= failing[1]
        and bool(failing[0]) == bool(failing[1])
        and rest <= theirs
        and rows <= {repr(row.values) for row in apart.outcomes}
        and fused.verdict == apart.verdict
    )


def differs(text: str, without: tuple[str, ...], tally: Counter[str], most: int) -> bool:
    """Does taking local work apart, beside some of the reductions, change an answer?"""
    program = load_text(text).program
    if program is None:
        tally["not a program"] += 1
        return False
    fused = check(program, CheckOptions(max_states=most, reduction=False))
    if fused.limit is not None:
        tally["large"] += 1
        return False
    whole = fused.stats.states % 3 == 0
    probe = None if whole else 40 if fused.infinite or fused.stats.states % 2 else 1
    apart = check(
        program,
        CheckOptions(
            max_states=MORE * most,
            probe=probe,
            reduction=not whole,
            without=(FUSING, *without),
        ),
    )
    if apart.limit is not None:
        tally["large"] += 1
        return False
    tally["compared"] += 1
    tally["failing"] += fails(apart)
    tally["more states"] += apart.stats.states > fused.stats.states
    return not agree(fused, apart)


FAMILY = {"thinkers": thinkers.program}
