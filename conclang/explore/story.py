"""Steps in words: what each step of a witness does."""

from __future__ import annotations

from collections.abc import Sequence

from conclang.explore.deeds import NOTED, TRIES
from conclang.explore.names import ASLEEP, URGENT, Names
from conclang.explore.result import Move
from conclang.explore.values import cell_of, shown, text
from conclang.explore.witness import Path, Step
from conclang.ir.ops import OpKind
from conclang.record import replace

# {thing}: the object; {old}, {new}: the cell's value before and after
SENTENCES = {
    "READ": "reads {thing}: {old}",
    "WRITE": "writes {thing} = {new}",
    "LOAD": "loads {thing}: {old}",
    "STORE": "stores {thing} = {new}",
    "FETCH_ADD": "adds to {thing}: {old} becomes {new}",
    "SWAP": "swaps {thing}: {old} becomes {new}",
    "CAS": "compare-and-swap of {thing}: {old} becomes {new}",
    "ACQUIRE": "acquires {thing}",
    "RELEASE": "releases {thing}",
    "TRY": "tries to acquire {thing}",
    "READ_ACQUIRE": "acquires {thing} for reading",
    "READ_RELEASE": "releases {thing} from reading",
    "READ_TRY": "tries to acquire {thing} for reading",
    "WRITE_ACQUIRE": "acquires {thing} for writing",
    "WRITE_RELEASE": "releases {thing} from writing",
    "WRITE_TRY": "tries to acquire {thing} for writing",
    "DOWN": "acquires {thing}",
    "UP": "releases {thing}",
    "DOWN_TRY": "tries to acquire {thing}",
    "WAIT": "waits on {thing}",
    "RETAKE": "has the lock back after waiting on {thing}",
    "SIGNAL": "signals {thing}",
    "BROADCAST": "wakes all who wait on {thing}",
    "EVENT_WAIT": "passes {thing}",
    "EVENT_SET": "sets {thing}",
    "EVENT_RESET": "resets {thing}",
    "BARRIER_WAIT": "arrives at {thing}",
    "SEND": "sends on {thing}",
    "RECEIVE": "receives from {thing}",
    "CLOSE": "closes {thing}",
    "SELECT": "takes an arm of the select",
    "SPAWN": "starts a thread",
    "GO": "starts a task",
    "ASYNC": "starts a task",
    "JOIN": "has waited for {thing}",
    "AWAIT": "has waited for {thing}",
    "ATOMIC": "runs its atomic block",
    "LEAVE": "leaves section {thing}",
    "PRINT": "prints",
    "PAUSE": "computes: {text}",
    "SLEEP": "sleeps",
    "IO": "does I/O",
    "END": "comes to its end",
    "RETURN": "comes to its end",
}


def moves(names: Names, path: Path, decisive: Sequence[int] = ()) -> tuple[Move, ...]:
    """All steps of a witness in words; `decisive` are the numbers of those that matter most."""
    told = []
    for index, step in enumerate(path.steps):
        after = path.steps[index + 1].before if index + 1 < len(path.steps) else path.end
        told.append(_move(names, step, after, index in decisive))
    if path.fault is not None and told:
        told[-1] = _failing(names, path, told[-1])
    return tuple(told)


def _failing(names: Names, path: Path, move: Move) -> Move:
    """The step that fails: by itself, or with the local code that comes after it."""
    assert path.fault is not None
    step, (code, pc, _) = path.steps[-1], path.fault
    if pc == names.pc(step.before, step.entity):
        return replace(move, text=f"{move.text}: fails")
    line, said = names.site(pc).line, move.text
    for t, branch, fault, _, _, after in names.search.successors(list(step.before)):
        if (t, branch, fault) == (step.entity, step.branch, code):
            said = _move(names, step, after, False).text
    where = f" (line {line})" if line != move.line else ""
    return replace(move, text=f"{said}, then fails{where}")


def _move(names: Names, step: Step, after: Sequence[int] | None, decisive: bool) -> Move:
    words, t = step.before, step.entity
    pc = names.pc(words, t)
    thread, site = names.entity(words, t), names.site(pc)
    status = names.status(words, t)
    if status in (ASLEEP, URGENT):
        said = "wakes up without a signal" if status == ASLEEP else "goes on after its signal"
    else:
        said = sentence(names, words, t, after, step.branch)
    return Move(thread, said, site.line, decisive)


def sentence(
    names: Names, words: Sequence[int], t: int, after: Sequence[int] | None, branch: int
) -> str:
    """What the next micro-op of an entity does, given the state after it (None: it fails)."""
    kind, deeds = names.kind(names.pc(words, t)), names.deeds
    noted = kind in NOTED or deeds.chooses
    log = deeds.of(words, t, branch) if noted and after is not None else []
    thing = names.object_at(words, t)
    said = deeds.told(kind, thing, log) if log else ""
    if not said or kind in TRIES:
        said = _plain(names, words, t, after) + (f", {said}" if said else "")
    if after is not None:
        said += _result(names, kind, words, t, after, deeds.partner(log))
    return said + deeds.choices(log, t)


def _plain(names: Names, words: Sequence[int], t: int, after: Sequence[int] | None) -> str:
    """The step as far as the states on both sides of it tell."""
    kind = names.kind(names.pc(words, t))
    pattern = SENTENCES.get(kind.name, kind.name.lower())
    if after is None and kind in (OpKind.JOIN, OpKind.AWAIT):
        pattern = "waits for {thing}"
    thing, old, new = names.object_at(words, t), "", ""
    if "{old}" in pattern or "{new}" in pattern:
        _, index = names.thing(words, t)
        old = value(names, words, index)
        new = value(names, after, index) if after is not None else "?"
    return pattern.format(thing=thing, old=old, new=new, text=names.site(names.pc(words, t)).text)


def value(names: Names, words: Sequence[int], index: int) -> str:
    """A word of memory as the language writes it."""
    cell = cell_of(names.program, index)
    shape = cell.shape.items[0] if cell.shape.kind == "array" else cell.shape
    return text(shown(names.program, shape, names.memory(words)[index : index + shape.width]))


def _result(
    names: Names,
    kind: OpKind,
    words: Sequence[int],
    t: int,
    after: Sequence[int],
    partner: int,
) -> str:
    """What else is to be said: the partner, the new thread, who was woken."""
    if kind in (OpKind.SPAWN, OpKind.GO, OpKind.ASYNC) and after[0] > words[0]:
        return f": {names.entity(after, words[0])}"
    if kind in (OpKind.SEND, OpKind.SELECT):
        return f" to {names.entity(words, partner)}" if partner >= 0 else ""
    if kind in (OpKind.SIGNAL, OpKind.BROADCAST, OpKind.BARRIER_WAIT):
        others = [u for u in range(words[0]) if u != t and _changed(names, words, after, u)]
        if others:
            return f" (wakes {', '.join(names.entity(words, u) for u in others)})"
        if kind != OpKind.BARRIER_WAIT:
            return " (nobody waits)"
    return ""


def _changed(names: Names, words: Sequence[int], after: Sequence[int], u: int) -> bool:
    begin, end = names.search.record_of(u), names.search.record_of(u + 1)
    return list(words[begin:end]) != list(after[begin:end])
