"""Area 05: operations on the wrong kind of object."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = []
