"""Area 04: values of the wrong type."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
