"""The legend of a timeline, and the little signs that mark a moment."""

from __future__ import annotations

from conclang.render.svg import Page, number, width

WORDS = {
    "running": "running",
    "ready": "ready",
    "blocked": "blocked",
    "sleeping": "sleeping or I/O",
    "switch": "switching",
    "held": "held by",
    "inside": "inside",
    "wake": "wakes",
    "message": "message",
    "spawn": "creates",
    "join": "end awaited",
    "print": "prints",
    "race": "race",
    "lost_update": "lost update",
    "deadlock": "waits for ever",
    "miss": "deadline missed",
    "error": "error",
}
ARROWS = ("wake", "message", "spawn", "join")

# Each sign has a shape of its own, so that it needs no colour; around the origin.
SIGNS = {
    "print": ("mark", "M-5,-9 H5 V-2 H1 L0,1 L-1,-2 H-5 z"),
    "race": ("mark alarm", "M2,-12 L-6,-2 H-1 L-3,6 L7,-6 H2 L6,-12 z"),
    "lost_update": ("mark alarm", "M-7,-11 H7 L0,3 z"),
    "deadlock": (
        "mark alarm",
        "M-3,-11 H3 L7,-7 V-1 L3,3 H-3 L-7,-1 V-7 z M-4,-5.5 V-2.5 H4 V-5.5 z",
    ),
    "miss": ("mark alarm", "M-1,6 V-12 H9 L6,-8 L9,-4 H1 V6 z"),
    "error": (
        "mark alarm",
        "M-7,-8 L-4,-11 L0,-7 L4,-11 L7,-8 L3,-4 L7,0 L4,3 L0,-1 L-4,3 L-7,0 L-3,-4 z",
    ),
}


def draw_mark(page: Page, kind: str, at: tuple[float, float], tip: str) -> None:
    """One sign; its point is at the place given."""
    style, data = SIGNS[kind]
    x, y = number(at[0]), number(at[1])
    page.add(f'<g transform="translate({x},{y})">')
    page.path(data, style, tip)
    page.add("</g>")


def draw_legend(page: Page, used: set[str], at: tuple[float, float], wide: float) -> float:
    """What the picture uses, in rows; gives the place below."""
    left, y = at
    x = left
    for name, words in WORDS.items():
        if name not in used:
            continue
        room = 34 + width(words) + 14
        if x > left and x + room > left + wide:
            x, y = left, y + 22
        _sample(page, name, x, y)
        page.words(x + 34, y + 12, words)
        x += room
    return y + 18


def _sample(page: Page, name: str, x: float, y: float) -> None:
    if name in SIGNS:
        draw_mark(page, name, (x + 14, y + 12), "")
    elif name in ARROWS:
        page.path(f"M{number(x)},{number(y + 8)} h26", f"arrow a-{name}")
    else:
        page.rect((x, y, 26, 16), f"s-{name}")
        page.rect((x + 0.35, y + 0.35, 25.3, 15.3), "box")
