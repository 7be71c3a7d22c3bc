"""Each form of `expect`, and each flaw, with a twin for which the answer is the other one."""

from __future__ import annotations

import pytest

from tests.unit.explore.helpers import kinds, look, only, statuses, values

COUNTER = "shared count = 0\nthread p[i in 0..2] { count += 1 }\n"
LOCKED = "shared count = 0\nlock m\nthread p[i in 0..2] { lock m { count += 1 } }\n"
ABBA = (
    "lock a\nlock b\nthread one { lock a { lock b { } } }\nthread two { lock b { lock a { } } }\n"
)

JUDGED = [
    ("always count <= 2", COUNTER, "holds"),
    ("always count < 2", COUNTER, "violated"),
    ("never count == 3", COUNTER, "holds"),
    ("never count == 2", COUNTER, "violated"),
    ("reachable count == 2", COUNTER, "holds"),
    ("reachable count == 3", COUNTER, "violated"),
    ("finally count == 2", LOCKED, "holds"),
    ("finally count == 2", COUNTER, "violated"),
    ("possible count == 1", COUNTER, "holds"),
    ("possible count == 1", LOCKED, "violated"),
    ("outcomes count == {1, 2}", COUNTER, "holds"),
    ("outcomes count == {2}", COUNTER, "violated"),
    ("outcomes count == {1, 2}", LOCKED, "violated"),
    ("race on count", COUNTER, "holds"),
    ("race on count", LOCKED, "violated"),
    ("no race on count", COUNTER, "violated"),
    ("no race", LOCKED, "holds"),
    ("no lost_update", COUNTER, "violated"),
    ("lost_update", COUNTER, "holds"),
    ("no lost_update", LOCKED, "holds"),
    ("deadlock", ABBA, "holds"),
    ("no deadlock", ABBA, "violated"),
    ("deadlock", LOCKED, "violated"),
    ("no deadlock", LOCKED, "holds"),
    ("no leak", ABBA, "holds"),
    ("eventually count == 2", LOCKED, "holds"),
    ("eventually count == 2", COUNTER, "violated"),
    ("count == 1 leads to count == 2", LOCKED, "holds"),
    ("no starvation", LOCKED, "holds"),
    ("starvation", LOCKED, "violated"),
    ("no livelock", LOCKED, "holds"),
    ("no atomicity", LOCKED, "holds"),
    ('error "zero"', LOCKED, "violated"),
]


@pytest.mark.parametrize(("expectation", "text", "status"), JUDGED)
def test_a_line_is_judged(expectation: str, text: str, status: str) -> None:
    result = look(f"{text}expect {expectation}\n")
    assert statuses(result) == [status]
    if status == "violated":
        assert result.verdict == "violated"


def test_a_deadlock_violates_finally() -> None:
    result = look(ABBA + "shared x = 1\nexpect finally x == 1\nexpect deadlock\n")
    assert statuses(result) == ["violated", "holds"]


def test_a_deadlock_fails_without_any_line() -> None:
    result = look(ABBA)
    assert result.verdict == "violated"
    finding = only(result, "deadlock")
    assert finding.fails
    assert not finding.expected
    assert (finding.steps, finding.switches) == (2, 1)
    assert finding.threads == ("one", "two")
    assert set(finding.objects) == {"a", "b"}
    assert "circle: one → two → one" in finding.cause
    assert "since line 3" in finding.cause


def test_an_expected_deadlock_fails_nothing_and_is_listed() -> None:
    result = look(ABBA + "expect deadlock\n")
    assert result.verdict == "holds"
    assert only(result, "deadlock").expected


def test_a_race_names_both_places_and_the_locks_there() -> None:
    text = "shared x = 0\nlock m\nthread a { lock m { x = 1 } }\nthread b { x = 2 }\n"
    finding = only(look(text), "race")
    assert finding.objects == ("x",)
    assert "holding m" in finding.cause
    assert "holding no lock" in finding.cause
    assert finding.steps == 1


def test_no_race_where_everybody_holds_the_lock() -> None:
    assert kinds(look(LOCKED)) == []


def test_a_lost_update_says_what_was_lost() -> None:
    finding = only(look(COUNTER + "expect race on count\n"), "lost_update")
    assert finding.steps == 4
    assert not finding.fails
    assert "is lost" in finding.cause


def test_a_lost_update_with_steps_in_between() -> None:
    text = (
        "shared x = 0\nshared y = 0\n"
        "thread a { let old = x\n y = 1\n x = old + 1 }\nthread b { x = 5 }\n"
    )
    assert "lost_update" in kinds(look(text))
    alone = text.replace("thread b { x = 5 }", "thread b { y = 5 }")
    assert "lost_update" not in kinds(look(alone))


def test_a_decision_made_again_is_no_atomicity_violation() -> None:
    text = (
        "shared x = 0\nlock m\nthread p[i in 0..2] {\n"
        "  let free = false\n  lock m { free = x == 0 }\n"
        "  if free { lock m { if x == 0 { x = 1 } } }\n}\n"
    )
    assert "atomicity" not in kinds(look(text))
    once = text.replace("if x == 0 { x = 1 }", "x += 1")
    assert "atomicity" in kinds(look(once))


def test_an_assertion_shows_its_message_and_fails() -> None:
    text = COUNTER.replace("count += 1", 'count += 1\n assert count > 1, "was {count}"')
    finding = only(look(text + "expect race on count\n"), "assertion")
    assert finding.message == "assertion failed: was 1"
    assert finding.steps == 3


def test_an_expected_error_fails_nothing() -> None:
    text = "lock m\nthread a { release m }\n"
    assert look(text).verdict == "violated"
    result = look(text + 'expect error "not held"\n')
    assert result.verdict == "holds"
    assert only(result, "error").expected


def test_a_task_that_nobody_serves_is_a_leak() -> None:
    text = "channel c\nfn work_() { c <- 1 }\nthread main_thread { go work_() }\n"
    finding = only(look(text), "leak")
    assert finding.fails
    assert finding.steps == 1
    assert "nobody receives" in finding.cause


def test_a_thread_left_behind_while_others_go_on_for_ever_is_a_leak() -> None:
    text = (
        "shared x = 0\nlock m\nevent never_set\n"
        "thread busy { loop { x += 1\n x = 0 } }\nthread stuck { wait never_set }\n"
    )
    finding = only(look(text), "leak")
    assert finding.threads == ("stuck",)
    assert finding.steps == 0


def test_a_daemon_may_be_left() -> None:
    text = 'event e\nthread d with daemon { wait e }\nthread a { let x = 1\n print "{x}" }\n'
    assert look(text).verdict == "holds"


def test_the_cause_of_a_deadlock_names_the_signal_nobody_heard() -> None:
    text = "lock m\ncondition c\nthread w { lock m { wait c } }\nthread s { signal c }\n"
    finding = only(look(text), "deadlock")
    assert "s had signalled c (line 4) when nobody was waiting" in finding.cause


def test_failed_schedules_have_outcomes_too() -> None:
    text = "shared x = 0\nthread a { x = 1\n x = 2 / (x - 1) }\n"
    result = look(text, count=True)
    assert values(result, "x") == {1}
    assert result.counts is not None
    assert (result.counts.complete, result.counts.failed) == (1, 1)


def test_at_most_counts_the_threads_inside() -> None:
    text = "shared x = 0\nthread p[i in 0..3] { section s { x = i } }\nexpect race on x\n"
    assert look(text + "expect at most 3 in s\n").verdict == "holds"
    assert look(text + "expect at most 2 in s\n").verdict == "violated"


def test_a_livelock_and_a_starvation_have_a_real_loop() -> None:
    text = (
        "shared want[2] = false\nthread p[i in 0..2] {\n want[i] = true\n"
        " while want[1 - i] { want[i] = false\n want[i] = true }\n want[i] = false\n}\n"
        "expect livelock\nexpect race on want\n"
    )
    finding = only(look(text), "livelock")
    assert 0 < finding.loop < len(finding.moves)
    assert {move.thread for move in finding.moves[finding.loop :]} == {"p[0]", "p[1]"}
