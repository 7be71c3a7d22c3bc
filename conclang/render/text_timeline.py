"""The timeline in letters: a lane per core, a lane per thread, as wide as the terminal.

One column is one tick while that fits. A longer run is either wrapped into a few blocks of rows,
or, if it is too long for that, scaled: then a column stands for several ticks and shows what
took up most of them. Core lanes show who runs, by the thread's letter; thread lanes show how it
is: `#` running, `-` ready, `x` blocked, `z` sleeping or in I/O.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from conclang.diagnostics.counting import left_out
from conclang.render.lanes import SWITCHING, Bar, Lane, Lanes
from conclang.render.text_style import Style, fitted, folded, width

SIGNS = {"running": "#", "ready": "-", "blocked": "x", "sleeping": "z", "switch": "~"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
PALETTE = ("green", "cyan", "yellow", "magenta", "blue", "red")
LEGEND = ("# running", "- ready", "x blocked", "z sleeping or I/O", "~ switching")
MOST_BLOCKS = 4
MOST_LANES = 40
NARROWEST = 40
WIDEST_NAME = 16


def timeline(lanes: Lanes, ticks: int, columns: int, style: Style) -> list[str]:
    """All lines of the timeline."""
    columns = max(NARROWEST, columns)
    threads = [lane for lane in lanes.threads.values() if lane.bars]
    shown = threads[:MOST_LANES]
    letters = {lane.name: LETTERS[i % len(LETTERS)] for i, lane in enumerate(threads)}
    names = [lane.name for lane in lanes.cores] + [f"A {lane.name}" for lane in shown]
    label = min(WIDEST_NAME, max((width(name) for name in names), default=4)) + 1
    room = max(10, columns - label - 1)
    end = lanes.truncated if lanes.truncated >= 0 else ticks
    if end <= 0:
        return ["(no time passes)"]
    scale = max(1, -(-end // (room * MOST_BLOCKS)))
    out: list[str] = []
    step = room * scale
    for start in range(0, end, step):
        stop = min(end, start + step)
        if start:
            out.append("")
        out.append(" " * label + style.paint(_axis(start, stop, scale), "dim"))
        for lane in lanes.cores:
            cells = _core_cells(lane, start, stop, scale, letters, style)
            out.append(fitted(lane.name, label) + cells)
        for lane in shown:
            name = fitted(f"{letters[lane.name]} {lane.name}", label)
            out.append(name + _thread_cells(lane, start, stop, scale, style))
    out += _notes(len(threads) - len(shown), scale, lanes.truncated, columns, style)
    return out


def _notes(hidden: int, scale: int, truncated: int, columns: int, style: Style) -> list[str]:
    notes = [style.paint(line, "dim") for line in folded(list(LEGEND), columns, "  ")]
    if scale > 1:
        notes.append(style.paint(f"one column is {scale} ticks", "dim"))
    if hidden:
        notes.append(style.paint(left_out(hidden, "thread", "shown"), "dim"))
    if truncated >= 0:
        notes.append(style.paint(f"what happens after tick {truncated} is not shown", "dim"))
    return notes


def _axis(start: int, stop: int, scale: int) -> str:
    """Tick numbers at round distances, each above the column where its tick begins."""
    columns = -(-(stop - start) // scale)
    step = 5
    while step * scale < 10**9 and step < len(str(stop)) + 2:
        step *= 2
    out = ""
    for column in range(0, columns, step):
        out += " " * (column - len(out)) + str(start + column * scale)
    return out


def _spread(lane: Lane, start: int, stop: int, scale: int) -> Iterator[Bar | None]:
    """For each column the bar that fills most of it; None = idle."""
    bars = [bar for bar in lane.bars if bar.end > start and bar.start < stop]
    first = 0
    for column in range(start, stop, scale):
        end = min(column + scale, stop)
        while first < len(bars) and bars[first].end <= column:
            first += 1
        best, most, idle = None, 0, end - column
        at = first
        while at < len(bars) and bars[at].start < end:
            share = min(end, bars[at].end) - max(column, bars[at].start)
            idle -= share
            if share > most:
                best, most = bars[at], share
            at += 1
        yield best if most >= idle else None


def _core_cells(
    lane: Lane, start: int, stop: int, scale: int, letters: dict[str, str], style: Style
) -> str:
    places = {name: place for place, name in enumerate(letters)}
    cells = []
    for bar in _spread(lane, start, stop, scale):
        if bar is None:
            cells.append((".", "dim"))
        elif bar.state == SWITCHING:
            cells.append(("~", "switch"))
        else:
            color = PALETTE[places.get(bar.who, 0) % len(PALETTE)]
            cells.append((letters.get(bar.who, "?"), color))
    return _painted(cells, style)


def _thread_cells(lane: Lane, start: int, stop: int, scale: int, style: Style) -> str:
    cells = [
        (" ", "") if bar is None else (SIGNS[bar.state], bar.state)
        for bar in _spread(lane, start, stop, scale)
    ]
    return _painted(cells, style).rstrip()


def _painted(cells: list[tuple[str, str]], style: Style) -> str:
    """Neighbours in the same colour share their escape sequence."""
    runs = groupby(cells, key=lambda cell: cell[1])
    return "".join(style.paint("".join(sign for sign, _ in run), color) for color, run in runs)
