"""What is said about a finding, word for word: a reader has nothing else to go by."""

from __future__ import annotations

import pytest

from tests.unit.explore.helpers import look, only

AB_BA = """\
lock a
lock b
thread p {
  lock a { lock b { } }
}
thread q {
  lock b { lock a { } }
}
"""
JOINED = """\
channel c
fn f() { let _v = <-c }
thread a {
  let t = spawn f()
  join t
  c <- 1
}
"""
LOOP = """\
lock m
fn pause() { print "zzz" }
fn job() {
  acquire m
  await async pause()
  release m
}
thread main_thread {
  let one = async job()
  let two = async job()
  await one
  await two
}
"""
POOL = """\
runtime pool { workers 1 }
fn inner() { print "in" }
fn outer() {
  let t = go inner() on pool
  join t
}
thread boss {
  let t = go outer() on pool
  await t
}
"""
PARKED_WITH_A_LOCK = """\
runtime pool { workers 1 }
channel c
lock m
fn one() {
  c <- 1
  lock m { }
}
fn two() {
  lock m { let _v = <-c }
}
thread boss { let a = go one() on pool; let b = go two() on pool; await a; await b }
"""
MUTEX_FIRST = """\
semaphore mutex(1)
semaphore items(0)
thread producer {
  acquire mutex
  release items
  release mutex
}
thread consumer {
  acquire mutex
  acquire items
  release mutex
}
"""
DEADLOCKS = {
    "a circle of two": (
        AB_BA,
        "they wait in a circle: p → q → p; "
        "p waits for b (line 4), which q holds (since line 7); "
        "q waits for a (line 7), which p holds (since line 4)",
    ),
    "itself": (
        "lock m\nthread a { acquire m\n acquire m }\n",
        "a waits for m (line 3), which it holds itself",
    ),
    "its own unit": (
        "semaphore s(1)\nthread a { acquire s\n acquire s }\n",
        "a waits for s (line 3), which it took itself (line 2)",
    ),
    "two readers who want to write": (
        "rwlock t\nthread a { read t {\n write t { } } }\nthread b { read t {\n write t { } } }\n",
        "a waits to write t (line 3), which it reads itself (since line 2) "
        "and b reads (since line 4); "
        "b waits to write t (line 5), which a reads (since line 2) "
        "and it reads itself (since line 4)",
    ),
    "who took the unit": (
        MUTEX_FIRST,
        "they wait in a circle: producer → consumer → producer; "
        "producer waits for mutex (line 4), which consumer took (line 9); "
        "consumer waits for items (line 10), which is 0: producer could, but waits itself",
    ),
    "nobody left to release": (
        "semaphore s(0)\nthread a { acquire s }\n",
        "a waits for s (line 2), which is 0, and nobody is left to release it",
    ),
    "the event loop": (
        LOOP,
        "they wait in a circle: job#1 → pause#1 → job#2 → job#1; "
        "job#1 waits for the end of pause#1 (line 5); "
        "pause#1 (line 2) waits for the event loop held by job#2; "
        "job#2 waits for m (line 4), which job#1 holds (since line 4); "
        "main_thread waits for the end of job#1 (line 11)",
    ),
    "the only worker": (
        POOL,
        "they wait in a circle: outer#1 → inner#1 → outer#1; "
        "outer#1 waits for the end of inner#1 (line 5); "
        "inner#1 (line 2) waits for a worker of pool, held by outer#1; "
        "boss waits for the end of outer#1 (line 9)",
    ),
    "parked with a lock in hand": (
        PARKED_WITH_A_LOCK,
        "they wait in a circle: one#1 → two#1 → one#1; "
        "one#1 waits for m (line 6), which two#1 holds (since line 9); "
        "two#1 (line 9) waits for a worker of pool, held by one#1; "
        "boss waits for the end of one#1 (line 11)",
    ),
    "a partner that waits": (
        JOINED,
        "they wait in a circle: a → f#1 → a; "
        "a waits for the end of f#1 (line 5); f#1 wants to receive from c (line 2), "
        "and nobody sends or closes it: a could, but waits itself",
    ),
    "a channel nobody closes": (
        "channel c\nthread a { c <- 1 }\nthread b { for _v in c { } }\n",
        "b wants to receive from c (line 3), and nobody sends or closes it: a has ended",
    ),
    "nobody receives": (
        "channel c\nthread a { c <- 1 }\n",
        "a wants to send on c (line 2), and nobody receives",
    ),
    "nobody receives any more": (
        "channel c\nthread a { c <- 1\n c <- 2 }\nthread b { let _v = <-c }\n",
        "a wants to send on c (line 3), and nobody receives: b has ended",
    ),
    "a signal that nobody heard": (
        "lock m\ncondition c\nthread w { lock m { wait c } }\nthread s { lock m { signal c } }\n",
        "w waits on c (line 3), which nobody signals any more: s has ended; "
        "s had signalled c (line 4) when nobody was waiting",
    ),
    "an event nobody sets": (
        "event done\nshared x = 0\nthread a { wait done }\n"
        "thread b { if x == 1 { signal done } }\n",
        "a waits for done (line 3), which nobody sets: b has ended",
    ),
    "a barrier for too many": (
        "barrier meet(3)\nthread a { wait meet }\nthread b { wait meet }\n",
        "a waits at meet (line 2), where 2 of 3 have come, and no more will; "
        "b waits at meet (line 3), where 2 of 3 have come, and no more will",
    ),
    "a barrier for too few": (
        "barrier meet(2)\nthread a[i in 0..3] { wait meet }\n",
        "a[2] waits at meet (line 2), where 1 of 2 has come: a[0] and a[1] have ended",
    ),
    "a signal that woke another": (
        "lock m\ncondition c\nshared ready = false\n"
        "thread w[i in 0..2] { lock m { while not ready { wait c } } }\n"
        "thread s { lock m { ready = true; signal c } }\n",
        "w[1] waits on c (line 4), which nobody signals any more: s has ended; "
        "the signal of s (line 5) woke w[0]",
    ),
    "a signal kept back by the lock outside": (
        "lock outer\nlock inner\ncondition c\nshared ok = false\n"
        "thread w { lock outer { lock inner { while not ok { wait c } } } }\n"
        "thread s { lock outer { lock inner { ok = true; signal c } } }\n",
        "they wait in a circle: w → s → w; w waits on c (line 5), which nobody signals any more: "
        "s could, but waits itself; s waits for outer (line 6), which w holds (since line 5)",
    ),
    "an event reset before anybody looked": (
        "event e\nthread a { wait e }\nthread b { signal e; reset e }\n",
        "a waits for e (line 2), which nobody sets: b has ended; "
        "b had set e (line 3) and reset it (line 3)",
    ),
    "a unit that another took": (
        "semaphore s(0)\nthread a { release s }\nthread b { acquire s }\nthread c { acquire s }\n",
        "c waits for s (line 4), which is 0: a has ended; b took the last unit of s (line 3)",
    ),
    "a select": (
        "channel c\nchannel d\nthread a { select { case <-c { } case d <- 1 { } } }\n",
        "a waits in a select (line 3) none of whose arms is ready",
    ),
}


@pytest.mark.parametrize("name", DEADLOCKS)
def test_why_a_deadlock(name: str) -> None:
    text, cause = DEADLOCKS[name]
    assert only(look(text), "deadlock").cause == cause


def test_the_steps_that_built_the_circle_are_marked() -> None:
    found = only(look(AB_BA.replace("lock b { } }", "lock b { } }\n print 1", 1)), "deadlock")
    assert [move.text for move in found.moves if move.decisive] == ["acquires a", "acquires b"]
    found = only(look(LOOP), "deadlock")
    assert [move.text for move in found.moves if move.decisive] == ["acquires m"]


def test_why_a_leak() -> None:
    text = (
        "fn ask(c) { c <- 1 }\nchannel ch\n"
        "thread boss {\n spawn ask(ch)\n spawn ask(ch)\n let _v = <-ch\n}\n"
    )
    assert only(look(text), "leak").cause == (
        "ask#2 wants to send on ch (line 1), and nobody receives: boss has ended"
    )


NOISE = "shared z[4] = 0\nthread noise[i in 0..4] { repeat 5 { z[i] += 1 + i } }\n"


def test_a_leak_is_shown_from_where_it_is_certain_however_large_the_program() -> None:
    text = (
        "fn ask(c) { c <- 1 }\nchannel ch\n"
        "thread boss {\n spawn ask(ch)\n spawn ask(ch)\n let _v = <-ch\n}\n"
    )
    small, large = only(look(text), "leak"), look(text + NOISE)
    assert look(text + NOISE, reduction=False, max_states=10_000).limit == "states"
    found = only(large, "leak")
    assert (found.steps, found.switches, found.cause) == (3, small.switches, small.cause)


def test_a_circle_among_others_that_go_on() -> None:
    found = only(look(AB_BA + NOISE + "expect no leak\n"), "leak")
    assert (found.steps, found.threads) == (2, ("p", "q"))
    assert found.cause.startswith("they wait in a circle: p → q → p; p waits for b (line 4)")


RACES = {
    "no lock": (
        "shared n = 0\nthread a { n = 1 }\nthread b { n = 2 }\n",
        "a is about to write n (line 2), holding no lock; "
        "b is about to write n (line 3), holding no lock; no lock orders the two accesses",
    ),
    "the odd line": (
        "shared n = 0\nlock m\nthread a { lock m { n += 1 } }\n"
        "thread b { lock m { n += 1 }\n n = 0 }\nthread c { lock m { n += 2 } }\n",
        "a is about to read n (line 3), holding m; b is about to write n (line 5), holding no "
        "lock; m would order them if both held it: n is guarded by m at 3 of 4 places; "
        "line 5 is the odd one",
    ),
    "two odd lines": (
        "shared n = 0\nlock m\nthread a { lock m { n += 1\n n += 1\n n += 1 } }\n"
        "thread b { print n\n print n }\n",
        "a is about to write n (line 3), holding m; b is about to read n (line 6), holding no "
        "lock; m would order them if both held it: n is guarded by m at 3 of 5 places; "
        "lines 6 and 7 do without it",
    ),
    "different locks": (
        "shared n = 0\nlock l\nlock m\nthread a { lock l { n = 1 } }\nthread b { lock m { n = 2 } }\n",
        "a is about to write n (line 4), holding l; b is about to write n (line 5), holding m; "
        "l and m are different locks and order nothing",
    ),
    "within a function": (
        "shared n = 0\nlock m\nfn add() { n += 1 }\nthread a { lock m { add() } }\n"
        "thread b { lock m { add() } }\nthread c { print n }\n",
        "a is about to write n (line 3), holding m; c is about to read n (line 6), holding no "
        "lock; m would order them if both held it: n is guarded by m at 1 of 2 places; "
        "line 6 is the odd one",
    ),
    "readers that write": (
        "shared n = 0\nrwlock t\nthread a { read t { n = 1 } }\nthread b { read t { n = 2 } }\n",
        "a is about to write n (line 3), holding t (read); "
        "b is about to write n (line 4), holding t (read); "
        "both hold t, but readers do not keep each other out",
    ),
}


@pytest.mark.parametrize("name", RACES)
def test_why_a_race(name: str) -> None:
    text, cause = RACES[name]
    assert only(look(text), "race").cause == cause


def test_why_a_lost_update() -> None:
    text = "shared n = 5\nthread a {\n n += 1 }\nthread b {\n n = 7 }\n"
    assert only(look(text), "lost_update").cause == (
        "a read n = 5 (line 3); b made it 7 (line 5); "
        "then a wrote 6 (line 3), and the 7 of b is lost"
    )


def test_why_an_atomicity_violation() -> None:
    text = (
        "lock m\nshared money = 100\nthread p[i in 0..2] {\n let enough = false\n"
        " lock m { enough = money >= 100 }\n if enough {\n  lock m { money -= 100 }\n }\n}\n"
    )
    assert only(look(text), "atomicity").cause == (
        "p[0] read money = 100 (line 5); p[1] made it 0 (line 7); "
        "p[0] had given m up in between and went on (line 7) as if nothing had happened"
    )


def test_why_somebody_starves() -> None:
    text = (
        "lock m\nthread a { loop { lock m { print 1 } } }\nthread b { lock m { print 2 } }\n"
        "expect no starvation\n"
    )
    assert only(look(text), "starvation").cause == (
        "b waits for ever at `lock m` (line 3) while a goes on (line 2)"
    )


def test_why_a_livelock() -> None:
    text = "atomic n = 0\nthread a { loop { n.add(1)\n n.add(-1) } }\nexpect no livelock\n"
    assert only(look(text), "livelock").cause == (
        "a goes round for ever (lines 2 and 3), and nothing comes of it"
    )


CROWD = """\
shared x = 0
fn visit(i) {
  section room { x = i }
  x = 9
}
thread t[i in 0..3] {
  if i > 0 { visit(i) } else { section hall { x = 5 } }
}
expect at most 1 in room
expect race on x
"""


def test_too_many_in_a_section_are_named() -> None:
    finding = only(look(CROWD), "expectation")
    assert finding.cause == "t[1] (line 3) and t[2] (line 3) are inside at once"


CHOSEN = """\
shared x = 0
thread t[i in 0..3] {
  if choose(true, false) { section room { x = i } }
}
expect at most 2 in room
expect race on x
"""


def test_so_they_are_where_a_choice_before_the_first_step_let_them_in() -> None:
    finding = only(look(CHOSEN), "expectation")
    told = "t[0] (line 3), t[1] (line 3) and t[2] (line 3) are inside at once"
    assert finding.cause == told


def test_who_took_from_a_signal_holds_nothing() -> None:
    text = """
semaphore items(0)
semaphore room(1)
thread p { release items; acquire room; acquire room }
thread c { acquire items; acquire items; release room }
"""
    cause = only(look(text), "deadlock").cause
    assert "p waits for room (line 4), which it took itself (line 4)" in cause
    assert "c waits for items (line 5), which is 0, and nobody is left to release it" in cause


MUTEX = """\
semaphore mutex(1)
semaphore item(0)
shared n = 0
thread p {
  acquire mutex
  n += 1
  release mutex
  acquire item
  if try_acquire mutex { n = 3; release mutex }
}
thread q { n = 7; release item }
"""


def test_a_semaphore_of_one_unit_is_held_like_a_lock() -> None:
    """Also what a `try` got is held; who took from one that began with 0 holds nothing."""
    assert only(look(MUTEX), "race").cause == (
        "p is about to read n (line 6), holding mutex; q is about to write n (line 11), holding no "
        "lock; mutex would order them if both held it: n is guarded by mutex at 2 of 3 places; "
        "line 11 is the odd one"
    )


def test_a_block_that_races_touches() -> None:
    finding = only(look("shared x = 0\nthread a { atomic { x += 1 } }\nthread b { x = 2 }"), "race")
    assert [span.label for span in finding.spans] == ["a touches x here", "b writes x here"]


FAILURES = {
    "what was read": (
        "shared x = 0\nthread a { x = 1 }\nthread b { assert x == 0 }\n",
        "b fails at `assert x == 0` (line 3): it had read x = 1 (line 3), which a wrote (line 2)",
        [0, 1],
    ),
    "what has changed since": (
        "shared x = 0\nthread a { let v = x; assert v == x }\nthread b { x = 2 }\n",
        "a fails at `assert v == x` (line 2): it had read x = 0 (line 2), its first value, and b has "
        "made it 2 since (line 3); it had read x = 2 (line 2), which b wrote (line 3)",
        [0, 1, 2],
    ),
    "one side of an `and`, through a call": (
        "shared x = 3\nfn odd(n) { return n % 2 == 1 }\n"
        'thread a { let v = x; assert v > 5 and odd(v), "{v}" }\n',
        'a fails at `assert v > 5 and odd(v), "{v}"` (line 3): it had read x = 3 (line 3), '
        "its first value",
        [0],
    ),
    "who closed": (
        "channel c(1)\nthread a { c <- 1 }\nthread b { print 1; close c }\n",
        "a fails at `c <- 1` (line 2): b had closed c (line 3)",
        [1, 2],
    ),
    "given back twice": (
        "lock m\nthread a { acquire m; release m; release m }\n",
        "a fails at `release m` (line 2): nobody holds m; it had given it back already (line 2)",
        [1, 2],
    ),
    "held by another": (
        "lock m\nshared x = 0\nthread a { lock m { x = 1 } }\n"
        "thread b { if x == 1 { release m } }\n",
        "b fails at `release m` (line 4): a holds m (since line 3)",
        [0, 3],
    ),
    "divided by what another wrote": (
        "atomic d = 1\nthread a { d = 0 }\nthread b { print 6 / d }\n",
        "b fails at `print 6 / d` (line 3): it had read d = 0 (line 3), which a wrote (line 2)",
        [0, 1],
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_why_a_step_fails(name: str) -> None:
    text, cause, marked = FAILURES[name]
    finding = next(f for f in look(text).findings if f.kind in ("error", "assertion"))
    assert finding.cause == cause
    assert [n for n, move in enumerate(finding.moves) if move.decisive] == marked


def test_those_inside_are_marked_where_they_came_in() -> None:
    text = (
        "semaphore room(2)\nthread p[i in 0..2] { acquire room; section in_ { }\n release room }\n"
    )
    finding = only(
        look(f"{text}thread q {{ acquire room }}\nexpect at most 1 in in_"), "expectation"
    )
    assert [move.thread for move in finding.moves if move.decisive] == ["p[0]", "p[1]"]


def test_what_made_a_line_false_is_marked() -> None:
    text = "shared x = 0\nshared y = 0\nthread a { y = 5; x = 1 }\nexpect never x == 1"
    finding = only(look(text), "expectation")
    assert [move.decisive for move in finding.moves] == [False, True]
