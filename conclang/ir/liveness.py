"""Which slots may still be read: backward data flow over one code.

The classic equations (Kildall 1973): live-in = uses ∪ (live-out − definitions), joined by union
over the successors, iterated to the fixed point. Sets of slots are Python integers used as bit
sets, so a join is one `|`. What a micro-op uses and defines comes from its roles in the OPS table
and, for runs of words, from `_READ_RUNS` and `_WRITE_RUNS`, which alone know how long each is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import MicroOp, Select, Template

_K = OpKind

# Runs of words: kind -> [(operand letter, length)], for slots read and slots written.
_Length = Callable[[MicroOp], int]
_READ_RUNS: dict[OpKind, tuple[tuple[str, _Length], ...]] = {
    _K.COPY: (("b", lambda op: op.c),),
    _K.GET: (("b", lambda op: op.d * op.e),),
    _K.PUT: (("b", lambda op: op.d * op.e), ("a", lambda op: op.e)),
    _K.CALL: (("b", lambda op: op.c),),
    _K.RETURN: (("a", lambda op: op.b),),
    _K.CHOOSE: (("b", lambda op: op.c),),
    _K.VERDICT: (("a", lambda op: op.b),),
    _K.SEND: (("b", lambda op: op.c),),
    _K.SPAWN: (("c", lambda op: op.d),),
    _K.GO: (("c", lambda op: op.d),),
    _K.ASYNC: (("c", lambda op: op.d),),
}
_WRITE_RUNS: dict[OpKind, tuple[str, _Length]] = {
    _K.COPY: ("a", lambda op: op.c),
    _K.GET: ("a", lambda op: op.e),
    _K.CALL: ("d", lambda op: op.e),
    _K.RECEIVE: ("a", lambda op: op.d),
    _K.JOIN: ("a", lambda op: op.c),
    _K.AWAIT: ("a", lambda op: op.c),
}
_LEAVES = frozenset((_K.RETURN, _K.END, _K.VERDICT))


def _run(first: int, length: int) -> int:
    """The bit set of `length` slots from `first`; empty for a constant or a dropped result."""
    return ((1 << length) - 1) << first if first >= 0 and length > 0 else 0


class _Tables:
    """Operands that live in the program's side tables: templates and selects."""

    def __init__(
        self, selects: Sequence[Select], templates: Sequence[Template], messages: Sequence[Template]
    ) -> None:
        self.selects, self.templates, self.messages = selects, templates, messages

    def uses(self, op: MicroOp) -> int:
        if op.kind == _K.PRINT:
            return self._template(self.templates[op.a])
        if op.kind == _K.ASSERT and op.b >= 0:
            return self._template(self.messages[op.b])
        if op.kind == _K.SELECT:
            return self._select(self.selects[op.a])
        return 0

    @staticmethod
    def _template(template: Template) -> int:
        bits = 0
        for part in template.parts:
            if part.shape is not None:
                bits |= _run(part.operand, part.shape.width)
        return bits

    @staticmethod
    def _select(select: Select) -> int:
        bits = 0
        for arm in select.arms:
            if arm.kind in ("send", "receive"):
                bits |= _run(arm.channel, 1)
            if arm.kind == "send":
                bits |= _run(arm.value, arm.words)
            elif arm.kind == "after":
                bits |= _run(arm.value, 1)
        return bits


def _uses(op: MicroOp) -> int:
    bits = 0
    for letter, role in zip("abcde", OPS[op.kind].roles, strict=True):
        if role == "v":
            bits |= _run(getattr(op, letter), 1)
    for letter, length in _READ_RUNS.get(op.kind, ()):
        bits |= _run(getattr(op, letter), length(op))
    return bits


def _definitions(op: MicroOp) -> int:
    run = _WRITE_RUNS.get(op.kind)
    bits = _run(getattr(op, run[0]), run[1](op)) if run else 0
    for letter, role in zip("abcde", OPS[op.kind].roles, strict=True):
        if role == "s" and not (run and run[0] == letter):
            bits |= _run(getattr(op, letter), 1)
    return bits


class Liveness:
    """Live slots before each micro-op of one code."""

    def __init__(self, ops: Sequence[MicroOp], entry: int, end: int, tables: _Tables) -> None:
        self._ops, self._entry, self._end, self._tables = ops, entry, end, tables
        self._uses = [_uses(op) | tables.uses(op) for op in ops[entry:end]]
        self._defs = [_definitions(op) for op in ops[entry:end]]
        self._in = [0] * (end - entry)
        self._solve()

    def _after(self, pc: int) -> int:
        """Live-out of the op at pc."""
        op = self._ops[pc]
        if op.kind in _LEAVES:
            return 0
        if op.kind == _K.SELECT:
            return self._after_select(self._tables.selects[op.a])
        if op.kind == _K.JUMP:
            return self.before(op.a)
        if op.kind == _K.BRANCH:
            return self.before(op.b) | self.before(op.c)
        return self.before(pc + 1)

    def _after_select(self, select: Select) -> int:
        bits = 0
        for arm in select.arms:
            written = 0
            if arm.kind == "receive":
                written = _run(arm.value, arm.words) | _run(arm.ok, 1)
            bits |= self.before(arm.target) & ~written
        return bits

    def _solve(self) -> None:
        """Rounds from the last op to the first until nothing changes; loops nest shallowly, so a
        few rounds are enough in practice and the number of slots bounds them in any case."""
        changed = True
        while changed:
            changed = False
            for pc in range(self._end - 1, self._entry - 1, -1):
                at = pc - self._entry
                bits = self._uses[at] | (self._after(pc) & ~self._defs[at])
                if bits != self._in[at]:
                    self._in[at], changed = bits, True

    def before(self, pc: int) -> int:
        at = pc - self._entry
        return self._in[at] if 0 <= at < len(self._in) else 0

    def stops(self) -> dict[int, tuple[int, ...]]:
        """The `live` entries of this code (see `ir.program`)."""
        found: dict[int, tuple[int, ...]] = {}
        for pc in range(self._entry, self._end):
            op = self._ops[pc]
            if OPS[op.kind].visible or op.kind in (_K.SLEEP, _K.IO, _K.WORK, _K.YIELD):
                found[pc] = _slots(self.before(pc))
            if op.kind == _K.BARRIER_WAIT:
                found[pc + 1] = _slots(self.before(pc + 1))
            if op.kind == _K.CALL:
                found[pc] = _slots(self._after(pc) & ~self._defs[pc - self._entry])
        return found


def _slots(bits: int) -> tuple[int, ...]:
    slots = []
    while bits:
        low = bits & -bits
        slots.append(low.bit_length() - 1)
        bits ^= low
    return tuple(slots)


def live_slots(
    ops: Sequence[MicroOp],
    spans: Sequence[tuple[int, int]],
    selects: Sequence[Select],
    templates: tuple[Sequence[Template], Sequence[Template]],
) -> dict[int, tuple[int, ...]]:
    """`Program.live` for all codes; `spans` are their (entry, end), `templates` those of print and
    of assert."""
    tables = _Tables(selects, *templates)
    found: dict[int, tuple[int, ...]] = {}
    for entry, end in spans:
        found.update(Liveness(ops, entry, end, tables).stops())
    return found
