"""Breadth-first search through all states (plain engine).

The twin of `search.py` and `store.py`: the same doors, the same order of discovery, the same
reports. Where the two differ, this one is right. It is fast enough to be used, too: states are
tuples of numbers (plain_catalog.py), what entities do is learnt once (plain_habits.py), and visited
states are the keys of a dict.

plain_expand.py   expands states: the loop that takes the time
plain_alone.py    chooses who is expanded
plain_inspect.py  what there is to say about a state
plain_order.py    interchangeable threads in their standing order
plain_graph.py    edges, if they are kept
plain_steps.py    steps one by one, for witnesses
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import time
from array import array
from typing import Any

from conclang.explore.plain_catalog import Catalog, Key
from conclang.explore.plain_expand import HEAVIEST, NOWHERE, Worker
from conclang.explore.plain_graph import Edges
from conclang.explore.plain_habits import Habits, Paper
from conclang.explore.plain_inspect import FIRST_BITS, Inspector
from conclang.explore.plain_order import Order
from conclang.explore.plain_steps import Steps
from conclang.explore.reports import SearchOptions
from conclang.explore.started import JOINED
from conclang.machine.opcodes import FINISHED, SPINNING
from conclang.machine.state import length
from conclang.machine.step import start

STATE_BYTES = 180
"""What a state takes besides eight bytes for each number: tuple, slot of the dict, three lists."""


class Search(Steps):
    """The states found so far, and the way on."""

    def __init__(
        self, machine: Any, options: SearchOptions, contexts: list[tuple[Any, Any]]
    ) -> None:
        super().__init__(Paper(machine, *contexts[0]))
        self.keep = options.keep
        self.fusable = frozenset(options.fusable)
        self.guard_of = options.guards
        self.bounded = options.preemptions >= 0
        self.allowed = options.preemptions
        self.yields = frozenset(options.yields)
        self.catalog = Catalog(machine, options.immediate)
        self.habits = Habits(self.paper, self.catalog)
        self.habits.late_joins = options.nameless == JOINED
        self.footprints = options.alone
        self.before = 0  # states found before the search came to the present depth
        self.symmetry = options.symmetry
        self.order = Order(machine, self.catalog, options)
        self.inspector = Inspector(machine, options, self.habits)
        self.keys: list[Key] = []
        self.index: dict[Key, int] = {}
        self.enter = self.index.setdefault
        self.parents: list[int] = []
        self.marks = array("I")
        self.frontier: list[int] = []
        self.waiting: list[list[int]] = [[] for _ in range(HEAVIEST + 1)]
        self.edges = Edges()
        self.done = self.depth = 0
        self.workers = [Worker(self, self.paper)]
        self.digits: tuple[int, ...] = ()  # the choices of the next initial state
        self.stop = False
        self.most = self.room = 1 << 60
        self.habits.is_enough = self.is_enough
        self.deadline: float | None = None

    @property
    def states(self) -> int:
        return len(self.keys)

    @property
    def unguarded(self) -> bool:
        return self.inspector.unguarded

    # -- searching --------------------------------------------------------------------------------

    def begin(self, most: int) -> bool:
        """Enter the next initial states, at most so many of them; are there more?"""
        machine, context, worker = self.machine, self.paper.context, self.workers[0]
        tail = (0, 0) if self.bounded else ()
        context.given(self.digits)
        for _ in range(most):
            words = [0] * self.paper.size
            fault = start(machine, context, words)
            if fault:
                common = tuple(words[: machine.first])
                entity, pc = context.fault_entity, context.fault_pc
                self.inspector.failed(NOWHERE, entity, fault, pc, common)
            else:
                key = self.catalog.key_of(words[: length(machine, words)])
                self.order.arrange(key)
                worker.enter_state(NOWHERE, (*key, *tail), 0, 0, NOWHERE)
            following = self.following(context)
            if following is None:
                return False
            if self.is_late():
                break
        self.digits = following or ()
        return True

    def piece(self) -> bool:
        """Batches are always whole here."""
        return False

    # -- when to stop -----------------------------------------------------------------------------

    def hurry(self) -> None:
        """Leave what is half done: nobody waits for it any more."""
        self.stop = True

    @property
    def stopped(self) -> bool:
        """Has something been left half done, since it was late?"""
        return self.stop

    def allow(self, most: int, seconds: float | None) -> None:
        """How many outcomes a step may have, roughly, and for how long from now on (None: ever)."""
        self.most = 4 * most
        self.deadline = None if seconds is None else time.monotonic() + seconds

    def is_late(self) -> bool:
        """Is it time to leave what is half done?"""
        if self.deadline is not None and time.monotonic() > self.deadline:
            self.stop = True
        return self.stop

    def is_enough(self, outcomes: int) -> bool:
        """Does one step come to more than there is time and room for?"""
        if outcomes > self.most:
            self.workers[0].starved = True
        return self.is_late() or self.workers[0].starved

    def raise_pressed(self) -> None:
        """What is raised by a second Ctrl-C is raised at once here."""

    @property
    def candidate_bytes(self) -> int:
        """What one of many outcomes of a step takes, roughly."""
        return 300

    def deal(self, count: int, _hands: int) -> None:
        """How many of the next states are the batch."""
        self.dealt = count

    def refit(self) -> bool:
        """States have no shape here."""
        return False

    def open(self) -> int:
        return len(self.frontier) - self.done

    def worked(self) -> int:
        return self.done

    def ahead(self) -> int:
        return sum(map(len, self.waiting))

    def finish(self, count: int) -> None:
        self.done += count

    def shift(self, by: int = 1) -> None:
        """Go on to the next depth."""
        self.before = len(self.keys)
        self.frontier = self.waiting[by]
        self.done = 0
        self.depth += by
        self.waiting[:] = [[], *self.waiting[by + 1 :], *[[] for _ in range(by)]]

    def memory(self) -> int:
        """Bytes, roughly."""
        if not self.keys:
            return 0
        tables = self.catalog.memory() + self.habits.memory() + self.inspector.memory()
        tables += self.order.memory() + self.workers[0].memory() + self.edges.memory()
        return self.states * (STATE_BYTES + 8 * len(self.keys[-1])) + tables

    # -- looking up -------------------------------------------------------------------------------

    def words(self, place: int) -> list[int]:
        return self.catalog.words_of(self.keys[place])

    def mover(self, place: int) -> int:
        """Who took the last step to a state, if preemptions are counted; -1: not known."""
        return self.keys[place][-2] - 1 if self.bounded else -1

    def parent(self, place: int) -> int | None:
        parent = self.parents[place]
        return None if parent == NOWHERE else parent

    def number(self, place: int) -> int:
        return place

    def places(self) -> list[int]:
        return list(range(self.states))

    def find(self, words: list[int]) -> int | None:
        """The place of a state; None if it was not met. Canonical words are expected."""
        key = None if self.bounded else self.catalog.known(words)
        return None if key is None else self.index.get(key)

    def reduced(self, words: list[int], t: int) -> tuple[int, list[int]]:
        """The state as the search keeps it, after a step of t: (steps, words)."""
        key = self.catalog.key_of(words)
        weight = self.workers[0].fuse(key, t)[0] if t >= 0 else 0
        self.order.arrange(key)
        return weight, self.catalog.words_of(key)

    def guarding(self) -> tuple[int, ...]:
        """Per word of memory the lock held at every access seen, -1: none, or no access."""
        return self.inspector.guarding()

    # -- the graph --------------------------------------------------------------------------------

    def graph(self) -> tuple[bytes, bytes, bytes, bytes]:
        """(source and target numbers, masks of who moved, actors, truths per state) as bytes."""
        return (*self.edges.raw(), self.marks.tobytes())

    def left_behind(self, daemons: int, most: int) -> list[tuple[int, int, int]]:
        """States in which somebody never moves again while others do: (number, place, mask)."""
        twins = [self.order.twins(key) for key in self.keys]
        ever = self.edges.ever(twins, self.order.before)
        found = []
        for number, key in enumerate(self.keys):
            mask = self._stuck_at(key, ever[number], daemons)
            if mask:
                found.append((number, number, mask))
                if len(found) >= most:
                    break
        return found

    def _stuck_at(self, key: Key, moving: int, daemons: int) -> int:
        """Who is left behind in a state, as bits; `moving`: who can still move."""
        rest, others = 0, moving & FIRST_BITS != 0
        for t in range(min(self.catalog.commons[key[0]][0], 63)):
            status = self.catalog.status[key[t + 1]]
            others = others or status == SPINNING
            if status not in (FINISHED, SPINNING) and not (moving | daemons) >> t & 1:
                rest |= 1 << t
        return rest if others else 0
