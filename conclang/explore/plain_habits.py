"""What entities do, learnt by watching (plain engine).

To take a step means to interpret a few dozen micro-ops, and the same entity in the same situation
always does the same. So each step is interpreted once, on words that note who looks at them: a step
depends on the words that it has looked at *before writing them*, and on nothing else. What came of
it is remembered under the values of those words, and read off whenever they are there again. This
holds for any micro-op, also those that look at other entities: nobody has to say how far it
reaches, for that is seen.

The words that were looked at make a tree: at each node a place and, by the value found there, the
node to go on at. The interpreter is deterministic, so the place to look at next is decided by what
was seen before. One tree belongs to an entity and the record it has, so looks at its own record
need no node. The leaves are *deeds*: all that an entity can do now, every partner and every branch
of `choose`. The step itself is asked (`ways`, `step`), so a deed is as right as they are.

Trees are forgotten when they get too large, and `remembers` switches remembering off altogether:
then each step of each state is interpreted, as the tests do to see that it makes no difference.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conclang.explore.plain_catalog import COMMON, Catalog, Change, Key
from conclang.machine.opcodes import AT, FAULT_NO_ROOM, FINISHED, JOIN, PC, READ, WIDE, WRITE
from conclang.machine.state import length, record
from conclang.machine.step import clear_branches, evaluate, next_branch, step, ways

LARGEST_STATE = 1 << 22
MANY = 256
MOST_LOOKS = 200_000
"""Nodes of all trees together."""
LOOK_BYTES = 350
Node = Any  # (entity, place, {value: node}), a leaf, or None
Looks = dict[int, int]


class Watched(list[int]):
    """The words of a state, which note what was looked at before it was written."""

    __slots__ = ("looks", "written")

    def __init__(self, words: list[int], looks: Looks) -> None:
        super().__init__(words)
        self.looks = looks
        self.written: set[int] = set()

    def __getitem__(self, at: Any) -> Any:
        value = list.__getitem__(self, at)
        if at not in self.looks and at not in self.written:
            self.looks[at] = value
        return value

    def __setitem__(self, at: Any, value: Any) -> None:
        self.written.add(at)
        list.__setitem__(self, at, value)


class Paper:
    """What an engine steps on: contexts, and room for the words of a state."""

    def __init__(self, machine: Any, context: Any, ahead: Any) -> None:
        self.machine, self.context, self.ahead = machine, context, ahead
        self.size = self._room()

    def _room(self) -> int:
        machine = self.machine
        more = max(0, self.context.room - machine.threads)
        return int(machine.dynamic + machine.slack + 64 + machine.stride * more)

    def larger(self) -> bool:
        """Room for more entities; False when a state gets too large."""
        self.context.room = self.ahead.room = self.context.room * 2 + 2
        self.size = self._room()
        return self.size <= LARGEST_STATE

    def spread(self, words: list[int]) -> list[int]:
        """The words with room behind them."""
        while len(words) + 32 > self.size and self.larger():
            pass
        return words + [0] * (self.size - len(words))


class Outcome:
    """What one alternative comes to; with a fault, `common` is all that means something."""

    __slots__ = ("common", "fault", "others", "own", "partner", "pc")

    def __init__(self, fault: int, pc: int, partner: int) -> None:
        self.fault, self.pc, self.partner = fault, pc, partner
        self.common: Change | None = None
        self.own = 0  # the number of the record
        self.others: tuple[tuple[int, Change], ...] = ()


class Deed:
    """All that an entity can do now, in `ways` ways.

    `near`: it touches nothing but the common part and the entity's own record.
    """

    __slots__ = ("near", "outcomes", "ways")

    def __init__(self, ways: int, outcomes: tuple[Outcome, ...], near: bool) -> None:
        self.ways, self.outcomes, self.near = ways, outcomes, near


NOT_NOW = Deed(0, (), False)


class Answer:
    """Of a predicate: its value, the fault, and whether it looks at the common part only."""

    __slots__ = ("fault", "near", "value")

    def __init__(self, value: int, fault: int, near: bool) -> None:
        self.value, self.fault, self.near = value, fault, near


class Habits:
    """What is known of all entities' deeds, of predicates, and of accesses inside of blocks."""

    remembers = True

    def __init__(self, paper: Paper, catalog: Catalog) -> None:
        self.paper, self.machine, self.catalog = paper, paper.machine, catalog
        self.trees: dict[tuple[int, int], Node] = {}
        self.blocks: dict[tuple[int, int], Node] = {}
        self.opinions: dict[int, Node] = {}
        self.looks = 0  # nodes of all trees
        self.late_joins = False  # are joins put off until all have finished? See joining.py
        self.is_enough: Callable[[int], bool] = lambda outcomes: False
        """Asked now and then when a step has many outcomes, whether to leave out all others."""
        self.cut = False  # were some left out?

    # -- deeds ------------------------------------------------------------------------------------

    def deed(self, key: Key | list[int], t: int) -> Deed:
        """What t can do in a state."""
        whose = (t, key[t + 1])
        if self.late_joins and self._is_early(key, key[t + 1]):
            return NOT_NOW
        known: Deed | None = self._recall(self.trees.get(whose), key)
        if known is not None:
            return known
        looks: Looks = {}
        deed = self._watch(key, t, looks)
        if self.remembers and not self.cut:
            self._remember(self.trees, whose, self._foreign(looks, t), deed)
        return deed

    def _is_early(self, key: Key | list[int], number: int) -> bool:
        """Does a record stand at a join, and is somebody still on the way who was started?"""
        catalog, machine = self.catalog, self.machine
        if machine.code[catalog.records[number][PC] * WIDE] != JOIN or catalog.status[number] != AT:
            return False
        started = key[machine.threads + 1 : catalog.commons[key[0]][0] + 1]
        return any(catalog.status[one] != FINISHED for one in started)

    def _watch(self, key: Key | list[int], t: int, looks: Looks) -> Deed:
        """Take all alternatives and note what they look at."""
        paper, machine, context = self.paper, self.machine, self.paper.context
        words = paper.spread(self.catalog.words_of(key))
        count = int(ways(machine, context, Watched(words, looks), t))
        outcomes = []
        for way in range(count):
            clear_branches(context)
            more = True
            while more:
                after = Watched(words, looks)
                fault = int(step(machine, context, after, t, way))
                if fault == FAULT_NO_ROOM and paper.larger():
                    looks.clear()
                    return self._watch(key, t, looks)
                outcomes.append(self._outcome(after, t, fault))
                more = next_branch(context)
                if len(outcomes) % MANY == 0 and self.is_enough(len(outcomes)):
                    self.cut = True
                    return Deed(count, tuple(outcomes), False)
        near = all(self.catalog.whose(at)[0] in (COMMON, t) for at in looks)
        near = near and all(o.partner < 0 and not o.others for o in outcomes)
        return Deed(count, tuple(outcomes), near)

    def _outcome(self, after: Watched, t: int, fault: int) -> Outcome:
        """What was written, part by part; words known to be as they were are left out."""
        context, catalog = self.paper.context, self.catalog
        outcome = Outcome(fault, int(context.fault_pc) if fault else -1, int(context.partner))
        words = list(after)
        size = length(self.machine, words)
        parts: dict[int, list[tuple[int, int]]] = {}
        for at in sorted(after.written):
            if at < size and (at not in after.looks or after.looks[at] != words[at]):
                whose, place = catalog.whose(at)
                parts.setdefault(whose, []).append((place, words[at]))
        outcome.common = catalog.change_of(tuple(parts.pop(COMMON, ())))
        if fault:
            return outcome
        begin, end = record(self.machine, t), record(self.machine, t + 1)
        outcome.own = catalog.record_of(tuple(words[begin:end]), t)
        parts.pop(t, None)
        changes = [(u, catalog.change_of(tuple(writes))) for u, writes in sorted(parts.items())]
        outcome.others = tuple((u, change) for u, change in changes if change is not None)
        return outcome

    def apply(self, outcome: Outcome, key: list[int], t: int) -> None:
        """Change a state as an alternative without a fault does."""
        catalog = self.catalog
        if outcome.common is not None:
            key[0] = catalog.changed_common(outcome.common, key[0])
        key[t + 1] = outcome.own
        for u in range(len(key) - 1, catalog.commons[key[0]][0]):
            key.append(catalog.record_of((0,) * self.machine.stride, u))
        for u, change in outcome.others:
            key[u + 1] = catalog.changed_record(change, key[u + 1], u)

    # -- predicates, and accesses inside of blocks ------------------------------------------------

    def opinion(self, key: Key, code: int) -> Answer:
        """What a predicate says about a state."""
        known: Answer | None = self._recall(self.opinions.get(code), key)
        if known is not None:
            return known
        looks: Looks = {}
        context = self.paper.context
        words = Watched(self.paper.spread(self.catalog.words_of(key)), looks)
        value = int(evaluate(self.machine, context, words, code))
        seen = self._foreign(looks, COMMON)
        near = all(whose == COMMON for whose, _, _ in seen)
        answer = Answer(value, int(context.fault) if value < 0 else 0, near)
        if self.remembers:
            self._remember(self.opinions, code, seen, answer)
        return answer

    def touched(self, key: Key, t: int) -> list[tuple[int, int]]:
        """The accesses (kind, cell) inside the block that t stands before, in all its branches.

        What the block touches is seen by taking it from here.
        """
        whose = (t, key[t + 1])
        known: list[tuple[int, int]] | None = self._recall(self.blocks.get(whose), key)
        if known is not None:
            return known
        looks: Looks = {}
        found, whole = self._touch(key, t, looks)
        if self.remembers and whole:
            self._remember(self.blocks, whose, self._foreign(looks, t), found)
        return found

    def _touch(self, key: Key, t: int, looks: Looks) -> tuple[list[tuple[int, int]], bool]:
        machine, ahead = self.machine, self.paper.ahead
        words = self.paper.spread(self.catalog.words_of(key))
        found: list[tuple[int, int]] = []
        if not ways(machine, ahead, Watched(words, looks), t):
            return found, True
        clear_branches(ahead)
        ahead.logging, more, whole, count = True, True, True, 0
        while more:
            fault = step(machine, ahead, Watched(words, looks), t, 0)
            whole = whole and fault != FAULT_NO_ROOM
            notes = ahead.records()
            found += [(note[0], note[3]) for note in notes if note[0] in (READ, WRITE)]
            more = next_branch(ahead)
            count += 1
            if count % MANY == 0 and self.is_enough(count):
                more = whole = False
        ahead.logging = False
        return found, whole

    # -- trees ------------------------------------------------------------------------------------

    def _foreign(self, looks: Looks, t: int) -> list[tuple[int, int, int]]:
        """What was looked at in order, but for t's own record: (entity, place, value)."""
        seen = [(*self.catalog.whose(at), value) for at, value in looks.items()]
        return [look for look in seen if look[0] != t or t == COMMON]

    def _recall(self, node: Node, key: Key | list[int]) -> Any:
        """The leaf that a state leads to; None if it is not known."""
        if node.__class__ is not tuple:
            return node
        records = self.catalog.records
        common = self.catalog.commons[key[0]]
        while node.__class__ is tuple:
            entity, place, branches = node
            if entity < 0:
                node = branches.get(common[place])
            elif entity < common[0]:
                node = branches.get(records[key[entity + 1]][place])
            else:
                node = branches.get(0)
        return node

    def _remember(
        self, trees: dict[Any, Node], root: Any, seen: list[tuple[int, int, int]], leaf: Any
    ) -> None:
        """Hang a leaf where what was seen leads to."""
        self.looks += len(seen) + 1
        if self.looks > MOST_LOOKS:
            self.trees.clear()
            self.blocks.clear()
            self.opinions.clear()
            self.looks = len(seen) + 1
        branches, value = trees, root
        for entity, place, found in seen:
            node = branches.get(value)
            if node is None:
                node = branches[value] = (entity, place, {})
            if node[:2] != (entity, place):
                raise AssertionError("a step that depends on more than it has looked at")
            branches, value = node[2], found
        branches[value] = leaf

    def memory(self) -> int:
        return self.looks * LOOK_BYTES
