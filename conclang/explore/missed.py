"""What those who wait for ever have missed: signals that came too early or went to somebody else.

A condition remembers nothing, so a signal that nobody was waiting for is lost; one that wakes one
of several leaves the others asleep. An event may have been set and reset before anybody looked. The
unit of a semaphore that somebody waits for as for a signal may have gone to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conclang.explore.names import ASLEEP, AT_BARRIER, Names
from conclang.explore.waiting import Waiting
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind

Told = tuple[tuple[int, ...], str]
"""Steps, and what is said about them."""
AT = 1
WAKING = (OpKind.SIGNAL, OpKind.BROADCAST)
TAKING = (OpKind.DOWN, OpKind.DOWN_TRY)


def missed(names: Names, path: Path, waits: Sequence[Waiting]) -> list[Told]:
    """Everything that came too early or went elsewhere, in the order of the waits' kinds."""
    sleepers = [w for w in waits if w.kind == "condition"]
    found = [*_unheard(names, path, sleepers), *_elsewhere(names, path, sleepers)]
    for kind, tell in (("event", _reset), ("semaphore", _taken)):
        things = dict.fromkeys(
            (w.index, w.object) for w in waits if w.kind == kind and not w.holders
        )
        for index, thing in things:
            found += tell(names, path, index, thing)
    return found


def _deeds(
    names: Names, path: Path, kinds: Sequence[OpKind], index: int
) -> Iterator[tuple[int, str]]:
    """The steps that do such a thing to an object, with the name of who does it and the line."""
    for number, step in enumerate(path.steps):
        t, words = step.entity, step.before
        if names.status(words, t) != AT or names.kind(names.pc(words, t)) not in kinds:
            continue
        if names.thing(words, t)[1] == index:
            yield number, names.entity(words, t)


def _line(names: Names, path: Path, number: int) -> int:
    step = path.steps[number]
    return names.site(names.pc(step.before, step.entity)).line


def _unheard(names: Names, path: Path, sleepers: Sequence[Waiting]) -> Iterator[Told]:
    """Signals at a time when nobody waited."""
    for index, thing in dict.fromkeys((w.index, w.object) for w in sleepers):
        for number, who in _deeds(names, path, WAKING, index):
            words = path.steps[number].before
            if not any(_sleeps_on(names, words, u, index) for u in range(words[0])):
                line = _line(names, path, number)
                told = f"{who} had signalled {thing} (line {line}) when nobody was waiting"
                yield (number,), told


def _sleeps_on(names: Names, words: Sequence[int], u: int, index: int) -> bool:
    if u >= words[0] or names.status(words, u) != ASLEEP:  # it may not have been there yet
        return False
    return bool(words[names.search.record_of(u) + names.machine.at_object] - 1 == index)


def _elsewhere(names: Names, path: Path, sleepers: Sequence[Waiting]) -> Iterator[Told]:
    """Signals that woke somebody else, and not the one who still sleeps."""
    for index in dict.fromkeys(w.index for w in sleepers):
        left = [w.entity for w in sleepers if w.index == index]
        for number, who in _deeds(names, path, [OpKind.SIGNAL], index):
            before, after = path.steps[number].before, _after(path, number)
            if after is None or not any(_sleeps_on(names, before, t, index) for t in left):
                continue
            there = [u for u in range(before[0]) if _sleeps_on(names, before, u, index)]
            woken = [u for u in there if not _sleeps_on(names, after, u, index)]
            if woken and not set(woken) & set(left):
                heard = " and ".join(names.entity(before, u) for u in woken)
                line = _line(names, path, number)
                yield (number,), f"the signal of {who} (line {line}) woke {heard}"


def _after(path: Path, number: int) -> Sequence[int] | None:
    return path.steps[number + 1].before if number + 1 < len(path.steps) else path.end


def _reset(names: Names, path: Path, index: int, thing: str) -> list[Told]:
    """The last time an event was set, and who reset it."""
    done = list(_deeds(names, path, [OpKind.EVENT_SET], index))
    if not done:
        return []
    number, who = done[-1]
    for later, other in _deeds(names, path, [OpKind.EVENT_RESET], index):
        if later > number:
            lines = _line(names, path, number), _line(names, path, later)
            and_ = " and" if who == other else f", and {other}"
            told = f"{who} had set {thing} (line {lines[0]}){and_} reset it (line {lines[1]})"
            return [((number, later), told)]
    return []


def _taken(names: Names, path: Path, index: int, thing: str) -> list[Told]:
    """Who took the last unit of what is no lock but a signal."""
    place = names.machine.semaphores + index
    for number, who in reversed(list(_deeds(names, path, TAKING, index))):
        after = _after(path, number)
        if after is not None and after[place] < path.steps[number].before[place]:
            line = _line(names, path, number)
            return [((number,), f"{who} took the last unit of {thing} (line {line})")]
    return []


def absent(names: Names, words: Sequence[int], barrier: int) -> tuple[int, int]:
    """How many stand at a barrier, and how many it takes."""
    place = names.machine.at_object
    here = sum(
        names.status(words, u) == AT_BARRIER
        and words[names.search.record_of(u) + place] - 1 == barrier
        for u in range(words[0])
    )
    return here, names.program.things["barrier"][barrier].amount
