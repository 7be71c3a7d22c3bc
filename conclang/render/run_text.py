"""A run for people: timeline, printed output, metrics, problems with their causes, outcome."""

from __future__ import annotations

import textwrap
from fractions import Fraction

from conclang.analyses.finding import HOLDS, VIOLATED, Finding
from conclang.analyses.metrics import Metrics, Number
from conclang.analyses.runner import RunResult
from conclang.analyses.timed import shown
from conclang.diagnostics.counting import counted
from conclang.render.lanes import Lanes
from conclang.render.text_style import Style, fitted, folded, printable, width
from conclang.render.text_timeline import timeline

MOST_OUTPUT = 60
MOST_THREADS = 40


def text(
    result: RunResult,
    lanes: Lanes | None,
    columns: int,
    style: Style,
    steps: list[str] | None = None,
) -> str:
    """The whole page; a schedule of `check` has no times but a table of its steps."""
    blocks = [_title(result, style)]
    if lanes is not None:
        blocks.append(timeline(lanes, result.outcome.ticks, columns, style))
    if steps is not None:
        blocks.append(steps)
    blocks.append(_output(result, style))
    if steps is None:
        blocks.append(_metrics(result.metrics, columns, style))
        blocks.append(_objects(result.metrics, columns))
    blocks.append(_expectations(result, style))
    for found in result.findings:
        blocks.append(_finding(found, columns, style))
    blocks.append(_end(result, style))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _title(result: RunResult, style: Style) -> list[str]:
    cores = "1 core" if result.cores == 1 else f"{result.cores} cores"
    machine = f"{printable(result.policy)} on {cores}" if result.cores else result.policy
    title = printable(result.scenario)
    return [style.paint(title, "bold"), machine] if title else [style.paint(machine, "bold")]


def _output(result: RunResult, style: Style) -> list[str]:
    if not result.output:
        return []
    lines = result.output
    shown_lines = lines[:MOST_OUTPUT]
    ticks = max(len(str(line.tick)) for line in shown_lines)
    names = min(24, max(width(line.thread) for line in shown_lines))
    out = [style.paint("output", "bold")]
    for line in shown_lines:
        where = f"  {line.tick:>{ticks}}  {fitted(line.thread, names)}  "
        out.append(style.paint(where, "dim") + printable(line.text))
    if len(lines) > MOST_OUTPUT:
        out.append(f"  and {counted(len(lines) - MOST_OUTPUT, 'more line')}")
    return out


HEADS = (
    (90, "arrival start finish turnaround response waiting running blocked".split()),
    (60, ["finish", "turnaround", "response", "waiting"]),
    (0, ["finish", "turnaround", "waiting"]),
)
"""The columns of the table of threads, by the least width they are meant for."""


def _metrics(metrics: Metrics, columns: int, style: Style) -> list[str]:
    """A row per thread, the averages, and the figures of the whole run."""
    heads = next(heads for least, heads in HEADS if columns >= least)
    rows = [
        [thread.name + ("*" if thread.daemon else "")] + [_cell(thread.get(name)) for name in heads]
        for thread in metrics.threads[:MOST_THREADS]
    ]
    averages = {"turnaround", "response", "waiting", "running", "blocked"}
    rows.append(
        ["average"] + [_cell(metrics.average(name)) if name in averages else "" for name in heads]
    )
    widths = [max(width(row[0]) for row in [["thread"], *rows])]
    widths = [min(20 if columns >= 60 else max(6, columns - 29), widths[0])]
    widths += [max(len(head), *(len(r[i + 1]) for r in rows)) for i, head in enumerate(heads)]
    out = [style.paint(_row(["thread", *heads], widths), "bold")]
    out += [_row(row, widths) for row in rows[:-1]]
    if len(metrics.threads) > MOST_THREADS:
        out.append(f"and {counted(len(metrics.threads) - MOST_THREADS, 'more thread')}")
    if len(rows) > 2:
        out.append(style.paint(_row(rows[-1], widths), "dim"))
    return [*out, "", *folded(_totals(metrics), columns, "   ")]


def _row(cells: list[str], widths: list[int]) -> str:
    first = fitted(cells[0], widths[0])
    rest = [cell.rjust(columns) for cell, columns in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def _cell(value: Number) -> str:
    return "-" if value is None else shown(Fraction(value))


def _totals(metrics: Metrics) -> list[str]:
    parts = [
        f"makespan {metrics.makespan}",
        f"throughput {shown(metrics.throughput)}",
        f"utilization {shown(metrics.utilization * 100)} %",
        f"switches {metrics.switches}",
        f"migrations {metrics.migrations}",
    ]
    if metrics.misses:
        parts.append(f"deadlines missed {metrics.misses}")
    if len(metrics.cores) > 1:
        parts.append(f"parallelism {shown(metrics.parallelism)}")
    if metrics.speedup is not None and len(metrics.cores) > 1:
        parts.append(f"speed-up over one core {shown(metrics.speedup)}")
    if metrics.fairness is not None and len(metrics.threads) > 1:
        parts.append(f"fairness {shown(metrics.fairness)}")
    return parts


def _objects(metrics: Metrics, columns: int) -> list[str]:
    """Locks somebody had to wait for, and channels."""
    out = []
    for lock in metrics.locks:
        if lock.contended or lock.waiting:
            out.append(
                f"{lock.kind} {lock.name}: taken {_times(lock.acquisitions)}, held "
                f"{_ticks(lock.held)}, waited for {_times(lock.contended)}, "
                f"{_ticks(lock.waiting)} in all"
            )
    for channel in metrics.channels:
        out.append(
            f"channel {channel.name}: {channel.sent} sent, {channel.received} received, "
            f"at most {channel.longest} inside, {_ticks(channel.waiting)} of waiting"
        )
    return [
        line
        for one in out[:20]
        for line in textwrap.wrap(one, max(20, columns), subsequent_indent="  ")
    ]


def _ticks(count: int) -> str:
    return "1 tick" if count == 1 else f"{count} ticks"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _expectations(result: RunResult, style: Style) -> list[str]:
    out = []
    unknown = 0
    for judged in result.judged:
        if judged.status == HOLDS:
            out.append(f"{style.paint('holds   ', 'green')}  {judged.text}")
        elif judged.status == VIOLATED:
            detail = f"  ({judged.detail})" if judged.detail else ""
            out.append(f"{style.paint('violated', 'red')}  {judged.text}{detail}")
        else:
            unknown += 1
    if unknown:
        lines = "1 line speaks" if unknown == 1 else f"{unknown} lines speak"
        out.append(style.paint(f"{lines} of all schedules: conclang check tells", "dim"))
    return out


def _finding(found: Finding, columns: int, style: Style) -> list[str]:
    color = "red" if found.fails else "yellow"
    mark = " (expected)" if found.expected else ""
    head = textwrap.wrap(printable(found.message) + mark, max(20, columns)) or [""]
    out = [style.paint(line, color) for line in head]
    room = max(24, min(columns, 100)) - 2
    for line in textwrap.wrap(printable(found.cause), room, break_long_words=False):
        out.append(f"  {line}")
    return out


OUTCOMES = {
    "completed": "completed",
    "deadlocked": "deadlocked",
    "failed": "failed",
    "limit": "unknown: limit reached",
    "interrupted": "interrupted",
}


def _end(result: RunResult, style: Style) -> list[str]:
    outcome = result.outcome
    good = outcome.kind == "completed"
    words = f"{OUTCOMES[outcome.kind]} at tick {outcome.ticks}"
    if outcome.message and outcome.kind in ("limit", "failed"):
        words += f": {printable(outcome.message)}"
    if outcome.kind == "limit" and outcome.message.startswith("steps"):
        words += " (--until TICKS or --max-steps N set another)"
    out = [style.paint(words, "green" if good else "red")]
    if outcome.final:
        values = ", ".join(f"{name} = {_value(value)}" for name, value in outcome.final[:12])
        out.append(f"final values: {printable(values)}")
    out.append(style.paint(f"schedule: {result.schedule.text()}", "dim"))
    return out


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return str(value)
