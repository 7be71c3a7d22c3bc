"""What several commands need: reading scenarios, `-D`, colour, limits of patience.

Kept light on purpose: no rich, no json, no lark, and click only where a command line is wrong.
Writing files is in `output`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from conclang.cli.options import shortened as shortened
from conclang.cli.options import split_define
from conclang.cli.streams import Unusable as Unusable
from conclang.cli.streams import say as say
from conclang.cli.streams import wants_color as wants_color
from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import STDIN, SourceText, read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Value = str  # of a define, as it was written


def parse_define(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of `-D`."""
    try:
        return split_define(text)
    except ValueError as problem:
        import click

        raise click.BadParameter(str(problem)) from None


def define_option(function: Any) -> Any:
    """`-D NAME=VALUE`, any number of times; the last one for a name counts."""
    import click

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


def need(module: str, extra: str) -> Any:
    """An optional package, or the end of this command with a hint how to get it."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        hint = f"pip install 'conclang[{extra}]'"
        raise Unusable(f"this needs the package {module.split('.')[0]}: {hint}") from None


def worst(codes: Iterable[int]) -> int:
    """The exit code of several files: bad usage over a finding over unknown over all holds."""
    order = (0, 3, 1, 2)
    return max(codes, key=order.index, default=0)


def scenarios(given: str) -> Iterator[str]:
    """The file itself, or all scenario files below a folder, hidden ones left out."""
    if given == STDIN or not os.path.isdir(given):
        yield given
        return
    for folder, inside, names in os.walk(given):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".cl") and not name.startswith("."):
                yield os.path.join(folder, name)
