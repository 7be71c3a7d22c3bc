"""Why it happened, in sentences, read from the states of a witness.

Facts only: who waits for what, who holds it since which line, what was locked at each access. The
pictures of the same things are drawn from the steps elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conclang.explore.guarding import Guarding, Habit, habit_sentence
from conclang.explore.loops import followers
from conclang.explore.missed import Told, absent, missed
from conclang.explore.names import FINISHED, Names
from conclang.explore.result import Mark
from conclang.explore.waiting import Waiting, blocked, cycle, units_held
from conclang.explore.witness import Path
from conclang.ir.ops import OpKind
from conclang.ir.program import MicroOp
from conclang.record import record, replace

TYPE_CHECKING = False
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
UNITS = {OpKind.DOWN: "semaphore", OpKind.DOWN_TRY: "semaphore"}
GIVES = {
    OpKind.RELEASE: "lock",
    OpKind.READ_RELEASE: "rwlock",
    OpKind.WRITE_RELEASE: "rwlock",
}


ACCESS_VERBS = {OpKind.READ: "read", OpKind.WRITE: "write"}


@record
class Cause:
    """What is said about a finding, and where."""

    text: str
    threads: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    spans: tuple[Mark, ...] = ()
    decisive: tuple[int, ...] = ()  # steps that matter most; empty: the last one of each thread


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


# {object}; {held}: who has it, since when
REASONS = {
    "loop": "(line {line}) waits for the event loop held by {held}",
    "worker": "(line {line}) waits for a worker of {object}, held by {held}",
    "condition": "waits on {object} (line {line}), which nobody signals any more{gone}",
    "event": "waits for {object} (line {line}), which nobody sets{gone}",
    "entity": "waits for the end of {object} (line {line})",
    "rwlock": "waits for {object} (line {line}), where a writer always comes first",
    "writer": "waits to read {object} (line {line}), which {held} wants to write first",
    "select": "waits in a select (line {line}) none of whose arms is ready{gone}",
    "send": "wants to send on {object} (line {line}), and nobody receives{gone}",
    "receive": "wants to receive from {object} (line {line}), and nobody sends or closes it{gone}",
}


def wait_sentence(names: Names, words: Sequence[int], w: Waiting, path: Path) -> str:
    """`alice waits for b (line 9), which bob holds (since line 12)`."""
    me, line = names.entity(words, w.entity), names.site(w.pc).line
    if w.kind in ("lock", "rwlock", "semaphore") and w.holders:
        wants = f"waits {_side(names, w)} {w.object} (line {line})"
        if w.kind == "lock" and w.holders == (w.entity,):
            return f"{me} {wants}, which it holds itself"
        who = _listed(_holding(names, words, h, w, path) for h in w.holders)
        return f"{me} {wants}, which {who}"
    if w.kind == "semaphore":
        gone = _gone(names, words, w)
        told = gone or ", and nobody is left to release it"
        return f"{me} waits for {w.object} (line {line}), which is 0{told}"
    if w.kind == "barrier":
        return f"{me} waits at {w.object} (line {line}){_missing(names, words, w)}"
    kind, gone = w.kind, _gone(names, words, w)
    if kind == "condition" and not gone:
        return f"{me} waits on {w.object} (line {line}), and nobody is left to signal it"
    if kind == "channel":
        kind = "send" if names.kind(w.pc) == OpKind.SEND else "receive"
    held = " and ".join(names.entity(words, h) for h in w.holders)
    pattern = REASONS.get(kind, "cannot go on (line {line})")
    return f"{me} {pattern.format(object=w.object, line=line, held=held, gone=gone)}"


def _holding(names: Names, words: Sequence[int], holder: int, w: Waiting, path: Path) -> str:
    """`bob holds (since line 12)`, `it took itself (line 5)`."""
    line = taken(names, path, holder, w.kind, w.object)
    who = "it" if holder == w.entity else names.entity(words, holder)
    itself = " itself" if holder == w.entity else ""
    ended = f", though {who} has ended" if names.status(words, holder) == FINISHED else ""
    if w.kind == "semaphore":
        return f"{who} took{itself} (line {line}){ended}"
    verb = "holds"
    if w.kind == "rwlock":
        writes = words[names.machine.rwlocks + 2 * w.index] == holder + 1
        verb = "writes" if writes else "reads"
    return f"{who} {verb}{itself}{f' (since line {line})' if line else ''}{ended}"


def _side(names: Names, w: Waiting) -> str:
    """`for` a lock, `to read` or `to write` what has two sides."""
    if w.kind != "rwlock":
        return "for"
    return "to write" if names.kind(w.pc) == OpKind.WRITE_ACQUIRE else "to read"


def _missing(names: Names, words: Sequence[int], w: Waiting) -> str:
    """How many have come to a barrier, and who has ended without coming."""
    here, parties = absent(names, words, w.index)
    come = "has come" if here == 1 else "have come"
    return f", where {here} of {parties} {come}{_gone(names, words, w) or ', and no more will'}"


PARTNERS = {
    OpKind.SEND: frozenset({OpKind.RECEIVE, OpKind.SELECT}),
    OpKind.RECEIVE: frozenset({OpKind.SEND, OpKind.CLOSE, OpKind.SELECT}),
    OpKind.DOWN: frozenset({OpKind.UP}),
    OpKind.EVENT_WAIT: frozenset({OpKind.EVENT_SET}),
    OpKind.BARRIER_WAIT: frozenset({OpKind.BARRIER_WAIT}),
    OpKind.WAIT: frozenset({OpKind.SIGNAL, OpKind.BROADCAST}),
}
MOST_NAMED = 3


def _gone(names: Names, words: Sequence[int], w: Waiting) -> str:
    """Who could have helped: `: main has ended`, `: producer could, but waits itself`."""
    ended, stuck = ([names.entity(words, u) for u in some] for some in _helpers(names, words, w))
    told = []
    if 0 < len(ended) <= MOST_NAMED:
        told.append(f"{_listed(ended)} {'has' if len(ended) == 1 else 'have'} ended")
    if 0 < len(stuck) <= MOST_NAMED:
        waits = "waits itself" if len(stuck) == 1 else "wait themselves"
        told.append(f"{_listed(stuck)} could, but {waits}")
    return f": {' and '.join(told)}" if told else ""


def _helpers(names: Names, words: Sequence[int], w: Waiting) -> tuple[list[int], list[int]]:
    """Who could have helped: those who have ended, and those who wait themselves."""
    wanted = _wanted(names, w)
    ended: list[int] = []
    stuck: list[int] = []
    for u in range(words[0]) if wanted else ():
        finished = names.status(words, u) == FINISHED
        ops = _code(names, names.code(words, u)) if finished else _ahead(names, words, u)
        if u != w.entity and any(
            _helps(names, op, kinds, index) for op in ops for kinds, index in wanted
        ):
            (ended if finished else stuck).append(u)
    return ended, stuck


def _wanted(names: Names, w: Waiting) -> list[tuple[frozenset[OpKind], int]]:
    """What somebody else would have to do, and with which object."""
    op = names.program.ops[w.pc]
    if op.kind != OpKind.SELECT:
        partners = PARTNERS.get(op.kind)
        return [(partners, w.index)] if partners else []
    found = []
    for arm in names.program.selects[op.a].arms:
        kind = {"send": OpKind.SEND, "receive": OpKind.RECEIVE}.get(arm.kind)
        if kind is not None and arm.channel < 0:
            found.append((PARTNERS[kind], names.program.constants[~arm.channel]))
    return found


def _code(names: Names, code: int) -> list[MicroOp]:
    """All micro-ops of a code and of the functions it may call."""
    return _run(names, [names.program.codes[code].entry])


def _ahead(names: Names, words: Sequence[int], u: int) -> list[MicroOp]:
    """What an entity may still run; of the calls that are open, all of its own code."""
    pc, code = names.pc(words, u), names.program.codes[names.code(words, u)]
    begin = [pc] if code.entry <= pc < code.end else [pc, code.entry]
    return _run(names, begin)


def _run(names: Names, begin: list[int]) -> list[MicroOp]:
    """Everything that may be run from some places on."""
    program, seen, open_ = names.program, set(begin), list(begin)
    for pc in open_:
        op = program.ops[pc]
        more = list(followers(program, pc))
        if op.kind == OpKind.CALL:
            more.append(program.codes[op.a].entry)
        for there in more:
            if there not in seen:
                seen.add(there)
                open_.append(there)
    return [program.ops[pc] for pc in open_]


def _helps(names: Names, op: MicroOp, wanted: frozenset[OpKind], index: int) -> bool:
    if op.kind not in wanted:
        return False
    if op.kind != OpKind.SELECT:
        return _is_the_one(names, op.c if op.kind == OpKind.RECEIVE else op.a, index)
    kind = "receive" if OpKind.RECEIVE in wanted else "send"
    arms = names.program.selects[op.a].arms
    return any(arm.kind == kind and _is_the_one(names, arm.channel, index) for arm in arms)


def _is_the_one(names: Names, operand: int, index: int) -> bool:
    """Does an operand name this object, or perhaps this one?"""
    return operand >= 0 or names.program.constants[~operand] == index


def _listed(items: Iterable[str]) -> str:
    told = list(items)
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def taken(names: Names, path: Path, holder: int, kind: str, name: str) -> int:
    """The line where somebody took an object, 0 if it is not on the way."""
    index = taking(names, path, holder, kind, name)
    if index < 0:
        return 0
    before = path.steps[index].before
    return names.site(names.pc(before, holder)).line


def taking(names: Names, path: Path, holder: int, kind: str, name: str) -> int:
    """The last step with which somebody took an object, -1 if there is none."""
    for index in range(len(path.steps) - 1, -1, -1):
        step = path.steps[index]
        if step.entity != holder:
            continue
        taken = (TAKES | UNITS).get(names.kind(names.pc(step.before, holder)))
        if taken == kind and names.object_at(step.before, holder) == name:
            return index
    return -1


def deadlock(names: Names, path: Path) -> Cause:
    """Who waits for whom, the circle first; signals that nobody heard."""
    words = path.end
    assert words is not None
    waits = blocked(names, words, path)
    circle = cycle(waits) or cycle([_with_helper(names, words, w) for w in waits])
    circle = [w for c in circle for w in waits if w.entity == c.entity]
    ordered = circle + [w for w in waits if w not in circle]
    sentences = [wait_sentence(names, words, w, path) for w in ordered]
    if len(circle) > 1:
        sentences.insert(0, _round(names, words, circle))
    unheard = missed(names, path, waits)
    sentences += list(dict.fromkeys(told for _, told in unheard))
    return Cause(
        "; ".join(sentences),
        tuple(names.entity(words, w.entity) for w in ordered),
        _unique(w.object for w in ordered if w.object),
        tuple(_mark(names, w.pc, f"{names.entity(words, w.entity)} waits") for w in ordered),
        _steps(names, path, circle or ordered, unheard),
    )


def _with_helper(names: Names, words: Sequence[int], w: Waiting) -> Waiting:
    """As if held up by the only one who could still help."""
    stuck = _helpers(names, words, w)[1]
    return replace(w, holders=(stuck[0],)) if not w.holders and len(stuck) == 1 else w


def _steps(
    names: Names, path: Path, waits: Sequence[Waiting], unheard: Iterable[Told]
) -> tuple[int, ...]:
    """The steps that matter: what was taken or missed, else where who could help ended."""
    words = path.end or ()
    found = {*_built(names, path, waits), *(number for steps, _ in unheard for number in steps)}
    alone = [] if unheard else [w for w in waits if not w.holders]
    gone = {u for w in alone for u in _helpers(names, words, w)[0]}
    gone |= {w.entity for w in waits if w.kind in ("condition", "barrier")}
    last = {step.entity: index for index, step in enumerate(path.steps)}
    return tuple(sorted(found | {last[u] for u in gone if u in last}))


def _round(names: Names, words: Sequence[int], circle: Sequence[Waiting]) -> str:
    told = [names.entity(words, w.entity) for w in circle]
    return f"they wait in a circle: {' → '.join([*told, told[0]])}"


def _built(names: Names, path: Path, waits: Sequence[Waiting]) -> tuple[int, ...]:
    """The steps that made a circle: where its members took what the others wait for."""
    found = set()
    for w in waits:
        for holder in w.holders:
            found |= {taking(names, path, holder, w.kind, w.object)}
    return tuple(sorted(found - {-1}))


def leak(names: Names, path: Path, stuck: Sequence[int]) -> Cause:
    """Who can never go on, and what it waits for."""
    words = path.end
    assert words is not None
    waits = {w.entity: w for w in blocked(names, words, path) if w.entity in stuck}
    sentences, spans, objects = [], [], []
    circle = cycle(list(waits.values()))
    circle = circle or cycle([_with_helper(names, words, w) for w in waits.values()])
    circle = [waits[c.entity] for c in circle]
    if len(circle) > 1:
        sentences.append(_round(names, words, circle))
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
    unheard = missed(names, path, list(waits.values()))
    sentences += list(dict.fromkeys(told for _, told in unheard))
    who_ = tuple(names.entity(words, t) for t in stuck)
    steps = _steps(names, path, circle or list(waits.values()), unheard)
    named = _unique(o for o in objects if o)
    return Cause("; ".join(sentences), who_, named, tuple(spans), steps)


def race(
    names: Names, path: Path, racers: tuple[int, int], variable: str, guarding: Guarding | None
) -> Cause:
    """The two accesses, what was locked at each, and which lock would have ordered them."""
    words = path.end
    assert words is not None
    parts, spans, held = [], [], []
    things = [_raced(names, words, t, variable) for t in racers]
    for t, thing in zip(racers, things, strict=True):
        pc = names.pc(words, t)
        who, verb = names.entity(words, t), ACCESS_VERBS.get(names.kind(pc), "touch")
        locks = locks_held(names, words, t) + units_held(names, path, t)
        held.append(set(locks))
        having = f"holding {' and '.join(locks)}" if locks else "holding no lock"
        parts.append(f"{who} is about to {verb} {thing} (line {names.site(pc).line}), {having}")
        does = "touches" if verb == "touch" else f"{verb}s"
        spans.append(_mark(names, pc, f"{who} {does} {thing} here"))
    habit = guarding.habit(variable) if guarding is not None else None
    advice = _advice(held, habit, variable)
    return Cause(
        f"{parts[0]}; {parts[1]}; {advice}",
        tuple(names.entity(words, t) for t in racers),
        (max(things, key=len),),
        tuple(spans),
    )


def _advice(held: Sequence[set[str]], habit: Habit | None, variable: str) -> str:
    """What would have ordered two accesses."""
    sides = [{lock.split(" (")[0] for lock in locks} for locks in held]
    both = sides[0] & sides[1]
    if both:
        return f"both hold {_listed(sorted(both))}, but readers do not keep each other out"
    one, two = (_listed(sorted(side)) if side else "" for side in sides)
    said = habit_sentence(habit, variable)
    usual = habit is not None and len(habit.kept) > len(habit.broken)
    if habit is not None and said and (usual or not (one and two)):
        return f"{habit.lock} would order them if both held it: {said}"
    if one and two:
        return f"{one} and {two} are different locks and order nothing"
    if one or two:
        return f"{one or two} would order them if both held it"
    return "no lock orders the two accesses"


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
