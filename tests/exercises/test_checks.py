"""Each kind of check: what passes, what fails, with which points and which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.exercises.constructs import counts
from conclang.exercises.grading import PLAIN, grade
from conclang.exercises.handing_in import Submission
from conclang.exercises.table import CONSTRUCTS
from conclang.pipeline import load_text
from tests.exercises.kit import DONE, START, exercise, judged, messages, statuses

# -- expect ----------------------------------------------------------------------------------------


def test_partial_credit_and_evidence(tmp_path: Path) -> None:
    made = exercise(
        tmp_path / "x",
        "  - {expect: finally count == 2 * N, points: 3}\n  - {expect: no race, points: 0.5}\n"
        "  - expect: no deadlock\n",
    )
    grade = judged(made, START)
    assert statuses(grade) == ["failed", "failed", "passed"]
    assert (grade.earned, grade.points, grade.exit_code) == (1, 4.5, 1)
    [first] = grade.checks[0].outcome.evidence
    assert first.message == "expect finally count == 2 * N: false at an end"
    assert first.steps == 4
    assert first.schedule.startswith("cl1/")
    assert any("reads count" in line for line in first.picture)
    assert judged(made, DONE).full


def test_the_students_own_expectations_do_not_count(tmp_path: Path) -> None:
    made = exercise(tmp_path / "x", "  - expect: no race\n")
    cheat = START.replace("// edit: end", "expect race\nexpect finally count == 5\n// edit: end")
    assert statuses(judged(made, cheat)) == ["failed"]
    assert statuses(judged(made, DONE.replace("// edit: end", "expect race\n// edit: end"))) == [
        "passed"
    ]


@pytest.mark.parametrize(
    ("thread", "words"),
    [
        ("thread bob { lock m { lock m { count += 1 } } }", "deadlock"),
        ("thread bob { lock m { count += 1 }; release m }", "release of a lock not held"),
        ("thread bob { lock m { count += 1; assert count == 7 } }", "assertion failed"),
        ("thread bob { lock m { count = count + 1 / (count - count) } }", "division by zero"),
    ],
)
def test_what_nobody_asked_about_fails_every_expectation(
    tmp_path: Path, thread: str, words: str
) -> None:
    made = exercise(tmp_path / "x", "  - expect: reachable count == 1\n")
    old = "thread bob { repeat N { lock m { count += 1 } } }"
    assert old in DONE
    grade = judged(made, DONE.replace(old, thread))
    assert statuses(grade) == ["failed"]
    assert words in messages(grade)


def test_a_name_that_is_gone_fails_only_its_check(tmp_path: Path) -> None:
    start = START.replace("shared count = 0\n", "").replace(
        "threads\n", "threads\nshared count = 0\n"
    )
    done = DONE.replace("shared count = 0\n", "").replace(
        "threads\n", "threads\nshared count = 0\n"
    )
    made = exercise(
        tmp_path / "x",
        "  - expect: finally count == 2\n  - expect: no race\n",
        counting_cl=start,
        solution_cl=done,
    )
    grade = judged(made, done.replace("count", "total"))
    assert statuses(grade) == ["failed", "passed"]
    assert "cannot be asked of the file any more" in messages(grade)


def test_what_does_not_compile_is_told_with_its_place(tmp_path: Path) -> None:
    made = exercise(tmp_path / "x", "  - expect: no race\n")
    grade = judged(made, START.replace("count += 1", "cuont += 1"))
    assert grade.status == "mistaken"
    assert any("counting.cl:8:27: error[CL0301]" in line for line in grade.details), grade.details


def test_a_line_too_costly_leaves_the_others_their_verdict(tmp_path: Path) -> None:
    more = "limits: {states: 300}\n"
    big = "thread other { repeat 100 { lock m { count += 0 } } }\n// edit: end"
    made = exercise(tmp_path / "x", "  - expect: no race\n  - expect: reachable count == 1\n", more)
    grade = judged(made, DONE.replace("// edit: end", big))
    assert statuses(grade) == ["limit", "passed"]
    assert grade.checks[0].outcome.limit == "states"
    assert grade.exit_code == 3


@pytest.mark.parametrize(
    "thread",
    [
        "thread bob { loop { } }",
        "thread bob { loop { lock m { } } }",
        "shared flag = 0\nthread bob { while flag == 0 { } }",
    ],
)
def test_a_program_that_goes_on_for_ever_fails_what_is_said_of_its_end(
    tmp_path: Path, thread: str
) -> None:
    checks = "  - expect: finally count == 2\n  - timed: makespan < 99\n"
    made = exercise(tmp_path / "x", checks, "limits: {steps: 20000}\n")
    old = "thread bob { repeat N { lock m { count += 1 } } }"
    grade = judged(made, DONE.replace(old, thread))
    assert grade.checks[0].outcome.status == "failed", messages(grade)
    assert grade.checks[1].outcome.status in ("failed", "limit")
    assert "livelock" in messages(grade)


def test_a_deadlocked_run_has_no_good_metrics(tmp_path: Path) -> None:
    made = exercise(tmp_path / "x", "  - timed: makespan < 99\n")
    text = DONE.replace("thread bob { repeat N", "thread bob { lock m { lock m { } } repeat N")
    grade = judged(made, text)
    assert statuses(grade) == ["failed"]
    assert "does not come to its end (deadlocked)" in messages(grade)


# -- timed -----------------------------------------------------------------------------------------

WORK = """\
// edit: begin all
thread a { work 6 }
thread b { work 2 }
// edit: end
"""


def test_metrics_on_named_machines(tmp_path: Path) -> None:
    more = 'machines:\n  one: {cores: 1, policy: "round_robin(quantum: 2)"}\n  two: {cores: 2}\n'
    made = exercise(
        tmp_path / "x",
        "  - {timed: turnaround(b) <= 4, machines: one}\n"
        "  - {timed: [makespan == 6, utilization > 0.6], machines: two}\n"
        "  - {timed: makespan <= 6, machines: [one, two]}\n",
        more,
        counting_cl=WORK,
        solution_cl=WORK,
    )
    grade = judged(made, WORK)
    assert statuses(grade) == ["passed", "passed", "failed"]
    [told] = grade.checks[2].outcome.evidence
    assert told.message == (
        "expect timed makespan <= 6 under round_robin(quantum: 2) on 1 cores: makespan is 8"
    )
    assert any("AABBAAAA" in line for line in told.picture), told.picture


# -- uses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uses", "text", "words"),
    [
        ("{forbid: lock}", DONE, "`lock` is not allowed"),
        ("{forbid: [atomic, sleep]}", DONE, ""),
        ("{require: atomic}", DONE, "`atomic` must be used"),
        ("{at_most: {lock: 1}}", DONE, ""),
        (
            "{at_most: {lock: 1}}",
            DONE + "lock more[2]\n",
            "at most 1 × `lock` allowed, there are 3",
        ),
        ("{at_least: {lock: 2}}", DONE, "at least 2 × `lock` wanted, there are 1"),
        ("{forbid: yield}", DONE.replace("count += 1", "yield; count += 1"), "`yield` is not"),
        ("{forbid: atomic_block}", DONE.replace("lock m {", "atomic {"), "`atomic { }` is not"),
        ("{require: try_acquire}", DONE, "must be used"),
        ("{at_most: {thread: 1}}", DONE, "at most 1 × `thread` allowed, there are 2"),
        ("{forbid: [spawn, join, process, device]}", DONE, ""),
    ],
)
def test_constructs(tmp_path: Path, uses: str, text: str, words: str) -> None:
    plain = START.replace("// edit: begin threads\n", "").replace("// edit: end\n", "")
    made = exercise(tmp_path / "x", f"  - uses: {uses}\n", counting_cl=plain)
    grade = judged(made, text)
    assert statuses(grade) == (["failed"] if words else ["passed"]), messages(grade)
    assert words in messages(grade)


EVERYTHING = """\
process other { thread d { } }
runtime pool { workers 2 }
lock m
rwlock table
semaphore free(1)
condition turn
barrier all(1)
event done
channel jobs[2](1)
device disk
atomic hits = 0
shared x = 0
fn f() { work 1 }
thread t[i in 0..2] {
  let a = spawn f()
  let b = go f() on pool
  let c = async f()
  join a
  await b
  await c
  atomic { x = choose(1, 2) }
  lock m { signal turn; broadcast turn }
  select { case v = <-jobs[0] { print v }; default { } }
  section inside { if try_acquire free { release free } }
  io 1 on disk
  sleep 1
  yield
}
thread last { join t[0]; close jobs[1] }
"""


def test_every_construct_is_counted() -> None:
    loaded = load_text(EVERYTHING)
    assert loaded.program is not None, list(loaded.bag)
    found = counts(loaded.program, loaded.scenario)
    several = {"channel": 2, "thread": 4, "join": 2, "await": 2}
    assert found == {name: several.get(name, 1) for name in CONSTRUCTS if name != "busy_waiting"}


SPINS = {
    "while flag == 0 { }": True,
    "while flag == 0 { yield }": True,
    "while flag == 0 { sleep 5 }": True,
    "let n = 0; while flag == 0 { n = 1 - n }": True,
    "loop { lock m { if flag == 1 { break } } }": True,
    "while not try_acquire m { }; release m": True,
    "lock m { while flag == 0 { wait ready } }": False,
    "wait done": False,
    "let x = 0; while x < 3 { x += 1 }": False,
    "while count < 3 { count += 1 }": False,
    "repeat 5 { lock m { count += 1 } }": False,
    "loop { section eating { count = 1 } }": False,
    "loop { let v = hits; if hits.cas(v, v + 1) { break } }": False,
    "let n = 0; while flag == 0 { n += 1 }": True,
    "loop { select { case v = <-mail { break } default { } } }": True,
    "close mail; loop { select { case <-mail { } } }": True,
    "for v in mail { count = v }": False,
    "loop { select { case v = <-mail { if v == 3 { break } } } }": False,
}


@pytest.mark.parametrize(("body", "busy"), SPINS.items(), ids=range(len(SPINS)))
def test_busy_waiting(tmp_path: Path, body: str, busy: bool) -> None:
    text = (
        "shared flag = 0\nshared count = 0\natomic hits = 0\nlock m\ncondition ready\n"
        f"event done\nchannel mail\nthread a {{ {body} }}\n"
        "thread b { lock m { flag = 1; signal ready }; signal done; hits.add(1) }\n"
    )
    made = exercise(
        tmp_path / "x",
        "  - uses: {forbid: busy_waiting}\n",
        counting_cl="shared x = 0\n",
        solution_cl="shared x = 0\n",
    )
    grade = judged(made, text)
    assert statuses(grade) == (["failed"] if busy else ["passed"])
    if busy:
        assert "busy waiting is not allowed here" in messages(grade)


# -- allows ----------------------------------------------------------------------------------------

READERS = """\
rwlock t
shared page = 0
// edit: begin readers
thread reader[i in 0..2] { read t { section reading { let x = page; work 5; if x < 0 { print "" } } } }
thread writer { write t { page += 1 } }
// edit: end
"""


def readers(path: Path, allows: str):  # type: ignore[no-untyped-def]
    return exercise(path, f"  - allows: {allows}\n", counting_cl=READERS, solution_cl=READERS)


@pytest.mark.parametrize(
    ("allows", "words"),
    [
        ("{together: {reading: 2}}", "never are 2 threads inside `reading` at the same time"),
        ("{within: {makespan: 20}}", "at most 20 % more is allowed"),
        ("{within: {parallelism: 10}}", "at most 10 % less is allowed"),
        ("{within: {waiting: 0, utilization: 0}}", "less is allowed"),
        ("{possible: page == 1, within: {makespan: 10}}", "makespan is"),
    ],
)
def test_over_synchronised(tmp_path: Path, allows: str, words: str) -> None:
    made = readers(tmp_path / "x", allows)
    assert statuses(judged(made, READERS)) == ["passed"]
    grade = judged(made, READERS.replace("read t {", "write t {"))
    assert statuses(grade) == ["failed"]
    assert words in messages(grade)


def test_required_outcomes_and_states(tmp_path: Path) -> None:
    made = readers(tmp_path / "x", "{possible: page == 1, reachable: page == 0}")
    assert statuses(judged(made, READERS)) == ["passed"]
    lazy = READERS.replace("page += 1", "page += 2")
    grade = judged(made, lazy)
    assert "expect possible page == 1: it never happens" in messages(grade)


def test_a_run_without_end_cannot_be_compared(tmp_path: Path) -> None:
    made = readers(tmp_path / "x", "{within: {makespan: 20}}")
    grade = judged(made, READERS.replace("page += 1", "page += 1; write t { }"))
    assert statuses(grade) == ["failed"]
    assert "does not come to its end (deadlocked)" in messages(grade)


# -- catches ---------------------------------------------------------------------------------------

WRITE_EXPECTS = """\
shared count = 0
lock m
thread alice { lock m { count += 1 } }
thread bob { lock m { count += 1 } }
// edit: begin expectations
// edit: end
"""
MUTANTS = """\
  - catches:
      mutants:
        - {name: bob forgets the lock, replace: "lock m { count += 1 }", with: "count += 1", nth: 2}
        - {name: bob counts twice, replace: "count += 1 } }\\n// edit", with: "count += 2 } }\\n// edit"}
        - {name: alice keeps the lock, file: keeps.cl}
    points: 3
"""


def filled(lines: str) -> str:
    return WRITE_EXPECTS.replace("expectations\n", f"expectations\n{lines}\n")


@pytest.mark.parametrize(
    ("lines", "points", "words"),
    [
        ("", 0, "there is no `expect` line yet"),
        ("expect always true", 0, "not caught: bob forgets the lock"),
        ("expect finally count == 2", 3, ""),
        ("expect possible count == 2", 1, "not caught: bob forgets the lock"),
        ("expect no deadlock", 1, "not caught: bob counts twice"),
        ("expect no race", 1, "not caught: alice keeps the lock"),
        ("expect finally count == 3", 0, "does not hold even where nothing is wrong"),
        ("expect no race\nexpect no deadlock\nexpect finally count >= 2", 2, "bob counts twice"),
    ],
)
def test_expectations_must_tell_right_from_wrong(
    tmp_path: Path, lines: str, points: int, words: str
) -> None:
    keeps = WRITE_EXPECTS.replace("lock m { count += 1 } }", "acquire m; count += 1 }", 1)
    made = exercise(
        tmp_path / "x",
        MUTANTS,
        counting_cl=WRITE_EXPECTS,
        solution_cl=filled("expect finally count == 2"),
        keeps_cl=keeps,
    )
    grade = judged(made, filled(lines))
    assert grade.earned == points, messages(grade)
    assert words in messages(grade)


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ("expect finally count == 2\nexpect no race\nexpect no deadlock", 5),
        ("expect always true", 0),
        ("expect finally count == 2", 5),
        ("expect no race", 3),
    ],
)
def test_slips_are_made_by_itself(tmp_path: Path, lines: str, points: int) -> None:
    made = exercise(
        tmp_path / "x",
        "  - {catches: {slips: 5}, points: 5}\n",
        counting_cl=WRITE_EXPECTS,
        solution_cl=filled("expect finally count == 2"),
    )
    grade = judged(made, filled(lines))
    assert grade.earned == points, messages(grade)


def test_a_check_that_catches_nothing_is_a_mistake(tmp_path: Path) -> None:
    from conclang.exercises.exercise import load_exercise
    from tests.exercises.kit import folder

    loaded = load_exercise(str(folder(tmp_path / "x", "  - catches: {}\n")))
    assert [d.code for d in loaded.bag] == ["CL1007"]


# -- answers ---------------------------------------------------------------------------------------

ASKED = """\
shared x = 0
lock m
lock n
const W = 4
processor cpu { cores 1 }
thread a { lock m { lock n { x += 1 } }; work W }
thread b { lock n { lock m { x += 1 } }; work 2 }
"""
QUESTIONS = [
    ("outcomes: x", "[0, 2]", ["[2, 0]", "2, 0, 0"][:1], ["[0, 1, 2]", "[2]", "5", "{a: 1}"]),
    ("flaw: deadlock", "true", ["yes"], ["false", "no", "perhaps", "[]"]),
    ("flaw: race", "false", [], ["true"]),
    ("holds: finally x == 2", "false", [], ["true"]),
    ("reach: deadlock", "[a, b]", ["b a", "[b, a]", "a, b"], ["[a]", "[a, a]", "[c]", "[a, b, a]"]),
]


@pytest.mark.parametrize(("question", "right", "also", "wrong"), QUESTIONS, ids=range(5))
def test_questions(
    tmp_path: Path, question: str, right: str, also: list[str], wrong: list[str]
) -> None:
    made = exercise(
        tmp_path / "x",
        f"  - answer: {{key: q, ask: What, {question}}}\n  - expect: reachable count == 1\n",
        "scenario: asked.cl\n",
        asked_cl=ASKED,
    )
    for answer in [right, *also]:
        grade = judged(made, START, answers=f"q: {answer}\n")
        assert grade.checks[0].outcome.status == "passed", (answer, messages(grade))
    for answer in [*wrong, "", "?!"]:
        grade = judged(made, START, answers=f"q: {answer}\n")
        assert grade.checks[0].outcome.status == "failed", answer


TIMES = [
    ("metric: turnaround(b)", "one", "4", ["4.0", "8/2"], ["5", "4.01", "four", "1e9", "1/0"]),
    ("metric: average(turnaround)", "one", "5", [], ["6"]),
    ("metric: average(waiting)", "three", "4/3", ["1.33", "1.333"], ["1.3", "1.34"]),
    (
        "timeline: cpu",
        "one",
        "[a, a, b, b, a, a]",
        ["a a b b a a", "a a b b a a idle"],
        ["a a", "b"],
    ),
]


@pytest.mark.parametrize(("question", "machine", "right", "also", "wrong"), TIMES, ids=range(4))
def test_questions_about_time(
    tmp_path: Path, question: str, machine: str, right: str, also: list[str], wrong: list[str]
) -> None:
    asked = "processor cpu { cores 1 }\nthread a { work 4 }\nthread b { work 2 }\n"
    if machine == "three":
        asked += "thread c { work 0 }\nthread d { work 0 }\n".replace("work 0", "work 1")
        asked = asked.replace("thread d { work 1 }\n", "")
    more = (
        "scenario: asked.cl\nmachines:\n"
        '  one: {cores: 1, policy: "round_robin(quantum: 2)"}\n  three: {cores: 1, policy: srtf}\n'
    )
    made = exercise(
        tmp_path / "x",
        f"  - answer: {{key: q, ask: What, {question}, machine: {machine}}}\n"
        "  - expect: reachable count == 1\n",
        more,
        asked_cl=asked,
    )
    for answer in [right, *also]:
        grade = judged(made, START, answers=f"q: {answer}\n")
        assert grade.checks[0].outcome.status == "passed", (answer, messages(grade))
    for answer in wrong:
        grade = judged(made, START, answers=f"q: {answer}\n")
        assert grade.checks[0].outcome.status == "failed", answer


@pytest.mark.parametrize(
    ("which", "text", "right", "wrong"),
    [
        ("complete", "shared x = 0\nthread a { x = 1 }\nthread b { x = 2 }\n", "2", "1"),
        ("deadlocked", ASKED, "2", "3"),
        ("complete", "shared x = 0\nthread a { loop { x = 1 } }\n", "endless", "7"),
    ],
)
def test_numbers_of_schedules(
    tmp_path: Path, which: str, text: str, right: str, wrong: str
) -> None:
    made = exercise(
        tmp_path / "x",
        f"  - answer: {{key: q, ask: What, schedules: {which}}}\n  - expect: reachable count == 1\n",
        "scenario: asked.cl\n",
        asked_cl=text,
    )
    good = judged(made, START, answers=f"q: {right}\n")
    assert good.checks[0].outcome.status == "passed", messages(good)
    assert judged(made, START, answers=f"q: {wrong}\n").checks[0].outcome.status == "failed"


def test_a_misspelt_key_is_guessed(tmp_path: Path) -> None:
    made = exercise(
        tmp_path / "x",
        "  - answer: {key: finals, ask: What, outcomes: x}\n  - expect: reachable count == 1\n",
        "scenario: asked.cl\n",
        asked_cl=ASKED,
    )
    grade = judged(made, START, answers="final: [0, 2]\n")
    assert "there is no answer to `finals` yet (is it `final`?)" in messages(grade)


# -- what is told when ------------------------------------------------------------------------------


def test_timed_runs_come_last_and_what_is_known_before_is_told(tmp_path: Path) -> None:
    made = exercise(
        tmp_path / "x",
        "  - timed: makespan < 99\n  - expect: finally count == 2\n  - timed: makespan < 1\n",
    )
    heard: list[dict[int, str]] = []
    submission = Submission("x", ((made.file, DONE),))
    told = lambda outcomes: heard.append({n: o.status for n, o in outcomes.items()})  # noqa: E731
    final = grade(made, submission, made.variant(None), PLAIN, told)
    one, two, three = (check.number for check in made.checks)
    assert heard == [
        {two: "passed"},
        {two: "passed", one: "passed"},
        {two: "passed", one: "passed", three: "failed"},
    ]
    assert statuses(final) == ["passed", "passed", "failed"]
