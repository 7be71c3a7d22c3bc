"""SVG by hand: escaping, how wide text is, and a page that collects elements.

Widths are those of DejaVu Sans, the widest of the common fonts, so that text which fits by them is
never clipped. Colours are classes in one style sheet, so that light and dark are
told apart in one place; no custom properties, for not every program that shows SVG knows them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape, quoteattr

FONT = "'DejaVu Sans',Verdana,'Segoe UI',Helvetica,Arial,sans-serif"
ADVANCES = (  # how wide the letters of DejaVu Sans are, in parts of its size, rounded up
    (0.28, "'ijl"), (0.3, "IJ"), (0.32, " ,.·"), (0.34, "/:;\\|"), (0.36, "f"), (0.37, "-"),
    (0.4, "()[]t"), (0.41, "!"), (0.42, "r"), (0.46, '"'), (0.5, "*_`–"), (0.53, "sz"),
    (0.54, "?"), (0.55, "c"), (0.56, "L"), (0.58, "Fk"), (0.6, "vxy"), (0.61, "P"),
    (0.62, "TYaeo"), (0.64, "$0123456789ESbdghnpqu{}"), (0.66, "K"), (0.69, "ABVXZ"), (0.7, "CR"),
    (0.74, "U"), (0.75, "N"), (0.76, "H"), (0.77, "D"), (0.78, "&G"), (0.79, "OQ"), (0.82, "w"),
    (0.84, "#+<=>^~→←×−"), (0.87, "M"), (0.96, "%"), (0.98, "m"), (0.99, "W"), (1.0, "@…—"),
    (1.03, "æœ"),
)  # fmt: skip
NUMBERED = re.compile(r"(\[\d{1,6}\]|#\d{1,6})\Z")
BOLD = 1.17  # how much wider the same text is in bold
_SHORTENED: dict[tuple[str, int, int], str] = {}


def clean(text: str) -> str:
    """Characters that may stand in XML and cannot turn the direction of what follows."""
    return "".join(c if c.isprintable() or c == "\u200d" else "�" for c in text)


def text(words: str) -> str:
    """For the content of an element."""
    return escape(clean(words))


def attribute(words: str) -> str:
    """For an attribute, with its quotes."""
    return quoteattr(clean(words))


def number(value: float) -> str:
    """The shortest form with at most two decimals."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def width(words: str, size: float = 12) -> float:
    """How many pixels a text takes, rather too many than too few."""
    return sum(map(_advance, words)) * size


@cache
def _advance(letter: str) -> float:
    """Of one letter; those beyond ASCII by their base letter or by what kind they are of."""
    if letter in _KNOWN:
        return _KNOWN[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000:
        return 1.3
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _KNOWN:
        return _KNOWN[base] + 0.1
    return 0.95 if letter.islower() else 1.1


_KNOWN = {letter: wide for wide, letters in ADVANCES for letter in letters}


def fit(words: str, room: float, size: int = 12) -> str:
    """Cut with an ellipsis where there is no room for all of it; "" if not even for a letter."""
    words = clean(words)
    if width(words, size) <= room:
        return words
    key = (words, int(room), size)
    if key not in _SHORTENED:
        if len(_SHORTENED) > 50_000:
            _SHORTENED.clear()
        cut, used = 0, width("…", size)
        while cut < len(words) and used + width(words[cut], size) <= int(room):
            used += width(words[cut], size)
            cut += 1
        _SHORTENED[key] = words[:cut].rstrip() + "…" if cut else ""
    return _SHORTENED[key]


def fit_name(name: str, room: float, size: int = 12) -> str:
    """The same for a name; what tells it from its siblings (`[3]`, `#2`) stays."""
    name = clean(name)
    if width(name, size) <= room:
        return name
    tail = NUMBERED.search(name)
    if tail is None or width(tail[0], size) > room:
        return fit(name, room, size)
    return fit(name[: tail.start()], room - width(tail[0], size), size) + tail[0]


def wrap(words: str, room: float, size: int, most: int = 3) -> list[str]:
    """Lines that fit; words too long for a line are cut apart; the last line may end in `…`."""
    lines: list[str] = []
    line = ""
    for word in clean(words).split():
        while word:
            longer = f"{line} {word}" if line else word
            if width(longer, size) <= room:
                line, word = longer, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                cut = 1
                while cut < len(word) and width(word[: cut + 1], size) <= room:
                    cut += 1
                lines.append(word[:cut])
                word = word[cut:]
    if line:
        lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), room, size)]


class Page:
    """Elements in order; `done` puts the frame around them when the size is known."""

    def __init__(self, title: str, description: str) -> None:
        self.title = title
        self.description = description
        self.parts: list[str] = []

    def add(self, element: str) -> None:
        self.parts.append(element)

    def rect(self, box: tuple[float, float, float, float], style: str, tip: str = "") -> None:
        x, y, wide, high = (number(value) for value in box)
        start = f'<rect class="{style}" x="{x}" y="{y}" width="{wide}" height="{high}"'
        self.add(f"{start}><title>{text(tip)}</title></rect>" if tip else start + "/>")

    def line(self, ends: tuple[float, float, float, float], style: str) -> None:
        x1, y1, x2, y2 = (number(value) for value in ends)
        self.add(f'<line class="{style}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')

    def path(self, data: str, style: str, tip: str = "") -> None:
        start = f'<path class="{style}" d="{data}"'
        self.add(f"{start}><title>{text(tip)}</title></path>" if tip else start + "/>")

    def words(self, x: float, y: float, words: str, style: str = "", anchor: str = "") -> None:
        if not words:
            return
        more = f' class="{style}"' if style else ""
        more += f' text-anchor="{anchor}"' if anchor else ""
        self.add(f'<text x="{number(x)}" y="{number(y)}"{more}>{text(words)}</text>')

    def done(self, wide: float, high: float, style: str, defs: str = "") -> str:
        """The whole file."""
        w, h = number(wide), number(high)
        head = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<!-- Made by conclang -->",
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
            f'viewBox="0 0 {w} {h}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{text(self.title)}</title>',
            f'<desc id="desc">{text(self.description)}</desc>',
            f"<style>{style}</style>",
        ]
        if defs:
            head.append(f"<defs>{defs}</defs>")
        back = f'<rect class="back" x="0" y="0" width="{w}" height="{h}"/>'
        return "\n".join([*head, back, *self.parts, "</svg>"]) + "\n"
