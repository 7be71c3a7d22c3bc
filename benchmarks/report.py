"""What a run of the benchmarks says: goals with their figures, Markdown tables, one JSON file."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio that is asked for and what was measured; `None` = could not be measured here."""

    title: str
    bound: float
    measured: float | None
    note: str = ""
    at_most: bool = False

    @property
    def status(self) -> str:
        if self.measured is None:
            return "not measured"
        good = self.measured <= self.bound if self.at_most else self.measured >= self.bound
        return "met" if good else "NOT met"

    @property
    def wanted(self) -> str:
        return f"{'<=' if self.at_most else '>='} {self.bound:g} x"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, padded so that it reads well in a terminal too."""
    lines = [list(head), *[[str(value) for value in row] for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    shown = [" | ".join(v.ljust(w) for v, w in zip(line, widths, strict=True)) for line in lines]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [shown[0], rule, *shown[1:]])


def figure(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def goal_table(goals: list[Goal]) -> str:
    rows = [(g.title, g.wanted, figure(g.measured), g.status, g.note) for g in goals]
    return table(("asked for", "wanted", "measured", "", "note"), rows)


def machine() -> dict[str, object]:
    """What the figures depend on; nothing that names the machine or its user."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "cpus": os.cpu_count(),
    }


def write(folder: Path, name: str, data: dict[str, object], text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    body = json.dumps({"machine": machine(), **data}, indent=1)
    (folder / f"{name}.json").write_text(body + "\n", "utf-8")
    (folder / f"{name}.md").write_text(text + "\n", "utf-8")
