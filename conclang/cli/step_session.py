"""The talk of `conclang step`: words and keys, what they do, and what is told afterwards.

`WORDS` is the one table of commands: help, the keys and the words typed are read from it. A
session is driven either by lines (a pipe, or a terminal that cannot do more) or by single keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from conclang.cli.common import shortened
from conclang.cli.step_screen import Screen
from conclang.events.schedule import ScheduleError, parse
from conclang.explore.game import Game, Option, Way
from conclang.record import record


@record
class Word:
    """A command: its letter, its word, what it does."""

    key: str
    word: str
    help: str


WORDS = (
    Word("u", "undo", "take the last step back"),
    Word("r", "redo", "take it again"),
    Word("0", "restart", "back to the start"),
    Word("w", "way", "show me a way to break it: the nearest failure from here"),
    Word("s", "save", "show me a way on which all goes well"),
    Word("c", "cause", "what has gone wrong so far, and why"),
    Word("t", "table", "the steps so far, a column per thread"),
    Word("l", "line", "the schedule in one line, for conclang replay"),
    Word("p", "page", "show everything again"),
    Word("?", "help", "this list"),
    Word("q", "quit", "leave"),
)
BY_TEXT = {text: word.word for word in WORDS for text in (word.key, word.word)}


class Session:
    """One game and what was said about it."""

    def __init__(self, game: Game, screen: Screen) -> None:
        self.game = game
        self.screen = screen
        self.done = False
        self._findings: tuple[int, list[tuple[str, str]]] = (-1, [])
        self.actions: dict[str, Callable[[], list[str]]] = {
            "undo": self._undo,
            "redo": self._redo,
            "restart": self._restart,
            "way": lambda: self.screen.danger(self.way()),
            "save": lambda: self.screen.escape(self.game.escape()),
            "cause": self._cause,
            "table": self.screen.table,
            "line": lambda: [self.game.schedule.text()],
            "page": self.page,
            "help": _help,
            "quit": self._quit,
        }

    # -- what goes wrong ----------------------------------------------------------------------

    def findings(self) -> list[tuple[str, str]]:
        """Message and cause of everything that the steps so far have shown."""
        count = len(self.game.taken)
        if self._findings[0] != count:
            self._findings = (count, _replayed(self.game))
        return self._findings[1]

    @property
    def broken(self) -> bool:
        return bool(self.findings())

    def way(self) -> Way:
        """The nearest failure that has not shown yet."""
        return self.game.danger(message.partition(":")[0] for message, _ in self.findings())

    # -- actions ------------------------------------------------------------------------------

    def page(self) -> list[str]:
        """Everything about where the game stands."""
        rows = [self.screen.head(), ""]
        rows += self.screen.source()
        state = self.screen.state()
        rows += ["", *state] if state else []
        options = self.game.options()
        if any(o.branch >= 0 for o in options):
            rows += ["", "who moves next?", *self.screen.options(options)]
        else:
            rows += ["", *self.screen.options(options), *self._ending()]
        found = self.findings()
        return rows + (["", *self.screen.findings(found)] if found else [])

    def _ending(self) -> list[str]:
        if self.broken:
            return ["nobody moves any more"]
        return ["everybody has come to the end"]

    def step(self, option: Option) -> list[str]:
        """Take a step and tell what it did, and what has gone wrong by it."""
        before = set(self.findings())
        self.game.take(option.entity, option.branch)
        self._findings = (-1, [])
        rows = [f"{len(self.game.taken)}. {self.game.last_move()}"]
        news = [found for found in self.findings() if found not in before]
        known = {message for message, _ in before}
        return rows + self.screen.findings([f for f in news if f[0] not in known])

    def _undo(self) -> list[str]:
        return self._moved(self.game.back(), "there is no step to take back")

    def _redo(self) -> list[str]:
        return self._moved(self.game.forth(), "there is no step to take again")

    def _restart(self) -> list[str]:
        self.game.restart()
        return self._moved(True, "")

    def _moved(self, done: bool, otherwise: str) -> list[str]:
        self._findings = (-1, [])
        return [self.screen.head()] if done else [otherwise]

    def _cause(self) -> list[str]:
        return self.screen.findings(self.findings()) or ["nothing has gone wrong so far"]

    def _quit(self) -> list[str]:
        self.done = True
        return []

    # -- words --------------------------------------------------------------------------------

    def say(self, text: str) -> list[str]:
        """Do what a line says: any number of commands, numbers or names of who moves next."""
        rows: list[str] = []
        for word in text.split():
            rows += self._say(word)
            if self.done:
                break
        return rows

    def _say(self, word: str) -> list[str]:
        options = [o for o in self.game.options() if o.branch >= 0]
        option = _meant(word, options)
        if option is not None:
            return self.step(option)
        if word.lower() in BY_TEXT:
            return self.actions[BY_TEXT[word.lower()]]()
        if word.startswith("cl1/"):
            return self._play(word)
        return [self._unknown(word, options)]

    def _play(self, text: str) -> list[str]:
        try:
            schedule = parse(text)
        except ScheduleError as problem:
            return [f"this is no schedule: {shortened(problem, 200)}"]
        if schedule.timed:
            return ["this schedule is one of run; step takes those of check"]
        if not schedule.fused:
            return ["this schedule takes local work as steps of its own: conclang replay shows it"]
        taken = self.game.play(schedule)
        self._findings = (-1, [])
        rows = self.screen.table()
        if taken < len(schedule.choices):
            rows.append(f"step {taken + 1} of it cannot be taken here")
        return rows + self._cause()

    def _unknown(self, word: str, options: Iterable[Option]) -> str:
        from conclang.diagnostics.spelling import did_you_mean

        names = [o.name for o in options]
        standing = [o.name for o in self.game.options() if o.branch < 0]
        if word in standing:
            reason = next(o.text for o in self.game.options() if o.name == word)
            return f"{word} cannot move: it {reason}"
        if word in self.game.finished():
            return f"{word} has finished"
        question = did_you_mean(word, [*names, *(w.word for w in WORDS)])
        return f"'{shortened(word)}' means nothing here; {question or '? lists what does'}"


def _meant(word: str, options: list[Option]) -> Option | None:
    """The option of a number, or of a name (`alice`, or `alice.2` for her second way)."""
    if word.isascii() and word.isdigit() and len(word) < 6 and word != "0":
        number = int(word)
        return options[number - 1] if 1 <= number <= len(options) else None
    name, _, way = word.rpartition(".")
    if name and way.isdigit():
        those = [o for o in options if o.name == name]
        return those[int(way) - 1] if 1 <= int(way) <= len(those) else None
    return next((o for o in options if o.name == word), None)


def _replayed(game: Game) -> list[tuple[str, str]]:
    """What a replay of the steps so far finds."""
    from conclang.analyses.replaying import replay_untimed

    replayed: Any = replay_untimed(game.program, game.schedule)
    found = [(f.message, f.cause) for f in replayed.result.findings]
    for judged in replayed.result.judged:
        if judged.status == "violated":
            found.append((f"{judged.text} (line {judged.line})", judged.detail))
    return found


def _help() -> list[str]:
    rows = ["a number or a name   that thread takes its next step"]
    rows += [f"{w.key}  {w.word:<8}          {w.help}" for w in WORDS]
    return rows
