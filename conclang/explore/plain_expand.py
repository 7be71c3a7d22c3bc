"""Expands states: looks at each, and enters what comes after it (plain engine).

What an entity does that touches nothing but the common part and its own record (a *near* deed),
together with the left-movers that follow at once, is one *move*: the new numbers of both, and how
many steps it is. A move depends on these two numbers alone, so it is kept under them, and most
successors are found by one look into a dict. Everything else is done step by step with the deeds of
plain_habits.py. Either way the order is that of the entities, their partners and branches, so the
states are numbered as if each step had been interpreted on the spot.

Places where a reduction comes in:

* `entities` in `_expand`: who is expanded in a state; everybody, in ascending order, or one alone
  (plain_alone.py).
* `Order.arrange` (plain_order.py): the canonical form of every state that is entered; `settle` is
  the same after a move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conclang.explore.plain_alone import Alone
from conclang.explore.plain_catalog import Key
from conclang.explore.plain_graph import NO_STATE
from conclang.explore.plain_habits import Outcome, Paper
from conclang.explore.reports import END, SPIN, STUCK
from conclang.machine.opcodes import ASLEEP, AT, PC, READ, SPINNING, WIDE, WRITE

if TYPE_CHECKING:
    from conclang.explore.plain import Search

HEAVIEST = 12
NOWHERE = -1
MOST_MOVES = 1_000_000
SHIFT = 32
Move = tuple[tuple[int, int, int], ...]
"""The successors of a near deed: common part, own record, steps taken."""


class Worker:
    """Expands states."""

    def __init__(self, search: Search, paper: Paper) -> None:
        self.search, self.machine, self.paper = search, paper.machine, paper
        self.catalog, self.habits = search.catalog, search.habits
        self.inspector, self.order = search.inspector, search.order
        self.transitions = 0
        self.starved = False
        self.moves: list[dict[int, Move]] = []
        self.kept = 0  # moves in all of them
        self.alone = Alone(self, search.footprints) if search.footprints is not None else None

    @property
    def reports(self) -> list[tuple[int, int, tuple[int, ...], int, int]]:
        return self.inspector.reports

    @reports.setter
    def reports(self, reports: list[tuple[int, int, tuple[int, ...], int, int]]) -> None:
        self.inspector.reports = reports

    def work(self, _worker: int) -> None:
        """All phases of the batch at hand; here they happen at once."""
        begin = self.search.done
        places = self.search.frontier[begin : begin + self.search.dealt]
        if self.search.bounded:
            for place in places:
                if not self.search.is_late():
                    self._expand_bounded(place)
        else:
            self._expand(places)

    def _expand(self, places: list[int]) -> None:
        """Expand states in order. All that is asked for each successor is at hand as a local."""
        search, order, inspect = self.search, self.order, self.inspector.inspect
        keys, parents, waiting, enter = search.keys, search.parents, search.waiting, search.enter
        commons, moves = self.catalog.commons, self.moves
        follows, grouped, settle = order.follows, order.group_of, order.settle
        keep, edges, any_spurious = search.keep, search.edges, self.machine.any_spurious
        alone = self.alone
        turning, nameless = order.turning, order.nameless
        for place in places:
            if search.is_late():
                return
            key = keys[place]
            truth = inspect(place, key)
            if keep:
                search.marks[place] = truth
            common = key[0]
            base, count = common << SHIFT, commons[common][0]
            while len(moves) < count:
                moves.append({})
            any_ = False
            entities: Sequence[int] = range(count)
            if alone is not None:
                entities = alone.entities(key, range(count))
            for t in entities:
                record = key[t + 1]
                if record == key[t] and t in follows and order.is_twin(key, t):
                    continue
                move = moves[t].get(base | record)
                if move is None:
                    move = self._move(key, t)
                    if move is None:
                        any_ = self._by_deed(place, key, t) or any_
                        continue
                if not move:
                    continue
                any_ = True
                self.transitions += len(move)
                for common, own, weight in move:
                    fresh = [*key]
                    fresh[0] = common
                    fresh[t + 1] = own
                    turn = 0
                    if turning is not None:
                        turn = order.arrange(fresh)
                    elif t in grouped:
                        turn = settle(fresh, t)
                    elif nameless and t >= order.threads:
                        order.order_started(fresh)
                    state = tuple(fresh)
                    number = enter(state, len(keys))
                    if number == len(keys):
                        keys.append(state)
                        parents.append(place)
                        waiting[weight].append(number)
                        if keep:
                            search.marks.append(0)
                    if keep:
                        edges.add(place, number, t, 0, turn)
            if not any_ or any_spurious:
                self._ended(place, key, any_)

    # -- moves ------------------------------------------------------------------------------------

    def _move(self, key: Key, t: int) -> Move | None:
        """What a near deed comes to; None if t does something else."""
        deed = self.habits.deed(key, t)
        if not deed.near or any(outcome.fault for outcome in deed.outcomes):
            return None
        found = []
        for outcome in deed.outcomes:
            fresh = list(key)
            self.habits.apply(outcome, fresh, t)
            weight, near = self.fuse(fresh, t)
            if not near:
                return None
            found.append((fresh[0], fresh[t + 1], weight))
        if self.habits.remembers:
            self.kept += 1
            if self.kept > MOST_MOVES:
                self.kept = 1
                for moves in self.moves:
                    moves.clear()
            self.moves[t][key[0] << SHIFT | key[t + 1]] = tuple(found)
        return tuple(found)

    def fuse(self, key: list[int], t: int) -> tuple[int, bool]:
        """Take the left-movers that follow at once: (how many steps, are all of them near?)."""
        weight, near = 1, True
        while weight < HEAVIEST and self._may_fuse(key, t):
            deed = self.habits.deed(key, t)
            near = near and deed.near
            if deed.ways != 1 or len(deed.outcomes) != 1 or deed.outcomes[0].fault:
                break
            self.habits.apply(deed.outcomes[0], key, t)
            weight += 1
        return weight, near

    def _may_fuse(self, key: list[int], t: int) -> bool:
        """Is what comes next a left-mover, or an access that nobody can interfere with?"""
        number = key[t + 1]
        if self.catalog.status[number] != AT:
            return False
        kind = self.machine.code[self.catalog.records[number][PC] * WIDE]
        return kind in self.search.fusable or self._is_guarded(key, t, kind)

    def _is_guarded(self, key: list[int], t: int, kind: int) -> bool:
        """Is this an access to a cell whose lock t holds, so that nobody else can be there?"""
        guard_of = self.search.guard_of
        if not guard_of or kind not in (READ, WRITE):
            return False
        cell = self.catalog.seen[self.catalog.sights[key[t + 1]]][1]
        if not 0 <= cell < self.machine.object_limit[kind]:
            return False
        lock = guard_of[cell]
        if lock < 0 or (kind == WRITE and lock & 1):
            return False
        owner = self.catalog.commons[key[0]][self.machine.locks + (lock >> 1)]
        return bool(owner == t + 1)

    # -- everything else --------------------------------------------------------------------------

    def _by_deed(self, place: int, key: Key, t: int) -> bool:
        """Enter the successors by t; can it step?"""
        deed = self.habits.deed(key, t)
        for outcome in deed.outcomes:
            self.transitions += 1
            if outcome.fault:
                self._failed(place, key, t, outcome)
            else:
                self._succeed(place, key, t, outcome)
        return deed.ways > 0

    def _failed(self, place: int, key: Key, t: int, outcome: Outcome) -> None:
        catalog, common = self.catalog, key[0]
        if outcome.common is not None:
            common = catalog.changed_common(outcome.common, common)
        self.inspector.failed(place, t, outcome.fault, outcome.pc, catalog.commons[common])
        if self.search.keep:
            self.search.edges.add(place, NO_STATE, t)

    def _succeed(self, place: int, key: Key, t: int, outcome: Outcome, tail: Key = ()) -> None:
        fresh = list(key[: self.catalog.commons[key[0]][0] + 1])
        self.habits.apply(outcome, fresh, t)
        moved = self._moved(key, fresh, t, outcome) if self.search.keep else 0
        weight, _ = self.fuse(fresh, t)
        turn = self.order.arrange(fresh)
        self.enter_state(place, (*fresh, *tail), weight, moved, t, turn)

    def enter_state(
        self, place: int, state: Key, weight: int, moved: int, t: int, turn: int = 0
    ) -> None:
        """Number a state if it is new, and put it into the frontier of its depth."""
        search = self.search
        number = search.enter(state, len(search.keys))
        if number == len(search.keys):
            search.keys.append(state)
            search.parents.append(place)
            search.waiting[weight].append(number)
            if search.keep:
                search.marks.append(0)
        if search.keep and place != NOWHERE:
            search.edges.add(place, number, t, moved, turn)

    def _moved(self, key: Key, fresh: list[int], t: int, outcome: Outcome) -> int:
        """Who has moved in this step, as bits: the actor, its partner, and all it has changed.

        Who merely lost or got a loop or a worker has not moved.
        """
        bits = 1 << min(t, 63)
        if outcome.partner >= 0:
            bits |= 1 << min(outcome.partner, 63)
        records, places = self.catalog.records, (self.machine.at_worker, self.machine.at_holder)
        for u in range(self.catalog.commons[key[0]][0]):
            if key[u + 1] == fresh[u + 1]:
                continue
            pairs = enumerate(zip(records[key[u + 1]], records[fresh[u + 1]], strict=True))
            if any(old != new and at not in places for at, (old, new) in pairs):
                bits |= 1 << min(u, 63)
        return bits

    def _ended(self, place: int, key: Key, any_: bool) -> None:
        """Can nothing happen any more, or nothing but spurious wake-ups?"""
        status = self.catalog.status
        entities = range(self.catalog.commons[key[0]][0])
        spinning = any(status[key[t + 1]] == SPINNING for t in entities)
        if not any_:
            self.inspector.ended(place, key, SPIN if spinning else END)
        elif not spinning and not any(
            self.habits.deed(key, t).ways for t in entities if status[key[t + 1]] != ASLEEP
        ):
            self.inspector.ended(place, key, STUCK)

    # -- with preemptions counted -----------------------------------------------------------------

    def _expand_bounded(self, place: int) -> None:
        """Behind the numbers of a state stand who took the last step, + 1, and what was spent."""
        search, habits = self.search, self.habits
        key = search.keys[place]
        last, spent = key[-2] - 1, key[-1]
        last_can = last >= 0 and habits.deed(key, last).ways > 0
        truth = self.inspector.inspect(place, key)
        if search.keep:
            search.marks[place] = truth
        any_ = False
        for t in range(self.catalog.commons[key[0]][0]):
            if t in self.order.follows and self.order.is_twin(key, t):
                continue
            deed = habits.deed(key, t)
            any_ = any_ or deed.ways > 0
            price = spent + (last_can and t != last)
            if price > search.allowed:
                continue
            for outcome in deed.outcomes:
                self.transitions += 1
                if outcome.fault:
                    self._failed(place, key, t, outcome)
                else:
                    mover = 0 if self._has_yielded(key[t + 1], outcome.own) else t + 1
                    self._succeed(place, key, t, outcome, (mover, price))
        if not any_ or self.machine.any_spurious:
            self._ended(place, key, any_)

    def _has_yielded(self, before: int, after: int) -> bool:
        """Has a step from record to record gone past a `yield`?"""
        records = self.catalog.records
        return (records[before][PC], records[after][PC]) in self.search.yields

    def memory(self) -> int:
        """Bytes, roughly."""
        return 250 * self.kept
