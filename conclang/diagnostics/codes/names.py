"""Area 03: what names refer to."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
