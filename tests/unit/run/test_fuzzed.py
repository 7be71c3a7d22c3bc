"""Fuzzed scenarios never break what holds in every run, and end as `check` says they can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import program

from conclang.analyses.parallelism import Parallelism
from conclang.analyses.runner import Request, RunResult, run_program
from conclang.events.event import BY_NAME, Event
from conclang.explore.checker import CheckOptions, check
from conclang.policies.text import parse_policy
from conclang.testing import check_replay
from tests.oracle.generate import program as generate

ROOT = Path(__file__).parents[3]
POLICIES = [
    "fifo", "round_robin(1)", "round_robin(3)", "random", "priority", "lottery", "stride", "cfs",
    "mlfq(levels: 2, quanta: [1, 3])", "eevdf", "work_stealing", "partitioned(round_robin(2))",
    "pct(3)", "edf",
]  # fmt: skip
seeds = st.integers(0, 100_000)
requests = st.builds(
    lambda policy, cores, seed: Request(
        policy=parse_policy(policy), cores=cores, seed=seed, max_steps=5000
    ),
    st.sampled_from(POLICIES),
    st.sampled_from([1, 2, 3]),
    st.integers(0, 5),
)


def invariants(result: RunResult, events: list[Event]) -> None:
    metrics = result.metrics
    for core in metrics.cores:
        assert core.idle >= 0
        assert core.busy + core.switching + core.idle == metrics.makespan
    for thread in metrics.threads:
        if thread.finished:
            parts = (thread.waiting, thread.running, thread.blocked)
            assert thread.turnaround == sum(parts)  # type: ignore[arg-type]
    running = sum(thread.running for thread in metrics.threads)  # type: ignore[misc]
    assert running == sum(core.busy for core in metrics.cores)
    assert all(one.tick <= two.tick for one, two in pairwise(events))
    assert {event.kind for event in events} <= set(BY_NAME)
    one_per_core(events)
    locks_exclude(events)


def one_per_core(events: list[Event]) -> None:
    """A core is given to one thread at a time, and a thread has one core at a time."""
    on: dict[str, int] = {}
    worker: dict[str, str] = {}
    for event in events:
        if event.kind == "dispatch":
            assert event.thread not in on, event
            assert event.core not in on.values(), event
            on[event.thread] = event.core
        elif event.kind == "preempt" or (event.thread in on and event.kind in LEAVES):
            on.pop(event.thread, None)
        elif event.kind in ("block", "sleep", "io"):
            # a task that blocks its worker, or an async task that blocks its loop
            on.pop(worker.get(event.thread, ""), None)
        elif event.kind == "take":
            worker[event.thread] = event.object
        elif event.kind in ("park", "finish"):
            worker.pop(event.thread, None)


LEAVES = ("block", "sleep", "io", "finish", "complete")


def locks_exclude(events: list[Event]) -> None:
    holder: dict[str, str] = {}
    for event in events:
        if event.kind == "acquire" and event.object == "m":
            assert holder.get("m", event.thread) == event.thread, event
            holder["m"] = event.thread
        elif (event.kind == "unlock" and event.object == "m") or (
            event.kind == "wait" and event.value == "m"
        ):
            holder.pop("m", None)


@settings(max_examples=400)
@given(seeds, requests)
def test_invariants(seed: int, request: Request) -> None:
    events: list[Event] = []
    text = generate(seed)
    if "recursive" in text:
        text = text.replace("lock m with recursive", "lock m")
    result = run_program(program(text), request, events.append)
    invariants(result, events)
    working = Parallelism()
    for event in events:
        working.see(event)
    series = working.series(result.metrics.makespan)
    area = sum(count * (end - tick) for (tick, count), (end, _) in pairwise(series))
    assert area == sum(core.busy for core in result.metrics.cores)


@settings(max_examples=150)
@given(seeds, requests)
def test_a_run_ends_as_some_schedule_does(seed: int, request: Request) -> None:
    text = generate(seed)
    if "prefer_writers" in text:
        return  # in `check` a writer waits from the step before on, in a run from its try on
    made = program(text)
    checked = check(made, CheckOptions(max_states=20_000))
    if checked.limit is not None:
        return
    result = run_program(made, request)
    # a run has no spurious wake-ups; in `check` the schedules go on through them
    blocked = result.kind == "deadlocked" or "with daemon" in text
    stuck_there = blocked and "with spurious" in text
    if result.kind in ("completed", "deadlocked") and not stuck_there:
        ends = {tuple((n, json.dumps(v)) for n, v in row.values) for row in checked.outcomes}
        assert tuple((n, json.dumps(v)) for n, v in result.outcome.final) in ends
    kinds = {finding.kind for finding in checked.findings}
    if result.kind == "deadlocked":
        assert kinds & {"deadlock", "leak"}
    if result.kind == "failed":
        assert kinds & {"error", "assertion"}


@settings(max_examples=100)
@given(seeds, requests)
def test_a_replay_is_the_same_run(seed: int, request: Request) -> None:
    check_replay(program(generate(seed)), request)


@settings(max_examples=60)
@given(seeds, requests)
def test_silence_changes_nothing(seed: int, request: Request) -> None:
    made = program(generate(seed))
    heard: list[Event] = []
    loud = run_program(made, request, heard.append)
    silent = run_program(made, request, observe=False)
    assert (loud.outcome, loud.metrics, loud.output) == (
        silent.outcome,
        silent.metrics,
        silent.output,
    )


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_same_bytes_whatever_the_hash_seed_and_the_engine(tmp_path: Path, form: str) -> None:
    file = tmp_path / "a.cl"
    file.write_text(generate(7) + "\nthread extra { repeat 3 { work choose(1, 2) } }\n")
    seen = set()
    for pure in ("", "1"):
        for seed in ("0", "1", "77"):
            env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
            env["CONCLANG_PURE"] = pure
            command = [sys.executable, "-m", "conclang", "run", "a.cl", "--format", form]
            command += ["--no-stats", "--policy", "lottery", "--seed", "5"]
            done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=60)
            assert b"Traceback" not in done.stderr
            seen.add(done.stdout)
    assert len(seen) == 1
    assert len(seen.pop()) > 100
