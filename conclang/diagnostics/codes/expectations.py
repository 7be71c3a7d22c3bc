"""Area 08: `expect` lines."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
