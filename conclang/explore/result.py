"""What a check comes to: records for people, JSON, pictures and grades."""

from __future__ import annotations

from conclang.record import record

HOLDS, VIOLATED, UNKNOWN = "holds", "violated", "unknown"

Value = int | bool | str | None | list["Value"]
"""A final value as people write it; arrays and tuples are lists."""


@record
class Mark:
    """A place in the scenario and what to say there."""

    line: int
    column: int
    label: str


@record
class Move:
    """One step of a witness, in words."""

    thread: str
    text: str
    line: int
    decisive: bool = False


@record
class Finding:
    """Something that can happen, and the shortest schedule on which it does, or a short one.

    `fails` says whether the verdict suffers; `expected` whether the file says that it is there on
    purpose. A loop of an endless schedule is `moves[loop:]` (-1: it ends).
    """

    kind: str
    message: str
    cause: str = ""
    expected: bool = False
    fails: bool = True
    threads: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    spans: tuple[Mark, ...] = ()
    schedule: str = ""
    steps: int = 0
    switches: int = 0
    preemptions: int | None = None  # the least that shows it; None: not known
    moves: tuple[Move, ...] = ()
    loop: int = -1
    shortest: bool = True  # is it known that there is no shorter one?


@record
class Judgement:
    """An `expect` line and what became of it."""

    text: str
    line: int
    status: str


@record
class OutcomeRow:
    """One distinct end: values by name; with `--count` how many schedules and how likely."""

    values: tuple[tuple[str, Value], ...]
    schedules: int | None = None
    probability: tuple[int, int] | None = None  # numerator, denominator


@record
class Counts:
    """Complete schedules; None where there is no end to them."""

    complete: int | None = None
    finished: int | None = None
    deadlocked: int | None = None
    failed: int | None = None
    infinite: bool = False


@record
class Stats:
    states: int = 0
    transitions: int = 0
    seconds: float = 0.0
    peak_memory_mb: float = 0.0
    reductions: tuple[str, ...] = ()
    workers: int = 1
    engine: str = "plain"


@record
class CheckResult:
    """Everything `conclang check` says about one file."""

    scenario: str
    verdict: str
    limit: str | None = None
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    counts: Counts | None = None
    stats: Stats = Stats()
    infinite: bool = False
