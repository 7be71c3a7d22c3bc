"""Whatever makes the search faster changes no answer: reductions, workers, engine.

The programs are those of the oracle's generator, so all kinds of statements are among them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import NAMES
from conclang.explore.result import CheckResult
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.oracle.generate import program

SEEDS = range(5000, 5150)
MOST_STATES = 20_000
SEARCHED = {"error", "assertion", "deadlock", "race", "expectation"}

SCRIPT = """
import json, sys
from tests.properties.test_explore_agreement import answers, scenario
print(json.dumps({seed: answers(scenario(seed)) for seed in map(int, sys.argv[1:])}))
"""


def scenario(seed: int) -> Program:
    checked = load_text(program(seed))
    assert checked.program is not None
    return checked.program


def verdict(result: CheckResult) -> tuple[Any, ...]:
    """All that must not depend on how the search went."""
    found = sorted({(f.kind, f.message, f.steps) for f in result.findings if f.kind in SEARCHED})
    return result.verdict, result.limit, result.judgements, found, result.outcomes


def answers(program: Program) -> list[Any]:
    """Everything a person sees, as plain data."""
    result = check(program, CheckOptions(max_states=MOST_STATES, probe=50))
    findings = [
        (f.kind, f.message, f.cause, f.schedule, f.steps, f.switches) for f in result.findings
    ]
    return [result.verdict, result.limit, findings, repr(result.outcomes), result.stats.states]


@pytest.mark.parametrize("seed", SEEDS)
def test_reductions_change_no_answer(seed: int) -> None:
    given = scenario(seed)
    whole = check(given, CheckOptions(max_states=MOST_STATES, reduction=False))
    if whole.limit is not None:
        assert whole.limit == "states"
        return
    reduced = check(given, CheckOptions(max_states=MOST_STATES, probe=1))
    assert verdict(reduced) == verdict(whole)
    assert reduced.stats.states <= max(whole.stats.states, 2)


@pytest.mark.parametrize("seed", range(8000, 8080))
def test_guarded_accesses_change_no_answer(seed: int) -> None:
    checked = load_text(program(seed, {"cells", "array", "lock", "condition", "assert"}))
    assert checked.program is not None
    whole = check(checked.program, CheckOptions(max_states=MOST_STATES, reduction=False))
    reduced = check(checked.program, CheckOptions(max_states=MOST_STATES, probe=60))
    if whole.limit is None:
        assert verdict(reduced) == verdict(whole)


@pytest.mark.parametrize("alone", sorted(NAMES))
def test_each_reduction_alone_changes_no_answer(alone: str) -> None:
    for seed in range(9000, 9040):
        given = scenario(seed)
        whole = check(given, CheckOptions(max_states=MOST_STATES, reduction=False))
        others = tuple(name for name in NAMES if name != alone)
        options = CheckOptions(max_states=MOST_STATES, probe=30, without=others)
        if whole.limit is None:
            assert verdict(check(given, options)) == verdict(whole), seed


def test_a_guard_that_does_not_hold_is_noticed() -> None:
    text = "shared x = 0\nlock m\nthread p[i in 0..2] { repeat 6 { lock m { x += 1 } } x = 0 }\n"
    checked = load_text(text)
    assert checked.program is not None
    whole = check(checked.program, CheckOptions(reduction=False))
    reduced = check(checked.program, CheckOptions(probe=20))
    assert verdict(reduced) == verdict(whole)
    assert "race" in {finding.kind for finding in reduced.findings}


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_finds_the_same(workers: int) -> None:
    text = "shared c = 0\nlock m\nthread p[i in 0..3] { repeat 4 { c += 1 } lock m { c = 0 } }\n"
    checked = load_text(text)
    assert checked.program is not None
    results = [
        check(checked.program, CheckOptions(workers=count, probe=100, reduction=False))
        for count in (1, workers)
    ]
    assert results[0].findings == results[1].findings
    assert results[0].outcomes == results[1].outcomes
    assert results[0].stats.states == results[1].stats.states > 5000


def test_both_engines_find_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(6000, 6040)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(answers(scenario(int(seed))))) == theirs[seed], seed
