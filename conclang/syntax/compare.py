"""Are two trees the same but for where they stand?"""

from __future__ import annotations

from conclang.record import fields
from conclang.syntax.nodes import Node

_CONTENT: dict[str, tuple[str, ...]] = {}


def content(node: Node) -> tuple[str, ...]:
    """The fields of a node that say what was written (not `id` and `span`)."""
    kind = type(node).__name__
    if kind not in _CONTENT:
        _CONTENT[kind] = tuple(f for f in fields(type(node)) if f not in ("id", "span"))
    return _CONTENT[kind]


def same_tree(a: object, b: object) -> bool:
    """Equal in all but ids and spans; an explicit stack, since trees may be deep."""
    return first_difference(a, b) is None


def first_difference(a: object, b: object) -> tuple[object, object] | None:
    """The first two parts that differ (for messages of tests), or None."""
    stack = [(a, b)]
    while stack:
        x, y = stack.pop()
        if type(x) is not type(y):
            return x, y
        if isinstance(x, Node):
            stack.extend((getattr(x, f), getattr(y, f)) for f in reversed(content(x)))
        elif isinstance(x, tuple) and isinstance(y, tuple):
            if len(x) != len(y):
                return x, y
            stack.extend(reversed(list(zip(x, y, strict=True))))
        elif x != y:
            return x, y
    return None
