"""The oracle itself, against the table of exact answers and figures worked by hand."""

from __future__ import annotations

import pytest

from tests.oracle.ask import ask, verdicts

COUNTER = "shared count = 0\nthread t[i in 0..{n}] {{ repeat {k} {{ {body} }} }}"


def counter(n: int, k: int, body: str = "count += 1", more: str = "") -> str:
    return more + COUNTER.format(n=n, k=k, body=body)


@pytest.mark.parametrize(
    ("n", "k", "final", "schedules"),
    [(2, 1, {1, 2}, 6), (2, 2, {2, 3, 4}, 70), (3, 1, {1, 2, 3}, 90)],
)
def test_racy_counter(n: int, k: int, final: set[int], schedules: int) -> None:
    answer = ask(counter(n, k))
    assert answer.outcomes == {(value,) for value in final}
    assert (answer.complete, answer.finished) == (schedules, schedules)
    assert answer.races == {"count"}


def test_locked_counter() -> None:
    answer = ask(counter(2, 2, "lock m { count += 1 }", "lock m\n"))
    assert answer.outcomes == {(4,)}
    assert not answer.races and not answer.deadlock


def test_atomic_counter() -> None:
    answer = ask("atomic c = 0\nthread t[i in 0..3] { c.add(1) }")
    assert (answer.outcomes, answer.complete) == ({(3,)}, 6)


ORDER = "lock a\nlock b\nthread x {{ lock a {{ lock b {{ }} }} }}\nthread y {{ {} }}"


def test_opposite_orders() -> None:
    answer = ask(ORDER.format("lock b { lock a { } }"))
    assert (answer.complete, answer.finished, answer.deadlocked) == (6, 4, 2)
    assert answer.deadlock and answer.deadlock_steps == 2


def test_same_order() -> None:
    answer = ask(ORDER.format("lock a { lock b { } }"))
    assert (answer.complete, answer.deadlock) == (2, False)


NAIVE = """
const N = 2
lock forks[N]
thread p[i in 0..N] { lock forks[i] { lock forks[(i + 1) % N] { } } }
"""
ORDERED = """
const N = 2
lock forks[N]
thread p[i in 0..N] {
  let j = (i + 1) % N
  lock forks[min(i, j)] { lock forks[max(i, j)] { } }
}
"""


@pytest.mark.parametrize(("n", "finish", "dead"), [(2, 4, 2), (3, 162, 6)])
def test_naive_philosophers(n: int, finish: int, dead: int) -> None:
    answer = ask(NAIVE, N=n)
    assert (answer.finished, answer.deadlocked) == (finish, dead)


@pytest.mark.parametrize(("n", "schedules"), [(2, 2), (3, 142)])
def test_ordered_philosophers(n: int, schedules: int) -> None:
    answer = ask(ORDERED, N=n)
    assert (answer.complete, answer.deadlock) == (schedules, False)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_philosophers_for_ever(n: int) -> None:
    text = NAIVE.replace("{ lock forks[i]", "{ loop { lock forks[i]").replace(
        "{ } } }", "{ } } } }"
    )
    answer = ask(text, N=n)
    assert answer.infinite and answer.complete is None
    assert answer.deadlock and answer.deadlock_steps == n


def test_lost_signal() -> None:
    answer = ask(
        "lock m\ncondition c\nthread w { lock m { wait c } }\nthread s { lock m { signal c } }"
    )
    assert answer.deadlock and answer.finished


def test_withdraw_twice() -> None:
    answer = ask(
        """
        lock m
        shared balance = 100
        thread t[i in 0..2] {
          acquire m
          let seen = balance
          release m
          if seen >= 100 { lock m { balance -= 100 } }
        }
        """
    )
    assert answer.outcomes == {(0,), (-100,)} and not answer.races


def test_readers_count() -> None:
    text = "shared x = 0\nthread w { x = 1 }\nthread r[i in 0..3] { let v = x }"
    assert ask(text).complete == 24


def test_send_without_receiver() -> None:
    answer = ask("channel c\nthread t { c <- 1 }")
    assert answer.deadlock and answer.deadlock_steps == 0 and answer.complete == 1


def test_rendezvous_is_one_step() -> None:
    answer = ask("channel c\nshared x = 0\nthread s { c <- 5 }\nthread r { x = <-c }")
    assert (answer.outcomes, answer.complete) == ({(5,)}, 1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("close c\n c <- 1", "send on a closed channel"),
        ("close c\n close c", "close of a closed channel"),
        ("release m", "release of a lock not held"),
        ("wait k", "wait without the lock"),
        ("x = 1 / x", "division by zero"),
        ("a[x + 3] = 1", "index out of range"),
        ("x = 9223372036854775807 + x + 1", "overflow"),
        ("assert x == 1", "assertion failed"),
        ("atomic { acquire m\n acquire m }", "blocking inside atomic"),
    ],
)
def test_errors(body: str, words: str) -> None:
    head = "channel c(1)\nlock m\ncondition k\nshared x = 0\nshared a[3] = 0\n"
    answer = ask(head + f"thread t {{ {body} }}")
    assert answer.failed == answer.complete == 1
    assert any(words in text for text in answer.errors)


def test_select_takes_any_ready_arm() -> None:
    answer = ask(
        """
        channel a(1)
        channel b(1)
        shared x = 0
        thread t {
          a <- 1
          b <- 2
          select { case v = <-a { x = v } case v = <-b { x = v } }
        }
        """
    )
    assert (answer.outcomes, answer.complete) == ({(1,), (2,)}, 2)


def test_default_only_when_nothing_is_ready() -> None:
    answer = ask(
        "channel a(1)\nshared x = 0\n"
        "thread t { select { case v = <-a { x = v } default { x = 9 } } }\nthread s { a <- 1 }"
    )
    assert answer.outcomes == {(1,), (9,)}


def test_peterson_never_lets_two_in() -> None:
    answer = ask(
        """
        shared flag[2] = false
        shared turn = 0
        thread t[me in 0..2] {
          flag[me] = true
          turn = 1 - me
          while flag[1 - me] and turn == 1 - me { }
          section cs { }
          flag[me] = false
        }
        """
    )
    assert answer.most_inside == {"cs": 1} and answer.infinite and not answer.deadlock


def test_two_in_a_section() -> None:
    answer = ask("thread t[i in 0..2] { section cs { } }")
    assert answer.most_inside == {"cs": 2} and answer.complete == 2


def test_choice_multiplies_schedules() -> None:
    answer = ask("shared x = 0\nthread t { x = choose(1, 2, 3) }\nthread u { let v = x }")
    assert (answer.complete, answer.outcomes) == (6, {(1,), (2,), (3,)})


def test_one_worker_waits_for_itself() -> None:
    text = """
        runtime pool {{ workers {} }}
        channel jobs
        channel answers
        fn sub() {{ answers <- 1 }}
        fn job() {{ let t = go sub() on pool
          join t }}
        thread main {{ let j = go job() on pool
          let v = <-answers
          join j }}
        """
    assert ask(text.format(1)).deadlock
    assert not ask(text.format(2)).deadlock


def test_await_frees_the_loop() -> None:
    answer = ask(
        """
        shared x = 0
        fn add() { let seen = x
          sleep 1
          x = seen + 1 }
        thread main { let a = async add()
          let b = async add()
          await a
          await b }
        """
    )
    assert answer.outcomes == {(1,), (2,)} and not answer.races and not answer.deadlock


def test_barrier() -> None:
    answer = ask(
        "shared a[2] = 0\nbarrier b(2)\n"
        "thread t[i in 0..2] { a[i] = 1\n wait b\n assert a[1 - i] == 1 }"
    )
    assert not answer.races and not answer.errors and not answer.deadlock


def test_daemon_may_stay() -> None:
    answer = ask("channel c\nthread d with daemon { let v = <-c }\nthread t { print 1 }")
    assert not answer.deadlock and not answer.leak and answer.finished == 1


def test_leak() -> None:
    answer = ask("channel c\nfn f() { c <- 1 }\nthread t { spawn f() }")
    assert answer.leak and not answer.deadlock and answer.deadlocked == 1


def test_recursive_lock() -> None:
    assert ask("lock m\nthread t { lock m { lock m { } } }").deadlock
    assert not ask("lock m with recursive\nthread t { lock m { lock m { } } }").deadlock


PETERSON = """
shared flag[2] = false
shared turn = 0
thread t[me in 0..2] {
  loop {
    flag[me] = true
    turn = 1 - me
    while flag[1 - me] and turn == 1 - me { }
    section cs { }
    flag[me] = false
  }
}
expect flag[0] leads to not flag[0]
expect eventually turn == 1
expect no livelock
"""

POLITE = """
shared wants[2] = false
thread t[me in 0..2] {
  wants[me] = true
  while wants[1 - me] {
    wants[me] = false
    wants[me] = true
  }
  section cs { }
  wants[me] = false
}
expect no livelock
"""

UNFAIR = """
lock m
shared served = false
thread hungry { lock m { served = true } }
thread greedy { loop { lock m { } } }
expect eventually served
"""


def test_peterson_serves_everybody() -> None:
    assert verdicts(PETERSON)[1] == [True, True, True]
    assert verdicts(PETERSON, fairness="none")[1] == [False, False, True]


def test_two_polite_threads() -> None:
    assert verdicts(POLITE)[1] == [False]


def test_fairness_decides_about_a_lock() -> None:
    assert verdicts(UNFAIR)[1] == [False]
    assert verdicts(UNFAIR, fairness="strong")[1] == [True]


MONITOR = """
lock m
condition c{how}
shared full = false
thread consumer[i in 0..2] {{
  lock m {{
    {test} not full {{ wait c }}
    assert full
    full = false
  }}
}}
thread producer {{
  repeat 2 {{ lock m {{
    full = true
    signal c
  }} }}
}}
"""


@pytest.mark.parametrize(
    ("how", "test", "empty"),
    [("", "if", True), ("", "while", False), (" with hoare", "if", False)],
)
def test_who_may_come_between_signal_and_waiter(how: str, test: str, empty: bool) -> None:
    answer = ask(MONITOR.format(how=how, test=test))
    assert any("assertion" in text for text in answer.errors) == empty


def test_spurious_wake_up() -> None:
    text = "lock m\ncondition c with spurious\nthread t { lock m { wait c } }"
    answer = ask(text)
    assert answer.finished == 1 and answer.deadlock and answer.deadlock_steps == 2


def test_preferred_writers_stop_new_readers() -> None:
    text = """
        rwlock t{}
        shared x = 0
        event seen
        thread reader {{ read t {{ signal seen }} }}
        thread writer {{ wait seen
          write t {{ x = 1 }} }}
        thread late {{ wait seen
          read t {{ let v = x
            assert v == 1 }} }}
        """
    assert not ask(text.format(" with prefer_writers")).errors.keys() - {"assertion failed: "}
    plain, fair = ask(text.format("")), ask(text.format(" with prefer_writers"))
    assert fair.complete and plain.complete and fair.complete < plain.complete


def test_tasks_park_at_channels_and_free_their_worker() -> None:
    text = """
        runtime pool { workers 1 }
        channel c
        shared x = 0
        fn give() { c <- 4 }
        fn take() { x = <-c }
        thread main { let a = go take() on pool
          let b = go give() on pool
          await a
          await b }
        """
    answer = ask(text)
    assert answer.outcomes == {(4,)} and not answer.deadlock
