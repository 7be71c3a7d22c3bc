"""Forms of output that are drawings of one run: what `run`, `replay` and `draw` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conclang.analyses.runner import Request, RunResult
    from conclang.ir.program import Program
    from conclang.render.sequence import Sequence
    from conclang.render.timeline import Recorder, Timeline


def recorder_of(program: Program, request: Request, untimed: bool = False) -> Recorder:
    """A listener that keeps what a timeline shows."""
    from conclang.analyses.runner import header_of
    from conclang.render.timeline import HELD, Recorder

    kinds = {thing.name: kind for kind in HELD for thing in program.things[kind]}
    return Recorder(header_of(program, request), kinds, untimed)


def timeline_of(program: Program, request: Request) -> tuple[RunResult, Timeline]:
    """Run it and keep what a timeline shows."""
    from conclang.analyses.runner import run_program

    recorder = recorder_of(program, request)
    result = run_program(program, request, recorder.see)
    return result, recorder.timeline(result)


def sequence_of(program: Program, request: Request) -> Sequence:
    """Run it and keep who talks to whom."""
    from conclang.analyses.runner import header_of, run_program
    from conclang.render.sequence import Teller

    recorder = recorder_of(program, request)
    teller = Teller(header_of(program, request), recorder)
    result = run_program(program, request, teller.see)
    return teller.sequence(recorder.timeline(result))


def waits_of(program: Program, request: Request, at: int | None) -> str:
    """Run it and draw who waits for whom at a tick."""
    from conclang.analyses.runner import header_of, run_program
    from conclang.render.waits_dot import Moment, waits_dot

    moment = Moment(header_of(program, request), at)
    result = run_program(program, request, moment.see)
    return waits_dot(moment, result.outcome.ticks)


def locks_of(program: Program, request: Request) -> str:
    """Run it and draw in which order locks were taken."""
    from conclang.analyses.lock_order import KINDS, LockOrder
    from conclang.analyses.runner import header_of, run_program
    from conclang.render.locks_dot import locks_dot

    order = LockOrder({thing.name: kind for kind in KINDS for thing in program.things[kind]})
    run_program(program, request, order.see)
    return locks_dot(header_of(program, request), order)
