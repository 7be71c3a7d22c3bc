"""Which values of a program are indices of threads, and which arrays belong to them.

Ip and Dill ("Better verification through symmetry", FMSD 9, 1996) have the programmer declare a
*scalarset*, a type whose values may only be compared, stored, and used as positions. Here the type
is inferred. It begins at the parameter of `thread w[i in 0..N]` and is followed through slots,
calls and cells to a fixed point (Kildall, POPL 1973); what an operation makes of it says `kinds`.

An array that is used at the position of an index belongs to the group: element and thread move
together. So nobody may use it at a plain position (`a[0]`, a loop over all of it), and no predicate
may look at one of its elements. What a cell holds is one kind throughout. Everything must be the
same for all members at the start. Whatever leaves the analysis' sight (channels, arguments and
results of started functions, messages of assertions and errors) must be plain. Printing is free:
nothing that is looked for depends on output.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from conclang.explore.kinds import (
    ANY,
    MIXED,
    OPERATIONS,
    TRUTH,
    Kind,
    Renaming,
    Unsuited,
    index,
    plain,
)
from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Program

Group = tuple[int, int]
"""Threads: first, last + 1."""
Slots = list[Kind]
ZERO = plain(0)
MOVABLE = frozenset({"cell", "lock", "semaphore", "event", "condition"})
"""Kinds of objects whose arrays may belong to a group."""
STARTING = frozenset({OpKind.SPAWN, OpKind.GO})
LOOKING = frozenset({OpKind.READ, OpKind.LOAD, OpKind.PEEK})
LARGE = 4096


class Indices:
    """The kinds of all slots and cells; raises Unsuited if the group cannot change places."""

    def __init__(
        self,
        program: Program,
        renaming: Renaming,
        groups: Sequence[Group],
        predicates: Iterable[int],
    ) -> None:
        self.program = program
        self.renaming = renaming
        self.before: dict[int, Slots] = {}  # per micro-op reached
        self.content: dict[int, Kind] = {}  # per cell what is written to it
        self.moved: dict[str, set[int]] = defaultdict(set)  # per kind of object: bases
        self.fixed: dict[str, set[int]] = defaultdict(set)  # per kind: used at plain positions
        self.arguments: dict[int, Slots] = {}
        self.results: dict[int, Slots] = {}
        self._changed = True
        self.start = [word for cell in program.cells for word in cell.initial]
        self._begin(groups, predicates)
        while self._changed:
            self._changed = False
            for number in sorted(self.arguments):
                self._flow(number)
            self._disjoint()
        self.slots = self._live()
        self._same_at_start()

    def _begin(self, groups: Sequence[Group], predicates: Iterable[int]) -> None:
        """What the threads and predicates start with."""
        group_of = {t: first for first, last in groups for t in range(first, last)}
        for t, thread in enumerate(self.program.threads):
            if t in group_of:
                given = [index(self.program.threads[group_of[t]].arguments[0])]
            else:
                given = [plain(word) for word in thread.arguments]
            self._enter(thread.code, given)
        for number in predicates:
            self._enter(number, [])

    # -- the iteration ------------------------------------------------------------------------

    def _enter(self, number: int, given: Slots) -> None:
        """A code is started or called with these arguments."""
        frame = self.program.codes[number].frame
        slots = [*given, *[ZERO] * (frame - len(given))]
        if number in self.arguments:
            slots = list(map(self.renaming.joined, slots, self.arguments[number]))
        if self.arguments.get(number) != slots:
            self.arguments[number] = slots
            self._changed = True

    def _flow(self, number: int) -> None:
        """One code to its fixed point."""
        code = self.program.codes[number]
        self._reach(code.entry, self.arguments[number])
        open_ = [pc for pc in range(code.entry, code.end) if pc in self.before]
        while open_:
            pc = open_.pop()
            for there, after in self._after(number, pc):
                if self._reach(there, after):
                    open_.append(there)

    def _reach(self, pc: int, slots: Slots) -> bool:
        known = self.before.get(pc)
        found = slots if known is None else list(map(self.renaming.joined, known, slots))
        if found == known:
            return False
        self.before[pc] = found
        self._changed = True
        return True

    def _after(self, number: int, pc: int) -> list[tuple[int, Slots]]:
        """Where the control goes, and the slots there."""
        op, here = self.program.ops[pc], list(self.before[pc])
        if op.kind == OpKind.SELECT:
            return self._select(op, here)
        if op.kind == OpKind.RETURN:
            self._return(number, self._run(here, op.a, op.b))
            return []
        special = SPECIAL.get(op.kind)
        if special is not None:
            special(self, op, here)
        elif op.kind in OPERATIONS:
            operands = [op.b, op.c][: OPS[op.kind].roles.count("v")]
            kinds = tuple(self._value(here, operand) for operand in operands)
            here[op.a] = self.renaming.result(op.kind, kinds)
        else:
            self._ordinary(op, here)
        return [(there, here) for there in followers(self.program, pc)]

    def _value(self, here: Slots, operand: int) -> Kind:
        return here[operand] if operand >= 0 else plain(self.program.constants[~operand])

    def _run(self, here: Slots, first: int, count: int) -> Slots:
        return here[first : first + count]

    def _plain(self, kinds: Iterable[Kind]) -> None:
        """Out of sight: this must not depend on who is who."""
        if not all(kind.is_plain for kind in kinds):
            raise Unsuited

    # -- micro-ops ----------------------------------------------------------------------------

    def _ordinary(self, op: MicroOp, here: Slots) -> None:
        """All operands but the object must be plain, and so are the results."""
        row, operands = OPS[op.kind], (op.a, op.b, op.c, op.d, op.e)
        thing = row.target if row.target in self.program.things else ""
        for role, operand, count in zip(row.roles, operands, (*operands[1:], 0), strict=True):
            if role == "v" and thing:
                self._touch(thing, self._value(here, operand))
                thing = ""
            elif role == "v":
                self._plain([self._value(here, operand)])
            elif role == "w":
                self._plain(self._run(here, operand, count))
        if row.roles.startswith("s") and op.a >= 0:
            here[op.a] = ANY if op.kind != OpKind.TRY else TRUTH

    def _touch(self, what: str, kind: Kind) -> range | list[int]:
        """An object is used; which ones it may be."""
        count = len(self.start) if what == "cell" else len(self.program.things[what])
        if kind.mixed:
            raise Unsuited
        if kind.base is not None:
            last = kind.base + self.renaming.size
            if kind.values or what not in MOVABLE or not 0 <= kind.base <= last <= count:
                raise Unsuited
            self.moved[what].add(kind.base)
            return range(kind.base, last)
        known = range(count) if kind.values is None else sorted(kind.values)
        self.fixed[what].update(known)
        return [number for number in known if 0 <= number < count]

    def _read(self, op: MicroOp, here: Slots) -> None:
        here[op.a] = self._content(self._touch("cell", self._value(here, op.b)))

    def _content(self, cells: Iterable[int]) -> Kind:
        """What one of these cells may hold."""
        start, found = self.start, None
        for cell in cells:
            kind = self.content.get(cell)
            first = plain(start[cell])
            if kind is None:
                kind = first
            elif kind.base is None or not self.renaming.stands(kind.base, start[cell]):
                kind = self.renaming.joined(kind, first)
            found = kind if found is None else self.renaming.joined(found, kind)
        return found or ANY

    def _put_into(self, cells: Iterable[int], kind: Kind) -> None:
        for cell in cells:
            known = self.content.get(cell, kind)
            found = self.renaming.joined(known, kind)
            if self.content.get(cell) != found:
                self.content[cell] = found
                self._changed = True

    def _write(self, op: MicroOp, here: Slots) -> None:
        cells = self._touch("cell", self._value(here, op.a))
        self._put_into(cells, self._sound(self._value(here, op.b)))

    def _sound(self, kind: Kind) -> Kind:
        if kind.mixed:
            raise Unsuited
        return kind

    def _fetch_add(self, op: MicroOp, here: Slots) -> None:
        self._plain([self._value(here, op.c)])
        self._put_into(self._touch("cell", self._value(here, op.b)), ANY)
        if op.a >= 0:
            here[op.a] = ANY

    def _swap(self, op: MicroOp, here: Slots) -> None:
        cells = self._touch("cell", self._value(here, op.b))
        self._put_into(cells, self._sound(self._value(here, op.c)))
        if op.a >= 0:
            here[op.a] = self._content(cells)

    def _cas(self, op: MicroOp, here: Slots) -> None:
        cells = self._touch("cell", self._value(here, op.b))
        wanted, fresh = self._value(here, op.c), self._sound(self._value(here, op.d))
        self._put_into(cells, fresh)
        self.renaming.result(OpKind.EQ, (self._content(cells), wanted))
        if op.a >= 0:
            here[op.a] = TRUTH

    def _move(self, op: MicroOp, here: Slots) -> None:
        here[op.a] = self._value(here, op.b)

    def _copy(self, op: MicroOp, here: Slots) -> None:
        here[op.a : op.a + op.c] = self._run(here, op.b, op.c)

    def _index(self, op: MicroOp, here: Slots) -> None:
        kind = self._value(here, op.c)
        if kind.is_plain:
            inside: Iterable[int] = range(op.d) if kind.values is None else kind.values
            known = [op.b + word for word in inside if 0 <= word < op.d]
            here[op.a] = plain(*known) if len(known) <= LARGE else ANY
            return
        if kind.base is None or not 0 <= kind.base <= op.d - self.renaming.size:
            raise Unsuited  # the message of the error would name a member
        others = frozenset(op.b + v for v in kind.values or () if 0 <= v < op.d)
        here[op.a] = Kind(kind.base + op.b, others)

    def _get(self, op: MicroOp, here: Slots) -> None:
        self._plain([self._value(here, op.c)])
        for word in range(op.e):
            elements = [here[op.b + i * op.e + word] for i in range(op.d)]
            found = elements[0]
            for element in elements[1:]:
                found = self.renaming.joined(found, element)
            here[op.a + word] = found

    def _put(self, op: MicroOp, here: Slots) -> None:
        self._plain([self._value(here, op.c)])
        given = [self._value(here, op.a + i if op.a >= 0 else op.a) for i in range(op.e)]
        for i in range(op.d * op.e):
            here[op.b + i] = self.renaming.joined(here[op.b + i], given[i % op.e])

    def _call(self, op: MicroOp, here: Slots) -> None:
        self._enter(op.a, self._run(here, op.b, op.c))
        width = self.program.codes[op.a].result.width
        if op.d >= 0 and width:
            here[op.d : op.d + width] = self.results.get(op.a, [ZERO] * width)

    def _return(self, number: int, found: Slots) -> None:
        known = self.results.get(number)
        if known is not None:
            found = list(map(self.renaming.joined, known, found))
        if found != known:
            self.results[number] = found
            self._changed = True

    def _choose(self, op: MicroOp, here: Slots) -> None:
        found = here[op.b]
        for kind in self._run(here, op.b, op.c):
            found = self.renaming.joined(found, kind)
        here[op.a] = found

    def _start(self, op: MicroOp, here: Slots) -> None:
        """A started function is out of sight: what it gets and gives must be plain."""
        self._plain(self._run(here, op.c, op.d))
        if op.kind == OpKind.GO:
            self._plain([self._value(here, op.e)])
        self._enter(op.b, [ANY] * op.d)
        self._plain(self.results.get(op.b, ()))
        if op.a >= 0:
            here[op.a] = ANY

    def _join_(self, op: MicroOp, here: Slots) -> None:
        self._plain([self._value(here, op.b)])
        if op.a >= 0:
            here[op.a : op.a + op.c] = [ANY] * op.c

    def _receive(self, op: MicroOp, here: Slots) -> None:
        self._touch("channel", self._value(here, op.c))
        self._received(here, op.a, op.d, op.b)

    def _received(self, here: Slots, slot: int, words: int, ok: int) -> None:
        if slot >= 0:
            here[slot : slot + words] = [ANY] * words
        if ok >= 0:
            here[ok] = TRUTH

    def _select(self, op: MicroOp, here: Slots) -> list[tuple[int, Slots]]:
        found = []
        for arm in self.program.selects[op.a].arms:
            there = list(here)
            if arm.kind in ("receive", "send"):
                self._touch("channel", self._value(here, arm.channel))
            if arm.kind == "receive":
                self._received(there, arm.value, arm.words, arm.ok)
            elif arm.kind == "send":
                self._plain(self._run(here, arm.value, arm.words))
            elif arm.kind == "after":
                self._plain([self._value(here, arm.value)])
            found.append((arm.target, there))
        return found

    def _assert(self, op: MicroOp, here: Slots) -> None:
        self._plain([self._value(here, op.a)])
        messages = self.program.messages
        for part in messages[op.b].parts if 0 <= op.b < len(messages) else ():
            if part.shape is not None and part.operand >= 0:
                self._plain(self._run(here, part.operand, part.shape.width))

    def _amount(self, op: MicroOp, here: Slots) -> None:
        """An amount of time: only whether it is negative matters, and the message names it."""
        kind = self._value(here, op.a)
        if not kind.is_plain:
            within = self.renaming.domain(kind)
            if kind.mixed or within is None or within[0] < 0:
                raise Unsuited

    def _free(self, op: MicroOp, here: Slots) -> None:
        """Nothing depends on the operands."""

    def _never(self, op: MicroOp, here: Slots) -> None:
        raise Unsuited

    # -- the end ------------------------------------------------------------------------------

    def _disjoint(self) -> None:
        """An object moves with one index in one way, or not at all."""
        for what, bases in self.moved.items():
            taken: set[int] = set(self.fixed[what])
            for base in bases:
                words = set(range(base, base + self.renaming.size))
                if words & taken:
                    raise Unsuited
                taken |= words

    def _live(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Per micro-op where somebody may stop: the slots that hold indices, and their bases."""
        found = {}
        for pc, slots in self.before.items():
            kinds = [(slot, slots[slot]) for slot in self.program.live.get(pc, ())]
            if any(kind.mixed for _, kind in kinds):
                raise Unsuited
            held = tuple((slot, kind.base) for slot, kind in kinds if kind.base is not None)
            if held:
                found[pc] = held
        return found

    def _same_at_start(self) -> None:
        """Every generator must leave the first state as it is, and alike what moves."""
        start = self.start
        for permutation in self.renaming.generators:
            for cell, value in enumerate(start):
                there = self.target("cell", cell, permutation)
                kind = self.content.get(cell, ANY)
                if kind.mixed or start[there] != self.renaming.renamed(kind, permutation, value):
                    raise Unsuited
        for what in sorted(MOVABLE - {"cell"}):
            for base in self.moved[what]:
                things = self.program.things[what][base : base + self.renaming.size]
                if len({(thing.amount, thing.options) for thing in things}) > 1:
                    raise Unsuited

    def target(self, what: str, number: int, permutation: tuple[int, ...]) -> int:
        """Where an object goes."""
        for base in self.moved.get(what, ()):
            if base <= number < base + self.renaming.size:
                return base + permutation[number - base]
        return number


Transfer = Callable[[Indices, MicroOp, Slots], None]
SPECIAL: dict[OpKind, Transfer] = {
    OpKind.MOVE: Indices._move,
    OpKind.COPY: Indices._copy,
    OpKind.INDEX: Indices._index,
    OpKind.GET: Indices._get,
    OpKind.PUT: Indices._put,
    OpKind.CALL: Indices._call,
    OpKind.CHOOSE: Indices._choose,
    OpKind.ASSERT: Indices._assert,
    OpKind.CHECK_AMOUNT: Indices._amount,
    OpKind.WORK: Indices._amount,
    OpKind.SLEEP: Indices._amount,
    OpKind.FETCH_ADD: Indices._fetch_add,
    OpKind.SWAP: Indices._swap,
    OpKind.CAS: Indices._cas,
    OpKind.WRITE: Indices._write,
    OpKind.STORE: Indices._write,
    OpKind.SPAWN: Indices._start,
    OpKind.GO: Indices._start,
    OpKind.ASYNC: Indices._never,
    OpKind.SELF: Indices._never,
    OpKind.JOIN: Indices._join_,
    OpKind.AWAIT: Indices._join_,
    OpKind.RECEIVE: Indices._receive,
    OpKind.PRINT: Indices._free,
    **dict.fromkeys(LOOKING, Indices._read),
}
__all__ = ["MIXED", "Group", "Indices"]
