"""Every scenario in the documentation is what its page says it is."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from conclang.diagnostics.source import SourceText
from conclang.pipeline import check, load
from conclang.syntax.parse import parse
from conclang.syntax.unparse import unparse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
from weave.blocks import Block, blocks_of, pages  # noqa: E402

BLOCKS = [b for page in pages() for b in blocks_of(page) if b.language == "conclang"]
KNOWN = {"file", "error", "warning", "fails", "endless", "loose"}

each_block = pytest.mark.parametrize("block", BLOCKS, ids=[b.place for b in BLOCKS])
each_sound_block = pytest.mark.parametrize(
    "block",
    [b for b in BLOCKS if "error" not in b.options],
    ids=[b.place for b in BLOCKS if "error" not in b.options],
)


def codes(option: str | None) -> Counter[str]:
    return Counter(option.split(",") if option else [])


@each_block
def test_options_are_known(block: Block) -> None:
    assert set(block.options) <= KNOWN


@each_block
def test_a_block_has_the_mistakes_it_shows_and_no_others(block: Block) -> None:
    bag = check(SourceText.of(block.text, block.place)).bag
    expected = codes(block.options.get("error")) + codes(block.options.get("warning"))
    assert Counter(d.code for d in bag) == expected, [d.message for d in bag]


@each_sound_block
def test_a_block_is_in_the_one_style(block: Block) -> None:
    scenario, _ = parse(SourceText.of(block.text, block.place))
    formatted = unparse(scenario, block.text)
    assert (formatted != block.text) == ("loose" in block.options)


@each_sound_block
def test_a_block_lowers(block: Block) -> None:
    assert load(SourceText.of(block.text, block.place)).program is not None


@each_sound_block
def test_a_block_keeps_its_expectations(block: Block, tmp_path: Path) -> None:
    if "endless" in block.options:
        return
    (tmp_path / "block.cl").write_text(block.text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "conclang", "check", "block.cl", "--max-seconds", "60"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if "fails" in block.options else 0), done.stdout + done.stderr
