"""Area 06: constants, `-D`, sizes and ranges."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
