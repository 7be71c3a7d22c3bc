"""Colour for terminals, in a few escape sequences: a letter always says the same as the colour."""

from __future__ import annotations

import unicodedata

CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
    "running": "30;42",
    "ready": "33",
    "blocked": "37;41",
    "sleeping": "36",
    "switch": "30;43",
}


class Style:
    """Paints if it is asked to."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def paint(self, text: str, name: str) -> str:
        if not self.color or not text or name not in CODES:
            return text
        return f"\x1b[{CODES[name]}m{text}\x1b[0m"


def printable(text: str) -> str:
    """Text from a scenario that cannot steer the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def width(text: str) -> int:
    """Columns a text takes in a terminal."""
    total = 0
    for letter in text:
        if unicodedata.combining(letter):
            continue
        total += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return total


def padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def fitted(text: str, columns: int) -> str:
    """Cut with an ellipsis where it is too long, filled up where it is too short."""
    if width(text) <= columns:
        return padded(text, columns)
    out = ""
    for letter in text:
        if width(out + letter) > columns - 1:
            break
        out += letter
    return padded(out + "…", columns)


def folded(parts: list[str], columns: int, between: str) -> list[str]:
    """Side by side as far as there is room, then on the next line."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1] + between + part) <= columns:
            lines[-1] += between + part
        else:
            lines.append(part)
    return lines
