"""Traces as JSON Lines: a header line, one line per event, an outcome line.

Written as they happen, so a run of any length needs no memory. A reader checks the schema number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from conclang.events.event import SCHEMA, Event
from conclang.events.trace import CoreName, Header, Outcome, Place, Trace

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class WireError(ValueError):
    """A text that is no trace of a schema we know."""


def header_line(header: Header) -> str:
    """The first line."""
    return _encode(
        {
            "schema": header.schema,
            "type": "header",
            "scenario": header.scenario,
            "policy": header.policy,
            "seed": header.seed,
            "until": header.until,
            "cores": [[core.processor, core.core] for core in header.cores],
            "threads": list(header.threads),
            "daemons": sorted(header.daemons),
            "priorities": list(header.priorities),
            "deadlines": sorted(header.deadlines),
            "places": [[place.line, place.column, place.text] for place in header.places],
        }
    )


def event_line(event: Event, places: tuple[Place, ...] = ()) -> str:
    """One event. Fields that say nothing are left out; `line` is there for human readers."""
    record: dict[str, object] = {"seq": event.seq, "tick": event.tick}
    if event.core >= 0:
        record["core"] = event.core
    record["thread"] = event.thread
    record["kind"] = event.kind
    if event.object:
        record["object"] = event.object
    if event.value is not None:
        record["value"] = event.value
    if event.site >= 0:
        record["site"] = event.site
        if event.site < len(places):
            record["line"] = places[event.site].line
    return _encode(record)


def outcome_line(outcome: Outcome) -> str:
    """The last line."""
    return _encode(
        {
            "type": "outcome",
            "outcome": outcome.kind,
            "ticks": outcome.ticks,
            "message": outcome.message,
            "thread": outcome.thread,
            "site": outcome.site,
            "final": dict(outcome.final),
        }
    )


def lines(trace: Trace) -> Iterator[str]:
    """A whole trace."""
    yield header_line(trace.header)
    for event in trace.events:
        yield event_line(event, trace.header.places)
    yield outcome_line(trace.outcome)


def read(texts: Iterable[str]) -> Trace:
    """The trace that lines say."""
    records = [_decode(text) for text in texts if text.strip()]
    if not records or records[0].get("schema") != SCHEMA:
        raise WireError(f"this is no trace of schema {SCHEMA}")
    if records[-1].get("type") != "outcome":
        raise WireError("the trace ends before its outcome")
    events = [_event(record) for record in records[1:-1]]
    return Trace(_header(records[0]), events, _outcome(records[-1]))


def _decode(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError:
        raise WireError(f"`{text[:40]}` is no JSON") from None
    if not isinstance(record, dict):
        raise WireError(f"`{text[:40]}` is no record")
    return record


def _header(record: dict[str, Any]) -> Header:
    fields: dict[str, Any] = {
        name: record[name] for name in ("scenario", "policy", "seed", "until", "schema")
    }
    return Header(
        cores=tuple(CoreName(*pair) for pair in _list(record["cores"])),
        threads=tuple(_list(record["threads"])),
        daemons=frozenset(_list(record["daemons"])),
        priorities=tuple(_list(record.get("priorities", ()))),
        deadlines=frozenset(_list(record.get("deadlines", ()))),
        places=tuple(Place(*triple) for triple in _list(record["places"])),
        **fields,
    )


def _list(value: Any) -> list[Any]:
    return list(value)


def _event(record: dict[str, Any]) -> Event:
    return Event(
        record["seq"],
        record["tick"],
        record.get("core", -1),
        record["thread"],
        record["kind"],
        record.get("object", ""),
        record.get("value"),
        record.get("site", -1),
    )


def _outcome(record: dict[str, Any]) -> Outcome:
    return Outcome(
        kind=str(record["outcome"]),
        ticks=record["ticks"],
        message=str(record["message"]),
        thread=str(record["thread"]),
        site=record["site"],
        final=tuple(record["final"].items()),
    )
