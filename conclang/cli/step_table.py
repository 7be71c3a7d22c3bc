"""The steps of a replayed schedule of `check`, as the table that `check` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.cli.check_table import table
from conclang.events.event import Event, sentence

if TYPE_CHECKING:
    from conclang.events.trace import Header

NO_STEPS = ("block", "ready")  # said of threads that did not move


class StepTable:
    """Keeps the first and last thing that happens in each step."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.steps: dict[int, list[Event]] = {}

    def see(self, event: Event) -> None:
        if event.tick > 0 and event.kind not in NO_STEPS:
            self.steps.setdefault(event.tick, []).append(event)

    def rows(self, loop: int = -1) -> list[str]:
        from conclang.explore.result import Finding, Move

        moves = []
        for _, events in sorted(self.steps.items()):
            first, last = events[0], events[-1]
            said = _words(first)
            if last.thread != first.thread:
                said += f"; {sentence(last)}"
            moves.append(Move(first.thread, said, self._line(first)))
        if not moves:
            return []
        return table(Finding("replay", "", moves=tuple(moves), loop=loop), False)

    def _line(self, event: Event) -> int:
        places = self.header.places
        return places[event.site].line if 0 <= event.site < len(places) else 0


def _words(event: Event) -> str:
    return sentence(event).removeprefix(f"{event.thread} ").removeprefix(f"{event.thread}: ")
