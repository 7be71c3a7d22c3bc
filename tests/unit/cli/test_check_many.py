"""`conclang check` on many and on large files: summary, forms, progress, limits, Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conclang.cli.main import run
from tests import listening

SAFE = "shared x = 0\nlock m\nthread p[i in 0..2] { lock m { x += 1 } }\nexpect finally x == 2\n"
RACY = SAFE.replace("lock m { x += 1 }", "x += 1")
WANTED = RACY.replace("finally x == 2", "race on x")
BROKEN = "thread a { x = = 1 }\n"
LARGE = "shared c = 0\nthread p[i in 0..6] { repeat 20 { c += 1 } }\n"
ENDLESS = LARGE.replace("repeat 20", "loop").replace("c += 1", "c = (c + 1) % 40")
STARVING = ENDLESS + "expect no starvation\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "safe.cl").write_text(SAFE)
    (inside / "wanted.cl").write_text(WANTED)
    (tmp_path / "racy.cl").write_text(RACY)
    (tmp_path / "broken.cl").write_text(BROKEN)
    (tmp_path / "readme.txt").write_text("not a scenario")
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "conclang", "check", *arguments]


def test_the_summary(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(folder), "--no-stats"]) == 1
    lines = capfd.readouterr().out.splitlines()[-5:]
    names = ["broken.cl", "racy.cl", "inside/safe.cl", "inside/wanted.cl"]
    width = max(len(str(folder / name)) for name in names)
    assert lines == [
        f"✗ {folder / 'broken.cl'!s:<{width}}  violated  does not compile",
        f"✗ {folder / 'racy.cl'!s:<{width}}  violated  race, expectation",
        f"✓ {folder / 'inside/safe.cl'!s:<{width}}  holds",
        f"✓ {folder / 'inside/wanted.cl'!s:<{width}}  holds     race (expected)",
        "4 files: 2 holds, 2 violated",
    ]


def test_the_worst_file_decides(folder: Path, tmp_path: Path) -> None:
    safe, wanted = str(folder / "inside/safe.cl"), str(folder / "inside/wanted.cl")
    (tmp_path / "large.cl").write_text(LARGE + "expect race\n")
    large = str(tmp_path / "large.cl")
    assert run(["check", safe, wanted]) == 0
    assert run(["check", safe, large, "--max-states", "500"]) == 3
    assert run(["check", safe, large, str(folder / "racy.cl"), "--max-states", "500"]) == 1
    assert run(["check", safe, str(folder / "nothing.cl")]) == 2


def test_junit(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(folder), "--format", "junit", "--no-stats"]) == 1
    root = ElementTree.fromstring(capfd.readouterr().out)
    suites = root.findall("testsuite")
    assert root.tag == "testsuites"
    assert [len(suite.findall("testcase")) for suite in suites] == [
        int(suite.get("tests", "")) for suite in suites
    ]
    for suite in [root, *suites]:
        cases = list(suite.iter("testcase"))
        failed = [case for case in cases if case.find("failure") is not None]
        assert int(suite.get("failures", "")) == len(failed)
        assert int(suite.get("tests", "")) == len(cases)
    failures = [failure.get("type") for failure in root.iter("failure")]
    assert sorted(map(str, failures)) == ["CL0252", "expectation", "race"]
    [race] = [failure for failure in root.iter("failure") if failure.get("type") == "race"]
    assert "holding no lock" in (race.text or "")
    assert "cl1/" in (race.text or "")


def test_junit_skips_what_is_unknown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "large.cl").write_text(LARGE + "expect race\nexpect always c >= 0\n")
    given = ["check", str(tmp_path / "large.cl"), "--format", "junit", "--max-states", "300"]
    assert run(given) == 3
    root = ElementTree.fromstring(capfd.readouterr().out)
    assert [s.get("message") for s in root.iter("skipped")] == ["unknown: limit reached: states"]


LEVELS = {"none", "note", "warning", "error"}
RESULT_KEYS = {"ruleId", "level", "message", "locations", "relatedLocations", "properties"}


def test_sarif_follows_its_rules(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(folder), "--format", "sarif", "--no-stats"]) == 1
    log = json.loads(capfd.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [sarif] = log["runs"]
    assert set(sarif) <= {"tool", "columnKind", "results", "artifacts"}
    assert sarif["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = sarif["tool"]["driver"]
    assert driver["name"] == "conclang"
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    for result in sarif["results"]:
        assert set(result) <= RESULT_KEYS
        assert result["level"] in LEVELS
        assert result["message"]["text"]
        assert result["ruleId"] in rules or result["ruleId"].startswith(("CL", "CW"))
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            check_place(place)
    kinds = {r["ruleId"]: r["level"] for r in sarif["results"]}
    assert kinds["expectation"] == "error"
    assert {r["level"] for r in sarif["results"] if r["ruleId"] == "race"} == {"error", "note"}


def check_place(place: dict[str, Any]) -> None:
    physical = place["physicalLocation"]
    uri = physical["artifactLocation"]["uri"]
    assert "\\" not in uri
    assert " " not in uri
    region = physical["region"]
    assert region["startLine"] >= 1
    assert region["startColumn"] >= 1
    assert place.get("id", 0) >= 0


def test_json_of_many_is_a_list(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(folder), "--format", "json"]) == 1
    found = json.loads(capfd.readouterr().out)
    assert [f["verdict"] for f in found] == ["violated", "violated", "holds", "holds"]


# -- progress, limits, Ctrl-C ------------------------------------------------------------------


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    file = tmp_path / "large.cl"
    file.write_text(LARGE + "expect race\n")
    given = command(str(file), "--max-seconds", "1.6")
    quiet = subprocess.run(given, capture_output=True, text=True)
    assert quiet.returncode == 3
    assert quiet.stderr == ""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = "".join(read(ours))
    assert process.wait() == 3
    for word in (" states, ", "/s, depth ", " waiting, ", " MB"):
        assert word in shown


def read(terminal: int) -> Iterator[str]:
    """What appears on a terminal until its last writer has gone."""
    while select.select([terminal], [], [], 30)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        yield part.decode()
    os.close(terminal)


@pytest.mark.parametrize("text", [LARGE, STARVING], ids=["search", "circles"])
def test_ctrl_c_tells_what_is_known(tmp_path: Path, text: str) -> None:
    file = tmp_path / "large.cl"
    file.write_text(text)
    process = listening.start(command(str(file), "--format", "json"))
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    found = json.loads(out)
    assert found["limit"] == "interrupted"
    assert found["verdict"] == "violated"
    assert "race" in [finding["kind"] for finding in found["findings"]]
    assert "unknown" in [e["status"] for e in found["expectations"]] or not found["expectations"]


def test_ctrl_c_among_many_files(tmp_path: Path) -> None:
    (tmp_path / "a.cl").write_text(SAFE)
    (tmp_path / "b.cl").write_text(LARGE)
    (tmp_path / "c.cl").write_text(SAFE)
    process = listening.start(command(str(tmp_path)), text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "2 files: 1 holds, 1 violated" in out


@pytest.mark.parametrize("options", [[], ["--no-reduction"], ["--count"]])
def test_memory_stays_below_its_limit(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "large.cl"
    file.write_text(LARGE + "expect race\n")
    given = command(str(file), "--max-memory", "100", "--format", "json", *options)
    process = subprocess.run(given, capture_output=True)
    found = json.loads(process.stdout)
    assert process.returncode == 3
    assert (found["verdict"], found["limit"]) == ("unknown", "memory")
    assert 40 < found["stats"]["peak_memory_mb"] <= 100


@pytest.mark.parametrize("options", [["--count"], ["--fairness", "strong"], ["--no-reduction"]])
def test_seconds_are_kept_to(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "large.cl"
    file.write_text(STARVING + "expect race\n")
    began = time.monotonic()
    given = command(str(file), "--max-seconds", "1", "--format", "json", *options)
    found = json.loads(subprocess.run(given, capture_output=True).stdout)
    assert found["limit"] == "seconds"
    assert found["stats"]["seconds"] < 4
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_picture_of_several_files_is_refused_before_they_are_checked(
    conclang: Any, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    for name in ("a.cl", "b.cl"):
        (folder / name).write_text("shared x = 0\nthread t { loop { x += 1 } }\n")
    done = conclang("check", "several", "--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--format {form} shows one file, and here are 2" in done.stderr
    assert f"several/a.cl --format {form} -o NAME.{form}" in done.stderr
    (folder / "b.cl").unlink()
    (folder / "a.cl").write_text("thread t { }\n")
    assert conclang("check", "several", "--format", form).returncode == 0
    (folder / "a.cl").write_bytes(b"\xff\xfe\x00")
    assert conclang("check", "several", "--format", form).returncode == 2


def test_sarif_tells_of_what_nobody_knows(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "large.cl").write_text(LARGE + "expect race\nexpect finally c == 120\n")
    (tmp_path / "safe.cl").write_text(SAFE)
    run(["check", str(tmp_path), "--format", "sarif", "--max-states", "30", "--no-stats"])
    [sarif] = json.loads(capfd.readouterr().out)["runs"]
    [invocation] = sarif["invocations"]
    [said] = invocation["toolExecutionNotifications"]
    assert said["level"] == "warning"
    assert said["message"]["text"].endswith("large.cl: unknown, limit reached: states")
    open_ = [result for result in sarif["results"] if result.get("kind") == "open"]
    assert [(r["level"], r["message"]["text"]) for r in open_] == [
        ("none", "expect finally c == 120: unknown, limit reached: states")
    ]
    assert "expectation" in [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]


def test_junit_skips_something_where_nobody_knows(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "large.cl").write_text(LARGE + "expect race\n")
    run(["check", str(tmp_path), "--format", "junit", "--max-states", "30", "--no-stats"])
    root = ElementTree.fromstring(capfd.readouterr().out)
    assert [s.get("message") for s in root.iter("skipped")] == ["unknown: limit reached: states"]


@pytest.mark.parametrize("verb", ["check", "run"])
def test_standard_input_has_one_name(verb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "conclang", verb, "-", "--format", "json"],
        input=SAFE,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout)["file"] == "<stdin>"
