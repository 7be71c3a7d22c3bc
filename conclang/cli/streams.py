"""Standard output and error, whatever the platform and the terminal.

Nothing here imports click before something is wrong.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def same_bytes_everywhere() -> None:
    """UTF-8 with plain line ends, whatever the platform; nothing is too odd to be printed.

    Somebody who closed a stream (`>&-`) does not want to hear from it, and gets no complaint.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(text: str) -> None:
    """A message for the person, on standard error."""
    import click

    click.echo(text, err=True)


class Unusable(Exception):
    """Something outside the scenario is wrong (a file, an extra): shown as is, exit code 2."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def show(self) -> None:
        say(self.message)


_chosen = "auto"


def choose_color(chosen: str) -> None:
    """What `--color` says, from now on: auto, always or never."""
    global _chosen
    _chosen = chosen


def wants_color(stream: TextIO) -> bool:
    """Shall what goes to this stream be coloured? `--color`, else the environment, else ask it."""
    if _chosen != "auto":
        return _chosen == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
