"""A click group whose commands are rows of a table until they are called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from conclang.cli.streams import Unusable, choose_color, say

COLOR_CHOICES = ("auto", "always", "never")


class Row(NamedTuple):
    """One command: its name, the module in `conclang.cli` that has it as `command`, its line."""

    name: str
    module: str
    help: str
    examples: tuple[str, ...] = ()  # what to type, for the end of its own --help


def color_option() -> click.Option:
    """`--color`, which every command has."""
    return click.Option(
        ["--color"],
        type=click.Choice(COLOR_CHOICES),
        expose_value=False,
        callback=_remember_color,
        help="When to use colour; NO_COLOR and FORCE_COLOR are respected.  [default: auto]",
    )


class _Shown(click.ClickException):
    """What `Unusable` is to click."""

    exit_code = Unusable.exit_code

    def show(self, file: Any = None) -> None:
        say(self.message)


class LazyGroup(click.Group):
    """Knows names and help lines; imports a command's module when the command is wanted."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.name: row for row in rows}

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Unusable as error:
            raise _Shown(error.message) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        row = self.rows.get(cmd_name)
        if row is None:
            return None
        command: click.Command = import_module(f"conclang.cli.{row.module}").command
        command.name = row.name
        command.short_help = command.short_help or row.help
        if row.examples:
            command.epilog = "\b\n" + "\n".join(("Examples:", *(f"  {e}" for e in row.examples)))
        _give_color(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name == "help" and name not in self.rows:  # as in git, go and cargo
            return self._help(ctx, args[1:])
        if name not in self.rows and not name.startswith("-"):
            ctx.fail(self._unknown(name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(row.name, row.help) for row in self.rows.values()])

    def _help(
        self, ctx: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`help` is `--help`, and `help run` is `run --help`."""
        if words:
            return self.resolve_command(ctx, [words[0], *words[1:], "--help"])
        click.echo(ctx.get_help())
        ctx.exit()

    def _unknown(self, name: str) -> str:
        from conclang.diagnostics.spelling import did_you_mean

        if name.endswith(".cl"):
            return f"'{name}' is no command; did you mean `conclang run {name}`?"
        question = did_you_mean(name, self.rows)
        return f"there is no command '{name}'" + (f"; {question}" if question else "")


def _give_color(command: click.Command) -> None:
    """Add `--color` to a command, or to each of the subcommands of a group."""
    if isinstance(command, click.Group):
        for sub in command.commands.values():
            _give_color(sub)
    elif not any(parameter.name == "color" for parameter in command.params):
        command.params.append(color_option())


def _remember_color(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        choose_color(value)
