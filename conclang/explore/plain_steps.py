"""Steps one by one, for witnesses: they are interpreted word by word (plain engine)."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conclang.explore.patience import listen
from conclang.explore.plain_habits import Paper
from conclang.explore.reports import asserted
from conclang.machine.opcodes import FAULT_ASSERTION, FAULT_NO_ROOM, FINISHED, SPINNING
from conclang.machine.state import length, object_of, record
from conclang.machine.step import evaluate, next_branch, start, step, ways

FEW = 256
"""Ways on that are looked at without asking how long it takes."""
Digits = tuple[int, ...]
Way = tuple[int, int, tuple[int, ...], list[int]]
"""What a step comes to: fault, pc, values, words."""


class Steps:
    """The doors of a search that take and give words."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.machine = paper, paper.machine
        self.check: Callable[[], None] = listen
        """Asked now and then while something is looked for."""

    def initials(self) -> Iterator[Way]:
        """The initial states, or the fault that one comes to: (fault, pc, values, words).

        One by one, and at leisure: there may be very many.
        """
        context, count = self.paper.context, 0
        digits: Digits | None = ()
        while digits is not None:
            if (count := count + 1) % FEW == 0:
                self.check()
            context.given(digits)
            words = [0] * self.paper.size
            fault = start(self.machine, context, words)
            digits = self.following(context)
            yield self._outcome(words, fault)

    def following(self, context: Any) -> Digits | None:
        """The choices of the branch after the one that was taken; None if it was the last."""
        return tuple(context.digits[: context.known]) if next_branch(context) else None

    def start_of(self, place: int) -> tuple[int, list[int]] | None:
        """Which initial state has become the state at a place, and its words; None: there is none.

        The first of them; as `initials` counts them.
        """
        wanted = self.words(place)
        for index, (fault, _, _, words) in enumerate(self.initials()):
            if not fault and self.reduced(words, -1)[1] == wanted:
                return index, words
        return None

    def words(self, place: int) -> list[int]:
        raise NotImplementedError

    def reduced(self, words: list[int], t: int) -> tuple[int, list[int]]:
        raise NotImplementedError

    def successors(self, words: list[int]) -> Iterator[tuple[Any, ...]]:
        """Every way on: (entity, branch, fault, pc, values, words), in order, one by one.

        After a fault the words are those of a broken state: only its cells mean something.
        """
        state = self.paper.spread(list(words))
        for t in range(state[0]):
            yield from self._ways_of(state, t)

    def _ways_of(self, state: list[int], t: int) -> Iterator[tuple[Any, ...]]:
        context, branch = self.paper.context, 0
        for way in range(self._count(state, t)):
            digits: Digits | None = ()
            while digits is not None:
                if branch % FEW == FEW - 1:
                    self.check()
                child, fault = self._step(state, t, way, digits)
                digits = self.following(context)
                yield (t, branch, *self._outcome(child, fault))
                branch += 1

    def _step(self, state: list[int], t: int, way: int, digits: Digits) -> tuple[list[int], int]:
        """The words after a step, and its fault."""
        context = self.paper.context
        while True:
            context.given(digits)
            child = self.paper.spread(state[: length(self.machine, state)])
            fault = int(step(self.machine, context, child, t, way))
            if fault != FAULT_NO_ROOM or not self.paper.larger():
                return child, fault

    def _count(self, state: list[int], t: int) -> int:
        if state[record(self.machine, t)] in (FINISHED, SPINNING):
            return 0
        return int(ways(self.machine, self.paper.context, state, t))

    def _outcome(self, child: list[int], fault: int) -> Way:
        words = child[: length(self.machine, child)]
        if not fault:
            return 0, -1, (), words
        context = self.paper.context
        values = context.fault_values()
        if fault == FAULT_ASSERTION:
            values = asserted(context.records())
        return fault, context.fault_pc, values, words

    def value(self, words: list[int], code: int) -> tuple[tuple[int, ...] | None, int]:
        """The words of an expectation in a state; None with the fault's code if it fails."""
        context, state = self.paper.context, self.paper.spread(list(words))
        if evaluate(self.machine, context, state, code) < 0 and context.fault:
            return None, context.fault
        return tuple(state[context.answer : context.answer + context.answer_count]), 0

    def thing_of(self, words: list[int], t: int) -> int:
        """The index of the object of an entity's next micro-op, -1."""
        return int(object_of(self.machine, words, t))

    def ways_of(self, words: list[int], t: int) -> int:
        """In how many ways an entity can step."""
        return self._count(self.paper.spread(list(words)), t)

    def record_of(self, t: int) -> int:
        """Where an entity's record begins in a state."""
        return int(record(self.machine, t))
