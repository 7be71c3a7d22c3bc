"""Options as rows of a table, and the quick way to read a well-formed command line.

Importing click takes longer than checking a small scenario. Whoever types a command line without a
mistake needs nothing of what click can do, so a command may list its options here: click's own
options are made from the rows (`click_options`), and `read` understands the plain forms

    FILE   --name value   --name=value   -n value   -nvalue   --flag

in exactly click's sense. Whatever else there is (mistakes, help, `--`, an option given twice) is
none of its business: then the answer is None, and click reads the line. A test holds the two
against each other on many lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from conclang.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FLAG, WHOLE, REAL, CHOICE, TEXT, DEFINE = "flag", "whole", "real", "choice", "text", "define"
DIGITS = 18
"""Longer numbers are left to click."""


@record
class Option:
    """One option of a command."""

    name: str  # as it is typed
    kind: str
    help: str
    key: str  # what the command knows it by
    metavar: str | None = None
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    default: Any = None
    show_default: bool = False
    many: bool = False  # may be given more than once


def read(options: Iterable[Option], arguments: Sequence[str]) -> dict[str, Any] | None:
    """`files` and the value of every option, as click would have it; None: ask click."""
    rows = {option.name: option for option in options}
    given: dict[str, Any] = {}
    files: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "-" or not argument.startswith("-"):
            files.append(argument)
            continue
        name, text = _parts(argument)
        option = rows.get(name)
        if option is None or (option.key in given and not option.many):
            return None
        value = _taken(option, text, left)
        if value is None:
            return None
        given[option.key] = (*given.get(option.key, ()), value) if option.many else value
    if not files or not all(files):
        return None
    found = {option.key: _meant(option, given) for option in rows.values()}
    return {"files": tuple(files), **found}


def _meant(option: Option, given: dict[str, Any]) -> Any:
    """What the command gets for an option, given or not."""
    if option.kind == DEFINE:
        return dict(given.get(option.key, ()))
    absent = False if option.kind == FLAG else () if option.many else option.default
    return given.get(option.key, absent)


def _taken(option: Option, text: str | None, left: Iterator[str]) -> Any:
    """The value of an option, attached to it or the next argument; None if that is not plain."""
    if option.kind == FLAG:
        return True if text is None else None
    return _value(option, next(left, "") if text is None else text)


def _parts(argument: str) -> tuple[str, str | None]:
    """The name of an option, and the value that is attached to it."""
    if argument.startswith("--"):
        name, equals, value = argument.partition("=")
        return name, value if equals else None
    return argument[:2], argument[2:] or None


def _value(option: Option, text: str) -> Any:
    """What the text means to this option; None if it is none of its plain values."""
    if not text or text.startswith(("-", "=")):
        return None
    if option.kind == CHOICE:
        return text if text in option.choices else None
    if option.kind == DEFINE:
        return _define(text)
    return text if option.kind == TEXT else _number(option, text)


def _number(option: Option, text: str) -> int | float | None:
    digits = text.replace(".", "", 1) if option.kind == REAL else text
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > DIGITS:
        return None
    number = float(text) if option.kind == REAL else int(text)
    low = option.least is not None and number < option.least
    high = option.most is not None and number > option.most
    return None if low or high else number


def _define(text: str) -> tuple[str, str] | None:
    try:
        return split_define(text)
    except ValueError:
        return None


def split_define(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of `-D`; the value is read later, when the constant's type is known.

    ValueError says what is wrong with it.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value or not _is_name(name):
        raise ValueError(f"'{shortened(text)}' is not of the form NAME=VALUE")
    if not value.isprintable():
        raise ValueError(f"the value of {name}, '{shortened(value)}', cannot be read")
    return name, value


def _is_name(text: str) -> bool:
    """A name of the language, or one of a process: `web.size`."""
    parts = text.split(".")
    return text.isascii() and len(parts) <= 2 and all(part.isidentifier() for part in parts)


def shortened(text: object, limit: int = 60) -> str:
    """Input quoted in a message: printable, on one line and not endless."""
    shown = "".join(c if c.isprintable() else "�" for c in str(text))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
