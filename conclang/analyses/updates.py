"""Lost updates: a write that is based on a read which another thread's write has overtaken."""

from __future__ import annotations

from typing import NamedTuple

from conclang.events.event import Event


class LostUpdate(NamedTuple):
    read: Event
    overtaking: Event  # whose value is lost
    write: Event


class Updates:
    """Follows a run event by event."""

    def __init__(self) -> None:
        self.writes: dict[str, tuple[int, Event]] = {}  # by cell: how many so far, and the last
        self.reads: dict[tuple[str, str], tuple[int, Event]] = {}  # by thread and cell
        self.found: dict[str, LostUpdate] = {}  # by cell: the first
        self.counts: dict[str, int] = {}  # and how many

    def see(self, event: Event) -> None:
        if event.kind == "read":
            version = self.writes.get(event.object, (0, event))[0]
            self.reads[(event.thread, event.object)] = (version, event)
        elif event.kind == "write":
            self._write(event)

    def _write(self, event: Event) -> None:
        version, last = self.writes.get(event.object, (0, event))
        read = self.reads.pop((event.thread, event.object), None)
        if read is not None and read[0] < version and last.thread != event.thread:
            self.found.setdefault(event.object, LostUpdate(read[1], last, event))
            self.counts[event.object] = self.counts.get(event.object, 0) + 1
        self.writes[event.object] = (version + 1, event)
