"""One run with whoever keeps what a picture shows: as asked for, or exactly as a schedule says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from conclang.views.asking import Ask, CannotBeHad, request_of, with_policy

if TYPE_CHECKING:
    from conclang.analyses.runner import Request, RunResult
    from conclang.events.event import Event
    from conclang.events.schedule import Schedule
    from conclang.events.trace import Header
    from conclang.ir.program import Program
    from conclang.render.sequence import Sequence
    from conclang.render.timeline import Recorder, Timeline

STUCK = ("deadlock", "leak")
"""Findings that a run ends with: then its end tells most about who waits."""
WHY = ("; nobody ever waits for another", ", the first wait", ", where most wait")
"""Of the moment that is drawn: none, one or several are blocked there."""


class Course:
    """How a run goes: as a request says, or as a schedule lists it."""

    def __init__(
        self, program: Program, request: Request, schedule: Schedule | None = None
    ) -> None:
        self.program = program
        self.request = request
        self.schedule = schedule
        self.untimed = schedule is not None and not schedule.timed
        self.whole = True  # half a picture would mislead, unless the verdict goes with it

    def header(self) -> Header:
        from conclang.analyses.runner import header_of

        return header_of(self.program, self.request)

    def run(self, listener: Callable[[Event], None]) -> RunResult:
        from conclang.analyses.runner import run_program

        if self.schedule is None:
            result = run_program(self.program, self.request, listener)
            if result.kind == "interrupted" and self.whole:
                raise KeyboardInterrupt
            return result
        from conclang.analyses.replaying import replay_timed, replay_untimed

        if self.untimed:
            replayed = replay_untimed(self.program, self.schedule, listener)
        else:
            replayed = replay_timed(self.program, self.schedule, self.request, listener)
        if replayed.divergence:
            where = f"the schedule diverges at choice {replayed.position}"
            raise CannotBeHad(f"{where}: {replayed.divergence}")
        return replayed.result


def course_of(program: Program, ask: Ask) -> Course:
    """How the run that is asked for goes."""
    if ask.schedule is None:
        return Course(program, request_of(program, ask))
    return Course(program, request_of_schedule(program, ask.schedule), ask.schedule)


def request_of_schedule(program: Program, schedule: Schedule) -> Request:
    """The policy, cores and seed that a timed schedule names; an untimed one needs none."""
    from conclang.analyses.runner import Request

    if not schedule.timed:
        return Request()
    request = Request(
        cores=schedule.cores or None,
        seed=schedule.seed,
        until=schedule.until if schedule.until >= 0 else None,
        constants=tuple(schedule.constants),
    )
    if ";" in schedule.policy:  # of each processor: those the file declares
        return request
    return with_policy(program, request, schedule.policy)


def recorder_of(program: Program, request: Request, untimed: bool = False) -> Recorder:
    """A listener that keeps what a timeline shows."""
    from conclang.analyses.runner import header_of
    from conclang.render.timeline import HELD, Recorder

    kinds = {thing.name: kind for kind in HELD for thing in program.things[kind]}
    return Recorder(header_of(program, request), kinds, untimed)


def timeline_of(program: Program, request: Request) -> tuple[RunResult, Timeline]:
    """Run it and keep what a timeline shows."""
    course = Course(program, request)
    course.whole = False
    return timeline_of_course(course)


def timeline_of_course(course: Course) -> tuple[RunResult, Timeline]:
    recorder = recorder_of(course.program, course.request, course.untimed)
    result = course.run(recorder.see)
    return result, recorder.timeline(result)


def sequence_of(course: Course) -> Sequence:
    """Run it and keep who talks to whom."""
    from conclang.render.sequence import Teller

    recorder = recorder_of(course.program, course.request, course.untimed)
    teller = Teller(course.header(), recorder)
    result = course.run(teller.see)
    return teller.sequence(recorder.timeline(result))


def waits_of(course: Course, at: int | None) -> str:
    """Run it and draw who waits for whom at a tick.

    Unless somebody says which, it is that of the deadlock, leak or failure, or else the one at
    which most wait (for which the run is made once more).
    """
    from conclang.render.waits_dot import Crowd, Moment, waits_dot

    unit = "step" if course.untimed else "tick"
    moment, crowd = Moment(course.header(), at, unit), Crowd()

    def see(event: Event) -> None:
        moment.see(event)
        crowd.see(event)

    result = course.run(see)
    crowd.close()
    stuck = any(found.kind in STUCK for found in result.findings)
    if at is None and not stuck and not course.untimed and result.kind != "failed":
        why = WHY[min(crowd.most, 2)]
        moment = Moment(course.header(), crowd.at if crowd.most else None, unit, why)
        result = course.run(moment.see)
    return waits_dot(moment, result.outcome.ticks)


def locks_of(course: Course) -> str:
    """Run it and draw in which order locks were taken."""
    from conclang.analyses.lock_order import KINDS, LockOrder
    from conclang.render.locks_dot import locks_dot

    kinds = {thing.name: kind for kind in KINDS for thing in course.program.things[kind]}
    order = LockOrder(kinds)
    course.run(order.see)
    return locks_dot(course.header(), order)
