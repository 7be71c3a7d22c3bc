"""Everywhere in a graph that shows what a report shows.

A search reports the first state that shows something. The schedule for a person may lead to any
state that does: of those that need as few steps, the one with the fewest switches; and the least
number of preemptions may be that of a state far away. So the states are looked through once more:
the positions of all entities come from the engine as tables, and what these do not tell (accesses
inside indivisible blocks, whose turn it is on an event loop) is looked up state by state.

What is shown may take a *tail*, steps of certain entities after the state: the step that fails; the
overtaking write and the late one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from conclang.explore.atlas import Atlas
from conclang.explore.graph import NO_STATE, Graph
from conclang.explore.looking import OVERTAKING, Lookout
from conclang.explore.names import FINISHED, SPINNING
from conclang.explore.reports import (
    END,
    FAILED,
    FAULT,
    LOST,
    RACE,
    SECTION,
    TRUTH,
    Report,
    SearchOptions,
)
from conclang.explore.values import cell_of
from conclang.explore.witness import Tail, Target
from conclang.ir.ops import OpKind
from conclang.ir.program import Program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

AT = 1
ACCESSES = frozenset({OpKind.READ, OpKind.WRITE})
TAKING_TURNS = frozenset({OpKind.ATOMIC, OpKind.GO, OpKind.ASYNC})
"""With these in a program, tables alone do not tell who meets at a cell."""


class Sightings:
    """The states of one graph, as far as they were looked at."""

    def __init__(
        self, program: Program, search: Any, graph: Graph, looked_at: int, wanted: SearchOptions
    ) -> None:
        self.program = program
        self.search = search
        self.graph = graph
        self.looked_at = looked_at
        self.sections = wanted.sections
        self.immediate = frozenset(wanted.immediate)
        self.lookout = Lookout(search, wanted)
        self.kinds = [op.kind for op in program.ops]
        self.plain = TAKING_TURNS.isdisjoint(self.kinds)

    def of(self, reports: Sequence[Report], depth: int | None = None) -> list[Target]:
        """Where one of these reports could have been made as well: anywhere, or at a depth."""
        found = {self._own(report): None for report in reports}
        for kind in dict.fromkeys(report.kind for report in reports):
            find = getattr(self, FINDERS.get(kind, ""), None)
            if find is not None:
                same = [report for report in reports if report.kind == kind]
                found.update(dict.fromkeys(find(same, self._within(depth))))
        return sorted(found)

    def _own(self, report: Report) -> Target:
        """The place of a report itself."""
        tail: Tail = ()
        if report.kind == FAULT:
            tail = (report.words[2],)
        elif report.kind == FAILED:
            tail = (report.entity,)
        elif report.kind == LOST:
            tail = (report.words[4], report.words[3])
        return self.search.number(report.place), tail

    def _within(self, depth: int | None) -> range:
        if depth is None:
            return range(self.looked_at)
        levels = self.graph.levels
        last = levels[depth + 1] if depth + 1 < len(levels) else self.graph.count
        return range(levels[depth], min(last, self.looked_at))

    # -- kind by kind ---------------------------------------------------------------------------

    def _ends(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """Nothing can happen, and everybody and the memory are as reported."""
        wanted, first = {report.words for report in reports}, self.graph.first
        for state in states:
            if first[state] == first[state + 1] and self._end_of(state) in wanted:
                yield state, ()

    def _end_of(self, state: int) -> tuple[int, ...]:
        words, machine = self.words(state), self.search.machine
        statuses = [words[self.search.record_of(t)] for t in range(words[0])]
        told = [1 if s == FINISHED else 2 if s == SPINNING else 0 for s in statuses]
        return (*told, *words[machine.cells : machine.locks])

    def _faults(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """Somebody's step fails there."""
        wanted, graph = {report.words[:2] for report in reports}, self.graph
        for state in states:
            edges = graph.out(state)
            if any(graph.target[edge] == NO_STATE for edge in edges):
                for t, _, code, pc, _, _ in self.search.successors(self.words(state)):
                    if code and (code, pc) in wanted:
                        yield state, (t,)

    def _failures(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """Somebody's step fails there and leaves such a memory."""
        wanted, graph, machine = (
            {report.words for report in reports},
            self.graph,
            self.search.machine,
        )
        for state in states:
            if any(graph.target[edge] == NO_STATE for edge in graph.out(state)):
                for t, _, code, _, _, after in self.search.successors(self.words(state)):
                    if code and tuple(after[machine.cells : machine.locks]) in wanted:
                        yield state, (t,)

    def _truths(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """A predicate has this value."""
        for predicate, value, _ in dict.fromkeys(report.words for report in reports):
            for state in states if value >= 0 else ():
                if self.graph.truth[state] >> predicate & 1 == value:
                    known = value or self._is_false(state, predicate)
                    if known:
                        yield state, ()

    def _is_false(self, state: int, predicate: int) -> bool:
        """No is not the same as an expression that cannot be computed."""
        value, _ = self.search.value(self.words(state), self.lookout.predicates[predicate])
        return value is not None

    def _crowds(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """More are in a section than may be."""
        for number in dict.fromkeys(report.words[0] for report in reports):
            place, most = self.lookout.sections[number]
            column = self.atlas.column(place)
            yield from ((state, ()) for state in states if column[state] > most)

    def _races(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        cells = self._cells(reports)
        for state in states:
            if self.plain:
                meet = self._conflict(self._standing(state, ACCESSES), cells)
            else:
                meet = self._meet(state, RACE, cells)
            if meet:
                yield state, ()

    def _overtakings(self, reports: Sequence[Report], states: range) -> Iterator[Target]:
        """Somebody is about to write what it has just read, and another is about to write."""
        cells = self._cells(reports)
        for state in states:
            there = self._standing(state, OVERTAKING)
            if any(pc in self.immediate and cell in cells for _, pc, cell in there):
                for words in self._meetings(state, LOST, cells):
                    yield state, (words[4], words[3])

    # -- tables ---------------------------------------------------------------------------------

    def words(self, state: int) -> list[int]:
        words: list[int] = self.search.words(self.atlas.places[state])
        return words

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.search, self.looked_at)

    @cached_property
    def _survey(self) -> Any:
        return self.atlas.survey()

    def _cells(self, reports: Iterable[Report]) -> set[int]:
        """All words of the variables that the reports are about."""
        cells = {cell_of(self.program, report.words[0]) for report in reports}
        return {word for c in cells for word in range(c.base, c.base + len(c.initial))}

    def _standing(self, state: int, kinds: frozenset[OpKind]) -> list[tuple[int, int, int]]:
        """Who is about to do one of these: entity, micro-op, object."""
        code, thing = self._survey
        first, last = self.atlas.row[state], self.atlas.row[state + 1]
        return [
            (at - first, code[at] >> 3, thing[at])
            for at in range(first, last)
            if code[at] & 7 == AT and self.kinds[code[at] >> 3] in kinds
        ]

    def _conflict(self, there: list[tuple[int, int, int]], cells: set[int]) -> bool:
        """Do two of these touch one of the cells, one of them writing?"""
        touched: dict[int, bool] = {}
        for _, pc, cell in there:
            if cell in cells:
                writes = self.kinds[pc] == OpKind.WRITE
                if cell in touched and (writes or touched[cell]):
                    return True
                touched[cell] = writes or touched.get(cell, False)
        return False

    def _meet(self, state: int, kind: int, cells: set[int]) -> bool:
        return any(True for _ in self._meetings(state, kind, cells))

    def _meetings(self, state: int, kind: int, cells: set[int]) -> Iterator[tuple[int, ...]]:
        for told, words, _ in self.lookout.meetings(self.words(state)):
            if told == kind and words[0] in cells:
                yield words


FINDERS = {
    END: "_ends",
    FAULT: "_faults",
    FAILED: "_failures",
    TRUTH: "_truths",
    SECTION: "_crowds",
    RACE: "_races",
    LOST: "_overtakings",
}
