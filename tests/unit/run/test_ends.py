"""Runs that are stopped: by hand, by a limit, by their end time; and runs that are very long."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests import listening

ROOT = Path(__file__).parents[3]
ENDLESS = "shared x = 0\nthread a { loop { x = 1\n work 1 } }\n"


def start(folder: Path, text: str, *options: str) -> subprocess.Popen[str]:
    (folder / "a.cl").write_text(text)
    command = [sys.executable, "-m", "conclang", "run", "a.cl", *options]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return listening.start(command, cwd=folder, env=env, text=True)


def test_ctrl_c_stops_cleanly_with_what_is_known(tmp_path: Path) -> None:
    """The trace says when the run is under way; after the signal it ends with its last line."""
    process = start(tmp_path, ENDLESS, "--format", "jsonl", "--until", "1000000000000")
    assert process.stdout is not None
    assert process.stderr is not None
    for _ in range(20):
        assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    last = ""
    for line in process.stdout:
        last = line
    assert "Traceback" not in process.stderr.read()
    assert process.wait(timeout=30) == 130
    outcome = json.loads(last)
    assert "interrupted" in outcome.values()
    assert outcome["final"] == {"x": 1}


@pytest.mark.parametrize(
    ("options", "code", "outcome", "ticks"),
    [
        (["--until", "10"], 3, "limit", 10),
        (["--max-steps", "100"], 3, "limit", None),
        (["--until", "0"], 3, "limit", 0),
    ],
)
def test_limits_end_a_run_as_unknown(
    conclang: Any, tmp_path: Path, options: list[str], code: int, outcome: str, ticks: int | None
) -> None:
    (tmp_path / "a.cl").write_text(ENDLESS + "expect timed makespan == 5\n")
    done = conclang("run", "a.cl", "--format", "json", *options)
    made = json.loads(done.stdout)
    assert (done.returncode, made["outcome"]) == (code, outcome), done.stderr
    assert ticks is None or made["ticks"] == ticks
    assert made["expectations"][0]["status"] == "unknown"


def test_reaching_the_end_with_periods_is_normal(conclang: Any, tmp_path: Path) -> None:
    (tmp_path / "a.cl").write_text("thread p with period 4 { work 1 }\n")
    done = conclang("run", "a.cl", "--format", "json", "--until", "10")
    made = json.loads(done.stdout)
    assert (done.returncode, made["outcome"], made["ticks"]) == (0, "completed", 10)


MEASURE = """
import resource, runpy, sys
sys.argv = ["conclang", "run", "a.cl", "--format", "jsonl"]
try:
    runpy.run_module("conclang", run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def peak(folder: Path, rounds: int) -> tuple[int, int]:
    """Kilobytes at the most, and lines written, of a streamed run."""
    text = "processor cpu { cores 2 scheduler round_robin(1) }\nshared x = 0\nlock m\n"
    text += f"thread a[i in 0..4] {{ repeat {rounds} {{ lock m {{ x += 1 }} }} }}\n"
    (folder / "a.cl").write_text(text)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", MEASURE]
    with subprocess.Popen(
        command, cwd=folder, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(process.stderr or ()))
        reader.start()
        lines = sum(1 for _ in process.stdout)
        reader.join()
    assert process.returncode == 0, said
    return int(said[-1]), lines


def test_a_long_trace_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    little, few = peak(tmp_path, 500)
    much, many = peak(tmp_path, 8000)
    assert many > 12 * few
    assert many > 200_000
    assert much - little < 16_000, "kilobytes more for sixteen times the events"
