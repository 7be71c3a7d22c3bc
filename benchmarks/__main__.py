"""`python -m benchmarks [GROUP…] [--only NAME] [--repeat N] [--limit SECONDS]`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import drawing, explore, text, timed
from benchmarks.problems import load, select
from benchmarks.report import Goal, figure, goal_table, table, write

HERE = Path(__file__).parent


def main() -> int:
    options = _options()
    goals: list[Goal] = []
    for group in options.groups or list(GROUPS):
        print(f"\n## {group}\n", flush=True)
        goals += GROUPS[group](options)
    missed = [goal for goal in goals if goal.status == "NOT met"]
    return 1 if options.strict and missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="GROUP")
    parser.add_argument("--only", action="append", default=[], help="a problem or model by name")
    parser.add_argument("--tool", action="append", default=[], help="a tool by name")
    parser.add_argument("--repeat", type=int, default=3, help="interleaved repetitions")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one cell")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="folder for results")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a goal is not met")
    return parser.parse_args()


def _explore(options: argparse.Namespace) -> list[Goal]:
    rows = []
    for problem in select(load(), options.only):
        rows += explore.run([problem], options.repeat, options.limit, options.tool)
        print(_progress(rows[-1]), file=sys.stderr, flush=True)
    goals = explore.goals(rows)
    shown = "\n\n".join([_seconds(rows), _sizes(rows), goal_table(goals)])
    data = {
        "rows": [
            {"problem": asdict(r.problem), "large": r.large, "cells": _plain(r.cells)} for r in rows
        ],
    }
    return _done(options, "explore", data, goals, shown)


def _plain(cells: dict[str, explore.Cell]) -> dict[str, object]:
    return {name: asdict(cell) for name, cell in cells.items()}


def _progress(row: explore.Row) -> str:
    cells = [f"{c.tool} {c.verdict} {figure(c.seconds)} s" for c in row.cells.values()]
    return f"{row.problem.name}: " + ", ".join(cells)


def _seconds(rows: list[explore.Row]) -> str:
    """Seconds from file to verdict; a disagreeing verdict is shown in full."""
    tools = ["conclang", "conclang_w2", "harmony", "spin-O3", "spin-O0"]
    head = ["problem", "", *tools, "SPIN search", "x Harmony", "x SPIN"]
    body = []
    for row in rows:
        bare = row.cells.get("spin-O3")
        body.append(
            [
                row.problem.name,
                "large" if row.large else "small",
                *[_time(row.cells.get(tool)) for tool in tools],
                figure(bare.search_seconds if bare else None),
                figure(row.ratio("harmony")),
                figure(row.ratio("spin-O3", "spin-O0")),
            ]
        )
    return table(head, body)


def _time(cell: explore.Cell | None) -> str:
    if cell is None:
        return ""
    if cell.verdict == "over":
        return f"> {figure(cell.seconds, 0)}"
    if cell.verdict == "absent":
        return "absent"
    return figure(cell.seconds) if cell.agrees else f"{cell.verdict}! {figure(cell.seconds)}"


def _sizes(rows: list[explore.Row]) -> str:
    names = ["conclang", "conclang_unreduced", "conclang_plain", "harmony", "spin-O3"]
    head = ["problem", *[f"{name}: states, MB" for name in names]]
    return table(head, [[r.problem.name, *[_size(r.cells.get(n)) for n in names]] for r in rows])


def _size(cell: explore.Cell | None) -> str:
    if cell is None or cell.seconds is None or cell.peak_mb is None:
        return ""
    return f"{cell.states if cell.states is not None else '?'}, {cell.peak_mb:.0f}"


def _text(options: argparse.Namespace) -> list[Goal]:
    figures = text.run(options.repeat)
    goals = text.goals(figures)
    reading = [
        (f"{lines:,} lines", figure(t["conclang"], 3), figure(t["lark"], 3))
        for lines, t in figures.reading.items()
    ]
    starts = [(name, figure(seconds, 3)) for name, seconds in figures.starts.items()]
    shown = [
        table(("read", "conclang s", "Lark s"), reading),
        table(("start", "s"), starts),
        goal_table(goals),
    ]
    return _done(options, "text", asdict(figures), goals, "\n\n".join(shown))


def _timed(options: argparse.Namespace) -> list[Goal]:
    figures = timed.run(options.repeat)
    rates = [
        (r.title, figure(r.ours, 0), figure(r.theirs, 0), figure(r.our_seconds), r.note)
        for r in figures.rates
    ]
    shown = [
        table(("", "conclang /s", "peer /s", "conclang s", "note"), rates),
        goal_table(figures.goals),
    ]
    return _done(options, "timed", asdict(figures), figures.goals, "\n\n".join(shown))


def _drawing(options: argparse.Namespace) -> list[Goal]:
    goals = drawing.run(options.repeat)
    return _done(options, "drawing", {}, goals, goal_table(goals))


def _done(
    options: argparse.Namespace,
    name: str,
    data: dict[str, object],
    goals: list[Goal],
    shown: str,
) -> list[Goal]:
    print(shown)
    write(options.out, name, {**data, "goals": [asdict(goal) for goal in goals]}, shown)
    return goals


GROUPS = {"explore": _explore, "text": _text, "timed": _timed, "drawing": _drawing}

if __name__ == "__main__":
    sys.exit(main())
