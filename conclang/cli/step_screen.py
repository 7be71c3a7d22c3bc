"""What `conclang step` shows: the source, what is shared, everybody's next step, what went wrong.

Only text is made here. Every sign says the same as its colour, so it reads without any.
"""

from __future__ import annotations

from collections.abc import Sequence

from conclang.diagnostics.source import SourceText
from conclang.explore.game import Game, Option, Way
from conclang.explore.inventory import inventory, local_values
from conclang.explore.result import Finding, Move
from conclang.explore.story import moves
from conclang.explore.witness import Path, Step
from conclang.render.text_style import Style, fitted, padded, printable, width

MOST_SOURCE = 40  # lines of source that are shown around those who stand there
CONTEXT = 2
LONGEST_VALUE = 60


class Screen:
    """Knows the game, the source and how wide the terminal is."""

    def __init__(self, game: Game, source: SourceText, style: Style, columns: int) -> None:
        self.game = game
        self.lines = source.text.splitlines()
        self.style = style
        self.columns = max(columns, 40)
        self.chosen = -1  # of the menu, on a terminal

    def head(self) -> str:
        """Where the game stands, in one line."""
        count = len(self.game.taken)
        title = self.game.program.scenario or "step"
        steps = "at the start" if not count else f"after {count} step{'s' * (count > 1)}"
        return self.style.paint(f"{printable(title)}: {steps}", "bold")

    # -- the parts of the page ----------------------------------------------------------------

    def source(self) -> list[str]:
        """The scenario's lines where somebody stands, and some around them."""
        standing = self.game.lines()
        wanted: set[int] = set()
        for line in standing:
            wanted.update(range(line - CONTEXT, line + CONTEXT + 1))
        if len(self.lines) <= MOST_SOURCE:
            wanted = set(range(1, len(self.lines) + 1))
        shown, before = [], 0
        number = len(str(len(self.lines)))
        names = {line: self._who(those) for line, those in standing.items()}
        gutter = min(max((width(n) for n in names.values()), default=0), self.columns // 3)
        for line in sorted(n for n in wanted if 1 <= n <= len(self.lines)):
            if line > before + 1:
                shown.append(f"{'':>{number}} ⋮")
            before = line
            here = names.get(line, "")
            text = printable(self.lines[line - 1].replace("\t", "    "))
            sign = "►" if here else " "
            row = f"{line:>{number}} {fitted(here, gutter)} {sign} {text}"
            row = fitted(row, self.columns).rstrip()
            shown.append(self.style.paint(row, "cyan") if here else row)
        return shown

    def _who(self, those: Sequence[int]) -> str:
        names = [self.game.names.entity(self.game.state, t) for t in those]
        return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    def state(self) -> list[str]:
        """What is shared, and the locals of each thread."""
        rows: list[str] = []
        groups: dict[str, list[str]] = {}
        for item in inventory(self.game.names, self.game.state):
            said = item.text if len(item.text) <= LONGEST_VALUE else item.text[:59] + "…"
            sign = " = " if item.kind in ("shared", "semaphore") else ": "
            groups.setdefault(item.kind, []).append(f"{item.name}{sign}{said}")
        for kind, said_ in groups.items():
            rows += self._wrapped(f"{kind:<9}  ", said_)
        for t in range(self.game.state[0]):
            values = local_values(self.game.names, self.game.state, t)
            if values:
                name = self.game.names.entity(self.game.state, t)
                rows += self._wrapped(f"in {name}: ", [f"{n} = {v}" for n, v in values])
        return rows

    def _wrapped(self, head: str, parts: Sequence[str]) -> list[str]:
        """Parts side by side, on as many lines as it takes."""
        rows, row = [], head
        for part in parts:
            part = printable(part)
            if row != head and width(row) + width(part) + 3 > self.columns:
                rows.append(row.rstrip())
                row = " " * width(head)
            row += part + "   "
        return [*rows, row.rstrip()]

    def options(self, options: Sequence[Option]) -> list[str]:
        """The menu: numbers for those who can move, reasons for those who cannot."""
        able = [o for o in options if o.branch >= 0]
        rows = []
        wide = min(max((width(o.name) for o in options), default=0), 24)
        number = len(str(len(able)))
        for index, option in enumerate(able):
            sign = "►" if index == self.chosen else " "
            row = f"{sign} {index + 1:>{number}}  {padded(option.name, wide)}  "
            row += printable(option.text) + f"  :{option.line}"
            if option.fails:
                row += "  ← fails"
            row = fitted(row, self.columns).rstrip()
            rows.append(self.style.paint(row, "bold") if index == self.chosen else row)
        for option in options:
            if option.branch < 0:
                row = f"  {'–':>{number}}  {padded(option.name, wide)}  {printable(option.text)}"
                rows.append(self.style.paint(fitted(row, self.columns).rstrip(), "dim"))
        done = self.game.finished()
        if done:
            rows.append(self.style.paint(f"  finished: {', '.join(done)}", "dim"))
        return rows

    def findings(self, found: Sequence[tuple[str, str]]) -> list[str]:
        """What went wrong: message and cause."""
        rows = []
        for message, cause in found:
            rows.append(self.style.paint(f"✗ {printable(message)}", "red"))
            rows += [f"  {line}" for line in self._folded(printable(cause), self.columns - 2)]
        return rows

    def _folded(self, text: str, room: int) -> list[str]:
        rows, row = [], ""
        for word in text.split():
            if row and width(row) + 1 + width(word) > room:
                rows.append(row)
                row = ""
            row += (" " if row else "") + word
        return [*rows, row] if row else rows

    # -- answers ------------------------------------------------------------------------------

    def table(self, path: Path | None = None) -> list[str]:
        """The steps so far, or those of another path, a column per thread."""
        from conclang.cli.check_table import table

        made = moves(self.game.names, path or self.game.path)
        if not made:
            return ["no step was taken yet"]
        return table(Finding("step", "", moves=made), False)

    def danger(self, way: Way) -> list[str]:
        """How near the next failure is, and the steps to it."""
        if not way.known:
            return [f"I don't know: no failure near by in the {way.states:,} states looked at"]
        if not way.found:
            if self.game.taken:
                return ["nothing you can do from here: no step goes wrong any more"]
            return ["nothing you can do: safe. No order of steps goes wrong"]
        count = len(way.steps)
        if not count:
            return [f"it has gone wrong already: {way.trouble}"]
        rows = [f"{count} step{'s' * (count > 1)} to the nearest failure ({way.trouble}):"]
        return rows + [f"  {i}. {said}" for i, said in enumerate(self._told(way), 1)]

    def escape(self, way: Way) -> list[str]:
        """How everybody comes to an end, if it can still be had."""
        if way.found:
            count = len(way.steps)
            if not count:
                return ["everybody has come to the end"]
            rows = [f"all goes well in {count} step{'s' * (count > 1)}:"]
            return rows + [f"  {i}. {said}" for i, said in enumerate(self._told(way), 1)]
        if way.known:
            return ["there is no way from here on which all goes well to the end"]
        return [f"I don't know: no good end in the {way.states:,} states looked at"]

    def _told(self, way: Way) -> list[str]:
        told = []
        for move in self._moves(way):
            told.append(f"{move.thread} {printable(move.text)} (line {move.line})")
        return told

    def _moves(self, way: Way) -> tuple[Move, ...]:
        game, steps, words = self.game, [], list(self.game.state)
        end: Sequence[int] | None = words
        for entity, branch in way.steps:
            for t, b, code, _, _, after in game.search.successors(words):
                if (t, b) == (entity, branch):
                    steps.append(Step(t, b, words))
                    end = None if code else after
                    words = after
                    break
        return moves(game.names, Path(game.start, tuple(steps), end))
