"""Forms of output that are made from the timeline of one run: what `run` and `replay` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.cli.common import need

if TYPE_CHECKING:
    from collections.abc import Callable

    from conclang.render.timeline import Timeline


def _svg(timeline: Timeline) -> str:
    from conclang.render.timeline_svg import timeline_svg

    return timeline_svg(timeline)


def _perfetto(timeline: Timeline) -> str:
    from conclang.render.perfetto import perfetto_json

    return perfetto_json(timeline)


def _pftrace(timeline: Timeline) -> bytes:
    from conclang.render.perfetto_proto import perfetto_bytes

    classes = need("perfetto.protos.perfetto.trace.perfetto_trace_pb2", "perfetto")
    return perfetto_bytes(timeline, classes)


DRAWINGS: dict[str, Callable[[Timeline], str | bytes]] = {
    "svg": _svg,
    "perfetto": _perfetto,
    "pftrace": _pftrace,
}
"""A new form is a row here and a file in `render`: run and replay then have it."""
FORMS = ("text", "json", "jsonl", "csv", "events-csv", "html", *DRAWINGS)


def drawing(form: str, timeline: Timeline) -> str | bytes:
    """A timeline in a form."""
    return DRAWINGS[form](timeline)
