"""Taking local work together with the step before it changes no answer.

The whole sweep: `python -m tests.properties.sweep 6000 --first 4000000 --only fusing`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from conclang import engine
from conclang.explore import persistent
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import FUSING
from conclang.pipeline import load_text
from tests.properties import thinkers
from tests.properties.sweep import choices, sweep
from tests.properties.test_explore_replay import assert_all_shown

SCRIPT = """
import json, sys
from tests.properties.test_fusing import told
print(json.dumps({seed: told(int(seed)) for seed in sys.argv[1:]}))
"""


@pytest.fixture(autouse=True)
def always() -> Iterator[None]:
    """Even where taking steps alone promises nothing."""
    least, persistent.LEAST = persistent.LEAST, -1.0
    yield
    persistent.LEAST = least


@pytest.mark.parametrize("first", range(500_000, 500_100, 25))
def test_fusing_changes_no_answer(first: int) -> None:
    tally, wrong = sweep(first, 25, FUSING)
    assert wrong == []
    assert tally["compared"] > 12
    assert tally["more states"] > 8


@pytest.mark.parametrize("probe", [None, 1])
def test_what_is_found_without_it_is_replayed(probe: int | None) -> None:
    for seed in range(510_000, 510_008):
        program = load_text(thinkers.program(seed)).program
        assert program is not None, seed
        options = CheckOptions(max_states=5000, probe=probe, without=(FUSING,))
        assert_all_shown(program, options)


def told(seed: int) -> list[object]:
    """What a person sees of one program without it, and without some of the others."""
    persistent.LEAST = -1.0
    program = load_text(thinkers.program(seed)).program
    if program is None:
        return []
    without = (FUSING, *choices(seed, FUSING))
    result = check(program, CheckOptions(max_states=2000, probe=1, without=without))
    findings = [(f.kind, f.message, f.schedule, f.steps) for f in result.findings]
    states = result.stats.states, list(result.stats.reductions)
    return [result.verdict, result.limit, findings, repr(result.outcomes), states]


def test_both_engines_say_the_same_without_it() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(520_000, 520_005)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(told(int(seed)))) == theirs[seed], seed
