"""Local work as steps of its own: where it begins, what stays, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.analyses.replaying import replay_untimed
from conclang.events.schedule import parse
from conclang.explore.checker import FUSED
from conclang.explore.reduce import FUSING
from conclang.ir.apart import apart, is_apart
from conclang.ir.ops import OpKind
from conclang.ir.verify import verify
from conclang.pipeline import load_file
from tests.unit.explore.helpers import look, only, program

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "examples").rglob("*.cl")) + sorted(
    (ROOT / "tests" / "conformance").rglob("*.cl")
)
DECLARED = "shared x = 0\nlock m\nrwlock polite with prefer_writers\nchannel q\nchannel room(1)\n"
PIECES = [
    ("x = 1", []),
    ("let a = 1\nx = a", ["let a = 1"]),
    ("x += 1", ["x += 1"]),
    ("let a = x\nlet b = a + 1", ["let b = a + 1"]),
    ("lock m { let a = 1\n let b = a }", ["let a = 1", "let b = a"]),
    ("if x > 0 { x = 2 }", ["if x > 0"]),
    ("let a = x\nif a > 0 and a < 3 { x = 2 }", ["if a > 0 and a < 3"]),
    ("repeat 2 { x = 1 }", ["repeat 2"] * 2),
    ("atomic { let a = 1\nx = a + 1 }\nlet b = 1", ["let b = 1"]),
    ("let a = twice(1)", ["return v * 2", "let a = twice(1)"]),
    ("work 1", ["work 1"]),
    ("loop { work 1 }", []),
    ("let a = x\nif a == 1 { loop { } }", ["if a == 1"]),
    ("x = 1\nlet t = now\nlet a = 1", ["let a = 1"]),
    ("let a = 1\nwrite polite { let b = 1 }", ["let b = 1"]),
    ("let a = 1\nroom <- a", ["let a = 1"]),
    ("let a = 1\nselect { case q <- a { } default { let b = 2 } }\nlet c = 1", None),
]


def pieces(body: str) -> list[str]:
    """The texts of the steps of local work, in order of the code."""
    function = "fn twice(v) { return v * 2 }\n" if "twice" in body else ""
    made = apart(program(f"{DECLARED}{function}thread one {{\n{body}\n}}\n"))
    return [made.sites[op.site].text for op in made.ops if op.kind == OpKind.PAUSE]


@pytest.mark.parametrize(("body", "wanted"), PIECES, ids=lambda value: str(value)[:20])
def test_pieces(body: str, wanted: list[str] | None) -> None:
    if wanted is None:  # where one stands at a channel is seen by who looks for nobody
        wanted = ["let b = 2", "let c = 1"]
    assert pieces(body) == wanted


def test_what_is_taken_apart_is_fit_to_be_run() -> None:
    compared = 0
    for given in (load_file(str(file)).program for file in FILES):
        if given is None:  # some are about static mistakes
            continue
        made = apart(given)
        assert verify(given) == []
        assert verify(made) == []
        assert not is_apart(given)
        if is_apart(made):
            assert apart(made) is made
        kinds = [op.kind for op in made.ops if op.kind != OpKind.PAUSE]
        assert kinds == [op.kind for op in given.ops]
        compared += is_apart(made)
    assert compared > 150


def test_a_local_mistake_has_a_step_of_its_own() -> None:
    text = "shared x = 0\nthread one {\n  let a = x\n  assert a == 1\n}\n"
    fused, made = look(text), look(text, without=(FUSING,))
    assert [move.text for move in only(fused, "assertion").moves] == [
        "reads x: 0, then fails (line 4)"
    ]
    found = only(made, "assertion")
    assert [move.text for move in found.moves] == [
        "reads x: 0",
        "computes: assert a == 1, then fails",
    ]
    assert found.moves[-1].decisive
    assert (fused.verdict, made.verdict) == ("violated", "violated")
    assert FUSED in fused.stats.reductions
    assert FUSED not in made.stats.reductions


def test_choices_are_branches_of_their_step() -> None:
    text = "shared x = 0\nthread one {\n  let a = choose(1, 2)\n  x = a\n}\nexpect finally x == 1\n"
    found = only(look(text, without=(FUSING,)), "expectation")
    assert parse(found.schedule).initial == 0
    assert [move.text for move in found.moves] == [
        "computes: let a = choose(1, 2), chooses option 2",
        "writes x = 2",
    ]


def test_a_schedule_says_that_its_steps_are_those() -> None:
    text = (
        "shared x = 0\nthread p[i in 0..2] {\n  let a = x\n  x = a + 1\n}\nexpect finally x == 2\n"
    )
    found = only(look(text, without=(FUSING,)), "expectation")
    schedule = parse(found.schedule)
    assert "/fused=0/" in found.schedule
    assert not schedule.fused
    assert schedule.text() == found.schedule
    replayed = replay_untimed(program(text), schedule)
    assert not replayed.divergence
    assert replayed.result.steps == found.steps == 6
    assert dict(replayed.result.outcome.final) == {"x": 1}


def test_a_thread_in_a_loop_of_its_own_is_no_deadlock() -> None:
    text = "shared x = 0\nthread one {\n  let a = 1\n  while a == 1 { a = 1 }\n}\nthread two { x = 1 }\n"
    fused, made = look(text), look(text, without=(FUSING,))
    assert fused.infinite
    assert made.infinite
    assert [f.kind for f in made.findings] == [f.kind for f in fused.findings]
