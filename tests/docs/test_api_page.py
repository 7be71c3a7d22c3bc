"""The Python blocks of the page about the API, run from top to bottom like a reader would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
from weave.blocks import blocks_of  # noqa: E402


def test_the_blocks_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [b for b in blocks_of(ROOT / "docs" / "api.md") if b.language == "python"]
    assert len(blocks) >= 5
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks:
        exec(compile(block.text, block.place, "exec"), names)
    assert (tmp_path / "timeline.svg").read_text().startswith("<?xml")
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")
