"""How long to go on: until a moment, while there is memory, or until somebody presses Ctrl-C.

The search stops between batches and knows its limits itself. Everything before and after it
(analyses of the program, circles, counts, reads that are followed, schedules) is done in one of
three moods:

* *asking*: `Enough` ends the one question at hand, and what else is known is told;
* *finishing*: what was found is put into words, with its schedule. It may take a moment longer than
  there is time; then it is told without;
* *resting*: somebody else looks at the clock, or what is done takes no time.

Long loops ask now and then (`check`, `listen`). On the main thread nobody needs to: an alarm asks
twenty times a second, wherever Python is.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from conclang.explore.space import Space

    Answer = TypeVar("Answer")

ASKING, FINISHING, RESTING = "asking", "finishing", "resting"
GRACE = 0.5
"""Seconds that may be spent after the end on putting into words what was found before it."""
TICK = 0.05
"""Seconds between two alarms."""


class Enough(Exception):
    """A limit was reached in the middle of a question."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Lost(MemoryError):
    """No memory, in the middle of a change to all that was known."""


class Interrupt:
    """Remembers that somebody pressed Ctrl-C, so that nothing is left half done.

    A second one ends the program at once. One inside of another tells it: what comes after the
    inner one knows as well.
    """

    innermost: Interrupt | None = None

    def __init__(self, hurry: Callable[[], None] | None = None) -> None:
        self.pressed = False
        self.pressed_at = 0.0
        self.hurry = hurry  # whom to tell at once
        self.before: Any = None
        self.outer: Interrupt | None = None

    def __enter__(self) -> Interrupt:
        if threading.current_thread() is threading.main_thread():
            self.outer, Interrupt.innermost = Interrupt.innermost, self
            self.before = signal.signal(signal.SIGINT, self._press)
            if self.outer is not None:
                self.pressed, self.pressed_at = self.outer.pressed, self.outer.pressed_at
        return self

    def _press(self, number: int, frame: Any) -> None:
        if self.pressed:
            raise KeyboardInterrupt
        one: Interrupt | None = self
        while one is not None:
            one.pressed, one.pressed_at = True, time.monotonic()
            one = one.outer
        if self.hurry is not None:
            self.hurry()

    def __exit__(self, *_: object) -> None:
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)
            Interrupt.innermost = self.outer


class Patience:
    """Raises `Enough` when it is time to stop; the deadline is a moment of `time.monotonic`."""

    def __init__(
        self, deadline: float | None, interrupt: Interrupt, space: Space | None = None
    ) -> None:
        self.deadline = deadline
        self.interrupt = interrupt
        self.space = space
        self.mood = ASKING

    def over(self) -> tuple[str, float] | None:
        """The limit that was reached, and when; None: none was."""
        if self.interrupt.pressed:
            return "interrupted", self.interrupt.pressed_at
        if self.deadline is not None and time.monotonic() > self.deadline:
            return "seconds", self.deadline
        if self.space is not None and self.space.is_used_up():
            return "memory", 0.0
        return None

    def check(self) -> None:
        """Raise `Enough` if it is time to stop in the present mood."""
        if self.mood == RESTING:
            return
        reached = self.over()
        if reached is None:
            return
        limit, since = reached
        if self.mood == ASKING or time.monotonic() > since + GRACE:
            raise Enough(limit)

    def ask(self, question: Callable[[], Answer], mood: str = ASKING) -> Answer:
        """The answer to a question, in a mood; `Enough` ends it."""
        before = self.mood
        try:
            self.mood = mood
            if mood == ASKING:
                self.check()
            return question()
        except MemoryError:
            raise Enough("memory") from None
        finally:
            self.mood = before

    def watch(self, whole: Callable[[], Answer]) -> Answer:
        """Do something while long loops and an alarm ask this patience."""
        self.mood = RESTING
        with Watch(self):
            return self.ask(whole)


_here = threading.local()


def listen() -> None:
    """Long loops call this now and then: Python looks for signals at every call, and the patience
    of this thread, if it has one, looks at the clock."""
    patience: Patience | None = getattr(_here, "patience", None)
    if patience is not None:
        patience.check()


class Watch:
    """Asks a patience again and again, as far as alarms can be had and nobody else uses them."""

    ringing: Watch | None = None

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.before: Patience | None = None

    def __enter__(self) -> Watch:
        self.before = getattr(_here, "patience", None)
        _here.patience = self.patience
        if _may_ring():
            Watch.ringing = self
            signal.signal(signal.SIGALRM, _ring)
            signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        return self

    def __exit__(self, *_: object) -> None:
        if Watch.ringing is self:
            signal.setitimer(signal.ITIMER_REAL, 0)
            Watch.ringing = None
        _here.patience = self.before


def _ring(number: int, frame: Any) -> None:
    """It stays when nobody is watching any more: a late alarm would end the program otherwise."""
    if Watch.ringing is not None:
        Watch.ringing.patience.check()


def _may_ring() -> bool:
    """Are there alarms on this system and this thread, and does nobody use them?"""
    if threading.current_thread() is not threading.main_thread():
        return False
    if not hasattr(signal, "setitimer") or Watch.ringing is not None:
        return False
    free = signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, _ring)
    return free and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
