"""Options from rows of a table to click's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from conclang.cli.common import define_option
from conclang.cli.options import CHOICE, DEFINE, FLAG, REAL, WHOLE, Option

F = TypeVar("F", bound=Callable[..., Any])


def with_options(rows: Sequence[Option]) -> Callable[[F], F]:
    """Give a command the options of a table, in its order."""

    def decorate(function: F) -> F:
        for row in reversed(rows):
            function = _option(row)(function)
        return function

    return decorate


def _option(row: Option) -> Any:
    if row.kind == DEFINE:
        return define_option
    if row.kind == FLAG:
        return click.option(row.name, row.key, is_flag=True, help=row.help)
    return click.option(
        row.name,
        row.key,
        type=_type(row),
        default=row.default,
        show_default=row.show_default,
        multiple=row.many,
        metavar=row.metavar,
        help=row.help,
    )


def _type(row: Option) -> Any:
    if row.kind == WHOLE:
        return click.IntRange(_int(row.least), _int(row.most))
    if row.kind == REAL:
        return click.FloatRange(row.least, row.most)
    return click.Choice(row.choices) if row.kind == CHOICE else click.STRING


def _int(bound: float | None) -> int | None:
    return None if bound is None else int(bound)
