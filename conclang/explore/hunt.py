"""The search after the probe, made again where a reduction turns out to have gone too far.

* A cell was touched without the lock that was relied on: again, without `guards`.
* A step fails: what memory a failing step leaves is an outcome, so again, and steps that write
  memory (that part of it which `outcomes` and the like tell, if there are such lines) are no longer
  taken alone, nor together with others because of their lock.
* Joins were put off until all who were started have finished (joining.py), and somebody never does:
  again, and those who were started have names.
* With the graph (endless programs) somebody is left behind, or there is a deadlock: from which
  state on that is certain can only be said with all steps, so again, without steps taken alone. Who
  is left behind is called by name, so again, without symmetry.

Then what is shown with a schedule is looked for by a search that takes no steps alone, until it is
found there too: that one is shorter. It costs what the way to the findings costs. Both end after
`AGAIN` states at the latest: then there is no shorter schedule to be had at that price.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from conclang.explore.driver import Found
from conclang.explore.persistent import added
from conclang.explore.property import Questions
from conclang.explore.reduce import words_read
from conclang.explore.reports import (
    AGAIN,
    END,
    FAILED,
    FAULT,
    FIRST_LIMIT,
    LOST,
    RACE,
    SECTION,
    SHORTENED,
    SPIN,
    STUCK,
    TRUTH,
    Report,
    SearchOptions,
    merged,
)
from conclang.explore.started import JOINED, NAMED
from conclang.explore.values import cell_of
from conclang.ir.program import Program
from conclang.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WAITING = frozenset({END, STUCK, SPIN})
BAD = {"always": (0, -1), "never": (1, -1)}
Enough = Callable[[Found], str | None]
Ask = Callable[[SearchOptions, int | None, int | None, Enough | None], Found]


class Hunt:
    """One program's search with reductions."""

    def __init__(self, program: Program, questions: Questions, probe: Found, ask: Ask) -> None:
        self.program = program
        self.questions = questions
        self.probe = probe
        self.ask = ask

    def alone(self, wanted: SearchOptions, writes: bool = True) -> SearchOptions:
        """The same with steps taken alone, if that promises something."""
        ends: list[int] | None = []
        if not writes or _any_fails(self.probe.reports):
            ends = self._told_of_ends()
        watched = None
        if ends is not None:
            watched = words_read(self.program, [*self.questions.predicates, *ends])
        return added(self.program, watched, self.probe.search, wanted)

    def _told_of_ends(self) -> list[int] | None:
        """The expressions that ends are told by; None: all variables are."""
        lines = self.questions.expectations
        if not any(line.form == "outcomes" for line in lines):
            return None
        return [line.code for line in lines if line.form in ("outcomes", "finally", "possible")]

    def through(self, wanted: SearchOptions) -> tuple[Found, SearchOptions]:
        """Search to the end; also with which options that could be done."""
        writes = wanted.alone is not None or bool(wanted.guards)
        if writes and _any_fails(self.probe.reports):
            wanted, writes = replace(wanted, guards=_reading(wanted.guards)), False
        while True:
            found = self.ask(wanted, None, None, self._why_again(wanted, writes))
            if found.limit == "in vain":
                wanted = replace(wanted, nameless=NAMED)
            elif found.search.unguarded:
                wanted = replace(wanted, guards=())
            elif found.limit == "failed":
                wanted, writes = replace(wanted, guards=_reading(wanted.guards)), False
                if wanted.alone is not None:
                    wanted = self.alone(wanted, writes)
            elif wanted.keep and self._has_gone_too_far(found, wanted):
                return self._by_name(found, wanted)
            else:
                if wanted.nameless == JOINED:
                    found.reports = [r for r in found.reports if not self._waits(r)]
                return found, wanted

    def _why_again(self, wanted: SearchOptions, writes: bool) -> Enough | None:
        """Asked on the way: was something found that this search must not be used for?"""
        if wanted.nameless != JOINED:
            return _failed if writes else None
        return lambda found: self._in_vain(found) or (_failed(found) if writes else None)

    def _in_vain(self, found: Found) -> str | None:
        return "in vain" if any(map(self._waits, found.reports)) else None

    def _waits(self, report: Report) -> bool:
        """Is it an end at which somebody who was started has not finished?"""
        if report.kind not in WAITING:
            return False
        last = len(report.words) - _cells(report.origin)
        return any(status != 1 for status in report.words[len(self.program.threads) : last])

    def _has_gone_too_far(self, found: Found, wanted: SearchOptions) -> bool:
        """Is somebody left behind, and can it not be said who, or from when on?"""
        if wanted.alone is not None:
            return self._leaves_behind(found)
        return _changes_places(wanted) and self._left_behind(found)

    def _by_name(self, found: Found, wanted: SearchOptions) -> tuple[Found, SearchOptions]:
        """Again, with everybody's steps if that can be paid for, and everybody where he is."""
        if wanted.alone is not None:
            every = replace(wanted, alone=None)
            whole = self.ask(every, AGAIN, None, None)
            if whole.limit is None:
                found, wanted = whole, every
        if _changes_places(wanted) and self._left_behind(found):
            wanted = replace(wanted, symmetry=None, groups=())
            found = self.ask(wanted, None, None, None)
        return found, wanted

    def _leaves_behind(self, found: Found) -> bool:
        """Is there somebody who never goes on, here or there?"""
        if found.limit is not None:
            return False
        if self._left_behind(found):
            return True
        daemons = [thread.attributes.daemon for thread in self.program.threads]
        ends = [report.words for report in found.reports if report.kind in (END, STUCK)]
        cells = _cells(found.search)
        return any(
            status == 0 and not (t < len(daemons) and daemons[t])
            for words in ends
            for t, status in enumerate(words[: len(words) - cells])
        )

    def _left_behind(self, found: Found) -> bool:
        """Is there somebody who never goes on while others do?"""
        if found.limit is not None:
            return False
        threads = self.program.threads[:63]
        bits = sum(1 << t for t, thread in enumerate(threads) if thread.attributes.daemon)
        return bool(found.search.left_behind(bits, 1))

    def shorten(self, found: Found, wanted: SearchOptions) -> None:
        """Look again for what is shown and was found by steps taken alone."""
        late = {
            key: report.depth
            for report in reversed(found.reports)
            if report.origin is found.search and (key := self._key(report)) is not None
        }
        if not late or found.limit is not None:
            return
        left = set(late)

        def enough(again: Found) -> str | None:
            left.difference_update(self.shown(again))
            return None if left else "found"

        wanted = replace(wanted, alone=None, keep=False)
        again = self.ask(wanted, AGAIN, max(late.values()), enough)
        reports = [report for report in expanded(again) if report.kind in SHORTENED]
        found.reports = merged(reports, found.reports, deeper=True)

    def shown(self, found: Found) -> dict[Hashable, Report]:
        """The nearest report of everything that is shown with a schedule, but for ends."""
        nearest: dict[Hashable, Report] = {}
        for report in found.reports:
            key = self._key(report)
            if key is not None and (key not in nearest or report.depth < nearest[key].depth):
                nearest[key] = report
        return nearest

    def _key(self, report: Report) -> Hashable:
        """What the report stands for if it is shown with a schedule, None if it is not."""
        words = report.words
        if report.kind in (RACE, LOST):
            return report.kind, cell_of(self.program, words[0]).name
        if report.kind == FAULT:
            return report.kind, words[0], words[1]
        if report.kind == SECTION:
            return report.kind, words[0]
        if report.kind == TRUTH and (words[0], words[1]) in self._bad():
            return report.kind, words[0], words[1]
        if report.kind == FAILED:
            turning = report.origin.symmetry
            return report.kind, turning.least_memory(words) if turning is not None else words
        return None

    def _bad(self) -> set[tuple[int, int]]:
        """Values of predicates that somebody is shown."""
        return {
            (self.questions.predicate(line.code), value)
            for line in self.questions.expectations
            for value in BAD.get(line.form, ())
        }


def _changes_places(wanted: SearchOptions) -> bool:
    return wanted.symmetry is not None or bool(wanted.groups)


def expanded(found: Found) -> list[Report]:
    """The reports of a search, those of ends with all their images under its symmetry."""
    turning = found.search.symmetry
    reports: list[Report] = turning.expanded(found.reports) if turning else found.reports
    return reports


def _cells(search: Any) -> int:
    """How many words of a report of an end are cells."""
    machine = search.machine
    return int(machine.locks - machine.cells)


def _any_fails(reports: list[Report]) -> bool:
    return any(r.kind == FAULT and r.words[0] < FIRST_LIMIT for r in reports)


def _failed(found: Found) -> str | None:
    return "failed" if _any_fails(found.reports) else None


def _reading(guards: tuple[int, ...]) -> tuple[int, ...]:
    """Guards that only reads rely on, see `reduce.guards`."""
    return tuple(guard | 1 if guard >= 0 else guard for guard in guards)
