"""Pairs of `expect` lines that cannot both hold, whatever the scenario does."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.semantics.flaws import Target
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n
from conclang.syntax.emit import flat

# `never E` leaves no room for these about the same E.
_SOMEWHERE = ("always", "reachable", "finally", "possible", "eventually")


class Claims:
    """Remembers the lines read so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.flaws: list[tuple[n.ExpectFlaw, Target | None]] = []
        self.states: dict[tuple[Space, str], list[n.ExpectState]] = {}

    def flaw(self, node: n.ExpectFlaw, target: Target | None) -> None:
        """Compare a line about a flaw with the earlier ones."""
        for other, its_target in self.flaws:
            if other.flaw != node.flaw or other.forbidden is node.forbidden:
                continue
            forbids, shows = (target, its_target) if node.forbidden else (its_target, target)
            if _covers(forbids, shows):
                self.contradict(node.span, other.span)
                break
        self.flaws.append((node, target))

    def state(self, node: n.ExpectState, space: Space) -> None:
        """Compare a line about states with the earlier ones about the same condition."""
        text = flat(node.condition)
        earlier = self.states.setdefault((space, text), [])
        for other in earlier:
            modes = {node.mode, other.mode}
            if "never" in modes and not modes.isdisjoint(_SOMEWHERE):
                self.contradict(node.span, other.span)
                break
        earlier.append(node)

    def contradict(self, here: Span, there: Span) -> None:
        """Say that two lines exclude each other."""
        self.world.reporter.report(
            "CW0805",
            here,
            "this contradicts another `expect` line: they cannot both hold",
            at=((there, "this one says the opposite"),),
            help="take one of them away",
        )


def _covers(forbids: Target | None, shows: Target | None) -> bool:
    """Does forbidding a flaw at one variable (None: everywhere) forbid it at the other?"""
    return forbids is None or forbids is shows
