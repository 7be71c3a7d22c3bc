"""The timeline in the trace-event format that Perfetto, speedscope and chrome://tracing open.

A tick is a millisecond. Every lane is a track with a whole number of its own; things that several
threads hold at a time get as many tracks as it takes for slices not to overlap. Arrows are flows:
they begin within the slice that ends at the moment and end in the one that begins there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from conclang.render import svg
from conclang.render.timeline import Bar, Timeline

TICK = 1000  # microseconds
GROUPS = {"core": (1, "cores"), "thread": (2, "threads")}
HELD = (3, "locks and sections")

Record = dict[str, Any]


def perfetto_json(timeline: Timeline) -> str:
    """The trace, one record a line."""
    records = records_of(timeline)
    lines = ",\n".join(json.dumps(r, ensure_ascii=False, sort_keys=True) for r in records)
    about = {
        "made": "Made by conclang",
        "scenario": svg.clean(timeline.title),
        "machine": svg.clean(timeline.machine),
        "outcome": svg.clean(timeline.outcome),
        "unit": "1 tick = 1 ms",
    }
    head = f'{{"otherData":{json.dumps(about, ensure_ascii=False, sort_keys=True)},'
    return f'{head}"displayTimeUnit":"ms","traceEvents":[\n{lines}\n]}}\n'


def records_of(timeline: Timeline) -> list[Record]:
    """The records of the trace, names first, then in order of time."""
    return _Trace(timeline).records()


class _Trace:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.bars: dict[int, list[Bar]] = defaultdict(list)
        for bar in timeline.bars:
            self.bars[bar.lane].append(bar)
        self.tracks: dict[int, int] = {}  # lane -> its first track
        self.meta: list[Record] = []
        self.events: list[Record] = []

    def records(self) -> list[Record]:
        """Names of tracks first, then everything in order of time."""
        for pid, name in sorted({*GROUPS.values(), HELD}):
            self.meta.append(_meta("process_name", pid, 0, {"name": name}))
            self.meta.append(_meta("process_sort_index", pid, 0, {"sort_index": pid}))
        tid = 0
        for number in range(len(self.timeline.lanes)):
            tid = self._lane(number, tid)
        self._flows()
        self._marks()
        self._counters()
        self.events.sort(key=lambda event: (event["ts"], -event.get("dur", 0)))
        return self.meta + self.events

    def _lane(self, number: int, tid: int) -> int:
        """One lane on as many tracks as it needs; gives the last track in use."""
        lane = self.timeline.lanes[number]
        pid = GROUPS.get(lane.kind, HELD)[0]
        label = lane.name if lane.kind in GROUPS else f"{lane.kind} {lane.name}"
        rows = _rows(self.bars[number])
        self.tracks[number] = tid + 1
        for place, bars in enumerate(rows or [[]]):
            tid += 1
            name = svg.clean(label if place == 0 else f"{label} ({place + 1})")
            self.meta.append(_meta("thread_name", pid, tid, {"name": name}))
            self.meta.append(_meta("thread_sort_index", pid, tid, {"sort_index": tid}))
            for bar in bars:
                self.events.append(self._slice(bar, pid, tid, lane.kind))
        return tid

    @staticmethod
    def _slice(bar: Bar, pid: int, tid: int, kind: str) -> Record:
        by_name = kind != "thread" and bar.state != "switch" and bar.who
        return {
            "ph": "X",
            "pid": pid,
            "tid": tid,
            "ts": bar.start * TICK,
            "dur": (bar.end - bar.start) * TICK,
            "name": svg.clean(bar.who) if by_name else bar.state,
            "cat": bar.state,
            "args": {"who": svg.clean(bar.who)} if bar.who else {},
        }

    def _flows(self) -> None:
        for number, arrow in enumerate(self.timeline.arrows, 1):
            source = _at(self.bars[arrow.source], arrow.start, True)
            target = _at(self.bars[arrow.target], arrow.end, False)
            if source is None or target is None:
                continue
            about = {"id": number, "name": arrow.kind, "cat": "flow", "pid": GROUPS["thread"][0]}
            start = {"ph": "s", "tid": self.tracks[arrow.source], "ts": arrow.start * TICK - 1}
            end = {"ph": "f", "bp": "e", "tid": self.tracks[arrow.target], "ts": arrow.end * TICK}
            self.events += [about | start, about | end]

    def _marks(self) -> None:
        for mark in self.timeline.marks:
            self.events.append(
                {
                    "ph": "i",
                    "s": "t",
                    "pid": GROUPS["thread"][0],
                    "tid": self.tracks[mark.lane],
                    "ts": mark.tick * TICK,
                    "name": mark.kind,
                    "cat": "mark",
                    "args": {"text": svg.clean(mark.text)},
                }
            )

    def _counters(self) -> None:
        """How many threads are ready, and how many run, whenever that changes."""
        for state, name in (("ready", "ready threads"), ("running", "parallelism")):
            change: dict[int, int] = defaultdict(int)
            for bar in self.timeline.bars:
                if bar.state == state and self.timeline.lanes[bar.lane].kind == "thread":
                    change[bar.start] += 1
                    change[bar.end] -= 1
            level = 0
            for tick in sorted({0, *change}):
                level += change.get(tick, 0)
                counter = {"ph": "C", "pid": GROUPS["core"][0], "tid": 0, "ts": tick * TICK}
                self.events.append(counter | {"name": name, "args": {"count": level}})


def _meta(name: str, pid: int, tid: int, values: Record) -> Record:
    return {"ph": "M", "name": name, "pid": pid, "tid": tid, "ts": 0, "args": values}


def _rows(bars: list[Bar]) -> list[list[Bar]]:
    """Bars on as few rows as it takes for none to overlap (each on the first row that is free)."""
    rows: list[list[Bar]] = []
    for bar in bars:
        row = next((row for row in rows if row[-1].end <= bar.start), None)
        if row is None:
            rows.append([bar])
        else:
            row.append(bar)
    return rows


def _at(bars: list[Bar], tick: int, before: bool) -> Bar | None:
    """The bar that ends at or goes on through a tick (`before`), or begins or goes on there."""
    low, high = 0, len(bars)
    while low < high:
        middle = (low + high) // 2
        passed = bars[middle].end < tick if before else bars[middle].end <= tick
        low, high = (middle + 1, high) if passed else (low, middle)
    if low == len(bars):
        return None
    bar = bars[low]
    return bar if (bar.start < tick if before else bar.start <= tick) else None
