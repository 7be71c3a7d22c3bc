"""From a program to its verdict.

1. *Probe*: search without any reduction, keeping the graph, up to a modest number of states. Most
   scenarios end here; every answer is then read off the complete graph.
2. Otherwise *search* with the reductions that keep the answers exact, without the graph. What the
   probe has found on the way has the shortest schedules; the rest is shown as the search found it.
3. *Judge* what was found.

With `--count`, `--no-reduction` and questions about endless schedules the unreduced search goes
through to the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from conclang import engine
from conclang.events.schedule import untimed
from conclang.explore import facts as sorting
from conclang.explore.driver import (
    Found,
    Limits,
    Progress,
    base_memory,
    drive,
    open_search,
)
from conclang.explore.facts import Facts
from conclang.explore.flow import Flow
from conclang.explore.graph import Graph
from conclang.explore.judge import Judge, Timed, summary
from conclang.explore.patience import FINISHING, RESTING, Enough, Interrupt, Patience
from conclang.explore.preempt import yields
from conclang.explore.property import FOLLOWED, Questions, questions
from conclang.explore.reduce import (
    FUSING,
    LOCALS,
    MOST_NAMED,
    RESTING_ON_IT,
    fusable_kinds,
    guards,
    interchangeable,
    may_block,
    names,
)
from conclang.explore.reports import AGAIN, SHORTENED, SearchOptions, merged
from conclang.explore.result import (
    UNKNOWN,
    CheckResult,
    Counts,
    Finding,
    Judgement,
    OutcomeRow,
    Stats,
)
from conclang.explore.space import Space, allowed, peak
from conclang.explore.started import JOINED, NAMED, handling
from conclang.explore.ways import Asks
from conclang.explore.witness import Path
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.machine.tables import TooLarge
from conclang.record import record, replace

SHORTEN = 60_000
"""States that a second look for shorter schedules may take."""
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.explore.hunt import Enough as Sufficient
    from conclang.explore.hunt import Hunt
    from conclang.explore.patience import Answer
    from conclang.explore.symmetry import Symmetry
    from conclang.explore.under import Under

MOST_EDGES = 1 << 24
"""Of a graph that is looked through for a circle just to word a finding."""

FUSED, CLEARED = "local steps fused", "dead locals cleared"
PROBE = 10_000
STEPS = 100
"""So many times as many steps as states may the first look take: where a choice is among very many,
each is a step, though all of them lead to a few states."""
FEW = 20_000
"""States, at least, that looks at schedules with few preemptions may take; a quarter of all."""
FEW_SEEN = 1000
"""From fewer states nothing is foretold of how many there will be."""
NO_BOUND = 1 << 31
AT_AN_END = frozenset({"seconds", "memory", "interrupted"})
"""Limits after which there is neither time nor memory for what can be left out."""
FEW_EDGES = 1 << 19
"""A graph with so few may be looked through even then."""


@record
class CheckOptions:
    """What the person asked for; None: not limited."""

    max_states: int | None = None
    max_seconds: float | None = None
    max_memory: int | None = None  # MB
    reduction: bool = True
    without: tuple[str, ...] = ()  # reductions that are left out: reduce.NAMES, LOCALS, FUSING
    workers: int = 1
    count: bool = False
    fairness: str = "weak"
    constants: tuple[tuple[str, str], ...] = ()
    timed: Timed | None = None
    preemptions: int | None = None  # at most so many
    yields: bool = False  # `cooperative`: switching at a `yield` is free
    under: Under | None = None  # only the schedules of a policy
    probe: int | None = None  # states of the first, unreduced look; None: PROBE
    progress: Progress | None = None


def check(program: Program, options: CheckOptions | None = None) -> CheckResult:
    """All schedules of a program, and what the file says about them."""
    options = options or CheckOptions()
    began = time.monotonic()
    deadline = None if options.max_seconds is None else began + options.max_seconds
    try:
        with Interrupt() as interrupt:
            patience = Patience(deadline, interrupt, Space(allowed(options.max_memory)))
            interrupt.hurry = patience.check
            return patience.watch(lambda: _Check(program, options, patience).run(began))
    except (TooLarge, MemoryError):
        return _nothing_known(program, "memory", options.workers)
    except Enough as enough:
        return _nothing_known(program, enough.limit, options.workers)


def _nothing_known(program: Program, limit: str, workers: int) -> CheckResult:
    """A limit was reached before the first state."""
    judged = tuple(
        Judgement(expected.text, program.sites[expected.site].line, UNKNOWN)
        for expected in program.expectations
    )
    return CheckResult(program.scenario, UNKNOWN, limit, judged, stats=_no_stats(workers))


def nothing_read(limit: str, workers: int) -> CheckResult:
    """A limit was reached before there was a program."""
    return CheckResult("", UNKNOWN, limit, stats=_no_stats(workers))


def _no_stats(workers: int) -> Stats:
    return Stats(peak_memory_mb=peak(), workers=workers, engine=engine.name())


class _Check:
    """One check; the fields are what the stages hand on."""

    def __init__(self, program: Program, options: CheckOptions, patience: Patience) -> None:
        self.fused = FUSING not in options.without
        if not self.fused:
            from conclang.ir.apart import apart

            program = apart(program)
        self.program = program
        self.patience = patience
        self.limit: str | None = None  # that ended what came after a search
        self.options = options
        self.memory = allowed(options.max_memory)
        if base_memory(program) > self.memory:
            raise Enough("memory")
        self.questions: Questions = questions(program)
        self.clears = LOCALS not in options.without
        self.machine = Machine(program, clear=self.clears)
        self.always = (FUSED,) * self.fused + (CLEARED,) * self.clears
        self.flow = Flow(program, check=patience.check)
        self.searches: list[Found] = []
        self.few = 0  # states that are left for looks at few preemptions; 0: none was taken
        self.reductions: tuple[str, ...] = self.always
        self.sure = -1  # all states that are nearer were looked at, with all steps
        self.steps = SHORTEN  # states that looks at all steps may still take
        self.near: Facts | None = None  # what the last one has shown
        self.near_depth = self.too_deep = NO_BOUND
        self.facts: Facts | None = None
        self.alone: Any = None  # what lets steps be taken alone, if anything did

    def run(self, began: float) -> CheckResult:
        """Search, judge, and sum up; `began`: when somebody asked."""
        self.patience.mood = FINISHING
        facts = self._facts()
        self.patience.mood = RESTING
        self.facts = facts
        judge = Judge(self.program, self.questions, facts, self.patience)
        judge.text_of = self._schedule
        judge.fairness = self.options.fairness
        judge.asks = Asks(self._exactly, self._bounded, self._asked())
        judge.under = self.options.under
        judge.flow = self.flow
        judge.restricted = judge.under is not None or self.options.preemptions is not None
        judge.flaws()
        judge.endless_flaws()
        judge.stale_flaws(self.flow)
        judged = judge.judgements(self.options.timed)
        rows, counts = self._outcomes(judge, facts)
        limit = self._limit(facts) or judge.limit or self.limit
        findings = sorted(judge.findings, key=_rank)
        return CheckResult(
            scenario=self.program.scenario,
            verdict=summary(judged, findings, limit),
            limit=limit,
            judgements=tuple(judged),
            findings=tuple(findings),
            outcomes=rows,
            counts=counts,
            stats=self._stats(began),
            infinite=facts.infinite,
        )

    # -- searching ----------------------------------------------------------------------------

    def _facts(self) -> Facts:
        options = self.options
        if options.under is not None:
            return self._facts_under(options.under)
        whole = options.count or self.questions.needs_graph or self._follows()
        probe_states = None if whole else (options.probe or PROBE)
        probe = self._search(SearchOptions(keep=True), probe_states)
        facts = self._sorted(probe)
        if probe.limit == "probe":
            facts = self._patiently(lambda: self._search_on(probe)) or facts
        if facts.found.limit == "probe":  # there was no time for more
            facts.found.limit = self.limit
        facts.sure = max(facts.sure, self.sure)
        self._take_graph(facts, probe)
        if self._patiently(lambda: self._look_round(facts, probe)) is None:
            facts.complete = False
            facts.found.limit = facts.found.limit or self.limit
        return facts

    def _patiently(self, ask: Callable[[], Answer], mood: str = FINISHING) -> Answer | None:
        """An answer, as long as there is time and memory for it; the limit is remembered."""
        try:
            return self.patience.ask(ask, mood)
        except Enough as enough:
            self.limit = self.limit or enough.limit
            return None

    def _sorted(self, found: Found) -> Facts:
        """What a search has seen, sorted; as far as that goes."""
        facts = Facts(found, complete=found.limit is None)
        if self._patiently(lambda: sorting.sort_into(facts, self.program)) is None:
            facts.complete, found.limit = False, found.limit or self.limit
        return facts

    def _take_graph(self, facts: Facts, found: Found) -> None:
        """The graph of a search, unless all is over and it is a large one."""
        if found.limit in AT_AN_END and found.transitions > FEW_EDGES:
            facts.sure = max(facts.sure, sorting.depth_of(found))
            return
        self._patiently(lambda: facts.take_graph(found))

    def _look_round(self, facts: Facts, probe: Found) -> bool:
        """Can it go on for ever, and is somebody left behind?"""
        if self.options.preemptions is not None:
            facts.infinite = facts.whole and sorting.is_infinite(facts)
        elif facts.whole:
            facts.infinite = sorting.is_infinite(facts)
            if facts.infinite or facts.deadlocks or facts.leaks:
                sorting.find_stuck(facts, self.program, probe, self._all_steps)
            facts.infinite = facts.infinite or sorting.spins_before_failing(facts)
        elif facts.found.search.keep and facts.complete:
            facts.infinite = self._goes_round(facts)
            sorting.find_stuck(facts, self.program, facts.found, self._all_steps)
        elif facts.complete and self._asks_when(facts):
            self._find_stuck(facts, probe)
        return True

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Searches that are not the one that is told about."""
        last = len(self.searches)
        try:
            yield
        finally:
            del self.searches[last:]

    def _goes_round(self, facts: Facts) -> bool:
        """Has the program endless schedules? Asked where it matters: yes is a safe answer."""
        found = facts.found
        if facts.infinite or facts.leaks or not facts.deadlocks or found.transitions > MOST_EDGES:
            return True
        return Graph(found.search, found.levels).has_circle()

    def _asks_when(self, facts: Facts) -> bool:
        """Is there a leak, so that it matters from when on it is certain?"""
        return bool(facts.leaks or (facts.deadlocks and self.questions.speaks_of("leak")))

    def _find_stuck(self, facts: Facts, probe: Found) -> None:
        """Search once more with the graph, which tells who is left behind, if there is room."""
        wanted = self._reduced(probe) if self.options.reduction else SearchOptions()
        guards = () if facts.found.search.unguarded or probe.search.unguarded else wanted.guards
        wanted = replace(
            wanted, keep=True, groups=(), symmetry=None, nameless=NAMED, guards=guards, alone=None
        )
        with self._aside():
            found = self._search(wanted, None if self.alone is None else AGAIN)
            if found.limit is not None and self.alone is not None:
                found = self._search(replace(wanted, alone=self.alone), None)
        if found.limit is None:
            sorting.find_stuck(facts, self.program, found, self._all_steps)

    def _all_steps(self) -> Found:
        """One more search, of all steps one by one."""
        with self._aside():
            return self._search(SearchOptions(keep=True), None)

    def _facts_under(self, under: Under) -> Facts:
        """What the schedules of a policy show; they are few, and all of them are kept."""
        from conclang.explore.under import Restricted, explore

        wanted, passing = self._asked(), yields(self.program)
        inner = open_search(self.machine, SearchOptions())
        search = Restricted(inner, wanted, replace(under, yields=passing))
        found = self.patience.ask(
            lambda: explore(search, self._limits(None), self.options.progress), RESTING
        )
        self.searches.append(found)
        facts = self._sorted(found)
        self._patiently(lambda: facts.take_graph(found))
        facts.looked_at = search.expanded
        if facts.graph is not None:
            facts.infinite = bool(self._patiently(lambda: sorting.is_infinite(facts)))
        return facts

    def _asked(self) -> SearchOptions:
        """What every search looks for."""
        return SearchOptions(
            predicates=self.questions.predicates,
            sections=self.questions.sections,
            immediate=self.flow.immediate,
        )

    def _limits(self, depth: int | None) -> Limits:
        options = self.options
        limits = Limits(states=options.max_states, depth=depth)
        limits.deadline = self.patience.deadline
        limits.memory = self.memory - base_memory(self.program)
        limits.space = self.patience.space
        return limits

    def _follows(self) -> bool:
        """Is there a question about reads that have to be followed through the graph?"""
        flaws = [flaw for flaw in sorted(FOLLOWED) if self.questions.speaks_of(flaw)]
        if not flaws:
            return False
        from conclang.explore.monitors import targets

        return any(targets(self.flow, flaw) for flaw in flaws)

    def _search(
        self,
        wanted: SearchOptions,
        probe: int | None,
        depth: int | None = None,
        enough: Sufficient | None = None,
    ) -> Found:
        """One search, within what is left of the limits."""
        options, questions = self.options, self.questions
        if options.preemptions is not None:
            wanted = replace(
                wanted,
                preemptions=min(options.preemptions, wanted.preemptions % NO_BOUND),
                yields=yields(self.program) if options.yields else (),
                fusable=(),
                groups=(),
                symmetry=None,
                nameless=NAMED,
                guards=(),
                alone=None,
            )
        wanted = replace(
            wanted,
            predicates=questions.predicates,
            sections=questions.sections,
            immediate=self.flow.immediate,
        )
        search = open_search(self.machine, wanted, 1 if probe else options.workers)
        limits = self._limits(depth)
        limits.enough = enough
        ours = probe is not None and (limits.states is None or probe < limits.states)
        if ours and probe is not None:
            limits.states, limits.steps = probe, STEPS * probe
            assert limits.memory is not None
            limits.memory -= sum(earlier.search.memory() for earlier in self.searches)
        found = self.patience.ask(lambda: self._drive(search, limits), RESTING)
        if ours and found.limit in ("states", "steps"):
            found.limit = "probe"
        self.searches.append(found)
        return found

    def _bounded(self, most: int) -> Facts | None:
        """What schedules with at most so many preemptions show, as far as there is patience."""
        allowed = 0 if self.options.under is not None else self.options.preemptions
        if allowed is not None and most > allowed:
            return None
        passing = yields(self.program) if self.options.yields else ()
        wanted = SearchOptions(keep=True, preemptions=most, yields=passing)
        if not self.few:
            self.few = max(FEW, self.searches[-1].search.states // 4)
        with self._aside():
            found = self._search(wanted, self.few, None)
        self.few = max(1, self.few - found.search.states)
        facts = sorting.sort(self.program, found)
        facts.take_graph(found)
        return facts

    def _drive(self, search: Any, limits: Limits) -> Found:
        if len(search.workers) == 1:
            return drive(search, limits, None, self.options.progress)
        from conclang.explore.crew import Crew

        with Crew(len(search.workers) - 1) as crew:
            return drive(search, limits, crew, self.options.progress)

    def _search_on(self, probe: Found) -> Facts:
        """The search without the graph; its reports join those of the probe."""
        from conclang.explore.hunt import Hunt, expanded
        from conclang.explore.pace import keeps_steps
        from conclang.explore.rounds import may_go_round

        wanted = self._reduced(probe) if self.options.reduction else SearchOptions()
        endless = Graph(probe.search, probe.levels).order() is None
        if may_block(self.program) and (endless or may_go_round(self.program)):
            # only the graph tells who is left behind while others go on
            groups = wanted.groups if len(self.program.threads) <= MOST_NAMED else ()
            wanted = replace(wanted, keep=True, groups=groups, nameless=NAMED)
        hunt = Hunt(self.program, self.questions, probe, self._search)
        if self._may_leave("persistent"):
            wanted = hunt.alone(wanted)
        found, wanted = hunt.through(wanted)
        found.reports = merged(probe.reports, expanded(found))
        self.reductions = self.always + names(wanted)
        self.alone = wanted.alone
        if self.searches[-1] is not found:
            self.searches.append(found)
        if wanted.alone is not None:
            with self._aside():
                hunt.shorten(found, wanted)
        self.sure = max(self.sure, sorting.depth_of(probe))
        self._shorten(hunt, found, wanted)
        facts = self._sorted(found)
        facts.infinite = facts.infinite or endless
        facts.sure_ends = keeps_steps(self.program, wanted)
        return facts

    def _shorten(self, hunt: Hunt, found: Found, wanted: SearchOptions) -> None:
        """Look again, step by step, for shorter ways to what only fused steps have shown.

        Ends and deadlocks are reached by the same steps in any order and need no second look.
        """
        from conclang.explore.hunt import expanded

        late = {key: r.depth for key, r in hunt.shown(found).items() if r.depth > self.sure}
        if not late or found.limit is not None or self._exactly(max(late.values())) is not None:
            return
        left = set(late)

        def enough(again: Found) -> str | None:
            left.difference_update(hunt.shown(again))
            return None if left else "found"

        options = SearchOptions(
            groups=wanted.groups,
            symmetry=wanted.symmetry,
            nameless=NAMED if wanted.nameless == JOINED else wanted.nameless,
        )
        most = min(AGAIN, max(SHORTEN, found.search.states))
        with self._aside():
            again = self._search(options, most, max(late.values()), enough)
        self.sure = max(self.sure, sorting.depth_of(again))
        again.reports = [r for r in expanded(again) if r.kind in SHORTENED]
        found.reports = merged(again.reports, found.reports, deeper=True)

    def _exactly(self, depth: int) -> Facts | None:
        """What all steps show, as deep as that, with the graph; None: there are too many."""
        if self.near is not None and depth <= self.near_depth:
            return self.near
        if depth >= self.too_deep or _expected(self.searches[0].levels, depth) > self.steps:
            return None
        with self._aside():
            found = self._search(SearchOptions(keep=True), self.steps, depth)
        self.sure = max(self.sure, sorting.depth_of(found))
        self.steps = max(1, self.steps - found.search.states)
        if self.facts is not None:
            self.facts.sure = max(self.facts.sure, self.sure)
        if found.limit not in (None, "depth"):
            self.too_deep = depth
            return None
        self.near, self.near_depth = sorting.sort(self.program, found), depth
        self.near.take_graph(found)
        return self.near

    def _reduced(self, probe: Found) -> SearchOptions:
        """Everything that may be left out."""
        if self.options.preemptions is not None:
            return SearchOptions()
        movers = fusable_kinds(self.program, self.questions)
        groups = interchangeable(self.program) if self._may_leave("symmetry") else ()
        guarded = guards(self.program, self.questions, probe.search.guarding())
        turning = self._symmetry(groups)
        if turning is not None:  # the one or the other, so that each state has one least image
            groups, guarded = (), turning.guards(guarded)
        nobody = turning is None  # is renamed otherwise
        return SearchOptions(
            fusable=movers if self._may_leave("movers") else (),
            groups=groups,
            symmetry=turning,
            nameless=handling(self.program) if nobody and self._may_leave("started") else NAMED,
            guards=guarded if self._may_leave("guards") else (),
        )

    def _symmetry(self, groups: tuple[tuple[int, int], ...]) -> Symmetry | None:
        """What threads with indices may do, if that is more than what others may do."""
        indexed = any(thread.arguments for thread in self.program.threads)
        if not indexed or not self._may_leave("indices"):
            return None
        from conclang.explore.symmetry import orders, symmetry

        found = symmetry(self.program, self.questions, self.machine)
        many = found is not None and orders(self.program, groups) <= len(found.members)
        return found if many else None

    def _may_leave(self, name: str) -> bool:
        """May a reduction be used at all?"""
        options = self.options
        if name in RESTING_ON_IT and not self.clears:
            return False
        return options.reduction and options.preemptions is None and name not in options.without

    # -- saying -------------------------------------------------------------------------------

    def _schedule(self, path: Path) -> str:
        steps = [(step.entity, step.branch) for step in path.steps]
        schedule = untimed(steps, self.program.digest, path.initial, path.loop)
        fused, constants = self.fused, self.options.constants
        return replace(schedule, constants=constants, fused=fused).text()

    def _limit(self, facts: Facts) -> str | None:
        limit = facts.found.limit
        if limit is None and facts.limit_faults:
            return "depth"
        return limit

    def _stats(self, began: float) -> Stats:
        last = self.searches[-1]
        return Stats(
            states=last.search.states,
            transitions=last.transitions,
            seconds=round(time.monotonic() - began, 3),
            peak_memory_mb=peak(),
            reductions=self.reductions,
            workers=self.options.workers,
            engine=engine.name(),
        )

    # -- outcomes and counts ------------------------------------------------------------------

    def _outcomes(self, judge: Judge, facts: Facts) -> tuple[tuple[OutcomeRow, ...], Counts | None]:
        from conclang.explore.outcomes import counted_rows, plain_rows

        if not self.options.count:
            return plain_rows(judge, facts), None
        if not facts.whole or facts.infinite:
            return plain_rows(judge, facts), Counts(infinite=facts.infinite)
        counted = judge.patiently(lambda: counted_rows(judge, facts))
        return counted or (plain_rows(judge, facts), Counts())


def _expected(levels: Sequence[int], depth: int) -> float:
    """How many states there will be as deep as that, seen from the levels of the probe.

    They go on growing, though by less and less.
    """
    far = len(levels) - 2  # the level that is being worked on is whole, the next one is not
    count = float(levels[-1])
    if far < 1 or depth <= far or count < FEW_SEEN:
        return count
    level = float(levels[far + 1] - levels[far])
    growth = max(1.0, level / max(1, levels[far] - levels[far - 1])) ** 0.8
    for _ in range(min(depth - far, 1000)):
        level = level * growth
        count += level
    return count


KINDS = (
    "error assertion deadlock leak race starvation livelock lost_update atomicity expectation"
).split()


def _rank(finding: Finding) -> tuple[int, int]:
    """Failing ones first, then by kind; otherwise in order of discovery."""
    return int(not finding.fails), KINDS.index(finding.kind)
