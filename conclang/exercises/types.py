"""Types of values in `exercise.yaml`: what each accepts, what it gives, and its JSON Schema.

A type reads a `Tree` and gives a plain Python value, or reports what is wrong and gives BAD. Words
that YAML 1.1 would quietly turn into something else (`no`, `on`, `010`, `1:30`, dates) are
mistakes wherever the type does not ask for exactly that, with what to write instead.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import Span
from conclang.exercises.yaml_tree import Mapping, Scalar, Sequence, Tree
from conclang.record import record

BAD = object()
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "~", ""}
NUMBER = re.compile(
    r"[-+]?(\d[\d_]*(\.[\d_]*)?([eE][-+]?\d+)?|\.\d+|0[xob][\da-fA-F_]+|\d+(:\d\d?)+|\.inf|\.nan)\Z",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ].*)?\Z")
WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)\Z")
DECIMAL = re.compile(r"[-+]?(0|[1-9]\d*)(\.\d+)?\Z")
LONGEST_TEXT = 20_000
DIGITS = 18


@record
class Reading:
    """Where mistakes go, and where each value stood: path of keys and numbers → span."""

    bag: Bag
    spans: dict[tuple[str | int, ...], Span]

    def wrong(self, tree: Tree, message: str, help: str = "", code: str = "CL1004") -> Any:
        helps = (help,) if help else ()
        self.bag.add(Diagnostic(code, message, tree.span, helps=helps), once_per_line=False)
        return BAD


Path = tuple[str | int, ...]


class Type:
    """Root of all types; `what` completes "must be …"."""

    what = "a value"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError


def described(tree: Tree) -> str:
    """What somebody wrote, in a few words."""
    if isinstance(tree, Sequence):
        return "a list"
    if isinstance(tree, Mapping):
        return "a group of keys"
    if tree.plain and tree.text in ("", "~", "null"):
        return "nothing"
    text = tree.text if len(tree.text) <= 30 else tree.text[:29] + "…"
    return f"`{text}`" if tree.plain else f"the text `{text}`"


def is_trap(text: str) -> bool:
    """Would YAML take this plain word for something other than a text?"""
    return text.lower() in WORDS or bool(NUMBER.match(text) or DATE.match(text))


class Text(Type):
    """A text; with `pattern`, one of a certain form."""

    def __init__(self, what: str = "a text", pattern: str = "", empty: bool = False) -> None:
        self.what = what
        self.pattern = pattern
        self.empty = empty  # "" is fine

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if not isinstance(tree, Scalar) or (tree.plain and tree.text == ""):
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}")
        if tree.plain and is_trap(tree.text):
            help = f'write "{tree.text}" with quotes if that is the text you mean'
            said = f"YAML does not read `{tree.text}` as a text"
            return reading.wrong(tree, said, help, "CL1005")
        if len(tree.text) > LONGEST_TEXT:
            return reading.wrong(tree, f"this text has more than {LONGEST_TEXT} characters")
        if self.pattern and not re.fullmatch(self.pattern, tree.text):
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}")
        if not tree.text.strip() and not self.empty:
            return reading.wrong(tree, f"this must be {self.what}, not an empty one")
        return tree.text

    def schema(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "string", "maxLength": LONGEST_TEXT}
        if not self.empty:
            made["pattern"] = r"\S"
        if self.pattern:
            made["pattern"] = f"^(?:{self.pattern})$"
        return made


class Whole(Type):
    """A whole number, written as people write it."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.what = f"a whole number from {least} to {most}"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if not isinstance(tree, Scalar) or not tree.plain:
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}")
        if WHOLE.match(tree.text) and len(tree.text) > DIGITS:
            return reading.wrong(tree, f"this must be {self.what}", "", "CL1008")
        if not WHOLE.match(tree.text):
            code = "CL1005" if NUMBER.match(tree.text) else "CL1004"
            help = "write it in decimal, without leading zeros" if code == "CL1005" else ""
            said = f"this must be {self.what}, not {described(tree)}"
            return reading.wrong(tree, said, help, code)
        value = int(tree.text)
        if not self.least <= value <= self.most:
            return reading.wrong(tree, f"this must be {self.what}, not {value}", "", "CL1008")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Number(Type):
    """A number with decimals, kept exactly."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.what = f"a number from {least} to {most}"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if not isinstance(tree, Scalar) or not tree.plain:
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}")
        if not DECIMAL.match(tree.text) or len(tree.text) > DIGITS:
            code = "CL1005" if NUMBER.match(tree.text) else "CL1004"
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}", "", code)
        value = Fraction(tree.text)
        if not self.least <= value <= self.most:
            return reading.wrong(tree, f"this must be {self.what}, not {tree.text}", "", "CL1008")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class Truth(Type):
    what = "`true` or `false`"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if isinstance(tree, Scalar) and tree.plain and tree.text in ("true", "false"):
            return tree.text == "true"
        trap = isinstance(tree, Scalar) and tree.plain and tree.text.lower() in WORDS - {""}
        said = f"this must be {self.what}, not {described(tree)}"
        return reading.wrong(tree, said, "", "CL1005" if trap else "CL1004")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class OneOf(Type):
    """One of some words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.what = "one of " + ", ".join(f"`{word}`" for word in words)

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if isinstance(tree, Scalar) and tree.text in self.words:
            return tree.text
        from conclang.diagnostics.spelling import did_you_mean

        help = did_you_mean(tree.text, self.words) if isinstance(tree, Scalar) else ""
        return reading.wrong(
            tree, f"this must be {self.what}, not {described(tree)}", help, "CL1008"
        )

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


class ListOf(Type):
    """A list of values of one type; with `lone`, a single value stands for a list of one."""

    def __init__(self, item: Type, lone: bool = False) -> None:
        self.item, self.lone = item, lone
        self.what = f"a list of which each is {item.what}"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if self.lone and not isinstance(tree, Sequence):
            value = self.item.read(tree, (*path, 0), reading)
            reading.spans[(*path, 0)] = tree.span
            return BAD if value is BAD else (value,)
        if not isinstance(tree, Sequence):
            return reading.wrong(tree, f"this must be a list, not {described(tree)}")
        if not tree.items:
            return reading.wrong(tree, "this list is empty")
        values = []
        for number, item in enumerate(tree.items):
            reading.spans[(*path, number)] = item.span
            values.append(self.item.read(item, (*path, number), reading))
        return BAD if any(value is BAD for value in values) else tuple(values)

    def schema(self) -> dict[str, Any]:
        many = {"type": "array", "items": self.item.schema(), "minItems": 1}
        return {"anyOf": [self.item.schema(), many]} if self.lone else many


class MapOf(Type):
    """Any names (of a form), each with a value of one type."""

    def __init__(self, item: Type, key: Text) -> None:
        self.item, self.key = item, key
        self.what = "a group of keys"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if not isinstance(tree, Mapping):
            return reading.wrong(tree, f"this must be a group of keys, not {described(tree)}")
        if not tree.entries:
            return reading.wrong(tree, "this group of keys is empty")
        made: dict[str, Any] = {}
        for name, value in tree.entries:
            reading.spans[(*path, name.text)] = value.span
            if not re.fullmatch(self.key.pattern, name.text):
                made[name.text] = reading.wrong(name, f"a key here must be {self.key.what}")
                continue
            made[name.text] = self.item.read(value, (*path, name.text), reading)
        return BAD if any(value is BAD for value in made.values()) else made

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.key.pattern})$"},
            "additionalProperties": self.item.schema(),
            "minProperties": 1,
        }


@record
class Field:
    """A key: its type, whether it must be there, and a line about it for the schema."""

    name: str
    type: Type
    about: str
    required: bool = False


class Record(Type):
    """A group of known keys. `one_of`: exactly one of these must be there (the kind)."""

    def __init__(self, what: str, *fields: Field, one_of: tuple[str, ...] = ()) -> None:
        self.what = what
        self.fields = {field.name: field for field in fields}
        self.one_of = one_of

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        if not isinstance(tree, Mapping):
            return reading.wrong(tree, f"this must be {self.what}, not {described(tree)}")
        made: dict[str, Any] = {}
        for name, value in tree.entries:
            field = self.fields.get(name.text)
            if field is None:
                self._unknown(name, reading)
                made[name.text] = BAD
                continue
            reading.spans[(*path, name.text)] = value.span
            made[name.text] = field.type.read(value, (*path, name.text), reading)
        if not self._complete(tree, set(made), reading):
            return BAD
        return BAD if any(value is BAD for value in made.values()) else made

    def _unknown(self, name: Scalar, reading: Reading) -> None:
        from conclang.diagnostics.spelling import did_you_mean

        help = did_you_mean(name.text, self.fields) or "known here: " + ", ".join(self.fields)
        reading.wrong(name, f"{self.what} has no key `{name.text}`", help, "CL1002")

    def _complete(self, tree: Mapping, given: set[str], reading: Reading) -> bool:
        start = Span(tree.span.start, tree.span.start + 1)
        missing = [f.name for f in self.fields.values() if f.required and f.name not in given]
        for name in missing:
            message = f"{self.what} needs the key `{name}`"
            help = self.fields[name].about
            reading.wrong(Scalar(start, "", True), message, help, "CL1007")
        kinds = [name for name in self.one_of if name in given]
        if self.one_of and len(kinds) != 1:
            words = ", ".join(f"`{name}`" for name in self.one_of)
            have = "none" if not kinds else " and ".join(f"`{name}`" for name in kinds)
            message = f"{self.what} needs exactly one of {words}; it has {have}"
            reading.wrong(Scalar(start, "", True), message, "", "CL1007")
        return not missing and (not self.one_of or len(kinds) == 1)

    def schema(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                field.name: field.type.schema() | {"description": field.about}
                for field in self.fields.values()
            },
        }
        required = [field.name for field in self.fields.values() if field.required]
        if required:
            made["required"] = required
        if self.one_of:
            made["oneOf"] = [{"required": [name]} for name in self.one_of]
        return made


class Either(Type):
    """The first type for a scalar or list, the second for a group of keys."""

    def __init__(self, simple: Type, group: Type) -> None:
        self.simple, self.group = simple, group
        self.what = f"{simple.what}, or {group.what}"

    def read(self, tree: Tree, path: Path, reading: Reading) -> Any:
        chosen = self.group if isinstance(tree, Mapping) else self.simple
        return chosen.read(tree, path, reading)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.simple.schema(), self.group.schema()]}
