"""The edges of a search that keeps its graph, and what is read off them (plain engine)."""

from __future__ import annotations

from array import array
from collections.abc import Callable

NO_STATE = 0xFFFFFFFF
Before = Callable[[int, int], int]
"""Threads as bits, as they were called before they changed places."""


class Edges:
    """Source, target (NO_STATE: a failing step), who acted, and bits of who moved."""

    def __init__(self) -> None:
        self.ends = array("Q")  # source << 32 | target
        self.actors = array("H")
        self.turns = array("Q")  # how the threads of the target have changed places
        self.masks: dict[int, int] = {}  # where not only the actor has moved

    def add(self, source: int, target: int, actor: int, mask: int = 0, turn: int = 0) -> None:
        """`mask` of 0: the actor alone has moved."""
        if mask and mask != 1 << min(actor, 63):
            self.masks[len(self.ends)] = mask
        self.ends.append(source << 32 | target)
        self.actors.append(actor)
        self.turns.append(turn)

    def mask(self, edge: int) -> int:
        return self.masks.get(edge) or 1 << min(self.actors[edge], 63)

    def raw(self) -> tuple[bytes, bytes, bytes]:
        """(source << 32 | target, masks, actors) as bytes."""
        masks = array("Q", map(self.mask, range(len(self.ends))))
        return self.ends.tobytes(), masks.tobytes(), self.actors.tobytes()

    def ever(self, twins: list[int], before: Before | None = None) -> list[int]:
        """Per state, as bits, who can still move on some way from there.

        `twins`: per state who is like the one before it and was not looked at.

        Read from targets to sources until nothing changes; the last edge first, since most of them
        lead to later states.
        """
        ever, changed = [0] * len(twins), True
        backwards = range(len(self.ends) - 1, -1, -1)
        while changed:
            changed = False
            for edge in backwards:
                source, target = self.ends[edge] >> 32, self.ends[edge] & NO_STATE
                bits = ever[source] | self.mask(edge)
                if target != NO_STATE:
                    there, p = ever[target], self.turns[edge]
                    bits |= before(p, there) if before is not None and p else there
                bits = with_twins(bits, twins[source])
                if bits != ever[source]:
                    ever[source], changed = bits, True
        return ever

    def memory(self) -> int:
        return 40 * len(self.ends) + 150 * len(self.masks)


def with_twins(bits: int, twins: int) -> int:
    """The same bits, and for each all who stand beside it and are like it."""
    before = -1
    while twins and bits != before:
        before = bits
        bits |= (bits << 1 & twins) | (bits & twins) >> 1
    return bits
