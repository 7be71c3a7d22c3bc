"""The same trace in Perfetto's own binary form, by the classes of the package `perfetto`.

Made from the records of the JSON form, so both say the same. An arrow is a pair of instants, one on
each track at its very moment, joined by the number of their flow.
"""

from __future__ import annotations

from typing import Any

from conclang.render.perfetto import Record, records_of
from conclang.render.timeline import Timeline

NANOSECONDS = 1000  # of a microsecond, the unit of the JSON form
SEQUENCE = 1
TRACKS, COUNTERS = 1000, 900  # where the numbers of tracks and counters begin


class _Proto:
    def __init__(self, classes: Any) -> None:
        self.trace = classes.Trace()
        self.event = classes.TrackEvent
        self.descriptor = classes.TrackDescriptor
        self.counters: dict[str, int] = {}
        self.packets: list[tuple[int, int, Record, int]] = []

    def made(self, records: list[Record]) -> bytes:
        for record in records:
            if record["ph"] == "M":
                self._name(record)
            else:
                self._plan(record)
        self.packets.sort(key=lambda packet: packet[:2])
        for time, _, record, kind in self.packets:
            self._packet(time, record, kind)
        return bytes(self.trace.SerializeToString(deterministic=True))

    def _name(self, record: Record) -> None:
        if not record["name"].endswith("_name"):
            return
        packet = self.trace.packet.add()
        packet.trusted_packet_sequence_id = SEQUENCE
        track = packet.track_descriptor
        if record["name"] == "process_name":
            track.uuid = record["pid"]
            track.process.pid = record["pid"]
            track.process.process_name = record["args"]["name"]
            track.child_ordering = self.descriptor.EXPLICIT
            return
        track.uuid = TRACKS + record["tid"]
        track.parent_uuid = record["pid"]
        track.name = record["args"]["name"]
        track.sibling_order_rank = record["tid"]

    def _plan(self, record: Record) -> None:
        """In order of time; at one moment ends come first, then beginnings, then the rest."""
        time = record["ts"] * NANOSECONDS
        if record["ph"] == "X":
            self.packets.append((time, 1, record, self.event.TYPE_SLICE_BEGIN))
            end = time + record["dur"] * NANOSECONDS
            self.packets.append((end, 0, record, self.event.TYPE_SLICE_END))
        elif record["ph"] == "C":
            self.packets.append((time, 3, record, self.event.TYPE_COUNTER))
        else:
            self.packets.append((time, 2, record, self.event.TYPE_INSTANT))

    def _packet(self, time: int, record: Record, kind: int) -> None:
        if kind == self.event.TYPE_COUNTER:
            track = self._counter(record["name"])
        else:
            track = TRACKS + record["tid"]
        packet = self.trace.packet.add()
        packet.timestamp = time
        packet.trusted_packet_sequence_id = SEQUENCE
        event = packet.track_event
        event.type, event.track_uuid = kind, track
        if kind == self.event.TYPE_COUNTER:
            event.counter_value = record["args"]["count"]
            return
        if kind == self.event.TYPE_SLICE_END:
            return
        event.name = record["name"]
        event.categories.append(record["cat"])
        if record["ph"] == "s":
            event.flow_ids.append(record["id"])
        elif record["ph"] == "f":
            event.terminating_flow_ids.append(record["id"])
        for name, value in record.get("args", {}).items():
            note = event.debug_annotations.add()
            note.name, note.string_value = name, str(value)

    def _counter(self, name: str) -> int:
        if name not in self.counters:
            self.counters[name] = COUNTERS + len(self.counters)
            packet = self.trace.packet.add()
            packet.trusted_packet_sequence_id = SEQUENCE
            track = packet.track_descriptor
            track.uuid, track.parent_uuid, track.name = self.counters[name], 1, name
            track.counter.unit_name = "threads"
        return self.counters[name]


def perfetto_bytes(timeline: Timeline, classes: Any) -> bytes:
    """The trace; `classes` is `perfetto.protos.perfetto.trace.perfetto_trace_pb2`."""
    return _Proto(classes).made(records_of(timeline))
