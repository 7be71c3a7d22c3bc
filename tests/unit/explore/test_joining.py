"""Handles that are kept only to wait for all: when that is certain, and what it saves."""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.joining import waits_for_all
from conclang.explore.reduce import NAMES
from conclang.explore.result import CheckResult
from conclang.explore.started import JOINED, NAMED, NAMELESS, handling
from conclang.ir.program import Program
from conclang.pipeline import load_text

FUNCTIONS = """\
shared c = 0
lock m
fn job(k) { repeat 2 { c += 1 }
  return k }
fn both(h, g) { join h
  join g }
"""
THREE = "let a = spawn job(1)\nlet b = spawn job(2)\nlet d = spawn job(3)\n"


def load(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [found.message for found in checked.bag]
    return checked.program


def waiting(body: str) -> Program:
    return load(f"{FUNCTIONS}thread main {{\n{THREE}{body}\n}}\n")


@pytest.mark.parametrize(
    "body",
    [
        "for h in [a, b, d] { join h }",
        "join b\njoin a\njoin d\nc = 1",
        'join b\njoin a\nprint "two"\njoin d',
        "let hs = [a, b, d]\nfor j in 0..3 { join hs[j] }\nassert c == 6",
        "let hs = [a, a, a]\nhs[1] = b\nhs[2] = d\nfor j in 0..3 { join hs[j] }",
        "both(a, b)\njoin d",
        "join a\njoin b\njoin d\nif c == 0 { c = 2 }",
        "join a\njoin b\njoin d\nlet e = spawn job(1)\nlet f = spawn job(2)\njoin f\njoin e",
        "join a\njoin b\njoin d\njoin a",
        "let _r = join a\njoin b\njoin d",
        "c = 1\nlock m { for h in [d, a, b] { join h } }",
    ],
)
def test_all_are_waited_for(body: str) -> None:
    assert waits_for_all(waiting(body))


@pytest.mark.parametrize(
    "body",
    [
        "join b\njoin a",
        "join b\njoin a\nc = 1\njoin d",
        "both(a, b)\nc = 1\njoin d",
        "c = join b\njoin a\njoin d",
        "let r = join b\njoin a\njoin d\nc = r",
        "let r = join b\njoin a\njoin d\nif r == 1 { c = 2 }",
        'let r = join b\njoin a\njoin d\nprint "{r}"',
        "let hs = [a, a, a]\nhs[1] = b\nfor j in 0..3 { join hs[j] }",
        "let hs = [a, b, d]\nlet n = c\nhs[min(n, 2)] = a\nfor h in hs { join h }",
        "let hs = [a, b, d]\nlet n = c\njoin hs[n]\njoin a\njoin b\njoin d",
        "if c == 0 { join a\njoin b\njoin d }",
        "let n = c\nfor j in 0..n { }\nfor h in [a, b, d] { join h }",
        "let n = c\njoin a\nlet _z = 1 / n\njoin b\njoin d",
        "join a\nassert true\njoin b\njoin d",
        "join a\nlet e = spawn job(1)\njoin b\njoin d\njoin e",
        "let me = self\nprint me\njoin a\njoin b\njoin d",
    ],
)
def test_not_all_are_waited_for_or_not_certainly_or_not_only(body: str) -> None:
    assert not waits_for_all(waiting(body))


def test_only_one_may_start_and_join() -> None:
    pair = "let a = spawn job(1)\njoin a\n"
    assert waits_for_all(load(f"{FUNCTIONS}thread p {{ {pair} }}\nthread q {{ c = 1 }}\n"))
    assert not waits_for_all(load(f"{FUNCTIONS}thread p[i in 0..2] {{ {pair} }}\n"))
    more = f"{FUNCTIONS}fn more(k) {{ {pair} }}\n"
    assert not waits_for_all(load(more + "thread p { let a = spawn more(1)\njoin a }\n"))


def test_what_handles_are_good_for() -> None:
    started = "fn job() { }\nthread p { let _a = spawn job() }\n"
    assert handling(load(started)) == NAMELESS
    assert handling(waiting("join a\njoin b\njoin d")) == JOINED
    assert handling(waiting("join a")) == NAMED


# -- what it saves, and what must not get lost ------------------------------------------------------


def told(result: CheckResult) -> tuple[object, ...]:
    findings = sorted((f.kind, f.message, f.steps) for f in result.findings)
    return result.verdict, result.judgements, findings, result.outcomes


def same(text: str) -> tuple[int, int, int]:
    """The states: of all, of all reductions but this, of all reductions."""
    program = load(text)
    results = [
        check(program, CheckOptions(reduction=False)),
        check(program, CheckOptions(probe=1, without=("started",))),
        check(program, CheckOptions(probe=1)),
        check(program, CheckOptions(probe=1, workers=2)),
    ]
    assert len({repr(told(result)) for result in results}) == 1
    assert NAMES["started"] not in results[1].stats.reductions
    assert results[2].stats.states == results[3].stats.states
    states = [result.stats.states for result in results]
    return states[0], states[1], states[2]


FOUR = """\
shared c = 0
fn job() { repeat 2 { c += 1 } }
thread main {
  let a = spawn job()
  let b = spawn job()
  let d = spawn job()
  let e = spawn job()
  for h in [d, a, b, e] { join h }
  assert c <= 8
}
expect finally c >= 2
"""


def test_four_of_a_kind() -> None:
    whole, others, reduced = same(FOUR)
    assert reduced < others / 5 <= whole / 5


def test_who_never_finishes_is_told_with_the_shortest_schedule() -> None:
    """One of three takes a lock and keeps it; the joins before the last are part of the schedule."""
    text = """\
shared c = 0
lock m
fn job(k) {
  if k == 2 {
    acquire m
    acquire m
  }
  c += k
}
thread main {
  let a = spawn job(1)
  let b = spawn job(1)
  let d = spawn job(2)
  for h in [a, b, d] { join h }
}
"""
    same(text)
    result = check(load(text), CheckOptions(probe=1))
    assert {finding.kind for finding in result.findings} >= {"deadlock"}
    assert NAMES["started"] not in result.stats.reductions  # it was made again, with names


def test_after_a_limit_no_end_is_told_that_is_none() -> None:
    text = FOUR.replace("repeat 2 { c += 1 }", "c += 1\n  acquire m\n  acquire m")
    program = load("lock m\n" + text)
    for states in (20, 60, 200):
        found = check(program, CheckOptions(probe=1, max_states=states))
        whole = check(program, CheckOptions(max_states=None))
        dead = [f.steps for f in found.findings if f.kind == "deadlock"]
        assert dead in ([], [f.steps for f in whole.findings if f.kind == "deadlock"])
