"""Which writes rest on which reads: data and control dependence over the micro-ops.

Data: for every slot at every micro-op the set of reads whose values may be in it, by iteration to a
fixed point (Kildall, POPL 1973), through calls and returns without telling callers apart. Control:
a micro-op depends on a branch that decides whether it is reached (Ferrante, Ottenstein, Warren,
TOPLAS 1987, over post-dominators); inside a function also on what decides the call. What a branch
tests may itself have been decided (`if balance >= 100 { enough = true }`), so for decisions the
value of an assignment also rests on what decides whether it is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Code, MicroOp, Program

Reads = frozenset[int]
NONE: Reads = frozenset()
READING = frozenset({OpKind.READ, OpKind.LOAD, OpKind.FETCH_ADD, OpKind.SWAP})
PLAIN_WRITES = frozenset({OpKind.WRITE, OpKind.STORE})
WRITING = PLAIN_WRITES | {OpKind.FETCH_ADD, OpKind.SWAP, OpKind.CAS}
CHANGING = READING | {OpKind.COPY, OpKind.PUT, OpKind.CALL, OpKind.RETURN}
"""What does more to the slots than to put a value into the one that it names first."""
OFTEN = 4096
"""Micro-ops looked at between two looks at the clock; small programs are always looked at whole."""
TASKS = frozenset({OpKind.GO, OpKind.ASYNC})
PAUSES = frozenset({OpKind.SLEEP, OpKind.IO})
"""Local to a thread; a task lets others run here."""
STARTING = frozenset({OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
UNKNOWN = -1


class Flow:
    """The dependences of one program."""

    def __init__(
        self,
        program: Program,
        decided: dict[int, Reads] | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.program = program
        self.check = check  # is asked now and then whether there is time to go on
        self._ticks = 0
        self.decided = decided or {}  # per assignment what else its value rests on
        self.slots: dict[int, dict[int, Reads]] = {}
        self.arguments: dict[int, dict[int, Reads]] = defaultdict(dict)
        self.results: dict[int, Reads] = defaultdict(frozenset)
        self._stale = set(range(len(program.codes)))  # codes to be looked at (again)
        self._callers: dict[int, set[int]] = defaultdict(set)
        while self._stale:
            for number in sorted(self._stale):
                self._stale.discard(number)
                self._iterate(number, program.codes[number])

    # -- data -----------------------------------------------------------------------------------

    def _iterate(self, number: int, code: Code) -> None:
        """One code to its fixed point; whoever sees something of it that has changed is stale."""
        open_ = [code.entry]
        self._join(code.entry, self.arguments[number])
        seen: set[int] = set()
        while open_:
            self._tick()
            pc = open_.pop()
            after = self._after(number, pc)
            for there in followers(self.program, pc):
                if self._join(there, after) or there not in seen:
                    seen.add(there)
                    open_.append(there)

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % OFTEN == 0:
            self.check()

    def _join(self, pc: int, incoming: dict[int, Reads]) -> bool:
        """What is known of a place, enlarged. Places share what they know: it is never changed."""
        here = self.slots.get(pc)
        if here is None:
            self.slots[pc] = incoming
            return bool(incoming)
        if here is incoming:
            return False
        more = {
            slot: here.get(slot, NONE) | reads
            for slot, reads in incoming.items()
            if not reads <= here.get(slot, NONE)
        }
        if more:
            self.slots[pc] = here | more
        return bool(more)

    def _after(self, number: int, pc: int) -> dict[int, Reads]:
        op, known = self.program.ops[pc], self.slots.get(pc, {})
        if op.kind not in CHANGING and (op.a < 0 or not OPS[op.kind].roles.startswith("s")):
            return known
        here = dict(known)
        if op.kind in READING:
            here[op.a] = frozenset({pc})
        elif op.kind == OpKind.COPY:
            moved = [here.get(op.b + i, NONE) for i in range(op.c)]
            here |= {op.a + i: reads for i, reads in enumerate(moved)}
        elif op.kind == OpKind.PUT:
            stored = self._range(here, op.a, op.e)
            here |= {op.b + i: here.get(op.b + i, NONE) | stored for i in range(op.d * op.e)}
        elif op.kind == OpKind.CALL:
            self._call(number, op, here)
        elif op.kind == OpKind.RETURN:
            self._return(number, self._range(here, op.a, op.b) | self.decided.get(pc, NONE))
        elif OPS[op.kind].roles.startswith("s") and op.a >= 0 and op.kind not in STARTING:
            width = op.e if op.kind == OpKind.GET else 1
            reads = NONE if OPS[op.kind].visible else self._sources(op, here)
            reads |= self.decided.get(pc, NONE)
            here |= dict.fromkeys(range(op.a, op.a + max(width, 1)), reads)
        return here

    def _call(self, number: int, op: MicroOp, here: dict[int, Reads]) -> None:
        self._callers[op.a].add(number)
        entry, more = self.arguments[op.a], {}
        for i in range(op.c):
            reads = here.get(op.b + i, NONE)
            if i not in entry or not reads <= entry[i]:
                more[i] = entry.get(i, NONE) | reads
        if more:
            self.arguments[op.a] = entry | more
            self._stale.add(op.a)
        for i in range(self.program.codes[op.a].result.width):
            if op.d >= 0:
                here[op.d + i] = self.results[op.a]

    def _return(self, number: int, reads: Reads) -> None:
        if not reads <= self.results[number]:
            self.results[number] |= reads
            self._stale |= self._callers[number]

    def _sources(self, op: MicroOp, here: dict[int, Reads]) -> Reads:
        found = NONE
        for role, operand in zip(OPS[op.kind].roles[1:], (op.b, op.c, op.d, op.e), strict=True):
            if role == "v" and operand >= 0:
                found |= here.get(operand, NONE)
            elif role == "w":
                count = op.d * op.e if op.kind == OpKind.GET else op.c
                found |= self._range(here, operand, count)
        return found

    def _range(self, here: dict[int, Reads], first: int, count: int) -> Reads:
        return frozenset().union(*(here.get(first + i, NONE) for i in range(count)))

    def value(self, pc: int) -> Reads:
        """The reads whose values are in what a write writes."""
        op = self.program.ops[pc]
        operand = op.b if op.kind in PLAIN_WRITES else op.c if op.kind == OpKind.SWAP else -1
        return self.slots.get(pc, {}).get(operand, NONE) if operand >= 0 else NONE

    # -- control --------------------------------------------------------------------------------

    @cached_property
    def branches(self) -> dict[int, frozenset[int]]:
        """Per micro-op all branches that decide whether it is reached."""
        direct: dict[int, set[int]] = {}
        for code in self.program.codes:
            direct |= _deciding(self.program, code)
        calls: dict[int, list[int]] = defaultdict(list)
        for pc, op in enumerate(self.program.ops):
            if op.kind == OpKind.CALL:
                calls[op.a].append(pc)
        for number, code in enumerate(self.program.codes):
            for pc in range(code.entry, code.end) if calls[number] else ():
                direct[pc] |= {-1 - call for call in calls[number]}
        return {pc: _closure(direct, pc) for pc in direct}

    @cached_property
    def with_decisions(self) -> Flow:
        """The same where assignments also rest on what decides about them."""
        return Flow(self.program, self._reads_of_branches(self), self.check)

    @cached_property
    def control(self) -> dict[int, Reads]:
        """Per micro-op the reads that decide whether it is reached."""
        return self._reads_of_branches(self.with_decisions)

    def _reads_of_branches(self, flow: Flow) -> dict[int, Reads]:
        return {
            pc: frozenset().union(*(flow.condition(branch) for branch in branches))
            for pc, branches in self.branches.items()
        }

    def condition(self, branch: int) -> Reads:
        """The reads that a branch tests."""
        operand = self.program.ops[branch].a
        return self.slots.get(branch, {}).get(operand, NONE) if operand >= 0 else NONE

    def compared(self, write: int, one: int, two: int) -> bool:
        """Does a branch that decides about a write compare the values of two reads?"""
        return any({one, two} <= self.condition(branch) for branch in self.branches[write])

    # -- windows --------------------------------------------------------------------------------

    @cached_property
    def last_visible(self) -> dict[int, frozenset[int]]:
        """Per micro-op what others can see of the thread right before it; UNKNOWN: out of sight."""
        found: dict[int, frozenset[int]] = {}
        pauses = PAUSES if any(op.kind in TASKS for op in self.program.ops) else frozenset()
        for code in self.program.codes:
            open_ = [(code.entry, frozenset({UNKNOWN}))]
            while open_:
                self._tick()
                pc, last = open_.pop()
                here = found.get(pc, frozenset())
                if last <= here:
                    continue
                found[pc] = here | last
                op = self.program.ops[pc]
                if OPS[op.kind].visible and op.kind != OpKind.PAUSE:
                    onward = frozenset({pc})
                else:
                    unsure = op.kind == OpKind.CALL or op.kind in pauses
                    onward = frozenset({UNKNOWN}) if unsure else found[pc]
                open_ += [(there, onward) for there in followers(self.program, pc)]
        return found

    @cached_property
    def immediate(self) -> tuple[int, ...]:
        """Writes that always come right after the read of the same cell they rest on."""
        found = []
        for pc, op in enumerate(self.program.ops):
            self._tick()
            if op.kind not in PLAIN_WRITES:
                continue
            last = self.last_visible.get(pc, frozenset())
            if self._written_in_blocks(op.a):
                continue
            if last and last <= self.value(pc) and all(self._same(r, pc) for r in last):
                found.append(pc)
        return tuple(found)

    def _written_in_blocks(self, cell: int) -> bool:
        """May an indivisible block write this cell?"""
        writes = [self.program.ops[pc] for pc in self.in_blocks]
        places = [cell_operand(op) for op in writes if op.kind in WRITING]
        return any(place == cell or place >= 0 or cell >= 0 for place in places)

    @cached_property
    def blocks(self) -> dict[int, frozenset[int]]:
        """Per indivisible block the micro-ops that it may run."""
        found = {}
        for pc, op in enumerate(self.program.ops):
            if op.kind == OpKind.ATOMIC:
                found[pc] = _inside(self.program, pc)
        return found

    @cached_property
    def in_blocks(self) -> frozenset[int]:
        """All micro-ops in indivisible blocks."""
        return frozenset().union(*self.blocks.values())

    def _same(self, read: int, write: int) -> bool:
        one, two = self.program.ops[read], self.program.ops[write]
        return one.b == two.a and one.kind in (OpKind.READ, OpKind.LOAD)

    def rests(self, write: int, by_control: bool) -> Reads:
        """The reads a write rests on."""
        reads = self.value(write)
        return reads | self.control.get(write, NONE) if by_control else reads

    @cached_property
    def semaphores(self) -> dict[int, frozenset[int]]:
        """Per micro-op the semaphores of one unit that are certainly held there, as locks."""
        single = {i for i, s in enumerate(self.program.things["semaphore"]) if s.amount == 1}
        found: dict[int, frozenset[int]] = {}
        for code in self.program.codes if single else ():
            open_: list[tuple[int, frozenset[int]]] = [(code.entry, frozenset())]
            while open_:
                pc, held = open_.pop()
                here = found[pc] & held if pc in found else held
                if pc in found and here == found[pc]:
                    continue
                found[pc] = here
                op = self.program.ops[pc]
                if op.kind in (OpKind.DOWN, OpKind.UP) and op.a < 0:
                    which = frozenset({self.program.constants[~op.a]}) & single
                    here = here | which if op.kind == OpKind.DOWN else here - which
                open_ += [(there, here) for there in followers(self.program, pc)]
        return found


def cell_operand(op: MicroOp) -> int:
    """The operand that says which cell a micro-op reads or writes."""
    return op.a if op.kind in PLAIN_WRITES else op.b


def _inside(program: Program, block: int) -> frozenset[int]:
    """What may run from the begin of an indivisible block to its end."""
    found: set[int] = set()
    open_ = [block + 1]
    while open_:
        pc = open_.pop()
        if pc in found:
            continue
        found.add(pc)
        op = program.ops[pc]
        if op.kind == OpKind.CALL:
            open_.append(program.codes[op.a].entry)
        if op.kind != OpKind.ATOMIC_END:
            open_ += followers(program, pc)
    return frozenset(found)


def _closure(direct: dict[int, set[int]], pc: int) -> frozenset[int]:
    """The branches that decide about a micro-op, and about those, and about its calls."""
    found: set[int] = set()
    open_, calls = [pc], set()
    while open_:
        for branch in direct[open_.pop()]:
            if branch < 0 and branch not in calls:
                calls.add(branch)
                open_.append(-1 - branch)
            elif branch >= 0 and branch not in found:
                found.add(branch)
                open_.append(branch)
    return frozenset(found)


def _deciding(program: Program, code: Code) -> dict[int, set[int]]:
    """Per micro-op of a code the branches that decide whether it is reached."""
    pcs = range(code.entry, code.end)
    after = _post_dominators(program, code)
    found: dict[int, set[int]] = {pc: set() for pc in pcs}
    for branch in pcs:
        if program.ops[branch].kind != OpKind.BRANCH:
            continue
        strict = after[branch] & ~(1 << (branch - code.entry))
        for there in followers(program, branch):
            rest = after[there] & ~strict
            while rest:
                found[code.entry + (rest & -rest).bit_length() - 1].add(branch)
                rest &= rest - 1
    return found


def _post_dominators(program: Program, code: Code) -> dict[int, int]:
    """Per micro-op, as bits, what every way from it to the end passes."""
    pcs = range(code.entry, code.end)
    everything = (1 << len(pcs)) - 1
    after = dict.fromkeys(pcs, everything)
    changed = True
    while changed:
        changed = False
        for pc in reversed(pcs):
            there = [after[t] for t in followers(program, pc)]
            bits = everything if there else 0
            for more in there:
                bits &= more
            bits |= 1 << (pc - code.entry)
            if bits != after[pc]:
                after[pc] = bits
                changed = True
    return after
