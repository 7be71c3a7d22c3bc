"""Who talks to whom, in order: the sequence diagram of a run as data and as Mermaid text.

Made from the same events as the timeline: messages, wake-ups, creation and joins are arrows between
threads; taking a lock, waiting, printing and problems are notes beside one thread's line.
"""

from __future__ import annotations

from dataclasses import dataclass

from conclang.diagnostics.counting import left_out
from conclang.events.event import Event
from conclang.events.trace import Header
from conclang.render import svg
from conclang.render.timeline import Recorder, Timeline

MOST_ROWS = 400

NOTES = {
    "acquire": "acquires {object}",
    "unlock": "releases {object}",
    "try": "tries {object} in vain",
    "block": "waits for {object}",
    "signal": "signals {object}",
    "meet": "arrives at {object}",
    "close": "closes {object}",
    "finish": "ends",
    "miss": "misses its deadline",
    "print": "prints {value}",
    "error": "fails: {value}",
}
STOPS = {"block"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an arrow from source to target, or a note at source (target is then "").

    kind: that of the arrow (message, wake, spawn, join) or of the event.
    """

    tick: int
    kind: str
    source: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Threads from left to right, rows from top to bottom."""

    title: str
    machine: str
    outcome: str
    threads: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0


class Teller:
    """Listens to a run and keeps the rows."""

    def __init__(self, header: Header, recorder: Recorder) -> None:
        self.recorder = recorder
        self.threads: dict[str, None] = dict.fromkeys(header.threads)
        self.rows: list[Row] = []
        self.left_out = 0

    def see(self, event: Event) -> None:
        before = len(self.recorder.arrows)
        self.recorder.see(event)
        if event.kind == "create":
            self.threads.setdefault(event.object)
        words = NOTES.get(event.kind)
        if words is not None:
            self._add(Row(event.tick, event.kind, event.thread, "", _filled(words, event)))
        for kind, source, _, target, end, text in self.recorder.arrows[before:]:
            row = Row(end, kind, source, target, text or ARROW_WORDS[kind])
            last = self.rows[-1] if self.rows else None
            granted = last and (last.tick, last.kind, last.source) == (end, "acquire", target)
            if granted and not self.left_out:  # who is woken takes the lock by being woken
                self.rows.insert(-1, row)
            else:
                self._add(row)

    def _add(self, row: Row) -> None:
        if len(self.rows) < MOST_ROWS:
            self.rows.append(row)
        else:
            self.left_out += 1

    def sequence(self, timeline: Timeline) -> Sequence:
        """Once the run is over; problems are the last rows of their moment."""
        rows = list(self.rows)
        shown = {"race", "lost_update", "deadlock"}
        grave = [mark for mark in timeline.marks if mark.kind in shown]
        if not self.left_out:
            for mark in grave:
                name = timeline.lanes[mark.lane].name
                rows.append(Row(mark.tick, mark.kind, name, "", mark.text))
            rows.sort(key=lambda row: row.tick)
        busy = {row.source for row in rows} | {row.target for row in rows}
        threads = tuple(name for name in self.threads if name in busy)
        known = set(threads)
        rows = [r for r in rows if r.source in known and (not r.target or r.target in known)]
        return Sequence(
            timeline.title,
            timeline.machine,
            timeline.outcome,
            threads,
            tuple(rows),
            self.left_out,
        )


ARROW_WORDS = {"message": "message", "wake": "wakes", "spawn": "creates", "join": "has ended"}


def _filled(words: str, event: Event) -> str:
    if event.kind == "block" and event.value == "end":
        return f"waits for the end of {event.object}"
    if event.kind == "block" and event.value == "select":
        return "waits in a select"
    return words.format(object=event.object, value=event.value)


# -- Mermaid -------------------------------------------------------------------------------------

ARROWS = {"message": "->>", "wake": "--)", "spawn": "-)", "join": "--)"}


def mermaid(sequence: Sequence) -> str:
    """The diagram as Mermaid text."""
    lines = []
    if sequence.title:
        title = sequence.title.replace("\\", "\\\\").replace('"', '\\"')
        lines += ["---", f'title: "{svg.clean(title)}"', "---"]
    lines += ["%% Made by conclang", "sequenceDiagram"]
    ids = {name: f"t{number}" for number, name in enumerate(sequence.threads)}
    lines += [f"    participant {ids[name]} as {plain(name)}" for name in sequence.threads]
    for row in sequence.rows:
        source = ids[row.source]
        if row.target:
            arrow = f"{source}{ARROWS[row.kind]}{ids[row.target]}"
            lines.append(f"    {arrow}: {plain(row.text)} @{row.tick}")
        else:
            lines.append(f"    note over {source}: {plain(row.text)} @{row.tick}")
    if sequence.threads:
        ends = ids[sequence.threads[0]], ids[sequence.threads[-1]]
        over = ends[0] if ends[0] == ends[1] else ",".join(ends)
        lines.append(f"    note over {over}: {plain(sequence.outcome)}")
    if sequence.left_out:
        lines.append(f"    %% {left_out(sequence.left_out, 'event')}")
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Letters, digits and harmless signs stay; the rest is written by number, as Mermaid has it."""
    out = ""
    for letter in svg.clean(text)[:200]:
        harmless = letter.isalnum() or letter in " _.,+-=()[]'!?*/@" or ord(letter) > 127
        out += letter if harmless else f"#{ord(letter)};"
    return out or " "
