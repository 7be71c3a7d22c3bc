"""Calls between steps: loops after them, and stacks that grow and shrink."""

from __future__ import annotations

import pytest

from tests.unit.explore.helpers import look, values

LOOP_AFTER_CALLS = """shared x = 0
fn same(v) { return v }
thread one {
  x = 1
  same(1)
  same(2)
  same(3)
  let n = 0
  for i in 0..2 { n += i }
  x = n
}
thread two { x = 3 }
fn task() { x = 4 }
thread maker { go task() }
"""
ROUND = """shared x = 0
fn same(v) {{ return v }}
thread one {{
  let n = x
  while n == 0 {{ {calls} }}
}}
thread two {{ x = 1 }}
"""
DEEP = """shared x = 0
fn down(v) {
  if v <= 0 { return 0 }
  x = v
  return down(v - 1)
}
fn task(v) {
  x = 0
  down(v)
  x = 0
}
thread maker {
  spawn task(2)
  spawn task(2)
  x = 1
}
expect eventually x > 5
"""


def test_a_loop_after_calls_comes_to_its_end() -> None:
    result = look(LOOP_AFTER_CALLS, reduction=False)
    assert not result.infinite
    assert values(result, "x") == {1, 3, 4}


@pytest.mark.parametrize("calls", range(5))
def test_a_loop_that_calls_is_known_to_be_endless(calls: int) -> None:
    result = look(ROUND.format(calls="\n".join(["same(1)"] * calls)))
    assert result.limit is None
    assert result.infinite


def test_a_schedule_through_deep_calls_is_followed() -> None:
    """What lies above a stack is nothing, whatever was there before."""
    [found] = [f for f in look(DEEP).findings if f.kind == "expectation"]
    assert found.fails
    assert len(found.moves) == found.steps
