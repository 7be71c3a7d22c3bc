"""Whether a program can go round for ever, told from its code; and what hangs on it."""

from __future__ import annotations

import pytest

from conclang.explore.rounds import may_go_round
from tests.unit.explore.helpers import kinds, look, only, program

THINGS = "shared x = 0\nlock m\ncondition c\nsemaphore s(0)\nchannel ch(2)\n"


@pytest.mark.parametrize(
    "body",
    [
        "repeat 3 { x += 1 }",
        "for i in 0..4 { let j = i * 2; x = j }",
        "for i in 0..4 { repeat 2 { x = i } }",
        "for v in ch { x = v }",
        "lock m { while x < 3 { wait c } }",
        "while x < 3 { acquire s }",
        "let k = 9; while k > 0 { k -= 2; x = k }",
        "repeat 2 { select { case v = <-ch { x = v } default { } } }",
    ],
)
def test_programs_with_an_end(body: str) -> None:
    others = "thread b { ch <- 1; close ch; release s; lock m { signal c } }\n"
    assert not may_go_round(program(f"{THINGS}{others}thread a {{ {body} }}"))


@pytest.mark.parametrize(
    "body",
    [
        "loop { x = 1 }",
        "while x < 3 { }",
        "while x < 3 { x = 0 }",
        "loop { repeat 3 { x = 1 } }",
        "let k = 9; while k > 0 { k -= 1; x = k; if x == 2 { k = 9 } }",
        "let k = 9; while k > 0 { x = k; if x == 2 { k -= 1 } }",
        "lock m { while x < 3 { signal c; wait c } }",
        "loop { acquire s; release s }",
        "loop { let v = <-ch; x = v }",
        "loop { lock m { } }",
        "loop { select { case v = <-ch { x = v } default { } } }",
        "spawn again()",
    ],
)
def test_programs_that_may_have_none(body: str) -> None:
    others = "thread b { ch <- 1; close ch }\nfn again() { x = 1; spawn again() }\n"
    assert may_go_round(program(f"{THINGS}{others}thread a {{ {body} }}"))


LATE = """
shared x = 0
lock m
lock k
thread busy {
  repeat 20 { x += 1 }
  loop { lock m { } }
}
thread stuck {
  repeat 20 { x += 1 }
  acquire k
  acquire k
}
expect race on x
"""


def test_a_leak_is_found_where_the_round_begins_late() -> None:
    result = look(LATE)
    assert result.stats.states > 100_000  # far more than the first look goes over
    assert "leak" in kinds(result)
    assert only(result, "leak").steps == 41


STANDS_STILL = """
atomic a = 0
lock m
lock n
channel q
thread like[i in 0..4] {
  loop { acquire n; acquire m; release m; release n; q <- 1; a.cas(0, 1) }
}
thread single { repeat 4 { a.cas(0, 1) } }
"""


@pytest.mark.parametrize("probe", [1, 40])
def test_who_is_left_in_a_deadlock_is_no_leak_beside_it(probe: int) -> None:
    """Its code could go round for ever; the finished search knows that it does not."""
    assert may_go_round(program(STANDS_STILL))
    found = look(STANDS_STILL, probe=probe)
    assert (kinds(found), found.infinite) == (["deadlock"], False)
