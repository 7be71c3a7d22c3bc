"""Reductions together: any two, and any set, on programs of all families, change no answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from conclang import engine
from conclang.explore import persistent
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import LOCALS, NAMES
from conclang.pipeline import load_text
from conclang.record import replace
from tests.properties.sweep import FAMILIES, MOST_STATES, choices, differs, sweep
from tests.properties.test_explore_agreement import verdict

SCRIPT = """
import json, sys
from tests.properties.test_pairs import told
print(json.dumps({seed: told(int(seed)) for seed in sys.argv[1:]}))
"""


@pytest.fixture(autouse=True)
def always() -> Iterator[None]:
    """Even where taking steps alone promises nothing."""
    least, persistent.LEAST = persistent.LEAST, -1.0
    yield
    persistent.LEAST = least


@pytest.mark.parametrize(("one", "two"), list(combinations(NAMES, 2)))
def test_any_two_change_no_answer(one: str, two: str) -> None:
    without = tuple(name for name in NAMES if name not in (one, two))
    tally: Counter[str] = Counter()
    for number, (family, text) in enumerate(FAMILIES.items()):
        for seed in range(60_000 + number, 60_060, 4):
            assert not differs(text(seed), without, tally), (family, seed)
    assert tally["compared"] > 60
    assert tally[one] >= 3
    assert tally[two] >= 3
    assert not any(tally[name] for name in without)


@pytest.mark.parametrize("first", range(70_000, 70_300, 60))
def test_any_set_changes_no_answer(first: int) -> None:
    tally, wrong = sweep(first, 60)
    assert wrong == []
    assert tally["compared"] > 40


@pytest.mark.parametrize("family", list(FAMILIES))
def test_clearing_dead_locals_changes_no_answer(family: str) -> None:
    compared = fewer = 0
    for seed in range(90_000, 90_040):
        program = load_text(FAMILIES[family](seed)).program
        if program is None:
            continue
        options = CheckOptions(max_states=MOST_STATES, reduction=False)
        cleared = check(program, options)
        kept = check(program, replace(options, without=(LOCALS,)))
        if kept.limit is None:
            compared += 1
            assert verdict(kept) == verdict(cleared), seed
            assert kept.stats.states >= cleared.stats.states
            fewer += kept.stats.states > cleared.stats.states
    assert compared > 15
    assert fewer > 5


def told(seed: int) -> list[object]:
    """What a person sees of one program, with some of the reductions."""
    persistent.LEAST = -1.0
    program = load_text(list(FAMILIES.values())[seed % len(FAMILIES)](seed)).program
    if program is None:
        return []
    result = check(program, CheckOptions(max_states=2000, probe=1, without=choices(seed)))
    findings = [(f.kind, f.message, f.schedule, f.steps) for f in result.findings]
    states = result.stats.states, list(result.stats.reductions)
    return [result.verdict, result.limit, findings, repr(result.outcomes), states]


def test_both_engines_leave_out_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(80_000, 80_060)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(told(int(seed)))) == theirs[seed], seed
