"""What one step of one entity may do: `perform` gives every state that may follow.

A step here is the visible operation only; `tasks.successors` adds the local work behind it.
`perform` gives an empty list when the operation is not enabled. A result may name further
entities whose local work follows (a receiver served, sleepers woken).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.oracle.code import Program
from tests.oracle.state import (
    Entity,
    Fault,
    State,
    go_on,
    instruction,
    new_frame,
    show,
    take,
    whole,
)

ZERO = 0


class Result(NamedTuple):
    """A state after the operation, and the entities that now run ahead, in order."""

    state: State
    movers: tuple[int, ...]


class World:
    """The program with its places; all meaning of operations is here."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.names = {place: key for key, place in program.layout.items()}

    # -- small questions

    def place(self, reference: tuple[Any, ...]) -> int:
        _, name, index = reference
        size = self.program.sizes[name] or 1
        if not 0 <= index < size:
            raise Fault("index out of range")
        return self.program.layout[name, index]

    def kind(self, place: int) -> str:
        return self.program.kinds[self.names[place][0]]

    def option(self, place: int, name: str) -> Any:
        return self.program.options[self.names[place][0]].get(name)

    def at(self, state: State, number: int) -> tuple[Any, ...] | None:
        """The instruction an entity is at, if it is awake and alive."""
        entity = state.entities[number]
        if entity.status != "live" or entity.asleep:
            return None
        return instruction(self.program, entity)

    def stack(self, state: State, number: int) -> tuple[Any, ...]:
        return state.entities[number].frames[-1].stack

    # -- the step

    def perform(self, state: State, number: int) -> list[Result]:
        """All results of the entity's next visible operation; [] = not enabled."""
        entity = state.entities[number]
        if entity.asleep:
            return self.wake(state, number, entity)
        current = instruction(self.program, entity)
        try:
            return getattr(self, "op_" + current[0])(state, number, current)
        except Fault as fault:
            return [Result(state._replace(error=str(fault)), ())]

    def one(self, state: State, number: int, used: int, *push: Any) -> list[Result]:
        """The usual case: operands taken, perhaps a value pushed, one result."""
        stack = self.stack(state, number)
        stack = stack[: len(stack) - used]
        return [Result(go_on(state, number, stack, *push), (number,))]

    # -- memory

    def op_read(self, state: State, number: int, current: Any) -> list[Result]:
        value = state.store[self.place(self.stack(state, number)[-1])]
        return self.one(state, number, 1, value)

    def op_write(self, state: State, number: int, current: Any) -> list[Result]:
        reference, value = self.stack(state, number)[-2:]
        return self.one(state.put(self.place(reference), value), number, 2)

    def op_atomic_op(self, state: State, number: int, current: Any) -> list[Result]:
        _, name, count = current
        reference, *arguments = self.stack(state, number)[-1 - count :]
        place = self.place(reference)
        old = state.store[place]
        if name == "add":
            new, answer = whole(old + arguments[0]), old
        elif name == "swap":
            new, answer = arguments[0], old
        else:
            answer = old == arguments[0]
            new = arguments[1] if answer else old
        return self.one(state.put(place, new), number, 1 + count, answer)

    # -- locks, semaphores

    def free_lock(self, state: State, place: int, number: int) -> bool:
        """May this entity take the lock now by an ordinary acquire?"""
        owner, _, heir = state.store[place]
        if owner == number:
            return bool(self.option(place, "recursive"))
        urgent = any(e.asleep and e.asleep[:2] == ("urgent", place) for e in state.entities)
        return owner is None and heir is None and not urgent

    def free_side(self, state: State, place: int, side: str, number: int) -> bool:
        writer, readers = state.store[place]
        if side == "write":
            return writer is None and not readers
        if writer is not None:
            return False
        if not self.option(place, "prefer_writers"):
            return True
        return not any(
            self.wants_to_write(state, other, place)
            for other in range(len(state.entities))
            if other != number
        )

    def wants_to_write(self, state: State, number: int, place: int) -> bool:
        if self.at(state, number) != ("acquire", "write"):
            return False
        return self.place(self.stack(state, number)[-1]) == place

    def can_take(self, state: State, place: int, side: str | None, number: int) -> bool:
        kind = self.kind(place)
        if kind == "semaphore":
            return bool(state.store[place] > 0)
        if kind == "rwlock":
            return self.free_side(state, place, side or "", number)
        return self.free_lock(state, place, number)

    def taken(self, state: State, place: int, side: str | None, number: int) -> State:
        kind, value = self.kind(place), state.store[place]
        if kind == "semaphore":
            return state.put(place, value - 1)
        if kind == "rwlock":
            writer, readers = value
            now = (number, readers) if side == "write" else (writer, sorted_with(readers, number))
            return state.put(place, now)
        held = state.entities[number].held
        if value[0] is None:
            state = state.change(number, held=(*held, place))
        return state.put(place, (number, value[1] + 1, None))

    def op_acquire(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        if not self.can_take(state, place, current[1], number):
            return []
        return self.one(self.taken(state, place, current[1], number), number, 1)

    def op_try(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        if not self.can_take(state, place, current[1], number):
            return self.one(state, number, 1, False)
        return self.one(self.taken(state, place, current[1], number), number, 1, True)

    def op_release(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        return self.one(self.released(state, place, current[1], number), number, 1)

    def released(self, state: State, place: int, side: str | None, number: int) -> State:
        kind, value = self.kind(place), state.store[place]
        if kind == "semaphore":
            return state.put(place, value + 1)
        if kind == "rwlock":
            writer, readers = value
            if side == "write" and writer == number:
                return state.put(place, (None, readers))
            if side == "read" and number in readers:
                return state.put(place, (writer, without(readers, number)))
            raise Fault("release of a lock not held")
        owner, depth, heir = value
        if owner != number:
            raise Fault("release of a lock not held")
        if depth > 1:
            return state.put(place, (owner, depth - 1, heir))
        held = state.entities[number].held
        state = state.change(number, held=without(held, place))
        return state.put(place, (None, 0, heir))

    # -- conditions, barriers, events

    def op_wait(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        kind = self.kind(place)
        if kind == "event":
            return self.one(state, number, 1) if state.store[place] else []
        if kind == "barrier":
            return self.arrive(state, number, place)
        held = state.entities[number].held
        if not held:
            raise Fault("wait without the lock")
        lock = held[-1]
        depth = state.store[lock][1]
        state = state.put(lock, (None, 0, None)).change(number, held=held[:-1])
        return [Result(state.change(number, asleep=("condition", place, lock, depth, False)), ())]

    def arrive(self, state: State, number: int, place: int) -> list[Result]:
        arrived = (*state.store[place], number)
        if len(arrived) < self.option(place, "argument"):
            state = state.put(place, arrived)
            return [Result(state.change(number, asleep=("barrier", place)), ())]
        state = state.put(place, ())
        for one in arrived:
            state = state.change(one, asleep=None)
            stack = self.stack(state, one)
            state = go_on(state, one, stack[:-1])
        return [Result(state, tuple(sorted(arrived)))]

    def sleepers(self, state: State, place: int) -> list[int]:
        """Who sleeps on the condition and has not been woken."""
        return [
            number
            for number, e in enumerate(state.entities)
            if e.asleep and e.asleep[:2] == ("condition", place) and not e.asleep[4]
        ]

    def woken(self, state: State, number: int) -> State:
        asleep = state.entities[number].asleep
        assert asleep is not None
        return state.change(number, asleep=(*asleep[:4], True))

    def op_signal(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        if self.kind(place) == "event":
            return self.one(state.put(place, True), number, 1)
        sleepers = self.sleepers(state, place)
        if not sleepers:
            return self.one(state, number, 1)
        results = []
        for sleeper in sleepers:
            after = self.woken(state, sleeper)
            lock = after.entities[sleeper].asleep[2]  # type: ignore[index]
            owner, depth, heir = after.store[lock]
            hoare = self.option(place, "hoare")
            if hoare and owner is None and heir is None:
                after = after.put(lock, (None, 0, sleeper))  # free: the waiter has it next
                results += self.one(after, number, 1)
            elif hoare and owner == number:
                after = self.one(after, number, 1)[0].state
                after = after.put(lock, (None, 0, sleeper))
                held = without(after.entities[number].held, lock)
                after = after.change(number, held=held, asleep=("urgent", lock, depth))
                results.append(Result(after, ()))
            else:
                results += self.one(after, number, 1)
        return results

    def op_broadcast(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        for sleeper in self.sleepers(state, place):
            state = self.woken(state, sleeper)
        return self.one(state, number, 1)

    def op_reset(self, state: State, number: int, current: Any) -> list[Result]:
        return self.one(state.put(self.place(self.stack(state, number)[-1]), False), number, 1)

    def wake(self, state: State, number: int, entity: Entity) -> list[Result]:
        """The step of one who sleeps: retaking the lock, if that is possible now."""
        asleep = entity.asleep
        assert asleep is not None
        if asleep[0] == "barrier":
            return []
        if asleep[0] == "urgent":
            _, lock, depth = asleep
            owner, _, heir = state.store[lock]
            if owner is not None or heir is not None:
                return []
            state = state.put(lock, (number, depth, None))
            state = state.change(number, asleep=None, held=(*entity.held, lock))
            return [Result(state, (number,))]
        _, place, lock, depth, woken = asleep
        if not woken and not self.option(place, "spurious"):
            return []
        heir = state.store[lock][2]
        if heir != number and not self.free_lock(state, lock, number):
            return []
        state = state.put(lock, (number, depth, None))
        state = state.change(number, asleep=None, held=(*entity.held, lock))
        return self.one(state, number, 1)

    # -- channels

    def capacity(self, place: int) -> int:
        return self.option(place, "argument") or 0

    def offers(self, state: State, number: int) -> list[tuple[int, int | None, Any]]:
        """The sends an entity is at: (channel place, arm or None, value)."""
        current = self.at(state, number)
        if current is None:
            return []
        stack = self.stack(state, number)
        if current[0] == "send":
            return [(self.place(stack[-2]), None, stack[-1])]
        if current[0] == "select":
            return [
                (self.place(operands[0]), position, operands[1])
                for position, (kind, operands) in enumerate(self.arms(current, stack))
                if kind == "send"
            ]
        return []

    def wants(self, state: State, number: int) -> list[tuple[int, int | None]]:
        """The receives an entity is at: (channel place, arm or None)."""
        current = self.at(state, number)
        if current is None:
            return []
        stack = self.stack(state, number)
        if current[0] in ("receive", "range_receive"):
            return [(self.place(stack[-1]), None)]
        if current[0] == "select":
            return [
                (self.place(operands[0]), position)
                for position, (kind, operands) in enumerate(self.arms(current, stack))
                if kind == "receive"
            ]
        return []

    def arms(self, current: Any, stack: tuple[Any, ...]) -> list[tuple[str, tuple[Any, ...]]]:
        """Kind and operands of each arm of a select."""
        sizes = {"receive": 1, "send": 2, "after": 1, "default": 0}
        total = sum(sizes[kind] for kind, _, _ in current[1])
        operands = list(stack[len(stack) - total :])
        arms = []
        for kind, _, _ in current[1]:
            arms.append((kind, tuple(operands[: sizes[kind]])))
            del operands[: sizes[kind]]
        return arms

    def sent(self, state: State, number: int, arm: int | None) -> State:
        """The sender behind its send."""
        if arm is None:
            return self.one(state, number, 2)[0].state
        return self.behind_arm(state, number, arm)

    def received(self, state: State, number: int, arm: int | None, value: Any, ok: bool) -> State:
        """The receiver behind its receive, with what it got."""
        current = self.at(state, number)
        assert current is not None
        if arm is not None:
            names = current[1][arm][1]
            return self.behind_arm(state, number, arm, *((), (value,), ((value, ok),))[names])
        if current[0] == "range_receive":
            if not ok:
                stack = self.stack(state, number)[:-1]
                return go_on(state, number, stack, pc=current[1])
            return self.one(state, number, 1, value)[0].state
        return self.one(state, number, 1, value if current[1] == 1 else (value, ok))[0].state

    def behind_arm(self, state: State, number: int, arm: int, *push: Any) -> State:
        current = self.at(state, number)
        assert current is not None
        stack = self.stack(state, number)
        used = sum(len(operands) for _, operands in self.arms(current, stack))
        return go_on(state, number, stack[: len(stack) - used], *push, pc=current[1][arm][2])

    def send_ways(
        self, state: State, number: int, arm: int | None, place: int, value: Any
    ) -> list[Result]:
        buffer, closed = state.store[place]
        if closed:
            return [Result(state._replace(error="send on a closed channel"), ())]
        if self.capacity(place):
            if len(buffer) >= self.capacity(place):
                return []
            after = state.put(place, ((*buffer, value), closed))
            return [Result(self.sent(after, number, arm), (number,))]
        results = []
        for other in range(len(state.entities)):
            for wanted, other_arm in self.wants(state, other) if other != number else ():
                if wanted == place:
                    after = self.received(state, other, other_arm, value, True)
                    results.append(Result(self.sent(after, number, arm), (number, other)))
        return results

    def receive_ways(self, state: State, number: int, arm: int | None, place: int) -> list[Result]:
        """The receiver's own step; on an open unbuffered channel the sender does it."""
        buffer, closed = state.store[place]
        if buffer:
            after = state.put(place, (buffer[1:], closed))
            return [Result(self.received(after, number, arm, buffer[0], True), (number,))]
        if closed:
            return [Result(self.received(state, number, arm, ZERO, False), (number,))]
        return []

    def op_send(self, state: State, number: int, current: Any) -> list[Result]:
        ((place, arm, value),) = self.offers(state, number)
        return self.send_ways(state, number, arm, place, value)

    def op_receive(self, state: State, number: int, current: Any) -> list[Result]:
        ((place, arm),) = self.wants(state, number)
        return self.receive_ways(state, number, arm, place)

    op_range_receive = op_receive

    def op_close(self, state: State, number: int, current: Any) -> list[Result]:
        place = self.place(self.stack(state, number)[-1])
        buffer, closed = state.store[place]
        if closed:
            raise Fault("close of a closed channel")
        return self.one(state.put(place, (buffer, True)), number, 1)

    def sender_waits(self, state: State, number: int, place: int) -> bool:
        """Is somebody else at a send on this open, unbuffered channel?"""
        if self.capacity(place) or state.store[place][1]:
            return False
        others = (o for o in range(len(state.entities)) if o != number)
        return any(offer[0] == place for other in others for offer in self.offers(state, other))

    def op_select(self, state: State, number: int, current: Any) -> list[Result]:
        results: list[Result] = []
        ready = False
        arms = self.arms(current, self.stack(state, number))
        for position, (kind, operands) in enumerate(arms):
            if kind == "after":
                results.append(Result(self.behind_arm(state, number, position), (number,)))
                continue
            if kind == "default":
                continue
            place = self.place(operands[0])
            if kind == "send":
                ways = self.send_ways(state, number, position, place, operands[1])
            else:
                ways = self.receive_ways(state, number, position, place)
                ready = ready or self.sender_waits(state, number, place)
            results += ways
        if results or ready:
            return results
        for position, (kind, _) in enumerate(arms):
            if kind == "default":
                return [Result(self.behind_arm(state, number, position), (number,))]
        return []

    # -- threads and tasks

    def op_spawn(self, state: State, number: int, current: Any) -> list[Result]:
        _, verb, function, count = current
        stack = list(self.stack(state, number))
        runtime = stack.pop()
        arguments = take(stack, count)
        new = len(state.entities)
        creator = state.entities[number]
        loop, pool = new, None
        if verb == "go":
            pool = ("", 0) if runtime is None else (runtime[1], runtime[2])
        elif verb == "async":
            loop, pool = creator.loop, state.entities[creator.loop].runtime
        entity = Entity(
            name=self.program.codes[function].name,
            kind={"spawn": "spawned"}.get(verb, verb),
            daemon=False,
            frames=(new_frame(self.program, function, arguments),),
            loop=loop,
            runtime=pool,
            on_loop=verb == "spawn",
        )
        state = state._replace(entities=(*state.entities, entity))
        after = go_on(state, number, tuple(stack), ("entity", new))
        return [Result(after, (number, new))]

    def op_join(self, state: State, number: int, current: Any) -> list[Result]:
        _, other = self.stack(state, number)[-1]
        if other == number:
            raise Fault(f"{current[0]} of self")
        target = state.entities[other]
        return self.one(state, number, 1, target.result) if target.status == "done" else []

    op_await = op_join

    # -- the rest

    def op_leave(self, state: State, number: int, current: Any) -> list[Result]:
        inside = state.entities[number].inside
        state = state.change(number, inside=without(inside, current[1]))
        return self.one(state, number, 0)

    def op_print(self, state: State, number: int, current: Any) -> list[Result]:
        show(self.stack(state, number)[-1])
        return self.one(state, number, 1)

    def op_return(self, state: State, number: int, current: Any) -> list[Result]:
        """A task ends with a step of its own: the step gives it what it needs to go on."""
        return [Result(state, (number,))]

    def op_pause(self, state: State, number: int, current: Any) -> list[Result]:
        return self.one(state, number, 0)


def sorted_with(items: tuple[int, ...], item: int) -> tuple[int, ...]:
    return tuple(sorted((*items, item)))


def without(items: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """The tuple less the last one of this item."""
    place = len(items) - 1 - items[::-1].index(item)
    return (*items[:place], *items[place + 1 :])
