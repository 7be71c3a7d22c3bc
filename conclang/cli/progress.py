"""Long work shows on a terminal how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PAUSE = 0.5  # seconds between two lines


def progress() -> Callable[[Any], None] | None:
    """Something to call after each batch of a search; None where nobody would see it."""
    if not sys.stderr.isatty():
        return None
    began = last = time.monotonic()

    def show(search: Any) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < PAUSE:
            return
        last = now
        rate = search.states / (now - began)
        text = (
            f"{search.states:,} states, {rate:,.0f}/s, depth {search.depth}, "
            f"{search.open() + search.ahead():,} waiting, {search.memory() >> 20} MB"
        )
        sys.stderr.write(f"\r\x1b[K{text}\r")
        sys.stderr.flush()

    return show
