"""Two hundred submissions: in parallel, in order, the same bytes, within bounds."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from conclang.exercises.exercise import load_exercise
from conclang.exercises.grading import PLAIN
from conclang.exercises.handing_in import Submission
from conclang.exercises.workers import Job, Pool
from tests.exercises.kit import DONE, START, folder

Conclang = Callable[..., "subprocess.CompletedProcess[str]"]
CHECKS = "  - {expect: [finally count == 2 * N, no lost_update], points: 2}\n  - expect: no race\n"
BODIES = (
    "thread bob { repeat N { lock m { count += 1 } } }",
    "thread bob { repeat N { count += 1 } }",
    "thread bob { repeat N { acquire m; count += 1 } }",
    "thread bob { repeat N { count += one } }",
)
COUNT = 200


def submissions(path: Path) -> None:
    path.mkdir()
    old = "thread bob { repeat N { lock m { count += 1 } } }"
    assert old in DONE
    for number in range(COUNT):
        body = BODIES[number % len(BODIES)]
        text = DONE.replace(old, f"{body}\nthread extra {{ work {number} }}")
        (path / f"s{number:03}.cl").write_text(text)


def test_two_hundred_submissions(conclang: Conclang, tmp_path: Path) -> None:
    folder(tmp_path / "counting", CHECKS)
    submissions(tmp_path / "subs")
    grade = ("exercise", "grade", "-e", "counting", "subs", "--format", "json")
    began = time.monotonic()
    first = conclang(*grade, "--workers", "2", env={"PYTHONHASHSEED": "1"})
    seconds = time.monotonic() - began
    rows = json.loads(first.stdout)["submissions"]
    assert [row["submission"] for row in rows] == [f"s{n:03}.cl" for n in range(COUNT)]
    assert [row["points"] for row in rows] == [3, 0, 0, 0] * (COUNT // 4)
    assert {row["status"] for row in rows[3::4]} == {"mistaken"}
    second = conclang(*grade, "--workers", "5", env={"PYTHONHASHSEED": "2"})
    assert first.stdout == second.stdout
    assert first.returncode == second.returncode == 1
    assert seconds < 60
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert peak < 1500


def test_the_table_and_the_csv(conclang: Conclang, tmp_path: Path) -> None:
    folder(tmp_path / "counting", CHECKS)
    submissions(tmp_path / "subs")
    for name in sorted(os.listdir(tmp_path / "subs"))[6:]:
        (tmp_path / "subs" / name).unlink()
    text = conclang("exercise", "grade", "-e", "counting", "subs").stdout
    assert re.search(r"✓ s000.cl +3/3  ✓✓  passed", text)
    assert re.search(r"✗ s003.cl +0/3  ✗✗  it does not compile", text)
    assert "6 submissions: 2 with all points, 1.00 of 3 points on average" in text
    lines = conclang("exercise", "grade", "-e", "counting", "subs", "--format", "csv").stdout
    rows = lines.splitlines()
    assert rows[0].startswith("submission,exercise,status,points,max_points,")
    assert rows[1] == "s000.cl,counting,passed,3,3,2,1,"
    assert len(rows) == 7


def test_equal_submissions_are_judged_once_and_named_apart(tmp_path: Path) -> None:
    made = load_exercise(str(folder(tmp_path / "counting", CHECKS))).exercise
    assert made is not None
    seen = []
    jobs = [Job(made, Submission(f"s{n}", (("counting.cl", DONE),)), {}) for n in range(50)]
    with Pool(2) as pool:
        grades = pool.grades(jobs, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    assert [grade.submission for grade in grades] == [f"s{n}" for n in range(50)]


def test_who_takes_too_long_is_stopped_and_keeps_what_was_judged(
    tmp_path: Path, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    """A search that heeds no limit: the worker is killed from outside."""
    from conclang.exercises import workers

    made = load_exercise(
        str(
            folder(
                tmp_path / "counting",
                CHECKS + "  - uses: {require: lock}\n",
                "limits: {seconds: 1, states: 100000000, steps: 1000000000}\n",
            )
        )
    ).exercise
    assert made is not None
    monkeypatch.setattr(workers, "GRACE", -0.7)
    slow = START.replace(
        "thread bob { repeat N { count += 1 } }",
        "thread bob[i in 0..6] { repeat 9 { count += i } }",
    )
    jobs = [
        Job(made, Submission("slow", (("counting.cl", slow),)), {}, PLAIN),
        Job(made, Submission("fine", (("counting.cl", DONE),)), {}, PLAIN),
    ]
    with Pool(1) as pool:
        grades = pool.grades(jobs[:1])
        monkeypatch.setattr(workers, "GRACE", 5.0)
        grades += pool.grades(jobs[1:])
    assert grades[0].status == "limit"
    assert grades[0].checks[0].outcome.limit == "seconds"
    assert grades[0].exit_code == 3
    assert grades[1].full


def test_a_worker_that_dies_is_a_result_not_the_end(tmp_path: Path) -> None:
    made = load_exercise(str(folder(tmp_path / "counting", CHECKS))).exercise
    assert made is not None
    job = Job(made, Submission("x", (("counting.cl", DONE),)), {})
    with Pool(1) as pool:
        assert pool.grades([job])[0].full
        os.kill(pool.workers[0].process.pid or 0, 9)
        grade = pool.grades([job])[0]
        assert grade.checks[0].outcome.limit == "crash"
        assert pool.grades([job])[0].full
