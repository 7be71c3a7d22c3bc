"""A problem met in one run, with its cause in words."""

from __future__ import annotations

from conclang.record import record

HOLDS, VIOLATED, UNKNOWN = "holds", "violated", "unknown"


@record
class Spot:
    """A place in the scenario and what to say there."""

    line: int
    column: int
    label: str


@record
class Finding:
    """`fails`: does the exit code suffer? `expected`: the file says that it is there on purpose."""

    kind: str
    message: str
    cause: str = ""
    expected: bool = False
    fails: bool = True
    threads: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    tick: int = 0
    schedule: str = ""
    steps: int = 0
    switches: int = 0


@record
class Judged:
    """An `expect` line and what this run says about it."""

    text: str
    line: int
    status: str
    detail: str = ""
