"""From text to a checked program, start-up and formatter: against Lark, click and an import."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.long_file import long_file
from benchmarks.measure import interleave, median, run_child
from benchmarks.report import Goal
from benchmarks.tools import conclang

ROOT = Path(__file__).parents[1]
WORKERS = Path(__file__).with_name("workers")
LINES = (2_500, 5_000, 10_000, 20_000)

CLICK = """\
import click


@click.command()
@click.argument("name")
def hello(name):
    click.echo(name)


hello()
"""

SMALL = """\
scenario "Small"

shared count = 0
lock m

thread a { repeat 2 { lock m { count += 1 } } }
thread b { repeat 2 { lock m { count += 1 } } }

expect finally count == 4
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in seconds; None where the measured thing does not work (yet)."""

    reading: dict[int, dict[str, float]]
    starts: dict[str, float | None]


def run(repetitions: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        return Figures(_reading(folder, repetitions), _starts(folder, 5 * repetitions))


def _reading(folder: Path, repetitions: int) -> dict[int, dict[str, float]]:
    files = {}
    for lines in LINES:
        files[lines] = folder / f"long{lines}.cl"
        files[lines].write_text(long_file(lines), "utf-8")
    command = [sys.executable, WORKERS / "read_text.py", str(repetitions), *files.values()]
    sample = run_child(command, env={"PYTHONPATH": str(ROOT)}, limit=300)
    if sample.code != 0:
        print(f"reading was not measured: {sample.stderr.strip()[-300:]}", file=sys.stderr)
        return {}
    found = json.loads(sample.stdout)
    return {
        lines: {way: median(times) for way, times in found[str(path)].items()}
        for lines, path in files.items()
    }


def _starts(folder: Path, repetitions: int) -> dict[str, float | None]:
    (folder / "hello.py").write_text(CLICK)
    (folder / "small.cl").write_text(SMALL)
    commands = {
        "click": [sys.executable, folder / "hello.py", "--help"],
        "conclang --help": conclang("--help"),
        "import lark": [sys.executable, "-c", "import lark"],
        "conclang fmt": conclang("fmt", "--check", str(folder / "small.cl")),
        "conclang check": conclang("check", str(folder / "small.cl")),
    }
    cells = {
        name: lambda command=command: run_child(command, limit=60)
        for name, command in commands.items()
    }
    samples = interleave(cells, repetitions)
    return {
        name: median(s.seconds for s in runs) if all(s.code == 0 for s in runs) else None
        for name, runs in samples.items()
    }


def goals(figures: Figures) -> list[Goal]:
    """Costs are asked for as `at most`; shown as the limit over the measured ratio."""
    starts, reading = figures.starts, figures.reading
    return [
        _at_most("10,000 lines to a checked program, over Lark", 4, _over(reading.get(10_000))),
        _at_most(
            "conclang --help over a bare click program",
            2,
            _quotient(starts, "conclang --help", "click"),
        ),
        _at_most(
            "conclang fmt of a small file over import lark",
            3,
            _quotient(starts, "conclang fmt", "import lark"),
        ),
        _at_most(
            "conclang check of a small file over import lark",
            3,
            _quotient(starts, "conclang check", "import lark"),
        ),
        _at_most("20,000 lines over 5,000 lines", 4.6, _growth(reading)),
    ]


def _at_most(title: str, most: float, measured: float | None) -> Goal:
    return Goal(title, most, measured, at_most=True)


def _over(times: dict[str, float] | None) -> float | None:
    return times["conclang"] / times["lark"] if times else None


def _quotient(starts: dict[str, float | None], ours: str, theirs: str) -> float | None:
    a, b = starts[ours], starts[theirs]
    return a / b if a and b else None


def _growth(reading: dict[int, dict[str, float]]) -> float | None:
    if not reading:
        return None
    return reading[20_000]["conclang"] / reading[5_000]["conclang"]
