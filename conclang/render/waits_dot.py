"""Who waits for whom at a moment: threads, what they hold and what they wait for.

The resource-allocation graph of the textbooks: an arrow from a thread to a thing is a wait, one
from a thing to a thread says who has it. A ring of waits is red and thick.
"""

from __future__ import annotations

import graphviz

from conclang.analyses.waits import HELD_KINDS, Hold, Waits
from conclang.diagnostics.counting import left_out
from conclang.events.event import Event
from conclang.events.trace import Header
from conclang.render import dot

MOST_THREADS = 60
MOST_LINES = 5
MOST_STARTS = 200  # of looking for circles
THREAD, THING = "thread", "thing"
RED = "#b3261e"
BAD = {"color": RED, "penwidth": "2.5"}


class Moment:
    """Follows a run up to a tick (None: to its end)."""

    def __init__(self, header: Header, at: int | None, unit: str = "tick", why: str = "") -> None:
        self.header = header
        self.at = at
        self.unit = unit  # a schedule of `check` counts steps
        self.why = why  # this moment, if nobody asked for it
        self.waits = Waits()
        self.threads: dict[str, None] = dict.fromkeys(header.threads)
        self.passed = 0

    def see(self, event: Event) -> None:
        if self.at is not None and event.tick > self.at:
            return
        self.passed = event.tick
        if event.kind == "create":
            self.threads.setdefault(event.object)
        self.waits.see(event)


class Crowd:
    """Follows a run and remembers after which tick most were blocked, the first of such ticks."""

    def __init__(self) -> None:
        self.blocked: set[str] = set()
        self.now = 0
        self.most = 0
        self.at = 0

    def see(self, event: Event) -> None:
        if event.tick > self.now:
            self.close()
            self.now = event.tick
        if event.kind == "block":
            self.blocked.add(event.thread)
        elif event.kind in ("wake", "finish"):
            self.blocked.discard(event.thread)

    def close(self) -> None:
        """A tick is over."""
        if len(self.blocked) > self.most:
            self.most, self.at = len(self.blocked), self.now


class _Waits:
    def __init__(self, moment: Moment, ticks: int) -> None:
        self.moment = moment
        self.waits = moment.waits
        self.at = ticks if moment.at is None else min(moment.at, ticks)
        below = f"who waits for whom at {moment.unit} {self.at}{moment.why}"
        self.graph = dot.digraph(moment.header.scenario, "LR", below)
        self.ring = self._rings(list(self.waits.waiting))
        self.lines: dict[tuple[str, str], list[str]] = {}  # what each node says
        self.edges: list[tuple[tuple[str, str], tuple[str, str], bool, bool]] = []

    def _rings(self, stuck: list[str]) -> list[str]:
        """Everybody who waits in a circle, one circle after the other."""
        found: list[str] = []
        for name in [*self.waits.cycle(stuck), *stuck[:MOST_STARTS]]:
            ring = self.waits.cycle([name]) if name not in found else []
            if len(ring) > 2:
                self.graph.attr("graph", layout="circo")
            found += [one for one in ring if one not in found]
        return found

    def draw(self) -> graphviz.Digraph:
        alive = [name for name in self.moment.threads if name not in self.waits.finished]
        alive.sort(key=lambda name: name not in self.ring)
        shown = alive[:MOST_THREADS]
        for name in shown:
            self.lines[THREAD, name] = [name]
        for name in shown:
            event = self.waits.waiting.get(name)
            if event is None:
                self.lines[THREAD, name].append("goes on")
            else:
                self._wait(name, event)
        for thing, holds in self.waits.holders.items():
            for hold in holds:
                if (THREAD, hold.thread) in self.lines:
                    self._hold(thing, hold)
        self._emit()
        if not alive:
            self.graph.node("none", "all threads have ended", shape="plaintext")
        if len(alive) > MOST_THREADS:
            words = left_out(len(alive) - MOST_THREADS, "thread")
            self.graph.node("more", words, shape="plaintext")
        return self.graph

    def _emit(self) -> None:
        """Nodes, then edges: a wait is dashed, a hold is not."""
        ids = {key: f"n{number}" for number, key in enumerate(self.lines)}
        for key, lines in self.lines.items():
            if key[0] == THREAD:
                bad = key[1] in self.ring
                style = BAD | {"fillcolor": "#ffd9d6"} if bad else {"fillcolor": "#d8f0e4"}
                self.graph.node(ids[key], dot.label(*lines), shape="ellipse", **style)
            else:
                self.graph.node(ids[key], dot.label(*lines), fillcolor="#f6b7a5")
        for one, two, wait, bad in self.edges:
            style = dict(BAD) if bad else {}
            if wait:
                style["style"] = "dashed"
            self.graph.edge(ids[one], ids[two], **style)

    def _thing(self, name: str) -> tuple[str, str]:
        """Locks, semaphores and the like are known by their names, whatever is done to them."""
        self.lines.setdefault((THING, name), [name])
        return THING, name

    def _wait(self, name: str, event: Event) -> None:
        lines = self.lines[THREAD, name]
        target: tuple[str, str] | None
        if event.kind == "sleep":
            lines.append(f"sleeps until {event.value}")
            target = None
        elif event.kind == "io":
            lines.append("waits for I/O")
            target = self._thing(event.object) if event.object else None
        elif event.value == "end" and (THREAD, event.object) in self.lines:
            lines.append(f"waits for the end of {event.object}")
            target = (THREAD, event.object)
        elif event.value == "select":
            lines.append("waits in a select")
            target = None
        else:
            lines.append(f"waits for {event.object}")
            target = self._thing(event.object)
        lines.append(f"since {self.moment.unit} {event.tick}, line {self._line(event)}")
        if target is not None:
            self.edges.append(((THREAD, name), target, True, name in self.ring))

    def _hold(self, thing: str, hold: Hold) -> None:
        key = self._thing(thing)
        lines, event = self.lines[key], hold.event
        if len(lines) < MOST_LINES:
            since = f"since {self.moment.unit} {event.tick}, line {self._line(event)}"
            lines.append(f"held by {hold.thread} {since}")
        elif lines[-1] != "...":
            lines.append("...")
        bad = self._is_bad_hold(thing, hold.thread)
        self.edges.append((key, (THREAD, hold.thread), False, bad))

    def _is_bad_hold(self, thing: str, thread: str) -> bool:
        if thread not in self.ring:
            return False
        return any(
            self.waits.waiting[other].object == thing
            and self.waits.waiting[other].value in HELD_KINDS
            for other in self.ring
        )

    def _line(self, event: Event) -> str:
        places = self.moment.header.places
        return str(places[event.site].line) if 0 <= event.site < len(places) else "?"


def waits_dot(moment: Moment, ticks: int) -> str:
    """The text of the graph."""
    return dot.source(_Waits(moment, ticks).draw())
