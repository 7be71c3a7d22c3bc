"""The short way in: `conclang check FILE`, without an option, without click.

Importing click costs as much time as checking a small scenario, and a small scenario checked again
after every change is what most people do most of the day. Whatever is not exactly that, and every
file with something to complain about, goes the long way; a test compares the two ways.
"""

from __future__ import annotations

import os
import sys


def enter(arguments: list[str]) -> int:
    """Run one command; its exit code, if it is not left by SystemExit before."""
    from conclang.cli.streams import same_bytes_everywhere

    if is_short(arguments):
        same_bytes_everywhere()
        try:
            code = check(arguments[1])
            if code is not None:
                return code
        except BaseException as error:
            from conclang.cli.main import last_resort

            return last_resort(error)
    from conclang.cli.main import entry

    entry(arguments)
    return 0


def is_short(arguments: list[str]) -> bool:
    """Is it `check FILE`, with a file that is there?"""
    return (
        len(arguments) == 2
        and arguments[0] == "check"
        and not arguments[1].startswith("-")
        and os.path.isfile(arguments[1])
        and "_CONCLANG_COMPLETE" not in os.environ
    )


def check(path: str) -> int | None:
    """Check a file and print the result; None if it has mistakes or needs more than the search."""
    from conclang.diagnostics.source import read_source
    from conclang.pipeline import load

    source, problem = read_source(path)
    checked = None if problem else load(source)
    program = checked and checked.program
    if not checked or not program or any(e.form == "timed" for e in program.expectations):
        return None
    from conclang.cli.check_report import WORKERS, Report
    from conclang.cli.check_text import page
    from conclang.cli.progress import progress
    from conclang.cli.streams import colored
    from conclang.explore.checker import CheckOptions
    from conclang.explore.checker import check as explore

    result = explore(program, CheckOptions(workers=WORKERS, progress=progress()))
    report = Report(path, checked, result)
    sys.stdout.write(page([report], many=False, stats=True, color=colored(sys.stdout)))
    sys.stdout.flush()
    return report.code
