"""The timeline as a Gantt chart in Mermaid text: a section per core and thread, a task per bar.

Mermaid knows no patterns, arrows or marks; what it cannot say is left to the SVG. A tick is a
millisecond there, which is the finest unit that Mermaid has.
"""

from __future__ import annotations

from collections import defaultdict

from conclang.diagnostics.counting import left_out
from conclang.render import svg
from conclang.render.sequence import plain
from conclang.render.timeline import Bar, Lane, Timeline

MOST_BARS = 500
TAGS = {"running": "active, ", "blocked": "crit, ", "switch": "crit, ", "held": "done, "}


def gantt(timeline: Timeline) -> str:
    """The text of the chart."""
    title = " ".join(svg.clean(timeline.title).split()) or "Timeline"
    lines = ["%% Made by conclang", "gantt", f"    title {plain(title)}"]
    lines += ["    dateFormat x", "    axisFormat %Q"]
    bars: dict[int, list[Bar]] = defaultdict(list)
    for bar in timeline.bars[:MOST_BARS]:
        bars[bar.lane].append(bar)
    for number, lane in enumerate(timeline.lanes):
        if number in bars:
            lines.append(f"    section {plain(_label(lane))}")
            lines += [f"    {_task(lane, bar)}" for bar in bars[number]]
    if len(timeline.bars) > MOST_BARS:
        lines.append(f"    %% {left_out(len(timeline.bars) - MOST_BARS, 'bar')}")
    return "\n".join(lines) + "\n"


def _label(lane: Lane) -> str:
    return lane.name if lane.kind == "thread" else f"{lane.kind} {lane.name}"


def _task(lane: Lane, bar: Bar) -> str:
    by_name = lane.kind != "thread" and bar.state != "switch" and bar.who
    words = plain(bar.who if by_name else bar.state)
    return f"{words} :{TAGS.get(bar.state, '')}{bar.start}, {bar.end - bar.start}ms"
