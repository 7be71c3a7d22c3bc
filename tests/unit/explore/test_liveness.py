"""Starvation, livelock, `eventually`, `leads to` on classic programs; verdicts derived by hand.

Each row says why its verdict is what it is. `w`, `s`, `n`: starvation possible under weak, strong,
no fairness; `l`: a livelock is possible.
"""

from __future__ import annotations

import pytest

from conclang.analyses.replaying import replay_untimed
from conclang.events.schedule import parse
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult, Finding
from conclang.pipeline import load_text

# Everybody reads and writes only; nobody is ever blocked. In the end p's turn never comes back.
TURNS_AND_STOP = """
shared turn = 0
thread p { loop { while turn != 0 { }  section cs { }  turn = 1 } }
thread q { repeat 1 { while turn != 1 { }  section cs { }  turn = 0 } }
"""
# While both go on, each hands the turn to the other, and weak fairness makes both go on.
TURNS = """
shared turn = 0
thread p[i in 0..2] { loop { while turn != i { }  section cs { }  turn = 1 - i } }
"""
# Both flags up: both test for ever, nobody gets anywhere.
FLAGS = """
shared want[2] = 0
thread p[i in 0..2] {
  loop { want[i] = 1; while want[1 - i] == 1 { }  section cs { }  want[i] = 0 }
}
"""
# One looks whenever the other's flag is up; and both may step back in the same rhythm for ever.
STEP_BACK = """
shared want[2] = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    while want[1 - i] == 1 { want[i] = 0; want[i] = 1 }
    section cs { }
    want[i] = 0
  }
}
"""
# Who has the turn insists; who has not waits with its flag down. So the one whose turn it is gets
# in, and gives the turn away.
DEKKER = """
shared want[2] = 0
shared turn = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    while want[1 - i] == 1 {
      if turn != i {
        want[i] = 0
        while turn != i { }
        want[i] = 1
      }
    }
    section cs { }
    turn = 1 - i
    want[i] = 0
  }
}
"""
# The last to write `turn` waits; the other one, coming back, writes it and waits in its stead.
PETERSON = """
shared want[2] = 0
shared turn = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    turn = 1 - i
    while want[1 - i] == 1 and turn == 1 - i { }
    section cs { }
    want[i] = 0
  }
}
"""
# A swap is never blocked, so no fairness says anything about when it finds a 0.
TEST_AND_SET = """
atomic taken = 0
thread p[i in 0..2] { loop { while taken.swap(1) == 1 { }  section cs { }  taken = 0 } }
"""
# The same with a compare-and-swap, in a function: the waiting loop is the function's.
SPIN_LOCK = """
atomic taken = false
fn enter() { while not taken.cas(false, true) { } }
thread p[i in 0..2] { loop { enter(); section cs { }  taken = false } }
"""
# Served in the order of the tickets.
TICKETS = """
shared next = 0
atomic serving = 0
thread p[i in 0..2] {
  loop {
    let mine = 0
    atomic { mine = next; next = (next + 1) % 3 }
    while serving != mine { }
    section cs { }
    serving = (mine + 1) % 3
  }
}
"""
# A lock promises nothing: whoever gives it back may take it again before the other moves. That
# one is able again and again, never all the time.
LOCK = """
lock m
thread p[i in 0..2] { loop { lock m { section cs { } } } }
"""
# The same by trying.
TRY_LOCK = """
lock m
thread p[i in 0..2] {
  loop {
    while not try_acquire m { }
    section cs { }
    release m
  }
}
"""
# A weak semaphore goes to somebody who waits: with two threads there is only one who can.
SEMAPHORE_2 = """
semaphore s(1)
thread p[i in 0..2] { loop { acquire s; section cs { }  release s } }
"""
# With three, two may hand it to each other.
SEMAPHORE_3 = """
semaphore s(1)
thread p[i in 0..3] { loop { acquire s; section cs { }  release s } }
"""
# Morris 1979: weak semaphores are enough.
MORRIS = """
shared room1 = 0
shared room2 = 0
semaphore mutex(1)
semaphore t1(1)
semaphore t2(0)
thread p[i in 0..3] {
  loop {
    acquire mutex
    room1 += 1
    release mutex
    acquire t1
    room2 += 1
    acquire mutex
    room1 -= 1
    if room1 == 0 { release mutex; release t2 } else { release mutex; release t1 }
    acquire t2
    room2 -= 1
    section cs { }
    if room2 == 0 { release t1 } else { release t2 }
  }
}
"""
# Two readers who overlap for ever: the table is never free, the writer never able.
READERS_FIRST = """
rwlock t
thread reader[i in 0..2] { loop { read t { section reading { } } } }
thread writer { loop { write t { section writing { } } } }
"""
# The writer is back at its `acquire write` at once, so no reader is ever able.
WRITERS_FIRST = """
rwlock t with prefer_writers
thread reader[i in 0..2] { loop { read t { section reading { } } } }
thread writer { loop { write t { section writing { } } } }
"""
# The last one takes the right fork first: no deadlock, but the locks promise nothing.
PHILOSOPHERS = """
lock forks[3]
thread p[i in 0..3] {
  loop {
    if i < 2 { acquire forks[i]; acquire forks[i + 1] } else { acquire forks[0]; acquire forks[2] }
    section eating { }
    if i < 2 { release forks[i + 1]; release forks[i] } else { release forks[2]; release forks[0] }
  }
}
"""
# Both hold one and try the other, and both let go.
POLITE = """
lock a
lock b
thread p {
  let got = false
  while not got {
    acquire a
    if try_acquire b { got = true; release b }
    release a
  }
}
thread q {
  let got = false
  while not got {
    acquire b
    if try_acquire a { got = true; release a }
    release b
  }
}
"""
# Woken again and again, and the item is always gone.
GUARD = """
shared n = 0
lock m
condition c
thread consumer[i in 0..2] {
  loop { lock m { while n == 0 { wait c }  n = 0; section cs { } } }
}
thread producer { loop { lock m { n = 1; broadcast c } } }
"""
# Serving is no waiting, although the loop has an end and the server is always in it.
SERVER = """
channel jobs
thread server { for v in jobs { } }
thread client { loop { jobs <- 1 } }
"""
# The server's record does not change at all: it is served all the same.
PLAIN_SERVER = """
channel jobs
thread server { loop { <-jobs } }
thread client { loop { jobs <- 1 } }
"""
# Work, as long as it is wanted.
WORKER = """
atomic running = true
shared n = 0
lock m
thread worker { while running { n = (n + 1) % 3 } }
"""
# A daemon may be left waiting; the same thread without the word may not.
DAEMON = """
event e
thread ticker { loop { section tick { } } }
thread other with daemon { wait e }
"""
NO_DAEMON = DAEMON.replace(" with daemon", "")
# The hog never parks, so the other task never gets the loop.
HOG = """
shared x = 0
fn hog() { loop { x = 1 - x } }
fn other() { x = 5 }
thread main_thread { let a = async hog(); let b = async other(); await b }
"""
# A loop that begins with a waiting loop is no waiting loop itself: both have one head.
HANDSHAKE = """
shared req = 0
shared ack = 0
thread client {
  loop {
    req = 1
    while ack == 0 { }
    req = 0
    while ack == 1 { }
  }
}
thread server {
  loop {
    while req == 0 { }
    ack = 1
    while req == 1 { }
    ack = 0
  }
}
"""
# A spin has no steps: it keeps nobody from moving, and it never ends.
SPIN = """
event e
thread busy { loop { work 1 } }
thread other { wait e }
"""

CASES = {
    "turns, partner stops": (TURNS_AND_STOP, "wsnl"),
    "turns": (TURNS, "n"),
    "flags": (FLAGS, "wsnl"),
    "step back": (STEP_BACK, "wsnl"),
    "dekker": (DEKKER, "n"),
    "peterson": (PETERSON, "n"),
    "test and set": (TEST_AND_SET, "wsn"),
    "spin lock in a function": (SPIN_LOCK, "wsn"),
    "tickets": (TICKETS, "n"),
    "lock": (LOCK, "wn"),
    "try lock": (TRY_LOCK, "wsn"),
    "semaphore, two": (SEMAPHORE_2, "n"),
    "semaphore, three": (SEMAPHORE_3, "wn"),
    "morris": (MORRIS, "n"),
    "readers first": (READERS_FIRST, "wsn"),
    "writers first": (WRITERS_FIRST, "wsn"),
    "philosophers": (PHILOSOPHERS, "wn"),
    "polite": (POLITE, "wsnl"),
    "guard": (GUARD, "wsnl"),
    "server": (SERVER, "l"),
    "plain server": (PLAIN_SERVER, "l"),
    "worker": (WORKER, "l"),
    "daemon": (DAEMON, ""),
    "no daemon": (NO_DAEMON, "wsn"),
    "hog": (HOG, "wsnl"),
    "spin": (SPIN, "wsnl"),
    "handshake": (HANDSHAKE, "nl"),
}


def run(text: str, fairness: str = "weak") -> CheckResult:
    checked = load_text(text)
    assert checked.program is not None, checked.bag.errors
    return check(checked.program, CheckOptions(fairness=fairness))


def holds(text: str, line: str, fairness: str = "weak") -> bool:
    [judged] = run(f"{text}\nexpect {line}\n", fairness).judgements
    assert judged.status in ("holds", "violated")
    return judged.status == "holds"


@pytest.mark.parametrize("name", CASES)
def test_starvation_and_livelock(name: str) -> None:
    text, wanted = CASES[name]
    found = "".join(
        letter
        for letter, fairness in (("w", "weak"), ("s", "strong"), ("n", "none"))
        if holds(text, "starvation", fairness)
    )
    assert found + "l" * holds(text, "livelock") == wanted


# -- eventually, leads to ---------------------------------------------------------------------------

FLAG = """
shared ready = false
shared seen = false
thread sets { ready = true }
thread waits { while not ready { }  seen = true }
"""
BLINK = """
shared lit = false
shared n = 0
thread blinks { loop { lit = true; lit = false } }
thread counts { loop { n = 1 - n } }
"""
MAY_FAIL = """
shared x = 0
thread t { x = 1; x = 1 / choose(0, 1); x = 2 }
"""
LOSES = """
shared x = 0
event e
thread a { if choose(true, false) { signal e } }
thread b { wait e; x = 1 }
"""
WOKEN_BY_NOBODY = """
shared x = 0
lock m
condition c with spurious
thread a { lock m { wait c; x = 1 } }
"""


@pytest.mark.parametrize(
    ("text", "line", "fairness", "wanted"),
    [
        (FLAG, "eventually seen", "weak", True),  # `sets` is always able, so it moves
        (FLAG, "eventually seen", "none", False),  # it may be passed over for ever
        (FLAG, "ready leads to seen", "weak", True),
        (FLAG, "eventually not ready", "none", True),  # true at the start
        (BLINK, "eventually lit", "weak", True),
        (BLINK, "eventually lit and n == 1", "weak", False),  # they may keep missing each other
        (BLINK, "eventually lit and n == 1", "strong", False),
        (BLINK, "lit leads to not lit", "weak", True),
        (BLINK, "lit leads to not lit", "none", False),
        (BLINK, "n == 1 leads to n == 0", "weak", True),
        (MAY_FAIL, "eventually x == 2", "weak", False),  # the schedule that fails never gets there
        (MAY_FAIL, "eventually x == 0", "weak", True),
        (LOSES, "eventually x == 1", "weak", False),  # a deadlock is an end
        (WOKEN_BY_NOBODY, "eventually x == 1", "weak", False),  # nothing to rely on
        (LOCK, "eventually false", "weak", False),
        (SPIN, "eventually false", "weak", False),
        (SPIN, "eventually true", "none", True),
    ],
)
def test_eventually_and_leads_to(text: str, line: str, fairness: str, wanted: bool) -> None:
    assert holds(text, line, fairness) is wanted


def test_the_way_to_a_failure_of_eventually_does_not_come_through_the_goal() -> None:
    result = run(BLINK + "expect eventually lit and n == 1\n")
    [finding] = [f for f in result.findings if f.kind == "expectation"]
    assert finding.loop >= 0
    assert len(finding.moves) > finding.loop


# -- witnesses ------------------------------------------------------------------------------------------


def _lasso(text: str, flaw: str, fairness: str = "weak") -> Finding:
    [finding] = [f for f in run(f"{text}\nexpect {flaw}\n", fairness).findings if f.kind == flaw]
    assert finding.expected and not finding.fails
    return finding


def test_the_shortest_lasso_of_a_test_and_set_lock() -> None:
    # one swaps 0 for 1, the other swaps in vain, the one leaves and stores 0: a round of four
    finding = _lasso(TEST_AND_SET, "starvation")
    assert finding.threads in (("p[0]",), ("p[1]",))
    assert (finding.loop, finding.steps, len(finding.moves)) == (0, 4, 4)
    other = "p[1]" if finding.threads == ("p[0]",) else "p[0]"
    assert {move.thread for move in finding.moves[finding.loop :]} == {"p[0]", "p[1]"}
    assert "tries again and again in vain" in finding.cause
    assert f"while {other} goes on" in finding.cause


def test_the_shortest_lasso_of_a_lock() -> None:
    finding = _lasso(LOCK, "starvation")
    assert finding.loop == 0
    assert [move.text.split()[0] for move in finding.moves] == ["acquires", "leaves", "releases"]
    assert len({move.thread for move in finding.moves}) == 1
    assert finding.threads[0] not in {move.thread for move in finding.moves}


def test_a_livelock_serves_everybody_in_its_round() -> None:
    finding = _lasso(POLITE, "livelock")
    assert {move.thread for move in finding.moves[finding.loop :]} == {"p", "q"}


def test_a_spin_needs_no_step() -> None:
    finding = _lasso(SPIN, "livelock")
    assert (finding.steps, finding.loop, finding.threads) == (0, 0, ("busy",))


def test_the_starved_reader_is_named_with_its_place() -> None:
    finding = _lasso(READERS_FIRST, "starvation", "strong")
    assert finding.threads == ("writer",)
    assert finding.objects == ("t",)
    assert "waits for ever at" in finding.cause


@pytest.mark.parametrize("fairness", ["weak", "strong", "none"])
@pytest.mark.parametrize("name", CASES)
def test_every_lasso_is_replayed_and_closes(name: str, fairness: str) -> None:
    text, _ = CASES[name]
    checked = load_text(f"{text}\nexpect starvation\nexpect livelock\nexpect eventually false\n")
    assert checked.program is not None
    result = check(checked.program, CheckOptions(fairness=fairness))
    endless = [finding for finding in result.findings if finding.loop >= 0]
    assert endless
    for finding in endless:
        schedule = parse(finding.schedule)
        assert schedule.loop == finding.loop
        replayed = replay_untimed(checked.program, schedule)
        assert not replayed.divergence
        assert "for ever" in replayed.result.outcome.message


def test_a_round_that_does_not_close_is_noticed() -> None:
    checked = load_text(LOCK)
    assert checked.program is not None
    replayed = replay_untimed(checked.program, parse("cl1/loop=0/a2"))
    assert "do not lead back" in replayed.divergence
