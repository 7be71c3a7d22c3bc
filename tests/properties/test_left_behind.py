"""Threads that change places are still told apart in the graph: who is left behind, and where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.explore.driver import Found, Limits, drive, open_search
from conclang.explore.reduce import interchangeable
from conclang.explore.reports import SearchOptions
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text

MOST_STATES = 6_000
HEAD = """
shared x = 0
atomic a = 0
lock m
lock n
condition c
semaphore s({permits})
event e
rwlock w
channel q({room})
"""
STATEMENTS = (
    "x = 1 - x",
    "a.swap(1 - a)",
    "a.cas(0, 1)",
    "acquire m\nx = 1 - x\nrelease m",
    "acquire m\nacquire n\nrelease n\nrelease m",
    "acquire n\nacquire m\nrelease m\nrelease n",
    "acquire m\nif x == 0 {{ wait c }}\nx = 0\nrelease m",
    "acquire m\nx = 1\nsignal c\nrelease m",
    "acquire m\nbroadcast c\nrelease m",
    "acquire s",
    "release s",
    "acquire s\nrelease s",
    "wait e",
    "signal e",
    "reset e",
    "acquire read w\nrelease read w",
    "acquire write w\nrelease write w",
    "q <- 1",
    "select {{ case v = <-q {{ x = v }} }}",
    "select {{ case v = <-q {{ x = v }} case q <- 0 {{ }} }}",
    "if x == 1 {{ acquire s }}",
    "while a == 1 {{ acquire s\nrelease s }}",
)
SCRIPT = """
import json, sys
from tests.properties.test_left_behind import answers
print(json.dumps({seed: answers(seed) for seed in map(int, sys.argv[1:])}))
"""


def body(r: Random) -> str:
    lines = "\n".join(r.choice(STATEMENTS) for _ in range(r.randint(1, 3)))
    return f"loop {{\n{lines}\n}}" if r.random() < 0.6 else f"repeat 2 {{\n{lines}\n}}"


def scenario(seed: int) -> Program | None:
    """Two to four threads that are alike, sometimes two kinds of them, and perhaps somebody else."""
    r = Random(seed)
    text = HEAD.format(permits=r.randint(0, 2), room=r.randint(0, 2))
    text += f"thread like[i in 0..{r.randint(2, 4)}] {{\n{body(r)}\n}}\n"
    if r.random() < 0.4:
        daemon = r.choice(["", " with daemon"])
        text += f"thread alike[i in 0..2]{daemon} {{\n{body(r)}\n}}\n"
    if r.random() < 0.5:
        text += f"thread single {{\n{body(r)}\n}}\n"
    return load_text(text.replace("{{", "{").replace("}}", "}")).program


def searched(program: Program, groups: tuple[tuple[int, int], ...]) -> Found:
    wanted = SearchOptions(keep=True, groups=groups)
    search = open_search(Machine(program), wanted, 1)
    return drive(search, Limits(states=MOST_STATES), None, None)


def left_behind(found: Found) -> dict[tuple[int, ...], int]:
    """Per state who is left behind in it, as bits."""
    search = found.search
    listed = search.left_behind(0, 1 << 30)
    return {tuple(search.words(place)): mask for _, place, mask in listed}


def answers(seed: int) -> list[Any]:
    """What a search that keeps the graph says, as plain data."""
    program = scenario(seed)
    if program is None:
        return []
    found = searched(program, interchangeable(program))
    whole = check(program, CheckOptions(max_states=MOST_STATES, probe=1))
    listed = sorted(left_behind(found).items()) if found.limit is None else []
    kinds = sorted(finding.message for finding in whole.findings)
    return [found.search.states, [[list(words), mask] for words, mask in listed], kinds]


@pytest.mark.parametrize("block", range(10))
def test_the_same_are_left_behind(block: int) -> None:
    fewer = stuck = 0
    for seed in range(block * 40, block * 40 + 40):
        program = scenario(seed)
        assert program is not None, seed
        every = searched(program, ())
        if every.limit is not None:
            continue
        kept = searched(program, interchangeable(program))
        whole, some = left_behind(every), left_behind(kept)
        places = range(kept.search.states)
        states = [tuple(kept.search.words(place)) for place in kept.search.places()]
        assert len(set(states)) == len(places)
        assert {words: whole[words] for words in states if words in whole} == some, seed
        assert bool(whole) == bool(some), seed
        fewer += kept.search.states < every.search.states
        stuck += bool(some)
    assert fewer >= 15
    assert stuck >= 3


@pytest.mark.parametrize("block", range(5))
def test_who_waits_for_ever_is_found_with_all_reductions(block: int) -> None:
    compared = 0
    for seed in range(1000 + block * 20, 1000 + block * 20 + 20):
        program = scenario(seed)
        assert program is not None, seed
        plain = check(program, CheckOptions(max_states=MOST_STATES, reduction=False))
        if plain.limit is not None:
            continue
        reduced = check(program, CheckOptions(max_states=MOST_STATES, probe=1))
        kinds = {finding.kind for finding in plain.findings}
        found = {finding.kind for finding in reduced.findings}
        assert reduced.verdict == plain.verdict, seed
        assert kinds & {"deadlock"} == found & {"deadlock"}, seed
        if "deadlock" not in kinds:
            assert kinds & {"leak"} == found & {"leak"}, seed
            compared += plain.infinite
    assert compared >= 4


def test_both_engines_find_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(2000, 2020)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    ours = json.loads(json.dumps({seed: answers(int(seed)) for seed in seeds}))
    assert ours == theirs
