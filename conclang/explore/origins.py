"""Which look ahead holds for an entity, found by looking at its record.

Those that change places are not known by their number: a thread that was started may stand
anywhere, and so may each of a group of interchangeable ones. But what a walk (footprint.py) knows
of the slots at a micro-op is a claim that the record can be tested for: if the value of every live
slot lies within the walk's bounds, in each frame of the calls that are open, then the record is one
of those that the walk speaks of, and whatever it may touch from there on is in the walk's future
(concretization, in the words of P. and R. Cousot, POPL 1977). It does not matter whether the entity
really came that way. So the walks that are worth asking, one per thread of a group and per call of
a function that is started, are asked in turn, and the first whose claim holds is taken; if none
does, what holds for all that are started.

The tables are flat, for both engines. `claims.pxd` is the twin of `row_of`.
"""

from __future__ import annotations

from collections.abc import Sequence

from conclang.explore.footprint import Walk
from conclang.ir.program import Program
from conclang.record import record

NOWHERE = -1
"""A walk does not come by there."""
PC, FP = 1, 2


@record
class Origins:
    """The walks to ask, and what each claims."""

    rows: tuple[int, ...]  # per walk: the row of its look ahead
    spans: tuple[tuple[int, int], ...]  # the code it begins in
    claims: tuple[int, ...]  # per walk and micro-op: where in `limits` its claims begin
    limits: tuple[int, ...]  # slot, least, most; -1 ends them
    frames: tuple[int, ...]  # per micro-op: the size of its frame
    other: int  # the row of all others

    def row_of(self, words: Sequence[int], stack: int) -> int:
        """The row of a record; `stack` is where the slots begin in it."""
        for walk, row in enumerate(self.rows):
            if self._holds(walk, words, stack):
                return row
        return self.other

    def _holds(self, walk: int, words: Sequence[int], stack: int) -> bool:
        pc, base, count = words[PC], stack + words[FP], len(self.frames)
        while True:
            at = self.claims[walk * count + pc]
            if at == NOWHERE:
                return False
            while self.limits[at] >= 0:
                slot, least, most = self.limits[at : at + 3]
                if not least <= words[base + slot] <= most:
                    return False
                at += 3
            if base <= stack:
                return self.spans[walk][0] <= pc < self.spans[walk][1]
            back = words[base - 1]
            base, pc = base - 1 - self.frames[back], back - 1


def origins(program: Program, walks: Sequence[Walk], rows: Sequence[int], other: int) -> Origins:
    """The tables for some of all walks, by their rows."""
    claims: list[int] = []
    limits: list[int] = []
    known: dict[tuple[int, ...], int] = {}
    for row in rows:
        for pc in range(len(program.ops)):
            if pc not in walks[row].slots:
                claims.append(NOWHERE)
                continue
            claim = _claim(program, walks[row], pc)
            if claim not in known:
                known[claim] = len(limits)
                limits += claim
            claims.append(known[claim])
    codes = [program.codes[walks[row].code] for row in rows]
    spans = tuple((code.entry, code.end) for code in codes)
    frames = [0] * len(program.ops)
    for code in program.codes:
        frames[code.entry : code.end] = [code.frame] * (code.end - code.entry)
    return Origins(tuple(rows), spans, tuple(claims), tuple(limits), tuple(frames), other)


def _claim(program: Program, walk: Walk, pc: int) -> tuple[int, ...]:
    """What a walk says about the slots that matter at a micro-op."""
    known = walk.slots[pc]
    asked = program.live.get(pc, sorted(known))
    parts = [(slot, *known[slot]) for slot in asked if slot in known]
    return (*(word for part in parts for word in part), NOWHERE)
