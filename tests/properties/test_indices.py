"""Symmetry of threads with indices changes no answer, and the threads really are alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.property import questions
from conclang.explore.reduce import NAMES
from conclang.explore.reports import SearchOptions
from conclang.explore.symmetry import Symmetry, symmetry
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text
from tests.properties.members import program
from tests.properties.test_explore_agreement import verdict

MOST_STATES = 8_000
ALONE = tuple(name for name in NAMES if name != "indices")
USED = NAMES["indices"]
SCRIPT = """
import json, sys
from tests.properties.test_indices import answers
print(json.dumps({seed: answers(seed) for seed in map(int, sys.argv[1:])}))
"""


def scenario(seed: int) -> Program:
    checked = load_text(program(seed))
    assert checked.program is not None
    return checked.program


def answers(seed: int) -> list[Any]:
    """Everything a person sees, as plain data."""
    given = scenario(seed) if seed % 4 else forever(seed)
    result = check(given, CheckOptions(max_states=MOST_STATES, probe=40))
    findings = [
        (f.kind, f.message, f.cause, f.schedule, f.steps, f.switches) for f in result.findings
    ]
    return [result.verdict, findings, repr(result.outcomes), result.stats.states]


@pytest.mark.parametrize("block", range(16))
def test_it_changes_no_answer_and_bites(block: int) -> None:
    used = fewer = 0
    for seed in range(block * 100, block * 100 + 20):
        given = scenario(seed)
        whole = check(given, CheckOptions(max_states=MOST_STATES, reduction=False))
        if whole.limit is not None:
            continue
        without = ALONE if seed % 2 else ()
        reduced = check(given, CheckOptions(max_states=MOST_STATES, probe=1, without=without))
        assert verdict(reduced) == verdict(whole), seed
        used += USED in reduced.stats.reductions
        fewer += reduced.stats.states < 0.7 * whole.stats.states
    assert used >= 8
    assert fewer >= 6


ENDLESS = range(20_000, 20_120)


def forever(seed: int) -> Program:
    checked = load_text(program(seed, endless=True))
    assert checked.program is not None
    return checked.program


def test_who_is_left_behind_in_endless_programs() -> None:
    """There the graph is kept, of images only, and read backwards through them."""
    used = left = 0
    for seed in ENDLESS:
        given = forever(seed)
        reduced = check(given, CheckOptions(max_states=3000, probe=100))
        if reduced.limit is not None or not reduced.infinite:
            continue
        whole = check(given, CheckOptions(max_states=3000, reduction=False))
        if whole.limit is None:
            used += USED in reduced.stats.reductions
            left += "leak" in {f.kind for f in whole.findings}
            assert kinds(reduced) == kinds(whole), seed
            assert verdict(reduced) == verdict(whole), seed
    assert used >= 5
    assert left >= 1


def kinds(result: Any) -> list[str]:
    return sorted(f.kind for f in result.findings if f.kind in ("deadlock", "leak"))


def made(seed: int) -> tuple[Program, Symmetry] | None:
    given = scenario(seed)
    found = symmetry(given, questions(given), Machine(given))
    return None if found is None else (given, found)


@pytest.mark.parametrize("block", range(6))
def test_images_of_states_step_to_images_of_states(block: int) -> None:
    """The definition, taken at its word: on every state that the program reaches."""
    looked = 0
    for seed in range(50_000 + block * 100, 50_000 + block * 100 + 12):
        both = made(seed)
        if both is None:
            continue
        search = open_search(Machine(both[0]), SearchOptions(keep=True))
        found = drive(search, Limits(states=400))
        if found.limit is None:
            looked += 1
            commutes(both[1], search)
    assert looked >= 2


def commutes(turning: Symmetry, search: Any) -> None:
    """Are the successors of the image the images of the successors?"""
    for place in search.places():
        words = search.words(place)
        after = ways(search, words)
        for p, threads in enumerate(turning.threads):
            image = turning.state(p, words, search.record_of)
            assert search.find(image) is not None
            wanted = sorted(
                (threads[t], fault, () if fault else tuple(turning.state(p, s, search.record_of)))
                for t, fault, s in after
                if t < len(threads)
            )
            there = sorted(
                (t, fault, tuple(s)) for t, fault, s in ways(search, image) if t < len(threads)
            )
            assert there == wanted


def ways(search: Any, words: list[int]) -> list[tuple[int, int, list[int]]]:
    """Who can take which step, and what it comes to."""
    return [(t, fault, [] if fault else s) for t, _, fault, _, _, s in search.successors(words)]


def test_both_engines_find_the_same() -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(90_000, 90_016)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(answers(int(seed)))) == theirs[seed], seed


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_finds_the_same(workers: int) -> None:
    text = (
        "const N = 4\nlock m[N]\nshared a[N] = 0\natomic turn = -1\n"
        "thread w[i in 0..N] {\n  repeat 2 { lock m[i] { a[(i + 1) % N] = 1\n turn = i } }\n}\n"
    )
    checked = load_text(text)
    assert checked.program is not None
    results = [
        check(checked.program, CheckOptions(workers=count, probe=100)) for count in (1, workers)
    ]
    assert USED in results[0].stats.reductions
    assert results[0].findings == results[1].findings
    assert results[0].outcomes == results[1].outcomes
    assert results[0].stats.states == results[1].stats.states
