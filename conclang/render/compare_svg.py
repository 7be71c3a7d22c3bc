"""Charts of a comparison: speed-up and metrics over cores and policies, a small panel for each.

With several core counts a panel has a line per policy, else a bar per policy. Lines differ in
colour, in their dashes and in the shape of their marks; where values agree, marks stand side by
side and lines lie a little apart, so that none hides another.
"""

from __future__ import annotations

from collections.abc import Sequence

from conclang.diagnostics.counting import left_out as not_drawn
from conclang.record import record
from conclang.render import svg
from conclang.render.timeline_style import style

MARGIN, GAP = 16, 26
PANEL, HIGH = 440.0, 170.0  # of the plot with its labels; of the plot alone
AXIS = 52.0  # room for figures left of a line chart
BAR, ROW = 15, 23
MOST_POLICIES = 16

LINES = (
    ("#0b5394", "#8ab8ff"), ("#a3440b", "#ffb366"), ("#1b6b2f", "#7fd494"), ("#a3165b", "#ff8ac0"),
    ("#6b4c00", "#e0c050"), ("#5b3fb0", "#b9a5ff"), ("#00666f", "#5fd4de"), ("#444444", "#d0d0d0"),
)  # fmt: skip
DASHES = ("", "7 3", "2 3", "9 3 2 3")
SIGNS = (
    "M-4,0 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0 z",
    "M-4,-4 H4 V4 H-4 z",
    "M0,-5.5 L5,4 H-5 z",
    "M0,-5.5 L5.5,0 L0,5.5 L-5.5,0 z",
    "M0,5.5 L5,-4 H-5 z",
    "M-5,-5 L5,5 M5,-5 L-5,5",
    "M-5.5,0 H5.5 M0,-5.5 V5.5",
    "M-6,0 L-3,-5 H3 L6,0 L3,5 H-3 z",
)


@record
class Panel:
    """One figure: a value per policy and core count, None where there is none."""

    title: str
    values: tuple[tuple[float | None, ...], ...]  # by policy, then by core count
    ideal: bool = False  # draw the line of cores = value


@record
class Charts:
    """What is drawn."""

    title: str
    policies: tuple[str, ...]
    cores: tuple[int, ...]
    panels: tuple[Panel, ...]


class _Drawing:
    def __init__(self, charts: Charts) -> None:
        self.charts = charts
        self.policies = charts.policies[:MOST_POLICIES]
        self.page = svg.Page(charts.title or "Comparison", _description(charts))
        widest = max([svg.width(name, 11) for name in self.policies], default=0)
        self.label = min(190.0, widest + 10)

    def draw(self) -> str:
        wide = 2 * PANEL + GAP + 2 * MARGIN
        y = self._head(wide)
        lines = len(self.charts.cores) > 1
        high = HIGH + 66 if lines else len(self.policies) * ROW + 48
        for place, panel in enumerate(self.charts.panels):
            x = MARGIN + (place % 2) * (PANEL + GAP)
            top = y + (place // 2) * high
            self.page.words(x, top + 14, panel.title, "head")
            (self._lines if lines else self._bars)(panel, x, top + 26)
        y += -(-len(self.charts.panels) // 2) * high
        if lines:
            y = self._legend(y, wide - 2 * MARGIN)
        left_out = len(self.charts.policies) - len(self.policies)
        if left_out:
            y += 17
            self.page.words(MARGIN, y, f"{not_drawn(left_out, 'policy')}.", "soft")
        return self.page.done(wide, y + MARGIN, style() + _more())

    def _head(self, wide: float) -> float:
        y = float(MARGIN)
        for line in svg.wrap(self.charts.title, (wide - 2 * MARGIN) / svg.BOLD, 17):
            y += 20
            self.page.words(MARGIN, y, line, "big")
        for line in svg.wrap(_below(self.charts), wide - 2 * MARGIN, 12):
            y += 18
            self.page.words(MARGIN, y, line, "soft")
        return y + 14

    # -- one core count: bars ------------------------------------------------------------------

    def _bars(self, panel: Panel, x: float, y: float) -> None:
        known = [row[0] for row in panel.values if row[0] is not None]
        top = max([0.0, *known]) or 1.0
        figures = [shown(row[0]) for row in panel.values]
        room = max(svg.width(figure, 11) for figure in figures) + 8
        plot = PANEL - self.label - room
        for place, name in enumerate(self.policies):
            value, here = panel.values[place][0], y + place * ROW
            words = svg.fit(name, self.label - 8, 11)
            self.page.words(x + self.label - 8, here + 12, words, "small", "end")
            self.page.rect((x + self.label, here, plot, BAR), "row")
            wide = plot * max(0.0, value or 0.0) / top
            if value is not None:
                tip = f"{panel.title} under {name}: {figures[place]}"
                self.page.rect((x + self.label, here, wide, BAR), "bar-of", tip)
            at = x + self.label + wide + 5
            self.page.words(at, here + 12, figures[place], "small")

    # -- several core counts: lines --------------------------------------------------------------

    def _lines(self, panel: Panel, x: float, y: float) -> None:
        cores = self.charts.cores
        known = [v for row in panel.values for v in row if v is not None]
        top = max([0.0, *known]) or 1.0
        step = nice(top / 4)
        steps = int(-(-top // step)) or 1
        left, wide = x + AXIS, PANEL - AXIS - 12
        scale = HIGH / (steps * step)
        for number in range(steps + 1):
            at = y + HIGH - number * step * scale
            self.page.line((left, at, left + wide, at), "grid")
            self.page.words(left - 7, at + 4, shown(number * step), "small soft", "end")
        places = [left + wide * (n + 0.5) / len(cores) for n in range(len(cores))]
        self.page.words(x, y + HIGH + 17, "cores", "small soft")
        free = x + svg.width("cores", 11)
        for count, at in zip(cores, places, strict=True):
            words = str(count)
            half = svg.width(words, 11) / 2 + 3
            if at - half >= free:
                self.page.words(at, y + HIGH + 17, words, "small soft", "middle")
                free = at + half
        if panel.ideal:
            self._ideal(places, y, scale, steps * step)
        for place in range(len(self.policies)):
            self._line(panel, place, places, (y, scale))

    def _ideal(self, places: list[float], y: float, scale: float, top: float) -> None:
        base = self.charts.cores[0]
        points = [
            (at, y + HIGH - min(count / base, top) * scale)
            for at, count in zip(places, self.charts.cores, strict=True)
            if count / base <= top
        ]
        self.page.path(_polyline(points), "ideal", "as fast as the number of cores")

    def _line(
        self, panel: Panel, place: int, places: list[float], axis: tuple[float, float]
    ) -> None:
        y, scale = axis
        aside = (place - (len(self.policies) - 1) / 2) * min(9.0, 60.0 / len(self.policies))
        points = []
        for at, value in zip(places, panel.values[place], strict=True):
            if value is not None:
                points.append((at + aside, y + HIGH - value * scale))
        color, dash = place % len(LINES), place // len(LINES) % len(DASHES)
        name = self.policies[place]
        self.page.path(_polyline(points), f"line l{color} d{dash}", f"{panel.title} under {name}")
        values = [value for value in panel.values[place] if value is not None]
        for (at, high), value in zip(points, values, strict=True):
            self._sign(place, at, high, f"{name}: {shown(value)}")

    def _sign(self, place: int, x: float, y: float, tip: str) -> None:
        number = place % len(SIGNS)
        self.page.add(f'<g transform="translate({svg.number(x)},{svg.number(y)})">')
        self.page.path(SIGNS[number], f"sign m{place % len(LINES)}", tip)
        self.page.add("</g>")

    def _legend(self, y: float, wide: float) -> float:
        x = float(MARGIN)
        for place, name in enumerate(self.policies):
            words = svg.fit(name, wide - 60)
            room = 50 + svg.width(words) + 16
            if x > MARGIN and x + room > MARGIN + wide:
                x, y = float(MARGIN), y + 22
            color, dash = place % len(LINES), place // len(LINES) % len(DASHES)
            data = f"M{svg.number(x)},{svg.number(y + 8)} h36"
            self.page.path(data, f"line l{color} d{dash}")
            self._sign(place, x + 18, y + 8, "")
            self.page.words(x + 44, y + 12, words)
            x += room
        if any(panel.ideal for panel in self.charts.panels):
            if x > MARGIN and x + 170 > MARGIN + wide:
                x, y = float(MARGIN), y + 22
            self.page.path(f"M{svg.number(x)},{svg.number(y + 8)} h36", "ideal")
            self.page.words(x + 44, y + 12, "as many as cores")
        return y + 20


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    parts = [f"{svg.number(x)},{svg.number(y)}" for x, y in points]
    return "M" + " L".join(parts) if parts else "M0,0"


def nice(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    unit = 1.0
    while unit > value:
        unit /= 10
    while unit * 10 <= value:
        unit *= 10
    return next(unit * n for n in (1, 2, 5, 10) if unit * n >= value)


def shown(value: float | None) -> str:
    """A figure with up to three decimals; `-` for none."""
    if value is None:
        return "-"
    return f"{value:.3f}".rstrip("0").rstrip(".") if value < 10**6 else f"{value:.3g}"


def _below(charts: Charts) -> str:
    cores = ", ".join(map(str, charts.cores))
    policies = len(charts.policies)
    words = f"{policies} polic{'ies' if policies != 1 else 'y'}"
    return f"{words} on {cores} core{'s' * (charts.cores != (1,))}"


def _description(charts: Charts) -> str:
    parts = [f"Comparison of {_below(charts)}."]
    for panel in charts.panels[:4]:
        rows = zip(charts.policies[:8], panel.values, strict=False)
        words = [f"{name} {', '.join(map(shown, values))}" for name, values in rows]
        parts.append(f"{panel.title}: {'; '.join(words)}.")
    return " ".join(parts)


def _more() -> str:
    """Colours of lines, light and dark."""
    rules = [
        ".head{font-weight:bold}.line{fill:none;stroke-width:1.8}.sign{stroke-width:1.6}"
        ".bar-of{fill:#5cb894;stroke:#1b6b2f;stroke-width:.8}"
        ".ideal{fill:none;stroke-width:1.4;stroke-dasharray:1 4;stroke-linecap:round}"
    ]
    rules += [f".d{n}{{stroke-dasharray:{dash}}}" for n, dash in enumerate(DASHES) if dash]
    schemes = []
    for scheme in (0, 1):
        made = [f".ideal{{stroke:{('#555555', '#b5b8bf')[scheme]}}}"]
        for n, colors in enumerate(LINES):
            made.append(f".l{n}{{stroke:{colors[scheme]}}}")
            made.append(f".m{n}{{fill:{colors[scheme]};stroke:{colors[scheme]}}}")
        schemes.append("".join(made))
    return f"{''.join(rules)}{schemes[0]}@media (prefers-color-scheme:dark){{{schemes[1]}}}"


def compare_svg(charts: Charts) -> str:
    """The picture."""
    return _Drawing(charts).draw()
