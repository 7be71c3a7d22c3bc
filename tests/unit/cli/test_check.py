"""`conclang check`: exit codes, the JSON contract, several files, other forms."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from conclang.cli.main import run

SAFE = 'scenario "safe"\nshared x = 0\nlock m\nthread p[i in 0..2] { lock m { x += 1 } }\n'
SAFE += "expect finally x == 2\n"
RACY = SAFE.replace("lock m { x += 1 }", "x += 1")
BROKEN = "thread a { x = = 1 }\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("safe.cl", SAFE), ("racy.cl", RACY), ("broken.cl", BROKEN)):
        (tmp_path / name).write_text(text)
    return tmp_path


def test_exit_codes(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(files / "safe.cl")]) == 0
    assert run(["check", str(files / "racy.cl")]) == 1
    assert run(["check", str(files / "broken.cl")]) == 1
    assert run(["check", str(files / "missing.cl")]) == 2
    assert run(["check", str(files / "safe.cl"), "-D", "NO=1"]) == 2
    assert run(["check", str(files / "safe.cl"), "--max-states", "3"]) == 3
    capfd.readouterr()


def test_the_json_contract(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(files / "racy.cl"), "--format", "json", "--count"]) == 1
    report = json.loads(capfd.readouterr().out)
    assert report["schema"] == 1
    assert report["scenario"] == "safe"
    assert report["verdict"] == "violated"
    assert report["limit"] is None
    assert report["expectations"][0]["status"] == "violated"
    assert report["schedules"] == {
        "complete": "6",
        "finished": "6",
        "deadlocked": "0",
        "failed": "0",
        "infinite": False,
    }
    assert [row["values"] for row in report["outcomes"]] == [{"x": 1}, {"x": 2}]
    assert [row["schedules"] for row in report["outcomes"]] == ["4", "2"]
    race = next(f for f in report["findings"] if f["kind"] == "race")
    wanted = "kind expected message cause threads objects spans schedule steps switches".split()
    assert set(wanted) <= set(race)
    assert race["schedule"].startswith("cl1/")
    assert "stats" in report


def test_without_stats_the_bytes_are_the_same(
    files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shown = []
    for workers in ("1", "2"):
        options = ["--format", "json", "--no-stats", "--workers", workers]
        run(["check", str(files / "racy.cl"), *options])
        shown.append(capfd.readouterr().out)
    assert shown[0] == shown[1]
    assert "stats" not in json.loads(shown[0])


def test_static_mistakes_are_part_of_the_report(
    files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(files / "broken.cl"), "--format", "json"]) == 1
    report = json.loads(capfd.readouterr().out)
    assert report["verdict"] == "violated"
    assert report["diagnostics"][0]["line"] == 1
    assert report["diagnostics"][0]["severity"] == "error"


def test_a_folder_gives_a_summary(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(files)]) == 1
    out = capfd.readouterr().out
    assert "3 files: 1 holds, 2 violated" in out
    assert run(["check", str(files), "--format", "json"]) == 1
    assert len(json.loads(capfd.readouterr().out)) == 3


def test_junit_and_sarif(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(files), "--format", "junit"]) == 1
    root = ElementTree.fromstring(capfd.readouterr().out)
    assert len(root.findall("testsuite")) == 3
    assert root.findall(".//failure")
    assert run(["check", str(files), "--format", "sarif"]) == 1
    log = json.loads(capfd.readouterr().out)
    rules = {result["ruleId"] for result in log["runs"][0]["results"]}
    assert {"race", "expectation", "lost_update"} <= rules


def test_text_shows_the_cause_and_the_schedule(
    files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(files / "racy.cl"), "--color", "never"])
    out = capfd.readouterr().out
    assert "data race on x" in out
    assert "shortest schedule: 1 step, 0 switches" in out
    assert "cl1/" in out
