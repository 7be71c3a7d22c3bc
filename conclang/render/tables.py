"""Tables as CSV: the metrics of a run, its events, and a safe way to write any cell.

Spreadsheets take a cell that begins with `=`, `+`, `-` or `@` for a formula, so such text gets an
apostrophe before it; numbers stay numbers. Rows are long and thin (`kind, name, metric, value`),
which is what spreadsheets' pivots and data frames want.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from conclang.analyses.runner import RunResult
from conclang.events.event import Event
from conclang.events.trace import Place
from conclang.render import run_json, svg

FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?\Z")
EVENT_HEADS = ("seq", "tick", "core", "thread", "kind", "object", "value", "line", "text")
METRIC_HEADS = ("kind", "name", "metric", "value")


def cell(value: object) -> str:
    """One value as a spreadsheet may read it without doing anything."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int | float) or NUMBER.match(text):
        return text
    text = svg.clean(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def line(values: Sequence[object]) -> str:
    """A row, with its line end; whatever needs quotes has them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cell(value) for value in values])
    return out.getvalue()


def lines(rows: Iterable[Sequence[object]]) -> str:
    return "".join(map(line, rows))


def metrics_csv(result: RunResult) -> str:
    """Everything that the metrics of a run say, one figure a row."""
    return lines([METRIC_HEADS, *_figures(result)])


def _figures(result: RunResult) -> Iterator[tuple[str, str, str, Any]]:
    yield "run", "", "policy", result.policy
    yield "run", "", "cores", result.cores
    yield "run", "", "seed", result.seed
    yield "run", "", "outcome", result.kind
    yield "run", "", "ticks", result.outcome.ticks
    for name, value in result.outcome.final:
        yield "final", name, "value", value
    made = run_json.metrics(result.metrics)
    for metric, value in made.items():
        if metric == "average":
            yield from (("average", "", name, average) for name, average in value.items())
        elif metric == "cores":
            for core in value:
                label = f"{core['processor']} {core['core']}"
                yield from (("core", label, n, core[n]) for n in ("busy", "switching", "idle"))
        elif isinstance(value, dict):
            kind = metric.removesuffix("s")
            for name, figures in value.items():
                yield from _of_one(kind, name, figures)
        else:
            yield "run", "", metric, value


def _of_one(kind: str, name: str, figures: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    for metric, value in figures.items():
        if isinstance(value, dict):
            yield from ((kind, name, f"{metric} {thing}", ticks) for thing, ticks in value.items())
        elif metric != "kind":
            yield kind, name, metric, value


def event_row(event: Event, places: Sequence[Place]) -> str:
    """One event as a line; core, line and text are empty where there is none."""
    here = places[event.site] if 0 <= event.site < len(places) else None
    return line(
        (
            event.seq,
            event.tick,
            event.core if event.core >= 0 else None,
            event.thread,
            event.kind,
            event.object,
            event.value,
            here.line if here else None,
            here.text if here else None,
        )
    )
