"""What a row of the table of codes is."""

from __future__ import annotations

from conclang.record import record


@record
class Code:
    """One kind of mistake. A code is never renumbered and never reused."""

    code: str  # CL (error) or CW (warning), two digits of area, two of number
    title: str  # a few words, lower case, no full stop
    explanation: str  # what it means and why it is so, for somebody new to threads
    wrong: str = ""  # the smallest file that shows it; empty only for what is no text
    right: str = ""  # the same file mended
    defines: tuple[str, ...] = ()  # `NAME=VALUE` given with -D, for mistakes made there


AREAS = {
    "01": "text",
    "02": "syntax",
    "03": "names",
    "04": "types",
    "05": "kinds of object",
    "06": "constants and values",
    "07": "policies and attributes",
    "08": "expectations",
    "09": "run-time errors",
    "10": "exercises",
}
