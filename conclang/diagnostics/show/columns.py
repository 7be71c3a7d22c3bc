"""How wide text is on a terminal, and which part of a long line to show."""

from __future__ import annotations

from conclang.record import record

TAB = 4
CUT = "…"


@record
class Picture:
    """A line as it is printed, and where each of its code points is found there."""

    text: str
    columns: tuple[int, ...]  # display column of every code point, and of the end
    first: int  # index of the first code point that `columns` is about

    def column(self, index: int) -> int:
        """The display column of a code point of the line; those cut off are at the nearest end."""
        return self.columns[max(0, min(index - self.first, len(self.columns) - 1))]


def picture(line: str, focus: tuple[int, int], room: int) -> Picture:
    """A line fitted into `room` display columns, with the code points of `focus` visible."""
    start, end = _window(line, focus, room)
    shown, columns = [CUT] if start else [], []
    at = 1 if start else 0
    for character in line[start:end]:
        columns.append(at)
        glyph = _glyph(character, at)
        shown.append(glyph)
        at += len(glyph) if character == "\t" else width(glyph)
    columns.append(at)
    if end < len(line):
        shown.append(CUT)
    return Picture("".join(shown), tuple(columns), start)


def width(text: str) -> int:
    """How many columns a terminal uses for a text."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    total = 0
    for character in text:
        if combining(character) or character == "\u200d" or "\ufe00" <= character <= "\ufe0f":
            continue
        total += 2 if east_asian_width(character) in "WF" else 1
    return total


def _glyph(character: str, at: int) -> str:
    """What is printed for a code point: nothing that moves the cursor or turns text round."""
    if character == "\t":
        return " " * (TAB - at % TAB)
    if character.isprintable() or character == "\u200d":
        return character
    return "\ufffd"


def _window(line: str, focus: tuple[int, int], room: int) -> tuple[int, int]:
    """The code points to show: from the start if the focus is near it, else around the focus.

    Only a stretch of the length of the room is ever looked at, however long the line is.
    """
    if len(line) <= 4 * room and _columns(line) <= room:
        return 0, len(line)
    from_start = _fitting(line, 0, room - 1)
    if focus[1] <= from_start:
        return 0, from_start
    start = _back(line, min(focus[0], len(line)), room // 3)
    return start, _fitting(line, start, room - 2)


def _back(line: str, end: int, room: int) -> int:
    """The start of the longest piece before `end` that is at most `room` columns wide."""
    used, index = 0, end
    while index > max(0, end - room):
        used += TAB if line[index - 1] == "\t" else width(line[index - 1])
        if used > room:
            break
        index -= 1
    return index


def _fitting(line: str, start: int, room: int) -> int:
    """The end of the longest piece from `start` that is at most `room` columns wide."""
    used = 0
    for index in range(start, min(len(line), start + 2 * room)):
        used += TAB if line[index] == "\t" else width(line[index])
        if used > room:
            return index
    return min(len(line), start + 2 * room)


def _columns(line: str) -> int:
    return sum(TAB if c == "\t" else width(c) for c in line)
