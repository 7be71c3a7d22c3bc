"""What several commands need: reading scenarios, `-D`, colour, limits of patience.

Kept light on purpose: no rich, no json, no lark. Writing files is in `output`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import click

from conclang.cli.streams import colored
from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import SourceText, read_source

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?\Z")

Value = str  # of a define, as it was written


class Unusable(click.ClickException):
    """Something outside the scenario is wrong (a file, an extra): shown as is, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def parse_define(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of `-D`; the value is read later, when the constant's type is known."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value or not _NAME.match(name):
        raise click.BadParameter(f"'{shortened(text)}' is not of the form NAME=VALUE")
    if not value.isprintable():
        raise click.BadParameter(f"the value of {name}, '{shortened(value)}', cannot be read")
    return name, value


def define_option(function: Any) -> Any:
    """`-D NAME=VALUE`, any number of times; the last one for a name counts."""
    return click.option(
        "-D",
        "defines",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set a constant of the scenario, as in -D N=5.",
        callback=lambda ctx, option, texts: dict(map(parse_define, texts)),
    )(function)


def load(path: str) -> SourceText:
    """The text of a scenario file (`-`: standard input), or the end of this command with code 2."""
    source, problem = read_source(path)
    if problem is None:
        return source
    raise Unusable(complaint(source, Diagnostic.unreadable(problem)))


def complaint(source: SourceText, diagnostic: Diagnostic) -> str:
    """A report about a file that is no text; without an excerpt where there is none to show."""
    from conclang.diagnostics.show import concise, full

    if source.text:
        return full(source, [diagnostic], color=wants_color(sys.stderr)).rstrip("\n")
    return concise(source, [diagnostic]).rstrip("\n")


def wants_color(stream: TextIO) -> bool:
    """Shall what goes to this stream be coloured?"""
    context = click.get_current_context(silent=True)
    return colored(
        stream, context.find_root().meta.get("conclang.color", "auto") if context else "auto"
    )


def need(module: str, extra: str) -> Any:
    """An optional package, or the end of this command with a hint how to get it."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        hint = f"pip install 'conclang[{extra}]'"
        raise Unusable(f"this needs the package {module.split('.')[0]}: {hint}") from None


def shortened(text: object, limit: int = 60) -> str:
    """Input quoted in a message: printable, on one line and not endless."""
    shown = "".join(c if c.isprintable() else "�" for c in str(text))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def worst(codes: Iterable[int]) -> int:
    """The exit code of several files: bad usage over a finding over unknown over all holds."""
    order = (0, 3, 1, 2)
    return max(codes, key=order.index, default=0)
