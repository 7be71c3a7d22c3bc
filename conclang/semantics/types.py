"""Types of values.

The language never writes a type: each variable has one, found from its uses. These records are
what is found. They compare by value; `width` is the number of machine words a value takes.
"""

from __future__ import annotations

from conclang.record import record


class Type:
    """Root of all types; itself stands for nothing."""

    __slots__ = ()

    @property
    def width(self) -> int:
        """Machine words that a value takes."""
        return 1


@record
class IntType(Type):
    """64-bit signed integer."""


@record
class BoolType(Type):
    """true or false."""


@record
class StrType(Type):
    """A text: an index into the program's strings."""


@record
class UnitType(Type):
    """No value: what a function gives that returns none."""

    @property
    def width(self) -> int:
        return 0


@record
class NumberType(Type):
    """An exact fraction; only in `expect timed`."""


@record
class ErrorType(Type):
    """Of what was already reported: fits everywhere, so that nothing is said twice."""


@record
class TupleType(Type):
    items: tuple[Type, ...]

    @property
    def width(self) -> int:
        return sum(item.width for item in self.items)


@record
class ArrayType(Type):
    item: Type
    length: int

    @property
    def width(self) -> int:
        return self.item.width * self.length


@record
class HandleType(Type):
    """A thread, task or future, with what `join` and `await` give."""

    result: Type


@record
class ChannelType(Type):
    """A channel as a value, with what it carries."""

    item: Type


@record(eq=False, frozen=False)
class Unknown(Type):
    """A type not known yet; only while `infer` is at work. `link` is what it turned out to be."""

    link: Type | None = None


INT = IntType()
BOOL = BoolType()
STR = StrType()
UNIT = UnitType()
NUMBER = NumberType()
ERROR = ErrorType()


def describe(kind: Type) -> str:
    """The type in words for a message, with its article: "an integer"."""
    match kind:
        case IntType():
            return "an integer"
        case BoolType():
            return "a boolean"
        case StrType():
            return "a string"
        case UnitType():
            return "no value"
        case NumberType():
            return "a number"
        case TupleType(items):
            return f"a tuple of {len(items)} ({', '.join(bare(item) for item in items)})"
        case ArrayType(item, length):
            return f"an array of {length} {plural(item)}"
        case HandleType():
            return "a handle"
        case ChannelType(item):
            return f"a channel of {plural(item)}"
    return "a value"


def bare(kind: Type) -> str:
    """The type in words without an article."""
    text = describe(kind)
    return text.split(" ", 1)[1] if text.startswith(("a ", "an ")) else text


def plural(kind: Type) -> str:
    """What several values of a type are called."""
    match kind:
        case TupleType() | ArrayType() | ChannelType():
            head, _, rest = bare(kind).partition(" ")
            return f"{head}s {rest}"
        case UnitType():
            return "nothing"
    return f"{bare(kind)}s"
