"""The forms of results: what each target asks for, and the same bytes every time."""

from __future__ import annotations

import base64
import csv
import io
import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from conclang.exercises.formats import FORMATS
from tests.exercises.kit import DONE, START, folder

Conclang = Callable[..., "subprocess.CompletedProcess[str]"]
CHECKS = """\
  - {name: all counted, expect: finally count == 2 * N, points: 3, message: One got lost.}
  - {name: no race, expect: no race, points: 1.5, hidden: true}
  - {name: quick, timed: makespan < 50}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder(tmp_path / "counting", CHECKS)
    (tmp_path / "subs").mkdir()
    (tmp_path / "subs" / "bad.cl").write_text(START)
    (tmp_path / "subs" / "good.cl").write_text(DONE)
    (tmp_path / "subs" / "ugly.cl").write_text(START.replace("count += 1", "count ++ 1"))
    (tmp_path / "subs" / "wide.cl").write_text(
        DONE.replace(
            "// edit: end", "thread eve[i in 0..5] { repeat 99 { count += i } }\n// edit: end"
        )
    )
    return tmp_path


def graded(conclang: Conclang, *more: str) -> str:
    made = conclang("exercise", "grade", "-e", "counting", "--max-states", "300", *more)
    assert made.stderr == ""
    return made.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_whatever_the_hash_seed_and_the_workers(
    conclang: Conclang, here: Path, form: str
) -> None:
    arguments = ("exercise", "grade", "-e", "counting", "--max-states", "300", "subs")
    one = conclang(*arguments, "--format", form, "--workers", "1", env={"PYTHONHASHSEED": "1"})
    two = conclang(*arguments, "--format", form, "--workers", "3", env={"PYTHONHASHSEED": "2"})
    assert one.stdout == two.stdout
    assert one.returncode == two.returncode == 1
    assert str(here) not in one.stdout


def test_text_has_cause_schedule_and_picture(conclang: Conclang, here: Path) -> None:
    text = graded(conclang, "subs/bad.cl")
    assert "✗ bad.cl  1 of 5.5 points: of 3 checks 2 failed" in text
    assert "One got lost." in text
    assert "shortest schedule: 4 steps" in text
    assert "reads count: 0 :8" in text
    assert "conclang replay: cl1/" in text
    assert "(hidden)" in text
    assert "data race on count" in text


def test_json(conclang: Conclang, here: Path) -> None:
    made = json.loads(graded(conclang, "subs", "--format", "json"))
    assert made["schema"] == 1
    bad, good, ugly, wide = made["submissions"]
    assert (bad["status"], bad["points"], bad["max_points"]) == ("failed", 1, 5.5)
    assert good["status"] == "passed"
    assert (ugly["status"], ugly["problem"]) == ("mistaken", "it does not compile")
    assert wide["status"] in ("failed", "limit")
    [evidence] = bad["checks"][0]["evidence"]
    assert evidence["cause"] == "false at an end: count = 1"
    assert evidence["schedule"].startswith("cl1/")
    assert evidence["picture"]


GRADESCOPE = {
    "type": "object",
    "required": ["tests", "score"],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "visibility": {"enum": ["hidden", "after_due_date", "after_published", "visible"]},
        "stdout_visibility": {"enum": ["hidden", "after_due_date", "after_published", "visible"]},
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": {
                        "enum": ["hidden", "after_due_date", "after_published", "visible"]
                    },
                },
            },
        },
    },
}


def test_gradescope(conclang: Conclang, here: Path) -> None:
    many = json.loads(graded(conclang, "subs", "--format", "gradescope"))
    one = json.loads(graded(conclang, "subs/bad.cl", "--format", "gradescope"))
    assert many[0] == one
    for made in many:
        jsonschema.validate(made, GRADESCOPE)
        assert made["score"] == pytest.approx(sum(test["score"] for test in made["tests"]))
    first, hidden, _ = one["tests"]
    assert first["output"].startswith("<p><strong>One got lost.</strong></p>")
    assert "<pre>" in first["output"]
    assert hidden["visibility"] == "after_published"
    picture = first["output"].split('src="data:image/svg+xml;base64,')[1].split('"')[0]
    ET.fromstring(base64.b64decode(picture))


def test_prairielearn(conclang: Conclang, here: Path) -> None:
    bad, good, ugly, _ = json.loads(graded(conclang, "subs", "--format", "prairielearn"))
    assert bad["gradable"] is True
    assert bad["score"] == pytest.approx(1 / 5.5, abs=1e-5)
    assert good["score"] == 1
    assert ugly["gradable"] is False
    assert any("CL0" in line for line in ugly["format_errors"])
    first, hidden, _ = bad["tests"]
    assert (first["points"], first["max_points"]) == (0, 3)
    assert first["images"][0]["url"].startswith("data:image/svg+xml;base64,")
    assert "images" not in hidden
    assert "race" not in hidden["output"]


def test_check50(conclang: Conclang, here: Path) -> None:
    bad, good, ugly, wide = json.loads(graded(conclang, "subs", "--format", "check50"))
    keys = {"name", "description", "passed", "log", "cause", "data", "dependency"}
    for made in (bad, good, ugly, wide):
        assert {"slug", "results", "version"} <= set(made)
        assert all(set(result) == keys for result in made["results"])
        for result in made["results"]:
            assert (result["cause"] is None) == (result["passed"] is True)
    assert [r["passed"] for r in bad["results"]] == [True, False, False, True]
    assert [r["passed"] for r in ugly["results"]] == [False, None, None, None]
    assert None in [r["passed"] for r in wide["results"]]
    assert bad["results"][1]["cause"]["rationale"] == "One got lost."


def test_junit(conclang: Conclang, here: Path) -> None:
    root = ET.fromstring(graded(conclang, "subs", "--format", "junit"))
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == ["bad.cl", "good.cl", "ugly.cl", "wide.cl"]
    assert [suite.get("failures") for suite in root][:3] == ["2", "0", "3"]
    assert int(root.get("tests") or 0) == 12
    failure = root[0].find("testcase/failure")
    assert failure is not None
    assert "shortest schedule" in (failure.text or "")


def test_csv(conclang: Conclang, here: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(graded(conclang, "subs", "--format", "csv"))))
    assert [row["points"] for row in rows][:3] == ["1", "5.5", "0"]
    assert rows[0]["all counted"] == "0"
    assert rows[2]["reason"] == "it does not compile"


def test_drawings_go_into_a_folder(conclang: Conclang, here: Path) -> None:
    made = json.loads(graded(conclang, "subs", "--format", "json", "--pictures", "drawn"))
    names = sorted(path.name for path in (here / "drawn").iterdir())
    assert names[0] == "001_bad_1_1.svg"
    for name in names:
        ET.fromstring((here / "drawn" / name).read_text())
    assert f"drawing: {names[0]}" in made["submissions"][0]["checks"][0]["evidence"][0]["picture"]


def test_a_result_goes_into_a_file(conclang: Conclang, here: Path) -> None:
    done = conclang(
        "exercise",
        "grade",
        "-e",
        "counting",
        "subs/bad.cl",
        "--format",
        "gradescope",
        "-o",
        "r.json",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((here / "r.json").read_text())["score"] == 1
