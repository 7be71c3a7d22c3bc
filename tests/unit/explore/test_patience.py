"""When to stop, in which mood; the alarm that asks; and what is still told afterwards."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from conclang.explore.patience import (
    ASKING,
    FINISHING,
    RESTING,
    Enough,
    Interrupt,
    Patience,
    Watch,
    listen,
)
from conclang.explore.space import Space

FAR = 1000.0  # seconds, from now or until now


def late() -> Patience:
    return Patience(time.monotonic() - FAR, Interrupt())


def limit_of(patience: Patience, mood: str) -> str | None:
    try:
        patience.ask(patience.check, mood)
    except Enough as enough:
        return enough.limit
    return None


def test_moods() -> None:
    assert limit_of(late(), ASKING) == "seconds"
    assert limit_of(late(), FINISHING) == "seconds"
    assert limit_of(late(), RESTING) is None
    assert limit_of(Patience(None, Interrupt()), ASKING) is None
    assert limit_of(Patience(time.monotonic() + FAR, Interrupt()), ASKING) is None


def test_what_was_found_may_be_told_a_moment_longer() -> None:
    patience = Patience(None, Interrupt())
    patience.interrupt.pressed, patience.interrupt.pressed_at = True, time.monotonic() + FAR
    assert limit_of(patience, ASKING) == "interrupted"
    assert limit_of(patience, FINISHING) is None
    patience.interrupt.pressed_at -= 2 * FAR
    assert limit_of(patience, FINISHING) == "interrupted"


def test_memory_is_looked_at_too() -> None:
    assert limit_of(Patience(None, Interrupt(), Space(1 << 60)), ASKING) is None
    assert limit_of(Patience(None, Interrupt(), Space(0)), FINISHING) == "memory"


def test_a_mood_ends_with_its_question() -> None:
    patience = late()
    patience.mood = RESTING
    with pytest.raises(Enough):
        patience.ask(lambda: None)
    assert patience.mood == RESTING
    assert patience.ask(lambda: patience.mood, FINISHING) == FINISHING


def test_no_memory_is_a_limit() -> None:
    def greedy() -> None:
        raise MemoryError

    with pytest.raises(Enough, match="memory"):
        Patience(None, Interrupt()).ask(greedy)


def test_the_alarm_asks_wherever_python_is() -> None:
    patience = late()

    def work() -> None:
        patience.mood = FINISHING
        signal.raise_signal(signal.SIGALRM)

    with pytest.raises(Enough, match="seconds"):
        patience.watch(lambda: patience.ask(work, RESTING))
    assert Watch.ringing is None
    signal.raise_signal(signal.SIGALRM)  # one that comes late does no harm


def test_nobody_takes_an_alarm_away() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        Patience(None, Interrupt()).watch(lambda: signal.raise_signal(signal.SIGALRM))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]


def test_long_loops_ask_on_other_threads() -> None:
    found = []

    def work() -> None:
        patience = late()
        try:
            patience.watch(lambda: patience.ask(listen, FINISHING))
        except Enough as enough:
            found.append(enough.limit)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["seconds"]
    listen()  # here nobody is asked


def test_ctrl_c_ends_a_question_at_once() -> None:
    with Interrupt() as interrupt:
        patience = Patience(None, interrupt)
        interrupt.hurry = patience.check
        with pytest.raises(Enough, match="interrupted"):
            patience.ask(lambda: signal.raise_signal(signal.SIGINT))
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
