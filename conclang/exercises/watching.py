"""Waiting until one of some files is saved: told by the system, or by looking again and again."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

POLL = 0.3  # seconds
SETTLE = 0.05  # an editor may write a file in several goes
Stamp = tuple[int, int, int] | None


def stamp(path: str) -> Stamp:
    """What changes when a file is saved."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def stamps(paths: Sequence[str]) -> list[Stamp]:
    return [stamp(path) for path in paths]


def wait_for_change(paths: Sequence[str], before: list[Stamp], poll: bool = False) -> None:
    """Come back when a file is no longer what it was."""
    if not poll and _told(paths, before):
        return
    while stamps(paths) == before:
        time.sleep(POLL)
    time.sleep(SETTLE)


def _told(paths: Sequence[str], before: list[Stamp]) -> bool:
    """With `watchfiles`; False if it is not installed or does not work here."""
    try:
        from watchfiles import watch
    except ImportError:
        return False
    folders = sorted({os.path.dirname(path) or "." for path in paths})
    try:
        # Now and then it is looked by itself: what was saved before the watch began is not told.
        for _ in watch(*folders, rust_timeout=1000, yield_on_timeout=True, step=50):
            if stamps(paths) != before:
                return True
    except (OSError, RuntimeError):
        return False
    raise KeyboardInterrupt  # it ends by itself only when it was interrupted
