"""Scenarios with exact answers over all schedules.

Each file's `expect` lines must all hold (or, with `// verdict: violated`, must not), and the facts
in its first comment line must be what `check --count` says. The figures come from hand derivations
and from an independent brute force, never from the checker itself.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conclang.cli.main import cli

FILES = sorted((Path(__file__).parent / "schedules").glob("*.cl"))
FACT = re.compile(r"(\w+): (\w[\w ]*?)(?:  |$)")


def facts_of(file: Path) -> dict[str, str]:
    first = file.read_text().splitlines()[0]
    return dict(FACT.findall(first[2:].strip())) if first.startswith("//") else {}


def check(file: Path, *options: str) -> tuple[int, dict[str, Any]]:
    arguments = ["check", str(file), "--format", "json", *options]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    return result.return_value, json.loads(result.stdout)


def test_all_scenarios_of_the_table_are_here() -> None:
    assert {int(file.name[:2]) for file in FILES} == set(range(1, 28))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_verdict(file: Path) -> None:
    facts = facts_of(file)
    code, result = check(file)
    wanted = facts.get("verdict", "holds")
    assert result["verdict"] == wanted, result
    assert code == (0 if wanted == "holds" else 1)
    if "error" in facts:
        assert any(facts["error"] in finding["message"] for finding in result["findings"])
    if "deadlock_steps" in facts:
        steps = [f["steps"] for f in result["findings"] if f["kind"] == "deadlock"]
        assert steps == [int(facts["deadlock_steps"])]


@pytest.mark.parametrize(
    "file", [file for file in FILES if "complete" in facts_of(file)], ids=lambda file: file.stem
)
def test_counts(file: Path) -> None:
    facts = facts_of(file)
    counts = check(file, "--count")[1]["schedules"]
    assert counts["infinite"] is False
    for key in ("complete", "finished", "deadlocked", "failed"):
        assert counts[key] == facts.get(key, "0"), (key, counts)


@pytest.mark.parametrize(
    "file", [file for file in FILES if "infinite" in facts_of(file)], ids=lambda file: file.stem
)
def test_endless_programs_say_so(file: Path) -> None:
    counts = check(file, "--count")[1]["schedules"]
    assert counts == {
        "complete": None, "finished": None, "deadlocked": None, "failed": None, "infinite": True
    }  # fmt: skip
