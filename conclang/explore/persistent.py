"""Persistent sets: of steps that nobody can get in the way of, one is enough.

P. Godefroid, "Partial-order methods for the verification of concurrent systems", LNCS 1032, 1996;
the same idea as stubborn sets (A. Valmari, "Stubborn sets for reduced state space generation",
1990) and ample sets (E. Clarke, O. Grumberg, D. Peled, "Model checking", chapter 10, 1999).

In a state, let the next step of a thread t touch only what no other unfinished thread, and nobody
whom it may still start, will ever touch again in a manner that matters (footprint.py looks ahead).
Then whatever the others do first, the step of t stays possible, does the same, and changes nothing
for them: {t} is a *persistent set*, and no step of anybody else needs to be tried from this state.
Of several such threads the first is taken. If there is none, a few are tried together: a thread,
those whose future is in the way of its step, those in the way of theirs, and so on until nobody
else is in the way of any of them, nor could make one of their steps possible. So halves of a
program that have nothing to do with each other are looked at one after the other. What is still to
come is known by the number of a thread, or, of those who change places, by the record
(origins.py). For this to be so

* the step must be possible now and must not fail in any branch of its `choose`: what fails ends the
  schedule, and then nothing may be left out. So it is tried, and everybody else is looked at after
  all if it fails;
* it must not write what a predicate of the file looks at, nor leave a section that is counted.
  Entering one early can only make more be inside at once than there would be anyway;
* arriving somewhere may itself get in the way: whoever stands before the write side of a rwlock
  that prefers writers keeps readers out, whoever stands at an unbuffered channel keeps a `default`
  from being taken. The look ahead therefore goes on to where the step will stop.

*Nobody is forgotten* (the ignoring problem). A thread that goes round for ever among its own things
must not keep the others from being looked at. A step is taken alone only if it leads to a state
that was not there before the search came to the present depth; so each step alone leads deeper, and
no circle consists of such steps (D. Bosnacki and G. Holzmann, "Improving Spin's partial-order
reduction for breadth-first search", SPIN 2005; a static condition on jumps, as in R. Kurshan, V.
Levin, M. Minea, D. Peled, H. Yenigun, "Static partial order reduction", TACAS 1998, would forbid
the last step of every round). What the condition asks does not depend on the number of workers.

What is kept. Take any schedule from a state s where only t is tried. If it contains the step of t,
that step can be moved to the front: the same end, as many steps. So all ends, deadlocks and their
shortest schedules are there. If it does not, then it can be taken after the step of t as well, and
leads to a state where everybody else is at the same place with the same things in hand: pairs that
race or overtake each other, values of predicates, steps that fail, who is left behind for ever. All
of these are found; but perhaps only some steps later. So what is shown with a schedule is looked
for again, without this reduction and no deeper than it was found (`checker`). The memory that a
failing step leaves does differ; once a failing step is seen, the search starts again and does not
take steps alone that write what is told of ends.

Held against the whole search by tests/properties/test_persistent.py.

Not with tasks and event loops (every step may free a worker for somebody), nor with `now`. Where
the graph of all steps is asked for, everything is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from conclang.explore.footprint import Bounds, Static, Walk, started_in_order
from conclang.explore.origins import Origins, origins
from conclang.explore.reports import SearchOptions
from conclang.explore.touching import Objects, Rules
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program
from conclang.record import record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NEVER = 1 << 63
"""Among the needs of a step: it is not taken alone."""
CLASSES = 63
MOST_WALKED = 200_000
"""Micro-ops that may be walked over, all threads together; beyond that indices are unknown."""
MOST_BITS = 20_000
UNUSABLE = frozenset({OpKind.GO, OpKind.ASYNC, OpKind.NOW})
ROUNDS = 4
SAMPLES = 64
LEAST = 0.05
"""How much must be promised by the states seen first."""
MOST_TOGETHER = 64
MOST_KNOWN = 64
BY_RECORD = -1
"""For a row: it is not that of an entity, but that of its record (origins.py)."""
AT, ASLEEP, SPINNING, FINISHED = 1, 2, 5, 6


@record
class Footprints:
    """Per row and micro-op, as sets of classes of objects: what is still to come; what must not."""

    rows: tuple[int, ...]  # which row is that of an entity; the last: of all others; or BY_RECORD
    origins: Origins
    count: int  # micro-ops in a row
    future: tuple[int, ...]
    needs: tuple[int, ...]
    among: tuple[int, ...]  # the same for a step that may be taken together with others'

    def row_of(self, t: int, words: Sequence[int], stack: int) -> int:
        """The row of an entity with this record."""
        row = self.rows[min(t, len(self.rows) - 1)]
        return self.origins.row_of(words, stack) if row == BY_RECORD else row


def footprints(
    program: Program,
    watched: set[int] | None,
    through: Iterable[int],
    groups: Sequence[tuple[int, int]] = (),
    nameless: int = 0,
) -> Footprints | None:
    """The tables for a search; None if no step could ever be taken alone.

    `watched`: cells that somebody looks at (None: any); `through`: kinds of micro-ops that may be
    taken together with the step before; `groups`: threads that change places; `nameless`: so do
    those who are started, and it does not matter who is started first.
    """
    if UNUSABLE & {op.kind for op in program.ops} or len(program.threads) > 4096:
        return None
    objects = Objects(program)
    if objects.bits > MOST_BITS:
        return None
    rules = Rules(program, objects, watched, frozenset(through))
    rules.nameless = bool(nameless)
    return _Builder(program, rules).tables(groups)


class _Builder:
    """Walks all bodies and puts the tables together."""

    def __init__(self, program: Program, rules: Rules) -> None:
        self.program = program
        self.rules = rules
        self.static = Static(program)
        self.children: dict[int, int] = defaultdict(int)  # code: all that a started one may touch
        self.walks: list[Walk] = []
        self.rows: list[int] = []
        self.by_record: set[int] = set()
        self._walk_threads()
        self.started = self._walk_started()
        self.asked = self._walk_known()

    def _walk_threads(self) -> None:
        threads = self.program.threads
        known: dict[Any, int] = {}
        bodies = [self.program.codes[thread.code] for thread in threads]
        exact = sum(body.end - body.entry for body in bodies) <= MOST_WALKED
        for thread in threads:
            key = (thread.code, thread.arguments if exact else None)
            if key not in known:
                known[key] = len(self.walks)
                given = tuple((a, a) for a in thread.arguments) if exact else ()
                self.walks.append(Walk(self.static, thread.code, given))
            self.rows.append(known[key])

    def _walk_started(self) -> dict[int, Walk]:
        """Per code that is started by `spawn` a walk that holds for all its arguments."""
        found: dict[int, Walk] = {}
        given: dict[int, tuple[Bounds | None, ...]] = {}
        for round_ in range(ROUNDS + 1):
            wanted: dict[int, tuple[Bounds | None, ...]] = {}
            for walk in [*self.walks, *found.values()]:
                for code, lists in walk.started.items():
                    for arguments in lists:
                        wanted[code] = _both(wanted.get(code), arguments)
            if round_ == ROUNDS:
                wanted = dict.fromkeys(wanted, ())
            changed = {code for code in wanted if wanted[code] != given.get(code)}
            if not changed:
                return found
            given = wanted
            found |= {code: Walk(self.static, code, wanted[code]) for code in sorted(changed)}
        while missing := {c for walk in found.values() for c in walk.started} - set(found):
            found |= {code: Walk(self.static, code, ()) for code in sorted(missing)}
        return found

    def _walk_known(self) -> list[int]:
        """Rows for those who are started: by known arguments, then by code for any arguments."""
        known: dict[Any, int] = {}
        for row, walk in enumerate(self.walks):  # which grow meanwhile
            for key in started_in_order(walk)[:MOST_KNOWN] if walk.started else ():
                if key not in known and len(known) < MOST_KNOWN:
                    known[key] = len(self.walks)
                    self.walks.append(Walk(self.static, *key))
                if key in known:
                    self.rows += [known[key]] * self.rows.count(row)
        first = len(self.walks)
        self.walks += [self.started[code] for code in sorted(self.started)]
        return [*known.values(), *range(first, len(self.walks))]

    def tables(self, groups: Sequence[tuple[int, int]]) -> Footprints | None:
        before: dict[int, int] = {}
        while True:
            futures = [self._future(walk) for walk in self.walks]
            started = futures[len(futures) - len(self.started) :]
            for code, future in zip(sorted(self.started), started, strict=True):
                self.children[code] = future[self.program.codes[code].entry]
            if before == self.children:
                break
            before = dict(self.children)
        needs = [[self._needs(walk, among) for walk in self.walks] for among in (False, True)]
        for table in (futures, *needs):
            table.append(_union(table[len(table) - len(self.started) :]))
        return self._folded(self._origins(groups), futures, *needs)

    def _origins(self, groups: Sequence[tuple[int, int]]) -> Origins:
        """Who is known by what the record says; for those the number says nothing any more."""
        mixed = [group for group in groups if len({*self.rows[slice(*group)]}) > 1]
        rows = [row for group in mixed for row in self.rows[slice(*group)]]
        asked = [*dict.fromkeys(rows), *self.asked]
        self.by_record = {t for group in mixed for t in range(*group)}
        return origins(self.program, self.walks, asked, len(self.walks))

    def _future(self, walk: Walk) -> dict[int, int]:
        """Per micro-op all that is touched from there on."""
        found = {pc: self._does(walk, pc) for pc in walk.slots}
        before: dict[int, list[int]] = defaultdict(list)
        for pc, after in walk.after.items():
            for there in after:
                before[there].append(pc)
        open_ = sorted(walk.slots)
        while open_:
            there = open_.pop()
            for pc in before[there]:
                if found[there] & ~found[pc]:
                    found[pc] |= found[there]
                    open_.append(pc)
        return found

    def _does(self, walk: Walk, pc: int) -> int:
        touched = self.rules.does(walk, pc)
        op = self.program.ops[pc]
        return touched | self.children[op.b] if op.kind == OpKind.SPAWN else touched

    def _needs(self, walk: Walk, among: bool) -> dict[int, int]:
        """Per visible micro-op what its step needs; -1: it is not taken alone."""
        visible = [pc for pc in walk.slots if self._is_visible(pc)]
        return {pc: self.rules.needs(walk, pc, among) for pc in visible}

    def _is_visible(self, pc: int) -> bool:
        return OPS[self.program.ops[pc].kind].visible

    def _folded(
        self, asked: Origins, futures: list[dict[int, int]], *needs: list[dict[int, int]]
    ) -> Footprints | None:
        """Long sets as sets of at most 63 classes of what is always touched and needed alike."""
        classes = _classes(
            [mask for rows in needs for row in rows for mask in row.values() if mask >= 0],
            [mask for row in futures for mask in row.values()],
        )
        short: dict[int, int] = {-1: NEVER}

        def fold(mask: int) -> int:
            if mask not in short:
                short[mask] = sum(1 << i for i, part in enumerate(classes) if mask & part)
            return short[mask]

        def flat(rows: list[dict[int, int]], missing: int) -> tuple[int, ...]:
            every = range(len(self.program.ops))
            return tuple(fold(row[pc]) if pc in row else missing for row in rows for pc in every)

        alone, among = (flat(rows, NEVER) for rows in needs)
        future = flat(futures, NEVER - 1)
        made = Footprints(
            (*self.rows, len(self.walks)), asked, len(self.program.ops), future, alone, among
        )
        stops = [[fold(f) for pc, f in row.items() if self._is_visible(pc)] for row in futures]
        if not _is_useful(made, stops):
            return None
        numbered = self.rows[: len(self.program.threads)]
        rows = [BY_RECORD if t in self.by_record else row for t, row in enumerate(numbered)]
        return replace(made, rows=(*rows, BY_RECORD))


def _both(
    one: tuple[Bounds | None, ...] | None, two: tuple[Bounds | None, ...]
) -> tuple[Bounds | None, ...]:
    """Bounds for what may be passed here or there."""
    if one is None:
        return two
    return tuple(
        (min(a[0], b[0]), max(a[1], b[1])) if a and b else None
        for a, b in zip(one, two, strict=True)
    )


def _union(rows: Iterable[dict[int, int]]) -> dict[int, int]:
    """What holds for any of several walks (-1 wins)."""
    found: dict[int, int] = {}
    for row in rows:
        for pc, mask in row.items():
            found[pc] = found.get(pc, 0) | mask
    return found


def _classes(needs: list[int], futures: list[int]) -> list[int]:
    """Parts of what is needed that the sets do not cut in two, unless there are too many."""
    every = 0
    for mask in needs:
        every |= mask
    parts = [every] if every else []
    for mask in dict.fromkeys([*needs, *futures]):
        cut = [half for part in parts for half in (part & mask, part & ~mask) if half]
        if len(cut) > CLASSES:
            break
        parts = cut
    return parts


def _is_useful(made: Footprints, stops: list[list[int]]) -> bool:
    """Is there a step that could be left out somewhere while its thread is on the way?"""
    rows = sorted(set(made.rows))
    several = {row for row in rows if made.rows.count(row) > 1 or row == rows[-1]}
    for row in rows:
        here = slice(row * made.count, (row + 1) * made.count)
        needs = ({*made.needs[here], *made.among[here]}) - {NEVER}
        others = [stops[other] for other in rows if other != row or other in several]
        if any(not future & need for need in needs for stop in others for future in stop):
            return True
    return False


def _all_of(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def promise(search: Any, made: Footprints, wanted: SearchOptions) -> float:
    """Of all who can go on in the states seen so far, how many, of 1, could be left out."""
    places, stack = search.places(), search.machine.stack
    out = total = 0
    for place in places[:: max(1, len(places) // SAMPLES)]:
        words = list(search.words(place))
        records = [search.record_of(t) for t in range(words[0])]
        status = [words[at] for at in records]
        pcs = [words[at + 1] for at in records]
        rows = [made.row_of(t, words[at:], stack) for t, at in enumerate(records)]
        there = [t for t in range(words[0]) if status[t] not in (SPINNING, FINISHED)]
        useful = [
            chosen
            for chosen in candidates(made, status, pcs, rows)
            if any(_gains(search, wanted, words, t, pcs[t]) for t in chosen)
        ]
        total += len(there)
        out += max((len(there) - len(chosen) for chosen in useful), default=0)
    return out / max(total, 1)


def _gains(search: Any, wanted: SearchOptions, words: list[int], t: int, pc: int) -> bool:
    """Is a step possible, and not taken together with the one before anyway?"""
    kind = search.machine.program.ops[pc].kind
    if kind in wanted.fusable or not search.ways_of(words, t):
        return False
    if not wanted.guards or kind not in (OpKind.READ, OpKind.WRITE):
        return True
    return bool(wanted.guards[search.thing_of(words, t)] < 0)


def candidates(
    made: Footprints, status: Sequence[int], pcs: Sequence[int], rows: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Who may be taken alone in a state, if they can step and nothing fails: first one, then more.

    Whoever is in the way of somebody has to be taken with him, until nobody else is in the way.
    """
    there = [t for t, what in enumerate(status) if what not in (SPINNING, FINISHED)]
    if len(there) < 2 or len(status) > MOST_TOGETHER:
        return
    at = {t: rows[t] * made.count + pcs[t] for t in there}
    future = {t: made.future[at[t]] for t in there}
    once, twice = 0, NEVER
    for t in there:
        twice |= once & future[t]
        once |= future[t]
    for t in there:
        if status[t] == AT and not made.needs[at[t]] & (twice | (once & ~future[t])):
            yield (t,)
    among = {t: made.among[at[t]] if status[t] in (AT, ASLEEP) else NEVER for t in there}
    for t in there:
        members, needs, waiting = [t], among[t], [u for u in there if u != t]
        while joining := [u for u in waiting if future[u] & needs and not needs & NEVER]:
            members += joining
            waiting = [u for u in waiting if u not in joining]
            needs |= _all_of(among[u] for u in joining)
        if waiting and not needs & NEVER:
            yield tuple(sorted(members))


def added(
    program: Program, watched: set[int] | None, probe: Any, wanted: SearchOptions
) -> SearchOptions:
    """The options with the tables, if the states seen so far promise something."""
    through = set(wanted.fusable) | ({OpKind.READ, OpKind.WRITE} if wanted.guards else set())
    made = footprints(program, watched, through, wanted.groups, wanted.nameless)
    if made is not None and promise(probe, made, wanted) <= LEAST:
        made = None
    return replace(wanted, alone=made)
