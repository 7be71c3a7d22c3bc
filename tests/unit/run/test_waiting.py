"""Who waits for what, who is served first, and what happens on misuse; on one core and on many."""

from __future__ import annotations

import pytest
from running import FREE, ONE, TWO, events, finishes, lines, run

from conclang.events.event import Event

MANY = f"processor cpu {{ cores 8 scheduler fifo {FREE} }}\n"


def order_of(found: list[Event], kind: str, thing: str) -> list[str]:
    return [event.thread for event in found if event.kind == kind and event.object == thing]


def test_a_lock_is_handed_over_in_order_of_arrival() -> None:
    text = MANY + (
        "lock m\n"
        "thread a { lock m { work 10 } }\n"
        "thread c with arrival 2 { lock m { work 1 } }\n"
        "thread b with arrival 1 { lock m { work 1 } }\n"
        "thread d with arrival 3 { lock m { work 1 } }"
    )
    assert order_of(events(text), "acquire", "m") == ["a", "b", "c", "d"]
    assert finishes(run(text)) == {"a": 10, "b": 11, "c": 12, "d": 13}


def test_nobody_barges_in() -> None:
    """a releases and wants the lock again at once, but b waited: b has it from 5 to 6."""
    text = MANY + (
        "lock m\n"
        "thread a { lock m { work 5 }\n lock m { work 5 } }\n"
        "thread b with arrival 1 { lock m { work 1 } }"
    )
    assert order_of(events(text), "acquire", "m") == ["a", "b", "a"]
    assert finishes(run(text)) == {"a": 11, "b": 6}


def test_a_blocked_try_is_paid_once() -> None:
    """a: acquire 0-1, work 1-5, release 5-6. b pays its try 0-1... on the other core, at 1 it
    finds the lock taken, gets it at 6, and releases 6-7."""
    text = TWO + "lock m\nthread a { lock m { work 4 } }\nthread b { lock m { } }"
    result = run(text)
    assert finishes(result) == {"a": 6, "b": 7}
    thread = result.metrics.thread("b")
    assert thread is not None
    assert (thread.running, thread.blocked, thread.waiting) == (2, 5, 0)


def test_lock_metrics() -> None:
    text = TWO + "lock m\nthread a { lock m { work 4 } }\nthread b { lock m { } }"
    (lock,) = run(text).metrics.locks
    assert (lock.name, lock.acquisitions, lock.contended) == ("m", 2, 1)
    assert (lock.held, lock.waiting) == (5 + 1, 5)


def test_a_recursive_lock_is_free_after_the_last_release() -> None:
    text = MANY + (
        "lock m with recursive\n"
        "thread a { lock m { work 1\n lock m { work 1 }\n work 2 } }\n"
        "thread b { lock m { print now } }"
    )
    assert lines(run(text)) == ["4 b: 4"]


def test_readers_share_and_a_writer_waits() -> None:
    text = MANY + (
        "rwlock t\n"
        "thread r1 { read t { work 4 } }\n"
        "thread w with arrival 1 { write t { work 3 } }\n"
        "thread r2 with arrival 2 { read t { work 4 } }"
    )
    assert finishes(run(text)) == {"r1": 4, "w": 9, "r2": 6}
    text = text.replace("rwlock t", "rwlock t with prefer_writers")
    assert finishes(run(text)) == {"r1": 4, "w": 7, "r2": 11}


def test_a_semaphore_serves_in_order() -> None:
    text = MANY + (
        "semaphore s(2)\nthread p[i in 0..5] with arrival i { acquire s\n work 10\n release s }"
    )
    found = run(text)
    assert finishes(found) == {"p[0]": 10, "p[1]": 11, "p[2]": 20, "p[3]": 21, "p[4]": 30}


def test_signal_wakes_who_waited_longest() -> None:
    text = MANY + (
        "lock m\ncondition c\n"
        "thread w[i in 0..3] with arrival 3 - i { lock m { wait c\n print now } }\n"
        "thread s with arrival 10 { repeat 3 { lock m { signal c }\n work 5 } }"
    )
    assert lines(run(text)) == ["10 w[2]: 10", "15 w[1]: 15", "20 w[0]: 20"]


def test_broadcast_wakes_all_one_after_the_other() -> None:
    text = MANY + (
        "lock m\ncondition c\n"
        "thread w[i in 0..3] with arrival i { lock m { wait c\n work 2\n print now } }\n"
        "thread s with arrival 10 { lock m { broadcast c\n work 1 } }"
    )
    assert lines(run(text)) == ["13 w[0]: 13", "15 w[1]: 15", "17 w[2]: 17"]


def test_hoare_hands_the_lock_over_at_once() -> None:
    """The waiter runs 5-7 while the signaller waits; then the signaller has the lock again."""
    text = MANY + (
        "lock m\ncondition c with hoare\n"
        'thread w { lock m { wait c\n work 2\n print "w {now}" } }\n'
        'thread s with arrival 5 { lock m { signal c\n work 1\n print "s {now}" } }'
    )
    assert lines(run(text)) == ["7 w: w 7", "8 s: s 8"]
    text = text.replace(" with hoare", "")
    assert lines(run(text)) == ["6 s: s 6", "8 w: w 8"]


def test_a_lost_signal_is_lost() -> None:
    text = ONE + (
        "lock m\ncondition c\n"
        "thread s { lock m { signal c } }\nthread w with arrival 5 { lock m { wait c } }"
    )
    result = run(text)
    assert result.kind == "deadlocked"
    assert "w has waited since tick" in result.findings[0].cause
    assert "for a signal of c, which nobody can give any more" in result.findings[0].cause


def test_a_barrier_lets_all_go_at_once_and_again() -> None:
    text = MANY + (
        "barrier b(3)\nthread t[i in 0..3] { repeat 2 { work i + 1\n wait b\n print now } }"
    )
    found = lines(run(text))
    assert sorted(found[:3]) == ["3 t[0]: 3", "3 t[1]: 3", "3 t[2]: 3"]
    assert sorted(found[3:]) == ["6 t[0]: 6", "6 t[1]: 6", "6 t[2]: 6"]


def test_an_event_stays_set() -> None:
    text = MANY + (
        "event e\nthread a { wait e\n print now }\nthread b with arrival 4 { signal e }\n"
        "thread c with arrival 9 { wait e\n print now }"
    )
    assert lines(run(text)) == ["4 a: 4", "9 c: 9"]


def test_an_unbuffered_send_waits_for_its_receiver() -> None:
    text = MANY + (
        "channel c\nthread a { c <- 7\n print now }\nthread b { work 3\n let v = <-c\n print v }"
    )
    assert sorted(lines(run(text))) == ["3 a: 3", "3 b: 7"]


def test_a_buffered_channel_keeps_the_order() -> None:
    text = MANY + (
        "channel c(2)\n"
        "thread a { for i in 0..5 { c <- i }\n close c }\n"
        'thread b { work 1\n for v in c { print v\n work 1 }\n print "end" }'
    )
    result = run(text)
    assert [line.text for line in result.output] == ["0", "1", "2", "3", "4", "end"]
    (flow,) = result.metrics.channels
    assert (flow.sent, flow.received, flow.longest) == (5, 5, 2)


def test_senders_are_served_in_order() -> None:
    text = MANY + (
        "channel c\nthread s[i in 0..4] with arrival 4 - i { c <- i }\n"
        "thread r with arrival 9 { repeat 4 { let v = <-c\n print v } }"
    )
    assert [line.text for line in run(text).output] == ["3", "2", "1", "0"]


def test_select_takes_what_is_there_or_waits_or_gives_up() -> None:
    head = MANY + "channel a(1)\nchannel b(1)\n"
    body = (
        'thread t { select { case v = <-a { print "a {v} {now}" } '
        'case v = <-b { print "b {v} {now}" } after 5 { print "late {now}" } } }\n'
    )
    assert lines(run(head + body)) == ["5 t: late 5"]
    assert lines(run(head + body + "thread s { work 2\n b <- 9 }")) == ["2 t: b 9 2"]
    assert lines(run(head + body + "thread s with arrival 9 { }")) == ["5 t: late 5"]
    body = body.replace("after 5", "default")
    assert lines(run(head + body)) == ["0 t: late 0"]


def test_two_selects_meet() -> None:
    text = MANY + (
        "channel c\n"
        'thread a { select { case c <- 3 { print "sent" } } }\n'
        'thread b with arrival 2 { select { case v = <-c { print "got {v}" } } }'
    )
    assert sorted(lines(run(text))) == ["2 a: sent", "2 b: got 3"]


def test_join_gives_the_result() -> None:
    text = ONE + "fn f(n) { work n\n return n * 2 }\nthread a { let t = spawn f(4)\n print join t }"
    assert lines(run(text)) == ["6 a: 8"]


def test_a_runtime_runs_as_many_tasks_as_it_has_workers() -> None:
    head = f"processor cpu {{ cores 4 scheduler fifo {FREE} }}\n"
    text = head + (
        "runtime pool { workers 2 }\nfn job(n) { work 10\n print now }\n"
        "thread a { for i in 0..4 { go job(i) on pool } }"
    )
    assert [line.tick for line in run(text).output] == [10, 10, 20, 20]


def test_a_sleeping_task_frees_its_worker_and_a_locked_one_does_not() -> None:
    head = f"processor cpu {{ cores 4 scheduler fifo {FREE} }}\nlock m\n"
    head += "runtime pool { workers 1 }\n"
    text = head + (
        "fn sleeper() { sleep 10\n print now }\nfn worker() { work 3\n print now }\n"
        "thread a { go sleeper() on pool\n go worker() on pool }"
    )
    assert [line.tick for line in run(text).output] == [3, 10]
    text = head + (
        "fn holder() { lock m { }\n print now }\nfn worker() { work 3\n print now }\n"
        "thread a { acquire m\n go holder() on pool\n go worker() on pool\n sleep 10\n release m }"
    )
    assert [line.tick for line in run(text).output] == [10, 13]


def test_an_event_loop_runs_one_task_at_a_time() -> None:
    """f works 0-3 and sleeps; g works 3-6; f goes on at 8; then the body."""
    text = f"processor cpu {{ cores 4 scheduler fifo {FREE} }}\n" + (
        'fn f() { work 3\n sleep 5\n print "f {now}" }\nfn g() { work 3\n print "g {now}" }\n'
        'thread a { let x = async f()\n let y = async g()\n await x\n await y\n print "all {now}" }'
    )
    assert [line.text for line in run(text).output] == ["g 6", "f 8", "all 8"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("release m", "release of a lock not held"),
        ("close c\n close c", "close of a closed channel"),
        ("close c\n c <- 1", "send on a closed channel"),
        ("wait k", "wait without the lock"),
        ("let i = 0\n print 1 / i", "division by zero"),
        ("let i = 3\n print a[i]", "index out of range"),
        ("atomic { acquire m\n acquire m }", "blocking inside atomic"),
        ("deep(0)", "call depth"),
        ("let i = 0 - 1\n work i", "negative"),
        ("let big = 9223372036854775807\n print big + 1", "overflow"),
        ('assert 1 == 2, "no {now}"', "assertion failed: no 0"),
    ],
)
def test_mistakes_end_the_run_with_their_place(body: str, words: str) -> None:
    text = MANY + "lock m\nchannel c(1)\ncondition k\nshared a[3] = 0\n"
    text += "fn deep(n) { return deep(n + 1) }\nthread t { " + body + " }"
    result = run(text)
    assert result.kind == "failed", result.outcome
    assert words in result.outcome.message
    assert result.findings[0].kind in ("error", "assertion")
    line = 6 if body == "deep(0)" else 7 + body.count("\n")  # the mistake is on the last line
    assert result.findings[0].spots[0].line == line


def test_priority_is_inherited_through_two_locks() -> None:
    """L holds a; M holds b and waits for a; H waits for b: L runs at H's priority, not X."""
    text = f"processor cpu {{ cores 1 scheduler priority {FREE} }}\n" + (
        "lock a with inherit\nlock b with inherit\n"
        "thread L with priority 1 { lock a { work 4 } }\n"
        "thread M with priority 2, arrival 1 { lock b { lock a { work 1 } } }\n"
        "thread H with priority 9, arrival 2 { lock b { work 1 } }\n"
        "thread X with priority 5, arrival 3 { work 10 }"
    )
    assert finishes(run(text)) == {"L": 4, "M": 5, "H": 6, "X": 16}


def test_wake_events_name_who_let_the_thread_go_on() -> None:
    """A release, a signal with its lock, a message, a full barrier, an end; the clock for sleep."""
    text = MANY + (
        "lock m\nsemaphore s(0)\nevent e\nchannel ch\nbarrier both(2)\nfn f() { work 1 }\n"
        "thread a { lock m { work 5 }\n work 5\n release s\n work 5\n signal e\n work 5\n ch <- 1\n"
        " work 5\n wait both }\n"
        "thread b { work 1\n lock m { }\n acquire s\n wait e\n <-ch\n wait both\n sleep 2\n"
        " let h = spawn f()\n join h }\n"
    )
    wakes = [(e.thread, e.value) for e in events(text) if e.kind == "wake"]
    assert wakes == [*[("b", "a")] * 5, ("b", "the clock"), ("b", "f#1")]
