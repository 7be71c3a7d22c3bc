"""States and thread-local computation of the oracle.

A state is a named tuple of plain immutable values, so equality and hashing come free. The
`store` holds one value per object element:

    shared, atomic  the value            condition  nothing (sleepers know where they sleep)
    lock            owner, depth, heir   barrier    the entities that have arrived
    rwlock          writer, readers      event      is it set
    semaphore       the count            channel    queued messages, is it closed

`heir` is the entity that a Hoare signal has handed the lock to.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.oracle.code import VISIBLE, Program

LOW, HIGH = -(2**63), 2**63 - 1
CALL_DEPTH = 200
PATIENCE = 20_000


class Fault(Exception):
    """A run-time error of the scenario; the text contains the words of the language page."""


class Frame(NamedTuple):
    code: int
    pc: int
    slots: tuple[Any, ...]
    stack: tuple[Any, ...]


class Entity(NamedTuple):
    """A thread or task.

    `asleep` is None, ("condition", place, lock place, depth, woken), ("urgent", lock place, depth)
    or ("barrier", place). `loop` is the entity whose event loop this one runs on (itself unless
    made by `async`), `runtime` the runtime that it needs a worker of; `on_loop` and `on_worker`
    say whether it has them now.
    """

    name: str
    kind: str  # thread, spawned, go, async
    daemon: bool
    frames: tuple[Frame, ...]
    loop: int
    runtime: tuple[str, int] | None = None
    status: str = "live"  # live, done, spinning
    asleep: tuple[Any, ...] | None = None
    result: Any = 0
    held: tuple[int, ...] = ()
    inside: tuple[str, ...] = ()
    on_loop: bool = False
    on_worker: bool = False


class State(NamedTuple):
    store: tuple[Any, ...]
    entities: tuple[Entity, ...]
    error: str | None = None

    def put(self, place: int, value: Any) -> State:
        return self._replace(store=(*self.store[:place], value, *self.store[place + 1 :]))

    def entity(self, number: int, entity: Entity) -> State:
        e = self.entities
        return self._replace(entities=(*e[:number], entity, *e[number + 1 :]))

    def change(self, number: int, **fields: Any) -> State:
        return self.entity(number, self.entities[number]._replace(**fields))


# ------------------------------------------------------------------ values


def whole(value: int) -> int:
    if not LOW <= value <= HIGH:
        raise Fault("overflow")
    return value


def binary(operator: str, a: Any, b: Any) -> Any:
    if operator == "+":
        return a + b if isinstance(a, str) else whole(a + b)
    if operator == "-":
        return whole(a - b)
    if operator == "*":
        return whole(a * b)
    if b == 0:
        raise Fault("division by zero")
    return whole(a // b if operator == "/" else a % b)


def compare(operator: str, a: Any, b: Any) -> bool:
    return {
        "==": lambda: a == b,
        "!=": lambda: a != b,
        "<": lambda: a < b,
        "<=": lambda: a <= b,
        ">": lambda: a > b,
        ">=": lambda: a >= b,
    }[operator]()


def builtin(name: str, arguments: tuple[Any, ...]) -> Any:
    if name == "len":
        return len(arguments[0])
    if name == "abs":
        return whole(abs(arguments[0]))
    values = arguments[0] if len(arguments) == 1 else arguments
    return min(values) if name == "min" else max(values)


def show(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def element(items: tuple[Any, ...], index: int) -> Any:
    if not 0 <= index < len(items):
        raise Fault("index out of range")
    return items[index]


# ------------------------------------------------- thread-local instructions


def plain(instruction: tuple[Any, ...], slots: list[Any], stack: list[Any], pc: int) -> int:
    """Do one local instruction that needs nothing but the frame; gives the next pc."""
    name, *details = instruction
    following = pc + 1
    if name == "push":
        stack.append(details[0])
    elif name == "load":
        stack.append(slots[details[0]])
    elif name == "store":
        slots[details[0]] = stack.pop()
    elif name == "pop":
        stack.pop()
    elif name == "dup":
        stack.append(stack[-1])
    elif name == "unary":
        value = stack.pop()
        stack.append(whole(-value) if details[0] == "-" else not value)
    elif name == "binary":
        right, left = stack.pop(), stack.pop()
        stack.append(binary(details[0], left, right))
    elif name == "compare":
        right, left = stack.pop(), stack.pop()
        stack.append(compare(details[0], left, right))
    elif name == "jump":
        following = details[0]
    elif name == "jump_false":
        following = pc + 1 if stack.pop() else details[0]
    elif name == "jump_true":
        following = details[0] if stack.pop() else pc + 1
    elif name in ("array", "text", "builtin"):
        count = details[-1]
        items = take(stack, count)
        if name == "array":
            stack.append(items)
        elif name == "text":
            stack.append("".join(show(item) for item in items))
        else:
            stack.append(builtin(details[0], items))
    elif name == "unpack":
        stack.extend(stack.pop())
    elif name == "index":
        index, items = stack.pop(), stack.pop()
        stack.append(element(items, index))
    elif name == "element":
        index = stack.pop()
        if not 0 <= index < details[1]:
            raise Fault("index out of range")
        stack.append(("ref", details[0], index))
    elif name == "amount":
        if stack.pop() < 0:
            raise Fault("negative amount")
    elif name == "fail":
        raise Fault(f"assertion failed: {stack.pop()}")
    else:
        raise AssertionError(f"not local: {name}")
    return following


def take(stack: list[Any], count: int) -> tuple[Any, ...]:
    """Remove and give the last `count` operands, in order."""
    items = tuple(stack[len(stack) - count :])
    del stack[len(stack) - count :]
    return items


def evaluate(instructions: list[tuple[Any, ...]]) -> Any:
    """A constant expression."""
    slots, stack, pc = [None] * 50, [], 0
    while pc < len(instructions):
        pc = plain(instructions[pc], slots, stack, pc)
    return stack.pop()


# ------------------------------------------------------------ running ahead


def instruction(program: Program, entity: Entity) -> tuple[Any, ...]:
    frame = entity.frames[-1]
    return program.codes[frame.code].instructions[frame.pc]


def run_ahead(program: Program, state: State, number: int) -> list[State]:
    """Let an entity do all local work up to its next visible operation, its end, or a fault.

    One state per combination of free choices, in order.
    """
    seen: set[tuple[Frame, ...]] = set()
    for _ in range(PATIENCE):
        entity = state.entities[number]
        if state.error or entity.status != "live":
            return [state]
        name = instruction(program, entity)[0]
        if name in VISIBLE and not (name == "pause" and entity.kind in ("thread", "spawned")):
            return [state]
        if name == "return" and ends_later(program, entity):
            return [state]
        if entity.frames in seen:
            return [state.change(number, status="spinning")]
        seen.add(entity.frames)
        try:
            following = local_step(program, state, number)
        except Fault as fault:
            return [state._replace(error=str(fault))]
        if len(following) > 1:
            return [end for one in following for end in run_ahead(program, one, number)]
        state = following[0]
    raise AssertionError("the oracle lost patience with a local loop")


def ends_later(program: Program, entity: Entity) -> bool:
    """Is it a task at its end that has to wait for its worker or loop?"""
    if not program.late_ends or len(entity.frames) > 1 or entity.kind not in ("go", "async"):
        return False
    return not entity.on_loop or (entity.runtime is not None and not entity.on_worker)


def local_step(program: Program, state: State, number: int) -> list[State]:
    """One local instruction of one entity; several states only for a free choice."""
    entity = state.entities[number]
    frame = entity.frames[-1]
    slots, stack = list(frame.slots), list(frame.stack)
    current = instruction(program, entity)
    name = current[0]
    if name in ("choose", "choose_range"):
        return choose(state, number, current)
    if name == "call":
        return [call(program, state, number, current)]
    if name == "return":
        return [leave_frame(state, number, stack[-1])]
    if name == "enter":
        entity = entity._replace(inside=(*entity.inside, current[1]))
        pc = frame.pc + 1
    elif name == "self":
        stack.append(("entity", number))
        pc = frame.pc + 1
    elif name == "pause":
        pc = frame.pc + 1
    else:
        pc = plain(current, slots, stack, frame.pc)
    top = frame._replace(pc=pc, slots=tuple(slots), stack=tuple(stack))
    return [state.entity(number, entity._replace(frames=(*entity.frames[:-1], top)))]


def choose(state: State, number: int, current: tuple[Any, ...]) -> list[State]:
    stack = list(state.entities[number].frames[-1].stack)
    if current[0] == "choose":
        options: tuple[Any, ...] = take(stack, current[1])
    else:
        start, end = take(stack, 2)
        if start >= end:
            raise Fault("choose from an empty range")
        options = tuple(range(start, end))
    return [go_on(state, number, tuple(stack), option) for option in options]


def go_on(state: State, number: int, stack: tuple[Any, ...], *push: Any, pc: int = -1) -> State:
    """Put the entity behind its current instruction with this operand stack."""
    entity = state.entities[number]
    frame = entity.frames[-1]
    top = frame._replace(pc=frame.pc + 1 if pc < 0 else pc, stack=(*stack, *push))
    return state.entity(number, entity._replace(frames=(*entity.frames[:-1], top)))


def new_frame(program: Program, code: int, arguments: tuple[Any, ...]) -> Frame:
    slots = (*arguments, *([None] * (program.codes[code].slots - len(arguments))))
    return Frame(code, 0, slots, ())


def call(program: Program, state: State, number: int, current: tuple[Any, ...]) -> State:
    stack = list(state.entities[number].frames[-1].stack)
    arguments = take(stack, current[2])
    state = go_on(state, number, tuple(stack))
    entity = state.entities[number]
    if len(entity.frames) >= CALL_DEPTH:
        raise Fault("call depth")
    return state.change(number, frames=(*entity.frames, new_frame(program, current[1], arguments)))


def leave_frame(state: State, number: int, value: Any) -> State:
    frames = state.entities[number].frames[:-1]
    if not frames:
        return state.change(
            number, frames=(), status="done", result=value, on_loop=False, on_worker=False
        )
    state = state.change(number, frames=frames)
    top = frames[-1]
    return state.change(number, frames=(*frames[:-1], top._replace(stack=(*top.stack, value))))
