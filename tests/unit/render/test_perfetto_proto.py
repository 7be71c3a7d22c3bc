"""Perfetto's binary form, read back with the real package: tracks, nesting, flows, counters."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as classes
from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, ran

from conclang.cli.run import command as run
from conclang.render.perfetto import records_of
from conclang.render.perfetto_proto import perfetto_bytes

SCENES = [AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE, 'scenario "Nothing"']


def packets_of(text: str) -> Any:
    trace = classes.Trace()
    trace.ParseFromString(perfetto_bytes(ran(text)[1], classes))
    return trace.packet


@pytest.mark.parametrize("text", SCENES)
def test_slices_nest_and_time_never_goes_back(text: str) -> None:
    event, depth, last = classes.TrackEvent, defaultdict(int), 0
    for packet in packets_of(text):
        if not packet.HasField("track_event"):
            continue
        assert packet.timestamp >= last
        last = packet.timestamp
        made = packet.track_event
        if made.type == event.TYPE_SLICE_BEGIN:
            depth[made.track_uuid] += 1
            assert depth[made.track_uuid] == 1 and made.name
        elif made.type == event.TYPE_SLICE_END:
            depth[made.track_uuid] -= 1
            assert depth[made.track_uuid] == 0
    assert not any(depth.values())


@pytest.mark.parametrize("text", SCENES)
def test_every_track_is_described_before_it_is_used_and_has_a_parent(text: str) -> None:
    known: dict[int, int] = {}
    for packet in packets_of(text):
        assert packet.trusted_packet_sequence_id == 1
        if packet.HasField("track_descriptor"):
            track = packet.track_descriptor
            assert track.uuid not in known
            known[track.uuid] = track.parent_uuid
            assert not track.parent_uuid or track.parent_uuid in known
        else:
            assert packet.track_event.track_uuid in known


def test_flows_come_in_pairs() -> None:
    starts, ends = [], []
    for packet in packets_of(CONVERSATION):
        starts += packet.track_event.flow_ids
        ends += packet.track_event.terminating_flow_ids
    assert starts and sorted(starts) == sorted(ends) and len(set(starts)) == len(starts)


def test_it_says_what_the_json_form_says() -> None:
    timeline = ran(CONVERSATION)[1]
    slices = [(r["name"], r["ts"] * 1000) for r in records_of(timeline) if r["ph"] == "X"]
    begun = [
        (packet.track_event.name, packet.timestamp)
        for packet in packets_of(CONVERSATION)
        if packet.track_event.type == classes.TrackEvent.TYPE_SLICE_BEGIN
    ]
    assert sorted(begun) == sorted(slices)


def test_counters_have_a_track_with_a_unit() -> None:
    named = {
        packet.track_descriptor.name: packet.track_descriptor.counter.unit_name
        for packet in packets_of(CONVERSATION)
        if packet.track_descriptor.HasField("counter")
    }
    assert named == {"parallelism": "threads", "ready threads": "threads"}


def test_without_the_package_there_is_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "perfetto.protos.perfetto.trace.perfetto_trace_pb2"
    monkeypatch.setitem(sys.modules, name, None)
    path = tmp_path / "a.cl"
    path.write_text(RACE)
    made = CliRunner().invoke(run, [str(path), "--format", "pftrace"], standalone_mode=False)
    assert "pip install 'conclang[perfetto]'" in str(getattr(made.exception, "message", ""))
