"""Which writes rest on which reads: data and control dependence over the micro-ops.

Data: for every slot at every micro-op the set of reads whose values may be in it, by iteration to a
fixed point (Kildall, POPL 1973), through calls and returns without telling callers apart. Control:
a micro-op depends on a branch that decides whether it is reached (Ferrante, Ottenstein, Warren,
TOPLAS 1987, over post-dominators); inside a function also on what decides the call.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from conclang.explore.loops import followers
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Code, MicroOp, Program

Reads = frozenset[int]
NONE: Reads = frozenset()
READING = frozenset({OpKind.READ, OpKind.LOAD, OpKind.FETCH_ADD, OpKind.SWAP})
PLAIN_WRITES = frozenset({OpKind.WRITE, OpKind.STORE})
WRITING = PLAIN_WRITES | {OpKind.FETCH_ADD, OpKind.SWAP, OpKind.CAS}
STARTING = frozenset({OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
UNKNOWN = -1


class Flow:
    """The dependences of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.slots: dict[int, dict[int, Reads]] = {}
        self.arguments: dict[int, dict[int, Reads]] = defaultdict(dict)
        self.results: dict[int, Reads] = defaultdict(frozenset)
        changed = True
        while changed:
            changed = False
            for number, code in enumerate(program.codes):
                changed |= self._iterate(number, code)

    # -- data -----------------------------------------------------------------------------------

    def _iterate(self, number: int, code: Code) -> bool:
        """One code to its fixed point; True if what others see of it has changed."""
        before = (dict(self.results), {k: dict(v) for k, v in self.arguments.items()})
        open_ = [code.entry]
        self._join(code.entry, self.arguments[number])
        seen: set[int] = set()
        while open_:
            pc = open_.pop()
            after = self._after(number, pc)
            for there in followers(self.program, pc):
                if self._join(there, after) or there not in seen:
                    seen.add(there)
                    open_.append(there)
        return before != (dict(self.results), dict(self.arguments))

    def _join(self, pc: int, incoming: dict[int, Reads]) -> bool:
        here = self.slots.setdefault(pc, {})
        changed = False
        for slot, reads in incoming.items():
            if not reads <= here.get(slot, NONE):
                here[slot] = here.get(slot, NONE) | reads
                changed = True
        return changed

    def _after(self, number: int, pc: int) -> dict[int, Reads]:
        op, here = self.program.ops[pc], dict(self.slots.get(pc, {}))
        if op.kind in READING:
            here[op.a] = frozenset({pc})
        elif op.kind == OpKind.COPY:
            moved = [here.get(op.b + i, NONE) for i in range(op.c)]
            here |= {op.a + i: reads for i, reads in enumerate(moved)}
        elif op.kind == OpKind.PUT:
            stored = self._range(here, op.a, op.e)
            here |= {op.b + i: here.get(op.b + i, NONE) | stored for i in range(op.d * op.e)}
        elif op.kind == OpKind.CALL:
            self._call(op, here)
        elif op.kind == OpKind.RETURN:
            self.results[number] |= self._range(here, op.a, op.b)
        elif OPS[op.kind].roles.startswith("s") and op.a >= 0 and op.kind not in STARTING:
            width = op.e if op.kind == OpKind.GET else 1
            reads = NONE if OPS[op.kind].visible else self._sources(op, here)
            here |= dict.fromkeys(range(op.a, op.a + max(width, 1)), reads)
        return here

    def _call(self, op: MicroOp, here: dict[int, Reads]) -> None:
        entry = self.arguments[op.a]
        for i in range(op.c):
            entry[i] = entry.get(i, NONE) | here.get(op.b + i, NONE)
        for i in range(self.program.codes[op.a].result.width):
            if op.d >= 0:
                here[op.d + i] = self.results[op.a]

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
        operand = op.b if op.kind in PLAIN_WRITES else op.c
        return self.slots.get(pc, {}).get(operand, NONE) if operand >= 0 else NONE

    # -- control --------------------------------------------------------------------------------

    @cached_property
    def control(self) -> dict[int, Reads]:
        """Per micro-op the reads that decide whether it is reached."""
        branches: dict[int, set[int]] = {}
        for code in self.program.codes:
            branches |= _deciding(self.program, code)
        calls: dict[int, list[int]] = defaultdict(list)
        for pc, op in enumerate(self.program.ops):
            if op.kind == OpKind.CALL:
                calls[op.a].append(pc)
        code_of = {
            pc: number
            for number, code in enumerate(self.program.codes)
            for pc in range(code.entry, code.end)
        }
        found: dict[int, Reads] = dict.fromkeys(branches, NONE)
        changed = True
        while changed:
            changed = False
            for pc, deciders in branches.items():
                reads = found[pc]
                for branch in deciders:
                    reads |= self._condition(branch) | found[branch]
                for call in calls[code_of[pc]]:
                    reads |= found[call]
                if reads != found[pc]:
                    found[pc] = reads
                    changed = True
        return found

    def _condition(self, branch: int) -> Reads:
        operand = self.program.ops[branch].a
        return self.slots.get(branch, {}).get(operand, NONE) if operand >= 0 else NONE

    # -- windows --------------------------------------------------------------------------------

    @cached_property
    def last_visible(self) -> dict[int, frozenset[int]]:
        """Per micro-op the steps that may come right before it; UNKNOWN: out of sight."""
        found: dict[int, frozenset[int]] = {}
        for code in self.program.codes:
            open_ = [(code.entry, frozenset({UNKNOWN}))]
            while open_:
                pc, last = open_.pop()
                here = found.get(pc, frozenset())
                if last <= here:
                    continue
                found[pc] = here | last
                op = self.program.ops[pc]
                if OPS[op.kind].visible:
                    onward = frozenset({pc})
                else:
                    onward = frozenset({UNKNOWN}) if op.kind == OpKind.CALL else found[pc]
                open_ += [(there, onward) for there in followers(self.program, pc)]
        return found

    @cached_property
    def immediate(self) -> tuple[int, ...]:
        """Writes that always come right after the read of the same cell they rest on."""
        found = []
        for pc, op in enumerate(self.program.ops):
            if op.kind not in PLAIN_WRITES:
                continue
            last = self.last_visible.get(pc, frozenset())
            if last and last <= self.value(pc) and all(self._same(r, pc) for r in last):
                found.append(pc)
        return tuple(found)

    def _same(self, read: int, write: int) -> bool:
        one, two = self.program.ops[read], self.program.ops[write]
        return one.b == two.a and one.kind in (OpKind.READ, OpKind.LOAD)

    def rests(self, write: int, by_control: bool) -> Reads:
        """The reads a write rests on."""
        reads = self.value(write)
        return reads | self.control.get(write, NONE) if by_control else reads


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
            for pc in pcs:
                if rest >> (pc - code.entry) & 1:
                    found[pc].add(branch)
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
