"""What a run says about its problems, word for word; the figures in each are worked out here."""

from __future__ import annotations

import pytest

from conclang.analyses.finding import Finding
from conclang.analyses.runner import Request, run_program
from conclang.pipeline import load_text

ONE = "processor cpu { cores 1 scheduler round_robin(1) }\n"
TWO = "processor cpu { cores 2 scheduler round_robin(1) }\n"
FREE = "processor cpu { cores 1 scheduler priority cost { sync 0 } }\n"


def findings(text: str, kind: str, **options: object) -> list[Finding]:
    program = load_text(text).program
    assert program is not None
    result = run_program(program, Request(**options))  # type: ignore[arg-type]
    return [found for found in result.findings if found.kind == kind]


def told(text: str, kind: str, **options: object) -> tuple[str, str]:
    [found] = findings(text, kind, **options)
    return found.message, found.cause


# -- deadlock ------------------------------------------------------------------------------------


def test_deadlock_names_the_ring_the_holders_and_the_lines() -> None:
    """One core, a tick each in turn: alice has a at 1, bob b at 2; then each tries the other's."""
    text = ONE + (
        "lock a\nlock b\n"
        "thread alice {\n lock a {\n  lock b { work 1 }\n }\n}\n"
        "thread bob {\n lock b {\n  lock a { work 1 }\n }\n}\n"
    )
    assert told(text, "deadlock") == (
        "deadlock: alice and bob wait for each other in a ring",
        "alice has held a since tick 1, line 5, and has waited since tick 3, line 6, for b, which "
        "bob holds. bob has held b since tick 2, line 10, and has waited since tick 4, line 11, "
        "for a, which alice holds.",
    )
    [found] = findings(text, "deadlock")
    assert (found.threads, found.objects) == (("alice", "bob"), ("b", "a"))
    assert [(s.line, s.label) for s in found.spots] == [
        (6, "alice waits for b"),
        (11, "bob waits for a"),
    ]


def test_deadlock_of_one_thread_with_itself() -> None:
    text = "lock m\nthread t {\n lock m {\n  lock m { }\n }\n}\n"
    assert told(text, "deadlock") == (
        "deadlock: t waits for itself",
        "t has held m since tick 1, line 3, and has waited since tick 2, line 4, for m, which it "
        "holds itself (no lock `with recursive`).",
    )


def test_deadlock_of_three_philosophers_and_one_who_waits_for_them() -> None:
    """The guest finds a core at 2, when the others wait, and wants its fork at 7."""
    text = (
        "processor cpu { cores 3 scheduler fifo }\nlock forks[3]\n"
        "thread p[i in 0..3] {\n lock forks[i] {\n  lock forks[(i + 1) % 3] { }\n }\n}\n"
        "thread guest { sleep 5\n lock forks[0] { } }\n"
    )
    message, cause = told(text, "deadlock")
    assert message == "deadlock: p[0], p[1] and p[2] wait for each other in a ring"
    assert cause == (
        "p[0] has held forks[0] since tick 1, line 4, and has waited since tick 2, line 5, for "
        "forks[1], which p[1] holds. "
        "p[1] has held forks[1] since tick 1, line 4, and has waited since tick 2, line 5, for "
        "forks[2], which p[2] holds. "
        "p[2] has held forks[2] since tick 1, line 4, and has waited since tick 2, line 5, for "
        "forks[0], which p[0] holds. "
        "guest has waited since tick 8, line 9, for forks[0], which p[0] holds."
    )


def test_a_ring_is_found_while_others_go_on() -> None:
    text = ONE + (
        "lock a\nlock b\nthread x { lock a { lock b { } } }\nthread y { lock b { lock a { } } }\n"
        "thread z { work 30 }\n"
    )
    message, _ = told(text, "deadlock")
    assert message == "deadlock: x and y wait for each other in a ring"


@pytest.mark.parametrize(
    ("declared", "body", "words"),
    [
        ("semaphore s(0)", "acquire s", "for s, which is at 0 and which nobody can release any"),
        ("event e", "wait e", "for e, which nobody can set any more."),
        ("barrier b(3)", "wait b", "at b for 2 more threads."),
        ("channel c", "c <- 1", "to send on c, from which nobody can receive any more."),
        ("channel c(2)", "<-c", "for a message from c, to which nobody can send any more."),
        ("channel c", "select { case <-c { } }", "in a select with no arm that can be taken."),
        ("lock l\ncondition c", "lock l { wait c }", "for a signal of c, which nobody can give"),
        ("rwlock w", "write w { read w { } }", "for w, which it holds itself."),
    ],
)
def test_deadlock_says_what_each_kind_of_wait_is_for(declared: str, body: str, words: str) -> None:
    message, cause = told(f"{declared}\nthread t {{ {body} }}\n", "deadlock")
    assert message in ("deadlock: t waits for ever", "deadlock: t waits for itself")
    assert words in cause


def test_who_waits_for_the_end_of_one_that_never_ends() -> None:
    text = "semaphore s(0)\nfn f() { acquire s }\nthread t { let h = spawn f()\n join h }\n"
    message, cause = told(text, "deadlock")
    assert message == "deadlock: t and f#1 wait for ever"
    assert "t has waited since tick 2, line 4, for the end of f#1." in cause


def test_leak_of_a_spawned_thread() -> None:
    """spawn ends at 1, f is at its receive at 2."""
    text = "channel c\nfn f() { <-c }\nthread t { spawn f() }\n"
    assert told(text, "leak") == (
        "leak: f#1 waits for ever",
        "f#1 has waited since tick 2, line 2, for a message from c, to which nobody can send any "
        "more.",
    )


def test_a_task_that_cannot_get_at_its_loop_is_named() -> None:
    """A lock is held across `await`; another task blocks the loop at it, so nobody frees it."""
    text = (
        "lock m\nfn nap() { sleep 5 }\n"
        "fn a() { lock m { let f = async nap()\n await f } }\n"
        "fn b() { lock m { } }\n"
        "thread t { let x = async a()\n let y = async b()\n await x\n await y }\n"
    )
    _, cause = told(text, "deadlock")
    assert "b#1 has waited since tick" in cause
    assert "for m, which a#1 holds." in cause
    assert "nap#1 could go on, but b#1 holds its event loop." in cause


# -- races and lost updates ----------------------------------------------------------------------

RACY = TWO + ("shared count = 0\nthread alice {\n count += 1\n}\nthread bob {\n count += 1\n}\n")


def test_race_names_both_accesses_and_the_locks_held() -> None:
    """Both read at 1, alice writes at 2 before bob, by core: bob's read and alice's write meet."""
    assert told(RACY, "race") == (
        "race on count: bob and alice",
        "bob reads count at tick 1, line 7, holding no lock, and alice writes count at tick 2, "
        "line 4, holding no lock. Nothing orders the two: no lock that both hold, no message, no "
        "join.",
    )


def test_race_under_different_locks_names_them() -> None:
    text = TWO + (
        "shared x = 0\nlock a\nlock b\n"
        "thread r { lock a { print x } }\nthread w { sleep 4\n lock b { x = 1 } }\n"
    )
    message, cause = told(text, "race")
    assert message == "race on x: r and w"
    assert cause == (
        "r reads x at tick 2, line 5, holding a, and w writes x at tick 6, line 7, holding b. "
        "Nothing orders the two: no lock that both hold, no message, no join."
    )


def test_what_happens_after_a_message_races_still() -> None:
    """The sender writes after its send: the receiver knows nothing of that."""
    text = "shared x = 0\nchannel c\nthread a { c <- 1\n x = 1 }\nthread b { <-c\n print x }\n"
    message, _ = told(text, "race")
    assert message == "race on x: a and b"
    before = text.replace("c <- 1\n x = 1", "x = 1\n c <- 1")
    assert findings(before, "race") == []


@pytest.mark.parametrize(
    "text",
    [
        "lock m\nshared x = 0\nthread a { lock m { x = 1 } }\nthread b { lock m { print x } }\n",
        "semaphore s(0)\nshared x = 0\nthread a { x = 1\n release s }\n"
        "thread b { acquire s\n print x }\n",
        "barrier m(2)\nshared x = 0\nthread a { x = 1\n wait m }\nthread b { wait m\n print x }\n",
        "event e\nshared x = 0\nthread a { x = 1\n signal e }\nthread b { wait e\n print x }\n",
        "shared x = 0\nfn f() { x = 1 }\nthread a { let h = spawn f()\n join h\n print x }\n",
        "atomic flag = 0\nshared x = 0\nthread a { x = 1\n flag = 1 }\n"
        "thread b { sleep 9\n let f = flag\n print x + f }\n",
        "rwlock t\nshared x = 0\nthread a { write t { x = 1 } }\nthread b { read t { print x } }\n",
        "shared x = 0\nthread a { atomic { x = 1 } }\nthread b { atomic { x = x + 1 } }\n",
    ],
)
def test_what_orders_two_accesses_is_no_race(text: str) -> None:
    assert findings(text, "race") == []


@pytest.mark.parametrize(
    "text",
    [  # the order does not reach what comes after it
        "lock m\nshared x = 0\nthread a { lock m { }\n x = 1 }\nthread b { lock m { }\n print x }\n",
        "semaphore s(0)\nshared x = 0\nthread a { release s\n x = 1 }\n"
        "thread b { acquire s\n print x }\n",
        "barrier m(2)\nshared x = 0\nthread a { wait m\n x = 1 }\nthread b { wait m\n print x }\n",
        "event e\nshared x = 0\nthread a { signal e\n x = 1 }\nthread b { wait e\n print x }\n",
        "lock m\ncondition c\nshared x = 0\nthread b { lock m { wait c }\n print x }\n"
        "thread a { sleep 5\n lock m { signal c }\n x = 1 }\n",
        "shared x = 0\nfn f() { x = 1 }\nthread a { let h = spawn f()\n print x\n join h }\n",
        "shared x = 0\nthread a { atomic { x = 1 } }\nthread b { x = x + 1 }\n",
    ],
)
def test_what_comes_after_the_order_races(text: str) -> None:
    assert [found.objects for found in findings(text, "race")][:1] == [("x",)]


def test_lost_update_names_the_read_the_overtaking_write_and_the_lost_value() -> None:
    """Both read 0 at 1; at 2 alice (core 0) writes 1 and bob writes 1 over it."""
    assert told(RACY, "lost_update") == (
        "lost update of count: 1, written by alice, is overwritten by bob",
        "bob reads 0 at tick 1, line 7; alice writes 1 at tick 2, line 4; bob writes 1 at tick 2, "
        "line 7, which rests on the 0 it had read: alice's 1 is lost.",
    )


def test_lost_updates_of_one_cell_are_counted() -> None:
    text = RACY.replace(" count += 1", " repeat 3 { count += 1 }")
    message, cause = told(text, "lost_update")
    assert message == "lost update of count: 1, written by alice, is overwritten by bob"
    assert cause.endswith("alice's 1 is lost. The same happens 2 more times.")


def test_lost_deposit_is_told_with_its_values() -> None:
    """rich reads 100 at 1 and writes 200 at 2; poor reads 100 at 1 and writes 90 at 9."""
    text = TWO + (
        "shared balance = 100\n"
        "thread rich { let b = balance\n balance = b + 100 }\n"
        "thread poor { let b = balance\n work 7\n balance = b - 10 }\n"
    )
    assert told(text, "lost_update") == (
        "lost update of balance: 200, written by rich, is overwritten by poor",
        "poor reads 100 at tick 1, line 5; rich writes 200 at tick 2, line 4; poor writes 90 at "
        "tick 9, line 7, which rests on the 100 it had read: rich's 200 is lost.",
    )


def test_no_update_is_lost_under_a_lock() -> None:
    text = RACY.replace("shared", "lock m\nshared").replace(" count += 1", " lock m { count += 1 }")
    assert findings(text, "lost_update") == []
    assert findings(text, "race") == []


# -- priority inversion --------------------------------------------------------------------------

PATHFINDER = FREE + (
    "lock m\n"
    "thread L with priority 1 { work 1\n lock m { work 4 }\n work 1 }\n"
    "thread H with priority 3, arrival 2 { lock m { work 2 } }\n"
    "thread M with priority 2, arrival 3 { work 10 }\n"
)


def test_inversion_says_who_is_delayed_by_whom_for_how_long() -> None:
    """H waits from 2; L has the core from 2 to 3 (that is no inversion), M from 3 to 13."""
    assert told(PATHFINDER, "inversion") == (
        "priority inversion: H is delayed by M for 10 ticks",
        "H (priority 3) waits for m, which L (priority 1) holds. L could go on and release it, "
        "but for 10 ticks M (priority 2) has the core. A lock `with inherit` would lend L the "
        "priority of H.",
    )


def test_inversion_begins_when_the_holder_loses_the_core() -> None:
    assert [found.tick for found in findings(PATHFINDER, "inversion")] == [3]


@pytest.mark.parametrize("option", ["inherit", "ceiling(3)"])
def test_inheritance_and_ceiling_leave_no_inversion(option: str) -> None:
    assert findings(PATHFINDER.replace("lock m\n", f"lock m with {option}\n", 1), "inversion") == []


def test_inversion_by_two_others_is_told_of_each() -> None:
    text = PATHFINDER + "thread N with priority 2, arrival 3 { work 1 }\n"
    messages = [found.message for found in findings(text, "inversion")]
    assert messages == [
        "priority inversion: H is delayed by M for 10 ticks",
        "priority inversion: H is delayed by N for 1 tick",
    ]


def test_a_holder_that_sleeps_is_not_held_up_by_who_runs() -> None:
    """L holds m and sleeps from 1 to 9: M has the core then, but delays nobody."""
    text = PATHFINDER.replace("lock m { work 4 }", "lock m { sleep 20\n work 4 }")
    assert findings(text, "inversion") == []


# -- deadlines -----------------------------------------------------------------------------------


def test_missed_deadline_says_how_late_and_what_the_job_did() -> None:
    """Rate monotonic: fast runs 0-25 and 50-75, slow 25-50 and 75-85, 30 of 35 ticks by 80."""
    text = (
        "processor cpu { cores 1 scheduler rate_monotonic }\n"
        "thread fast with period 50 { work 25 }\nthread slow with period 80 { work 35 }\n"
    )
    message, cause = told(text, "miss", until=100)
    assert message == "slow misses its deadline at 80"
    assert cause == (
        "The job of slow that came at 0 was due at 80 and ended at 85, 5 ticks late. Until then "
        "it ran for 30 ticks and waited 50 for a core (taken by fast for 50)."
    )


def test_missed_deadline_of_a_thread_that_only_blocks() -> None:
    """work 2, sleep 10, work 2: it ends at 14 and was due at 5 + 1."""
    text = FREE + "thread t with arrival 1, deadline 5 { work 2\n sleep 10\n work 2 }\n"
    message, cause = told(text, "miss")
    assert message == "t misses its deadline at 6"
    assert cause == (
        "The job of t that came at 1 was due at 6 and ended at 15, 9 ticks late. Until then it ran "
        "for 2 ticks and was blocked for 3."
    )


def test_many_misses_are_one_finding_a_thread() -> None:
    """Every job takes 3 of 2 ticks: job k (from 0) ends at 3 (k + 1) and was due at 2 (k + 1)."""
    text = FREE + "thread t with period 2 { work 3 }\n"
    message, cause = told(text, "miss", until=16)
    assert message == "t misses its deadline at 2, 4, 6, 8, 10 and 3 more"
    assert cause == (
        "The job of t that came at 0 was due at 2 and ended at 3, 1 tick late. Until then it ran "
        "for 2 ticks. 7 later jobs of t miss as well."
    )


def test_a_job_that_never_ends_says_so() -> None:
    text = FREE + "thread t with deadline 4 { loop { work 1 } }\n"
    _, cause = told(text, "miss", until=10)
    assert cause == (
        "The job of t that came at 0 was due at 4 and had not ended when the run did. Until then "
        "it ran for 4 ticks."
    )


# -- convoys -------------------------------------------------------------------------------------


def test_convoy_names_the_lock_the_length_and_the_time() -> None:
    """Five threads, each holds m twice for 10, in turn: 100 ticks. Until the sixth holding ends
    four others wait (who has had it once queues again), during the seventh three: 70 ticks."""
    text = "processor cpu { cores 5 scheduler fifo cost { sync 0 } }\nlock m\n"
    text += "thread t[i in 0..5] { repeat 2 { lock m { work 10 } } }\n"
    message, cause = told(text, "convoy")
    assert message == "convoy: up to 4 threads queue for m"
    assert cause == (
        "For 70 of 100 ticks at least three threads queue for m, at most 4 at once. Each holds it "
        "for 10 ticks on average, and meanwhile the others wait. They pass one after the other, "
        "however many cores there are."
    )


def test_two_who_share_a_lock_are_no_convoy() -> None:
    text = "processor cpu { cores 3 }\nlock m\nthread t[i in 0..3] { lock m { work 10 } }\n"
    assert findings(text, "convoy") == []


# -- limits are told -----------------------------------------------------------------------------


def test_races_among_too_many_threads_are_said_not_to_be_looked_for() -> None:
    text = "shared x = 0\nthread t[i in 0..2100] { x = i }\n"
    message, cause = told(text, "limit")
    assert message == "races were not looked for: there are more than 2000 threads"
    assert "conclang check" in cause
