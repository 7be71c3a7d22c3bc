"""Timed runs: against SimSo and SimPy, and how the cost of an event grows.

A peer is timed from the start of its simulation to its end, without import and set-up; conclang
is timed as a whole process, from `conclang run FILE` to its report. What its start costs (a run of
an almost empty scenario, measured alongside) is taken off, because it is not a cost per job; the
raw seconds are in the results as well. Both sides are long enough for this to matter little.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Sample, interleave, median, run_child
from benchmarks.report import Goal
from benchmarks.tools import ENVS, conclang

WORKERS = Path(__file__).with_name("workers")
LIMIT = 120.0
EMPTY = "thread t { work 1 }\n"


@dataclass(frozen=True, slots=True)
class TaskSet:
    """Periodic tasks: (period, work) in ticks, about four fifths of the cores used."""

    tasks: int
    cores: int

    def pairs(self) -> list[tuple[int, int]]:
        share = 0.8 * self.cores / self.tasks
        periods = [20 + 7 * (i % 13) + i for i in range(self.tasks)]
        return [(period, max(1, int(period * share))) for period in periods]

    def jobs(self, duration: int) -> int:
        return sum(-(-duration // period) for period, _ in self.pairs())

    def scenario(self) -> str:
        lines = [f"processor cpu {{ cores {self.cores}  scheduler edf }}"]
        for number, (period, work) in enumerate(self.pairs()):
            lines.append(f"thread t{number} with period {period} {{ work {work} }}")
        return "\n".join([*lines, ""])


@dataclass(frozen=True, slots=True)
class Rate:
    """Things done per second by each side; None = absent or not working."""

    title: str
    ours: float | None
    theirs: float | None
    our_seconds: float | None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.ours and self.theirs else None


def python_of(name: str) -> Path | None:
    path = ENVS / name / "bin" / "python"
    return path if path.exists() else None


class Bench:
    """All timed figures, each from interleaved repetitions."""

    def __init__(self, folder: Path, repetitions: int) -> None:
        self.folder = folder
        self.repetitions = repetitions
        self.start = self.seconds("empty", EMPTY) or 0.0

    def command(self, name: str, text: str, *options: str) -> list[str]:
        path = self.folder / f"{name}.cl"
        path.write_text(text, "utf-8")
        return list(conclang("run", str(path), "--format", "json", *options))

    def seconds(self, name: str, text: str, *options: str) -> float | None:
        command = self.command(name, text, *options)
        samples = [run_child(command, limit=LIMIT) for _ in range(self.repetitions)]
        return self.median(name, samples)

    def median(self, name: str, samples: list[Sample]) -> float | None:
        bad = [s for s in samples if s.code not in (0, 1) or s.over or "outcome" not in s.stdout]
        if bad:
            why = "over the time limit" if bad[0].over else bad[0].stderr.strip()[-200:]
            print(f"{name} was not measured: {why}", file=sys.stderr)
            return None
        return median(s.seconds for s in samples)

    def against(
        self, name: str, peer: list[str | Path] | None, ours: list[str]
    ) -> tuple[float | None, list[dict[str, float]]]:
        """Our median seconds and what the peer reported, turn by turn."""
        cells = {"ours": lambda: run_child(ours, limit=LIMIT)}
        if peer is not None:
            cells["peer"] = lambda: run_child(peer, limit=LIMIT)
        samples = interleave(cells, self.repetitions)
        reports = [json.loads(s.stdout) for s in samples.get("peer", []) if s.code == 0]
        return self.median(name, samples["ours"]), reports

    def net(self, seconds: float | None) -> float | None:
        return max(seconds - self.start, 1e-3) if seconds is not None else None

    def simso(self, tasks: TaskSet, ours_for: int, theirs_for: int) -> Rate:
        title = f"EDF, {tasks.tasks} tasks on {tasks.cores} cores: jobs/s against SimSo"
        python = python_of("simso")
        pairs = [f"{period}:{work}" for period, work in tasks.pairs()]
        script = WORKERS / "simso_edf.py"
        peer = [python, script, str(theirs_for), str(tasks.cores), *pairs] if python else None
        ours = self.command("edf", tasks.scenario(), "--until", str(ours_for))
        seconds, reports = self.against(title, peer, ours)
        net = self.net(seconds)
        theirs = median(r["jobs"] / r["seconds"] for r in reports) if reports else None
        rate = tasks.jobs(ours_for) / net if net else None
        return Rate(title, rate, theirs, seconds, "" if python else "SimSo absent")

    def simpy(self, processes: int, rounds: int, peer_rounds: int) -> Rate:
        title = f"{processes} processes on a resource of 4: slices/s against SimPy"
        python = python_of("simpy")
        arguments = [str(processes), "4", str(peer_rounds), "5"]
        peer = [python, WORKERS / "simpy_slices.py", *arguments] if python else None
        text = (
            "processor cpu { cores 4  scheduler round_robin(quantum: 5) }\n"
            f"thread p[i in 0..{processes}] {{ work {5 * rounds} }}\n"
        )
        seconds, reports = self.against(title, peer, self.command("slices", text))
        net = self.net(seconds)
        theirs = median(r["slices"] / r["seconds"] for r in reports) if reports else None
        rate = processes * rounds / net if net else None
        return Rate(title, rate, theirs, seconds, "" if python else "SimPy absent")

    def growth(self) -> list[Goal]:
        """Cost per event when there are ten times as many finished, or ready, threads."""
        return [
            self.cost_per("thread, ten times as many finished", 1.5, _finished, (5_000, 50_000)),
            self.cost_per("slice, ten times as many ready", 2.0, _ready, (1_000, 10_000)),
            self.works("10,000 threads with a lock (seconds)", 30, _threads(10_000)),
            self.works("100,000 tasks on a runtime (seconds)", 60, _tasks(100_000)),
        ]

    def cost_per(self, what: str, most: float, make: object, sizes: tuple[int, int]) -> Goal:
        costs = []
        for size in sizes:
            text, events = make(size)  # type: ignore[operator]
            net = self.net(self.seconds(what, text))
            costs.append(net / events if net else None)
        small, large = costs
        return Goal(
            f"cost per {what}", most, large / small if small and large else None, at_most=True
        )

    def works(self, what: str, most: float, text: str) -> Goal:
        return Goal(what, most, self.seconds(what, text), at_most=True)


def _finished(size: int) -> tuple[str, int]:
    """Threads one after another on one core: most are finished most of the time."""
    head = "processor cpu { cores 1  scheduler fifo }\n"
    return head + f"thread p[i in 0..{size}] with arrival 3 * i {{ work 2 }}\n", size


def _ready(size: int) -> tuple[str, int]:
    """The same number of slices, with few or many threads in the queue."""
    slices = 2_000_000
    head = "processor cpu { cores 2  scheduler round_robin(quantum: 1) }\n"
    return head + f"thread p[i in 0..{size}] {{ work {slices // size} }}\n", slices


def _threads(count: int) -> str:
    head = "processor cpu { cores 4  scheduler round_robin(quantum: 3) }\nlock m\nshared n = 0\n"
    return head + f"thread p[i in 0..{count}] {{ work 2\n  lock m {{ n += 1 }} }}\n"


def _tasks(count: int) -> str:
    return (
        "processor cpu { cores 4 }\nruntime pool { workers 4  scheduler work_stealing }\n"
        "atomic n = 0\nfn job() {\n  work 1\n  n.add(1)\n}\n"
        f"thread main {{ repeat {count} {{ go job() on pool }} }}\n"
    )


@dataclass(frozen=True, slots=True)
class Figures:
    rates: list[Rate]
    goals: list[Goal]


def run(repetitions: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(Path(name), repetitions)
        rates = [
            bench.simso(TaskSet(20, 2), 1_000_000, 20_000),
            bench.simso(TaskSet(100, 4), 400_000, 8_000),
            bench.simpy(1_000, 1_000, 100),
        ]
        wanted = (50, 50, 5)
        goals = [
            Goal(rate.title, least, rate.ratio, rate.note)
            for rate, least in zip(rates, wanted, strict=True)
        ]
        return Figures(rates, [*goals, *bench.growth()])
