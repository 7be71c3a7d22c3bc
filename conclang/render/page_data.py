"""The data of the page: one run or several, as JSON that the page's script reads.

Columns of small numbers instead of records: a hundred thousand events are about two megabytes.
Strings are listed once and go by number; ticks are differences. The format is described in
`docs/page.md`; `page_state` makes the part about what everything is at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conclang.analyses.runner import RunResult
from conclang.events.event import KINDS, Event
from conclang.ir.program import Program
from conclang.render import run_json
from conclang.render.page_state import Table
from conclang.render.page_watch import StepWatcher, Watcher
from conclang.render.timeline import Bar, Timeline
from conclang.render.timeline_legend import SIGNS, WORDS

VERSION = 1
STATES = ("running", "ready", "blocked", "sleeping", "switch", "held", "inside")
KIND_NUMBER = {kind.name: number for number, kind in enumerate(KINDS)}
MOST_ARROWS = 20_000


def differences(numbers: Sequence[int]) -> list[int]:
    """Each number as its difference from the one before."""
    out, last = [], 0
    for number in numbers:
        out.append(number - last)
        last = number
    return out


class Strings(Table):
    """Strings by number; 0 is none."""

    def of(self, text: object) -> int:
        return 0 if text is None or text == "" else self.number(str(text))


def play(
    program: Program, result: RunResult, watcher: Watcher, timeline: Timeline
) -> dict[str, Any]:
    """One run, ready to be played."""
    strings = Strings()
    untimed = isinstance(watcher, StepWatcher)
    if isinstance(watcher, StepWatcher):
        timeline = with_states(timeline, watcher)  # of a schedule one knows who could have moved
    outcome = result.outcome
    made: dict[str, Any] = {
        "unit": "step" if untimed else "tick",
        "ticks": outcome.ticks,
        "policy": result.policy,
        "seed": result.seed,
        "outcome": [outcome.kind, outcome.message, outcome.thread],
        "schedule": result.schedule.text(),
        "loop": result.schedule.loop,
        "actors": watcher.actors if isinstance(watcher, StepWatcher) else None,
        "threads": [list(pair) for pair in zip(watcher.names, watcher.kinds, strict=True)],
        "daemons": [t.name for t in program.threads if t.attributes.daemon],
        "cores": [lane.name for lane in timeline.lanes if lane.kind == "core"],
        "events": events(watcher.events, strings),
        "slots": watcher.changes.slots,
        "changes": {
            "tick": differences(watcher.changes.ticks),
            "slot": watcher.changes.places,
            "value": watcher.changes.values,
        },
        "values": watcher.changes.table.values,
        "timeline": lanes(timeline, strings),
        "metrics": None if untimed else run_json.metrics(result.metrics),
    }
    made["strings"] = strings.values
    return made


def events(those: Sequence[Event], strings: Strings) -> dict[str, list[int]]:
    """All events, in columns."""
    of = strings.of
    return {
        "tick": differences([event.tick for event in those]),
        "core": [event.core for event in those],
        "thread": [of(event.thread) for event in those],
        "kind": [KIND_NUMBER[event.kind] for event in those],
        "object": [of(event.object) for event in those],
        "value": [of(event.value) for event in those],
        "site": [event.site for event in those],
    }


def lanes(timeline: Timeline, strings: Strings) -> dict[str, Any]:
    """The timeline: per lane its bars in columns, then marks and arrows."""
    bars: list[list[Bar]] = [[] for _ in timeline.lanes]
    for bar in timeline.bars:
        bars[bar.lane].append(bar)
    return {
        "lanes": [
            {
                "kind": lane.kind,
                "name": lane.name,
                "start": differences([bar.start for bar in own]),
                "long": [bar.end - bar.start for bar in own],
                "state": [STATES.index(bar.state) for bar in own],
                "who": [strings.of(bar.who) for bar in own],
            }
            for lane, own in zip(timeline.lanes, bars, strict=True)
        ],
        "marks": [[m.lane, m.tick, m.kind, m.text] for m in timeline.marks],
        "arrows": [
            [a.kind, a.source, a.start, a.target, a.end, a.text]
            for a in timeline.arrows[:MOST_ARROWS]
        ],
        "truncated": timeline.truncated,
    }


def with_states(timeline: Timeline, watcher: StepWatcher) -> Timeline:
    """For the steps of a schedule: who took each, and who of the others could have."""
    from dataclasses import replace

    history = _histories(watcher)
    known = {name: number for number, name in enumerate(watcher.names)}
    made: list[Bar] = []
    for place, lane in enumerate(timeline.lanes):
        if lane.kind == "thread" and lane.name in known:
            number = known[lane.name]
            made += _steps(place, number, history.get(number, []), watcher.actors)
        else:
            made += [bar for bar in timeline.bars if bar.lane == place]
    return replace(timeline, bars=tuple(made))


def _histories(watcher: StepWatcher) -> dict[int, list[tuple[int, Any]]]:
    """By thread: its states and since when."""
    changes = watcher.changes
    found: dict[int, list[tuple[int, Any]]] = {}
    for tick, place, value in zip(changes.ticks, changes.places, changes.values, strict=True):
        slot = changes.slots[place]
        if slot[0] == "status":
            found.setdefault(slot[1], []).append((tick, changes.table.values[value]))
    return found


def _steps(lane: int, number: int, history: list[tuple[int, Any]], actors: list[int]) -> list[Bar]:
    """A bar per stretch in one state; a step is from the tick before to its own."""
    words = {"can": "ready", "wait": "blocked"}
    bars: list[Bar] = []
    at, state, who = 0, "", ""
    for step, actor in enumerate(actors, start=1):
        while at < len(history) and history[at][0] < step:
            value = history[at][1]
            state = words.get(value[0], "")
            who = f"{value[2]} {value[1]}".strip() if value[0] == "wait" else ""
            at += 1
        shown, by = ("running", "") if actor == number else (state, who)
        last = bars[-1] if bars else None
        if last is not None and last.end == step - 1 and (last.state, last.who) == (shown, by):
            bars[-1] = Bar(lane, last.start, step, shown, by)
        elif shown:
            bars.append(Bar(lane, step - 1, step, shown, by))
    return bars


def common(program: Program | None, source: str, file: str) -> dict[str, Any]:
    """What does not depend on a run."""
    made: dict[str, Any] = {
        "version": VERSION,
        "file": file,
        "title": program.scenario if program is not None else "",
        "source": source,
        "words": _keywords(),
        "kinds": [[kind.name, kind.group, kind.sentence] for kind in KINDS],
        "states": list(STATES),
        "places": [],
        "cells": [],
        "things": [],
        "signs": {kind: list(sign) for kind, sign in SIGNS.items()},
        "legend": [list(pair) for pair in WORDS.items()],
    }
    if program is not None:
        made["places"] = [[site.line, site.column, site.text] for site in program.sites]
        made["cells"] = [
            [cell.name, cell.kind, cell.shape.count if cell.shape.kind == "array" else -1]
            for cell in program.cells
        ]
        things = Watcher(program).things.list
        made["things"] = [[thing.kind, thing.name, thing.amount] for thing in things]
    return made


def _keywords() -> list[str]:
    from conclang.syntax.keywords import RESERVED, SOFT

    return sorted({*RESERVED, *SOFT})


def finding(found: Any, number: int, place: int) -> dict[str, Any]:
    """A finding of a run or of a check: both have these fields."""
    marks: Any = found.spots if hasattr(found, "spots") else found.spans
    return {
        "kind": found.kind,
        "message": found.message,
        "cause": found.cause,
        "expected": found.expected,
        "fails": found.fails,
        "threads": list(found.threads),
        "objects": list(found.objects),
        "marks": [[mark.line, mark.column, mark.label] for mark in marks],
        "play": number,
        "tick": place,
        "schedule": found.schedule,
        "steps": found.steps,
        "switches": found.switches,
    }


def judgement(judged: Any) -> list[Any]:
    """An `expect` line and what became of it."""
    return [judged.text, judged.line, judged.status, getattr(judged, "detail", "")]
