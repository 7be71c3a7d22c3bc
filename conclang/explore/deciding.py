"""What is said of an end, and which steps of a witness matter most: those that a report marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conclang.explore.cause import Cause
from conclang.explore.names import Names
from conclang.explore.reduce import words_read
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind

AT = 1
END_TEXTS = {
    "finished": "false at an end",
    "deadlocked": "a schedule ends in a deadlock",
    "failed": "false where a schedule fails",
}
WRITES = frozenset({OpKind.WRITE, OpKind.STORE, OpKind.FETCH_ADD, OpKind.SWAP, OpKind.CAS})


def decisive(names: Names, path: Path, why: Cause) -> list[int]:
    """The steps that the cause names, or the last one of each thread that it speaks of.

    Local work matters only where it fails, or where there is nothing else.
    """
    if why.decisive:
        return list(why.decisive)
    last: dict[str, int] = {}
    seen: set[str] = set()  # those of whom something can be seen
    for index, step in enumerate(path.steps):
        who = names.entity(step.before, step.entity)
        alone = names.kind(names.pc(step.before, step.entity)) == OpKind.PAUSE
        if who in seen and alone and (path.fault is None or index + 1 < len(path.steps)):
            continue
        last[who] = index
        if not alone:
            seen.add(who)
    return sorted(index for who, index in last.items() if who in why.threads)


def last_writes(names: Names, path: Path, code: int, end: Sequence[int]) -> tuple[int, ...]:
    """The steps that gave what a predicate reads the values it has in the state `end`."""
    wanted = words_read(names.program, (code,))
    last: dict[int, int] = {}
    for index, step in enumerate(path.steps):
        after = path.steps[index + 1].before if index + 1 < len(path.steps) else end
        for word in _written(names, step.before, step.entity, after):
            if wanted is None or word in wanted:
                last[word] = index
    return tuple(sorted(set(last.values())))


def _written(names: Names, before: Sequence[int], t: int, after: Sequence[int]) -> Iterator[int]:
    """The words of memory that a step writes, be it the value that was there."""
    if names.kind(names.pc(before, t)) in WRITES and names.status(before, t) == AT:
        yield names.thing(before, t)[1]
    old, new = names.memory(before), names.memory(after)
    yield from (word for word, value in enumerate(new) if value != old[word])
