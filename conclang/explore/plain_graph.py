"""The edges of a search that keeps its graph, and what is read off them (plain engine)."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conclang.explore.turning import Turning

NO_STATE = 0xFFFFFFFF


class Edges:
    """Source, target (NO_STATE: a failing step), bits of who moved, and who acted."""

    def __init__(self) -> None:
        self.sources, self.targets = array("I"), array("I")
        self.masks, self.actors = array("Q"), array("H")
        self.turns = array("B")  # by which permutation the target was replaced

    def add(self, source: int, target: int, mask: int, actor: int, turn: int = 0) -> None:
        self.sources.append(source)
        self.targets.append(target)
        self.masks.append(mask)
        self.actors.append(actor)
        self.turns.append(turn)

    def raw(self) -> tuple[bytes, bytes, bytes]:
        """(source << 32 | target, masks, actors) as bytes."""
        pairs = zip(self.sources, self.targets, strict=True)
        edges = array("Q", [source << 32 | target for source, target in pairs])
        return edges.tobytes(), self.masks.tobytes(), self.actors.tobytes()

    def ever(self, states: int, turning: Turning | None = None) -> list[int]:
        """Per state, as bits, who can still move on some way from there.

        Read from targets to sources until nothing changes; the last edge first, since most of them
        lead to later states.
        """
        ever, changed = [0] * states, True
        backwards = range(len(self.sources) - 1, -1, -1)
        while changed:
            changed = False
            for edge in backwards:
                source, target = self.sources[edge], self.targets[edge]
                bits = ever[source] | self.masks[edge]
                if target != NO_STATE:
                    there, p = ever[target], self.turns[edge]
                    bits |= turning.before(p, there) if turning is not None and p else there
                if bits != ever[source]:
                    ever[source], changed = bits, True
        return ever

    def memory(self) -> int:
        return 19 * len(self.sources)
