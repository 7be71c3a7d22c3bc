"""Frozen, slotted, printable records: what walks between the rooms.

`@record` makes of a class with annotated fields what `@dataclass(frozen=True, slots=True)` would,
at a sixth of the time at import: one generated function a class (`__init__`), the rest shared.
The difference is felt because every command starts by making about two hundred of these classes.
Type checkers see dataclasses. Defaults must be immutable.

With `eq=False` records compare by identity (tree nodes, symbols).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
C = TypeVar("C", bound=type)


class FrozenRecordError(AttributeError):
    """Somebody tried to change a record."""


@overload
def record(cls: C) -> C: ...
@overload
def record(*, eq: bool = True) -> Callable[[C], C]: ...
@dataclass_transform(frozen_default=True, eq_default=True)
def record(cls: Any = None, *, eq: bool = True) -> Any:
    """Make a class a record; see the essay above."""
    if cls is None:
        return lambda later: _make(later, eq)
    return _make(cls, eq)


def fields(made: type) -> tuple[str, ...]:
    """The names of a record's fields, inherited ones first."""
    return made.__match_args__  # type: ignore[attr-defined,no-any-return]


def replace(old: T, **changes: Any) -> T:
    """A copy with some fields changed."""
    made = type(old)
    values = {name: getattr(old, name) for name in fields(made)}
    return made(**(values | changes))


def _make(cls: type, eq: bool) -> type:
    content = dict(cls.__dict__)
    own = list(content.get("__annotations__", ()))
    inherited = [name for base in cls.__mro__[:0:-1] for name in base.__dict__.get("__slots__", ())]
    new_defaults = {name: content.pop(name) for name in own if name in content}
    defaults = _inherited_defaults(cls) | new_defaults
    names = (*inherited, *own)
    content.pop("__dict__", None)
    content.pop("__weakref__", None)
    content.update(__slots__=tuple(own), __match_args__=names, __defaults__=defaults)
    content["__init__"] = _init(names, defaults)
    content.update(_SHARED)
    if getattr(cls, "__repr__", None) is object.__repr__:
        content["__repr__"] = _show
    if eq:
        content.update(_BY_VALUE)
    made: type = type(cls)(cls.__name__, cls.__bases__, content)
    return made


def _inherited_defaults(cls: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in cls.__mro__[:0:-1]:
        found |= base.__dict__.get("__defaults__", {})
    return found


def _init(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """`__init__`, written out so that it costs no more than a dataclass's."""
    arguments = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    lines = "; ".join(f"_set(self, {name!r}, {name})" for name in names) or "pass"
    scope: dict[str, Any] = {f"_default_{name}": value for name, value in defaults.items()}
    scope["_set"] = object.__setattr__
    exec(f"def __init__(self, {arguments}): {lines}", scope)
    made: Callable[..., None] = scope["__init__"]
    return made


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _equal(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _show(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({inside})"


def _frozen(self: Any, name: str, *_: Any) -> None:
    raise FrozenRecordError(f"{type(self).__name__}.{name} cannot be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), _values(self)


_SHARED = {
    "__setattr__": _frozen,
    "__delattr__": _frozen,
    "__reduce__": _reduce,
}
_BY_VALUE = {"__eq__": _equal, "__hash__": _hash}
