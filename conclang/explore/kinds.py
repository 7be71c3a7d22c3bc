"""What a value may be when threads change places: plain, or the index of a thread.

A group of threads made by `thread w[i in 0..N]` has members 0..N-1, and a permutation of them
renames every value that stands for a member. An *index* with base b stands for member k as b + k;
all its other values stand for nobody and stay what they are (-1 for "none"). A *plain* value never
changes. What is either, depending on how one got here, is *mixed*: nobody may look at it.

Whether an operation respects the renaming is found by trying: for every value that the operands can
have and every generator of the group, the result of the renamed values must be the renamed result
(or the same one: then it is plain). So `i == j` is plain under all permutations, `(i + 1) % N` is
an index under the rotations of a ring only, `1 - i` under the exchange of two, and `i < j` neither.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from conclang.ir.ops import OpKind

FEW = 8
"""So many values of a plain slot are remembered; beyond that it may have any."""
MOST_TRIED = 4096
"""Combinations of operands that are tried; beyond that the operation does not qualify."""
FAULT = None
Permutation = tuple[int, ...]


class Unsuited(Exception):
    """The program tells the threads apart."""


class Kind(NamedTuple):
    """What a slot or cell may hold. `base` None: plain; `values` None: any.

    Of an index `values` are those that stand for no member.
    """

    base: int | None
    values: frozenset[int] | None
    mixed: bool = False

    @property
    def is_plain(self) -> bool:
        return self.base is None and not self.mixed

    @property
    def is_index(self) -> bool:
        return self.base is not None


ANY = Kind(None, None)
MIXED = Kind(None, None, True)
TRUTH = Kind(None, frozenset({0, 1}))


def plain(*values: int) -> Kind:
    return Kind(None, frozenset(values))


def index(base: int) -> Kind:
    return Kind(base, frozenset())


def _divided(a: int, b: int) -> int | None:
    return FAULT if b == 0 else a // b


def _rest(a: int, b: int) -> int | None:
    return FAULT if b == 0 else a % b


OPERATIONS: dict[OpKind, Callable[..., int | None]] = {
    OpKind.ADD: lambda a, b: a + b,
    OpKind.SUB: lambda a, b: a - b,
    OpKind.MUL: lambda a, b: a * b,
    OpKind.DIV: _divided,
    OpKind.MOD: _rest,
    OpKind.NEG: lambda a: -a,
    OpKind.NOT: lambda a: int(not a),
    OpKind.EQ: lambda a, b: int(a == b),
    OpKind.NE: lambda a, b: int(a != b),
    OpKind.LT: lambda a, b: int(a < b),
    OpKind.LE: lambda a, b: int(a <= b),
    OpKind.MIN: min,
    OpKind.MAX: max,
    OpKind.ABS: abs,
}
TESTS = frozenset({OpKind.NOT, OpKind.EQ, OpKind.NE, OpKind.LT, OpKind.LE})


class Renaming:
    """Kinds under the permutations that some generators make."""

    def __init__(self, size: int, generators: Sequence[Permutation]) -> None:
        self.size = size
        self.generators = tuple(generators)
        self._known: dict[tuple[OpKind, tuple[Kind, ...]], Kind] = {}

    def stands(self, base: int, value: int) -> bool:
        """Does the value of an index stand for a member?"""
        return base <= value < base + self.size

    def renamed(self, kind: Kind, permutation: Permutation, value: int) -> int:
        """A value after the members have changed places."""
        if kind.base is None or not self.stands(kind.base, value):
            return value
        return kind.base + permutation[value - kind.base]

    def joined(self, one: Kind, two: Kind) -> Kind:
        """What may be the one or the other."""
        if one == two:
            return one
        if one.mixed or two.mixed:
            return MIXED
        if one.is_plain and two.is_plain:
            return _either(one, two)
        if one.is_index and two.is_index:
            if one.base != two.base or one.values is None or two.values is None:
                return MIXED
            return Kind(one.base, one.values | two.values)
        known, other = (one, two) if one.is_index else (two, one)
        assert known.base is not None and known.values is not None
        if other.values is None or any(self.stands(known.base, v) for v in other.values):
            return MIXED
        return Kind(known.base, known.values | other.values)

    def result(self, operation: OpKind, kinds: tuple[Kind, ...]) -> Kind:
        """What an operation makes of such operands."""
        key = operation, kinds
        if key not in self._known:
            self._known[key] = self._result(operation, kinds)
        return self._known[key]

    def _result(self, operation: OpKind, kinds: tuple[Kind, ...]) -> Kind:
        if any(kind.mixed for kind in kinds):
            raise Unsuited
        domains = [self.domain(kind) for kind in kinds]
        count = 1
        for domain in domains:
            count *= MOST_TRIED + 1 if domain is None else len(domain)
        if all(kind.is_plain for kind in kinds):
            if count > FEW * FEW:
                return TRUTH if operation in TESTS else ANY
        elif count > MOST_TRIED:
            raise Unsuited
        work = OPERATIONS[operation]
        rows = {given: work(*given) for given in product(*(domain or () for domain in domains))}
        if all(kind.is_plain for kind in kinds):
            return _several({r for r in rows.values() if r is not None})
        return self._tried(kinds, rows)

    def domain(self, kind: Kind) -> list[int] | None:
        """All values, in order."""
        if kind.values is None:
            return None
        members = () if kind.base is None else range(kind.base, kind.base + self.size)
        return sorted({*kind.values, *members})

    def _tried(self, kinds: tuple[Kind, ...], rows: dict[tuple[int, ...], int | None]) -> Kind:
        """The kind of the results, if there is one that all generators respect."""
        moved = [
            (row, rows[tuple(map(self.renamed, kinds, [p] * len(kinds), given))], p)
            for given, row in rows.items()
            for p in self.generators
        ]
        if all(row == image for row, image, _ in moved):
            return _several({row for row in rows.values() if row is not None})
        inner = [row for given, row in rows.items() if row is not None and self._all(kinds, given)]
        if not inner:
            raise Unsuited
        found = index(min(inner))
        for row, image, permutation in moved:
            if image != (row if row is None else self.renamed(found, permutation, row)):
                raise Unsuited
        others = {row for row in rows.values() if row is not None}
        assert found.base is not None
        base = found.base
        return Kind(base, frozenset(row for row in others if not self.stands(base, row)))

    def _all(self, kinds: tuple[Kind, ...], given: tuple[int, ...]) -> bool:
        """Does every index among the operands stand for a member?"""
        return all(
            kind.base is None or self.stands(kind.base, value)
            for kind, value in zip(kinds, given, strict=True)
        )


def _either(one: Kind, two: Kind) -> Kind:
    if one.values is None or two.values is None:
        return ANY
    both = one.values | two.values
    return Kind(None, both) if len(both) <= max(FEW, len(one.values), len(two.values)) else ANY


def _several(values: set[int]) -> Kind:
    return Kind(None, frozenset(values)) if len(values) <= FEW else ANY
