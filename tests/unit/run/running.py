"""Runs a text; what tests ask about a run."""

from __future__ import annotations

from conclang.analyses.runner import Request, RunResult, run_program
from conclang.events.event import Event
from conclang.ir.program import Program
from conclang.pipeline import load_text
from conclang.policies.text import parse_policy

ONE = "processor cpu { cores 1 scheduler fifo }\n"
TWO = "processor cpu { cores 2 scheduler fifo }\n"
FREE = "cost { read 0 write 0 sync 0 local 0 }"


def program(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [str(d) for d in checked.bag]
    return checked.program


def run(text: str, policy: str | None = None, **options: object) -> RunResult:
    spec = parse_policy(policy) if policy else None
    return run_program(program(text), Request(policy=spec, **options))  # type: ignore[arg-type]


def events(text: str, policy: str | None = None, **options: object) -> list[Event]:
    found: list[Event] = []
    spec = parse_policy(policy) if policy else None
    run_program(program(text), Request(policy=spec, **options), found.append)  # type: ignore[arg-type]
    return found


def lines(result: RunResult) -> list[str]:
    """`3 alice: text` for every printed line."""
    return [f"{line.tick} {line.thread}: {line.text}" for line in result.output]


def finishes(result: RunResult) -> dict[str, object]:
    return {thread.name: thread.finish for thread in result.metrics.threads}
