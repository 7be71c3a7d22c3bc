"""`check_replay`: a run and the replay of its schedule are the same run."""

from __future__ import annotations

from conclang.analyses.replaying import replay_timed
from conclang.analyses.runner import Request, run_program
from conclang.events.event import Event
from conclang.events.schedule import parse
from conclang.ir.program import Program


def check_replay(program: Program, request: Request | None = None) -> None:
    """Run, replay what the schedule's text says, and compare every event."""
    request = request or Request()
    first: list[Event] = []
    again: list[Event] = []
    result = run_program(program, request, first.append)
    schedule = parse(result.schedule.text())
    replayed = replay_timed(program, schedule, request, again.append)
    assert replayed.divergence == "", replayed.divergence
    assert first == again
    assert replayed.result.outcome == result.outcome
