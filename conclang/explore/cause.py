"""Why it happened, in sentences, read from the states of a witness.

Facts only: who waits for what, who holds it since which line, what was locked at each access. The
pictures of the same things are drawn from the steps elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conclang.explore.names import ASLEEP, AT_BARRIER, FINISHED, SPINNING, URGENT, Names
from conclang.explore.result import Mark
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind
from conclang.record import record

if TYPE_CHECKING:
    from conclang.explore.monitors import Watch

TAKES = {
    OpKind.ACQUIRE: "lock",
    OpKind.TRY: "lock",
    OpKind.READ_ACQUIRE: "rwlock",
    OpKind.READ_TRY: "rwlock",
    OpKind.WRITE_ACQUIRE: "rwlock",
    OpKind.WRITE_TRY: "rwlock",
}
GIVES = {
    OpKind.RELEASE: "lock",
    OpKind.READ_RELEASE: "rwlock",
    OpKind.WRITE_RELEASE: "rwlock",
}


ACCESS_VERBS = {OpKind.READ: "read", OpKind.WRITE: "write"}


@record
class Waiting:
    """One entity that cannot go on."""

    entity: int
    kind: str  # of the object: lock, rwlock, semaphore, condition, event, barrier, channel, entity
    object: str
    holders: tuple[int, ...]
    pc: int


@record
class Cause:
    """What is said about a finding, and where."""

    text: str
    threads: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    spans: tuple[Mark, ...] = ()


def locks_held(names: Names, words: Sequence[int], t: int) -> list[str]:
    """The locks and sides of rwlocks that an entity holds."""
    machine, things = names.machine, names.program.things
    held = [
        thing.name for i, thing in enumerate(things["lock"]) if words[machine.locks + i] == t + 1
    ]
    for i, thing in enumerate(things["rwlock"]):
        if words[machine.rwlocks + 2 * i] == t + 1:
            held.append(f"{thing.name} (write)")
        elif words[names.search.record_of(t) + machine.at_rw + i]:
            held.append(f"{thing.name} (read)")
    return held


def blocked(names: Names, words: Sequence[int]) -> list[Waiting]:
    """Everybody who waits in a state, in order of declaration."""
    found = []
    for t in range(words[0]):
        status = names.status(words, t)
        if status in (FINISHED, SPINNING):
            continue
        if status == ASLEEP or not names.search.ways_of(list(words), t):
            found.append(_waiting(names, words, t, status))
    return found


def _waiting(names: Names, words: Sequence[int], t: int, status: int) -> Waiting:
    machine = names.machine
    pc = names.pc(words, t)
    record = names.search.record_of(t)
    if status == ASLEEP:
        index = words[record + machine.at_object] - 1
        return Waiting(t, "condition", names.object("condition", index), (), pc - 1)
    if status == AT_BARRIER:
        index = words[record + machine.at_object] - 1
        return Waiting(t, "barrier", names.object("barrier", index), (), pc - 1)
    if status == URGENT or names.kind(pc) == OpKind.RETAKE:
        lock = words[record + machine.at_lock] - 1
        return Waiting(t, "lock", names.object("lock", lock), _owner(names, words, lock), pc)
    kind, index = names.thing(words, t)
    name = names.object_at(words, t)
    if kind == "lock":
        return Waiting(t, kind, name, _owner(names, words, index), pc)
    if kind == "rwlock":
        return Waiting(t, kind, name, _sides(names, words, index), pc)
    if kind == "entity" and index >= 1:
        return Waiting(t, kind, name, (index - 1,), pc)
    if names.kind(pc) == OpKind.SELECT:
        return Waiting(t, "select", "", (), pc)
    return Waiting(t, kind, name, (), pc)


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


def wait_sentence(names: Names, words: Sequence[int], w: Waiting, path: Path) -> str:
    """`alice waits for b (line 9), which bob holds (since line 12)`."""
    me, line = names.entity(words, w.entity), names.site(w.pc).line
    if w.kind in ("lock", "rwlock") and w.holders:
        if w.holders == (w.entity,):
            return f"{me} waits for {w.object} (line {line}), which it holds itself"
        who = " and ".join(
            f"{names.entity(words, h)} holds{_since(names, path, h, w)}" for h in w.holders
        )
        return f"{me} waits for {w.object} (line {line}), which {who}"
    reason = {
        "semaphore": f"waits for {w.object} (line {line}), which is 0, and nobody releases it",
        "condition": f"waits on {w.object} (line {line}), and nobody is left to signal it",
        "event": f"waits for {w.object} (line {line}), which nobody sets",
        "barrier": f"waits at {w.object} (line {line}) for others who do not come",
        "entity": f"waits for the end of {w.object} (line {line})",
        "select": f"waits in a select (line {line}) none of whose arms is ready",
        "channel": _channel_reason(names, w, line),
    }
    return f"{me} {reason.get(w.kind, f'cannot go on (line {line})')}"


def _channel_reason(names: Names, w: Waiting, line: int) -> str:
    if names.kind(w.pc) == OpKind.SEND:
        return f"wants to send on {w.object} (line {line}), and nobody receives"
    return f"wants to receive from {w.object} (line {line}), and nobody sends or closes it"


def _since(names: Names, path: Path, holder: int, w: Waiting) -> str:
    """Where the holder took the object, as the witness shows."""
    line = _taken(names, path, holder, w.kind, w.object)
    return f" (since line {line})" if line else ""


def _taken(names: Names, path: Path, holder: int, kind: str, name: str) -> int:
    for step in reversed(path.steps):
        if step.entity != holder:
            continue
        taken = TAKES.get(names.kind(names.pc(step.before, holder)))
        if taken == kind and names.object_at(step.before, holder) == name:
            return names.site(names.pc(step.before, holder)).line
    return 0


def cycle(waits: Sequence[Waiting]) -> list[Waiting]:
    """Who waits for whom in a circle; empty if there is none."""
    by_entity = {w.entity: w for w in waits}
    for start in waits:
        chain: list[Waiting] = []
        here: Waiting | None = start
        while here is not None and here not in chain:
            chain.append(here)
            there = [by_entity[h] for h in here.holders if h in by_entity]
            here = there[0] if there else None
        if here is not None:
            return chain[chain.index(here) :]
    return []


def deadlock(names: Names, path: Path) -> Cause:
    """Who waits for whom, the circle first; signals that nobody heard."""
    words = path.end
    assert words is not None
    waits = blocked(names, words)
    circle = cycle(waits)
    ordered = circle + [w for w in waits if w not in circle]
    sentences = [wait_sentence(names, words, w, path) for w in ordered]
    if len(circle) > 1:
        names_ = [names.entity(words, w.entity) for w in circle]
        sentences.insert(0, f"they wait in a circle: {' → '.join([*names_, names_[0]])}")
    sentences += _unheard(names, path, [w for w in waits if w.kind == "condition"])
    return Cause(
        "; ".join(sentences),
        tuple(names.entity(words, w.entity) for w in ordered),
        _unique(w.object for w in ordered if w.object),
        tuple(_mark(names, w.pc, f"{names.entity(words, w.entity)} waits") for w in ordered),
    )


def _unheard(names: Names, path: Path, sleepers: Sequence[Waiting]) -> list[str]:
    """Signals that came before the waiter slept."""
    wanted = {w.object for w in sleepers}
    told = []
    for step in path.steps:
        pc = names.pc(step.before, step.entity)
        thing = names.object_at(step.before, step.entity)
        if names.kind(pc) not in (OpKind.SIGNAL, OpKind.BROADCAST) or thing not in wanted:
            continue
        if any(_sleeps_on(names, step.before, u, thing) for u in range(step.before[0])):
            continue
        who, line = names.entity(step.before, step.entity), names.site(pc).line
        told.append(f"{who} had signalled {thing} (line {line}) when nobody was waiting")
    return list(dict.fromkeys(told))


def _sleeps_on(names: Names, words: Sequence[int], u: int, thing: str) -> bool:
    if names.status(words, u) != ASLEEP:
        return False
    index = words[names.search.record_of(u) + names.machine.at_object] - 1
    return names.object("condition", index) == thing


def leak(names: Names, path: Path, stuck: Sequence[int]) -> Cause:
    """Who can never go on, and what it waits for."""
    words = path.end
    assert words is not None
    waits = {w.entity: w for w in blocked(names, words)}
    sentences, spans, objects = [], [], []
    for t in stuck:
        who = names.entity(words, t)
        if t in waits:
            sentences.append(wait_sentence(names, words, waits[t], path))
            spans.append(_mark(names, waits[t].pc, f"{who} waits"))
            objects.append(waits[t].object)
        else:
            line = names.site(names.pc(words, t)).line
            sentences.append(f"{who} (line {line}) never gets a turn again")
            spans.append(_mark(names, names.pc(words, t), f"{who} stands here"))
    who_ = tuple(names.entity(words, t) for t in stuck)
    return Cause("; ".join(sentences), who_, _unique(o for o in objects if o), tuple(spans))


def race(names: Names, path: Path, racers: tuple[int, int], variable: str) -> Cause:
    """The two accesses, and what was locked at each."""
    words = path.end
    assert words is not None
    parts, spans, held = [], [], []
    things = [_raced(names, words, t, variable) for t in racers]
    for t, thing in zip(racers, things, strict=True):
        pc = names.pc(words, t)
        who, verb = names.entity(words, t), ACCESS_VERBS.get(names.kind(pc), "touch")
        locks = locks_held(names, words, t)
        held.append(set(locks))
        having = f"holding {' and '.join(locks)}" if locks else "holding no lock"
        parts.append(f"{who} is about to {verb} {thing} (line {names.site(pc).line}), {having}")
        spans.append(_mark(names, pc, f"{who} {verb}s {thing} here"))
    advice = "no lock orders the two accesses"
    if held[0] ^ held[1] and not (held[0] and held[1]):
        advice = f"{' and '.join(sorted(held[0] ^ held[1]))} would order them if both held it"
    return Cause(
        f"{parts[0]}; {parts[1]}; {advice}",
        tuple(names.entity(words, t) for t in racers),
        (max(things, key=len),),
        tuple(spans),
    )


def _raced(names: Names, words: Sequence[int], t: int, variable: str) -> str:
    if names.kind(names.pc(words, t)) in ACCESS_VERBS:
        return names.object_at(words, t)
    return variable


def stale(names: Names, watch: Watch, kind: str) -> Cause:
    """The read, the change it missed, and the write that rests on it."""
    from conclang.explore.story import value

    steps = watch.path.steps
    read, change, write = steps[watch.read], steps[watch.change], steps[watch.write]
    who, other = names.entity(read.before, read.entity), names.entity(change.before, change.entity)
    thing = names.object("cell", watch.cell)
    after = steps[watch.change + 1].before if watch.change + 1 < len(steps) else watch.path.end
    lines = [names.site(names.pc(s.before, s.entity)).line for s in (read, change, write)]
    old = value(names, read.before, watch.cell)
    new = value(names, after or read.before, watch.cell)
    told = f"{who} read {thing} = {old} (line {lines[0]}); {other} made it {new} (line {lines[1]})"
    if kind == "lost_update":
        end = value(names, watch.path.end or read.before, watch.cell)
        told += f"; then {who} wrote {end} (line {lines[2]}), and the {new} of {other} is lost"
    else:
        held = locks_held(names, read.before, read.entity)
        what = " and ".join(held) or "the event loop"
        told += (
            f"; {who} had given {what} up in between and went on (line {lines[2]}) "
            "as if nothing had happened"
        )
    return Cause(
        told,
        (who, other),
        (thing,),
        tuple(
            _mark(names, names.pc(step.before, step.entity), label)
            for step, label in ((read, "read here"), (change, "changed here"), (write, "used here"))
        ),
    )


def mark_at(names: Names, pc: int, label: str) -> Mark:
    """A place of a micro-op with something to say there."""
    return _mark(names, pc, label)


def _mark(names: Names, pc: int, label: str) -> Mark:
    site = names.site(pc)
    return Mark(site.line, site.column, label)


def _unique(items: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))  # type: ignore[call-overload]
