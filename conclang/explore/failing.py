"""Why a step fails: what it had read, who had written that, who had closed, who holds.

What a failing micro-op rests on is read off the flow of data: the reads whose values it uses and,
where they were decided about (`x == 1 and y == 1`), those as well. On the way shown, the last time
it made each of these reads tells what the one who fails had seen; before it stands who wrote
that, and after it who has changed it since.
"""

from __future__ import annotations

from collections.abc import Sequence

from conclang.explore.cause import Cause, locks_held, mark_at, taken, taking
from conclang.explore.flow import NONE, READING, WRITING, Flow, Reads
from conclang.explore.names import FINISHED, Names
from conclang.explore.story import value
from conclang.explore.witness import Path
from conclang.ir.ops import OPS, OpKind
from conclang.record import record

AT = 1
MOST_READS = 3  # that are told
MOST_OPS = 20_000
"""Micro-ops of a program in which decisions are followed, too."""
CLOSING = frozenset({OpKind.SEND, OpKind.CLOSE, OpKind.SELECT})
RELEASES = {
    OpKind.RELEASE: "lock",
    OpKind.READ_RELEASE: "rwlock",
    OpKind.WRITE_RELEASE: "rwlock",
}


@record
class Seen:
    """A read on the way: its step, who had written the cell, who has since; -1: nobody."""

    step: int
    cell: int
    writer: int
    after: int


def failing(names: Names, path: Path, flow: Flow, who: str, said: str) -> Cause:
    """`a fails at … (line 4): it had read x = 1 (line 3), which b wrote (line 9)`."""
    assert path.fault is not None
    pc = path.fault[1]
    site, last = names.site(pc), len(path.steps) - 1
    reads = _reads(names, path, flow, pc)
    told = [_read(names, path, seen) for seen in reads]
    steps = [n for seen in reads for n in (seen.step, seen.writer, seen.after)]
    threads = [who] if who else []
    more = _circumstances(names, path, pc)
    if more is not None:
        told.append(more[0])
        steps += more[1]
    threads += [names.entity(path.steps[n].before, path.steps[n].entity) for n in steps if n >= 0]
    return Cause(
        f"{who} fails at `{site.text}` (line {site.line}): {'; '.join(told) or said}",
        tuple(dict.fromkeys(threads)),
        tuple(dict.fromkeys(names.object("cell", seen.cell) for seen in reads)),
        (mark_at(names, pc, said),),
        tuple(sorted({n for n in (*steps, last) if n >= 0})),
    )


# -- what was read ---------------------------------------------------------------------------------


def _reads(names: Names, path: Path, flow: Flow, pc: int) -> list[Seen]:
    """The last reads of the one who fails on which the failing micro-op rests, in order."""
    if not path.steps:
        return []
    me, found = path.steps[-1].entity, {}
    for read in sorted(rests(flow, pc)):
        for index in range(len(path.steps) - 1, -1, -1):
            step = path.steps[index]
            if step.entity == me and names.pc(step.before, me) == read:
                if names.status(step.before, me) == AT:
                    cell = names.thing(step.before, me)[1]
                    found[index] = _seen(names, path, index, cell)
                break
    return [found[index] for index in sorted(found)][-MOST_READS:]


def rests(flow: Flow, pc: int) -> Reads:
    """The reads on which a micro-op rests, by value and by what decided about that value."""
    op, found = flow.program.ops[pc], NONE
    if len(flow.program.ops) <= MOST_OPS:
        if op.kind == OpKind.ASSERT and op.a < 0:  # of `and` and `or`, one side decides
            return flow.control.get(pc, NONE)
        flow = flow.with_decisions
    slots = flow.slots.get(pc, {})
    for role, operand in zip(OPS[op.kind].roles, (op.a, op.b, op.c, op.d, op.e), strict=True):
        if role == "v" and operand >= 0:
            found |= slots.get(operand, NONE)
    return frozenset(read for read in found if flow.program.ops[read].kind in READING)


def _seen(names: Names, path: Path, read: int, cell: int) -> Seen:
    """Who wrote what a step reads, and the last one who has written it since."""
    writes = [n for n in range(len(path.steps)) if _writes(names, path, n, cell)]
    before = [n for n in writes if n < read]
    after = [n for n in writes if n > read and path.steps[n].entity != path.steps[read].entity]
    return Seen(read, cell, before[-1] if before else -1, after[-1] if after else -1)


def _writes(names: Names, path: Path, index: int, cell: int) -> bool:
    """Does a step write a cell, be it the value that was there?"""
    step = path.steps[index]
    before = step.before
    kind = names.kind(names.pc(before, step.entity))
    if kind in WRITING - {OpKind.CAS} and names.status(before, step.entity) == AT:
        if names.thing(before, step.entity)[1] == cell:
            return True
    after = _after(path, index)
    return after is not None and names.memory(before)[cell] != names.memory(after)[cell]


def _after(path: Path, index: int) -> Sequence[int] | None:
    return path.steps[index + 1].before if index + 1 < len(path.steps) else path.end


def _read(names: Names, path: Path, seen: Seen) -> str:
    """`it had read x = 1 (line 3), which b wrote (line 9)`."""
    step = path.steps[seen.step]
    thing, line = names.object("cell", seen.cell), _doer(names, path, seen.step)[1]
    told = f"it had read {thing} = {value(names, step.before, seen.cell)} (line {line})"
    if seen.writer < 0:
        told += ", its first value"
    else:
        writer, at = _doer(names, path, seen.writer)
        mine = path.steps[seen.writer].entity == step.entity
        told += f", which {'it wrote itself' if mine else f'{writer} wrote'} (line {at})"
    if seen.after >= 0:
        other, at = _doer(names, path, seen.after)
        now = _after(path, seen.after)
        told += f", and {other} has written it since (line {at})"
        if now is not None:
            new = value(names, now, seen.cell)
            told = told.replace("has written it since", f"has made it {new} since")
    return told


def _doer(names: Names, path: Path, index: int) -> tuple[str, int]:
    """Who takes a step, and at which line."""
    step = path.steps[index]
    return names.entity(step.before, step.entity), names.site(
        names.pc(step.before, step.entity)
    ).line


# -- what else matters -----------------------------------------------------------------------------


def _circumstances(names: Names, path: Path, pc: int) -> tuple[str, list[int]] | None:
    """Who had closed the channel, who holds the lock: in words, and the steps that did it."""
    if not path.steps or names.pc(path.steps[-1].before, path.steps[-1].entity) != pc:
        return None
    kind = names.kind(pc)
    if kind in CLOSING:
        return _closed(names, path, kind)
    if kind in RELEASES:
        return _not_held(names, path, kind)
    return None


def _closed(names: Names, path: Path, kind: OpKind) -> tuple[str, list[int]] | None:
    """`main had closed jobs (line 7)`."""
    last = path.steps[-1]
    thing = "" if kind == OpKind.SELECT else names.object_at(last.before, last.entity)
    for index in range(len(path.steps) - 2, -1, -1):
        step = path.steps[index]
        if names.kind(names.pc(step.before, step.entity)) != OpKind.CLOSE:
            continue
        channel = names.object_at(step.before, step.entity)
        if thing in ("", channel):
            who, line = _doer(names, path, index)
            mine = step.entity == last.entity
            return f"{'it' if mine else who} had closed {channel} (line {line})", [index]
    return None


def _not_held(names: Names, path: Path, kind: OpKind) -> tuple[str, list[int]]:
    """`nobody holds m; it had given it back already (line 7)`, `b holds m (since line 4)`."""
    last, same = path.steps[-1], RELEASES[kind]
    thing, words = names.object_at(last.before, last.entity), last.before
    told, steps = [], []
    for u in range(words[0]):
        if thing in [held.split(" (")[0] for held in locks_held(names, words, u)]:
            steps.append(taking(names, path, u, same, thing))
            line = taken(names, path, u, same, thing)
            since = f" (since line {line})" if line else ""
            ended = ", though it has ended" if names.status(words, u) == FINISHED else ""
            told.append(f"{names.entity(words, u)} holds {thing}{since}{ended}")
    told = told or [f"nobody holds {thing}"]
    for index in range(len(path.steps) - 2, -1, -1):
        step = path.steps[index]
        done = RELEASES.get(names.kind(names.pc(step.before, step.entity)))
        if step.entity == last.entity and done == same:
            if names.object_at(step.before, step.entity) == thing:
                told.append(f"it had given it back already (line {_doer(names, path, index)[1]})")
                steps.append(index)
                break
    return "; ".join(told), [step for step in steps if step >= 0]
