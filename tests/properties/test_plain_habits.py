"""What the plain engine remembers changes nothing: without it, every step is interpreted anew.

All that a search can be asked is compared: states in the order of their discovery, parents, edges,
reports in their order, steps taken. Programs are those of the oracle's generator. The plain engine
is asked in a process of its own, since a process has one engine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from conclang.explore.driver import Found, Limits, drive, open_search
from conclang.explore.flow import Flow
from conclang.explore.property import questions
from conclang.explore.reduce import fusable_kinds, guards, interchangeable
from conclang.explore.reports import SearchOptions
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text
from conclang.record import replace
from tests.oracle.generate import program

MOST_STATES = 1500
SEEDS = range(12_000, 12_080)
SCRIPT = """
import sys
from tests.properties.test_plain_habits import differing
print(differing(range(int(sys.argv[1]), int(sys.argv[2]))))
"""


def searched(given: Program, options: SearchOptions) -> Found:
    return drive(open_search(Machine(given), options), Limits(states=MOST_STATES))


def wanted(given: Program) -> list[SearchOptions]:
    """The searches that a check makes: with the graph, reduced, and with preemptions counted."""
    asked, flow = questions(given), Flow(given)
    base = SearchOptions(
        predicates=asked.predicates, sections=asked.sections, immediate=flow.immediate
    )
    probe = searched(given, replace(base, keep=True))
    reduced = replace(
        base,
        fusable=fusable_kinds(given, asked),
        groups=interchangeable(given),
        guards=guards(given, asked, probe.search.guarding()),
    )
    return [replace(base, keep=True), reduced, replace(base, preemptions=1)]


def story(found: Found) -> list[Any]:
    """All that a search says."""
    search = found.search
    reports = [(r.kind, r.words, r.place, r.entity, r.depth) for r in found.reports]
    states = [(search.words(place), search.parent(place)) for place in search.places()]
    graph = search.graph() if search.keep else ()
    return [
        found.limit,
        found.transitions,
        search.unguarded,
        search.guarding(),
        reports,
        states,
        graph,
    ]


def same(given: Program) -> bool:
    """Does the plain engine say the same when it remembers nothing?"""
    from conclang.explore.plain_habits import Habits

    searches = wanted(given)
    told = [story(searched(given, options)) for options in searches]
    Habits.remembers = False
    try:
        return told == [story(searched(given, options)) for options in searches]
    finally:
        Habits.remembers = True


def differing(seeds: range) -> list[int]:
    """The programs of which it says something else."""
    programs = [(seed, load_text(program(seed)).program) for seed in seeds]
    return [seed for seed, given in programs if given is None or not same(given)]


def test_what_is_remembered_changes_nothing() -> None:
    command = [sys.executable, "-c", SCRIPT, str(SEEDS.start), str(SEEDS.stop)]
    plain = {**os.environ, "CONCLANG_PURE": "1"}
    done = subprocess.run(command, env=plain, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
