"""Markdown pages as lines, with their fenced blocks and generated parts found.

A fence's first word is its language, the rest are options: `conclang file=counter.cl error=CL0301`.
Generated parts stand between `<!-- generated: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^`]*)$")
GENERATED = re.compile(r"<!-- generated: (?P<name>[a-z-]+) -->$")
END = "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block; `first` and `last` are the indices of its inner lines in the page."""

    page: Path
    first: int
    last: int  # exclusive
    language: str
    options: dict[str, str]  # an option without a value has ""
    text: str

    @property
    def place(self) -> str:
        """For messages and names of tests: the page and the line of the fence."""
        return f"{self.page.relative_to(ROOT)}:{self.first}"


def pages() -> list[Path]:
    """Every page whose blocks are run."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
    return sorted(path for path in found if path.is_file())


def blocks_of(page: Path, text: str | None = None) -> Iterator[Block]:
    """The fenced blocks of a page (or of another text of it) in order."""
    lines = (page.read_text(encoding="utf-8") if text is None else text).split("\n")
    index = 0
    while index < len(lines):
        opening = FENCE.match(lines[index])
        index += 1
        if not opening or not opening["info"].strip():
            if opening:
                index = _closing(lines, index, opening["ticks"], page) + 1
            continue
        first, last = index, _closing(lines, index, opening["ticks"], page)
        indent = len(opening["indent"])
        body = "".join(line[indent:] + "\n" for line in lines[first:last])
        language, *options = opening["info"].split()
        pairs = (option.partition("=") for option in options)
        yield Block(page, first, last, language, {k: v for k, _, v in pairs}, body)
        index = last + 1


def _closing(lines: list[str], index: int, ticks: str, page: Path) -> int:
    while index < len(lines):
        if lines[index].strip() == ticks:
            return index
        index += 1
    raise ValueError(f"{page}: a fence is not closed")
