"""Area 07: policies, attributes and settings."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
