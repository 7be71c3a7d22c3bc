"""What a search has seen, sorted: ends, deadlocks, leaks, races, faults, truths.

A *sighting* is what to show for something: all reports of the least depth that show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conclang.explore.driver import Found
from conclang.explore.graph import LAST_BIT, Graph
from conclang.explore.property import Questions
from conclang.explore.reports import (
    END,
    FAILED,
    FAULT,
    FIRST_LIMIT,
    LOST,
    RACE,
    SECTION,
    SPIN,
    STUCK,
    TRUTH,
    Report,
)
from conclang.explore.values import cell_of
from conclang.ir.program import Program
from conclang.record import new, record

Memory = tuple[int, ...]


@record(frozen=False)
class Facts:
    """Everything there is to know; lists of reports are in order of discovery."""

    found: Found
    graph: Graph | None = None  # of the whole program, or of its shallow part
    graph_of: Any = None  # the search that kept it
    whole: bool = False  # is the graph that of the whole program?
    complete: bool = True
    infinite: bool = False
    ends: dict[tuple[str, Memory], Report] = new(factory=dict)
    deadlocks: list[Report] = new(factory=list)
    leaks: list[Report] = new(factory=list)
    stuck: list[tuple[int, int]] = new(factory=list)  # (place, entity): partial leaks
    stuck_in: Found | None = None  # the search that has seen them
    races: dict[str, list[Report]] = new(factory=dict)  # by variable
    lost: dict[str, list[Report]] = new(factory=dict)  # by variable
    faults: dict[tuple[int, int], list[Report]] = new(factory=dict)  # (code, pc)
    limit_faults: list[Report] = new(factory=list)
    truths: dict[tuple[int, int], Report] = new(factory=dict)  # (predicate, value)
    sections: dict[int, Report] = new(factory=dict)


def sort(program: Program, questions: Questions, found: Found) -> Facts:
    """Sort the reports of a search."""
    facts = Facts(found, complete=found.limit is None)
    daemons = [thread.attributes.daemon for thread in program.threads]
    for report in found.reports:
        if report.kind in (END, STUCK):
            _end(facts, report, daemons)
        elif report.kind == SPIN:
            facts.infinite = True
        elif report.kind == RACE:
            name = cell_of(program, report.words[0]).name
            facts.races.setdefault(name, []).append(report)
        elif report.kind == LOST:
            name = cell_of(program, report.words[0]).name
            facts.lost.setdefault(name, []).append(report)
        elif report.kind == FAULT:
            code, pc, _ = report.words
            if code >= FIRST_LIMIT:
                facts.limit_faults.append(report)
            else:
                facts.faults.setdefault((code, pc), []).append(report)
        elif report.kind == FAILED:
            facts.ends.setdefault(("failed", report.words), report)
        elif report.kind == TRUTH:
            facts.truths.setdefault((report.words[0], report.words[1]), report)
        elif report.kind == SECTION:
            facts.sections.setdefault(report.words[0], report)
    return facts


def _end(facts: Facts, report: Report, daemons: list[bool]) -> None:
    """File an end: finished, deadlocked, or with somebody left behind."""
    cells = facts.found.search.machine.locks - facts.found.search.machine.cells
    count = len(report.words) - cells
    statuses, memory = report.words[:count], report.words[count:]
    left = [t for t, s in enumerate(statuses) if s == 0 and not (t < len(daemons) and daemons[t])]
    if not left:
        kind = "finished"
    elif min(left) < len(daemons):
        kind = "deadlock"
        facts.deadlocks.append(report)
    else:
        kind = "leak"
        facts.leaks.append(report)
    if report.kind == END:
        ending = "finished" if kind == "finished" else "deadlocked"
        facts.ends.setdefault((ending, memory), report)


def shallowest(reports: Iterable[Report]) -> list[Report]:
    """Those that need the fewest steps."""
    listed = list(reports)
    least = min(report.depth for report in listed)
    best = [report for report in listed if report.depth == least]
    return [report for report in best if report.origin is best[0].origin]


def shows(facts: Facts, whole: Facts, reports: Iterable[Report], program: Program) -> bool:
    """Do these facts show what one of the reports in the whole facts shows?"""
    return any(_shows(facts, whole, report, program) for report in reports)


def _shows(facts: Facts, whole: Facts, report: Report, program: Program) -> bool:
    words = report.words
    if report.kind == RACE:
        return cell_of(program, words[0]).name in facts.races
    if report.kind == LOST:
        return cell_of(program, words[0]).name in facts.lost
    if report.kind == FAULT:
        return (words[0], words[1]) in facts.faults
    if report.kind == TRUTH:
        return (words[0], words[1]) in facts.truths
    if report.kind == SECTION:
        return words[0] in facts.sections
    if any(report is deadlock for deadlock in whole.deadlocks):
        return bool(facts.deadlocks)
    if any(report is leak for leak in whole.leaks):
        return bool(facts.leaks)
    return any(end.words == words for end in facts.ends.values())


MOST_STUCK = 256


def find_stuck(facts: Facts, program: Program, found: Found) -> None:
    """The first states from which somebody never moves again, for certain, though others do."""
    daemons = sum(
        1 << t for t, thread in enumerate(program.threads[:LAST_BIT]) if thread.attributes.daemon
    )
    listed = found.search.left_behind(daemons, MOST_STUCK)
    if not listed:
        return
    deeper = [first for first in found.levels if first > listed[0][0]]
    bound = deeper[0] if deeper else listed[0][0] + 1
    if found is not facts.found or not facts.whole:
        bound = found.search.states  # with fused steps the first one found need not be the first
    for number, place, mask in listed:
        if number < bound:
            facts.stuck += [(place, t) for t in range(LAST_BIT) if mask >> t & 1]
    facts.stuck_in = found


def is_infinite(facts: Facts) -> bool:
    """Can some schedule go on for ever?"""
    graph = facts.graph
    if facts.infinite or graph is None:
        return facts.infinite
    return graph.order() is None
