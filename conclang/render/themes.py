"""Light and dark for every picture.

Our own SVG has both in its style sheet and lets the viewer choose (`prefers-color-scheme`). What
Graphviz draws has its colours in attributes; a style sheet laid over it turns each colour of the
table below into its dark twin. With a theme chosen, only that one is in the picture.
"""

from __future__ import annotations

import re

QUESTION = "@media (prefers-color-scheme:dark){"

# Every colour that a graph of ours uses, and what it is in the dark. Text on a ground of the left
# column is black, on one of the right column white; a test measures the contrast of both.
DARK = {
    "white": "#16181d",
    "black": "#f0f0f0",
    "#f0f0f0": "#262a31",
    "#555555": "#a9adb5",
    "#888888": "#8a8f98",
    "#444444": "#b5b8bf",
    "#333333": "#d5d8de",
    "#d8f0e4": "#1f4a38",
    "#eef8f2": "#1a3529",
    "#fff1c2": "#4d4013",
    "#f6b7a5": "#6b2c1d",
    "#f6d5a5": "#5c4217",
    "#bfdcf2": "#1d4360",
    "#d6d9e8": "#363b57",
    "#cfc3ea": "#43356b",
    "#ffd9d6": "#641f1b",
    "#b3261e": "#ff8a80",
    "#0b5394": "#8ab8ff",
    "#1b6b2f": "#7fd494",
    "#9fd8f5": "#14506d",
    "#a8e0cb": "#1d5443",
    "#f3c78a": "#66460f",
    "#e5b8d2": "#632e4d",
    "#c4d2ff": "#2f3f78",
    "#d9d9d9": "#454545",
    "#f0e442": "#5b5500",
}
COLORED = re.compile(r'\b((?:fill|font|bg)?color)=("?)(#?\w+)\2|"(?:\\.|[^"\\])*"')
ATTRIBUTE = re.compile(r'\b(fill|stroke)="([^"]+)"')


def themed_svg(text: str, theme: str) -> str:
    """Our own SVG with both schemes (`auto`) or one of them."""
    if theme == "auto" or QUESTION not in text:
        return text
    parts = text.split(QUESTION)
    made = [parts[0]]
    for part in parts[1:]:
        inner, rest = _braced(part)
        made += [inner if theme == "dark" else "", rest]
    return "".join(made)


def _braced(text: str) -> tuple[str, str]:
    """What stands before the brace that closes, and what stands behind it."""
    depth = 1
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return text[:place], text[place + 1 :]
    return text, ""


def themed_dot(text: str, theme: str) -> str:
    """A graph's text in the dark, if that is wanted: its colours are attributes."""
    if theme != "dark":
        return text

    def twin(found: re.Match[str]) -> str:
        if not found[1]:  # a quoted text
            return found[0]
        return f'{found[1]}="{DARK.get(found[3], found[3])}"'

    dark = COLORED.sub(twin, text)
    ink = f'fontcolor="{DARK["black"]}" color="{DARK["black"]}"'
    head, brace, rest = dark.partition("{\n")
    defaults = "".join(f"\t{kind} [{ink}]\n" for kind in ("graph", "node"))
    return f"{head}{brace}{defaults}{rest}" if brace else dark


def overlay(text: str) -> str:
    """The style sheet that turns a graph that Graphviz drew dark, if the viewer wishes it."""
    used = dict.fromkeys(m.groups() for m in ATTRIBUTE.finditer(text))
    rules = [f'[{name}="{color}"]{{{name}:{DARK[color]}}}' for name, color in used if color in DARK]
    ink = DARK["black"]
    rules += [f"text:not([fill]){{fill:{ink}}}"]
    return f"<style>{QUESTION}{''.join(rules)}}}</style>"
