"""What there is in a state, in words: values, who holds what, what lies in channels, locals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conclang.explore.names import ASLEEP, FINISHED, PC, SPINNING, Names
from conclang.explore.values import final_values, shown, text
from conclang.ir.program import Code, Thing
from conclang.record import record

Words = Sequence[int]
FP = 2


@record
class Item:
    """One thing and what is to be said about it: `forks[0]`, `held by p[0]`."""

    kind: str
    name: str
    text: str


def inventory(names: Names, words: Words) -> tuple[Item, ...]:
    """Everything shared, in order of declaration within each kind."""
    items = [
        Item("shared", name, text(value))
        for name, value in final_values(names.program, names.memory(words))
    ]
    for kind, tell in TELLERS:
        for index, thing in enumerate(names.program.things[kind]):
            items.append(Item(kind, thing.name, tell(names, words, index, thing)))
    return tuple(items)


def _lock(names: Names, words: Words, index: int, thing: Thing) -> str:
    owner = words[names.machine.locks + index]
    return f"held by {names.entity(words, owner - 1)}" if owner else "free"


def _rwlock(names: Names, words: Words, index: int, thing: Thing) -> str:
    writer = words[names.machine.rwlocks + 2 * index]
    if writer:
        return f"written by {names.entity(words, writer - 1)}"
    at = names.machine.at_rw + index
    readers = [t for t in range(words[0]) if words[names.search.record_of(t) + at]]
    if readers:
        return "read by " + ", ".join(names.entity(words, t) for t in readers)
    return "free"


def _semaphore(names: Names, words: Words, index: int, thing: Thing) -> str:
    return str(words[names.machine.semaphores + index])


def _event(names: Names, words: Words, index: int, thing: Thing) -> str:
    return "set" if words[names.machine.events + index] else "not set"


def _condition(names: Names, words: Words, index: int, thing: Thing) -> str:
    at = names.machine.at_object
    asleep = [
        names.entity(words, t)
        for t in range(words[0])
        if names.status(words, t) == ASLEEP and words[names.search.record_of(t) + at] == index + 1
    ]
    return "waiting: " + ", ".join(asleep) if asleep else "nobody waits"


def _barrier(names: Names, words: Words, index: int, thing: Thing) -> str:
    return f"{words[names.machine.barriers + index]} of {thing.amount} have come"


def _channel(names: Names, words: Words, index: int, thing: Thing) -> str:
    at = names.place("channel_at", index)
    closed, count = words[at], words[at + 1]
    said = []
    if thing.amount:
        said.append(f"[{', '.join(_messages(names, words[at + 2 :], count, thing))}]")
        said.append(f"of {thing.amount}")
    if closed:
        said.append("closed")
    return " ".join(said) or "open, not buffered"


def _messages(names: Names, words: Words, count: int, thing: Thing) -> Iterator[str]:
    shape = thing.message
    for number in range(count):
        if shape is None or not shape.width:
            yield "?"
            continue
        part = words[number * shape.width : (number + 1) * shape.width]
        yield text(shown(names.program, shape, part))


TELLERS = (
    ("lock", _lock),
    ("rwlock", _rwlock),
    ("semaphore", _semaphore),
    ("condition", _condition),
    ("event", _event),
    ("barrier", _barrier),
    ("channel", _channel),
)


def local_values(names: Names, words: Words, t: int) -> tuple[tuple[str, str], ...]:
    """The named local variables of the innermost call of an entity that may still be read."""
    if names.status(words, t) in (FINISHED, SPINNING):
        return ()
    at = names.search.record_of(t)
    pc = words[at + PC]
    code = _code_at(names, pc)
    if code is None:
        return ()
    base = at + names.machine.stack + words[at + FP]
    found = []
    live = set(names.program.live.get(pc, ()))
    for slot, (name, shape) in enumerate(zip(code.slot_names, code.slot_shapes, strict=True)):
        if not name or shape is None or slot not in live:
            continue
        part = words[base + slot : base + slot + shape.width]
        if shape.kind not in ("handle", "channel", "none"):
            found.append((name, text(shown(names.program, shape, part))))
    return tuple(found)


def _code_at(names: Names, pc: int) -> Code | None:
    """The function or body that a micro-op belongs to."""
    for code in names.program.codes:
        if code.entry <= pc < code.end:
            return code
    return None
