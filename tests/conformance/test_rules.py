"""The language's rules, one file for each: what a rule gives is said in its `expect` lines.

Files under `rules/holds` are read without a word and hold in every schedule. Those under
`rules/fails` stop with a run-time error, at the line that ends in `//!` and with those words. The
values were worked out by hand from the language page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conclang.cli.main import run

RULES = Path(__file__).parent / "rules"
HOLDS = sorted((RULES / "holds").glob("*.cl"))
FAILS = sorted((RULES / "fails").glob("*.cl"))


def checked(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """What `check` says."""
    code = run(["check", str(file), "--format", "json"])
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, result


def promise(file: Path) -> tuple[int, str]:
    """The line that fails, and with which words."""
    lines = enumerate(file.read_text().splitlines(), 1)
    [found] = [(number, line.split("//! ")[1]) for number, line in lines if "//! " in line]
    return found


@pytest.mark.parametrize("file", HOLDS, ids=lambda file: file.stem)
def test_it_holds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = checked(file, capsys)
    assert result["diagnostics"] == []
    assert result["expectations"]
    assert [e for e in result["expectations"] if e["status"] != "holds"] == []
    assert (code, result["verdict"]) == (0, "holds")


@pytest.mark.parametrize("file", FAILS, ids=lambda file: file.stem)
def test_it_fails_at_the_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line, words = promise(file)
    code, result = checked(file, capsys)
    assert (code, result["verdict"]) == (1, "violated")
    [error] = [f for f in result["findings"] if f["kind"] in ("error", "assertion")]
    assert words in error["message"]
    assert error["spans"][0]["line"] == line


@pytest.mark.parametrize("file", FAILS, ids=lambda file: file.stem)
def test_an_error_that_is_expected_fails_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, words = promise(file)
    wanted = tmp_path / file.name
    wanted.write_text(f'{file.read_text()}expect error "{words}"\nexpect no deadlock\n')
    _, result = checked(wanted, capsys)
    [line] = [e for e in result["expectations"] if e["text"].startswith("expect error")]
    assert line["status"] == "holds"
    [error] = [f for f in result["findings"] if f["kind"] in ("error", "assertion")]
    assert error["expected"] is True
    assert error["fails"] is False
