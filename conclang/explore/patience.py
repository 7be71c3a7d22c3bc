"""How long to go on: until a moment, or until somebody presses Ctrl-C.

The search stops between batches and knows its limits itself. What comes after it (circles, counts,
reads that are followed) asks here now and then; `Enough` ends the one question at hand, and what
else is known is told.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import Any


class Enough(Exception):
    """A limit was reached in the middle of a question."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Interrupt:
    """Remembers that somebody pressed Ctrl-C, so that nothing is left half done.

    A second one ends the program at once. One inside of another tells it: what comes after the
    inner one knows as well.
    """

    innermost: Interrupt | None = None

    def __init__(self, hurry: Callable[[], None] | None = None) -> None:
        self.pressed = False
        self.hurry = hurry  # whom to tell at once
        self.before: Any = None
        self.outer: Interrupt | None = None

    def __enter__(self) -> Interrupt:
        if threading.current_thread() is threading.main_thread():
            self.outer, Interrupt.innermost = Interrupt.innermost, self
            self.before = signal.signal(signal.SIGINT, self._press)
            self.pressed = self.outer is not None and self.outer.pressed
        return self

    def _press(self, number: int, frame: Any) -> None:
        if self.pressed:
            raise KeyboardInterrupt
        one: Interrupt | None = self
        while one is not None:
            one.pressed = True
            one = one.outer
        if self.hurry is not None:
            self.hurry()

    def __exit__(self, *_: object) -> None:
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)
            Interrupt.innermost = self.outer


class Patience:
    """Raises `Enough` when it is time to stop; the deadline is a moment of `time.monotonic`."""

    def __init__(self, deadline: float | None, interrupt: Interrupt) -> None:
        self.deadline = deadline
        self.interrupt = interrupt

    def check(self) -> None:
        if self.interrupt.pressed:
            raise Enough("interrupted")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Enough("seconds")


_here = threading.local()


def listen() -> None:
    """Long loops call this now and then: Python looks for signals at every call, and where a
    patience is being asked on this thread, it looks at the clock."""
    patience: Patience | None = getattr(_here, "patience", None)
    if patience is not None:
        patience.check()
