"""The distinct final values as a bar chart: how likely each is, and by how many schedules.

A bar is as long as the outcome is probable when every step is drawn with equal chances among those
who can go on; the number of schedules stands beside it, exact. Without counts (a program that can
go round for ever) the outcomes are listed, and the picture says why there are no bars.
"""

from __future__ import annotations

from fractions import Fraction

from conclang.diagnostics.counting import left_out
from conclang.explore.result import CheckResult, Counts, OutcomeRow
from conclang.explore.values import text
from conclang.render import svg
from conclang.render.timeline_style import patterns, style

MARGIN, ROW, BAR = 16, 30, 18
PLOT = 420  # pixels of a probability of one
MOST_ROWS = 60
LONGEST_LABEL, LONGEST_FIGURE = 300.0, 330.0
BARS = "#5cb894"
MORE = (
    f".bar-of{{fill:{BARS};stroke:#1b6b2f;stroke-width:.8}}"
    ".least{fill:#d6d9e8;stroke:#4b5280;stroke-width:.8}"
)


class _Drawing:
    def __init__(self, result: CheckResult, above: str) -> None:
        self.result = result
        self.above = above
        self.rows = result.outcomes[:MOST_ROWS]
        self.counted = any(row.probability is not None for row in self.rows)
        labels = [label_of(row) for row in self.rows]
        widest = max([svg.width(label) for label in labels], default=40.0)
        self.left = MARGIN + min(LONGEST_LABEL, widest) + 14
        figures = [_figure(row, Fraction(*row.probability)) for row in self.rows if row.probability]
        self.figure = min(LONGEST_FIGURE, max([svg.width(one) for one in figures], default=0) + 20)
        self.page = svg.Page(result.scenario or "Outcomes", _description(result))

    def draw(self) -> str:
        room = PLOT + self.figure if self.counted else 160
        wide = max(460.0, self.left + room + MARGIN)
        y = self._head(wide)
        for row in self.rows:
            self._row(row, y)
            y += ROW
        y = self._axis(y) if self.counted else y
        for note in self._notes():
            for line in svg.wrap(note, wide - 2 * MARGIN, 12):
                y += 17
                self.page.words(MARGIN, y, line, "soft")
        return self.page.done(wide, y + MARGIN, style() + MORE, patterns())

    def _head(self, wide: float) -> float:
        y = float(MARGIN)
        for line in svg.wrap(self.result.scenario, (wide - 2 * MARGIN) / svg.BOLD, 17):
            y += 20
            self.page.words(MARGIN, y, line, "big")
        for words in filter(None, (self.above, _summary(self.result))):
            for line in svg.wrap(words, wide - 2 * MARGIN, 12):
                y += 18
                self.page.words(MARGIN, y, line, "soft")
        return y + 18

    def _row(self, row: OutcomeRow, y: float) -> None:
        label = label_of(row)
        shown = svg.fit(label, self.left - MARGIN - 12)
        self.page.words(self.left - 10, y + 14, shown, "", "end")
        if row.probability is None:
            if not self.counted:
                self.page.rect((self.left, y + 2, 20, BAR - 2), "least", f"{label} is possible")
            return
        chance = Fraction(*row.probability)
        wide = max(1.5, float(chance) * PLOT)
        figure = _figure(row, chance)
        self.page.rect((self.left, y, float(PLOT), BAR), "row")
        self.page.rect((self.left, y, wide, BAR), "bar-of", f"{label}: {figure}")
        self.page.words(self.left + PLOT + 12, y + 14, svg.fit(figure, self.figure - 12))

    def _axis(self, y: float) -> float:
        for tenth in range(0, 11, 2):
            x = self.left + PLOT * tenth / 10
            self.page.line((x, y, x, y + 5), "axis")
            self.page.words(x, y + 18, f"{tenth * 10} %", "small soft", "middle")
        return y + 26

    def _notes(self) -> list[str]:
        result, notes = self.result, []
        if not self.rows:
            notes.append("No schedule is known to come to an end.")
        if len(result.outcomes) > MOST_ROWS:
            notes.append(f"{left_out(len(result.outcomes) - MOST_ROWS, 'outcome')}.")
        if result.counts is not None and result.counts.infinite:
            notes.append("It can go on for ever: there is no end to its schedules to count.")
        if self.counted:
            notes.append("Chances are those of drawing every step among all who can take one.")
        return notes


def label_of(row: OutcomeRow) -> str:
    """The values, as people write them."""
    if not row.values:
        return "(no variables)"
    return ", ".join(f"{name} = {text(value)}" for name, value in row.values)


def percent(chance: Fraction) -> str:
    """With one decimal; what is not quite nothing or everything does not look so."""
    shown = f"{float(chance) * 100:.1f}"
    if shown == "0.0" and chance:
        return "< 0.1 %"
    if shown == "100.0" and chance != 1:
        return "> 99.9 %"
    return f"{shown.removesuffix('.0')} %"


def amount(count: int) -> str:
    """`137,846,528,820`; beyond a thousand billion the order of magnitude is enough."""
    if count < 10**15:
        return f"{count:,}"
    digits = str(count)
    return f"{digits[0]}.{digits[1:3]}·10^{len(digits) - 1}"


def _figure(row: OutcomeRow, chance: Fraction) -> str:
    if row.schedules is None:
        return percent(chance)
    return f"{percent(chance)} · {amount(row.schedules)} schedule{'s' * (row.schedules != 1)}"


def _summary(result: CheckResult) -> str:
    words = f"{len(result.outcomes)} outcome{'s' * (len(result.outcomes) != 1)}"
    if result.counts is None or result.counts.complete is None:
        return f"{words} over all schedules"
    return f"{words} over {_counted(result.counts)}"


def _counted(counts: Counts) -> str:
    total = counts.complete or 0
    words = f"{amount(total)} complete schedule{'s' * (total != 1)}"
    ends = [("finished", counts.finished), ("deadlocked", counts.deadlocked)]
    ends.append(("failed", counts.failed))
    parts = [f"{amount(count)} {name}" for name, count in ends if count]
    return f"{words} ({', '.join(parts)})" if len(parts) > 1 else words


def _description(result: CheckResult) -> str:
    shown = []
    for row in result.outcomes[:20]:
        chance = Fraction(*row.probability) if row.probability is not None else None
        figure = f": {_figure(row, chance)}" if chance is not None else ""
        shown.append(f"{label_of(row)}{figure}")
    more = f"; and {len(result.outcomes) - 20} more" if len(result.outcomes) > 20 else ""
    return f"Bar chart of {_summary(result)}. {'; '.join(shown)}{more}"


def outcomes_svg(result: CheckResult, above: str = "") -> str:
    """The picture; `above`: a line to say before everything else."""
    return _Drawing(result, above).draw()
