"""A finding whose schedule cannot be worked out is told without it; nothing found is lost."""

from __future__ import annotations

from typing import Any

import pytest

from conclang.explore.checker import _Check
from conclang.explore.liveness import Liveness
from conclang.explore.monitors import Monitors
from conclang.explore.patience import Enough
from conclang.explore.result import CheckResult
from conclang.explore.stale_judge import StaleJudge
from conclang.explore.ways import Ways
from tests.unit.explore.helpers import look, only, statuses

UNTOLD = "no time was left to work out the schedule"
RACY = "shared c = 0\nthread a { c += 1 }\nthread b { c += 1 }\n"
LOCKS = "lock m\nlock n\nthread a { lock m { lock n { } } }\nthread b { lock n { lock m { } } }\n"
LEFT = "semaphore s(0)\nchannel jobs\nthread a { go f() }\nfn f() { jobs <- 1 }\n"
SPIN = (
    "shared turn = 0\nthread p { loop { while turn != 0 { } turn = 1 } }\nthread q { turn = 1 }\n"
)
INSIDE = "thread a[i in 0..2] { section cs { } }\n"

CASES = {
    "deadlock": (LOCKS, "they wait in a circle: a → b → a"),
    "leak": (LEFT, "wants to send on jobs (line 4)"),
    "race": (RACY, "no lock orders the two accesses"),
    "lost_update": (RACY, "a writes c though b may have changed it since a read it"),
    "assertion": ('thread a { assert 1 == 2, "no" }\n', "a fails at"),
    "error": ("shared x = 0\nthread a { x = 1 / x }\n", "division by zero"),
    "starvation": (SPIN + "expect no starvation\n", "p waits for ever at `while turn != 0`"),
    "livelock": (SPIN + "expect no livelock\n", "nobody need ever end"),
}
LINES = {
    "finally c == 2": "false at an end: c = 1",
    "outcomes c == {2}": "there is also 1, as here: c = 1",
    "always c == 0": "false in a reachable state: c = 1",
    "never c == 1": "true in a reachable state: c = 1",
    "eventually c == 2": "it never becomes true",
}


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every schedule takes too long."""

    def never(*_: Any, **__: Any) -> Any:
        raise Enough("seconds")

    for owner, name in ((Ways, "path"), (Ways, "to"), (Liveness, "path"), (Liveness, "_path")):
        monkeypatch.setattr(owner, name, never)
    monkeypatch.setattr(StaleJudge, "_meeting", never)


@pytest.mark.usefixtures("no_time")
@pytest.mark.parametrize("kind", CASES)
def test_flaws(kind: str) -> None:
    text, cause = CASES[kind]
    result = look(text)
    found = only(result, kind)
    assert cause in found.cause
    assert found.cause.endswith(UNTOLD)
    assert (found.schedule, found.steps, found.moves, found.shortest) == ("", 0, (), False)
    assert result.limit == "seconds"
    assert result.verdict == ("violated" if any(f.fails for f in result.findings) else "unknown")


@pytest.mark.usefixtures("no_time")
@pytest.mark.parametrize("line", LINES)
def test_lines(line: str) -> None:
    result = look(f"{RACY}expect race on c\nexpect {line}\n")
    assert statuses(result) == ["holds", "violated"]
    found = only(result, "expectation")
    assert LINES[line] in found.cause
    assert UNTOLD in found.cause


@pytest.mark.usefixtures("no_time")
def test_at_most() -> None:
    result = look(INSIDE + "expect at most 1 in cs\n")
    assert statuses(result) == ["violated"]
    assert only(result, "expectation").message.endswith("more are inside at once")


@pytest.mark.usefixtures("no_time")
@pytest.mark.parametrize("flags", [{"under": True}, {"preemptions": 1}, {"count": True}])
def test_with_options(flags: dict[str, Any]) -> None:
    from conclang.explore.under import Under

    if "under" in flags:
        flags = {"under": Under(2)}
    assert only(look(RACY, **flags), "race").cause.endswith(UNTOLD)


def given_up(monkeypatch: pytest.MonkeyPatch, name: str, text: str, **options: Any) -> CheckResult:
    """A check in which one stage reaches the limit."""

    def stage(*_: Any) -> Any:
        raise Enough("seconds")

    monkeypatch.setattr(_Check, name, stage)
    return look(text, **options)


@pytest.mark.parametrize("stage", ["_reduced", "_search_on", "_shorten"])
def test_what_the_first_look_has_found_stays(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = given_up(monkeypatch, stage, RACY + "expect always c < 5\n", probe=3)
    assert only(result, "race").schedule
    assert (result.verdict, result.limit) == ("violated", "seconds")
    assert statuses(result) == ["unknown"]


def test_looking_round(monkeypatch: pytest.MonkeyPatch) -> None:
    result = given_up(monkeypatch, "_look_round", RACY + "expect always c < 5\nexpect race on c\n")
    assert (result.verdict, result.limit) == ("unknown", "seconds")
    assert statuses(result) == ["unknown", "holds"]


def test_following_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
shared c = 0
shared d = 0
fn twice(n) { return n }
thread a[i in 0..2] { let x = c; d = x; c = x + 1 }
expect race on c
expect race on d
expect lost_update on c
"""
    whole = look(text)
    assert "lost_update" in [found.kind for found in whole.findings]
    run = Monitors._run
    taken: list[Any] = []

    def once(*given: Any) -> Any:
        if taken:
            raise Enough("seconds")
        taken.append(run(*given))
        return taken[0]

    monkeypatch.setattr(Monitors, "_run", once)
    result = look(text)
    assert only(result, "lost_update").schedule
    assert result.limit == "seconds"


def test_no_memory_in_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    from conclang.explore import driver

    def full(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(driver, "_batch", full)
    result = look(RACY)
    assert (result.verdict, result.limit) == ("unknown", "memory")
