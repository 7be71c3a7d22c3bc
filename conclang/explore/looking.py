"""What there is to say about a single state, without the engine's search through all of them.

Races, lost updates that are one step away, predicates and sections: the same reports, in the words
of `reports`, for searches that go their own way (see `under`).
"""

from __future__ import annotations

from typing import Any

from conclang.explore.names import PC
from conclang.explore.reports import LOST, RACE, SECTION, TRUTH, SearchOptions
from conclang.ir.ops import OpKind
from conclang.machine.tables import flatten

AT = 1
OVERTAKING = frozenset({OpKind.WRITE, OpKind.STORE, OpKind.FETCH_ADD, OpKind.SWAP})
Seen = tuple[int, tuple[int, ...], int]
"""Kind, words, entity."""


class Lookout:
    """Looks at states of one search."""

    def __init__(self, search: Any, wanted: SearchOptions) -> None:
        self.search = search
        self.machine = search.machine
        self.program = search.machine.program
        self.predicates = wanted.predicates
        self.immediate = frozenset(wanted.immediate)
        self.sections: list[tuple[int, int]] = []
        if wanted.sections:
            places = flatten(self.program, False).arrays["section_at"]
            self.sections = [(places[s], limit) for s, limit in wanted.sections]

    def look(self, words: list[int]) -> tuple[list[Seen], int]:
        """Everything there is to say, and which predicates are true, as bits."""
        seen: list[Seen] = []
        truth = 0
        for index, code in enumerate(self.predicates):
            value, fault = self.search.value(words, code)
            told = -1 if value is None else int(value[0])
            truth |= (told > 0) << index
            seen.append((TRUTH, (index, told, fault), -1))
        for index, (place, limit) in enumerate(self.sections):
            if words[place] > limit:
                seen.append((SECTION, (index,), -1))
        return seen + self._meetings(words), truth

    def _meetings(self, words: list[int]) -> list[Seen]:
        """Pairs whose next micro-ops touch one cell, one of them writing."""
        there = list(self._accesses(words))
        found: list[Seen] = []
        for two, (t, pc, kind, cell) in enumerate(there):
            for one, (u, other_pc, other, same) in enumerate(there):
                if cell != same or t == u:
                    continue
                plain = {kind, other} <= {OpKind.READ, OpKind.WRITE}
                if one < two and plain and OpKind.WRITE in (kind, other):
                    if not self._same_loop(words, t, u):
                        found.append((RACE, (cell, other_pc, pc, u, t), t))
                if pc in self.immediate and other in OVERTAKING:
                    found.append((LOST, (cell, pc, other_pc, t, u), t))
        return found

    def _accesses(self, words: list[int]) -> list[tuple[int, int, OpKind, int]]:
        """Who is about to touch a cell: entity, micro-op, its kind, the cell."""
        found = []
        for t in range(words[0]):
            place = self.search.record_of(t)
            if words[place] != AT:
                continue
            pc = words[place + PC]
            kind = self.program.ops[pc].kind
            if kind not in OVERTAKING and kind != OpKind.READ:
                continue
            if self.search.ways_of(words, t):
                found.append((t, pc, kind, self.search.thing_of(words, t)))
        return found

    def _same_loop(self, words: list[int], t: int, u: int) -> bool:
        at = self.machine.at_loop
        if at < 0:
            return False
        loops = [int(words[self.search.record_of(who) + at]) for who in (t, u)]
        return loops[0] != 0 and loops[0] == loops[1]
