"""Every schedule shown is the best there is, and the fewest preemptions are the fewest there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conclang.events.schedule import untimed
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import Finding
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.oracle.generate import program as generated
from tests.properties.trying_all import Everything, Shows

MOST_STATES = 3000
TURNS = ("go ", "async ", "atomic {")
"""Here it is not only the next micro-ops that tell who meets."""


def shown(all_: Everything, finding: Finding) -> Shows | None:
    """What the states of a finding have in common; None: not told here."""
    if finding.kind == "deadlock":
        return all_.deadlock
    if finding.kind == "race":
        return all_.race(finding.message.removeprefix("data race on "))
    if finding.kind in ("error", "assertion"):
        return all_.fault_at(finding.spans[0].line, finding.spans[0].column)
    for expected in all_.program.expectations if finding.schedule else ():
        if finding.message.startswith(f"{expected.text}: "):
            return all_.violates(expected)
    return None


def cases(first: int) -> Iterator[tuple[Program, Everything]]:
    for seed in range(first, first + 60):
        text = generated(seed)
        program = load_text(text).program
        if program is None or any(word in text for word in TURNS):
            continue
        all_ = Everything(program, MOST_STATES)
        if all_.whole:
            yield program, all_


@pytest.mark.parametrize("probe", [None, 12])
@pytest.mark.parametrize("first", range(2000, 2300, 60))
def test_the_best_schedule(first: int, probe: int | None) -> None:
    """From the graph of everything, and where a reduced search has found it."""
    compared = vague = 0
    for program, all_ in cases(first):
        for finding in check(program, CheckOptions(probe=probe)).findings:
            shows = shown(all_, finding)
            if shows is None:
                continue
            best = all_.way(shows)
            assert best is not None
            if not finding.shortest:
                assert finding.steps >= best[0]
                vague += 1
                continue
            assert (finding.steps, finding.switches) == best[:2]
            assert finding.schedule == untimed(list(best[2]), program.digest, 0, -1).text()
            compared += 1
    assert compared >= 15
    assert vague <= (0 if probe is None else 2)


@pytest.mark.parametrize("probe", [None, 12])
@pytest.mark.parametrize("first", range(2600, 2780, 60))
def test_the_fewest_preemptions(first: int, probe: int | None) -> None:
    compared = 0
    for program, all_ in cases(first):
        for finding in check(program, CheckOptions(probe=probe)).findings:
            shows = shown(all_, finding)
            if shows is not None:
                assert finding.preemptions == all_.preemptions(shows)
                compared += 1
    assert compared >= 15
