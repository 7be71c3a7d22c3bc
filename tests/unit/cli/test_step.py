"""`conclang step`: words from a pipe, keys on a terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

CROSSED = """scenario "Crossed"
lock a
lock b
thread left { lock a { lock b { } } }
thread right { lock b { lock a { } } }
"""
COUNTER = """shared count = 0
thread alice { count += 1 }
thread bob { count += 1 }
expect race on count
"""


def play(folder: Path, text: str, said: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "s.cl"
    file.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "conclang", "step", str(file), *options],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_a_deadlock_is_shown_with_its_circle(tmp_path: Path) -> None:
    done = play(tmp_path, CROSSED, "left right\n")
    assert done.returncode == 1
    assert "deadlock" in done.stdout
    assert "for a, which left holds" in " ".join(done.stdout.split())
    assert "it went wrong in 2 steps" in done.stdout
    assert "schedule: cl1/" in done.stdout


def test_the_schedule_can_be_replayed(tmp_path: Path) -> None:
    done = play(tmp_path, CROSSED, "1 2\n")
    line = next(row for row in done.stdout.splitlines() if row.startswith("schedule: "))
    again = subprocess.run(
        [sys.executable, "-m", "conclang", "replay", str(tmp_path / "s.cl"), line.split()[1]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert again.returncode == 1
    assert "deadlock" in again.stdout


def test_a_way_to_break_it_and_a_way_to_save_it(tmp_path: Path) -> None:
    done = play(tmp_path, CROSSED, "way\nsave\n")
    assert done.returncode == 0
    assert "2 steps to the nearest failure (deadlock):" in done.stdout
    assert "  1. left acquires a (line 4)\n  2. right acquires b (line 5)" in done.stdout
    assert "all goes well in 8 steps:" in done.stdout


def test_a_safe_program_says_so(tmp_path: Path) -> None:
    safe = CROSSED.replace("lock b { lock a", "lock a { lock b")
    assert "nothing you can do: safe" in play(tmp_path, safe, "w\n").stdout


def test_a_saved_game_says_so(tmp_path: Path) -> None:
    done = play(tmp_path, CROSSED, "left left\nw\n")
    assert "nothing you can do from here" in done.stdout
    done = play(tmp_path, CROSSED, "left right\ns\n")
    assert "there is no way from here on which all goes well" in done.stdout


def test_steps_are_taken_back_and_again(tmp_path: Path) -> None:
    done = play(tmp_path, CROSSED, "left right u u\nr r\nt\n0\nl\n")
    assert "Crossed: at the start" in done.stdout
    assert "1   acquires a :4" in done.stdout
    assert done.stdout.rstrip().endswith("/")  # the schedule of no step at all
    assert done.returncode == 0


def test_after_a_race_the_lost_update_is_the_next_failure(tmp_path: Path) -> None:
    done = play(tmp_path, COUNTER, "w\nalice\nw\n")
    assert "1 step to the nearest failure (race on count)" in done.stdout
    assert "3 steps to the nearest failure (lost update of count)" in done.stdout


def test_a_game_goes_on_from_a_schedule(tmp_path: Path) -> None:
    done = play(tmp_path, COUNTER, "c\n", "--schedule", "cl1/ab2a")
    assert done.returncode == 1
    assert "lost update of count: 1, written by bob, is overwritten by alice" in done.stdout


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("rihgt\n", "'rihgt' means nothing here; did you mean `right`?"),
        ("left right left\n", "left cannot move: it waits for b (line 4), which right holds"),
        ("left left left left left\n", "left has finished"),
        ("9\n", "'9' means nothing here"),
        ("cl1/zz\n", "cannot be taken here"),
        ("cl1/!\n", "this is no schedule"),
        ("cl1/run=fifo/seed=0/a\n", "step takes those of check"),
        ("\x00\ud7ff\n", "means nothing here"),
        ("u\n", "there is no step to take back"),
        ("r\n", "there is no step to take again"),
        ("?\n", "show me a way to break it"),
        ("cause\n", "nothing has gone wrong so far"),
    ],
)
def test_every_word_gets_an_answer(tmp_path: Path, said: str, answer: str) -> None:
    done = play(tmp_path, CROSSED, said)
    assert answer in done.stdout
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)


def test_branches_of_a_choice_are_options_of_their_own(tmp_path: Path) -> None:
    text = "shared x = 0\nthread t { x = 1\n x = choose(5, 6) }\n"
    done = play(tmp_path, text, "t.2\nt\n")
    assert "x = 6" in done.stdout


def test_a_failing_step_is_announced_and_ends_the_game(tmp_path: Path) -> None:
    text = 'shared x = 0\nthread t { x = 1\n assert x == 2, "two" }\n'
    done = play(tmp_path, text, "t\nt\nw\n")
    assert "← fails" in done.stdout
    assert "assertion failed: two" in done.stdout
    assert done.returncode == 1


def test_a_file_with_a_mistake_is_explained(tmp_path: Path) -> None:
    done = play(tmp_path, "thread t { x = 1 }\n", "")
    assert done.returncode == 1
    assert "CL0" in done.stderr


def test_standard_input_cannot_be_the_scenario() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "conclang", "step", "-"],
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "name a file" in done.stderr


def test_keys_on_a_terminal(tmp_path: Path) -> None:
    import pty

    file = tmp_path / "s.cl"
    file.write_text(CROSSED, encoding="utf-8")
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm", COLUMNS="80", LINES="40")
        os.execv(sys.executable, [sys.executable, "-m", "conclang", "step", str(file)])
    seen = _until(terminal, "? lists the keys")
    for key, wanted in (
        ("\r", "after 1 step"),
        ("\x1b[D", "at the start"),
        ("w", "nearest failure"),
        ("1", "after 1 step"),
        ("\x1b[B", "►"),
        ("\r", "deadlock"),
    ):
        os.write(terminal, key.encode())
        seen = _until(terminal, wanted)
        assert wanted in seen, (key, seen)
    os.write(terminal, b"q")
    assert "it went wrong in 2 steps" in _until(terminal, "it went wrong")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 1


def _until(terminal: int, wanted: str) -> str:
    """What the terminal shows, up to the screen that has what is wanted."""
    seen, end = "", time.monotonic() + 30
    while time.monotonic() < end and wanted not in seen:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
    return seen
