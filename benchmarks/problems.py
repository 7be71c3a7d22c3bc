"""The table of problems (`peers/problems.yaml`): model, constants, expected verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

PEERS = Path(__file__).with_name("peers")
VERDICTS = ("holds", "deadlock", "assertion")


@dataclass(frozen=True, slots=True)
class Problem:
    """One model at one size; the verdict is what every tool must say."""

    name: str
    model: str
    verdict: str
    constants: dict[str, int] = field(default_factory=dict)
    rates: bool = False

    def file(self, name: str) -> Path:
        return PEERS / self.model / name


def load(path: Path = PEERS / "problems.yaml") -> list[Problem]:
    """Read the table; a wrong entry is our own mistake and raises."""
    problems = [Problem(**entry) for entry in yaml.safe_load(path.read_text("utf-8"))]
    names = [problem.name for problem in problems]
    if len(set(names)) != len(names):
        raise ValueError("two problems of one name")
    for problem in problems:
        if problem.verdict not in VERDICTS:
            raise ValueError(f"{problem.name}: unknown verdict {problem.verdict}")
    return problems


def select(problems: list[Problem], only: list[str]) -> list[Problem]:
    """The problems whose name or model is asked for, all if nothing is."""
    if not only:
        return problems
    chosen = [p for p in problems if p.name in only or p.model in only]
    known = {p.name for p in problems} | {p.model for p in problems}
    unknown = [word for word in only if word not in known]
    if unknown:
        raise SystemExit(
            f"no such problem: {', '.join(unknown)} (known: {', '.join(sorted(known))})"
        )
    return chosen
