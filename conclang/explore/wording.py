"""What was found, put into words: the schedule to show, and what is said without one.

A finding is certain before its schedule is worked out. That may take longer than the search: the
graph has to be looked through, or the way of a reduced search walked again. If there is no time or
no memory left for it, the finding is told all the same, with the state in which it shows, its place
and its cause as far as that state gives it away; only the schedule is missing, and the report says
so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice

from conclang.explore.cause import Cause
from conclang.explore.deciding import decisive
from conclang.explore.facts import Facts, shallowest
from conclang.explore.names import Names
from conclang.explore.patience import ASKING, FINISHING, RESTING, Enough, Patience
from conclang.explore.preempt import interrupts
from conclang.explore.reports import ENDING, Report
from conclang.explore.result import Finding
from conclang.explore.story import moves
from conclang.explore.ways import Asks, Ways
from conclang.explore.witness import Path
from conclang.ir.program import Program
from conclang.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from conclang.explore.under import Under

    Answer = TypeVar("Answer")
    Found = TypeVar("Found")

MOST_TRIED = 256
"""Ways on that are looked at for the one that fails."""
UNTOLD = {
    "seconds": "no time was left to work out the schedule",
    "memory": "no memory was left to work out the schedule",
    "interrupted": "the schedule was not worked out before the interrupt",
}
"""What is said where a schedule would be shown."""
Render = Callable[[Path], str]


class Wording:
    """The part of a judge that makes findings."""

    program: Program
    names: Names
    facts: Facts
    search: Any
    asks: Asks
    patience: Patience
    under: Under | None
    text_of: Render
    findings: list[Finding]
    limit: str | None
    given_up: set[str]

    def patiently(
        self, ask: Callable[[], Answer], flaw: str = "", mood: str = ASKING
    ) -> Answer | None:
        """The answer to a question that may take long; None if there was no time for it."""
        try:
            return self.patience.ask(ask, mood)
        except Enough as enough:
            self.limit = self.limit or enough.limit
            self.given_up.add(flaw)
            return None

    def tell(
        self, make: Callable[[Found], Answer], way: Callable[[], Found], end: Callable[[], Found]
    ) -> Answer:
        """Put something into words with the schedule to it, or else with its end alone."""
        before = len(self.findings)
        try:
            return self.patience.ask(lambda: make(way()), FINISHING)
        except Enough as enough:
            self.limit = self.limit or enough.limit
            del self.findings[before:]
        return self.patience.ask(lambda: make(end()), RESTING)

    def reported(
        self,
        make: Callable[[Path], Answer],
        reports: Sequence[Report],
        fault: int = 0,
        every: Sequence[Report] = (),
    ) -> Answer:
        """The same for what reports show."""
        return self.tell(
            make, lambda: self.path(reports, fault, every), lambda: self.bare(reports, fault)
        )

    def bare(self, reports: Sequence[Report], fault: int = 0) -> Path:
        """The state that one of the nearest reports is about, without the way to it."""
        near = shallowest(reports)[0]
        words = self.words_at(near)
        if not fault:
            return Path(0, (), words, known=False)
        told = (fault, near.words[1], self._noted(near, words))
        return Path(0, (), words, told, known=False)

    def _noted(self, report: Report, words: list[int]) -> tuple[int, ...]:
        """The values that a failing step notes, if they are found at once."""
        for t, _, code, pc, values, _ in islice(self.search.successors(words), MOST_TRIED):
            if t == report.words[2] and (code, pc) == report.words[:2]:
                return tuple(values)
        return ()

    @cached_property
    def ways(self) -> Ways:
        under = self.under is not None
        return Ways(self.program, self.facts, self.asks, self.patience, under)

    def path(self, reports: Sequence[Report], fault: int = 0, every: Sequence[Report] = ()) -> Path:
        """The best schedule to one of the reports' states; `every`: what counts for preemptions."""
        path = self.ways.path(reports, fault, every)
        self.limit = self.limit or self.ways.limit
        return path

    def add(
        self, kind: str, said: str, path: Path | None, why: Cause, expected: bool, fails: bool
    ) -> None:
        """One more finding."""
        if path is None:
            self.findings.append(Finding(kind, said, why.text, expected, fails))
            return
        if not path.known:
            told = f"{why.text}; {UNTOLD.get(self.limit or '', UNTOLD['seconds'])}"
            spans = (why.threads, why.objects, why.spans)
            self.findings.append(Finding(kind, said, told, expected, fails, *spans, shortest=False))
            return
        forced = None
        if self.under is not None and self.under.cores == 1:
            forced = interrupts(self.names, path)
            path = replace(path, preemptions=len(forced))
        finding = Finding(
            kind,
            said,
            why.text + self._when(path, forced),
            expected,
            fails,
            why.threads,
            why.objects,
            why.spans,
            self.text_of(path),
            len(path.steps),
            path.switches,
            path.preemptions,
            moves(self.names, path, decisive(self.names, path, why)),
            path.loop,
            path.shortest,
        )
        self.findings.append(finding)

    def _when(self, path: Path, forced: list[int] | None) -> str:
        """At which moment the first interrupt comes, if that was left open."""
        if self.under is None or not self.under.any_start or forced is None:
            return ""
        if not forced:
            return "; no interrupt is needed"
        step = path.steps[forced[0] - 1]
        who = self.names.entity(step.before, step.entity)
        line = self.names.site(self.names.pc(step.before, step.entity)).line
        return f"; the first interrupt comes after step {forced[0]}, of {who} (line {line})"

    def words_at(self, report: Report) -> list[int]:
        """The state of a report, with the cells that it speaks of."""
        if report.place is None:
            words = list(next(iter(self.search.initials()))[3])
        else:
            words = list(report.origin.words(report.place))
        if report.kind in ENDING:
            machine = self.names.machine
            cells = machine.locks - machine.cells
            words[machine.cells : machine.locks] = report.words[len(report.words) - cells :]
        return words
