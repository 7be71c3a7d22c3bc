"""What one run meets, the search over all schedules knows: its end, its races, its mistakes.

Every example and every scenario with exact answers, and generated ones, are run under many
policies, on one to three cores, with several seeds. (tests/unit/run/test_fuzzed.py asks the same of
the ends of random programs; here nothing is random but what a fixed seed draws.)
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest

from conclang.analyses.runner import Request, RunResult, run_program
from conclang.collection.catalogue import catalogue
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult
from conclang.pipeline import load_text
from conclang.policies.text import parse_policy
from tests.oracle.generate import program as generate

POLICIES = (
    "fifo", "round_robin(1)", "round_robin(2)", "round_robin(5)", "random", "lottery", "pct(3)",
    "cfs", "mlfq(levels: 2, quanta: [1, 3])", "work_stealing", "partitioned(round_robin(2))",
)  # fmt: skip
RUNS = 8
STATES = 20_000
FLAWS = ("deadlock", "leak", "race")
SCHEDULES = Path(__file__).parents[1] / "conformance" / "schedules"
FILES = sorted(SCHEDULES.glob("*.cl"))
EXPECT = re.compile(r"^ *expect .*$", re.MULTILINE)
CLOCK = re.compile(r"\b(now|after|period|prefer_writers|spurious)\b")
"""Where a run and a check look at different things: time, who waits to write, waking up early."""


def bare(text: str) -> str:
    """Without the `expect` lines: then all variables are told at each end, and all flaws."""
    return EXPECT.sub("", text)


def requests(number: int) -> list[Request]:
    draw = Random(number)
    return [
        Request(
            policy=parse_policy(draw.choice(POLICIES)),
            cores=draw.choice((1, 2, 3)),
            seed=draw.randrange(100),
            max_steps=3_000,
        )
        for _ in range(RUNS)
    ]


def strange(checked: CheckResult, result: RunResult, daemons: bool) -> list[str]:
    """What the run met and the check did not."""
    found = []
    kinds = {finding.kind for finding in checked.findings}
    ends = {tuple((n, json.dumps(v)) for n, v in row.values) for row in checked.outcomes}
    final = tuple((n, json.dumps(v)) for n, v in result.outcome.final)
    if "without any time passing" in result.outcome.message:
        return []  # a spin: to a check, which knows no time, it is no mistake
    ended = result.kind in ("completed", "deadlocked", "failed")
    if ended and not daemons and final not in ends:
        found.append(f"{result.kind} with {final}")
    if result.kind == "deadlocked" and not kinds & {"deadlock", "leak"}:
        found.append("deadlocked")
    if result.kind == "failed":
        told = [f.message for f in checked.findings if f.kind in ("error", "assertion")]
        if not any(
            result.outcome.message in text or text in result.outcome.message for text in told
        ):
            found.append(f"{result.outcome.message}, not among {told}")
    raced = {name.split("[")[0] for f in checked.findings if f.kind == "race" for name in f.objects}
    met = {name.split("[")[0] for f in result.findings if f.kind == "race" for name in f.objects}
    if not met <= raced:
        found.append(f"races on {met - raced}")
    return found


def compare(text: str, number: int) -> int:
    """How many runs were compared."""
    checked = load_text(bare(text))
    assert checked.program is not None, [str(d) for d in checked.bag]
    program = checked.program
    known = check(program, CheckOptions(max_states=STATES))
    if known.limit is not None:
        return 0
    for request in requests(number):
        result = run_program(program, request)
        assert not strange(known, result, "daemon" in text), (request, bare(text))
    return RUNS


SMALL = [e for e in catalogue() if e.theme != "scheduling" and not CLOCK.search(bare(e.text))]


@pytest.mark.parametrize("theme", sorted({example.theme for example in SMALL}))
def test_examples(theme: str) -> None:
    texts = [example.text for example in SMALL if example.theme == theme]
    compared = sum(compare(text, number) for number, text in enumerate(texts))
    assert compared > RUNS * len(texts) // 2


def test_scenarios_with_exact_answers() -> None:
    texts = [file.read_text() for file in FILES]
    texts = [text for text in texts if not CLOCK.search(text)]
    assert sum(compare(text, number) for number, text in enumerate(texts)) > RUNS * 30


def test_generated_scenarios() -> None:
    texts = [generate(seed) for seed in range(30_000, 30_120)]
    texts = [text for text in texts if not CLOCK.search(text)]
    assert sum(compare(text, number) for number, text in enumerate(texts)) > RUNS * 60
