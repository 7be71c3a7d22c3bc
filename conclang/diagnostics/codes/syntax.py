"""Area 02: what does not read as a sentence of the language, and slips from other languages."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
