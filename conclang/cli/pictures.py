"""Drawings of one run, for the commands that make them."""

from __future__ import annotations

from conclang.views.runs import recorder_of, timeline_of

__all__ = ["recorder_of", "timeline_of"]
