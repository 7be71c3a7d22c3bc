"""`conclang fmt`: put scenario files into the one style.

Afterwards a file is UTF-8 with `\\n` at line ends and no byte order mark. One that does not parse
is left as it is, and so is one that its owner made read-only.
"""

from __future__ import annotations

import os
import re
import stat
import sys

import click

from conclang.cli.common import Unusable, load, scenarios, shortened, wants_color, worst
from conclang.cli.output import replace_file, write_output
from conclang.diagnostics.source import STDIN, SourceText

FINE, FINDING, UNUSABLE = 0, 1, 2


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, exit 1 if any.")
def command(files: tuple[str, ...], check: bool, diff: bool) -> int:
    """Put scenario files into one style; comments and paragraphs stay.

    A FILE may be a folder (all .cl files in it) or - (standard input to standard output).
    """
    paths = [path for given in files for path in scenarios(given)]
    if not paths:
        raise Unusable("there are no scenarios (files that end in .cl) in the folders given")
    return worst([_one(path, check, diff) for path in paths])


def _one(path: str, check: bool, diff: bool) -> int:
    """Format one file; a failure is reported and does not keep the others from being done."""
    try:
        source = load(path)
        formatted = _formatted(source)
        if formatted is None:
            return FINDING
        changed = _changed(path, source, formatted)
        if diff and changed:
            _show_difference(path, source, formatted)
        if check or diff:
            return _would(path, changed)
        _store(path, formatted, changed)
    except Unusable as error:
        error.show()
        return UNUSABLE
    return FINE


def _formatted(source: SourceText) -> str | None:
    """The text in the one style, or None after its errors were shown."""
    from conclang.syntax.parse import parse
    from conclang.syntax.unparse import unparse

    scenario, bag = parse(source)
    if bag.ok:
        return unparse(scenario, source.text)
    from conclang.diagnostics.show import full

    click.echo(full(source, bag.errors, color=wants_color(sys.stderr)).rstrip("\n"), err=True)
    return None


def _changed(path: str, source: SourceText, formatted: str) -> bool:
    if path == STDIN or source.text != formatted:
        return source.text != formatted
    with open(path, "rb") as stream:  # line ends and the byte order mark are not in source.text
        return stream.read() != formatted.encode()


def _would(path: str, changed: bool) -> int:
    if changed:
        click.echo(f"would reformat {_shown(path)}", err=True)
    return FINDING if changed else FINE


def _store(path: str, formatted: str, changed: bool) -> None:
    if path == STDIN:
        write_output(formatted, None)
    elif changed:
        target = os.path.realpath(path)
        if not os.stat(target).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise Unusable(f"{_shown(path)}: the file is read-only; not reformatted")
        if not os.access(target, os.W_OK):
            raise Unusable(f"{_shown(path)}: no permission to write this file; not reformatted")
        replace_file(path, formatted.encode())
        click.echo(f"reformatted {_shown(path)}", err=True)


def _show_difference(path: str, source: SourceText, formatted: str) -> None:
    from difflib import unified_diff

    name = _shown(path)
    lines = unified_diff(
        _lines(source.text),
        _lines(formatted),
        name,
        f"{name} (formatted)",
    )
    marked = "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines
    )
    if not marked:
        marked = f"{name}: only line ends or the byte order mark differ\n"
    write_output(marked, None)


def _lines(text: str) -> list[str]:
    """With their ends; only `\\n` ends a line, while Python's own splitting knows more ends."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _shown(path: str) -> str:
    return "<stdin>" if path == STDIN else shortened(path, 200)
