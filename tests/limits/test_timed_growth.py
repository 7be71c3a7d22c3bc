"""Who is let go on is found at once, however many others wait: micro-ops per second and memory.

The cost of an operation is counted as calls inside the plain engine, where every look at an
entity's record is one; so the figures are the same on every machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = """
import sys
from conclang.pipeline import load_text
from conclang.analyses.runner import Request, go, start
program = load_text(sys.stdin.read()).program
run = start(program, Request())
calls = 0
def profile(frame, event, argument):
    global calls
    if event == "call":
        calls += 1
sys.setprofile(profile)
stop, metrics = go(run)
sys.setprofile(None)
assert stop.kind == "completed", stop.message
print(calls)
"""


def calls(text: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        input=text,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CONCLANG_PURE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


MACHINE = "processor cpu { cores 2 scheduler fifo }\n"
CASES = {
    "waiting readers behind writers": (
        "rwlock t with prefer_writers\nthread r[i in 0..{n}] {{ read t {{ work 1 }} }}\n"
        "thread w[i in 0..{n}] {{ write t {{ work 1 }} }}\n"
    ),
    "Hoare signals": (
        "lock m\ncondition c with hoare\nthread w[i in 0..{n}] {{ lock m {{ wait c }} }}\n"
        "thread s with arrival {late} {{ repeat {n} {{ lock m {{ signal c }} }} }}\n"
    ),
    "a broadcast": (
        "lock m\ncondition c\nthread w[i in 0..{n}] {{ lock m {{ wait c }} }}\n"
        "thread s with arrival {late} {{ lock m {{ broadcast c }} }}\n"
    ),
    "signals": (
        "lock m\ncondition c\nthread w[i in 0..{n}] {{ lock m {{ wait c }} }}\n"
        "thread s with arrival {late} {{ repeat {n} {{ lock m {{ signal c }} }} }}\n"
    ),
    "pairs at barriers": (
        "barrier b[{n}](2)\nthread l[i in 0..{n}] {{ wait b[i] }}\n"
        "thread r[i in 0..{n}] {{ wait b[i] }}\n"
    ),
    "a barrier used again": (
        "barrier b(2)\nthread l {{ repeat {n} {{ wait b }} }}\n"
        "thread r {{ repeat {n} {{ wait b }} }}\n"
    ),
    "locks": "lock m[{n}]\nthread l[i in 0..{n}] {{ lock m[i] {{ work 2 }} }}\n"
    "thread r[i in 0..{n}] {{ lock m[i] {{ work 2 }} }}\n",
}


@pytest.mark.parametrize("name", CASES)
def test_the_cost_of_an_operation_does_not_grow_with_who_else_waits(name: str) -> None:
    little = calls(MACHINE + CASES[name].format(n=40, late=1000))
    much = calls(MACHINE + CASES[name].format(n=320, late=8000))
    assert much < 8 * little * 1.15, (little, much)
