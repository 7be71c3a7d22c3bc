"""Standard output and error, whatever the platform and the terminal; without click."""

from __future__ import annotations

import os
import sys
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


def colored(stream: TextIO, chosen: str = "auto") -> bool:
    """Shall what goes to this stream be coloured? `--color`, else the environment, else ask it."""
    if chosen != "auto":
        return chosen == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
