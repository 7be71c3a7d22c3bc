"""More entities than bits: who is left behind is found all the same, or said not to be known."""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.crowd import left_behind
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.facts import is_crowd
from conclang.explore.reports import SearchOptions
from conclang.machine.state import Machine
from tests.oracle.generate import program as generated
from tests.unit.explore.helpers import program

MANY = """
shared x = 0
lock m
lock k
fn quick() {{ x = 0 }}
fn up() {{ lock m {{ lock k {{ }} }} }}
fn down() {{ lock k {{ lock m {{ }} }} }}
thread main {{
  for i in 0..{count} {{
    let h = spawn quick()
    join h
  }}
  spawn up()
  spawn down()
  loop {{ x = 1 }}
}}
"""
WAITING = """
shared x = 0
lock m
fn quick() {{ x = 0 }}
fn late() {{ lock m {{ x = 2 }} }}
thread main {{
  for i in 0..{count} {{
    let h = spawn quick()
    join h
  }}
  {late}
  loop {{ lock m {{ x = 1 }} }}
}}
expect no starvation
"""


@pytest.mark.parametrize("count", [2, 70])
def test_a_leak_beyond_the_last_bit_is_found(count: int) -> None:
    (leak,) = [f for f in check(program(MANY.format(count=count))).findings if f.kind == "leak"]
    assert "up#1" in leak.message and "down#1" in leak.message
    # each `quick` is started, writes and is waited for; then two are started, and take a lock
    assert leak.steps == 3 * count + 4


def test_who_waits_beyond_the_last_bit_is_not_said_to_be_served() -> None:
    few = check(program(WAITING.format(count=2, late="spawn late()")))
    assert few.verdict == "violated"
    many = check(program(WAITING.format(count=70, late="spawn late()")))
    assert (many.verdict, many.limit) == ("unknown", "entities")
    done = check(program(WAITING.format(count=70, late="")))
    assert (done.verdict, done.limit) == ("holds", None)


@pytest.mark.parametrize("seed", range(25))
def test_both_ways_of_counting_find_the_same(seed: int) -> None:
    """With few entities, sets of any size are those of the search."""
    text = generated(seed, {"cells", "lock", "spawn", "condition"})
    machine = Machine(program(text))
    found = drive(open_search(machine, SearchOptions(keep=True)), Limits(states=3000))
    assert not is_crowd(found.search)
    if found.limit is None:
        slow = list(left_behind(found, 0))
        assert slow == found.search.left_behind(0, 1 << 30)


def test_the_limit_on_schedules_is_no_limit_here() -> None:
    assert check(program(MANY.format(count=70)), CheckOptions(max_states=10)).limit == "states"
