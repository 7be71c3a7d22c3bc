"""Submissions that were made to hurt end in a clear result, and do not disturb the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exercises.kit import DONE, START, folder

Conclang = Callable[..., "subprocess.CompletedProcess[str]"]


def inside(body: str) -> str:
    """A submission that keeps the marks."""
    return START.replace("thread bob { repeat N { count += 1 } }", body)


TEXTS = {
    "deadlock": inside("thread bob { lock m { lock m { } } }"),
    "endless": inside("thread bob { loop { count = 1 - count } }"),
    "grows": inside("thread bob { loop { count += 1 } }"),
    "spins": inside("thread bob { loop { } }"),
    "counts_alone": inside(
        "thread bob { let x = 0; loop { x += 1; if x > 1000000000 { x = 0 } } }"
    ),
    "explodes": inside(
        "thread bob[i in 0..9] { repeat 9 { count += i } }\nthread eve[i in 0..9] { count *= 2 }"
    ),
    "huge_constant": inside("const M = 99999999999999999999999999\nthread bob { count += M }"),
    "huge_array": inside("shared big[1000000] = 0\nthread bob[i in 0..100] { big[i] = 1 }"),
    "larger_array": inside("shared big[99999999999] = 0\nthread bob { big[0] = 1 }"),
    "million_threads": inside("thread bob[i in 0..1000000] { count += 1 }"),
    "many_threads": inside("thread bob[i in 0..20000] { count += 1 }"),
    "million_spawns": inside("fn f() { spawn f(); spawn f() }\nthread bob { f() }"),
    "spawns_all_day": inside("fn f() { count += 1 }\nthread bob { repeat 1000000 { spawn f() } }"),
    "recursion": inside("fn f(n) { return f(n + 1) + 1 }\nthread bob { let x = f(0) }"),
    "chooses": inside("thread bob { count = choose(0..1000000000) }"),
    "chooses_often": inside("thread bob { repeat 40 { count += choose(0..50) } }"),
    "nested": inside("thread bob { " + "if true { " * 5000 + "} " * 5000 + "}"),
    "brackets": inside("thread bob { count = " + "(" * 9000 + "1" + ")" * 9000 + " }"),
    "long_sum": inside("thread bob { count = " + "+".join(["1"] * 20000) + " }"),
    "long_work": inside("thread bob { work 9000000000000000000 }"),
    "prints": inside("thread bob { repeat 1000000000 { print 1 } }"),
    "many_errors": inside("thread bob { " + "nope(); " * 3000 + "}"),
    "no_marks": "thread bob { }",
    "empty": "",
    "binary": "\x00\x01\x02\x7f" * 500,
    "terminal": inside('thread bob { print "\x1b[2J\x1b]0;owned\x07" }'),
    "own_wishes": inside("thread bob { }\nexpect race\nexpect deadlock"),
    "right": DONE,
}
UNJUDGED = {"no_marks", "empty", "binary", "huge_constant", "larger_array", "nested", "brackets"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile")
    checks = "  - {expect: [finally count == 2 * N, no race], points: 2}\n"
    checks += "  - expect: no deadlock\n  - timed: makespan < 100\n"
    more = "limits: {states: 20000, steps: 200000, seconds: 2, memory: 256}\n"
    folder(path / "counting", checks, more)
    subs = path / "subs"
    subs.mkdir()
    for name, text in TEXTS.items():
        (subs / f"{name}.cl").write_text(text)
    return path


@pytest.fixture(scope="module")
def graded(made: Path) -> dict[str, dict[str, object]]:
    from click.testing import CliRunner

    from conclang.cli.main import cli

    began = time.monotonic()
    arguments = ["exercise", "grade", "-e", str(made / "counting"), str(made / "subs")]
    arguments += ["--format", "json", "--workers", "2"]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.output
    assert result.return_value == 1
    assert time.monotonic() - began < 200
    found = json.loads(result.stdout)["submissions"]
    assert [row["submission"] for row in found] == sorted(f"{name}.cl" for name in TEXTS)
    return {row["submission"].removesuffix(".cl"): row for row in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_it_ends_in_a_clear_result(graded: dict[str, dict[str, object]], name: str) -> None:
    row = graded[name]
    if name == "right":
        assert row["points"] == row["max_points"]
        return
    assert row["points"] < row["max_points"]  # type: ignore[operator]
    if name in UNJUDGED:
        assert row["problem"], row
        assert row["status"] in ("refused", "mistaken", "unreadable")
    for check in row["checks"]:  # type: ignore[attr-defined]
        assert check["status"] in ("passed", "failed", "limit")
        assert check["status"] == "passed" or check["evidence"][0]["message"]
        assert "internal error" not in str(check)
    assert "internal error" not in str(row["problem"])


def test_odd_files_are_no_submissions_or_bad_ones(conclang: Conclang, tmp_path: Path) -> None:
    folder(tmp_path / "counting", "  - expect: no race\n")
    secret = tmp_path / "secret.cl"
    secret.write_text(DONE)
    subs = tmp_path / "subs"
    subs.mkdir()
    (subs / "a\n\x1b[31mred.cl").write_text(DONE)
    (subs / "=cmd|' .cl").write_text(START)
    (subs / "<b>&amp;.cl").write_text(START)
    (subs / "link.cl").symlink_to(secret)
    (subs / "folder_link").symlink_to(tmp_path)
    (subs / "dir.cl").mkdir()
    (subs / "with_link").mkdir()
    (subs / "with_link" / "counting.cl").symlink_to(secret)
    (subs / "large.cl").write_bytes(b"//" + b"x" * 300_000)
    (subs / "notes.txt").write_text("not a submission")
    (subs / ".hidden.cl").write_text(DONE)
    os.mkfifo(subs / "pipe.cl")
    with open(os.fsencode(subs) + b"/\xff\xfe.cl", "w") as stream:
        stream.write(DONE)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.exists()}
    result = conclang("exercise", "grade", "-e", "counting", "subs", "--format", "json")
    rows = {r["submission"]: r for r in json.loads(result.stdout)["submissions"]}
    assert {name: row["problem"] for name, row in rows.items() if row["problem"]} == {
        "dir.cl": "there is no counting.cl in it",
        "folder_link": "this is a link, not a file",
        "large.cl": "it is larger than 256 KB",
        "link.cl": "this is a link, not a file",
        "pipe.cl": "this is not a file",
        "with_link": "counting.cl: this is a link, not a file",
    }
    assert rows["a\\n\\x1b[31mred.cl"]["status"] == "passed"
    assert rows["\\xff\\xfe.cl"]["status"] == "passed"
    assert len(rows) == 10
    after = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.exists()}
    assert before == after
    for form in ("text", "csv", "junit", "gradescope", "prairielearn", "check50"):
        shown = conclang("exercise", "grade", "-e", "counting", "subs", "--format", form)
        assert shown.returncode == 1
        assert "\x1b" not in shown.stdout
        if form == "csv":
            assert "\n'=cmd|' .cl,counting," in shown.stdout
        if form == "junit":
            assert "&lt;b&gt;&amp;amp;.cl" in shown.stdout


WATCHED = """
import sys
opened = []
sys.addaudithook(lambda name, args: opened.append((str(args[0]), args[1])) if name == "open" else 0)
from conclang.exercises.exercise import load_exercise
from conclang.exercises.grading import grade
from conclang.exercises.handing_in import collect
exercise = load_exercise("counting").exercise
for submission in collect(("subs",), exercise):
    opened.clear()
    grade(exercise, submission, {})
    bad = [(p, m) for p, m in opened if not p.endswith((".py", ".pyc", ".so", ".table"))]
    assert not [p for p, m in bad if m and set(str(m)) & set("wax+")], bad
    assert not [p for p, m in bad if "secret" in p or "subs" in p], bad
print("nothing else was opened")
"""


def test_judging_opens_nothing_of_anybody(tmp_path: Path) -> None:
    """Every file that is opened while a submission is judged belongs to conclang or Python."""
    folder(tmp_path / "counting", "  - expect: no race\n  - timed: makespan < 9\n")
    (tmp_path / "subs").mkdir()
    (tmp_path / "secret").write_text("42")
    (tmp_path / "subs" / "a.cl").write_text(START)
    (tmp_path / "subs" / "b.cl").write_text(DONE)
    (tmp_path / "subs" / "c.cl").write_text(inside('thread bob { print "../secret" }'))
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "nothing else was opened\n", done.stderr


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "an anchor"),
        ("q: !!python/object/apply:os.system [ls]", "a tag"),
        ("q: " + "[" * 9000, "nested"),
        ("q: " + "9" * 100_000, "no schedule ends with this"),
        ("q: [" + "1, " * 4000 + "]", "no schedule ends with this"),
        ("q: 1\nq: 2\n", "twice"),
        ("\x00", ""),
        ("[]", "a key for each question"),
        ("q: {a: {b: c}}", "a value or a list"),
        ('q: "\x1b[2J"'.replace("\x1b", "\\x1b"), "no schedule ends with this"),
    ],
    ids=range(10),
)
def test_hostile_answers(tmp_path: Path, text: str, words: str) -> None:
    from tests.exercises.kit import exercise, judged, messages

    made = exercise(
        tmp_path / "x",
        "  - answer: {key: q, ask: What, outcomes: x}\n  - expect: reachable count == 1\n",
        "scenario: asked.cl\n",
        asked_cl="shared x = 0\nthread a { x = 5 }\n",
    )
    grade = judged(made, START, answers=text)
    assert grade.checks[0].outcome.status == "failed"
    assert words in messages(grade)
    assert "\x1b" not in messages(grade)
