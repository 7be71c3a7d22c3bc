"""What there is to say about a single state, without the engine's search through all of them.

Races, lost updates that are one step away, predicates and sections: the same reports, in the words
of `reports`, for searches that go their own way (see `under`), and for single states of others.
"""

from __future__ import annotations

from conclang.explore.names import PC
from conclang.explore.reports import LOST, RACE, SECTION, TRUTH, SearchOptions
from conclang.ir.ops import OpKind
from conclang.machine.meeting import Meetings
from conclang.machine.tables import flatten
from conclang.machine.world import SPARE, World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
        blocks = any(op.kind == OpKind.ATOMIC for op in self.program.ops)
        self.blocks = Meetings(self.program) if blocks else None
        self.world: World | None = None
        self.room = 0
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
        return seen + self.meetings(words), truth

    def meetings(self, words: list[int]) -> list[Seen]:
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
        return found + (self._with_blocks(words) if self.blocks is not None else [])

    def _with_blocks(self, words: list[int]) -> list[Seen]:
        """The same where one of the two accesses is inside an indivisible block."""
        assert self.blocks is not None
        return [
            (RACE, (block.cell, block.pc, other.pc, block.entity, other.entity), block.entity)
            for other, block in self.blocks.pairs(self._world(words))
            if block.block
        ]

    def _world(self, words: list[int]) -> World:
        """A world that stands where these words say."""
        if self.world is None or self.room < words[0]:
            self.room = words[0] + SPARE
            self.world = World(self.machine, self.room)
            self.world.boot()
        for index, word in enumerate(words):  # the first one says how many entities there are
            self.world.set_word(index, word)
        return self.world

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
