"""Events: the closed set of things that happen in a run.

Everything downstream (metrics, causes, pictures, grades) reads events and nothing else. An event
is one flat record; what `object` and `value` mean depends on its kind and is said in the table.
Threads and objects go by name, places in the scenario by their number in the trace's header.
"""

from __future__ import annotations

from typing import NamedTuple

from conclang.record import record

SCHEMA = 1


class Event(NamedTuple):
    """One thing that happened at a tick. core is -1 if it happened on no core."""

    seq: int
    tick: int
    core: int
    thread: str
    kind: str
    object: str
    value: int | str | None
    site: int


@record
class EventKind:
    """One row of the table: what a kind means."""

    name: str
    group: str  # life, core, wait, memory, sync, message, time, talk
    sentence: str  # {thread} {object} {value} are filled


KINDS: tuple[EventKind, ...] = (
    # -- life of threads and tasks
    EventKind("arrive", "life", "{thread} arrives"),
    EventKind("create", "life", "{thread} creates {object} ({value})"),
    EventKind("release", "life", "job {value} of {thread} is released"),
    EventKind("complete", "life", "job {value} of {thread} is complete"),
    EventKind("finish", "life", "{thread} finishes"),
    EventKind("miss", "life", "{thread} misses its deadline at {value}"),
    # -- who is where
    EventKind("ready", "core", "{thread} is ready: {value}"),
    EventKind("switch", "core", "the core switches to {thread} for {value} ticks"),
    EventKind("dispatch", "core", "{thread} gets the core: {value}"),
    EventKind("preempt", "core", "{thread} gives up the core: {value}"),
    EventKind("priority", "core", "the priority of {thread} becomes {value}, by {object}"),
    EventKind("take", "core", "{object} takes up {thread} (a {value})"),
    EventKind("park", "core", "{object} puts {thread} aside"),
    # -- waiting
    EventKind("block", "wait", "{thread} waits for {object} ({value})"),
    EventKind("sleep", "wait", "{thread} sleeps until {value}"),
    EventKind("io", "wait", "{thread} waits for I/O of {value} ticks on {object}"),
    EventKind("serve", "wait", "{object} serves {thread} until {value}"),
    EventKind("wake", "wait", "{thread} goes on, thanks to {value}"),
    # -- memory
    EventKind("read", "memory", "{thread} reads {object}: {value}"),
    EventKind("write", "memory", "{thread} writes {object} = {value}"),
    EventKind("load", "memory", "{thread} loads {object}: {value}"),
    EventKind("store", "memory", "{thread} stores {object} = {value}"),
    EventKind("atomic", "memory", "{thread}: {value} of an indivisible block"),
    EventKind("rmw", "memory", "{thread} updates {object} to {value} in one step"),
    # -- synchronisation
    EventKind("acquire", "sync", "{thread} acquires {object}"),
    EventKind("unlock", "sync", "{thread} releases {object}"),
    EventKind("try", "sync", "{thread} tries {object} in vain"),
    EventKind("wait", "sync", "{thread} waits on {object} and gives up its lock"),
    EventKind("signal", "sync", "{thread} signals {object}"),
    EventKind("reset", "sync", "{thread} resets {object}"),
    EventKind("pass", "sync", "{thread} passes {object}"),
    EventKind("meet", "sync", "{thread} arrives at {object}"),
    EventKind("join", "sync", "{thread} has waited for the end of {object}"),
    # -- channels
    EventKind("send", "message", "{thread} sends {value} on {object}"),
    EventKind("receive", "message", "{thread} receives {value} from {object}"),
    EventKind("close", "message", "{thread} closes {object}"),
    # -- time and places
    EventKind("work", "time", "{thread} has computed for {value} ticks"),
    EventKind("yield", "time", "{thread} yields"),
    EventKind("enter", "time", "{thread} enters {object}"),
    EventKind("leave", "time", "{thread} leaves {object}"),
    EventKind("local", "time", "{thread} computes: {object}"),
    EventKind("choose", "time", "{thread} draws {value}"),
    # -- words
    EventKind("print", "talk", "{thread}: {value}"),
    EventKind("error", "talk", "{thread} fails: {value}"),
    EventKind("limit", "talk", "limit reached: {value}"),
)

BY_NAME = {kind.name: kind for kind in KINDS}


def sentence(event: Event) -> str:
    """The event in words."""
    said = BY_NAME[event.kind].sentence.format(
        thread=event.thread, object=event.object, value=event.value
    )
    return said.replace(" 1 ticks", " 1 tick") if event.value == 1 else said
