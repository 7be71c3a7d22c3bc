"""Forgetting the order and the ends of those who were started changes no answer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import NAMES
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.oracle.generate import program as drawn
from tests.properties.test_explore_agreement import verdict

MOST_STATES = 8_000
USED = NAMES["started"]
ALONE = tuple(name for name in NAMES if name != "started")
THEMES = ("lock", "semaphore", "channel", "event", "condition", "rwlock", "atomic", "loop", "try")
SCRIPT = """
import json, sys
from tests.properties.test_started import answers
print(json.dumps({seed: answers(seed) for seed in map(int, sys.argv[1:])}))
"""


def program(seed: int) -> str:
    """A scenario that starts threads or tasks, most of them without keeping their handles."""
    r = Random(seed)
    verb = r.choice(["spawn", "spawn", "go"])
    text = drawn(seed, {"cells", verb, *r.sample(THEMES, 2)})
    if r.random() < 0.9:
        text = re.sub(r"let h\d+ = (spawn|go)", r"\1", text)
        lines = [line for line in text.split("\n") if not re.search(r"(join|await) h\d", line)]
        text = "\n".join(lines)
    start = f"{verb} {verb}_task({r.randint(0, 1)})"
    more = r.choice(
        [start, f"repeat 2 {{ {start} }}", f"for k in 0..2 {{ {verb} {verb}_task(k) }}"]
    )
    return text + f"thread maker {{ {more} }}\n"


def scenario(seed: int) -> Program | None:
    return load_text(program(seed)).program


def answers(seed: int) -> list[Any]:
    """Everything a person sees, as plain data."""
    given = scenario(seed)
    if given is None:
        return []
    result = check(given, CheckOptions(max_states=2000, probe=1))
    findings = [
        (f.kind, f.message, f.cause, f.schedule, f.steps, f.switches) for f in result.findings
    ]
    return [result.verdict, findings, repr(result.outcomes), result.stats.states]


@pytest.mark.parametrize("block", range(12))
def test_it_changes_no_answer_and_bites(block: int) -> None:
    used = fewer = 0
    for seed in range(block * 100, block * 100 + 20):
        given = scenario(seed)
        if given is None:
            continue
        whole = check(given, CheckOptions(max_states=MOST_STATES, reduction=False))
        if whole.limit is not None or whole.infinite:
            continue  # a probe of one state does not see a circle
        without = ALONE if seed % 2 else ()
        reduced = check(given, CheckOptions(max_states=MOST_STATES, probe=1, without=without))
        assert verdict(reduced) == verdict(whole), seed
        used += USED in reduced.stats.reductions
        fewer += reduced.stats.states < 0.8 * whole.stats.states
    assert used >= 4
    assert fewer >= 3


def test_both_engines_find_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(70_000, 70_030)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(answers(int(seed)))) == theirs[seed], seed
