"""`conclang step`: the person is the scheduler.

On a terminal single keys do everything; in a pipe each line is a list of words. Either way the
last thing said is the schedule that was played, and the exit code is 1 when it went wrong.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, define_option, wants_color
from conclang.cli.running import columns, load_program, show_mistakes, warn

if TYPE_CHECKING:
    from conclang.cli.step_session import Session

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
CLEAR = "\x1b[H\x1b[2J"
ENTER = ("\r", "\n", RIGHT)
LEAVE = ("\x03", "\x04")
KEY = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|.", re.DOTALL)


@click.command()
@click.argument("file", metavar="FILE")
@define_option
@click.option("--schedule", metavar="SCHEDULE", help="Begin with these steps (as check prints).")
def command(file: str, schedule: str | None, **given: Any) -> int:
    """Be the scheduler: choose who moves next, and try to break the program or to keep it alive.

    Keys on a terminal: arrows and Enter, or numbers; u undoes; w shows a way to break it. In a
    pipe each line is a list of numbers, names and words; ? lists them.
    """
    if file == "-":
        raise Unusable("step reads what you choose from standard input: name a file")
    checked = load_program(file, dict(given["defines"]))
    if checked.program is None:
        show_mistakes(checked, "text")
        return 1
    warn(checked)
    session = _session(checked)
    if schedule is not None:
        for row in session.say(schedule.strip()):
            click.echo(row)
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        _keys(session)
    else:
        _lines(session)
    return _farewell(session)


def _session(checked: Any) -> Session:
    from conclang.cli.step_screen import Screen
    from conclang.cli.step_session import Session
    from conclang.explore.game import Game
    from conclang.machine.tables import TooLarge
    from conclang.render.text_style import Style

    try:
        game = Game(checked.program)
    except (TooLarge, MemoryError):
        raise Unusable("this scenario is too large to be stepped through") from None
    return Session(game, Screen(game, checked.source, Style(wants_color(sys.stdout)), columns()))


def _farewell(session: Session) -> int:
    """What was played, and whether it went wrong."""
    count = len(session.game.taken)
    if count:
        click.echo(f"schedule: {session.game.schedule.text()}")
    if session.broken:
        click.echo(f"it went wrong in {count} step{'s' * (count != 1)}")
        return 1
    return 0


def _lines(session: Session) -> None:
    """Words from a pipe, until it ends."""
    _show(session.page())
    for line in sys.stdin or ():
        taken = len(session.game.taken)
        _show(session.say(line))
        if session.done:
            return
        if len(session.game.taken) != taken:
            _show(["", *session.page()])


def _show(rows: list[str]) -> None:
    for row in rows:
        click.echo(row)


def _keys(session: Session) -> None:
    """Single keys on a terminal: the page is drawn anew after each."""
    with _pressed() as key_of:
        _talk(session, key_of)


@contextmanager
def _pressed() -> Iterator[Callable[[], str]]:
    """Where keys come from. All the while they are not echoed, and none is lost between pages."""
    try:
        import termios
        import tty
    except ImportError:  # on Windows
        yield click.getchar
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    waiting: list[str] = []

    def key() -> str:
        while not waiting:
            typed = os.read(terminal, 1024).decode("utf-8", "replace")
            waiting.extend(KEY.findall(typed) or ["\x04"])
        return waiting.pop(0)

    try:
        tty.setcbreak(terminal)
        yield key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _talk(session: Session, key_of: Callable[[], str]) -> None:
    chosen, told = 0, ["? lists the keys"]
    while not session.done:
        options = [o for o in session.game.options() if o.branch >= 0]
        chosen = min(chosen, max(len(options) - 1, 0))
        click.echo(CLEAR, nl=False, color=True)
        session.screen.columns = columns()
        _show([*_marked(session, chosen), "", *told])
        key = key_of()
        if key in LEAVE:
            return
        if key == UP:
            chosen = max(chosen - 1, 0)
        elif key == DOWN:
            chosen = min(chosen + 1, max(len(options) - 1, 0))
        elif key in ENTER:
            told = session.step(options[chosen]) if options else ["nobody can move"]
        else:
            told = session.say("undo" if key == LEFT else key)


def _marked(session: Session, chosen: int) -> list[str]:
    """The page with the chosen line of the menu marked."""
    session.screen.chosen = chosen
    return session.page()
