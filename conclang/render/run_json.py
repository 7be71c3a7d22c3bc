"""A run as JSON: the contract of `run` and `replay` with editors, graders and scripts.

Figures that are fractions become the nearest decimal number; whole ones stay whole.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from conclang.analyses.finding import Finding
from conclang.analyses.metrics import Metrics, Number, ThreadMetrics
from conclang.analyses.runner import RunResult


def number(value: Number) -> int | float | None:
    """A figure as a JSON number."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def text(
    result: RunResult, file: str, stats: bool = True, series: list[list[int]] | None = None
) -> str:
    """The whole document."""
    made = document(result, file, series)
    if stats:
        made["stats"] = {"steps": result.steps, "seconds": round(result.seconds, 6)}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def document(result: RunResult, file: str, series: list[list[int]] | None = None) -> dict[str, Any]:
    """Everything that depends on nothing but file, options and seed."""
    outcome = result.outcome
    made: dict[str, Any] = {
        "schema": 1,
        "file": file,
        "scenario": result.scenario or None,
        "machine": {"policy": result.policy, "cores": result.cores},
        "seed": result.seed,
        "outcome": outcome.kind if outcome.kind != "interrupted" else "limit",
        "ticks": outcome.ticks,
    }
    if outcome.message:
        made["message"] = outcome.message
    made["output"] = [
        {"tick": line.tick, "thread": line.thread, "text": line.text} for line in result.output
    ]
    made["final"] = dict(outcome.final)
    made["metrics"] = metrics(result.metrics)
    if series is not None:
        made["metrics"]["parallelism_over_time"] = series
    made["expectations"] = [
        {"text": judged.text, "line": judged.line, "status": judged.status}
        | ({"detail": judged.detail} if judged.detail else {})
        for judged in result.judged
    ]
    made["findings"] = [finding(found) for found in result.findings]
    made["schedule"] = result.schedule.text()
    return made


def metrics(found: Metrics) -> dict[str, Any]:
    return {
        "makespan": found.makespan,
        "throughput": number(found.throughput),
        "utilization": number(found.utilization),
        "switches": found.switches,
        "migrations": found.migrations,
        "misses": found.misses,
        "parallelism": number(found.parallelism),
        "speedup": number(found.speedup),
        "fairness": number(found.fairness),
        "average": {
            name: number(found.average(name)) for name in ("turnaround", "response", "waiting")
        },
        "threads": {thread.name: of_thread(thread) for thread in found.threads},
        "cores": [
            {
                "processor": core.processor,
                "core": core.core,
                "busy": core.busy,
                "switching": core.switching,
                "idle": core.idle,
            }
            for core in found.cores
        ],
        "locks": {
            lock.name: {
                "kind": lock.kind,
                "acquisitions": lock.acquisitions,
                "contended": lock.contended,
                "held": lock.held,
                "waiting": lock.waiting,
            }
            for lock in found.locks
        },
        "channels": {
            channel.name: {
                "sent": channel.sent,
                "received": channel.received,
                "longest": channel.longest,
                "waiting": channel.waiting,
            }
            for channel in found.channels
        },
    }


def of_thread(thread: ThreadMetrics) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: number(thread.get(name))
        for name in (
            "arrival",
            "start",
            "finish",
            "turnaround",
            "response",
            "waiting",
            "running",
            "blocked",
        )
    }
    made["blocked_by"] = dict(thread.blocked_by)
    if thread.kind != "thread":
        made["kind"] = thread.kind
    if thread.jobs:
        made["jobs"] = thread.jobs
    return made


def finding(found: Finding) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "expected": found.expected,
        "fails": found.fails,
        "message": found.message,
        "cause": found.cause,
        "threads": list(found.threads),
        "objects": list(found.objects),
        "spans": [
            {"line": spot.line, "column": spot.column, "label": spot.label} for spot in found.spots
        ],
        "tick": found.tick,
        "schedule": found.schedule,
        "steps": found.steps,
        "switches": found.switches,
    }
