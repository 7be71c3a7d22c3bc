"""The schedule to show for a finding, and how sure it is that there is none better.

Where the graph is at hand it is the best of all: to the nearest of all states that show the finding
(see `sightings`), with the fewest switches, first in order of declaration. For what only a reduced
search has found, all steps are looked at once more, as deep as that, with the graph (`exactly`); if
there are too many, the way is that of the reduced search. It is a shortest one if somebody has
looked at all states that are nearer (`sure`), or if the search itself keeps the number of steps
(see `pace`); otherwise it is called what it is, a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from conclang.explore import witness
from conclang.explore.facts import Facts, alike, shallowest, shows
from conclang.explore.patience import Enough, Patience
from conclang.explore.preempt import Preemptions, fits
from conclang.explore.reports import Report, SearchOptions
from conclang.explore.sightings import Sightings
from conclang.explore.witness import Path, Target, Witnesses
from conclang.ir.program import Program
from conclang.record import record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Answer = TypeVar("Answer")


MOST_TRIED = 10
"""Numbers of preemptions tried, from 0 on, where there is no graph of everything."""


@record(frozen=False)
class Asks:
    """Further searches that may be asked for."""

    exactly: Callable[[int], Facts | None] = lambda depth: None
    """All steps, with the graph, to this depth; None: too many."""
    bounded: Callable[[int], Facts | None] = lambda most: None
    """What schedules with at most so many preemptions show, not always all of them."""
    wanted: SearchOptions = SearchOptions()


class View:
    """One graph and the ways through it."""

    def __init__(self, program: Program, facts: Facts, wanted: SearchOptions) -> None:
        self.facts = facts
        search, graph = facts.graph_of, facts.graph
        assert graph is not None
        self.search = search
        self.witnesses = Witnesses(search, graph)
        self.sightings = Sightings(program, search, graph, facts.looked_at, wanted)

    def best(self, reports: Sequence[Report], fault: int) -> Path:
        """The best schedule to what the reports show."""
        near = shallowest(reports)
        targets = self.sightings.of(near, near[0].depth)
        return self.witnesses.to(targets, fault)


class Ways:
    """Schedules to findings of one program."""

    def __init__(
        self, program: Program, facts: Facts, asks: Asks, patience: Patience, under: bool
    ) -> None:
        self.program = program
        self.facts = facts
        self.asks = asks
        self.patience = patience
        self.under = under
        self.limit: str | None = None
        self._preemptions: Preemptions | None = None
        self._few: list[Facts | None] = []  # with at most 0, 1, 2, … preemptions
        self._views: dict[int, View] = {}
        self.view = View(program, facts, asks.wanted) if facts.graph is not None else None

    def path(self, reports: Sequence[Report], fault: int = 0, every: Sequence[Report] = ()) -> Path:
        """The best schedule to what one of the reports shows; preemptions to any of `every`."""
        near = shallowest(reports)
        if near[0].place is None:
            return self._at_once(fault)
        if self.view is not None and near[0].origin is self.view.search:
            path = self.view.best(near, fault)
        elif self.under:
            raise Enough("memory")  # for the graph, without which nobody knows the way
        else:
            path = self._exact(reports, fault) or self._as_found(near[0], fault)
        return replace(path, preemptions=self._fewest(every or reports))

    def _exact(self, reports: Sequence[Report], fault: int) -> Path | None:
        """The way among all steps, if there are not too many of them."""
        facts = self._patiently(partial(self.asks.exactly, shallowest(reports)[0].depth))
        same = alike(facts, self.facts, reports, self.program) if facts is not None else []
        if facts is None or not same:
            return None
        if id(facts) not in self._views:
            self._views[id(facts)] = View(self.program, facts, self.asks.wanted)
        return self._views[id(facts)].best(same, fault)

    def _as_found(self, report: Report, fault: int) -> Path:
        """The way on which a reduced search came to it."""
        assert report.place is not None
        detail = (report.words[0], report.words[1], report.entity) if fault else None
        path = witness.by_parents(report.origin, report.place, detail)
        if report.origin.symmetry is not None:
            path = report.origin.symmetry.turned(report.origin, path, report)
        return replace(path, shortest=self.facts.is_sure(report))

    def _at_once(self, fault: int) -> Path:
        for index, (code, pc, values, _) in enumerate(self.facts.found.search.initials()):
            if code == fault or (code and not fault):
                return Path(index, (), None, (code, pc, values))
        raise witness.Diverged(fault)

    def to(self, states: Sequence[int], every: Sequence[int]) -> Path:
        """The best schedule to one of some states of the graph; preemptions to any of `every`."""
        assert self.view is not None
        path = self.view.witnesses.to([(state, ()) for state in states])
        return replace(path, preemptions=self._least([(state, ()) for state in every]))

    # -- preemptions ----------------------------------------------------------------------------

    def _fewest(self, reports: Sequence[Report]) -> int | None:
        """How few preemptions it takes to come to what is shown; None: not known."""
        facts, view = self.facts, self.view
        if self.under:
            return None
        if facts.whole and view is not None and fits(view.witnesses.graph):
            mine = [report for report in reports if report.origin is view.search]
            return self._patiently(lambda: self._least(view.sightings.of(mine)))
        return self.fewest(lambda few: shows(few, facts, reports, self.program))

    def _least(self, targets: Sequence[Target]) -> int | None:
        """The same for states of the graph of everything."""
        if self.under or not self.facts.whole or self.facts.graph is None:
            return None
        if not fits(self.facts.graph):
            return None
        if self._preemptions is None:
            self._preemptions = Preemptions(self.facts.graph)
        return self._preemptions.to(targets)

    def fewest(self, shown: Callable[[Facts], bool | None]) -> int | None:
        """How few show something (None: nobody knows): allow none, one, two, …"""
        for most in range(0 if self.under else MOST_TRIED):
            if len(self._few) == most:
                asked = partial(self.asks.bounded, most)
                self._few.append(self._patiently(asked) if not self.limit else None)
            facts = self._few[most]
            if facts is None:
                return None
            found = self._patiently(partial(shown, facts))
            if found:
                return most
            if found is None or not facts.complete:
                return None
        return None

    def _patiently(self, ask: Callable[[], Answer]) -> Answer | None:
        try:
            return self.patience.ask(ask)
        except Enough as enough:
            self.limit = self.limit or enough.limit
            return None
