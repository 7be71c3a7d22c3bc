"""The way in: a well-formed `conclang check ...` goes straight to its work, all else through click.

A small scenario checked again after every change is what most people do most of the day, and click
would take as long to be imported as the check itself (see `options`). What is done is the same
either way; only who reads the command line is not.
"""

from __future__ import annotations

import os
import sys

from conclang.cli.streams import same_bytes_everywhere


def enter(arguments: list[str]) -> int:
    """Run one command, never with a traceback; its exit code."""
    same_bytes_everywhere()
    code = _checked(arguments)
    if code is None:
        from conclang.cli.main import run

        code = run(arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        from conclang.cli.main import last_resort

        code = last_resort(error)
    return code


def _checked(arguments: list[str]) -> int | None:
    """The exit code of a plain `check`; None: this is for click."""
    if arguments[:1] != ["check"] or "_CONCLANG_COMPLETE" in os.environ:
        return None
    from conclang.cli.check_options import OPTIONS
    from conclang.cli.options import read

    given = read(OPTIONS, arguments[1:])
    if given is None:
        return None
    try:
        from conclang.cli.checking import check_files

        return check_files(**given)
    except BaseException as error:
        from conclang.cli.main import last_resort

        return last_resort(error)
