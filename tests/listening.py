"""Processes that hear Ctrl-C, also where the tests themselves run in the background.

A shell lets what it starts in the background ignore the signal, and children inherit that.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from typing import Any


def start(command: Sequence[str], **more: Any) -> subprocess.Popen[Any]:
    """A process with its streams in pipes, unless something else is said."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, preexec_fn=_listen, **{**streams, **more})


def _listen() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
