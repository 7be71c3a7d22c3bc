"""The `conclang` command: a table of lazily imported commands and what surrounds them all.

A command is one file in this folder with a click command of the same name in it, and one row in
`COMMANDS`. Its module is imported when the command is called (or its own help is asked for), so
that `conclang --help` stays as quick as a bare click program.
"""

from __future__ import annotations

import sys

import click

from conclang.cli.group import Command, LazyGroup

COMMANDS = (
    # name, module in conclang/cli, one line for --help
    Command("explain", "explain", "Explain an error code or a concept, with an example."),
    Command("new", "new", "Write a starter scenario."),
)


@click.group(cls=LazyGroup, rows=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(message="%(version)s", version="", hidden=True)
def cli() -> None:
    """Describe concurrency in a small language, run it, and check it under every schedule."""


def entry() -> None:
    cli()
