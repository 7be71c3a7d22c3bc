"""Frozen, slotted, printable records: what walks between the rooms.

`@record` makes of a class with annotated fields what `@dataclass(frozen=True, slots=True)` would,
at a tenth of the time at import. The difference is felt because every command starts by making
about two hundred of these classes, and half of them have fewer than three records. So an
`__init__` is made for who has many; nor is it compiled anew for each class (one code object for
each number of fields, with the names exchanged), and `dataclasses` need not be imported. Type
checkers see dataclasses.

* `eq=False`: compared by identity (tree nodes, symbols).
* `frozen=False`: may be changed (builders).
* Defaults must be immutable; `new(factory=list)` makes a fresh one for every record.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from types import CodeType, FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar, dataclass_transform, overload

    T = TypeVar("T")
    C = TypeVar("C", bound=type)

FEW = 8
"""Records of a class before it is worth while to make an `__init__` for it."""


class FrozenRecordError(AttributeError):
    """Somebody tried to change a record."""


class _New:
    """Stands for a default until the record is made."""

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def new(*, factory: Callable[[], T]) -> T:
    """The default of a field that every record gets for itself."""
    return _New(factory)  # type: ignore[return-value]


if TYPE_CHECKING:

    @overload
    def record(cls: C) -> C: ...
    @overload
    def record(*, eq: bool = True, frozen: bool = True) -> Callable[[C], C]: ...
    @dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(new,))
    def record(cls: Any = None, *, eq: bool = True, frozen: bool = True) -> Any: ...

else:

    def record(cls=None, *, eq=True, frozen=True):
        """Make a class a record; see the essay above."""
        if cls is None:
            return lambda later: _make(later, eq, frozen)
        return _make(cls, eq, frozen)


def fields(made: type) -> tuple[str, ...]:
    """The names of a record's fields, inherited ones first."""
    return made.__match_args__  # type: ignore[attr-defined,no-any-return]


def replace(old: T, **changes: Any) -> T:
    """A copy with some fields changed."""
    made = type(old)
    values = {name: getattr(old, name) for name in fields(made)}
    return made(**(values | changes))


def _make(cls: Any, eq: bool, frozen: bool) -> type:
    content = dict(cls.__dict__)
    own = tuple(content.get("__annotations__", ()))
    new_defaults = {name: content.pop(name) for name in own if name in content}
    names = (*getattr(cls, "__match_args__", ()), *own)  # those of the record it is made from
    defaults = getattr(cls, "__defaults__", {}) | new_defaults
    if defaults:
        _check_order(names, defaults)
    content.pop("__dict__", None)
    content.pop("__weakref__", None)
    content.update(__slots__=own, __match_args__=names, __defaults__=defaults)
    if frozen and cls.__setattr__ is not _frozen:
        content.update(_FROZEN)
    if cls.__repr__ is object.__repr__:
        content["__repr__"] = _show
    if cls.__reduce__ is object.__reduce__:
        content["__reduce__"] = _reduce
    if eq:
        _compare_by_value(content, names, frozen)
    owner: list[Any] = []
    content["__init__"] = _init_later(owner, names, frozen)
    made: type = type(cls)(cls.__name__, cls.__bases__, content)
    owner.append(made)
    return made


def _check_order(names: tuple[str, ...], defaults: dict[str, Any]) -> None:
    later = [name in defaults for name in names]
    if later != sorted(later):
        raise TypeError(f"a field without default after one with a default: {names}")


# -- __init__

_codes: dict[tuple[int, bool], CodeType] = {}


def _init_later(owner: list[Any], names: tuple[str, ...], frozen: bool) -> Callable[..., None]:
    """Makes the first few records of a class one field after the other, without compiling anything;
    wrong arguments are left to the real `__init__`, which stays from then on."""
    left = FEW

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        (made,) = owner
        given = {**made.__defaults__, **dict(zip(names, values, strict=False)), **named}
        known = len(values) <= len(names) and named.keys() <= {*names[len(values) :]}
        if left < 0 or not known or len(given) < len(names):
            made.__init__ = _init(names, made.__defaults__, frozen)
            made.__init__(self, *values, **named)
            return
        for name, value in given.items():
            _set(self, name, value.factory() if isinstance(value, _New) else value)

    return __init__


def _init(names: tuple[str, ...], defaults: dict[str, Any], frozen: bool) -> Callable[..., None]:
    """An `__init__` that costs no more than a dataclass's."""
    code = _codes.get((len(names), frozen)) or _compile(len(names), frozen)
    real = {f"_{i}": name for i, name in enumerate(names)}
    code = code.replace(
        co_varnames=("self", *names),
        co_names=tuple([real.get(name, name) for name in code.co_names]),
        co_consts=tuple([real.get(value, value) for value in code.co_consts]),
    )
    last = tuple([defaults[name] for name in names if name in defaults])
    made = FunctionType(code, _SCOPE, "__init__", last)
    fresh = [(n, d.factory, d) for n, d in defaults.items() if isinstance(d, _New)]
    return _filling(made, fresh) if fresh else made


def _compile(count: int, frozen: bool) -> CodeType:
    """The code for so many fields, called `_0`, `_1` … until they get their names."""
    names = [f"_{i}" for i in range(count)]
    form = "_set(self, {0!r}, {0})" if frozen else "self.{0} = {0}"
    body = "; ".join(form.format(name) for name in names) or "pass"
    scope: dict[str, Any] = {}
    exec(f"def __init__({', '.join(['self', *names])}): {body}", scope)
    code: CodeType = scope["__init__"].__code__
    _codes[count, frozen] = code
    return code


def _filling(
    init: Callable[..., None], fresh: list[tuple[str, Callable[[], Any], _New]]
) -> Callable[..., None]:
    def __init__(self: Any, *values: Any, **named: Any) -> None:
        init(self, *values, **named)
        for name, factory, default in fresh:
            if getattr(self, name) is default:
                _set(self, name, factory())

    return __init__


_set = object.__setattr__
_SCOPE = {"_set": _set}


# -- what all records share


def _compare_by_value(content: dict[str, Any], names: tuple[str, ...], frozen: bool) -> None:
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: Any, other: object) -> Any:
        if type(other) is not type(self):
            return NotImplemented
        return values(self) == values(other)

    def __hash__(self: Any) -> int:
        return hash(values(self))

    content["__eq__"] = __eq__
    content["__hash__"] = __hash__ if frozen else None


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _show(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({inside})"


def _frozen(self: Any, name: str, *_: Any) -> None:
    raise FrozenRecordError(f"{type(self).__name__}.{name} cannot be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), _values(self)


_FROZEN = {"__setattr__": _frozen, "__delattr__": _frozen}
