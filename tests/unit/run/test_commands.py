"""`run`, `compare` and `replay` as commands: forms, keys, exit codes, and no traceback ever."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
RACY = (
    "processor cpu { cores 2 scheduler round_robin(quantum: 2) }\nshared count = 0\n"
    'thread alice { count += 1 }\nthread bob { count += 1\n print "x = {count}" }\n'
)
DEADLOCK = (
    "lock a\nlock b\nthread A { acquire a\n acquire b }\nthread B { acquire b\n acquire a }\n"
)
INVERSION = (Path(__file__).parents[2] / "conformance/timed/t9_inversion.cl").read_text()


@pytest.fixture
def call(conclang: Any, tmp_path: Path) -> Any:
    def run(text: str, *arguments: str, **more: Any) -> Any:
        (tmp_path / "a.cl").write_text(text)
        command, *rest = arguments
        return conclang(command, "a.cl", *rest, **more)

    return run


def test_the_json_of_a_run_has_the_keys_of_the_contract(call: Any) -> None:
    done = call(
        RACY + "expect race on count\nexpect timed makespan >= 2\n", "run", "--format", "json"
    )
    made = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert made["schema"] == 1
    assert made["machine"] == {"policy": "round_robin(quantum: 2)", "cores": 2}
    assert (made["seed"], made["outcome"], made["file"]) == (0, "completed", "a.cl")
    assert made["ticks"] == made["metrics"]["makespan"]
    assert made["final"] == {"count": 1}
    assert made["output"] == [{"tick": 3, "thread": "bob", "text": "x = 1"}]
    assert set(made["metrics"]["average"]) == {"turnaround", "response", "waiting"}
    assert set(made["metrics"]["threads"]["alice"]) >= {
        "arrival", "start", "finish", "turnaround", "response", "waiting", "running", "blocked",
    }  # fmt: skip
    assert set(made["metrics"]["cores"][0]) == {"processor", "core", "busy", "switching", "idle"}
    assert [e["status"] for e in made["expectations"]] == ["unknown", "holds"]
    race = next(f for f in made["findings"] if f["kind"] == "race")
    assert race["expected"] is True
    assert set(race) >= {"message", "cause", "threads", "objects", "spans", "schedule", "steps"}
    assert "stats" in made
    without = call(RACY, "run", "--format", "json", "--no-stats")
    assert "stats" not in json.loads(without.stdout)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("thread a { work 1 }", [], 0),
        (RACY, [], 1),
        (RACY + "expect race on count", [], 0),
        (DEADLOCK, [], 1),
        (DEADLOCK + "expect deadlock", [], 0),
        ("thread a { assert 1 == 2 }", [], 1),
        ('thread a { let n = 0\n print 1 / n }\nexpect error "division"', [], 0),
        ("thread a { work 3 }\nexpect timed makespan == 4", [], 1),
        ("thread a { work 3 }\nexpect timed makespan == 3 under cfs on 1 core", [], 0),
        ("thread a { loop { work 1 } }", ["--until", "5"], 3),
        ("thread a { wrk 1 }", [], 1),
        ("thread a { work 1 }", ["--policy", "fiffo"], 2),
        ("thread a { work 1 }", ["--policy", "nofile.py:X"], 2),
        ("thread a { sleep 1\n loop { work 1 } }", ["--policy", "sjf"], 2),
        ("thread a { work 1 }", ["--cores", "0"], 2),
        ("thread a { work 1 }", ["--format", "nonsense"], 2),
        ("thread a { work 1 }", ["-D", "N=1"], 2),
        ("thread a { work 1 }", ["--until", "-3"], 2),
    ],
)
def test_exit_codes(call: Any, text: str, options: list[str], code: int) -> None:
    done = call(text, "run", *options)
    assert done.returncode == code, (done.stdout, done.stderr)


def test_text_shows_lanes_output_metrics_and_causes(call: Any) -> None:
    done = call(DEADLOCK, "run", "--cores", "2")
    assert (
        "A has held a since tick 1, line 3, and has waited since tick 2, line 4, for b, which B holds"
        in " ".join(done.stdout.split())
    )
    assert "deadlocked at tick 2" in done.stdout
    done = call(INVERSION, "run")
    assert "A L   ###----------##--#" in done.stdout
    assert "B H     xxxxxxxxxxxxx##" in done.stdout
    assert "priority inversion: H is delayed by M for 10 ticks" in done.stdout
    assert "\x1b[" not in done.stdout
    colored = call(INVERSION, "run", env={"FORCE_COLOR": "1"})
    assert "\x1b[" in colored.stdout


@pytest.fixture
def on_terminal(tmp_path: Path) -> Any:
    """What a command shows on a terminal of so many columns."""

    def shown(text: str, columns: int, *arguments: str) -> str:
        (tmp_path / "a.cl").write_text(text)
        ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        environment = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
        seen = b""
        with subprocess.Popen(
            [sys.executable, "-m", "conclang", *arguments],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            env={**environment, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        ):
            os.close(theirs)
            with suppress(OSError):  # the other side is closed
                while part := os.read(ours, 65536):
                    seen += part
        os.close(ours)
        return seen.decode("utf-8").replace("\r\n", "\n")

    return shown


def test_a_run_fits_the_terminal(on_terminal: Any) -> None:
    narrow = on_terminal("thread a { work 5000 }", 40, "run", "a.cl")
    assert max(map(len, narrow.split("schedule:")[0].splitlines())) <= 40
    assert "one column is" in narrow
    text = "thread a { work 8 }\nthread b { work 4 }\n"
    wide = on_terminal(text, 200, "run", "a.cl")
    assert "parallelism 1.5   speed-up over one core 1.5" in wide


@pytest.mark.parametrize("command", ["run", "replay", "step"])
def test_what_is_piped_or_written_is_the_same_at_any_width(
    call: Any, conclang: Any, tmp_path: Path, command: str
) -> None:
    more = [call(RACY, "run").stdout.split("schedule: ")[1].split()[0]] * (command == "replay")
    piped = [call(RACY, command, *more, env={"COLUMNS": c}).stdout for c in ("30", "80", "300")]
    assert len(set(piped)) == 1
    assert len(piped[0]) > 100
    if command != "step":
        call(RACY, command, *more, "-o", "out.txt", env={"COLUMNS": "30"})
        assert (tmp_path / "out.txt").read_text() == piped[0]


def test_what_is_written_does_not_know_the_terminal(on_terminal: Any, tmp_path: Path) -> None:
    for columns in (30, 150):
        on_terminal(INVERSION, columns, "run", "a.cl", "-o", f"{columns}.txt")
    assert (tmp_path / "30.txt").read_text() == (tmp_path / "150.txt").read_text()


def test_jsonl_is_a_trace(call: Any) -> None:
    from conclang.events.wire import read

    done = call(RACY, "run", "--format", "jsonl")
    trace = read(done.stdout.splitlines())
    assert trace.outcome.kind == "completed"
    assert next(e.kind for e in trace.events if e.thread == "bob") == "arrive"


@pytest.mark.parametrize(
    "text", [RACY, DEADLOCK, INVERSION, "thread a[i in 0..60] { work choose(1, 2, 3) }"]
)
def test_a_run_is_replayed_exactly(call: Any, text: str) -> None:
    first = json.loads(call(text, "run", "--seed", "4", "--format", "json", "--no-stats").stdout)
    done = call(text, "replay", first["schedule"], "--format", "json", "--no-stats")
    again = json.loads(done.stdout)
    assert again.pop("divergence") is None
    assert again == first


def test_a_changed_file_diverges_at_a_named_choice(call: Any) -> None:
    made = json.loads(call(INVERSION, "run", "--format", "json").stdout)
    changed = INVERSION.replace("work 10", "work 1").replace("arrival 3", "arrival 9")
    done = call(changed, "replay", made["schedule"])
    assert done.returncode == 1
    assert "diverges at choice" in done.stderr
    assert "the file has changed" in done.stderr


def test_schedules_of_check_are_replayed(call: Any) -> None:
    done = call(DEADLOCK, "check", "--format", "json")
    schedule = json.loads(done.stdout)["findings"][0]["schedule"]
    replayed = call(DEADLOCK, "replay", schedule, "--format", "json")
    made = json.loads(replayed.stdout)
    assert (replayed.returncode, made["outcome"], made["ticks"]) == (1, "deadlocked", 2)
    assert made["findings"][0]["kind"] == "deadlock"
    impossible = call(DEADLOCK, "replay", "cl1/aab")
    assert impossible.returncode == 1
    assert "diverges at choice 3" in impossible.stderr


def test_json_tells_how_many_cores_work_when(call: Any) -> None:
    """a works 0-2 and b 0-3; c arrives at 4 and its core is switched to it until 5."""
    text = (
        "processor cpu { cores 2 switch_cost 1 }\nthread a { work 2 }\nthread b { work 3 }\n"
        "thread c with arrival 4 { work 2 }\n"
    )
    made = json.loads(call(text, "run", "--format", "json").stdout)
    wanted = [[0, 2], [2, 1], [3, 0], [5, 1], [7, 0]]
    assert made["metrics"]["parallelism_over_time"] == wanted


def test_the_text_of_a_replay_of_check_is_a_table_of_steps(call: Any) -> None:
    shown = call(DEADLOCK, "replay", "cl1/ab").stdout
    rows = [line.split() for line in shown.splitlines()]
    assert ["A", "B"] in rows
    assert ["1", "acquires", "a", ":3"] in rows
    assert ["2", "acquires", "b", ":5"] in rows
    assert "turnaround" not in shown
    spun = call("shared x = 0\nthread a { loop { x = 1 } }\n", "replay", "cl1/loop=1/aa").stdout
    assert "from here on for ever" in spun


def test_processors_with_policies_of_their_own_are_replayed(call: Any) -> None:
    text = (
        "processor p { cores 1 scheduler fifo }\n"
        "processor q { cores 1 scheduler mlfq(levels: 2, quanta: [1, 2]) }\n"
        "thread a with on p { work 3 }\nthread b with on q { work 4 }\n"
        "thread c with on q { work 2 }\n"
    )
    first = json.loads(call(text, "run", "--format", "json", "--no-stats").stdout)
    assert " " not in first["schedule"]
    done = call(text, "replay", first["schedule"], "--format", "json", "--no-stats")
    again = json.loads(done.stdout)
    assert (done.returncode, again.pop("divergence")) == (0, None), done.stderr
    assert again == first
    changed = text.replace("quanta: [1, 2]", "quanta: [2, 2]")
    assert "diverges at choice" in call(changed, "replay", first["schedule"]).stderr


def test_a_policy_in_a_folder_with_spaces_is_replayed(call: Any, tmp_path: Path) -> None:
    folder = tmp_path / "my policies"
    folder.mkdir()
    (folder / "last.py").write_text(
        "from conclang.machine.policy import Policy\n"
        "class Last(Policy):\n"
        "    name = 'last'\n"
        "    def __init__(self): self.stack = []\n"
        "    def ready(self, thread, cause): self.stack.append(thread)\n"
        "    def pick(self, core): return self.stack.pop() if self.stack else None\n"
    )
    text = "processor p { cores 1 }\nthread a { work 1 }\nthread b { work 1 }\n"
    options = ["--policy", "my policies/last.py:Last", "--format", "json"]
    first = json.loads(call(text, "run", *options).stdout)
    assert first["metrics"]["threads"]["b"]["finish"] == 1
    assert call(text, "replay", first["schedule"]).returncode == 0


@pytest.mark.parametrize("text", ["", "nonsense", "cl1", "cl1/a b", "cl9/ab", "/etc/none"])
def test_what_is_no_schedule_is_bad_usage(call: Any, text: str) -> None:
    done = call(RACY, "replay", text)
    assert done.returncode == 2
    assert "no schedule" in done.stderr


def test_a_schedule_from_a_file(call: Any, tmp_path: Path) -> None:
    done = call(RACY, "run", "--format", "json")
    (tmp_path / "run.json").write_text(done.stdout)
    (tmp_path / "run.txt").write_text(json.loads(done.stdout)["schedule"] + "\n")
    for name in ("run.json", "run.txt"):
        assert call(RACY, "replay", name).returncode == done.returncode


def test_compare_puts_policies_and_cores_side_by_side(call: Any) -> None:
    text = "thread a { work 8 }\nthread b { work 4 }\n"
    options = ["--policies", "fifo; round_robin(quantum: 1)", "--cores", "1,2"]
    made = json.loads(call(text, "compare", *options, "--format", "json").stdout)
    rows = [(r["policy"], r["cores"], r["metrics"]["makespan"], r["speedup"]) for r in made["runs"]]
    assert rows == [
        ("fifo", 1, 12, 1),
        ("fifo", 2, 8, 1.5),
        ("round_robin(quantum: 1)", 1, 12, 1),
        ("round_robin(quantum: 1)", 2, 8, 1.5),
    ]
    table = list(
        csv.DictReader(io.StringIO(call(text, "compare", *options, "--format", "csv").stdout))
    )
    assert [row["turnaround"] for row in table] == ["10", "6", "10", "6"]
    shown = call(text, "compare", *options).stdout
    assert shown.splitlines()[0].split()[:2] == ["policy", "cores"]
    assert call(text, "compare", "--policies", "rr").returncode == 2
    assert call(text, "compare", "--cores", "1,x").returncode == 2


def test_hostile_names_and_texts_do_not_steer_the_terminal(call: Any) -> None:
    text = 'scenario "\u202eevil\u0007"\nthread a { print "\u001b[31m{1}\\n<b>" }\n'
    done = call(text, "run")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_run_tells_the_speed_up_over_one_core(call: Any) -> None:
    text = "thread a { work 8 }\nthread b { work 4 }\n"
    assert json.loads(call(text, "run", "--format", "json").stdout)["metrics"]["speedup"] == 1.5
    one = json.loads(call(text, "run", "--cores", "1", "--format", "json").stdout)
    assert one["metrics"]["speedup"] == 1
    shown = call(text, "run").stdout
    assert "speed-up over one core 1.5" in shown
    assert "speed-up" not in call(text, "run", "--cores", "1").stdout


def test_compare_measures_against_one_core_even_if_it_is_not_asked_for(call: Any) -> None:
    text = "thread a { work 8 }\nthread b { work 4 }\n"
    made = json.loads(
        call(text, "compare", "--policies", "fifo", "--cores", "2,4", "--format", "json").stdout
    )
    assert [row["speedup"] for row in made["runs"]] == [1.5, 1.5]


@pytest.mark.parametrize("text", [RACY, DEADLOCK, INVERSION])
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(on_terminal: Any, text: str, columns: int) -> None:
    """But for the schedule and the file's own lines, which are to be copied."""
    shown = on_terminal(text, columns, "run", "a.cl")
    own = ("schedule:", "holds ", "violated ")
    lines = [line for line in shown.splitlines() if not line.startswith(own)]
    assert max(map(len, lines)) <= columns
