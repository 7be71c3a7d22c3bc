"""A page made anew: its tables from the tables of the code, its outputs from running commands."""

from __future__ import annotations

from pathlib import Path

from weave.blocks import END, GENERATED, blocks_of
from weave.console import session
from weave.tables import TABLES


def made_anew(page: Path) -> str:
    """The text the page should have."""
    return with_outputs(page, with_tables(page.read_text(encoding="utf-8")))


def with_tables(text: str) -> str:
    """The text with every generated part made again."""
    lines: list[str] = []
    skipping = False
    for line in text.split("\n"):
        if skipping and line != END:
            continue
        skipping = False
        lines.append(line)
        marker = GENERATED.match(line)
        if marker:
            lines += ["", *TABLES[marker["name"]](), ""]
            skipping = True
    if skipping:
        raise ValueError(f"a generated part has no {END}")
    return "\n".join(lines)


def with_outputs(page: Path, text: str) -> str:
    """The text with the output of every console block made again."""
    lines = text.split("\n")
    changes: list[tuple[int, int, list[str]]] = []
    with session() as shell:
        for block in blocks_of(page, text):
            if "file" in block.options:
                shell.define(block)
            if block.language == "console":
                output = shell.output(block).split("\n")[:-1]
                changes.append((block.first, block.last, output))
    for first, last, output in reversed(changes):
        lines[first:last] = output
    return "\n".join(lines)
