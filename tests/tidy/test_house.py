"""What the house promises about its own text."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conclang import engine

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted((ROOT / "conclang").rglob("*.py"))
# Put together here, so that this file does not contain what it looks for.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")))
SKIPS = re.compile(r"pytest\.(mark\.)?(skip|xfail)|unittest\.skip|pytest\." + "importorskip")
LONGEST_FILE = 600
LONGEST_FUNCTION = 80
# Rooms that have outgrown the house and wait to be split; a figure here may only shrink.
OUTGROWN: dict[str, int] = {}


def tracked(*patterns: str) -> list[Path]:
    """The files that belong to the project; in an unpacked archive, all of them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    names = result.stdout.splitlines() if result.returncode == 0 else []
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_nothing_is_marked_unfinished() -> None:
    texts = tracked("*.py", "*.pxd", "*.md", "*.lark", "*.cl", "*.toml", "*.js", "Makefile")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    assert [p.name for p in tests if SKIPS.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), "no docstring at the top"


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hot = path.with_suffix(".pxd").exists()  # compiled rooms: one module is one unit for inlining
    limit = OUTGROWN.get(str(path.relative_to(ROOT)), LONGEST_FILE * (1 + hot))
    assert text.count("\n") <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION * (1 + hot), f"{node.name}: {length} lines"


def test_no_path_of_one_machine() -> None:
    local = re.compile(r"(?<![\w.])/(work|home|root)/\w")
    for path in tracked("*.py", "*.md", "*.toml", "*.yml", "Makefile", ".ci/*"):
        if path != Path(__file__):
            assert not local.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("check", [["check", "."], ["format", "--check", "."]], ids=lambda c: c[0])
def test_ruff_is_content(check: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ruff", *check], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout[-3000:]


def test_only_compiled_modules_are_left_out_by_mypy() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    overrides = tomllib.loads(text)["tool"]["mypy"]["overrides"]
    [left_out] = [set(o["module"]) for o in overrides if o.get("ignore_errors")]
    hot = [Path(source).relative_to(ROOT) for source in engine.hot_sources()]
    assert left_out == {".".join(path.with_suffix("").parts) for path in hot}


def test_make_has_its_targets() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "lint", "bench", "docs"):
        assert re.search(rf"^{target}:", text, re.MULTILINE), target


def test_links_between_pages_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in tracked("*.md")
        for target in link.findall(re.sub("`[^`]*`", "", page.read_text(encoding="utf-8")))
        if not (page.parent / target).exists()
    ]
    assert missing == []
