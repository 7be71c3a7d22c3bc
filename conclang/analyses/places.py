"""Places of the scenario, and lists of names, in words."""

from __future__ import annotations

from conclang.analyses.finding import Spot
from conclang.events.event import Event
from conclang.ir.program import Program


class Places:
    """Lines of a scenario. Time is counted in ticks, or in steps where there is no clock."""

    def __init__(self, program: Program, unit: str = "tick") -> None:
        self.program = program
        self.unit = unit

    def line(self, site: int) -> int:
        return self.program.sites[site].line if 0 <= site < len(self.program.sites) else 0

    def spot(self, site: int, label: str) -> Spot:
        if not 0 <= site < len(self.program.sites):
            return Spot(0, 0, label)
        found = self.program.sites[site]
        return Spot(found.line, found.column, label)

    def at(self, event: Event) -> str:
        """`at tick 3, line 7`."""
        return f"at {self.when(event)}"

    def since(self, event: Event) -> str:
        """`since tick 3, line 7`."""
        return f"since {self.when(event)}"

    def when(self, event: Event) -> str:
        line = self.line(event.site)
        return f"{self.unit} {event.tick}, line {line}" if line else f"{self.unit} {event.tick}"


def listed(names: list[str]) -> str:
    """`a, b and c`; of very many only the first."""
    if len(names) > 8:
        names = [*names[:7], f"{len(names) - 7} more"]
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
