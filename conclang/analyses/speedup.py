"""Speed-up over one core: the same scenario once more, on one core under the same policy.

Only what has come to its own end can be compared: not a run of periodic threads, which ends when
its time is up, nor a deadlock. With several processors "one core" says nothing: then there is no
figure either.
"""

from __future__ import annotations

from fractions import Fraction

from conclang.analyses.runner import Request, RunResult, go, start
from conclang.ir.program import Program
from conclang.record import replace

MOST_STEPS = 200_000
"""Size of a run that is done once more unasked."""
ROOM = 10
"""How many times as many micro-ops as the run itself the other one may take."""


def on_one_core(program: Program, request: Request, result: RunResult) -> int | None:
    """The makespan of the same on one core; None if it does not come to its end there."""
    if len(program.processors) > 1 or any(t.attributes.period for t in program.threads):
        return None
    if result.cores == 1:
        return result.metrics.makespan
    most = ROOM * result.steps + 1000
    stop, metrics = go(start(program, replace(request, cores=1, until=None, max_steps=most)))
    return metrics.makespan if stop.kind == "completed" else None


def speed_up(
    program: Program,
    request: Request,
    result: RunResult,
    known: dict[str, int | None] | None = None,
) -> Fraction | None:
    """Makespan on one core over makespan here; long runs are repeated only if it was asked for.

    `known`, if it was: the makespans on one core by policy, to be used and added to.
    """
    if result.kind != "completed" or not result.metrics.makespan:
        return None
    if known is None and result.size > MOST_STEPS:
        return None
    known = {} if known is None else known
    if result.policy not in known:
        known[result.policy] = on_one_core(program, request, result)
    alone = known[result.policy]
    return None if alone is None else Fraction(alone, result.metrics.makespan)


def with_speed_up(
    program: Program,
    request: Request,
    result: RunResult,
    known: dict[str, int | None] | None = None,
) -> RunResult:
    """The result with that figure among its metrics."""
    found = speed_up(program, request, result, known)
    return replace(result, metrics=replace(result.metrics, speedup=found))
