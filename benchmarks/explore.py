"""From source file to verdict: conclang against Harmony and SPIN.

Every problem is one row. The repetitions of all tools on one problem are interleaved, and each
figure is the median over them. A tool that was cut off by the time limit gives a bound, shown
with a `>`; it enters no mean, for a bound is not a measurement.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import geometric_mean, median
from benchmarks.problems import Problem
from benchmarks.report import Goal
from benchmarks.tools import Answer, Conclang, Harmony, Spin

MILLION = 1_000_000
BASE = (
    Conclang(),
    Conclang("conclang_w2", "--workers", "2"),
    Harmony(),
    Spin("-O3"),
    Spin("-O0"),
)
RATES = (
    Conclang("conclang_unreduced", "--no-reduction", "--workers", "1"),
    Conclang("conclang_unreduced_w2", "--no-reduction", "--workers", "2"),
    Conclang("conclang_plain", "--workers", "1", plain=True),
)
Tool = Conclang | Harmony | Spin


@dataclass(frozen=True, slots=True)
class Cell:
    """One tool on one problem: the medians of its repetitions."""

    tool: str
    verdict: str
    agrees: bool
    seconds: float | None = None
    search_seconds: float | None = None
    peak_mb: float | None = None
    states: int | None = None
    runs: int = 0
    note: str = ""

    @property
    def done(self) -> bool:
        return self.seconds is not None and self.agrees


def measure(problem: Problem, repetitions: int, limit: float, tools: list[str]) -> dict[str, Cell]:
    """All tools on one problem, interleaved."""
    wanted = [*BASE, *(RATES if problem.rates else ())]
    chosen = [tool for tool in wanted if not tools or tool.name in tools]
    present = {tool.name: tool for tool in chosen if tool.present()}
    rounds: dict[str, list[Answer]] = {name: [] for name in present}
    for _ in range(repetitions):
        for name, tool in present.items():
            if not _hopeless(rounds[name]):
                rounds[name].append(_once(tool, problem, limit))
    absent = {t.name: Cell(t.name, "absent", agrees=False) for t in chosen if t.name not in present}
    return {**{name: _cell(name, problem, got) for name, got in rounds.items()}, **absent}


def _hopeless(answers: list[Answer]) -> bool:
    """A run that was cut off or broke will be again: once is enough."""
    return bool(answers) and answers[-1].verdict in ("over", "failed")


def _once(tool: Tool, problem: Problem, limit: float) -> Answer:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return tool.answer(problem, Path(folder), limit)


def _cell(name: str, problem: Problem, answers: list[Answer]) -> Cell:
    verdicts = sorted({answer.verdict for answer in answers})
    searches = [a.search_seconds for a in answers if a.search_seconds is not None]
    return Cell(
        tool=name,
        verdict="/".join(verdicts),
        agrees=verdicts == [problem.verdict],
        seconds=median(a.seconds for a in answers),
        search_seconds=median(searches) if searches else None,
        peak_mb=median(a.peak_mb for a in answers),
        states=answers[-1].states,
        runs=len(answers),
        note=answers[-1].note,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One problem with all its cells."""

    problem: Problem
    cells: dict[str, Cell]

    @property
    def large(self) -> bool:
        """Large is what makes Harmony visit more than a million states."""
        harmony = self.cells.get("harmony")
        return bool(harmony and (harmony.states or 0) > MILLION)

    def best(self, *names: str) -> float | None:
        times = [c.seconds for n in names if (c := self.cells.get(n)) and c.done and c.seconds]
        return min(times) if times else None

    def ratio(self, *names: str) -> float | None:
        """How many times sooner `conclang check` is than the best of the named tools."""
        ours, theirs = self.best("conclang"), self.best(*names)
        return theirs / ours if ours and theirs else None


def run(problems: list[Problem], repetitions: int, limit: float, tools: list[str]) -> list[Row]:
    return [Row(p, measure(p, repetitions, limit, tools)) for p in problems]


def goals(rows: list[Row]) -> list[Goal]:
    """The figures that are asked for, each with what this run measured."""
    large = [row for row in rows if row.large]
    small = [row for row in rows if not row.large]
    spin = ("spin-O3", "spin-O0")
    return [
        _mean("large: sooner than Harmony", 8, large, ("harmony",)),
        _least("large: sooner than Harmony, the worst", 2, large, ("harmony",)),
        _mean("large: sooner than SPIN at its best", 3, large, spin),
        _bare("large: sooner than SPIN's bare search", 1, large),
        _mean("small: sooner than Harmony", 1.5, small, ("harmony",)),
        _mean("small: sooner than SPIN -O3", 5, small, ("spin-O3",)),
        _mean("small: sooner than SPIN -O0", 1, small, ("spin-O0",)),
        _mean("all: sooner than Harmony", 4, rows, ("harmony",)),
        _least("all: sooner than Harmony, the worst", 1, rows, ("harmony",)),
        _mean("all: sooner than SPIN at its best", 2, rows, spin),
        _memory("large: Harmony's peak memory over ours, the worst", 3, large),
        *_rates(rows),
    ]


def _mean(title: str, least: float, rows: list[Row], tools: tuple[str, ...]) -> Goal:
    ratios = [ratio for row in rows if (ratio := row.ratio(*tools)) is not None]
    return Goal(title, least, geometric_mean(ratios), f"geometric mean of {len(ratios)}")


def _least(title: str, least: float, rows: list[Row], tools: tuple[str, ...]) -> Goal:
    ratios = [(ratio, row.problem.name) for row in rows if (ratio := row.ratio(*tools)) is not None]
    worst = min(ratios, default=None)
    return Goal(title, least, worst[0] if worst else None, worst[1] if worst else "")


def _bare(title: str, least: float, rows: list[Row]) -> Goal:
    ratios = []
    for row in rows:
        ours = row.best("conclang")
        cells = [row.cells.get(name) for name in ("spin-O3", "spin-O0")]
        bare = [c.search_seconds for c in cells if c and c.done and c.search_seconds]
        if ours and bare:
            ratios.append(min(bare) / ours)
    return Goal(title, least, geometric_mean(ratios), f"geometric mean of {len(ratios)}")


def _memory(title: str, least: float, rows: list[Row]) -> Goal:
    ratios = []
    for row in rows:
        ours, theirs = row.cells.get("conclang"), row.cells.get("harmony")
        if ours and theirs and ours.done and theirs.done and ours.peak_mb and theirs.peak_mb:
            ratios.append((theirs.peak_mb / ours.peak_mb, row.problem.name))
    worst = min(ratios, default=None)
    return Goal(title, least, worst[0] if worst else None, worst[1] if worst else "")


def _rates(rows: list[Row]) -> list[Goal]:
    """States per second without reductions, with one worker and two, and in plain Python."""
    found = {}
    for row in rows:
        for name in ("conclang_unreduced", "conclang_unreduced_w2", "conclang_plain"):
            cell = row.cells.get(name)
            if cell and cell.done and cell.states and cell.search_seconds:
                found[name] = cell.states / cell.search_seconds
    one, two = found.get("conclang_unreduced"), found.get("conclang_unreduced_w2")
    plain = found.get("conclang_plain")
    return [
        Goal("unreduced, one worker: states/s over 1.5 M", 1, one / 1.5e6 if one else None, ""),
        Goal("unreduced: two workers over one", 1.6, two / one if one and two else None, ""),
        Goal("plain Python: states/s over 50,000", 1, plain / 5e4 if plain else None, ""),
    ]
