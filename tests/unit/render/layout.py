"""Where the texts of one of our SVGs stand, by the real widths of the font's letters.

`data/dejavu.json` holds the advance widths of DejaVu Sans, the widest font of the list that our
pictures name (regular and bold, by width). Nothing here uses the estimate that the drawings use.
"""

from __future__ import annotations

import itertools
import json
import unicodedata
import xml.etree.ElementTree as tree
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
DATA = Path(__file__).parent / "data" / "dejavu.json"
ASCENT, DESCENT = 0.73, 0.21  # of capitals and of what hangs below the line


@cache
def faces() -> dict[str, dict[str, float]]:
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return {
        face: {letter: float(wide) for wide, letters in groups.items() for letter in letters}
        for face, groups in table.items()
    }


def width(text: str, size: float, bold: bool) -> float:
    widths, total = faces()["bold" if bold else "regular"], 0.0
    for letter in text:
        if letter in widths:
            total += widths[letter]
        elif unicodedata.combining(letter):
            continue
        else:  # of another font: a square for East Asian letters and emoji
            total += 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.8
    return total * size


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def covers(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


def texts(root: tree.Element) -> list[Box]:
    """A box around each text."""
    found = []
    for element in root.iter(f"{SVG}text"):
        words, style = element.text or "", element.get("class", "").split()
        size = 17 if "big" in style else 11 if {"small", "bar"} & set(style) else 12
        wide = width(words, size, bool({"big", "head"} & set(style)))
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        anchor = element.get("text-anchor", "start")
        left = x - wide / 2 if anchor == "middle" else x - wide if anchor == "end" else x
        found.append(Box(left, y - ASCENT * size, left + wide, y + DESCENT * size, words))
    return found


def complaints(picture: str) -> list[str]:
    """Texts that cross the border or cover each other."""
    root = tree.fromstring(picture)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    boxes = texts(root)
    found = [
        f"crosses the border: {box}"
        for box in boxes
        if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > high
    ]
    boxes.sort(key=lambda box: box.top)
    for number, box in enumerate(boxes):
        for other in itertools.islice(boxes, number + 1, None):
            if other.top > box.bottom:
                break
            if box.covers(other):
                found.append(f"covers: {box} {other}")
    return found
