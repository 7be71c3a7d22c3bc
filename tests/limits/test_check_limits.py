"""Scenarios that are too much: a clear answer within the limits, never a crash."""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult
from conclang.pipeline import load_text

SECONDS = 1.0


def look(text: str) -> CheckResult:
    checked = load_text(text)
    assert checked.program is not None, [d.message for d in checked.bag]
    return check(checked.program, CheckOptions(max_seconds=SECONDS, max_memory=400))


TOO_MUCH = {
    "threads that make threads": (
        "fn f() {\n  spawn f()\n  spawn f()\n}\nthread a { spawn f() }\n",
        {"seconds", "memory"},
    ),
    "a long way": ("shared x = 0\nthread a { while x < 100000000 { x += 1 } }\n", {"seconds"}),
    "a long loop without a step": (
        "thread a {\n  let i = 0\n  while i < 100000000 { i += 1 }\n}\n",
        {"depth"},
    ),
    "a crowd": (
        "shared x = 0\nthread t[i in 0..1000] { x += 1 }\nexpect race on x\n",
        {"seconds", "memory"},
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_limit_is_named(name: str) -> None:
    text, limits = TOO_MUCH[name]
    result = look(text)
    assert result.verdict == "unknown"
    assert result.limit in limits


@pytest.mark.parametrize("text", ["", 'scenario "nothing"\n', "shared x = 0\n"])
def test_nothing_to_do_holds(text: str) -> None:
    result = look(text)
    assert result.verdict == "holds"
    assert result.stats.states == 1


def test_endless_recursion_is_an_error_with_a_place() -> None:
    result = look("fn f(n) { return f(n + 1) }\nthread a { let x = f(0) }\n")
    assert [finding.kind for finding in result.findings] == ["error"]
    assert "call depth" in result.findings[0].message


def long_file() -> str:
    lines = "\n".join(["  x = x + 1"] * 200)
    return "shared x = 0\n" + "".join(f"thread t{i} {{\n{lines}\n}}\n" for i in range(40))


def test_the_clock_is_looked_at_while_tables_are_made() -> None:
    program = load_text(long_file()).program
    assert program is not None
    result = check(program, CheckOptions(max_seconds=0))
    assert (result.verdict, result.limit) == ("unknown", "seconds")
    assert result.stats.states == 0


def test_memory_for_the_program_itself_counts() -> None:
    program = load_text(long_file()).program
    assert program is not None
    result = check(program, CheckOptions(max_memory=64))
    assert (result.verdict, result.limit, result.stats.states) == ("unknown", "memory", 0)
