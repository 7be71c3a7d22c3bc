"""What a search has seen, sorted: ends, deadlocks, leaks, races, faults, truths.

A *sighting* is what to show for something: all reports of the least depth that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import is_, sub

from conclang.explore.atlas import Atlas
from conclang.explore.driver import Found
from conclang.explore.graph import LAST_BIT, Graph
from conclang.explore.names import PC, SPINNING
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
from conclang.ir.ops import OpKind
from conclang.ir.program import Program
from conclang.record import new, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Memory = tuple[int, ...]
Words = tuple[int, ...]
End = tuple[bool, Memory]


@record(frozen=False)
class Facts:
    """Everything there is to know; lists of reports are in order of discovery."""

    found: Found
    graph: Graph | None = None  # of the whole program, or of its shallow part
    graph_of: Any = None  # the search that kept it
    whole: bool = False  # is the graph that of the whole program?
    looked_at: int = 0  # how many states of the graph were looked at
    sure: int = -1  # all states of less depth were looked at, with all steps
    sure_ends: bool = False  # are ends found on shortest ways, how ever deep they lie?
    complete: bool = True
    infinite: bool = False
    ends: dict[tuple[str, Memory], Report] = new(factory=dict)
    bad_ends: set[int] = new(factory=set)  # ids of the reports of deadlocks and leaks
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

    def is_sure(self, report: Report) -> bool:
        """Is it known that what is reported cannot be had with fewer steps?"""
        return report.depth <= self.sure or (self.sure_ends and report.kind in (END, STUCK))

    def end_of(self, report: Report) -> End:
        """What expectations can see of an end: is it a deadlock, and the cells."""
        machine = self.found.search.machine
        memory = report.words[len(report.words) - (machine.locks - machine.cells) :]
        return id(report) in self.bad_ends, memory

    def like(self, reports: Iterable[Report]) -> list[Report]:
        """All reports of ends that expectations cannot tell from these."""
        listed = list(reports)
        ends = {self.end_of(report) for report in listed if report.kind in (END, STUCK)}
        same = [r for r in self.found.reports if r.kind == END and self.end_of(r) in ends]
        return same + [report for report in listed if report.kind not in (END, STUCK)]

    def nearest_stuck(self, places: Iterable[int]) -> list[int]:
        """Of states of the graph, those that need the fewest steps."""
        assert self.stuck_in is not None and self.graph is not None
        number, depth = self.stuck_in.search.number, self.graph.depth
        listed = [(depth(number(place)), place) for place in places]
        least = min(listed)[0]
        return [place for far, place in listed if far == least]

    def take_graph(self, found: Found) -> Graph:
        """The graph that a search has kept."""
        self.graph, self.graph_of = Graph(found.search, found.levels), found.search
        self.whole, self.looked_at = found.limit is None, looked_at(found)
        self.sure = max(self.sure, depth_of(found))
        return self.graph


def looked_at(found: Found) -> int:
    """How many of the states that a search has numbered were looked at."""
    if found.limit is None:
        return int(found.search.states)
    return int(found.levels[-2] + found.search.worked())


def depth_of(found: Found) -> int:
    """A search with all steps has looked at all states that are nearer than this."""
    return NO_END if found.limit is None else int(found.search.depth)


NO_END = 1 << 60


def sort(program: Program, found: Found) -> Facts:
    """Sort the reports of a search."""
    facts = Facts(found, complete=found.limit is None)
    sort_into(facts, program)
    return facts


def sort_into(facts: Facts, program: Program) -> bool:
    """The same, step by step, so that nothing is lost if it is ended in the middle."""
    daemons = [thread.attributes.daemon for thread in program.threads]
    for report in facts.found.reports:
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
    return True


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
    if kind != "finished":
        facts.bad_ends.add(id(report))
    if report.kind == END:
        ending = "finished" if kind == "finished" else "deadlocked"
        facts.ends.setdefault((ending, memory), report)


def shallowest(reports: Iterable[Report]) -> list[Report]:
    """Those that need the fewest steps."""
    listed = list(reports)
    least = min(report.depth for report in listed)
    best = [report for report in listed if report.depth == least]
    return [report for report in best if report.origin is best[0].origin]


def shows(facts: Facts, whole: Facts, reports: Sequence[Report], program: Program) -> bool:
    """Do these facts show what one of the reports in the whole facts shows?"""
    return bool(alike(facts, whole, reports, program))


def alike(facts: Facts, whole: Facts, reports: Sequence[Report], program: Program) -> list[Report]:
    """The reports in these facts that show what one of the reports in the whole facts shows."""
    for every, there in ((whole.deadlocks, facts.deadlocks), (whole.leaks, facts.leaks)):
        if len(reports) == len(every) and all(map(is_, reports, every)):
            return there
    found: dict[int, Report] = {}
    ends: set[tuple[object, ...]] = set()
    for report in reports:
        if report.kind in (END, STUCK):
            ends.add((report.kind, *whole.end_of(report)))
        else:
            found.update((id(same), same) for same in _alike(facts, report, program))
    if ends:
        found.update(
            (id(same), same)
            for same in facts.found.reports
            if same.kind in (END, STUCK) and (same.kind, *facts.end_of(same)) in ends
        )
    return list(found.values())


def _alike(facts: Facts, report: Report, program: Program) -> list[Report]:
    words = report.words
    if report.kind == RACE:
        return facts.races.get(cell_of(program, words[0]).name, [])
    if report.kind == LOST:
        return facts.lost.get(cell_of(program, words[0]).name, [])
    if report.kind == FAULT:
        return facts.faults.get((words[0], words[1]), [])
    if report.kind == TRUTH:
        return _one(facts.truths.get((words[0], words[1])))
    if report.kind == SECTION:
        return _one(facts.sections.get(words[0]))
    return [r for r in facts.found.reports if r.kind == report.kind and r.words == words]


def _one(report: Report | None) -> list[Report]:
    return [] if report is None else [report]


MOST_STUCK = 100_000


def is_crowd(search: Any) -> bool:
    """Has a state of the search more entities than there are bits?"""
    machine = search.machine
    if machine.threads <= LAST_BIT and not machine.dynamics:
        return False
    row = Atlas(search, search.states).row
    return any(map(LAST_BIT.__lt__, map(sub, islice(row, 1, None), row)))


def find_stuck(
    facts: Facts, program: Program, found: Found, all_steps: Callable[[], Found]
) -> None:
    """The states from which somebody never moves again, for certain, though others do.

    With more entities than bits it takes one more search (crowd.py), of all steps one by one.
    """
    daemons = sum(1 << t for t, thread in enumerate(program.threads) if thread.attributes.daemon)
    if is_crowd(found.search):
        from conclang.explore.crowd import left_behind

        found = all_steps()
        if found.limit is not None:
            facts.complete, facts.found.limit = False, facts.found.limit or found.limit
            return
        every = list(islice(left_behind(found, daemons), MOST_STUCK))
    else:
        every = found.search.left_behind(daemons & (1 << LAST_BIT) - 1, MOST_STUCK)
    if any(op.kind == OpKind.PAUSE for op in program.ops):
        every = [item for item in every if _goes_on(found.search, program, item[1])]
    facts.stuck = [
        (place, t) for _, place, mask in every for t in range(mask.bit_length()) if mask >> t & 1
    ]
    facts.stuck_in = found if every else None


def _goes_on(search: Any, program: Program, place: int) -> bool:
    """Can others from here on do more than local work, of which nobody sees anything?"""
    first: Words = tuple(search.words(place))
    way = [(first, _after_local_work(search, program, first))]
    entered, done = {first}, set()
    while way:
        state = next(way[-1][1], None)
        if state is None:
            done.add(way.pop()[0])
        elif not state or (state in entered and state not in done):
            return True  # there is something to see, or a round
        elif state not in done:
            entered.add(state)
            way.append((state, _after_local_work(search, program, state)))
    return False


def _after_local_work(search: Any, program: Program, words: Words) -> Iterator[Words]:
    """The states after each step of local work; () if there are other steps, or rounds."""
    if any(words[search.record_of(t)] == SPINNING for t in range(words[0])):
        yield ()
    for t, _, fault, _, _, after in search.successors(list(words)):
        pc = words[search.record_of(t) + PC]
        yield () if fault or program.ops[pc].kind != OpKind.PAUSE else tuple(after)


def is_infinite(facts: Facts) -> bool:
    """Can some schedule go on for ever?"""
    graph = facts.graph
    if facts.infinite or graph is None:
        return facts.infinite
    return graph.order() is None


def spins_before_failing(facts: Facts) -> bool:
    """Does somebody go round without a step, though all others sooner or later fail?

    Where others come to an end beside it, the search says so itself.
    """
    if not facts.faults or facts.graph is None:
        return False
    code, _ = Atlas(facts.graph_of, facts.graph.count).survey()
    return any(standing & 7 == SPINNING for standing in code)
