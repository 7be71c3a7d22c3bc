"""All that looks at a run while it happens, as one listener."""

from __future__ import annotations

from collections.abc import Mapping

from conclang.analyses.clocks import Clocks
from conclang.analyses.deadlines import Deadlines
from conclang.analyses.delays import Delays
from conclang.analyses.updates import Updates
from conclang.analyses.waits import Waits
from conclang.events.event import Event
from conclang.events.trace import Header

MOST_CLOCKS = 2000
"""Threads that can be kept in vector clocks: each knows something about each."""


class Watch:
    """Its memory grows with the program, not with the length of the run."""

    def __init__(self, header: Header, capacities: Mapping[str, int] | None = None) -> None:
        self.header = header
        self.overwhelmed = False
        self.clocks = Clocks(capacities)
        self.updates = Updates()
        self.waits = Waits()
        names = zip(header.threads, header.priorities, strict=False)
        self.delays = Delays(dict(names))
        self.deadlines = Deadlines(set(header.deadlines))

    def see(self, event: Event) -> None:
        if not self.overwhelmed:
            self.clocks.see(event)
            if len(self.clocks.clocks) > MOST_CLOCKS:
                self.overwhelmed, self.clocks = True, Clocks()
        self.updates.see(event)
        self.waits.see(event)
        self.delays.see(event)
        self.deadlines.see(event)
