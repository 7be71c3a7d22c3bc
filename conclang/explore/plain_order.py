"""Interchangeable threads in their standing order (plain engine; see reduce.py for why).

Threads of one group may change places: their records, and their names as owners. Of all states
that differ only so, the one is kept whose records ascend word by word; of equal records the one
comes first whose thread owns the first lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conclang.explore.plain_catalog import Catalog, Key
from conclang.explore.reports import SearchOptions
from conclang.explore.started import JOINED
from conclang.explore.turning import Turning
from conclang.machine.opcodes import FINISHED


class Order:
    """Brings states into their canonical form."""

    def __init__(self, machine: Any, catalog: Catalog, options: SearchOptions) -> None:
        self.catalog, self.groups = catalog, options.groups
        self.records = catalog.records
        groups, self.turning = options.groups, None
        if options.symmetry is not None:
            self.turning = Turning(catalog, options.symmetry)
        self.nameless, self.threads = options.nameless, int(machine.threads)
        self.group_of = {t: group for group in groups for t in range(*group)}
        self.follows = frozenset(t for first, last in groups for t in range(first + 1, last))
        self.owners = [machine.locks + i for i in range(machine.lock_count)]
        self.owners += [machine.rwlocks + 2 * i for i in range(machine.rwlock_count)]
        self.holding: dict[int, int] = {}
        self.renamed: dict[tuple[int, int, int], int] = {}
        self.keep = options.keep
        self.orders: list[Sequence[int]] = [range(self.threads)]  # in which threads stand now
        self.turns: dict[Sequence[int], int] = {tuple(range(self.threads)): 0}

    def arrange(self, key: list[int]) -> int:
        """Bring all groups into their standing order; how threads have changed places."""
        order = list(range(self.threads))
        for first, last in self.groups:
            order[first:last] = self._sort(key, first, last)
        if self.nameless:
            self.order_started(key)
        return self.turning.least(key) if self.turning is not None else self._turn(order)

    def _turn(self, order: Sequence[int]) -> int:
        """The number of an order in which threads stand now; 0: nobody has moved."""
        order = tuple(order)
        if order not in self.turns:
            self.turns[order] = len(self.orders)
            self.orders.append(order)
        return self.turns[order]

    def before(self, turn: int, mask: int) -> int:
        """Threads as bits, as they were called before they changed places."""
        if self.turning is not None:
            return self.turning.before(turn, mask)
        order = self.orders[turn]
        found = mask >> self.threads << self.threads
        return found | sum(1 << t for place, t in enumerate(order) if mask >> place & 1)

    def twins(self, key: Key) -> int:
        """As bits, whose steps are those of the one before, and are not taken."""
        return sum(1 << t for t in self.follows if self.is_twin(key, t))

    def settle(self, key: list[int], t: int) -> int:
        """The same where all was in order until t took a near step: t alone may have to move.

        Such a step changes no ownership but t's own, so equal records of others stay as they are.
        """
        first, last = self.group_of[t]
        records, number, there = self.records, key[t + 1], t
        words = records[number]
        while there > first and words < records[key[there]]:
            there -= 1
        meets = there > first and key[there] == number
        if there == t:
            while there + 1 < last and records[key[there + 2]] < words:
                there += 1
            meets = meets or (there + 1 < last and key[there + 2] == number)
        if meets and self._any_holds(key[0], first, last):
            order = self._sort(key, first, last)
        elif there != t:
            del key[t + 1]
            key.insert(there + 1, number)
            order = [u for u in range(first, last) if u != t]
            order.insert(there - first, t)
            common = self.renamed.get((key[0], t, there))
            if common is None:
                common = self.renamed[key[0], t, there] = self._rename(key[0], order, first)
            key[0] = common
        else:
            return 0
        return self._turn((*range(first), *order, *range(last, self.threads))) if self.keep else 0

    def _sort(self, key: list[int], first: int, last: int) -> list[int]:
        """Bring one group into its standing order; who stands there now."""
        records, threads = self.records, range(first, last)
        if not self._any_holds(key[0], first, last):
            order = sorted(threads, key=lambda t: records[key[t + 1]])
            key[first + 1 : last + 1] = [key[t + 1] for t in order]
            return order
        common = self.catalog.commons[key[0]]
        owned = [common[place] for place in self.owners]
        order = sorted(threads, key=lambda t: (records[key[t + 1]], [w != t + 1 for w in owned]))
        if order != list(threads):
            key[first + 1 : last + 1] = [key[t + 1] for t in order]
            key[0] = self._rename(key[0], order, first)
        return order

    def order_started(self, key: list[int]) -> None:
        """Bring those who were started into order, and leave out who has finished."""
        common, first = self.catalog.commons[key[0]], self.threads
        if common[0] > first:
            self._sort(key, first, common[0])
        status, last = self.catalog.status, len(key) - 1
        if self.nameless == JOINED:
            return
        while last > first and status[key[last]] == FINISHED:
            if self.holders(key[0]) >> (last - 1) & 1:
                break
            last -= 1
        if last < len(key) - 1:
            words = list(self.catalog.commons[key[0]])
            words[0] = last
            key[:] = [self.catalog.common_of(tuple(words)), *key[1 : last + 1]]

    def _rename(self, number: int, order: list[int], first: int) -> int:
        """The common part once threads have changed places; `order`: who stands there now."""
        names = {old + 1: new + 1 for new, old in enumerate(order, first)}
        words = list(self.catalog.commons[number])
        for place in self.owners:
            words[place] = names.get(words[place], words[place])
        return self.catalog.common_of(tuple(words))

    def _any_holds(self, number: int, first: int, last: int) -> bool:
        """Does anybody in a group own something?"""
        return bool(self.holders(number) >> first & (1 << last - first) - 1)

    def holders(self, number: int) -> int:
        """Who owns something, as bits, by the number of the common part."""
        bits = self.holding.get(number)
        if bits is None:
            common, bits = self.catalog.commons[number], 0
            for place in self.owners:
                if common[place]:
                    bits |= 1 << common[place] - 1
            self.holding[number] = bits
        return bits

    def is_twin(self, key: Key, t: int) -> bool:
        """Is t in every respect like the interchangeable thread before it?

        Then its steps lead to the same states as those of the other. Threads that own something
        are told apart without a closer look.
        """
        return key[t] == key[t + 1] and not self.holders(key[0]) >> (t - 1) & 3

    def memory(self) -> int:
        turning = self.turning.memory() if self.turning is not None else 0
        return 100 * len(self.holding) + 250 * (len(self.renamed) + len(self.orders)) + turning
