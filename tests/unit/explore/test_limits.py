"""Limits end in `unknown`, never in silence; what was found before counts."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from tests.unit.explore.helpers import look, only

LARGE = "shared c = 0\nthread p[i in 0..6] { repeat 20 { c += 1 } }\nexpect race on c\n"


def test_a_limit_of_states() -> None:
    result = look(LARGE + "expect always c <= 120\n", max_states=500)
    assert (result.verdict, result.limit) == ("unknown", "states")
    assert [j.status for j in result.judgements] == ["holds", "unknown"]
    assert result.stats.states < 10_000


def test_a_limit_of_time() -> None:
    result = look(LARGE, max_seconds=0.2)
    assert (result.verdict, result.limit) == ("unknown", "seconds")
    assert result.stats.seconds < 5


def test_a_limit_of_memory() -> None:
    result = look(LARGE, max_memory=50)
    assert (result.verdict, result.limit) == ("unknown", "memory")


def test_what_was_found_before_the_limit_counts() -> None:
    text = LARGE.replace("expect race on c\n", "")
    result = look(text, max_states=500)
    assert (result.verdict, result.limit) == ("violated", "states")
    assert only(result, "race").steps == 1


def test_threads_without_end_reach_a_limit() -> None:
    text = "shared x = 0\nfn f() { x = 1 }\nthread a { loop { spawn f() } }\n"
    assert look(text, max_states=2000, max_seconds=1).limit in ("states", "seconds", "memory")


def test_states_with_many_successors_come_in_small_batches() -> None:
    text = "shared x = 0\nthread p[i in 0..4] {\n  repeat 9 {\n    x = 0\n    let v = choose(0..1000)\n    x = v\n  }\n}\n"
    result = look(text, max_memory=60)
    assert result.limit == "memory"
    assert result.stats.transitions < 5_000_000  # a batch of any size would have taken many more


def test_many_initial_states_are_found_again_in_little_memory() -> None:
    result = look("shared x = 0\nthread a {\n  let y = choose(0..60)\n  x = y\n}\n", count=True)
    assert result.limit is None  # it once took twice the memory with each look
    assert result.counts is not None and result.counts.complete == 60


SCRIPT = """\
import sys
from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
options = CheckOptions(max_memory=120, count=sys.argv[2] == "count")
result = check(load_text(sys.argv[1]).program, options)
print(result.limit, result.stats.peak_memory_mb)
"""


@pytest.mark.parametrize("what", ["count", "verdict"])
def test_the_process_stays_below_the_limit_of_memory(what: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, LARGE, what], capture_output=True, text=True, check=True
    )
    limit, peak = told.stdout.split()
    assert limit == "memory"
    assert float(peak) < 120


WIDE = """
shared x[20000] = 0
thread p[i in 0..4] {
  let j = i
  loop { x[j] = x[j] + 1; j = (j + 7) % 20000 }
}
"""
CHOOSING = """
shared x = 0
shared y = 0
thread a { y = 2; let v = choose(0..1000000); let w = v % 4; x = w; assert w != 3 or v < 999999 }
thread b { y = 1; x = 2 }
"""


@pytest.mark.parametrize("text", [WIDE, CHOOSING])
def test_states_that_grow_and_steps_with_very_many_branches_stay_below_it(text: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, text, "verdict"], capture_output=True, text=True, check=True
    )
    limit, peak = told.stdout.split()
    assert limit == "memory"
    assert float(peak) < 120


def test_a_process_that_gets_no_memory_lives_on() -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (150 << 20, 150 << 20))

    script = SCRIPT.replace("max_memory=120", "max_memory=4000, workers=1")
    told = subprocess.run(
        [sys.executable, "-c", script, LARGE, "verdict"],
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )
    assert told.stderr == ""
    assert told.stdout.startswith("memory ")
