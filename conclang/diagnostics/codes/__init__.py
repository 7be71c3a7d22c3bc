"""THE table of codes: what each means, with a file that shows it and the same file mended.

One file per area, each with a list `CODES`; this module puts them together. A new code is one
`Code(...)` appended to the list of its area: `conclang explain`, the SARIF rules, the reference
page and the test that runs both examples come from it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from conclang.diagnostics.codes.code import AREAS, Code

# One module per area, or more if an area gets long. They are imported when a code is looked up.
MODULES = (
    "lexing",
    "syntax",
    "slips",
    "names",
    "types",
    "kinds",
    "values",
    "policies",
    "expectations",
    "runtime",
    "exercises",
)


@cache
def table() -> dict[str, Code]:
    """Every code, in order; a code that is there twice is a bug."""
    rows: dict[str, Code] = {}
    for module in MODULES:
        for row in import_module(f"{__name__}.{module}").CODES:
            if row.code in rows:
                raise ValueError(f"{row.code} is in the table twice")
            rows[row.code] = row
    return dict(sorted(rows.items()))


def lookup(code: str) -> Code | None:
    """The row of a code, however it is written (`cl0101`, `CL101`, `0101`)."""
    text = code.strip().upper()
    return table().get(text) or table().get("CL" + text.zfill(4))


__all__ = ["AREAS", "Code", "lookup", "table"]
