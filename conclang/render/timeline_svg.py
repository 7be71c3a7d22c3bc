"""The timeline as SVG: a Gantt chart with a lane per core, per thread, and per thing held.

Time goes to the right. A run that does not fit on one row is folded into up to four rows at eight
pixels or more a tick; a longer one is scaled: then a bar stands for what took up most of a few
ticks, and the picture says so. Everything is placed by arithmetic on ticks, so equal runs give
equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from conclang.diagnostics.counting import counted, left_out
from conclang.render import svg
from conclang.render.timeline import Bar, Lane, Mark, Timeline
from conclang.render.timeline_legend import draw_legend, draw_mark
from conclang.render.timeline_style import THREADS, patterns, style

PLOT = 960  # pixels of time
MOST_ROWS = 4  # folds
MARGIN = 16
WIDEST_TICK, NARROWEST_TICK = 36, 8
WIDEST_STEP, NARROWEST_STEP = 118, 60  # of untimed runs: a step has room for what it does
MOST_STEPS = MOST_ROWS * (PLOT // NARROWEST_STEP)
LANE, GAP, GROUP = 20, 12, 12  # heights: a lane, between lanes, between kinds of lanes
ROW, MOST_HIGH = 15, 120  # of a thing that several hold at a time: a row for each, all of them
MOST_LANES = {"core": 64, "thread": 60, "held": 24}
FINEST = 3  # pixels of the thinnest bar of a scaled run
TIPS = 3000  # bars that get a text of their own
MOST_ARROWS = 150


class Scale:
    """Which ticks are where: `folds` rows of `span` ticks, `tick` pixels each."""

    def __init__(self, ticks: int, steps: bool = False) -> None:
        self.ticks = max(1, ticks)
        steps = steps and ticks <= MOST_STEPS
        widest, narrowest = WIDEST_TICK, NARROWEST_TICK
        if steps:
            widest, narrowest = WIDEST_STEP, NARROWEST_STEP
        self.tick = min(float(widest), PLOT / self.ticks)
        self.span, self.folds = self.ticks, 1
        if self.tick < narrowest:
            self.folds = min(MOST_ROWS, -(-self.ticks * narrowest // PLOT))
            if self.folds * PLOT >= self.ticks * narrowest:
                self.span = PLOT // narrowest
            else:
                self.span = -(-self.ticks // self.folds)
            self.tick = PLOT / self.span
        self.bucket = 1 if self.tick >= FINEST else -(-FINEST * self.span // PLOT)

    def windows(self) -> Iterator[tuple[int, int]]:
        for start in range(0, self.ticks, self.span):
            yield start, min(self.ticks, start + self.span)

    @property
    def plot(self) -> float:
        return self.span * self.tick


def timeline_svg(timeline: Timeline) -> str:
    """The picture."""
    return _Drawing(timeline).draw()


class _Drawing:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.shown, self.notes = _chosen(timeline)
        self.bars: dict[int, list[Bar]] = defaultdict(list)
        for bar in timeline.bars:
            self.bars[bar.lane].append(bar)
        self.marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in timeline.marks:
            self.marks[mark.lane].append(mark)
        end = timeline.truncated if timeline.truncated >= 0 else timeline.ticks
        self.scale = Scale(end, timeline.untimed)
        self.end = end
        threads = [lane.name for lane in timeline.lanes if lane.kind == "thread"]
        self.colors = {name: number for number, name in enumerate(threads)}
        names = [_label(timeline.lanes[lane]) for lane in self.shown]
        self.label = min(190.0, max([svg.width(name) for name in names], default=40) + 20)
        self.left = MARGIN + self.label + 8
        self.page = svg.Page(timeline.title or "Timeline", _description(timeline))
        self.tips = len(timeline.bars) <= TIPS
        self.rows = {lane: self._rows(lane) for lane in self.shown}
        self.tops: dict[int, float] = {}
        self.used: set[str] = set()

    def draw(self) -> str:
        wide = self.left + max(self.scale.plot, 420) + MARGIN + 12
        y = self._head(wide)
        for start, stop in self.scale.windows():
            y = self._fold(y, start, stop)
        y = self._notes(y, wide)
        y = draw_legend(self.page, self.used, (MARGIN, y), wide - 2 * MARGIN)
        return self.page.done(wide, y + MARGIN, style(), patterns())

    def _head(self, wide: float) -> float:
        y = float(MARGIN)
        for line in svg.wrap(self.timeline.title, (wide - 2 * MARGIN) / svg.BOLD, 17):
            y += 20
            self.page.words(MARGIN, y, line, "big")
        below = " · ".join(filter(None, (self.timeline.machine, self.timeline.outcome)))
        for line in svg.wrap(below, wide - 2 * MARGIN, 12, 6):
            y += 18
            self.page.words(MARGIN, y, line, "soft")
        return y + 14

    def _rows(self, lane: int) -> dict[tuple[int, str], int]:
        """Which row of its lane each bar has: (start, who) → row; nothing if one row will do."""
        if self.scale.bucket > 1 or self._group(lane) != "held":
            return {}
        ends: list[int] = []
        rows: dict[tuple[int, str], int] = {}
        for bar in self.bars[lane]:
            row = next((n for n, end in enumerate(ends) if end <= bar.start), len(ends))
            ends[row : row + 1] = [bar.end]
            rows[bar.start, bar.who] = row
        return rows if len(ends) > 1 else {}

    def _high(self, lane: int) -> tuple[float, float]:
        """How high a lane is, and each of its rows."""
        count = max(self.rows[lane].values(), default=0) + 1
        row = min(float(ROW), MOST_HIGH / count) if count > 1 else float(LANE)
        return row * count, row

    # -- one row of time -------------------------------------------------------------------------

    def _fold(self, y: float, start: int, stop: int) -> float:
        """Axis, lanes, marks and arrows of a stretch of ticks; gives the place below it."""
        y += 14
        bottom = self._place(y + 6)
        self._axis(y, bottom, start, stop)
        for lane in self.shown:
            self._lane(lane, start, stop)
        self._arrows(start, stop)
        for lane in self.shown:
            self._marks(lane, start, stop)
        return bottom + 12

    def _place(self, y: float) -> float:
        """Where each lane is."""
        kind = ""
        for lane in self.shown:
            here = self._group(lane)
            y += GROUP if kind and here != kind else 0
            kind = here
            self.tops[lane] = y
            y += self._high(lane)[0] + GAP
        return y

    def _group(self, lane: int) -> str:
        kind = self.timeline.lanes[lane].kind
        return kind if kind in ("core", "thread") else "held"

    def x(self, tick: float, start: int) -> float:
        return self.left + (tick - start) * self.scale.tick

    def _axis(self, y: float, bottom: float, start: int, stop: int) -> None:
        widest = svg.width(str(stop), 11) + 16
        step = next(n for n in _round_numbers() if n * self.scale.tick >= widest)
        for tick in range(-(-start // step) * step, stop + 1, step):
            x = self.x(tick, start)
            self.page.line((x, y + 4, x, bottom), "grid")
            self.page.words(x, y, str(tick), "small soft", "middle")

    def _lane(self, lane: int, start: int, stop: int) -> None:
        row, top = self.timeline.lanes[lane], self.tops[lane]
        wide = (stop - start) * self.scale.tick
        high, part = self._high(lane)
        self.page.rect((self.left, top, wide, high), "row")
        if row.kind == "thread":
            self._painted((MARGIN, top + 4, 12, 12), row.name)
        self.page.words(MARGIN + 18, top + 14, svg.fit_name(_label(row), self.label - 14), "", "")
        for bar in self._visible(lane, start, stop):
            here = top + part * self.rows[lane].get((bar.start, bar.who), 0)
            self._bar(row, bar, (here, part), (start, stop))
        if self.scale.bucket > 1 and self._group(lane) == "held":
            self._shares(lane, start, stop)

    def _visible(self, lane: int, start: int, stop: int) -> Iterable[Bar]:
        bars = self.bars[lane]
        if self.scale.bucket > 1:
            if self._group(lane) == "held":
                return []
            return _scaled(bars, start, stop, self.scale.bucket)
        return [bar for bar in bars if bar.end > start and bar.start < stop]

    def _bar(
        self, row: Lane, bar: Bar, place: tuple[float, float], window: tuple[int, int]
    ) -> None:
        top, high = place
        left = self.x(max(bar.start, window[0]), window[0])
        wide = self.x(min(bar.end, window[1]), window[0]) - left
        tip = self._tip(row, bar) if self.tips else ""
        box = (left, top, wide, high)
        if bar.state == "running" and row.kind == "core":
            self._painted(box, bar.who, tip)
        else:
            self.used.add(bar.state)
            self.page.rect(box, f"s-{bar.state}", tip)
        if wide >= 4:
            self.page.rect((left + 0.35, top + 0.35, wide - 0.7, high - 0.7), "box")
        if high >= 13:
            self._bar_words(row, bar, (left, top + (high - LANE) / 2, wide))

    def _shares(self, lane: int, start: int, stop: int) -> None:
        """How much of each few ticks a thing was held: too short a time to tell by whom."""
        state = "inside" if self.timeline.lanes[lane].kind == "section" else "held"
        self.used.add(state)
        for left, right, share in _shares(self.bars[lane], start, stop, self.scale.bucket):
            x, high = self.x(left, start), max(1.0, LANE * share)
            box = (x, self.tops[lane] + LANE - high, self.x(right, start) - x, high)
            self.page.rect(box, f"s-{state}")

    def _bar_words(self, row: Lane, bar: Bar, place: tuple[float, float, float]) -> None:
        """Names on plain grounds only: text over stripes is hard to read."""
        left, top, wide = place
        plain = bar.state in ("held", "inside") or (bar.state == "running" and row.kind == "core")
        step = self.timeline.untimed and bar.state == "running" and row.kind == "thread"
        if (plain or step) and wide >= 14 and self.colors.get(bar.who, 0) < len(THREADS):
            room = wide - (22 if step else 6)  # a mark may stand at the end of a step
            words = svg.fit_name(bar.who, room, 11)
            self.page.words(left + wide / 2, top + 14, words, "bar", "middle")

    def _painted(self, box: tuple[float, float, float, float], who: str, tip: str = "") -> None:
        """In the colour of a thread."""
        place = self.colors.get(who, 0)
        self.page.rect(box, f"t{place % len(THREADS)}", tip)
        again = place // len(THREADS)
        if again:
            self.page.rect(box, f"again{1 + (again - 1) % 3}")

    def _tip(self, row: Lane, bar: Bar) -> str:
        who = f" ({bar.who})" if bar.who else ""
        return f"{row.name}: {bar.state}{who}, tick {bar.start} to {bar.end}"

    # -- what happens between and upon lanes -------------------------------------------------------

    def _arrows(self, start: int, stop: int) -> None:
        if len(self.timeline.arrows) > MOST_ARROWS:
            return
        last = stop if stop == self.scale.ticks else stop - 1
        for arrow in self.timeline.arrows:
            if arrow.source not in self.tops or arrow.target not in self.tops:
                continue
            if arrow.source == arrow.target or not start <= arrow.end <= last:
                continue
            self.used.add(arrow.kind)
            down = self.tops[arrow.target] > self.tops[arrow.source]
            x1 = self.x(max(arrow.start, start), start)
            y1 = self.tops[arrow.source] + (LANE if down else 0)
            x2 = self.x(arrow.end, start)
            y2 = self.tops[arrow.target] + (0 if down else LANE)
            bend = 10 if x1 == x2 and abs(y2 - y1) > LANE else 0
            n = svg.number
            data = (
                f"M{n(x1)},{n(y1)} C{n(x1 + bend)},{n(y1 + (y2 - y1) * 0.4)} "
                f"{n(x2 + bend)},{n(y1 + (y2 - y1) * 0.6)} {n(x2)},{n(y2)}"
            )
            names = self.timeline.lanes[arrow.source].name, self.timeline.lanes[arrow.target].name
            tip = f"{arrow.kind} {arrow.text}: {names[0]} to {names[1]}, tick {arrow.end}"
            self.page.path(data, f"arrow a-{arrow.kind}", tip)

    def _marks(self, lane: int, start: int, stop: int) -> None:
        """Marks of one kind that would cover each other are one mark that says how many."""
        last = stop if stop == self.scale.ticks else stop - 1
        near: dict[str, tuple[float, list[Mark]]] = {}
        groups: list[tuple[float, list[Mark]]] = []
        free = 0.0
        for mark in self.marks[lane]:
            if not start <= mark.tick <= last:
                continue
            x = self.x(mark.tick, start)
            if mark.kind in near and x - near[mark.kind][0] < 9:
                near[mark.kind][1].append(mark)
                continue
            near[mark.kind] = (x, [mark])
            groups.append(near[mark.kind])
        for x, marks in groups:
            self.used.add(marks[0].kind)
            words = "; ".join(f"tick {mark.tick}: {mark.text}" for mark in marks[:5])
            more = f" and {len(marks) - 5} more" if len(marks) > 5 else ""
            y = self.tops[lane]
            if marks[0].kind != "print":  # problems stand on the lane, side by side
                x, y = max(x, free), y + LANE / 2 + 4
                free = x + 14
            draw_mark(self.page, marks[0].kind, (x, y), words + more)

    def _notes(self, y: float, wide: float) -> float:
        timeline, notes = self.timeline, list(self.notes)
        if not timeline.bars:
            notes.insert(0, "No time passes in this run.")
        if self.scale.bucket > 1:
            bucket = self.scale.bucket
            notes.append(f"A bar shows what took up most of {bucket} ticks.")
            if any(self._group(lane) == "held" for lane in self.shown):
                notes.append(f"Locks and sections: how much of {bucket} ticks they were in use.")
        if len(timeline.arrows) > MOST_ARROWS:
            notes.append(f"{len(timeline.arrows)} wake-ups and messages are not drawn.")
        if timeline.truncated >= 0:
            notes.append(f"What happens after tick {timeline.truncated} is not drawn.")
        for note in notes:
            for line in svg.wrap(note, wide - 2 * MARGIN, 12):
                y += 17
                self.page.words(MARGIN, y, line, "soft")
        return y + 12


def _chosen(timeline: Timeline) -> tuple[list[int], list[str]]:
    """The lanes there is room for, and what is said about the others."""
    shown: list[int] = []
    count: dict[str, int] = defaultdict(int)
    busy = {bar.lane for bar in timeline.bars} | {mark.lane for mark in timeline.marks}
    for number, lane in enumerate(timeline.lanes):
        group = lane.kind if lane.kind in ("core", "thread") else "held"
        if group == "held" and number not in busy:
            continue
        count[group] += 1
        if count[group] <= MOST_LANES[group]:
            shown.append(number)
    words = {"core": "core", "thread": "thread", "held": "lane"}
    notes = [
        f"{left_out(count[group] - most, words[group])}."
        for group, most in MOST_LANES.items()
        if count[group] > most
    ]
    return shown, notes


def _scaled(bars: list[Bar], start: int, stop: int, bucket: int) -> Iterator[Bar]:
    """For each few ticks what took up most of them; neighbours that agree are one bar."""
    open_bar: Bar | None = None
    for bar in _majorities(bars, start, stop, bucket):
        if open_bar is not None and _same(open_bar, bar):
            open_bar = Bar(bar.lane, open_bar.start, bar.end, bar.state, bar.who)
            continue
        if open_bar is not None:
            yield open_bar
        open_bar = bar
    if open_bar is not None:
        yield open_bar


def _same(one: Bar, two: Bar) -> bool:
    return one.end == two.start and (one.state, one.who) == (two.state, two.who)


def _majorities(bars: list[Bar], start: int, stop: int, bucket: int) -> Iterator[Bar]:
    first = 0
    for left in range(start, stop, bucket):
        right = min(left + bucket, stop)
        while first < len(bars) and bars[first].end <= left:
            first += 1
        share: dict[tuple[str, str], int] = {}
        at = first
        while at < len(bars) and bars[at].start < right:
            bar = bars[at]
            if bar.end > left:
                key = (bar.state, bar.who)
                share[key] = share.get(key, 0) + min(bar.end, right) - max(bar.start, left)
            at += 1
        idle = right - left - sum(share.values())
        if share:
            state, who = max(share, key=lambda key: share[key])
            if share[state, who] >= idle:
                yield Bar(bars[0].lane, left, right, state, who)


def _shares(
    bars: list[Bar], start: int, stop: int, bucket: int
) -> Iterator[tuple[int, int, float]]:
    """From, to, and the part of that time that bars cover, where they cover any."""
    used: dict[int, int] = defaultdict(int)
    for bar in bars:
        left, right = max(bar.start, start), min(bar.end, stop)
        while left < right:
            place = (left - start) // bucket
            until = min(right, start + (place + 1) * bucket)
            used[place] += until - left
            left = until
    for place, ticks in sorted(used.items()):
        left = start + place * bucket
        right = min(left + bucket, stop)
        yield left, right, min(1.0, ticks / (right - left))


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, ..."""
    unit = 1
    while True:
        yield from (unit, 2 * unit, 5 * unit)
        unit *= 10


def _label(lane: Lane) -> str:
    return lane.name if lane.kind in ("core", "thread") else f"{lane.kind} {lane.name}"


def _description(timeline: Timeline) -> str:
    kinds = [lane.kind for lane in timeline.lanes]
    threads = counted(kinds.count("thread"), "thread")
    words = f"Timeline of {threads}, {timeline.machine}: {timeline.outcome}."
    grave = [mark.text for mark in timeline.marks if mark.kind != "print"]
    return " ".join([words, *dict.fromkeys(f"{text}." for text in grave[:10])])
