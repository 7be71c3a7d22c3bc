"""Whole steps: who may move, the operation, the local work behind it, who gives up what.

A task of a runtime needs a worker, a task made by `async` needs its loop. It takes them with a
step and gives them up when it is at an operation that parks: `await` always, `sleep` and `io`
always, a channel operation that cannot go on now. A body gives its loop up at `await` and at its
end. A receiver that is served by a sender's step needs neither.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.oracle.code import Program
from tests.oracle.state import Entity, Fault, State, go_on, instruction, new_frame, run_ahead
from tests.oracle.step import Result, World

CHANNEL_OPS = ("send", "receive", "range_receive", "select")
BLOCKING = ("acquire", "join", "wait")
Cell = int


class Step(NamedTuple):
    """One way on: who moves, where it leads, which cells it touches (write = True), and who takes
    part by receiving what is handed over (-1: nobody)."""

    actor: int
    state: State
    touched: tuple[tuple[Cell, bool], ...] = ()
    partner: int = -1


class Machine(World):
    """The meaning of whole steps."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.touching: list[tuple[Cell, bool]] = []

    # -- beginning

    def initial(self) -> list[State]:
        store = tuple(self.program.initial[name][index] for name, index in self.program.layout)
        entities = tuple(
            Entity(
                name=thread.name,
                kind="thread",
                daemon=thread.daemon,
                frames=(new_frame(self.program, thread.code, thread.arguments),),
                loop=number,
                on_loop=True,
            )
            for number, thread in enumerate(self.program.threads)
        )
        states = [State(store, entities)]
        for number in range(len(entities)):
            states = [after for s in states for after in run_ahead(self.program, s, number)]
        return [self.settle(state) for state in states]

    # -- slots

    def workers(self, runtime: tuple[str, int]) -> int:
        if runtime[0] == "":
            return self.program.cores
        return self.program.options[runtime[0]]["workers"] or self.program.cores

    def has_slots(self, state: State, number: int) -> bool:
        """Has it, or can it get, the loop and the worker that it needs?"""
        entity = state.entities[number]
        if not entity.on_loop:
            others = (e for n, e in enumerate(state.entities) if n != number)
            if any(e.loop == entity.loop and e.on_loop for e in others):
                return False
        if entity.runtime is None or entity.on_worker:
            return True
        busy = sum(e.on_worker and e.runtime == entity.runtime for e in state.entities)
        return busy < self.workers(entity.runtime)

    def with_slots(self, state: State, number: int) -> State:
        entity = state.entities[number]
        return state.change(number, on_loop=True, on_worker=entity.runtime is not None)

    def is_task(self, state: State, number: int) -> bool:
        return state.entities[number].kind in ("go", "async")

    def settle(self, state: State) -> State:
        """Everybody who is at a parking operation gives up worker and loop."""
        if state.error:
            return state
        for number, entity in enumerate(state.entities):
            if (entity.on_loop or entity.on_worker) and self.parks(state, number):
                state = state.change(number, on_loop=False, on_worker=False)
        return state

    def parks(self, state: State, number: int) -> bool:
        current = self.at(state, number)
        if current is None:
            return False
        if current[0] == "await":
            return True
        if not self.is_task(state, number):
            return False
        if current[0] == "pause":
            return True
        return current[0] in CHANNEL_OPS and not self.goes_on(state, number)

    def goes_on(self, state: State, number: int) -> bool:
        """Can this channel operation happen now, by its own step or by a sender's?"""
        if self.perform(state, number):
            return True
        return any(
            offer[0] == place and not self.capacity(place)
            for place, _ in self.wants(state, number)
            for other in range(len(state.entities))
            if other != number and self.has_slots(state, other)
            for offer in self.offers(state, other)
        )

    # -- steps

    def successors(self, state: State) -> list[Step]:
        """Every step that can be next, in order of entities."""
        if state.error:
            return []
        return [step for n in range(len(state.entities)) for step in self.steps_of(state, n)]

    def steps_of(self, state: State, number: int) -> list[Step]:
        entity = state.entities[number]
        if entity.status != "live" or not self.has_slots(state, number):
            return []
        self.touching = []
        self.note(state, number)
        if not entity.asleep and instruction(self.program, entity)[0] == "atomic_begin":
            results = self.block(state, number)
        else:
            results = self.perform(state, number)
        touched = tuple(self.touching)
        return [
            Step(number, taken, touched, partner_of(self, state, number, result))
            for result in results
            for after in self.tails(number, result)
            for taken in self.uptakes(state, after)
        ]

    # -- tasks that are taken up only to block

    def uptakes(self, before: State, after: State) -> list[State]:
        """The state itself, and those in which a free worker or loop is given to a task that cannot
        go on, where that was not possible before."""
        if after.error:
            return [after]
        states = [after]
        for number in range(len(after.entities)):
            if number < len(before.entities) and self.could_block(before, number):
                continue
            taken = [self.with_slots(s, number) for s in states if self.could_block(s, number)]
            states += taken
        return states

    def could_block(self, state: State, number: int) -> bool:
        entity = state.entities[number]
        current = self.at(state, number)
        if entity.status != "live" or entity.asleep or not self.is_task(state, number):
            return False
        if current is None or current[0] not in BLOCKING or self.perform(state, number):
            return False
        lacks = not entity.on_loop or (entity.runtime is not None and not entity.on_worker)
        return lacks and self.has_slots(state, number) and self.scarce(state, number)

    def scarce(self, state: State, number: int) -> bool:
        """Could somebody else need the worker or the loop?"""
        entity = state.entities[number]
        alive = [e for e in state.entities if e.status != "done"]
        if sum(e.loop == entity.loop for e in alive) > 1:
            return True
        if entity.runtime is None:
            return False
        mates = [e for e in alive if e.runtime == entity.runtime]
        busy = sum(e.on_worker for e in mates)
        return len(mates) - busy > self.workers(entity.runtime) - busy

    def tails(self, actor: int, result: Result) -> list[State]:
        state = result.state
        if state.error:
            return [state]
        states = [self.with_slots(state, actor)]
        for mover in result.movers:
            states = [after for s in states for after in run_ahead(self.program, s, mover)]
        return [self.settle(after) for after in states]

    def note(self, state: State, number: int) -> None:
        """Remember the shared cell that the entity is about to touch."""
        current = self.at(state, number)
        if current is None or current[0] not in ("read", "write"):
            return
        stack = self.stack(state, number)
        try:
            place = self.place(stack[-1] if current[0] == "read" else stack[-2])
        except Fault:
            return
        if self.kind(place) == "shared":
            self.touching.append((place, current[0] == "write"))

    def block(self, state: State, number: int) -> list[Result]:
        """`atomic { }`: everything in it at once; one result per free choice."""
        results = []
        pending = [go_on(state, number, self.stack(state, number))]
        while pending:
            for after in run_ahead(self.program, pending.pop(), number):
                results += self.block_step(after, number, pending)
        return results

    def block_step(self, state: State, number: int, pending: list[State]) -> list[Result]:
        current = self.at(state, number)
        if state.error or current is None:
            return [Result(state, ())]
        if current[0] == "atomic_end":
            return [Result(go_on(state, number, self.stack(state, number)), (number,))]
        self.note(state, number)
        ways = self.perform(state, number)
        stuck = [w for w in ways if not w.state.error and w.state.entities[number].asleep]
        if not ways or stuck:
            return [Result(state._replace(error="blocking inside atomic"), ())]
        pending += reversed([way.state for way in ways])
        return []

    # -- races

    def races(self, state: State) -> set[str]:
        """Names of shared objects that two entities are about to touch, one of them writing."""
        about: list[tuple[int, bool, Any]] = []
        for number in range(len(state.entities)):
            steps = self.steps_of(state, number)
            if steps:
                block = self.at(state, number) == ("atomic_begin",)
                about.append((number, block, set(steps[0].touched)))
        found = set()
        for position, (a, a_block, a_cells) in enumerate(about):
            for b, b_block, b_cells in about[position + 1 :]:
                if (a_block and b_block) or state.entities[a].loop == state.entities[b].loop:
                    continue
                for cell, a_writes in a_cells:
                    if any(cell == other and (a_writes or w) for other, w in b_cells):
                        found.add(self.names[cell][0])
        return found

    def finished(self, state: State) -> bool:
        return all(e.status == "done" or e.daemon for e in state.entities)


def partner_of(machine: Machine, state: State, number: int, result: Result) -> int:
    """The receiver of a joint step: the second of the two who then run ahead."""
    handing = bool(machine.offers(state, number)) and len(result.movers) == 2
    return result.movers[1] if handing else -1
