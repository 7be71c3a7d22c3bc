"""Ways from one micro-op to another: may a lock, or the event loop, be given up on one of them?

Asked for every pair of a read and a write that rests on it. A search from the read is cut off where
no jump leads back to the write, so that a long thread costs no more than its length.
"""

from __future__ import annotations

from conclang.explore.loops import followers
from conclang.ir.ops import OpKind
from conclang.ir.program import Program


class Between:
    """What may happen on the ways from one micro-op to another of the same code."""

    def __init__(self, program: Program, giving: frozenset[OpKind]) -> None:
        self.program = program
        self.giving = {pc for pc, op in enumerate(program.ops) if op.kind in giving}
        self.calls = any(op.kind == OpKind.CALL for op in program.ops)
        self.back = self._ways_back()

    def _ways_back(self) -> list[int]:
        """By micro-op: no way from it leads further back than this."""
        size = len(self.program.ops)
        back = [size] * (size + 1)
        for pc in range(size - 1, -1, -1):  # one jump, from here or from behind
            back[pc] = min(back[pc + 1], *followers(self.program, pc), pc + 1)
        for pc in range(size):  # then jumps from where one has come to
            back[pc] = min(back[pc], back[back[pc]])
        return back

    def gives_up(self, read: int, write: int) -> bool:
        """Is there a way from the read to the write on which a lock or the loop is given up?"""
        if self.calls or not self.giving:
            return bool(self.giving)
        seen, open_ = set(), [(read, False)]
        while open_:
            pc, gave = open_.pop()
            for there in followers(self.program, pc):
                if there == write and gave:
                    return True
                if there > write and self.back[there] > write:
                    continue  # too far: no way leads back
                item = (there, gave or there in self.giving)
                if there != read and item not in seen:
                    seen.add(item)
                    open_.append(item)
        return False
