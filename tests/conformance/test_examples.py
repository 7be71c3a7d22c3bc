"""Every example says its verdict, and the verdict is true; a broken twin must fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from conclang.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "examples").rglob("*.cl"))


def run(*arguments: str) -> int:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.output
    return int(result.return_value or 0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_verdict_is_the_one_announced(file: Path) -> None:
    assert run("check", str(file)) == (1 if file.stem.endswith("_broken") else 0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_in_the_one_style_and_says_its_idea(file: Path) -> None:
    assert run("fmt", "--check", str(file)) == 0
    assert file.read_text(encoding="utf-8").startswith("// ")


def test_every_safe_example_has_a_broken_twin() -> None:
    names = {file.stem for file in FILES}
    safe = {name for name in names if not name.endswith("_broken")}
    assert {f"{name}_broken" for name in safe} == names - safe != set()
