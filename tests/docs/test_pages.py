"""Tables and outputs in the documentation are what the code says today; links lead somewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
from weave.blocks import END, Block, blocks_of, pages  # noqa: E402
from weave.console import session  # noqa: E402
from weave.pages import made_anew, with_tables  # noqa: E402

PAGES = pages()
each_page = pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])


@each_page
def test_a_page_is_fresh(page: Path) -> None:
    assert made_anew(page) == page.read_text(encoding="utf-8"), "run `make docs`"


def headings(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    for block in blocks_of(page):
        text = text.replace(block.text, "")
    titles = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        if anchor and there.suffix == ".md":
            assert anchor in headings(there), target


def test_a_table_is_replaced_and_nothing_else() -> None:
    text = f"a\n<!-- generated: commands -->\nold\n{END}\nb\n"
    once = with_tables(text)
    assert once.startswith("a\n<!-- generated: commands -->\n\n| command |")
    assert once.endswith(f"\n\n{END}\nb\n")
    assert "old" not in once
    assert with_tables(once) == once


def test_an_unknown_or_unclosed_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_tables("<!-- generated: nonsense -->\n<!-- end -->")
    with pytest.raises(ValueError, match="has no <!-- end -->"):
        with_tables("<!-- generated: commands -->\n")


def block(language: str, text: str, **options: str) -> Block:
    return Block(ROOT / "README.md", 0, 0, language, options, text)


def test_a_console_block_is_run_where_the_named_blocks_are() -> None:
    with session() as shell:
        shell.define(block("conclang", "shared  a = 0\n", file="a.cl"))
        text = "$ conclang fmt --check a.cl\nold output\n$ echo $?\n$ cat a.cl\n"
        assert shell.output(block("console", text)) == (
            "$ conclang fmt --check a.cl\nwould reformat a.cl\n$ echo $?\n1\n"
            "$ cat a.cl\nshared  a = 0\n"
        )


def test_blocks_are_found_with_their_options(tmp_path: Path) -> None:
    text = (
        "x\n```conclang file=a.cl loose\nshared a = 0\n```\n````text\n```\n````\n```\nplain\n```\n"
    )
    found = list(blocks_of(tmp_path / "page.md", text))
    assert [(b.language, b.options, b.text) for b in found] == [
        ("conclang", {"file": "a.cl", "loose": ""}, "shared a = 0\n"),
        ("text", {}, "```\n"),
    ]
