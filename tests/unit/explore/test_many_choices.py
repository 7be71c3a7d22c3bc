"""Steps with very many branches, and very many initial states, come in pieces; limits hold."""

from __future__ import annotations

from typing import Any

import pytest

from conclang.explore import driver
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.game import Game
from conclang.explore.reports import SearchOptions
from conclang.explore.result import CheckResult
from conclang.machine.state import Machine
from tests.unit.explore.helpers import look, only, program

FIRST = "shared x = 0\nthread p[i in 0..4] {\n  let v = choose(0..1000)\n  x = v\n}\n"
LATER = """\
shared x = 0
thread a {
  x = 2
  let s = 0
  repeat 12 { s += choose(0..10) }
  x = s
}
thread b { x = 1 }
"""
INSIDE = """\
shared x = 0
thread a {
  atomic {
    x = choose(0..1_000_000)
    x = x + choose(0..1_000_000)
  }
}
thread b { atomic { x = 1 } }
"""
SMALL = [
    FIRST.replace("1000", "3").replace("0..4", "0..3"),
    LATER.replace("repeat 12", "repeat 3").replace("0..10", "0..4"),
    INSIDE.replace("1_000_000", "7"),
    INSIDE.replace("1_000_000", "7").replace("atomic { x = 1 }", "x = 1"),
    """\
shared x = 0
lock m
thread p[i in 0..2] {
  let v = choose(0..3)
  repeat 2 {
    lock m { x += choose(0..5) + v }
  }
  assert x != 9, "nine"
}
expect never x == 11
""",
    """\
channel c(2)
shared sum = 0
thread sender { repeat 2 { c <- choose(1, 3, 5) } }
thread taker { repeat 2 { let got = <-c
    sum += got } }
fn f() { sum += choose(0..3) }
thread maker { repeat 2 { spawn f() } }
""",
]


def told(result: CheckResult) -> tuple[Any, ...]:
    """Everything but the time and memory that it took."""
    stats = (result.stats.states, result.stats.transitions)
    return (result.verdict, result.findings, result.outcomes, result.judgements, stats)


@pytest.mark.parametrize("text", SMALL)
@pytest.mark.parametrize("options", [{}, {"count": True}, {"preemptions": 1}, {"probe": 10}])
def test_pieces_change_nothing(
    text: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = look(text, **options)
    monkeypatch.setattr(driver, "BATCH_BYTES", 1)
    monkeypatch.setattr(driver, "PIECE", 2)
    assert told(look(text, **options)) == told(whole)
    if "probe" in options:
        assert told(look(text, workers=2, **options)) == told(whole)


@pytest.mark.parametrize("text", [FIRST, LATER, INSIDE])
@pytest.mark.parametrize("count", [False, True])
def test_limits_hold_in_the_middle_of_a_step(text: str, count: bool) -> None:
    result = look(text, max_seconds=0.3, count=count)
    assert result.limit == "seconds"
    assert result.verdict == ("violated" if result.findings else "unknown")


def test_a_limit_of_states_holds_among_initial_states() -> None:
    result = look(FIRST, max_states=700)
    assert (result.limit, result.stats.states) == ("states", 701)


def test_a_limit_of_memory_holds_among_initial_states() -> None:
    assert look(FIRST, max_memory=70).limit == "memory"


def test_a_policy_is_no_way_around_limits() -> None:
    from conclang.explore.under import Under

    under = Under(cores=1, quantum=2)
    for text in (FIRST, LATER, INSIDE):
        assert look(text, max_seconds=0.3, under=under).limit == "seconds"


def test_an_initial_state_is_found_by_its_number() -> None:
    text = (
        "shared x = 0\nthread p {\n  let v = choose(0..40_000)\n  x = v\n  assert v != 39_000\n}\n"
    )
    finding = only(look(text), "assertion")
    assert "/init=39000/" in finding.schedule
    game = Game(program(text))
    from conclang.events.schedule import parse

    assert game.play(parse(finding.schedule)) == 1
    assert game.fault is not None


def test_every_kept_initial_state_knows_its_number() -> None:
    search = open_search(Machine(program(SMALL[0])), SearchOptions(keep=True))
    drive(search, Limits(states=10))
    starts = list(search.initials())
    assert len(starts) == 27
    for place in search.places()[:27]:
        index, words = search.start_of(place)
        assert starts[index][3] == words == search.words(place)
