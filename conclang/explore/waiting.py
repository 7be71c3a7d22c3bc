"""Who waits in a state, for what, and for whom.

Most of it stands in the state: who owns a lock, whose end is awaited, who holds the event loop. Who
has taken a semaphore's units is read off the way there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from conclang.explore.names import ASLEEP, AT_BARRIER, FINISHED, SPINNING, URGENT, Names
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind
from conclang.record import record

AT = 1
BLOCKERS = frozenset({OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT, OpKind.RETAKE})
"""What nobody can do alone; whoever stands there waits for a partner."""

UNBLOCKED = frozenset(
    {
        OpKind.TRY,
        OpKind.READ_TRY,
        OpKind.WRITE_TRY,
        OpKind.DOWN_TRY,
        OpKind.RELEASE,
        OpKind.READ_RELEASE,
        OpKind.WRITE_RELEASE,
        OpKind.UP,
    }
)
"""What nobody has to wait for, other than for a worker or a loop."""


@record
class Waiting:
    """One entity that cannot go on; `kind` is that of the object, `loop` or `worker`."""

    entity: int
    kind: str
    object: str
    holders: tuple[int, ...]
    pc: int
    index: int = -1  # of the object


def blocked(names: Names, words: Sequence[int], path: Path | None = None) -> list[Waiting]:
    """Everybody who waits in a state, in order of declaration."""
    found = []
    for t in range(words[0]):
        status = names.status(words, t)
        if status in (FINISHED, SPINNING):
            continue
        if status == ASLEEP or not names.search.ways_of(list(words), t):
            found.append(_waiting(names, words, t, path))
    return found


def _waiting(names: Names, words: Sequence[int], t: int, path: Path | None) -> Waiting:
    machine, status, pc = names.machine, names.status(words, t), names.pc(words, t)
    record_ = names.search.record_of(t)
    if status == ASLEEP:
        index = words[record_ + machine.at_object] - 1
        return Waiting(t, "condition", names.object("condition", index), (), pc - 1, index)
    if status == AT_BARRIER:
        index = words[record_ + machine.at_object] - 1
        return Waiting(t, "barrier", names.object("barrier", index), (), pc - 1, index)
    if status == URGENT or names.kind(pc) == OpKind.RETAKE:
        lock = words[record_ + machine.at_lock] - 1
        return Waiting(t, "lock", names.object("lock", lock), _owner(names, words, lock), pc, lock)
    kind, index = names.thing(words, t)
    if _is_possible(names, words, t, kind, index):
        turn = _turn(names, words, t, pc)
        if turn is not None:
            return turn
    name = names.object_at(words, t)
    holders: tuple[int, ...] = ()
    if kind == "lock":
        holders = _owner(names, words, index)
    elif kind == "rwlock":
        holders = _sides(names, words, index)
    elif kind == "entity" and index >= 1:
        holders = (index - 1,)
    elif kind == "semaphore" and path is not None:
        holders = _takers(names, path, index)
    if names.kind(pc) == OpKind.SELECT:
        return Waiting(t, "select", "", (), pc)
    if kind == "rwlock" and not holders and names.kind(pc) == OpKind.READ_ACQUIRE:
        return Waiting(t, "writer", name, _writers(names, words, index), pc, index)
    return Waiting(t, kind, name, holders, pc, index)


def _is_possible(names: Names, words: Sequence[int], t: int, kind: str, index: int) -> bool:
    """Could the next micro-op be taken, if only it was this entity's turn?"""
    machine, op = names.machine, names.kind(names.pc(words, t))
    if op == OpKind.SEND and names.status(words, t) == AT:
        return any(_receives(names, words, u, index) for u in range(words[0]) if u != t)
    if op in BLOCKERS or names.status(words, t) != AT:
        return False
    if op in UNBLOCKED:
        return True
    if kind == "lock":
        return not words[machine.locks + index]
    if kind == "rwlock":
        return not _sides(names, words, index)
    if kind == "semaphore":
        return bool(words[machine.semaphores + index])
    if kind == "event":
        return op != OpKind.EVENT_WAIT or bool(words[machine.events + index])
    if kind == "entity":
        return 1 <= index <= words[0] and names.status(words, index - 1) == FINISHED
    return True


def _receives(names: Names, words: Sequence[int], u: int, channel: int) -> bool:
    """Does somebody stand at a receive from a channel?"""
    if names.status(words, u) != AT or names.kind(names.pc(words, u)) != OpKind.RECEIVE:
        return False
    return names.thing(words, u)[1] == channel


def _turn(names: Names, words: Sequence[int], t: int, pc: int) -> Waiting | None:
    """Who has the event loop or the worker that an entity needs."""
    machine, record_ = names.machine, names.search.record_of(t)
    if machine.at_loop >= 0 and words[record_ + machine.at_loop]:
        owner = words[record_ + machine.at_loop] - 1
        holder = words[names.search.record_of(owner) + machine.at_holder] - 1
        if holder not in (-1, t):
            return Waiting(t, "loop", names.entity(words, owner), (holder,), pc)
    if machine.at_runtime < 0 or not words[record_ + machine.at_runtime]:
        return None
    runtime = words[record_ + machine.at_runtime]
    holders = tuple(u for u in range(words[0]) if _has_worker(names, words, u, runtime))
    if holders and not words[record_ + machine.at_worker]:
        return Waiting(t, "worker", names.object("runtime", runtime - 1), holders, pc)
    return None


def _has_worker(names: Names, words: Sequence[int], u: int, runtime: int) -> bool:
    record_, machine = names.search.record_of(u), names.machine
    if words[record_ + machine.at_runtime] != runtime:
        return False
    return bool(words[record_ + machine.at_worker])


def _owner(names: Names, words: Sequence[int], lock: int) -> tuple[int, ...]:
    owner = words[names.machine.locks + lock]
    return (owner - 1,) if owner else ()


def _sides(names: Names, words: Sequence[int], index: int) -> tuple[int, ...]:
    machine = names.machine
    writer = words[machine.rwlocks + 2 * index]
    if writer:
        return (writer - 1,)
    at = machine.at_rw + index
    return tuple(t for t in range(words[0]) if words[names.search.record_of(t) + at])


def _writers(names: Names, words: Sequence[int], index: int) -> tuple[int, ...]:
    """Who stands at the write side, which `prefer_writers` lets go first."""
    return tuple(
        t
        for t in range(words[0])
        if names.status(words, t) == AT
        and names.kind(names.pc(words, t)) == OpKind.WRITE_ACQUIRE
        and names.thing(words, t)[1] == index
    )


def _takers(names: Names, path: Path, semaphore: int) -> tuple[int, ...]:
    """Who has taken more units of a semaphore than it has given back.

    One that begins with 0 is a signal: who took a unit was told something, and holds nothing.
    """
    place = names.machine.semaphores + semaphore
    first = path.steps[0].before if path.steps else path.end
    if first is None or not first[place]:
        return ()
    balance: Counter[int] = Counter()
    for index, step in enumerate(path.steps):
        if names.status(step.before, step.entity) != AT:
            continue
        kind = names.kind(names.pc(step.before, step.entity))
        if kind not in (OpKind.DOWN, OpKind.DOWN_TRY, OpKind.UP):
            continue
        if names.thing(step.before, step.entity)[1] != semaphore:
            continue
        after = path.steps[index + 1].before if index + 1 < len(path.steps) else path.end
        if after is not None:
            balance[step.entity] += step.before[place] - after[place]
    return tuple(sorted(t for t, units in balance.items() if units > 0))


def units_held(names: Names, path: Path, t: int) -> list[str]:
    """The semaphores of one unit that an entity, and nobody else, has taken as a lock is taken."""
    things = names.program.things["semaphore"]
    single = [index for index, thing in enumerate(things) if thing.amount == 1]
    return [things[index].name for index in single if _takers(names, path, index) == (t,)]


def cycle(waits: Sequence[Waiting]) -> list[Waiting]:
    """Who waits for whom in a circle, the first and shortest there is; empty if there is none."""
    by_entity = {w.entity: w for w in waits}
    best: list[Waiting] = []
    for start in waits:
        found = _circle(by_entity, start)
        if found and (not best or len(found) < len(best)):
            best = found
    return best


def _circle(by_entity: dict[int, Waiting], start: Waiting) -> list[Waiting]:
    """The shortest circle through one of those who wait."""
    came: dict[int, int] = {}
    queue = [start.entity]
    for here in queue:
        for holder in by_entity[here].holders:
            if holder == start.entity:
                chain = [here]
                while chain[-1] != start.entity:
                    chain.append(came[chain[-1]])
                return [by_entity[t] for t in reversed(chain)]
            if holder in by_entity and holder not in came:
                came[holder] = here
                queue.append(holder)
    return []
