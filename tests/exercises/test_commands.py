"""`conclang exercise …` as students and teachers use it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conclang.exercises import progress
from tests import listening
from tests.exercises.kit import DONE, START, folder

ROOT = Path(__file__).resolve().parents[2]
Conclang = Callable[..., "subprocess.CompletedProcess[str]"]
CHECKS = "  - {name: all counted, expect: finally count == 2 * N, points: 3}\n  - expect: no race\n"
MORE = "hints: [look, think]\nvariants: { N: [2, 3] }\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    made = tmp_path / "course"
    folder(made / "counting", CHECKS, MORE)
    folder(made / "second", CHECKS.replace("all counted", "again"), MORE)
    text = (made / "second" / "exercise.yaml").read_text()
    (made / "second" / "exercise.yaml").write_text(text.replace("id: counting", "id: second"))
    (made / "course.yaml").write_text("title: Two\nexercises: [counting, second]\n")
    return tmp_path


@pytest.fixture(autouse=True)
def _own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_a_student_from_list_to_solved(conclang: Conclang, course: Path) -> None:
    with_course = ("--course", "course")
    listed = conclang("exercise", "list", *with_course)
    assert "0 of 2 solved" in listed.stdout
    shown = conclang("exercise", "show", "counting", *with_course)
    assert "// edit: begin threads" in shown.stdout
    assert "lock m { count += 1 }" not in shown.stdout
    first = conclang("exercise", "run", "counting", *with_course)
    assert first.returncode == 1
    assert "begin in exercises/counting/counting.cl" in first.stderr
    file = course / "exercises" / "counting" / "counting.cl"
    assert file.read_text() == START
    assert "look" in conclang("exercise", "hint", "counting", *with_course).stdout
    assert "think" in conclang("exercise", "hint", "counting", *with_course).stdout
    assert "2 of 2: think" in conclang("exercise", "hint", "counting", *with_course).stdout
    file.write_text(DONE)
    assert conclang("exercise", "run", "counting", *with_course).returncode == 0
    rows = json.loads(conclang("exercise", "list", *with_course, "--format", "json").stdout)
    assert [row["solved"] for row in rows["exercises"]] == [True, False]
    again = conclang("exercise", "reset", "counting", *with_course, "--seed", "4")
    assert "counting.cl.1.old" in again.stderr
    assert (course / "exercises" / "counting" / "counting.cl.1.old").read_text() == DONE
    assert file.read_text().startswith("// seed: 4\n")
    assert "0 of 2 solved" in conclang("exercise", "list", *with_course).stdout


def test_a_variant_goes_with_the_file(conclang: Conclang, course: Path) -> None:
    conclang("exercise", "reset", "counting", "--course", "course", "--seed", "1")
    file = course / "exercises" / "counting" / "counting.cl"
    text = file.read_text()
    value = text.split("const N = ")[1].split("\n")[0]
    file.write_text(text.replace("{ count += 1 }", "{ lock m { count += 1 } }"))
    for more in ((), ("--seed", "2")):
        done = conclang("exercise", "grade", "-e", "course/counting", str(file), *more)
        assert done.returncode == 0, done.stdout
    prompt = conclang("exercise", "show", "counting", "--course", "course").stdout
    assert f"const N = {value}" in prompt


def test_a_name_can_draw_the_variant(conclang: Conclang, course: Path) -> None:
    from conclang.exercises.exercise import load_exercise
    from conclang.exercises.seeds import seed_of_name

    assert seed_of_name("ann.cl") == seed_of_name("ann") != seed_of_name("bob")
    made = load_exercise(str(course / "course" / "counting")).exercise
    assert made is not None
    drawn = {name: made.variant(seed_of_name(name))["N"] for name in "abcdefgh"}
    assert set(drawn.values()) == {2, 3}
    (course / "subs").mkdir()
    for name, value in drawn.items():
        good = DONE.replace("repeat N", f"repeat {value}")
        (course / "subs" / f"{name}.cl").write_text(good)
    grade = ("exercise", "grade", "-e", "course/counting", "subs", "--summary")
    assert "8 with all points" in conclang(*grade, "--seed-by-name").stdout
    assert "8 with all points" not in conclang(*grade, "--seed", "1").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "countign", "--course", "course"), "did you mean `counting`?"),
        (("show", "nothing_like_it"), "conclang exercise list"),
        (("list", "--course", "nowhere"), "no such folder"),
        (("grade", "nowhere.cl"), "no such file"),
        (("grade", "stray.cl"), "which exercise?"),
        (("grade", "-e", "counting", "stray.cl"), "there is no exercise 'counting'"),
        (("grade", "-e", "broken", "stray.cl"), "CL1002"),
        (("run", "course/counting", "nowhere.cl"), "no such file"),
        (("hint", "course/counting", "--number", "9"), "2 hints"),
        (("verify", "nothing"), "there is no exercise"),
        (("new", "Not A Name"), "small letters"),
        (("new", "course"), "is left as it is"),
        (("new", "x", "--from", "nowhere.cl"), "no such file"),
        (("new", "x", "--from", "stray.cl", "--kind", "deadlock"), "do not go together"),
        (("nw",), "did you mean `new`"),
    ],
)
def test_bad_usage_is_code_2(
    conclang: Conclang, course: Path, arguments: tuple[str, ...], words: str
) -> None:
    (course / "stray.cl").write_text(DONE)
    folder(course / "broken", "  - expct: no race\n")
    done = conclang("exercise", *arguments)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr


def test_hidden_checks_stay_hidden_from_students(conclang: Conclang, tmp_path: Path) -> None:
    folder(tmp_path / "counting", "  - {name: secret race, expect: no race, hidden: true}\n")
    (tmp_path / "mine.cl").write_text(START)
    shown = conclang("exercise", "run", "./counting", "mine.cl").stdout
    assert "secret race  (hidden)" in shown
    assert "data race" not in shown
    assert "a hidden check" in shown


def test_verify_says_what_is_wrong_with_an_exercise(conclang: Conclang, tmp_path: Path) -> None:
    folder(
        tmp_path / "weak",
        CHECKS + "  - {name: always so, expect: always true or count == 0}\n",
        solution_cl=DONE.replace("lock m\n", "lock m\nlock spare\n"),
    )
    done = conclang("exercise", "verify", "weak")
    assert done.returncode == 1
    assert "✓ the solution gets all points (5)" in done.stdout
    assert "✗ starter and solution differ only where students may edit" in done.stdout
    assert "nothing fails: always so" in done.stdout
    folder(tmp_path / "wrong", CHECKS, "hints: [a, a]\n", solution_cl=START, counting_cl=DONE)
    text = conclang("exercise", "verify", "wrong").stdout
    assert "✗ the solution gets all points (4)" in text
    assert "✗ the starter does not get all points" in text
    assert "twice: a" in text


def test_verify_takes_wrong_answers_of_the_author(conclang: Conclang, tmp_path: Path) -> None:
    odd = "  - {name: odd, expect: never count == 7}\n"
    folder(tmp_path / "counting", CHECKS + odd)
    assert conclang("exercise", "verify", "counting").returncode == 1
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "seven.cl").write_text(DONE.replace("count += 1", "count = 7"))
    done = conclang("exercise", "verify", "counting", "--wrong", "wrong")
    assert done.returncode == 0, done.stdout


def test_a_variant_that_cannot_be_solved_is_found(conclang: Conclang, tmp_path: Path) -> None:
    checks = "  - {expect: [finally count == 2 * N, finally count < 6]}\n"
    folder(tmp_path / "counting", checks, "variants: { N: [1, 2, 3] }\n")
    done = conclang("exercise", "verify", "counting")
    assert done.returncode == 1
    assert "the solution with N = 3: " in done.stdout


# -- progress --------------------------------------------------------------------------------------


def test_progress_survives_damage_and_takes_turns(tmp_path: Path) -> None:
    progress.change("one", solved=True, best="3 of 3")
    progress.path().write_text('{"schema": 1, "exer')
    assert progress.all_states() == {}
    assert progress.path().with_suffix(".damaged").exists()
    code = (
        "from conclang.exercises import progress\n"
        "import sys\nfor n in range(20): progress.change(f'{sys.argv[1]}{n}', solved=True)\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, name],
            env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "data")},
        )
        for name in "abc"
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(progress.all_states()) == 60


def test_an_interrupted_change_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.change("one", solved=True)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        progress.change("two", solved=True)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert list(progress.all_states()) == ["one"]
    assert [p.name for p in progress.path().parent.iterdir() if p.name.startswith(".")] == []


# -- watch -----------------------------------------------------------------------------------------


class Watcher:
    """`conclang exercise watch` in a process of its own, its output read as it comes."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.output = folder / f"watched{time.monotonic_ns()}"
        with open(self.output, "wb") as stream:
            self.process = listening.start(
                [sys.executable, "-m", "conclang", "exercise", "watch", *arguments],
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "XDG_DATA_HOME": str(folder / "data"),
                },
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def until(self, words: str, seconds: float = 40) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.output.read_text()
            if words in text:
                return text
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never came:\n{self.output.read_text()}")


@pytest.mark.parametrize("poll", [True, False], ids=["polled", "as it is"])
def test_watch_goes_on_when_solved_and_keeps_what_is_done(course: Path, poll: bool) -> None:
    more = ("--poll",) if poll else ()
    watcher = Watcher(course, "--course", "course", *more)
    file = course / "exercises" / "counting" / "counting.cl"
    try:
        watcher.until("change exercises/counting/counting.cl and save it")
        assert file.read_text() == START
        file.write_text(START.replace("{ count += 1 }", "{ count = count + 2 }", 1))
        watcher.until("✗ counting.cl  0 of 4 points: of 2 checks 2 failed\n", 40)
        file.write_text("nonsense {")
        watcher.until("changed outside the regions")
        temporary = file.with_suffix(".tmp")
        temporary.write_text(DONE)
        os.replace(temporary, file)  # as many editors save
        text = watcher.until("✓ counting is solved; on to second")
        watcher.until("change exercises/second/counting.cl and save it")
        assert text.count("4 of 4 points: everything passed") == 1
        watcher.process.send_signal(signal.SIGINT)
        assert watcher.process.wait(30) == 130
        assert "Traceback" not in watcher.output.read_text()
    finally:
        watcher.process.kill()
        watcher.process.wait()
    later = Watcher(course, "--course", "course", *more)
    try:
        text = later.until("change exercises/second/counting.cl and save it")
        assert "exercises/counting/" not in text
        (course / "exercises" / "second" / "counting.cl").write_text(DONE)
        later.until("✓ everything is solved")
        assert later.process.wait(30) == 0
    finally:
        later.process.kill()
        later.process.wait()
    done = Watcher(course, "--course", "course")
    assert done.process.wait(30) == 0
    assert "everything is solved" in done.output.read_text()
