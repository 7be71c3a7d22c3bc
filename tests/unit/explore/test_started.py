"""When threads and tasks that were started have no names, and what that saves."""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import NAMES
from conclang.explore.started import nameless
from conclang.ir.program import Program
from conclang.pipeline import load_text

FUNCTIONS = "shared x = 0\nlock m\nchannel ch(4)\nfn work_(v) { lock m { x += v } }\n"
FOUR = FUNCTIONS + "thread main { repeat 4 { spawn work_(1) } }\n"


def loaded(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [d.message for d in checked.bag]
    return checked.program


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("spawn work_(1)", True),
        ("go work_(1)", True),
        ("let _h = spawn work_(1)", True),
        ("let h = spawn work_(1)\njoin h", False),
        ("let h = spawn work_(1)\nx = 1\nlet g = h\nif g == h { x = 2 }", False),
        ("let me = self\nspawn work_(1)", False),
        ("await async work_(1)", False),
        ("x = 1", False),
    ],
)
def test_names(body: str, expected: bool) -> None:
    assert nameless(loaded(f"{FUNCTIONS}thread main {{ {body} }}\n")) is expected


def test_four_of_a_kind() -> None:
    program = loaded(FOUR)
    whole = check(program, CheckOptions(reduction=False))
    alone = tuple(name for name in NAMES if name != "started")
    reduced = check(program, CheckOptions(probe=1, without=alone))
    assert NAMES["started"] in reduced.stats.reductions
    assert (reduced.stats.states, whole.stats.states) == (45, 178)
    assert reduced.outcomes == whole.outcomes
    left_out = check(program, CheckOptions(probe=1, without=(*alone, "started")))
    assert left_out.stats.states == whole.stats.states


def test_one_after_the_other_for_ever_has_an_end() -> None:
    text = (
        "semaphore s(1)\nfn short() { release s }\n"
        "thread main { loop { acquire s; spawn short() } }\n"
    )
    result = check(loaded(text), CheckOptions(probe=20, max_states=5000))
    assert result.limit in (None, "states")


def test_a_leak_is_told_from_where_it_is_certain_also_where_steps_are_fused() -> None:
    text = """\
shared x = 1
lock ms[2]
runtime pool { workers 1 }
fn job(v) {
  lock ms[0] {
    acquire ms[0]
    x -= 3
    release ms[0]
    lock ms[1] { print x }
  }
  print v
}
thread t0 {
  lock ms[0] { x -= 1 }
  go job(1) on pool
}
thread t1 { go job(1) on pool }
"""
    program = loaded(text)
    whole = check(program, CheckOptions(reduction=False))
    told = [(f.kind, f.message, f.cause, f.steps) for f in whole.findings if f.kind == "leak"]
    assert told
    for probe in (1, 2, 40):
        found = check(program, CheckOptions(probe=probe)).findings
        assert [(f.kind, f.message, f.cause, f.steps) for f in found if f.kind == "leak"] == told
