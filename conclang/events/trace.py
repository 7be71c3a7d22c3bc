"""A trace: a header that says what ran where, the events in order, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable

from conclang.events.event import SCHEMA, Event
from conclang.record import record


@record
class CoreName:
    """A core: cores are numbered through all processors."""

    processor: str
    core: int  # within its processor


@record
class Place:
    """A place in the scenario, as events refer to it by number."""

    line: int
    column: int
    text: str


@record
class Header:
    """What is known before the first event."""

    scenario: str
    policy: str
    seed: int
    cores: tuple[CoreName, ...]
    threads: tuple[str, ...]  # declared ones; others follow as `create` events
    places: tuple[Place, ...]
    until: int | None = None
    daemons: frozenset[str] = frozenset()
    priorities: tuple[int, ...] = ()  # of the declared threads
    deadlines: frozenset[str] = frozenset()  # those that have one
    schema: int = SCHEMA


@record
class Outcome:
    """How a run ended. kind: completed, deadlocked, failed, limit, interrupted."""

    kind: str
    ticks: int
    message: str = ""  # of the error, or which limit
    thread: str = ""
    site: int = -1
    final: tuple[tuple[str, object], ...] = ()


@record
class Trace:
    """A whole run. `events` may be a stream that can be read once."""

    header: Header
    events: Iterable[Event]
    outcome: Outcome
