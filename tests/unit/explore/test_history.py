"""Lost updates and atomicity violations on small programs; verdicts derived by hand.

`u`: some update is lost; `a`: some schedule violates atomicity.
"""

from __future__ import annotations

import pytest

from conclang.analyses.replaying import replay_untimed
from conclang.events.schedule import parse
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult, Finding
from conclang.pipeline import load_text

TWO = "thread t[i in 0..2] {{\n{}\n}}\n"


def two(declarations: str, body: str) -> str:
    """Two threads that do the same."""
    return f"{declarations}\n{TWO.format(body)}"


COUNTER = two("shared count = 0", "count += 1")
# read into a local, written later
THROUGH_LOCALS = two("shared count = 0", "let v = count\nlet w = v + 1\ncount = w")
THROUGH_A_CALL = two("shared n = 0\nfn next(v) { return v + 1 }", "n = next(n)")
IN_A_CALL = two("shared n = 0\nfn put(v) { n = v + 1 }", "put(n)")
BY_A_FUNCTION = two("shared n = 0\nfn get() { return n }", "n = get() + 1")
ATOMIC_CELL = two("atomic n = 0", "n += 1")  # a load, then a store
SWAPPED_IN = two("atomic n = 0", "let v = n\nlet old = n.swap(v + 1)")
FETCH_ADD = two("atomic n = 0", "n.add(1)")
LOCKED = two("shared n = 0\nlock m", "lock m { n += 1 }")
SEMAPHORE = two("shared n = 0\nsemaphore s(1)", "acquire s\nn += 1\nrelease s")
BLOCK = two("shared n = 0", "atomic { n += 1 }")
READ_THEN_BLOCK = two("shared n = 0", "let v = n\natomic { n = v + 1 }")
BLOCK_OVERTAKES = """
shared n = 0
thread a { n += 1 }
thread b { atomic { n = 5 } }
"""
# the write comes right after one of the reads that it rests on, and long after the other
EARLIER_READ_TOO = two("shared n = 1\nlock m", "let v = n\nlock m { n = v + n }")
# the write does not rest on the read
CONSTANT = two("shared n = 0", "let v = n\nif v == 0 { n = 1 }")
OTHER_CELL = two("shared n = 0\nshared k = 0", "let v = n\nk = v + 1")
# every thread has a cell of its own
OWN_CELL = two("shared a[2] = 0", "a[i] += 1")
SAME_ELEMENT = two("shared a[2] = 0", "a[1] += 1")
# read again before every try
CAS_LOOP = two(
    "atomic n = 0",
    "let done = false\nwhile not done {\nlet v = n\ndone = n.cas(v, v + 1)\n}",
)
SPLIT_LOCK = two("shared n = 0\nlock m", "let v = 0\nlock m { v = n }\nlock m { n = v + 1 }")
WITHDRAW = two(
    "shared balance = 100\nlock m",
    "let enough = false\nlock m { enough = balance >= 100 }\n"
    "if enough { lock m { balance -= 100 } }",
)
CHECKED_AGAIN = two(
    "shared balance = 100\nlock m",
    "let enough = false\nlock m { enough = balance >= 100 }\n"
    "if enough { lock m { if balance >= 100 { balance -= 100 } } }",
)
WHOLE = two("shared balance = 100\nlock m", "lock m { if balance >= 100 { balance -= 100 } }")
BRANCHES_INSIDE = two(
    "shared balance = 100\nlock m",
    "let enough = false\nlock m { if balance >= 100 { enough = true } }\n"
    "if enough { lock m { balance -= 100 } }",
)
IN_A_FUNCTION = two(
    "shared balance = 100\nlock m\n"
    "fn enough() { lock m { return balance >= 100 } }\n"
    "fn take() { lock m { balance -= 100 } }",
    "if enough() { take() }",
)
BY_SEMAPHORE = two(
    "shared balance = 100\nsemaphore s(1)",
    "acquire s\nlet enough = balance >= 100\nrelease s\n"
    "if enough { acquire s; balance -= 100; release s }",
)
BY_RWLOCK = two(
    "shared balance = 100\nrwlock table",
    "let enough = false\nread table { enough = balance >= 100 }\n"
    "if enough { write table { balance -= 100 } }",
)
OPTIMISTIC = two(
    "shared n = 0\nlock m",
    "let done = false\nwhile not done {\nlet v = 0\nlock m { v = n }\n"
    "lock m { if n == v { n = v + 1; done = true } }\n}",
)
ONE_THREAD = "shared n = 0\nlock m\nthread t { let v = 0; lock m { v = n }\n lock m { n = v + 1 } }"
NOBODY_CHANGES = """
shared n = 0
lock m
thread t { let v = 0; lock m { v = n }
  lock m { n = v + 1 } }
thread u { let w = 0; lock m { w = n } }
"""
CONDITION_LOOP = """
shared n = 0
lock m
condition c
thread consumer[i in 0..2] { lock m { while n == 0 { wait c }
  n -= 1 } }
thread producer { repeat 2 { lock m { n += 1; signal c } } }
"""
# the slot is used again by others after the item was taken: that is what it is for
BUFFER = """
shared slot[1] = 0
shared count = 0
shared sum = 0
lock m
condition full
condition empty
thread producer { for i in 1..4 {
  lock m { while count == 1 { wait empty }
    slot[0] = i; count += 1; signal full } } }
thread consumer { repeat 3 {
  let item = 0
  lock m { while count == 0 { wait full }
    item = slot[0]; count -= 1; signal empty }
  lock m { sum += item } } }
"""
# the decision is about something else, under the same lock
SHOP = """
shared open = true
shared sales = 0
lock m
thread clerk { let may = false
  lock m { may = open }
  if may { lock m { sales += 1 } } }
thread boss { lock m { open = false } }
"""
# it was not decided under the lock that the value is still good for writing it
VALUE_KEPT = two(
    "shared n = 0\nlock m",
    "let v = 0\nlock m { v = n }\nlock m { if n < 10 { n = v + 1 } }",
)
# waiting, then looking at something that was read before
STALE_AFTER_WAIT = """
shared n = 1
shared ready = false
lock m
condition c
thread a { lock m { let v = n
  while not ready { wait c }
  n = v + 1 } }
thread b { lock m { n = 5; ready = true; signal c } }
"""
DOUBLE_CHECKED = two(
    "shared made = false\nshared count = 0\nlock m",
    "if not made { lock m { if not made { count += 1; made = true } } }",
)
AWAIT_BETWEEN = """
shared balance = 100
fn pause() { }
fn withdraw() { if balance >= 100 { await async pause(); balance -= 100 } }
thread main_thread { let a = async withdraw(); let b = async withdraw(); await a; await b }
"""
AWAIT_AFTER = """
shared balance = 100
fn pause() { }
fn withdraw() { await async pause(); if balance >= 100 { balance -= 100 } }
thread main_thread { let a = async withdraw(); let b = async withdraw(); await a; await b }
"""
AWAIT_ADD = """
shared n = 0
fn one() { return 1 }
fn add() { n += await async one() }
thread main_thread { let a = async add(); let b = async add(); await a; await b }
"""
SLEEP_BETWEEN = """
shared n = 0
fn add() { let v = n; sleep 1; n = v + 1 }
thread main_thread { let a = async add(); let b = async add(); await a; await b }
"""
IO_BETWEEN = """
runtime pool { workers 1 }
shared n = 0
fn add() { let v = n; io 1; n = v + 1 }
thread main_thread { let a = go add() on pool; let b = go add() on pool; await a; await b }
"""
NO_PAUSE = """
runtime pool { workers 1 }
shared n = 0
fn add() { sleep 1; n += 1 }
thread main_thread { let a = go add() on pool; let b = go add() on pool; await a; await b }
"""
LOOP_DECISION = """
shared n = 0
lock m
thread t[i in 0..2] {
  let more = true
  while more { lock m { n += 1; more = n < 2 } }
}
"""
FLAG_TESTED = two("shared taken = 0", "if taken == 0 { taken = 1 }")
HANDED_OVER = """
shared n = 0
channel done
thread a { n += 1; done <- 1 }
thread b { <-done; n += 1 }
"""

CASES = {
    "counter": (COUNTER, "u"),
    "through locals": (THROUGH_LOCALS, "u"),
    "through a call": (THROUGH_A_CALL, "u"),
    "in a call": (IN_A_CALL, "u"),
    "by a function": (BY_A_FUNCTION, "u"),
    "atomic cell": (ATOMIC_CELL, "u"),
    "swapped in": (SWAPPED_IN, "u"),
    "fetch and add": (FETCH_ADD, ""),
    "locked": (LOCKED, ""),
    "semaphore": (SEMAPHORE, ""),
    "block": (BLOCK, ""),
    "read, then block": (READ_THEN_BLOCK, "u"),
    "a block overtakes": (BLOCK_OVERTAKES, "u"),
    "an earlier read, too": (EARLIER_READ_TOO, "u"),
    "constant": (CONSTANT, ""),
    "other cell": (OTHER_CELL, ""),
    "own cell": (OWN_CELL, ""),
    "same element": (SAME_ELEMENT, "u"),
    "cas loop": (CAS_LOOP, ""),
    "split lock": (SPLIT_LOCK, "ua"),
    "withdraw": (WITHDRAW, "a"),
    "checked again": (CHECKED_AGAIN, ""),
    "whole": (WHOLE, ""),
    "branches inside": (BRANCHES_INSIDE, "a"),
    "in functions": (IN_A_FUNCTION, "a"),
    "by semaphore": (BY_SEMAPHORE, "a"),
    "by rwlock": (BY_RWLOCK, "a"),
    "optimistic": (OPTIMISTIC, ""),
    "one thread": (ONE_THREAD, ""),
    "nobody changes": (NOBODY_CHANGES, ""),
    "condition in a loop": (CONDITION_LOOP, ""),
    "buffer": (BUFFER, ""),
    "shop": (SHOP, "a"),
    "value kept": (VALUE_KEPT, "ua"),
    "stale after wait": (STALE_AFTER_WAIT, "ua"),
    "double-checked": (DOUBLE_CHECKED, ""),
    "await between": (AWAIT_BETWEEN, "a"),
    "await after": (AWAIT_AFTER, ""),
    "await in an addition": (AWAIT_ADD, "ua"),
    "sleep on a loop": (SLEEP_BETWEEN, "ua"),
    "io on the only worker": (IO_BETWEEN, "u"),
    "no pause on the only worker": (NO_PAUSE, ""),
    "decision in a loop": (LOOP_DECISION, "a"),
    "flag tested": (FLAG_TESTED, ""),
    "handed over": (HANDED_OVER, ""),
}


def run(text: str, *lines: str) -> CheckResult:
    checked = load_text(text + "\n" + "\n".join(f"expect {line}" for line in lines) + "\n")
    assert checked.program is not None, checked.bag.errors
    return check(checked.program, CheckOptions())


def kinds(result: CheckResult) -> str:
    found = {finding.kind for finding in result.findings}
    return "u" * ("lost_update" in found) + "a" * ("atomicity" in found)


@pytest.mark.parametrize("name", CASES)
def test_findings_are_reported_without_being_asked_for(name: str) -> None:
    text, wanted = CASES[name]
    result = run(text)
    assert kinds(result) == wanted
    stale = [f for f in result.findings if f.kind in ("lost_update", "atomicity")]
    assert not any(f.fails or f.expected for f in stale)


@pytest.mark.parametrize("name", CASES)
def test_lines_are_judged(name: str) -> None:
    text, wanted = CASES[name]
    for flaw, letter in (("lost_update", "u"), ("atomicity", "a")):
        there = "holds" if letter in wanted else "violated"
        absent = "violated" if letter in wanted else "holds"
        assert [j.status for j in run(text, flaw).judgements] == [there]
        assert [j.status for j in run(text, f"no {flaw}").judgements] == [absent]


# -- what a finding says ----------------------------------------------------------------------------


def only(text: str, kind: str) -> Finding:
    [finding] = [f for f in run(text).findings if f.kind == kind]
    return finding


def test_a_lost_update_tells_the_read_the_change_and_the_write() -> None:
    finding = only(COUNTER, "lost_update")
    assert finding.objects == ("count",)
    # both have to read before either writes
    assert (finding.steps, finding.switches) == (4, 2)
    marked = [move.text for move in finding.moves if move.decisive]
    assert marked == ["reads count: 0", "writes count = 1", "writes count = 1"]
    assert "is lost" in finding.cause


def test_the_shortest_violation_of_the_withdrawal() -> None:
    finding = only(WITHDRAW, "atomicity")
    # one checks (3), the other checks and takes (3 + 4: acquire, read, write, release), the one
    # takes (3: acquire, read, write)
    assert (finding.steps, finding.switches) == (13, 2)
    assert [move.text for move in finding.moves if move.decisive] == [
        "reads balance: 100",
        "writes balance = 0",
        "writes balance = -100",
    ]
    assert "had given m up in between" in finding.cause


def test_an_await_gives_up_the_loop() -> None:
    finding = only(AWAIT_BETWEEN, "atomicity")
    assert finding.objects == ("balance",)
    assert "balance" in finding.cause


@pytest.mark.parametrize("name", [name for name, (_, wanted) in CASES.items() if wanted])
def test_schedules_can_be_replayed(name: str) -> None:
    checked = load_text(CASES[name][0])
    assert checked.program is not None
    for finding in check(checked.program, CheckOptions()).findings:
        if finding.kind in ("lost_update", "atomicity"):
            replayed = replay_untimed(checked.program, parse(finding.schedule))
            assert not replayed.divergence
            assert replayed.result.steps == finding.steps


def test_a_line_about_one_variable() -> None:
    text = two("shared n = 0\nshared k = 0\nlock m", "n += 1\nlock m { k += 1 }")
    result = run(text, "lost_update on n", "no lost_update on k", "no lost_update")
    assert [judged.status for judged in result.judgements] == ["holds", "holds", "violated"]
