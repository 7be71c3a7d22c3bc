"""The checkers that are compared: how each is found, called and understood.

A tool turns a problem into one `Answer` from source file to verdict. It works on a copy of its
model in a folder of its own, because Harmony and SPIN write beside what they read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import Sample, chain, run_child
from benchmarks.problems import Problem

ENVS = Path(os.environ.get("CONCLANG_BENCH_ENVS", Path(__file__).with_name(".venvs")))
SPIN_DEPTH = 100_000
SPIN_MEMORY_MB = 8000


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run of one tool came to; `verdict` is `over` when it was cut off."""

    verdict: str
    seconds: float
    peak_mb: float
    states: int | None = None
    search_seconds: float | None = None
    note: str = ""


def find(name: str) -> Path | None:
    """A peer's executable: from its own environment, else from the search path."""
    local = ENVS / name / "bin" / name
    if local.exists():
        return local
    found = shutil.which(name)
    return Path(found) if found else None


class Harmony:
    """Harmony with two workers, as its own command line runs it."""

    name = "harmony"

    def __init__(self, workers: int = 2) -> None:
        self.workers = workers

    def present(self) -> bool:
        return find("harmony") is not None

    def answer(self, problem: Problem, folder: Path, limit: float) -> Answer:
        source = shutil.copy(problem.file("model.hny"), folder)
        constants = [f"-c{name}={value}" for name, value in problem.constants.items()]
        command = [find("harmony"), "--noweb", "-w", str(self.workers), *constants, source]
        sample = run_child(command, cwd=folder, limit=limit)
        verdict = "over" if sample.over else self._verdict(sample.stdout)
        states = _number(r"\* (\d+) states \(", sample.stdout)
        return Answer(verdict, sample.seconds, sample.peak_mb, states, note=_last(sample, verdict))

    @staticmethod
    def _verdict(text: str) -> str:
        if "No issues found" in text:
            return "holds"
        if "Non-terminating state" in text:
            return "deadlock"
        if "Safety Violation" in text:
            return "assertion"
        return "unclear"


class Spin:
    """SPIN: generate, compile, search. Default partial-order reduction, safety only."""

    def __init__(self, optimise: str) -> None:
        self.optimise = optimise
        self.name = f"spin{optimise}"

    def present(self) -> bool:
        return bool(shutil.which("spin") and shutil.which("gcc"))

    def answer(self, problem: Problem, folder: Path, limit: float) -> Answer:
        source = shutil.copy(problem.file("model.pml"), folder)
        constants = [f"-D{name}={value}" for name, value in problem.constants.items()]
        made = self._make(source, constants, folder, limit)
        if made.code != 0:
            return Answer("failed", made.seconds, made.peak_mb, note=made.stderr[-200:])
        search = run_child(["./pan", f"-m{SPIN_DEPTH}"], cwd=folder, limit=limit - made.seconds)
        whole = chain([made, search])
        verdict = "over" if search.over else self._verdict(search.stdout)
        states = _number(r"^\s*(\d+) states, stored", search.stdout)
        note = _last(search, verdict)
        return Answer(verdict, whole.seconds, whole.peak_mb, states, search.seconds, note)

    def _make(self, source: str, constants: list[str], folder: Path, limit: float) -> Sample:
        generated = run_child(["spin", *constants, "-a", source], cwd=folder, limit=limit)
        flags = [self.optimise, "-w", "-DSAFETY", f"-DMEMLIM={SPIN_MEMORY_MB}"]
        command = ["gcc", *flags, "-o", "pan", "pan.c"]
        return chain([generated, run_child(command, cwd=folder, limit=limit)])

    @staticmethod
    def _verdict(text: str) -> str:
        if "max search depth too small" in text or "out of memory" in text:
            return "unclear"
        if "invalid end state" in text and "errors: 1" in text and "pan:1: invalid" in text:
            return "deadlock"
        if "assertion violated" in text:
            return "assertion"
        return "holds" if "errors: 0" in text else "unclear"


class Conclang:
    """conclang check, optionally with more workers, unreduced, or in plain Python."""

    def __init__(self, name: str = "conclang", *options: str, plain: bool = False) -> None:
        self.name = name
        self.options = options
        self.plain = plain

    def present(self) -> bool:
        return run_child(conclang("--version")).code == 0

    def answer(self, problem: Problem, folder: Path, limit: float) -> Answer:
        source = shutil.copy(problem.file("scenario.cl"), folder)
        constants = [
            part for name, value in problem.constants.items() for part in ("-D", f"{name}={value}")
        ]
        command = conclang("check", source, "--format", "json", *constants, *self.options)
        env = {"CONCLANG_PURE": "1"} if self.plain else {}
        sample = run_child(command, cwd=folder, env=env, limit=limit)
        answer = Answer("over", sample.seconds, sample.peak_mb)
        return answer if sample.over else self._understand(answer, sample)

    @staticmethod
    def _understand(answer: Answer, sample: Sample) -> Answer:
        try:
            report = json.loads(sample.stdout)
        except ValueError:
            return replace(answer, verdict="failed", note=(sample.stderr or sample.stdout)[-200:])
        stats = report.get("stats", {})
        return replace(
            answer,
            verdict=_conclang_verdict(report),
            states=stats.get("states"),
            search_seconds=stats.get("seconds"),
            note="; ".join(item["message"] for item in report.get("diagnostics", [])[:1]),
        )


def _conclang_verdict(report: dict[str, object]) -> str:
    if report["verdict"] != "violated":
        return str(report["verdict"])
    findings = [item for item in report["findings"] if not item["expected"]]  # type: ignore[attr-defined]
    kinds = {item["kind"] for item in findings}
    if kinds & {"deadlock", "leak"}:
        return "deadlock"
    if kinds & {"assertion", "expectation"}:
        return "assertion"
    return "+".join(sorted(kinds)) or "violated"


def conclang(*arguments: str) -> Sequence[str]:
    """The console script beside this interpreter; the module where it is not installed.

    CONCLANG_BENCH_COMMAND names another build, as in `/elsewhere/bin/conclang`.
    """
    chosen = os.environ.get("CONCLANG_BENCH_COMMAND")
    if chosen:
        return [*chosen.split(), *arguments]
    script = Path(sys.executable).with_name("conclang")
    head = [str(script)] if script.exists() else [sys.executable, "-m", "conclang"]
    return [*head, *arguments]


def _number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text, re.MULTILINE)
    return int(found[1]) if found else None


def _last(sample: Sample, verdict: str) -> str:
    """The end of what was printed, kept only where the verdict needs explaining."""
    return (sample.stdout + sample.stderr)[-200:] if verdict == "unclear" else ""
