"""What one schedule alone cannot show: that it goes on for ever, or that nobody can ever help.

A replay sees a deadlock or a race where it ends. Starvation, livelock, a thread that can never move
again while others can, and what a promise is worth, are about all that could come after. For these
the search is asked, within a fixed number of states, and what it finds *on the very schedule that
is replayed* is told with it, in the same words as `conclang check` told it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.record import replace

if TYPE_CHECKING:
    from conclang.analyses.finding import Finding, Judged
    from conclang.analyses.replaying import Replayed
    from conclang.explore.result import Finding as Found
    from conclang.ir.program import Program

MOST_STATES = 50_000  # a number, and no time: the same bytes everywhere
STUCK = ("deadlock", "leak")  # told once, by whoever tells it first


def with_all_found(program: Program, replayed: Replayed) -> Replayed:
    """The replay with what `check` finds on this schedule and the replay itself did not."""
    from conclang.explore.checker import CheckOptions, check
    from conclang.explore.reduce import FUSING

    shown = replayed.result.findings
    text = replayed.result.schedule.text()
    constants = replayed.result.schedule.constants
    options = CheckOptions(max_states=MOST_STATES, workers=1, constants=constants)
    if not replayed.result.schedule.fused:
        options = replace(options, without=(FUSING,))
    result = check(program, options)
    known = {(found.kind, found.objects) for found in shown}
    stuck = {found.kind for found in shown if found.kind in STUCK}
    added = [
        _told(found, replayed.result.outcome.ticks)
        for found in result.findings
        if found.schedule == text
        and found.kind not in stuck
        and (found.kind, found.objects) not in known
    ]
    if not added:
        return replayed
    judged = _judged(replayed.result.judged, added)
    added = [found for found in added if found.kind != "expectation"]
    run = replace(replayed.result, findings=(*shown, *added), judged=judged)
    return replace(replayed, result=run)


def _told(found: Found, tick: int) -> Finding:
    """A finding of `check` as one of a run."""
    from conclang.analyses.finding import Finding, Spot

    return Finding(
        found.kind,
        found.message,
        found.cause,
        expected=found.expected,
        fails=found.fails,
        threads=found.threads,
        objects=found.objects,
        spots=tuple(Spot(mark.line, mark.column, mark.label) for mark in found.spans),
        tick=tick,
        schedule=found.schedule,
        steps=found.steps,
        switches=found.switches,
    )


def _judged(judged: tuple[Judged, ...], added: list[Finding]) -> tuple[Judged, ...]:
    """Expectations that this schedule violates, such as `eventually`."""
    from conclang.analyses.finding import UNKNOWN, VIOLATED

    said = {found.message: found for found in added if found.kind == "expectation" and found.fails}
    made = []
    for one in judged:
        broken = next((f for message, f in said.items() if message.startswith(one.text)), None)
        if broken is not None and one.status == UNKNOWN:
            one = replace(one, status=VIOLATED, detail=broken.message[len(one.text) :].lstrip(": "))
        made.append(one)
    return tuple(made)
