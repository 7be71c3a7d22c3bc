"""Only the schedules that a policy allows: `check --under 'round_robin(quantum: 2)' --cores 1`.

A policy here is a set of cores, one ready queue, and perhaps a quantum; a quantum is so many steps,
for without time there is nothing else to measure it in. Whoever stands on a core may take the next
step (several cores: in any order). A core is given up by blocking, at a `yield`, at the end, or
when the quantum is over and somebody waits; then the head of the queue comes in. Who blocked and
can go on again, and who is new, queues at the tail, before those whose quantum ends in the same
step. Who is taken up and cannot go on has found that out and leaves the queue.

Where the first interrupt falls depends on what happened before the program began, so with
`any_start` the first quantum of each core may be any part of a whole one. Besides that and the
choices of the program itself (`choose`, select, whom a signal wakes) nothing is left open, so there
are few states: they are kept as Python values, each with its queue and what is left of the quanta,
and stepped by the engine's own search, of which this is a wrapper.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from conclang.explore.driver import Found, Limits, Progress
from conclang.explore.graph import LAST_BIT, NO_STATE
from conclang.explore.looking import Lookout
from conclang.explore.names import ASLEEP, FINISHED, PC, SPINNING
from conclang.explore.patience import Enough, Interrupt, Patience, listen
from conclang.explore.reports import END, FAILED, FAULT, FIRST_LIMIT, SPIN, Report, SearchOptions
from conclang.record import record

FOR_EVER = -1
BYTES = 900
"""What a state takes here, roughly, besides its words."""
EDGE_BYTES = 60
"""What the edge takes, and what analyses take for it."""

Core = tuple[int, int] | None
"""Who stands on it, and how many steps are left of the quantum."""
Memory = tuple[tuple[Core, ...], tuple[int, ...]]
"""The cores and the queue."""


@record
class Under:
    """A policy as a restriction; `quantum` None: nobody is interrupted."""

    cores: int
    quantum: int | None = None
    any_start: bool = False
    yields: tuple[tuple[int, int], ...] = ()


class Restricted:
    """A search with the same doors as the engine's, through the schedules of a policy."""

    keep = True
    unguarded = False

    def __init__(self, inner: Any, wanted: SearchOptions, under: Under) -> None:
        self.inner = inner
        self.machine = inner.machine
        self.under = under
        self.yields = frozenset(under.yields)
        self.lookout = Lookout(inner, wanted)
        self.keys: list[tuple[tuple[int, ...], Memory]] = []
        self.index: dict[tuple[tuple[int, ...], Memory], int] = {}
        self.first_of: dict[tuple[int, ...], int] = {}
        self.parents: list[int] = []
        self.edges, self.masks = array("Q"), array("Q")
        self.actors, self.marks = array("H"), array("I")
        self.transitions = self.depth = self.expanded = 0
        self.workers = [self]
        self.reports: list[Report] = []
        self._seen: set[tuple[int, ...]] = set()

    @property
    def check(self) -> Callable[[], None]:
        """Asked now and then while something is looked for."""
        check: Callable[[], None] = self.inner.check
        return check

    @check.setter
    def check(self, check: Callable[[], None]) -> None:
        self.inner.check = check

    def start_of(self, place: int) -> tuple[int, list[int]] | None:
        """Which initial state is the one at a place, and its words."""
        words = self.words(place)
        for index, start in enumerate(self.inner.initials()):
            if not start[0] and start[3] == words:
                return index, words
        return None

    def __getattr__(self, name: str) -> Any:
        """Whatever concerns single steps is asked of the engine's search."""
        return getattr(self.inner, name)

    @property
    def states(self) -> int:
        return len(self.keys)

    # -- the policy -----------------------------------------------------------------------------

    def _able(self, words: Sequence[int], t: int) -> bool:
        status = words[self.inner.record_of(t)]
        if status in (ASLEEP, FINISHED, SPINNING):
            return False
        return bool(self.inner.ways_of(list(words), t))

    def _takes(self, words: Sequence[int], t: int) -> bool:
        """Would it stay on a core? Who spins does so for ever where nobody is interrupted."""
        spins = words[self.inner.record_of(t)] == SPINNING
        return self._able(words, t) or (spins and self.under.quantum is None)

    def _quantum(self) -> int:
        return FOR_EVER if self.under.quantum is None else self.under.quantum

    def begins(self, words: Sequence[int]) -> Iterator[Memory]:
        """The memories with which a program may start."""
        able = [t for t in range(words[0]) if self._takes(words, t)]
        nobody: tuple[Core, ...] = (None,) * self.under.cores
        cores, queue = self._filled(words, nobody, able)
        whole = self._quantum()
        parts = range(whole, 0, -1) if self.under.any_start and whole > 0 else (whole,)
        busy = [part for part, core in zip(itertools.repeat(parts), cores, strict=False) if core]
        for lefts in itertools.product(*busy):
            rest = iter(lefts)
            yield tuple(core and (core[0], next(rest)) for core in cores), tuple(queue)

    def _filled(
        self, words: Sequence[int], cores: Sequence[Core], queue: list[int]
    ) -> tuple[tuple[Core, ...], list[int]]:
        """Idle cores take up who is next; who cannot go on leaves the queue."""
        found, queue = list(cores), list(queue)
        for place, core in enumerate(found):
            while core is None and queue:
                t = queue.pop(0)
                if self._takes(words, t):
                    core = found[place] = (t, self._quantum())
        return tuple(found), queue

    def after(
        self, before: Sequence[int], words: Sequence[int], actor: int, memory: Memory
    ) -> Memory:
        """Cores and queue after a step."""
        cores, queue = memory
        there = {core[0] for core in cores if core} | set(queue)
        fresh = [t for t in range(words[0]) if t not in there and self._takes(words, t)]
        kept: list[Core] = []
        interrupted: list[int] = []
        for core in cores:
            left = core and self._goes_on(before, words, actor, core)
            if core and left == 0:
                interrupted.append(core[0])
            kept.append((core[0], left) if core and left else None)
        if not queue and not fresh:  # nobody to give way to
            kept = [
                (core[0], self._quantum()) if core and core[0] in interrupted else now
                for core, now in zip(cores, kept, strict=True)
            ]
            interrupted = []
        found, rest = self._filled(words, kept, [*queue, *fresh, *interrupted])
        return found, tuple(rest)

    def _goes_on(
        self, before: Sequence[int], words: Sequence[int], actor: int, core: tuple[int, int]
    ) -> int | None:
        """What is left of the quantum of somebody on a core; 0: over, None: blocked or ended."""
        t, left = core
        place = self.inner.record_of(t)
        if not self._takes(words, t):
            return None
        if t != actor:
            return left
        if (before[place + PC], words[place + PC]) in self.yields:
            return 0
        return left if left == FOR_EVER else left - 1

    # -- searching ------------------------------------------------------------------------------

    def enter(self, words: Sequence[int], memory: Memory, parent: int) -> int:
        """The number of a state, which may be new."""
        key = (tuple(words), memory)
        number = self.index.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
            self.parents.append(parent)
            self.marks.append(0)
            self.first_of.setdefault(key[0], number)
        return number

    def begin(self) -> None:
        for fault, pc, _, words in self.inner.initials():
            if fault:
                self._failed(-1, 0, fault, pc, words)
                continue
            for memory in self.begins(words):
                self.enter(words, memory, -1)

    def expand(self, number: int) -> None:
        """All successors of a state, and what is to be said about it."""
        key, memory = self.keys[number]
        self.expanded = number + 1
        words = list(key)
        self.marks[number] = self._look(number, words)
        on_cores = [core[0] for core in memory[0] if core]
        moved = False
        for t, _, fault, pc, _, after in self.inner.successors(words):
            if t not in on_cores:
                continue
            moved = True
            self.transitions += 1
            if fault:
                self._failed(number, t, fault, pc, after)
                self._connect(number, NO_STATE, t, 1 << min(t, LAST_BIT))
                continue
            there = self.enter(after, self.after(words, after, t, memory), number)
            self._connect(number, there, t, self._moved(words, after, t))
        if not moved:
            self._ended(number, words)

    def _connect(self, source: int, target: int, actor: int, mask: int) -> None:
        self.edges.append(source << 32 | target)
        self.masks.append(mask)
        self.actors.append(actor)

    def _moved(self, words: Sequence[int], after: Sequence[int], actor: int) -> int:
        bits, place = 1 << min(actor, LAST_BIT), self.inner.record_of
        for t in range(words[0]):
            if words[place(t) : place(t + 1)] != after[place(t) : place(t + 1)]:
                bits |= 1 << min(t, LAST_BIT)
        return bits

    # -- reports --------------------------------------------------------------------------------

    def report(self, kind: int, words: tuple[int, ...], number: int, entity: int) -> None:
        """Say something once."""
        if (kind, *words) not in self._seen:
            self._seen.add((kind, *words))
            place = None if number < 0 else number
            self.reports.append(Report(kind, words, place, entity, self.depth, self))

    def _look(self, number: int, words: list[int]) -> int:
        seen, truth = self.lookout.look(words)
        for kind, told, entity in seen:
            self.report(kind, told, number, entity)
        return truth

    def _failed(self, number: int, t: int, fault: int, pc: int, after: Sequence[int]) -> None:
        self.report(FAULT, (fault, pc, t), number, t)
        if fault < FIRST_LIMIT:
            cells = tuple(after[self.machine.cells : self.machine.locks])
            self.report(FAILED, cells, number, t)

    def _ended(self, number: int, words: list[int]) -> None:
        status = [words[self.inner.record_of(t)] for t in range(words[0])]
        told = tuple(1 if s == FINISHED else 2 if s == SPINNING else 0 for s in status)
        kind = SPIN if SPINNING in status else END
        cells = tuple(words[self.machine.cells : self.machine.locks])
        self.report(kind, told + cells, number, -1)

    # -- looking back ---------------------------------------------------------------------------

    def open(self) -> int:
        """How many states are still to be expanded, for who watches the progress."""
        return self.states - self.expanded

    def ahead(self) -> int:
        return 0

    def memory(self) -> int:
        words = len(self.keys[-1][0]) if self.keys else 0
        return self.states * (BYTES + 8 * words) + len(self.edges) * EDGE_BYTES

    def graph(self) -> tuple[bytes, bytes, bytes, bytes]:
        """(source and target numbers, masks of who moved, actors, truths per state) as bytes."""
        parts = (self.edges, self.masks, self.actors, self.marks)
        edges, masks, actors, marks = (part.tobytes() for part in parts)
        return edges, masks, actors, marks

    def words(self, place: int) -> list[int]:
        return list(self.keys[place][0])

    def parent(self, place: int) -> int | None:
        return None if self.parents[place] < 0 else self.parents[place]

    def number(self, place: int) -> int:
        return place

    def places(self) -> list[int]:
        return list(range(self.states))

    def find(self, words: Sequence[int]) -> int | None:
        return self.first_of.get(tuple(words))


def explore(search: Restricted, limits: Limits, progress: Progress | None = None) -> Found:
    """Search level by level until everything was seen or a limit is reached."""
    found = Found(search)
    with Interrupt() as interrupt:
        search.check = partial(_check, search, limits, interrupt)
        try:
            search.begin()
            found.levels = [0, search.states]
            _by_levels(search, found, progress)
        except (Enough, MemoryError) as enough:
            found.limit = enough.limit if isinstance(enough, Enough) else "memory"
            found.levels = found.levels or [0, search.states]
        search.check = listen
    found.reports = search.reports
    return found


def _by_levels(search: Restricted, found: Found, progress: Progress | None) -> None:
    begin = 0
    while begin < search.states:
        end = search.states
        for number in range(begin, end):
            search.expand(number)
            search.check()
        begin = end
        search.depth += 1
        found.levels.append(search.states)
        if progress is not None:
            progress(search)


def _check(search: Restricted, limits: Limits, interrupt: Interrupt) -> None:
    """Raise the limit that is reached, if any."""
    Patience(limits.deadline, interrupt, limits.space).check()
    if limits.states is not None and search.states > limits.states:
        raise Enough("states")
    if limits.memory is not None and search.memory() > limits.memory:
        raise Enough("memory")
