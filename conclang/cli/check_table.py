"""A schedule as a table; drawn by `render`, because grades show it too."""

from __future__ import annotations

from conclang.render.step_table import table

__all__ = ["table"]
