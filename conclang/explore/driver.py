"""Runs a search until it is complete or a limit is reached; chooses the engine.

The search itself knows neither clocks nor limits nor threads: it offers batches. Here they are
dealt out to workers, the reports are gathered in order of discovery, and after each batch it is
asked whether to go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from importlib import import_module

from conclang import engine
from conclang.explore.patience import Interrupt, Lost
from conclang.explore.reports import Report, SearchOptions
from conclang.explore.space import Space
from conclang.record import new, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.explore.crew import Crew
    from conclang.ir.program import Program

BATCH = 4096
BATCH_WORDS = 1 << 24  # of successors; large states come in smaller batches
LARGE_BATCH = 16384
"""Where no limit on states asks for a close look. It grows with the number of states up to four
times that: the more is entered at once, the better caches are used."""
SHARE_OF_STATES = 64
FIRST_BATCH = 1024
MOST_SUCCESSORS = 1 << 17
"""Of one batch, unless they are few among the states: limits are looked at after each batch."""
SHARE_OF_LEFT = 32
"""What a batch may take of the memory that is left: its states are entered as well."""
BATCH_BYTES = 64 << 20
"""What they may take before they are entered."""
PIECE = 1 << 15
"""Initial states that are entered together."""
NOWHERE = (-1, 0xFFFFFFFF)
"""What the engines call the place before the first state."""
WORTH_SHARING = 512
BASE_MEMORY = 48 << 20
"""What the interpreter needs before the first state is stored."""
PER_OP = 2048
"""What a micro-op takes, with its part of the tree and of the tables."""
EIGHTHS, PLAIN_EIGHTHS = 9, 12
"""What tables and buffers take more than they hold, since they grow by being copied."""


@record(frozen=False)
class Limits:
    """When to give up; the deadline is a moment of `time.monotonic`."""

    states: int | None = None
    steps: int | None = None
    memory: int | None = None  # bytes for states
    space: Space | None = None  # the memory of the process
    deadline: float | None = None
    depth: int | None = None
    enough: Callable[[Found], str | None] | None = None  # asked after each batch: why to end


@record(frozen=False)
class Found:
    """What a search came to: the states, the reports, and the limit that ended it (None: done)."""

    search: Any
    reports: list[Report] = new(factory=list)
    limit: str | None = None
    levels: list[int] = new(factory=list)  # number of the first state of each depth

    @property
    def transitions(self) -> int:
        return sum(worker.transitions for worker in self.search.workers)


def base_memory(program: Program) -> int:
    """What is needed before the first state is stored."""
    return BASE_MEMORY + PER_OP * len(program.ops)


Progress = Callable[["Any"], None]


def open_search(machine: Any, options: SearchOptions, workers: int = 1) -> Any:
    """A search of the engine in use."""
    from conclang.machine.state import Context

    room = machine.threads + (8 if machine.dynamics else 0)
    contexts = [(Context(room), Context(room)) for _ in range(workers)]
    module = "plain" if engine.name() == "plain" else "search"
    return import_module(f"conclang.explore.{module}").Search(machine, options, contexts)


def drive(
    search: Any, limits: Limits, crew: Crew | None = None, progress: Progress | None = None
) -> Found:
    """Search until everything was seen or a limit is reached."""
    found = Found(search)
    seen: set[tuple[int, ...]] = set()
    with Interrupt(search.hurry) as interrupt:
        try:
            _begin(found, limits, seen, interrupt)
            found.levels = [0, search.states]
            _run(found, limits, crew, progress, seen, interrupt)
        except Lost:
            raise
        except MemoryError:
            found.limit = "memory"
            found.levels = found.levels or [0, search.states]
        search.raise_pressed()
    return found


def _begin(found: Found, limits: Limits, seen: set[tuple[int, ...]], interrupt: Interrupt) -> None:
    """Enter the initial states, of which there may be very many."""
    search = found.search
    more = True
    while more and found.limit is None:
        _allow(search, limits)
        most = PIECE
        if limits.states is not None:
            most = max(1, min(PIECE, limits.states - search.states + 1))
        more = search.begin(most)
        _look_up(found, limits, seen, interrupt)
    search.shift(0)


def _allow(search: Any, limits: Limits) -> None:
    """Say how far a batch may go."""
    seconds = None if limits.deadline is None else limits.deadline - time.monotonic()
    search.allow(2 * _room(search, limits), seconds)
    if limits.memory is not None:
        search.room = limits.memory * 8 // EIGHTHS
        if limits.space is not None:
            search.room = min(search.room, search.memory() + limits.space.left())


def _room(search: Any, limits: Limits) -> int:
    """How many successors a batch had better not exceed."""
    space = BATCH_BYTES if limits.memory is None else min(BATCH_BYTES, limits.memory // 8)
    if limits.space is not None:
        space = min(space, max(0, limits.space.left()) // SHARE_OF_LEFT)
    most: int = min(max(MOST_SUCCESSORS, search.states // 16), space // search.candidate_bytes)
    return max(1, most)


def _look_up(
    found: Found, limits: Limits, seen: set[tuple[int, ...]], interrupt: Interrupt
) -> None:
    """Gather what there is to tell, and see whether it is time to end."""
    reached = _exceeded(found, limits)
    # asked afterwards, since Ctrl-C may have been pressed meanwhile, and makes the search hurry
    found.limit = "interrupted" if interrupt.pressed else reached
    _gather(found, seen, found.search, found.limit is not None)
    if limits.enough is not None and found.limit is None:
        found.limit = limits.enough(found)


def _run(
    found: Found,
    limits: Limits,
    crew: Crew | None,
    progress: Progress | None,
    seen: set[tuple[int, ...]],
    interrupt: Interrupt,
) -> None:
    search = found.search
    words = search.machine.dynamic * max(search.machine.threads, 1)
    rough = limits.states is None
    most = max(1, min(LARGE_BATCH if rough else BATCH, BATCH_WORDS // max(words, 1)))
    fitting = FIRST_BATCH
    while found.limit is None:
        more = min(4 * most, search.states // SHARE_OF_STATES) if rough else 0
        count = min(max(most, more), fitting, search.open())
        if limits.states is not None:
            count = min(count, max(limits.states - search.states, 1))
        if count == 0:
            if search.ahead() == 0:
                break
            search.shift(1)
            found.levels.append(search.states)
            continue
        begun, before = search.worked(), found.transitions
        _allow(search, limits)
        _batch(search, count, crew)
        _look_up(found, limits, seen, interrupt)
        while found.limit is None and search.piece():
            _look_up(found, limits, seen, interrupt)
            _allow(search, limits)
        count = search.worked() - begun
        room = _room(search, limits)
        fitting = _fitting(fitting, max(count, 1), found.transitions - before, room)
        if progress is not None:
            progress(search)


def _fitting(last: int, count: int, taken: int, room: int) -> int:
    """How many states make a batch that has not too many successors, as far as this one tells."""
    return max(1, min(4 * last, room * count // max(taken, 1)))


def _batch(search: Any, count: int, crew: Crew | None) -> None:
    """One batch through the phases."""
    first, *others = search.workers
    shared = crew is not None and count >= WORTH_SHARING and crew.is_there()
    while True:
        search.deal(count, 1 + len(others) if shared else 1)
        if crew is not None and shared:
            for index, worker in enumerate(others, 1):
                if not search.call(index):
                    crew.give(index - 1, partial(worker.work, index))
        first.work(0)
        if not search.refit():
            break
    search.finish(count)


def _gather(found: Found, seen: set[tuple[int, ...]], search: Any, all_of_them: bool) -> None:
    """Take over the workers' new reports in order of discovery, without repetitions.

    Of a batch that was cut short some states were looked at too early: what there is to say of them
    waits until it is their turn, unless nothing comes any more.
    """
    early: list[Any] = []
    reports = search.workers[0].reports
    for worker in search.workers[1:]:
        reports = reports + worker.reports
    if not reports:
        return
    now = search.worked()
    for when, kind, words, place, entity in sorted(reports, key=_when):
        key = (kind, *words)
        if when > now and not all_of_them:
            early.append((when, kind, words, place, entity))
        elif key not in seen:
            seen.add(key)
            where = None if place in NOWHERE else place
            found.reports.append(Report(kind, words, where, entity, search.depth, search))
    for worker in search.workers:
        worker.reports = []
    search.workers[0].reports = early


def _when(report: tuple[int, int, tuple[int, ...], int, int]) -> int:
    return report[0]


def _exceeded(found: Found, limits: Limits) -> str | None:
    """The limit that is reached, if any."""
    search = found.search
    if search.unguarded:
        return "guards"
    if any(worker.starved for worker in search.workers):
        return "memory"
    if limits.states is not None and search.states > limits.states:
        return "states"
    if limits.steps is not None and sum(w.transitions for w in search.workers) > limits.steps:
        return "steps"
    eighths = PLAIN_EIGHTHS if engine.name() == "plain" else EIGHTHS
    if limits.memory is not None and search.memory() * eighths // 8 > limits.memory:
        return "memory"
    if limits.space is not None and limits.space.is_short(found):
        return "memory"
    late = limits.deadline is not None and time.monotonic() > limits.deadline
    if (
        late or search.stopped
    ):  # the engine's clock is not that of Python: whoever is first is right
        return "seconds"
    if limits.depth is not None and search.depth > limits.depth:
        return "depth"
    return None
