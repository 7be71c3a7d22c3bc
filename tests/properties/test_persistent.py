"""Steps taken alone change no answer: thousands of programs that have things of their own.

The whole search says what is right; besides everything together, the reduction is also tried
without the others. Most of these programs are small, so the look at what it promises is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from conclang import engine
from conclang.explore import persistent
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import NAMES
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.oracle.generate import program as mixed
from tests.properties.private_programs import EXTRAS, program
from tests.properties.test_explore_agreement import MOST_STATES, answers, verdict

CHUNK = 100
OTHERS = tuple(name for name in NAMES if name != "persistent")

SCRIPT = """
import json, sys
from conclang.explore import persistent
from tests.properties.test_explore_agreement import answers
from tests.properties.test_persistent import scenario
persistent.LEAST = -1.0
print(json.dumps({seed: answers(scenario(int(seed))) for seed in sys.argv[1:]}))
"""


@pytest.fixture(autouse=True)
def always() -> Iterator[None]:
    """Even where it promises nothing."""
    least, persistent.LEAST = persistent.LEAST, -1.0
    yield
    persistent.LEAST = least


def scenario(seed: int, themes: set[str] | None = None) -> Program:
    checked = load_text(program(seed, themes))
    assert checked.program is not None, program(seed, themes)
    return checked.program


def compare(given: Program, seed: object, tally: Counter[str]) -> None:
    """With all other reductions and with none of them, with it and without."""
    whole = check(given, CheckOptions(max_states=MOST_STATES, reduction=False, probe=1))
    if whole.limit is not None:
        tally["large"] += 1
        return
    tally["compared"] += 1
    for others in ((), OTHERS):
        with_it = CheckOptions(max_states=MOST_STATES, probe=1, without=others)
        found = check(given, with_it)
        assert verdict(found) == verdict(whole), (seed, others)
        if NAMES["persistent"] in found.stats.reductions:
            without = (*others, "persistent")
            more = check(given, CheckOptions(max_states=MOST_STATES, probe=1, without=without))
            tally["smaller"] += found.stats.states < more.stats.states
            tally["used"] += 1


@pytest.mark.parametrize("first", range(0, 600, CHUNK))
def test_programs_with_things_of_their_own(first: int) -> None:
    tally: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        compare(scenario(seed), seed, tally)
    assert tally["compared"] > CHUNK * 3 // 4
    assert tally["used"] > tally["compared"]  # of twice as many
    assert tally["smaller"] > tally["used"] * 3 // 4


@pytest.mark.parametrize("theme", sorted(EXTRAS))
def test_programs_about_one_thing(theme: str) -> None:
    tally: Counter[str] = Counter()
    for seed in range(30_000, 30_040):
        compare(scenario(seed, {theme}), (theme, seed), tally)
    assert tally["compared"] > 20
    assert tally["smaller"] > 20


@pytest.mark.parametrize("first", range(40_000, 40_200, CHUNK))
def test_programs_of_all_kinds(first: int) -> None:
    tally: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        given = load_text(mixed(seed)).program
        assert given is not None
        compare(given, seed, tally)
    assert tally["compared"] > CHUNK // 2
    assert tally["used"] > CHUNK // 8


def test_both_engines_leave_out_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(50_000, 50_060)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(answers(scenario(int(seed))))) == theirs[seed], seed


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_leave_out_the_same(workers: int) -> None:
    text = (
        "shared own[4] = 0\nshared x = 0\nlock m\n"
        "thread p[i in 0..4] { repeat 3 { own[i] += 1 } lock m { x += own[i] } x = 1 }\n"
    )
    given = load_text(text).program
    assert given is not None
    one, several = (check(given, CheckOptions(workers=w, probe=20)) for w in (1, workers))
    assert NAMES["persistent"] in one.stats.reductions
    assert one.findings == several.findings
    assert one.outcomes == several.outcomes
    assert one.stats.states == several.stats.states
