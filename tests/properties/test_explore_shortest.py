"""Schedules shown are the best there are, by trying all schedules of that length one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from conclang.events.schedule import untimed
from conclang.explore.checker import CheckOptions, check
from conclang.explore.driver import open_search
from conclang.explore.reports import SearchOptions
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text
from tests.oracle.generate import program as generated

MOST_STEPS = 8
MOST_WAYS = 30_000
Way = tuple[tuple[int, int], ...]


def ends(search: Any, words: list[int], left: int, way: Way, most: list[int]) -> Iterator[Way]:
    """All schedules of that many steps that end in a deadlock or a fault, in order of the steps."""
    most[0] -= 1
    if most[0] < 0:
        return
    steps = list(search.successors(words))
    if left == 0:
        if not steps and any(not finished(search, words, t) for t in range(words[0])):
            yield way
        return
    for t, branch, fault, _, _, after in steps:
        if not fault:
            yield from ends(search, after, left - 1, (*way, (t, branch)), most)


def finished(search: Any, words: list[int], t: int) -> bool:
    threads = search.machine.program.threads
    daemon = t < len(threads) and threads[t].attributes.daemon
    return words[search.record_of(t)] in (5, 6) or daemon


def switches(way: Way) -> int:
    return sum(a[0] != b[0] for a, b in pairwise(way))


def best(program: Program) -> Way | None:
    """The deadlock to show, found by going through all schedules, shorter ones first."""
    search = open_search(Machine(program), SearchOptions())
    starts = [start for start in search.initials() if not start[0]]
    if len(starts) != 1:
        return None
    most = [MOST_WAYS]
    for steps in range(MOST_STEPS):
        ways = list(ends(search, starts[0][3], steps, (), most))
        if most[0] < 0:
            return None
        if ways:
            return min(ways, key=lambda way: (switches(way), way))
    return None


@pytest.mark.parametrize("first", range(0, 600, 60))
def test_the_best_schedule_to_a_deadlock(first: int) -> None:
    compared = 0
    for seed in range(first, first + 60):
        program = load_text(generated(seed)).program
        way = best(program) if program is not None else None
        if program is None or not way:
            continue
        shown = [f for f in check(program, CheckOptions()).findings if f.kind == "deadlock"]
        if not shown:
            continue  # only tasks are left: a leak
        assert shown[0].steps == len(way)
        assert shown[0].switches == switches(way)
        assert shown[0].schedule == untimed(list(way), program.digest, 0, -1).text()
        compared += 1
    assert compared >= 3
