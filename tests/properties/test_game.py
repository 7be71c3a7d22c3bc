"""A look ahead from the start finds what `check` finds, in as many steps, or that there is nothing.

The two share no search: the game looks breadth first through single steps, `check` reads its graph.
"""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.game import Game, Trouble
from conclang.explore.names import FINISHED
from conclang.explore.result import Finding
from conclang.pipeline import load_text
from tests.oracle.generate import program as generated

SHOWN = {"deadlock", "leak", "race", "error", "assertion", "lost_update"}


@pytest.mark.parametrize("block", range(8))
def test_nearest_failure_is_as_near_as_the_checker_says(block: int) -> None:
    seen = [_agrees(seed) for seed in range(block * 60, block * 60 + 60)]
    assert seen.count(True) >= 20, "too few of the generated programs say anything"


def _agrees(seed: int) -> bool:
    text = generated(seed)
    program = load_text(text).program
    if program is None:
        return False
    result = check(program, CheckOptions(max_states=3000))
    if result.limit:
        return False
    game = Game(program)
    if game.fault is not None:  # it fails before the first step
        assert any(f.kind in ("error", "assertion") for f in result.findings), text
        return True
    way = game.danger()
    assert way.known, text
    shown = [f for f in result.findings if f.kind in SHOWN or _promised(f)]
    if any(f.kind == "leak" for f in shown):
        return False  # who is left behind while others go on is seen in no single state
    nearest = 0 if game.troubles() else len(way.steps) if way.found else None
    others = [f for f in shown if f.kind != "lost_update"]
    if nearest and way.trouble.startswith("lost update"):
        assert nearest == min(f.steps for f in shown if f.kind == "lost_update"), (text, way)
        assert all(nearest <= f.steps for f in others), (text, way, shown)
    else:
        assert nearest == min((f.steps for f in others), default=None), (text, way, shown)
    _plays(game, way.steps)
    return True


def _promised(finding: Finding) -> bool:
    """A broken promise about states or ends; which outcomes there are is no matter of one step."""
    forms = ("expect always", "expect never", "expect finally", "expect at most")
    return finding.kind == "expectation" and finding.message.startswith(forms)


def _plays(game: Game, steps: tuple[tuple[int, int], ...]) -> None:
    """The way can be taken, step by step, and back."""
    for entity, branch in steps:
        assert game.take(entity, branch)
    played = game.schedule
    game.restart()
    assert not game.taken
    while game.forth():
        pass
    assert game.schedule == played


def test_a_way_out_ends_well() -> None:
    program = load_text(
        "lock a\nlock b\nthread x { lock a { lock b { } } }\nthread y { lock b { lock a { } } }\n"
    ).program
    assert program is not None
    game = Game(program)
    assert game.danger().steps == ((0, 0), (1, 0))
    way = game.escape()
    assert way.found and len(way.steps) == 8
    for entity, branch in way.steps:
        assert game.take(entity, branch)
    assert game.over and not game.troubles()
    assert all(game.names.status(game.state, t) == FINISHED for t in range(2))
    game.restart()
    assert game.take(0) and game.take(1)
    assert [t.kind for t in game.troubles()] == ["deadlock"]
    assert not game.escape().found and game.escape().known


INSIDE = {
    "a write in a block": "shared x = 0\nthread a { atomic { x += 1 } }\nthread b { x = 5 }\n",
    "a read in a block": "shared x = 0\nthread a { atomic { if x > 0 { print x } } }\nthread b { x = 5 }\n",
    "an element that the block works out": (
        "shared k[4] = 0\nthread a { for i in 0..2 { atomic { k[i + 2] = 1 } } }\n"
        "thread b { let v = k[3]\n print v }\n"
    ),
    "one branch of a choice": (
        "shared x = 0\nthread a { atomic { if choose(true, false) { x = 1 } } }\nthread b { x = 5 }\n"
    ),
    "a block that a spawned thread runs": (
        "shared x = 0\nfn f() { atomic { x += 1 } }\nthread a { spawn f()\n x = 2 }\n"
    ),
    "beside an event loop": (
        "shared x = 0\nfn g() { }\nthread a { let h = async g()\n await h\n x = 2 }\n"
        "thread b { x = 3 }\n"
    ),
}
ORDERED = {
    "two blocks": "shared x = 0\nthread a { atomic { x += 1 } }\nthread b { atomic { x = 5 } }\n",
    "two readers": "shared x = 0\nthread a { atomic { print x } }\nthread b { let v = x\n print v }\n",
    "a block that has to wait": (
        "shared x = 0\nlock m\nthread a { lock m { x = 5 } }\nthread b { lock m { atomic { x += 1 } } }\n"
    ),
}


@pytest.mark.parametrize("name", [*INSIDE, *ORDERED])
def test_races_of_indivisible_blocks_are_those_of_check(name: str) -> None:
    program = load_text({**INSIDE, **ORDERED}[name]).program
    assert program is not None
    races = [f.steps for f in check(program).findings if f.kind == "race"]
    game = Game(program)
    way = game.danger()
    assert bool(races) == (name in INSIDE)
    if races:
        for entity, branch in way.steps:
            assert game.take(entity, branch)
        name = "k" if "element" in name else "x"
        assert Trouble("race", name) in game.troubles()
        assert len(way.steps) == min(races)
    else:
        assert way.known and "race" not in way.trouble
