"""Steps one by one, for witnesses: they are interpreted word by word (plain engine)."""

# mypy: allow-untyped-calls
from __future__ import annotations

from typing import Any

from conclang.explore.plain_habits import Paper
from conclang.explore.reports import asserted
from conclang.machine.opcodes import FAULT_ASSERTION, FAULT_NO_ROOM, FINISHED, SPINNING
from conclang.machine.state import length, object_of, record
from conclang.machine.step import clear_branches, evaluate, next_branch, start, step, ways

Way = tuple[int, int, tuple[int, ...], list[int]]
"""What a step comes to: fault, pc, values, words."""


class Steps:
    """The doors of a search that take and give words."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.machine = paper, paper.machine

    def initials(self) -> list[Way]:
        """The initial states, or the fault that one comes to: (fault, pc, values, words)."""
        context, found, more = self.paper.context, [], True
        clear_branches(context)
        while more:
            words = [0] * self.paper.size
            fault = start(self.machine, context, words)
            found.append(self._outcome(words, fault))
            more = next_branch(context)
        return found

    def successors(self, words: list[int]) -> list[tuple[Any, ...]]:
        """Every way on: (entity, branch, fault, pc, values, words), in order.

        After a fault the words are those of a broken state: only its cells mean something.
        """
        state = self.paper.spread(list(words))
        return [way for t in range(state[0]) for way in self._ways_of(state, t)]

    def _ways_of(self, state: list[int], t: int) -> list[tuple[Any, ...]]:
        machine, context = self.machine, self.paper.context
        found: list[tuple[Any, ...]] = []
        for way in range(self._count(state, t)):
            clear_branches(context)
            more = True
            while more:
                child = self.paper.spread(state[: length(machine, state)])
                fault = step(machine, context, child, t, way)
                if fault == FAULT_NO_ROOM and self.paper.larger():
                    clear_branches(context)
                    continue
                found.append((t, len(found), *self._outcome(child, fault)))
                more = next_branch(context)
        return found

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
