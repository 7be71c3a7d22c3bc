"""Area 09: errors while the program runs, found by `run` or `check`."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
