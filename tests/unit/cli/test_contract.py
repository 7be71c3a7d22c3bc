"""Sentences of the contract about commands, held against the installed command in a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import listening

COUNTER = """\
shared count = 0
thread alice { count += 1 }
thread bob { count += 1 }
expect finally count == 2
"""
ENDLESS = """\
shared a[9] = 0
thread t[i in 0..9] { loop { a[i] += 1 } }
"""
EXAMPLES = Path(__file__).parents[3] / "examples"
COMMAND = (sys.executable, "-m", "conclang")


def conclang(*words: str, text: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, *words], input=text, capture_output=True, encoding="utf-8", cwd=cwd, check=False
    )


@pytest.fixture
def counter(tmp_path: Path) -> str:
    path = tmp_path / "counter.cl"
    path.write_text(COUNTER)
    return str(path)


@pytest.mark.parametrize(
    "name",
    [
        "exclusion/attempt1_broken",  # starvation in a loop that retries
        "locks/polite_broken",  # livelock
        "semaphores/readers_fair_broken",  # one thread left behind while others go on
        "locks/withdraw_broken",  # atomicity
        "notes/counter_atomic_broken",  # lost update of an atomic
    ],
)
def test_replay_shows_every_finding_of_check(name: str) -> None:
    path = str(EXAMPLES / f"{name}.cl")
    found = json.loads(conclang("check", path, "--format", "json").stdout)["findings"]
    assert found
    for finding in found:
        replayed = conclang("replay", path, finding["schedule"], "--format", "json")
        document = json.loads(replayed.stdout)
        assert document["divergence"] is None
        assert finding["kind"] in [one["kind"] for one in document["findings"]]


def test_replay_takes_the_schedule_from_standard_input(counter: str) -> None:
    checked = conclang("check", counter, "--format", "json").stdout
    schedule = json.loads(checked)["findings"][0]["schedule"]
    by_text = conclang("replay", counter, schedule)
    assert by_text.returncode == 1
    for piped in (checked, schedule + "\n"):
        assert conclang("replay", counter, "-", text=piped).stdout == by_text.stdout
    both = conclang("replay", "-", "-", text=COUNTER)
    assert both.returncode == 2 and "cannot both" in both.stderr


def test_run_of_a_file_with_mistakes_has_the_keys_of_a_run(tmp_path: Path, counter: str) -> None:
    wrong = tmp_path / "wrong.cl"
    wrong.write_text("thread a { x = 1 }\n")
    made = conclang("run", str(wrong), "--format", "json")
    assert made.returncode == 1
    whole = json.loads(conclang("run", counter, "--format", "json", "--no-stats").stdout)
    assert set(whole) <= set(json.loads(made.stdout))


def test_a_file_that_cannot_be_read_gives_no_data() -> None:
    made = conclang("check", "there_is_none.cl", "--format", "json")
    assert (made.returncode, made.stdout) == (2, "")


@pytest.mark.parametrize("words", [["compare"], ["draw", "timeline"], ["draw", "states"], ["run"]])
def test_an_interrupt_ends_any_command(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "endless.cl"
    path.write_text(ENDLESS)
    more = ["--max-states", "100000000"] if "states" in words else []
    process = listening.start([*COMMAND, words[0], str(path), *words[1:], *more])
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_change_no_exit_code(closed: str, counter: str) -> None:
    line = f'"{sys.executable}" -m conclang run "{counter}" {closed}'
    made = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert made.returncode == 1
    assert made.stderr == b""


def test_closed_standard_input_is_no_empty_file() -> None:
    line = f'"{sys.executable}" -m conclang check - <&-'
    made = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert made.returncode == 2
    assert "standard input is closed" in made.stderr


def test_a_result_in_a_file_is_not_coloured(counter: str, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    made = conclang("check", counter, "-o", str(target), "--color", "always")
    assert made.returncode == 1
    assert "\x1b" not in target.read_text(encoding="utf-8")


def test_names_of_files_do_not_reach_the_terminal_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m\u202eb.cl"
    path.write_text(COUNTER)
    for words in (["check", str(path)], ["check", str(path), "--count"], ["check", str(tmp_path)]):
        shown = conclang(*words).stdout
        assert "\x1b" not in shown and "\u202e" not in shown


def test_a_place_that_cannot_be_written_to_is_named(counter: str) -> None:
    for target in ("/dev/full", "/there/is/none.txt"):
        if target.startswith("/dev") and not os.path.exists(target):
            continue
        made = conclang("run", counter, "-o", target)
        assert made.returncode == 2 and made.stderr.startswith(f"{target}: cannot be written")


def test_help_is_a_command_too() -> None:
    assert conclang("help").stdout == conclang("--help").stdout
    assert conclang("help", "run").stdout == conclang("run", "--help").stdout
    assert "Examples:\n    conclang run counter.cl\n" in conclang("help", "run").stdout
    unknown = conclang("help", "chek")
    assert unknown.returncode == 2 and "did you mean `check`" in unknown.stderr


def test_notes_from_standard_input(tmp_path: Path) -> None:
    text = "# Notes\n\n```conclang timeline\nthread a { work 3 }\n```\n"
    made = conclang("notes", "-", text=text, cwd=tmp_path)
    (picture,) = tmp_path.glob("notes-timeline-*.svg")
    assert made.returncode == 0 and picture.name in made.stdout
