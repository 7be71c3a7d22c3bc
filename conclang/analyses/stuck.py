"""Threads that wait for ever: who holds what since which line, and what each waits for, in words.

The findings are of the end of a run, or of a schedule that is replayed.
"""

from __future__ import annotations

from conclang.analyses.finding import Finding
from conclang.analyses.places import Places, listed
from conclang.analyses.watch import Watch
from conclang.diagnostics.counting import counted
from conclang.events.event import Event
from conclang.events.trace import Outcome
from conclang.record import new, record

MOST = 20
"""Threads whose waiting is told."""
HELD = ("lock", "rwlock", "semaphore")


@record
class Stuck:
    """What is known of those who cannot go on at the end."""

    names: list[str]  # blocked ones that are no daemons
    declared: bool  # is a declared thread among them?
    doing: dict[str, str] = new(factory=dict)  # the name of the micro-op each stands at
    behind: dict[str, str] = new(factory=dict)  # ready, but that one blocks their loop


def stuck_findings(watch: Watch, places: Places, outcome: Outcome, stuck: Stuck) -> list[Finding]:
    """All of them in a run that is stuck, or a ring among those that go on."""
    if outcome.kind not in ("deadlocked", "completed", "limit"):
        return []
    names = [name for name in stuck.names if name in watch.waits.waiting]
    ring = watch.waits.cycle(names)
    if outcome.kind != "deadlocked" and not ring:
        return []
    others = [name for name in names if name not in ring] if outcome.kind == "deadlocked" else []
    kind = "deadlock" if stuck.declared or ring else "leak"
    teller = Teller(watch, places, stuck)
    sentences = [teller.sentence(name) for name in [*ring[:MOST], *others[:MOST]]]
    sentences += [f"{one} could go on, but {by}." for one, by in stuck.behind.items()]
    told = ring or others
    events = [watch.waits.waiting[name] for name in told]
    spots = tuple(places.spot(e.site, f"{e.thread} waits for {e.object}") for e in events)
    return [
        Finding(
            kind,
            f"{kind}: {_message(ring, others)}",
            " ".join(sentences),
            threads=tuple(told),
            objects=tuple(dict.fromkeys(event.object for event in events)),
            spots=spots,
            tick=outcome.ticks,
        )
    ]


def _message(ring: list[str], others: list[str]) -> str:
    if len(ring) == 1:
        return f"{ring[0]} waits for itself"
    if ring:
        return f"{listed(ring)} wait for each other in a ring"
    return f"{listed(others)} {'waits' if len(others) == 1 else 'wait'} for ever"


class Teller:
    """Says of one thread what it holds and what it waits for."""

    def __init__(self, watch: Watch, places: Places, stuck: Stuck) -> None:
        self.watch = watch
        self.places = places
        self.stuck = stuck

    def sentence(self, name: str) -> str:
        """`alice has held a since tick 1, line 5, and has waited since ..., for b, which ...`"""
        event = self.watch.waits.waiting[name]
        held = [
            f"{thing} {self.places.since(hold.event)}"
            for thing, holds in sorted(self.watch.waits.holders.items())
            for hold in holds
            if hold.thread == name
        ]
        first = f"{name} has held {listed(held)}, and" if held else name
        return f"{first} has waited {self.places.since(event)}, {self.wish(name, event)}."

    def wish(self, name: str, event: Event) -> str:
        """`for b, which bob holds`."""
        kind, thing = str(event.value), event.object
        if kind in HELD:
            return self._held(name, kind, thing)
        if kind == "channel":
            return self._message(name, thing)
        if kind == "barrier":
            return self._barrier(thing)
        table = {
            "condition": f"for a signal of {thing}, which nobody can give any more",
            "event": f"for {thing}, which nobody can set any more",
            "end": f"for the end of {thing}",
            "select": "in a select with no arm that can be taken",
        }
        return table.get(kind, f"for {thing}")

    def _held(self, name: str, kind: str, thing: str) -> str:
        holders = [hold.thread for hold in self.watch.waits.holders_of(thing)]
        if holders == [name]:
            words = f"for {thing}, which it holds itself"
            return f"{words} (no lock `with recursive`)" if kind == "lock" else words
        if holders:
            verb = "holds" if len(set(holders)) == 1 else "hold"
            own = ["itself" if holder == name else holder for holder in dict.fromkeys(holders)]
            return f"for {thing}, which {listed(own)} {verb}"
        if kind == "semaphore":
            return f"for {thing}, which is at 0 and which nobody can release any more"
        return f"for {thing}"

    def _message(self, name: str, thing: str) -> str:
        """By what it does there: the channel is full or has no taker, or is empty."""
        doing = self.stuck.doing.get(name, "")
        if doing == "SEND":
            return f"to send on {thing}, from which nobody can receive any more"
        if doing == "RECEIVE":
            return f"for a message from {thing}, to which nobody can send any more"
        return f"at {thing} for a partner"

    def _barrier(self, thing: str) -> str:
        barriers = {b.name: b.amount for b in self.places.program.things["barrier"]}
        waiting = self.watch.waits.waiting.values()
        here = sum(e.value == "barrier" and e.object == thing for e in waiting)
        missing = max(1, barriers.get(thing, here + 1) - here)
        return f"at {thing} for {counted(missing, 'more thread')}"
