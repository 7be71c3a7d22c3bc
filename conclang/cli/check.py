"""`conclang check`, for click: the options are in `check_options`, the work in `checking`."""

from __future__ import annotations

from typing import Any

import click

from conclang.cli.check_options import OPTIONS
from conclang.cli.click_options import with_options


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@with_options(OPTIONS)
def command(**given: Any) -> int:
    """Explore every schedule: is a deadlock, a race, a failed expectation possible?

    A FILE may be a folder (all .cl files in it) or - (standard input).
    """
    from conclang.cli.checking import check_files

    return check_files(**given)
