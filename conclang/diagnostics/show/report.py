"""The form for people: the source line, a caret under the mistake, and what to do about it.

A report is drawn from *marks*, each a piece of one source line with a few words beside it:

    error[CL0301]: nothing here is called `cuont`
     --> counter.cl:3:16
      |
    1 | shared count = 0
      |        ----- there is this one
      |
    3 | thread alice { cuont += 1 }
      |                ^^^^^ not declared
      |
      = help: did you mean `count`?

A span over several lines is drawn as a rail on the left, from its first line to its last.
Positions are display columns: tabs are stops of four, wide characters take two places.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Diagnostic, Fix
from conclang.diagnostics.show import printable
from conclang.diagnostics.show.columns import Picture, picture
from conclang.diagnostics.source import SourceText, Span
from conclang.record import record

BOLD, RED, YELLOW, BLUE, GREEN, RESET = (
    "\033[1m",
    "\033[1;31m",
    "\033[1;33m",
    "\033[1;34m",
    "\033[1;32m",
    "\033[0m",
)
INNER_LINES = 2  # lines of a long span shown before it is folded


@record
class Mark:
    """A piece of one line, in columns of code points from 0, and the words beside it."""

    line: int
    start: int
    end: int
    text: str
    primary: bool


@record
class Rail:
    """The lines of a span that is longer than one line."""

    of: Diagnostic
    first: int
    last: int
    slash: bool  # nothing stands before its start, so the rail itself shows where it begins

    def beside(self, number: int) -> str:
        """What stands left of a line: the rail from the second line on."""
        if number == self.first and self.slash:
            return "/ "
        return "| " if self.first < number <= self.last else "  "

    def below(self, number: int) -> str:
        """What stands left of the marks under a line."""
        inside = self.first < number < self.last or (number == self.first and self.slash)
        return "| " if inside or number == self.last else "  "

    def column(self, source: SourceText, number: int) -> int:
        """The column, from 0, where the span begins or ends in its first or last line."""
        span = self.of.span
        return source.place(span.start if number == self.first else _last(span)).column - 1


@record(frozen=False)
class Canvas:
    """What is constant while one report is drawn."""

    source: SourceText
    tint: str  # the colour of this severity; empty without colours
    color: bool
    gutter: int  # width of the largest line number
    room: int  # display columns for source text

    def paint(self, text: str, style: str) -> str:
        return f"{style}{text}{RESET}" if self.color and text else text

    def row(self, number: str, text: str, sign: str = "|") -> str:
        edge = self.paint(f"{number:>{self.gutter}} {sign}", BLUE)
        return f"{edge} {text}".rstrip() if text else edge.rstrip()


def render(source: SourceText, diagnostic: Diagnostic, color: bool, width: int) -> str:
    """One report, ending in a newline."""
    tint = RED if diagnostic.is_error else YELLOW
    last = max([diagnostic.span, *(label.span for label in diagnostic.labels)], key=_last)
    gutter = len(str(source.place(_last(last)).line))
    canvas = Canvas(source, tint, color, gutter, max(20, width - gutter - 3))
    rows = [_headline(canvas, diagnostic), _where(canvas, diagnostic)]
    if source.text or diagnostic.span.end:
        rows += [canvas.row("", ""), *_excerpt(canvas, diagnostic)]
    rows += _advice(canvas, diagnostic)
    return "\n".join(rows) + "\n"


def _headline(canvas: Canvas, diagnostic: Diagnostic) -> str:
    head = canvas.paint(f"{diagnostic.severity}[{diagnostic.code}]", canvas.tint)
    return head + canvas.paint(f": {printable(diagnostic.message)}", BOLD)


def _where(canvas: Canvas, diagnostic: Diagnostic) -> str:
    place = canvas.source.place(diagnostic.span.start)
    arrow = canvas.paint(" " * canvas.gutter + "-->", BLUE)
    return f"{arrow} {printable(canvas.source.name)}:{place.line}:{place.column}"


def _excerpt(canvas: Canvas, diagnostic: Diagnostic) -> list[str]:
    """The source lines with everything that is marked in them."""
    source = canvas.source
    first = source.place(diagnostic.span.start).line
    final = source.place(_last(diagnostic.span)).line
    marks = [_mark(source, label.span, label.text, False) for label in diagnostic.labels]
    if first == final:
        marks.append(_mark(source, diagnostic.span, diagnostic.label, True))
        return _lines(canvas, marks, None)
    return _lines(canvas, marks, _rail(source, diagnostic, first, final))


def _lines(canvas: Canvas, marks: list[Mark], rail: Rail | None) -> list[str]:
    """All lines worth showing, in order, with a sign where lines are left out."""
    numbers = {mark.line for mark in marks}
    if rail:
        numbers |= {*range(rail.first, min(rail.first + INNER_LINES, rail.last) + 1), rail.last}
    rows: list[str] = []
    before = 0
    for number in sorted(numbers):
        if before and number == before + 2:
            rows += _line(canvas, before + 1, [], rail)
        elif before and number > before + 2:
            rows.append(_gap(canvas, rail is not None and rail.first < number <= rail.last))
        rows += _line(canvas, number, [m for m in marks if m.line == number], rail)
        before = number
    return rows


def _gap(canvas: Canvas, inside: bool) -> str:
    rail = " " * canvas.gutter + canvas.paint("|", canvas.tint) if inside else ""
    return canvas.paint("...", BLUE) + rail


def _line(canvas: Canvas, number: int, marks: list[Mark], rail: Rail | None) -> list[str]:
    """One source line and the marks under it."""
    text = canvas.source.line(number)
    shown = picture(text, _focus(canvas, number, marks, rail), canvas.room)
    prefix = canvas.paint(rail.beside(number), canvas.tint) if rail else ""
    under = canvas.paint(rail.below(number), canvas.tint) if rail else ""
    rows = [canvas.row(str(number), prefix + shown.text)]
    for group in _groups(marks):
        rows += [canvas.row("", under + row) for row in _under(canvas, shown, group)]
    return rows + (_rail_ends(canvas, number, shown, rail) if rail else [])


def _rail_ends(canvas: Canvas, number: int, shown: Picture, rail: Rail) -> list[str]:
    """Where a span over several lines begins and where it ends."""
    if number not in (rail.first, rail.last) or (number == rail.first and rail.slash):
        return []
    at = shown.column(rail.column(canvas.source, number))
    if number == rail.first:
        return [canvas.row("", canvas.paint(" " + "_" * (at + 1) + "^", canvas.tint))]
    label = rail.of.label
    words = f" {printable(label)}" if label else ""
    return [canvas.row("", canvas.paint("|" + "_" * (at + 1) + "^" + words, canvas.tint))]


def _focus(canvas: Canvas, number: int, marks: list[Mark], rail: Rail | None) -> tuple[int, int]:
    """The part of a line that must stay visible when the line is too long."""
    if marks:
        chief = next((mark for mark in marks if mark.primary), marks[0])
        return chief.start, chief.end
    if rail and number in (rail.first, rail.last):
        at = rail.column(canvas.source, number)
        return at, at + 1
    return 0, 0


def _groups(marks: list[Mark]) -> list[list[Mark]]:
    """Marks that can be drawn side by side; the primary one is in the first group."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda m: (not m.primary, m.start, m.end)):
        for group in groups:
            if all(mark.start > other.end or other.start > mark.end for other in group):
                group.append(mark)
                break
        else:
            groups.append([mark])
    return [sorted(group, key=lambda m: m.start) for group in groups]


def _under(canvas: Canvas, shown: Picture, marks: list[Mark]) -> list[str]:
    """The underlines, the words of the last mark beside them, the others hanging below."""
    row = ""
    for mark in marks:
        start, end = shown.column(mark.start), shown.column(mark.end)
        row = _pad(row, start) + _styled(canvas, mark, _sign(mark) * max(1, end - start))
    if marks[-1].text:
        row += " " + _styled(canvas, marks[-1], printable(marks[-1].text))
    rows = [row]
    hanging = [mark for mark in marks[:-1] if mark.text]
    for i in range(len(hanging) - 1, -1, -1):
        stem = ""
        for other in hanging[:i]:
            stem = _pad(stem, shown.column(other.start)) + _styled(canvas, other, "|")
        at = shown.column(hanging[i].start)
        if i == len(hanging) - 1:
            rows.append(_pad(stem, at) + _styled(canvas, hanging[i], "|"))
        rows.append(_pad(stem, at) + _styled(canvas, hanging[i], printable(hanging[i].text)))
    return rows


def _styled(canvas: Canvas, mark: Mark, text: str) -> str:
    return canvas.paint(text, canvas.tint if mark.primary else BLUE)


def _sign(mark: Mark) -> str:
    return "^" if mark.primary else "-"


def _pad(row: str, column: int) -> str:
    """The row filled up with spaces to a display column, colours not counted."""
    import re

    used = len(re.sub("\033\\[[0-9;]*m", "", row))
    return row + " " * max(0, column - used)


def _advice(canvas: Canvas, diagnostic: Diagnostic) -> list[str]:
    """Help, the mended line, and notes."""
    edge = " " * (canvas.gutter + 1) + canvas.paint("=", BLUE)
    rows = []
    for kind, texts in (("help", diagnostic.helps), ("note", diagnostic.notes)):
        style = GREEN if kind == "help" else BOLD
        for text in texts:
            first, *more = text.split("\n")
            rows.append(f"{edge} {canvas.paint(kind, style)}: {printable(first)}")
            rows += [" " * (canvas.gutter + 9) + printable(line) for line in more]
        if kind == "help" and diagnostic.fix:
            rows += _mended(canvas, diagnostic.fix)
    return [canvas.row("", ""), *rows] if rows else []


def _mended(canvas: Canvas, fix: Fix) -> list[str]:
    """The line as it would be; only where the change stays within one line."""
    source = canvas.source
    place = source.place(fix.span.start)
    if "\n" in fix.replacement or source.place(fix.span.end).line != place.line:
        return []
    start = source.line_start(place.line)
    line = source.line(place.line)
    head, tail = line[: fix.span.start - start], line[fix.span.end - start :]
    at = (len(head), len(head) + len(fix.replacement))
    shown = picture(head + fix.replacement + tail, at, canvas.room)
    return [canvas.row(str(place.line), shown.text, sign=canvas.paint("+", GREEN))]


def _rail(source: SourceText, diagnostic: Diagnostic, first: int, last: int) -> Rail:
    before = source.line(first)[: source.place(diagnostic.span.start).column - 1]
    return Rail(diagnostic, first, last, not before.strip())


def _mark(source: SourceText, span: Span, text: str, primary: bool) -> Mark:
    """The part of a span that lies on its first line."""
    place = source.place(span.start)
    start = place.column - 1
    end = min(start + span.end - span.start, len(source.line(place.line)))
    return Mark(place.line, start, max(start, end), text, primary)


def _last(span: Span) -> int:
    """The offset of the last code point; of the place itself if the span is empty."""
    return max(span.start, span.end - 1)
