"""The sequence diagram as SVG: a line of life per thread, arrows and notes from top to bottom."""

from __future__ import annotations

from conclang.diagnostics.counting import counted, left_out
from conclang.render import svg
from conclang.render.sequence import Row, Sequence
from conclang.render.timeline_style import THREADS, patterns, style

MARGIN, TICKS = 16, 56  # left column: the tick of each row
LEAST, MOST = 130, 260  # distance of the lines of life
MOST_WIDTH = 5000
HEAD, ROW = 30, 26
GRAVE = {"race", "lost_update", "deadlock", "error", "miss"}

MORE = (
    ".life{stroke-width:1.2;stroke-dasharray:3 3}"
    ".note{fill:#fff1c2;stroke:#8a6d00;stroke-width:.8}"
    ".wait{fill:#f6b7a5;stroke:#8c1d0a;stroke-width:.8}"
    ".bad{fill:#ffd9d6;stroke:#b3261e;stroke-width:1.6}"
    ".plain{fill:#eef1f5;stroke:#8a8f98;stroke-width:.8}"
    ".halo{paint-order:stroke;stroke-width:4;stroke-linejoin:round}"
    ".halo{stroke:#ffffff}"
    "@media (prefers-color-scheme:dark){.halo{stroke:#16181d}}"
)
BOXES = {"print": "note", "block": "wait", "try": "wait"}


class _Drawing:
    def __init__(self, sequence: Sequence) -> None:
        self.sequence = sequence
        widest = max([svg.width(name) + 36 for name in sequence.threads], default=LEAST)
        widest = max([widest, *(svg.width(row.text, 11) + 24 for row in sequence.rows)])
        count = max(1, len(sequence.threads))
        self.gap = max(LEAST, min(MOST, widest, MOST_WIDTH / count))
        self.left = MARGIN + TICKS
        self.places = {
            name: self.left + self.gap * (number + 0.5)
            for number, name in enumerate(sequence.threads)
        }
        self.page = svg.Page(sequence.title or "Sequence", _description(sequence))

    def draw(self) -> str:
        wide = max(420.0, self.left + self.gap * max(1, len(self.places)) + MARGIN)
        top = self._head(wide)
        self._names(top)
        lines_from = len(self.page.parts)
        y = top + HEAD + 10
        last = None
        for row in self.sequence.rows:
            y += ROW
            if row.tick != last:
                last = row.tick
                self.page.words(MARGIN + TICKS - 10, y + 4, str(row.tick), "small soft", "end")
            self._row(row, y)
        y += ROW
        for x in reversed(self.places.values()):
            n = svg.number
            line = f'x1="{n(x)}" y1="{n(top + HEAD)}" x2="{n(x)}" y2="{n(y)}"'
            self.page.parts.insert(lines_from, f'<line class="life axis" {line}/>')
        if self.sequence.left_out:
            y += 20
            words = f"{left_out(self.sequence.left_out, 'event')}."
            self.page.words(MARGIN, y, words, "soft")
        return self.page.done(wide, y + MARGIN, style() + MORE, patterns())

    def _head(self, wide: float) -> float:
        y = float(MARGIN)
        for line in svg.wrap(self.sequence.title, (wide - 2 * MARGIN) / svg.BOLD, 17):
            y += 20
            self.page.words(MARGIN, y, line, "big")
        below = f"{self.sequence.machine} · {self.sequence.outcome}"
        for line in svg.wrap(below, wide - 2 * MARGIN, 12):
            y += 18
            self.page.words(MARGIN, y, line, "soft")
        return y + 16

    def _names(self, top: float) -> None:
        for number, (name, x) in enumerate(self.places.items()):
            words = svg.fit_name(name, self.gap - 34)
            half = min(self.gap - 10, svg.width(words) + 24) / 2
            box = (x - half, top, 2 * half, float(HEAD))
            self.page.rect(box, f"t{number % len(THREADS)}", name)
            again = number // len(THREADS)
            if not again:
                self.page.words(x, top + 19, words, "bar", "middle")
                continue
            self.page.rect(box, f"again{1 + (again - 1) % 3}")
            plate = svg.width(words) + 8
            self.page.rect((x - plate / 2, top + 6, plate, HEAD - 12), f"t{number % len(THREADS)}")
            self.page.words(x, top + 19, words, "bar", "middle")

    def _row(self, row: Row, y: float) -> None:
        if row.target:
            self._arrow(row, y)
            return
        words = svg.fit(row.text, self.gap - 22, 11)
        x, half = self.places[row.source], (svg.width(words, 11) + 12) / 2
        kind = "bad" if row.kind in GRAVE else BOXES.get(row.kind, "plain")
        self.page.rect((x - half, y - 9, 2 * half, 18), kind, f"{row.source}: {row.text}")
        self.page.words(x, y + 4, words, "bar", "middle")

    def _arrow(self, row: Row, y: float) -> None:
        start, end = self.places[row.source], self.places[row.target]
        n = svg.number
        if start == end:
            self.page.path(f"M{n(start)},{n(y - 6)} h24 v12 h-22", f"arrow a-{row.kind}", row.text)
            return
        self.page.path(f"M{n(start)},{n(y + 4)} H{n(end)}", f"arrow a-{row.kind}", row.text)
        way = 1 if end > start else -1
        words = svg.fit(row.text, self.gap - 18, 11)
        self.page.words(start + way * self.gap / 2, y, words, "small halo", "middle")


def _description(sequence: Sequence) -> str:
    return (
        f"Sequence diagram of {counted(len(sequence.threads), 'thread')}, "
        f"{counted(len(sequence.rows), 'event')}, "
        f"{sequence.machine}: {sequence.outcome}."
    )


def sequence_svg(sequence: Sequence) -> str:
    """The picture."""
    return _Drawing(sequence).draw()
