"""Who holds what since when, and who waits for whom, at any moment of a run."""

from __future__ import annotations

from typing import NamedTuple

from conclang.events.event import Event


class Hold(NamedTuple):
    """A thread holds an object since this event."""

    thread: str
    event: Event


HELD_KINDS = ("lock", "rwlock", "semaphore")


class Waits:
    """Follows a run event by event."""

    def __init__(self) -> None:
        self.holders: dict[str, list[Hold]] = {}
        self.waiting: dict[str, Event] = {}
        self.finished: set[str] = set()

    def see(self, event: Event) -> None:
        kind = event.kind
        if kind == "acquire":
            self.holders.setdefault(event.object, []).append(Hold(event.thread, event))
        elif kind == "unlock":
            self._give(event.thread, event.object)
        elif kind == "wait":
            self._give(event.thread, str(event.value))
        elif kind in ("block", "sleep", "io"):
            self.waiting[event.thread] = event
        elif kind == "wake":
            self.waiting.pop(event.thread, None)
        elif kind == "finish":
            self.finished.add(event.thread)

    def _give(self, thread: str, name: str) -> None:
        holds = self.holders.get(name, [])
        for position in range(len(holds) - 1, -1, -1):
            if holds[position].thread == thread:
                del holds[position]
                return
        if holds:  # a semaphore may be released by anybody
            del holds[0]

    def holders_of(self, name: str) -> list[Hold]:
        return self.holders.get(name, [])

    def blockers(self, thread: str) -> list[str]:
        """The threads that one waits for."""
        event = self.waiting.get(thread)
        if event is None:
            return []
        if event.value == "end":
            return [event.object] if event.object not in self.finished else []
        if event.value in HELD_KINDS:
            return [hold.thread for hold in self.holders_of(event.object)]
        return []

    def cycle(self, start: list[str]) -> list[str]:
        """Threads that wait for each other in a ring, the first found; empty if there is none."""
        done: set[str] = set()
        for first in start:
            found = self._search(first, done)
            if found:
                return found
        return []

    def _search(self, first: str, done: set[str]) -> list[str]:
        path: list[str] = []
        places: dict[str, int] = {}
        pending: list[tuple[str, int]] = [(first, 0)]
        while pending:
            thread, choice = pending.pop()
            if choice == 0:
                if thread in done:
                    continue
                places[thread] = len(path)
                path.append(thread)
            others = self.blockers(thread)
            if choice >= len(others):
                done.add(thread)
                del places[thread]
                path.pop()
                continue
            pending.append((thread, choice + 1))
            other = others[choice]
            if other in places:
                return path[places[other] :]
            if other not in done:
                pending.append((other, 0))
        return []
