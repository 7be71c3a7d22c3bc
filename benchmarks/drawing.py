"""Pictures: what drawing a run of a hundred thousand events costs, measured against the run itself.

Both are timed in one process, one after the other, in processor time; the run tells its events to a
listener that only keeps them. Recording what a picture shows counts as drawing.
"""

from __future__ import annotations

import time

from benchmarks.measure import median
from benchmarks.report import Goal

ROUNDS = 9_000
SCENARIO = """
processor cpu {{ cores 2  scheduler round_robin(quantum: 4) }}
lock m
shared n = 0
thread a {{ repeat {rounds} {{ lock m {{ n += 1 }} }} }}
thread b {{ repeat {rounds} {{ lock m {{ n += 1 }} }} }}
"""


def _once(rounds: int) -> tuple[int, dict[str, float]]:
    """The number of events, and seconds of each form over those of the run."""
    from conclang.analyses.runner import Request, run_program
    from conclang.pipeline import load_text
    from conclang.render.perfetto import perfetto_json
    from conclang.render.timeline_svg import timeline_svg
    from conclang.views.runs import recorder_of

    program = load_text(SCENARIO.format(rounds=rounds)).program
    assert program is not None
    events: list[object] = []
    began = time.process_time()
    result = run_program(program, Request(), events.append)
    run = time.process_time() - began
    shares = {}
    for name, draw in (("timeline as SVG", timeline_svg), ("trace for Perfetto", perfetto_json)):
        began = time.process_time()
        recorder = recorder_of(program, Request())
        for event in events:
            recorder.see(event)  # type: ignore[arg-type]
        draw(recorder.timeline(result))
        shares[name] = (time.process_time() - began) / run
    return len(events), shares


def run(repetitions: int) -> list[Goal]:
    """At most three times the run; four times the events at most about four times the work."""
    samples = [_once(ROUNDS) for _ in range(repetitions)]
    count = samples[0][0]
    return [
        Goal(
            f"{name}, {count:,} events, over the run",
            3,
            median(shares[name] for _, shares in samples),
            at_most=True,
        )
        for name in samples[0][1]
    ]
