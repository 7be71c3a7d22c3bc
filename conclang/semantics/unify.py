"""Making types equal: the heart of type inference.

A type that is not known yet is an `Unknown`, which gets a link once it is. `unify` makes two types
equal by setting links, or says that it cannot be done. After Hindley and Milner, without the
generalisation: every function has one type, which is what a newcomer can follow in a message.
"""

from __future__ import annotations

from conclang.semantics.types import (
    ERROR,
    INT,
    ArrayType,
    ChannelType,
    HandleType,
    TupleType,
    Type,
    Unknown,
)


def prune(kind: Type) -> Type:
    """The type itself, without links before it; long chains of links are made shorter."""
    while type(kind) is Unknown:
        link = kind.link
        if link is None:
            return kind
        if type(link) is Unknown and link.link is not None:
            kind.link = link.link
        kind = link
    return kind


def unify(left: Type, right: Type) -> bool:
    """Make two types equal, if possible. What was reported already fits everything."""
    left, right = prune(left), prune(right)
    if left is right or left is ERROR or right is ERROR:
        return True
    if isinstance(left, Unknown):
        return bind(left, right)
    if isinstance(right, Unknown):
        return bind(right, left)
    if type(left) is not type(right):
        return False
    if isinstance(left, ArrayType) and isinstance(right, ArrayType):
        return left.length == right.length and unify(left.item, right.item)
    if isinstance(left, ChannelType) and isinstance(right, ChannelType):
        return unify(left.item, right.item)
    if isinstance(left, HandleType) and isinstance(right, HandleType):
        return unify(left.result, right.result)
    if isinstance(left, TupleType) and isinstance(right, TupleType):
        if len(left.items) != len(right.items):
            return False
        pairs = zip(left.items, right.items, strict=True)
        return all(unify(one, other) for one, other in pairs)
    return left == right


def bind(unknown: Unknown, kind: Type) -> bool:
    """Say what an unknown type is, unless it would contain itself."""
    if occurs(unknown, kind):
        return False
    unknown.link = kind
    return True


def parts(kind: Type) -> tuple[Type, ...]:
    """The types that a type is made of."""
    if isinstance(kind, TupleType):
        return kind.items
    if isinstance(kind, ArrayType | ChannelType):
        return (kind.item,)
    if isinstance(kind, HandleType):
        return (kind.result,)
    return ()


def occurs(unknown: Unknown, kind: Type) -> bool:
    """Is an unknown type part of a type?"""
    inner = parts(kind)
    if not inner:
        return False
    seen: set[int] = set()
    stack = list(inner)
    while stack:
        part = prune(stack.pop())
        if part is unknown:
            return True
        if id(part) not in seen:
            seen.add(id(part))
            stack.extend(parts(part))
    return False


class Freezer:
    """Rebuilds types without unknowns. What nobody ever used is an integer."""

    def __init__(self) -> None:
        self.memo: dict[int, Type] = {}
        self.kept: list[Type] = []  # so that no id is reused while the memo lives

    def freeze(self, kind: Type) -> Type:
        """The final type."""
        kind = prune(kind)
        if isinstance(kind, Unknown):
            return INT
        if not parts(kind):
            return kind
        frozen = self.memo.get(id(kind))
        if frozen is None:
            frozen = self.rebuilt(kind)
            self.memo[id(kind)] = frozen
            self.kept.append(kind)
        return frozen

    def rebuilt(self, kind: Type) -> Type:
        match kind:
            case TupleType(items):
                return TupleType(tuple([self.freeze(item) for item in items]))
            case ArrayType(item, length):
                return ArrayType(self.freeze(item), length)
            case HandleType(result):
                return HandleType(self.freeze(result))
            case ChannelType(item):
                return ChannelType(self.freeze(item))
        return kind
