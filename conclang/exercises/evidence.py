"""What is shown of a failure: the shortest schedule as a table and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.exercises.outcome import Evidence

if TYPE_CHECKING:
    from conclang.analyses.runner import Request
    from conclang.events.event import Event
    from conclang.explore.result import Finding
    from conclang.ir.program import Program
    from conclang.render.timeline import Recorder

WIDTH = 76
LARGEST_SVG = 60_000  # characters; a result file has to stay small
MOST_STEPS = 400


def of_finding(finding: Finding, program: Program, pictures: bool) -> Evidence:
    """A finding of the explorer; the picture is made only if somebody will see it."""
    from conclang.render.step_table import table

    svg = ""
    if pictures and finding.schedule and finding.steps <= MOST_STEPS and finding.loop < 0:
        svg = schedule_svg(program, finding.schedule)
    return Evidence(
        message=finding.message,
        cause=finding.cause if finding.cause != finding.message else "",
        schedule=finding.schedule,
        steps=finding.steps if finding.schedule else None,
        picture=tuple(table(finding, False)) if finding.moves else (),
        svg=svg,
    )


def schedule_svg(program: Program, text: str) -> str:
    """The schedule replayed and drawn; nothing if the drawing gets too large."""
    from conclang.analyses.replaying import replay_untimed
    from conclang.analyses.runner import Request
    from conclang.events.schedule import parse
    from conclang.render.timeline_svg import timeline_svg

    recorder = _recorder(program, Request(), untimed=True)
    replayed = replay_untimed(program, parse(text), recorder.see)
    svg = timeline_svg(recorder.timeline(replayed.result))
    return svg if len(svg) <= LARGEST_SVG else ""


def of_run(program: Program, request: Request, said: str, pictures: bool) -> Evidence:
    """A timed run that came out otherwise than wanted."""
    from conclang.analyses.runner import header_of, run_program
    from conclang.render.lanes import Lanes
    from conclang.render.text_style import Style
    from conclang.render.text_timeline import timeline
    from conclang.render.timeline_svg import timeline_svg

    recorder = _recorder(program, request, untimed=False)
    lanes = Lanes(header_of(program, request))

    def listener(event: Event) -> None:
        lanes.see(event)
        recorder.see(event)

    result = run_program(program, request, listener)
    lanes.end(result.outcome.ticks)
    svg = timeline_svg(recorder.timeline(result)) if pictures else ""
    return Evidence(
        message=said,
        cause=result.outcome.message,
        schedule=result.schedule.text(),
        picture=tuple(timeline(lanes, result.outcome.ticks, WIDTH, Style(False))),
        svg=svg if len(svg) <= LARGEST_SVG else "",
    )


def _recorder(program: Program, request: Request, untimed: bool) -> Recorder:
    from conclang.analyses.runner import header_of
    from conclang.render.timeline import HELD, Recorder

    kinds = {thing.name: kind for kind in HELD for thing in program.things[kind]}
    return Recorder(header_of(program, request), kinds, untimed)
