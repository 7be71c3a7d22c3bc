"""The options of `conclang check`: a new one is a row here and a line where it is used."""

from __future__ import annotations

from conclang.cli.check_report import WORKERS
from conclang.cli.options import CHOICE, DEFINE, FLAG, REAL, TEXT, WHOLE, Option

FORMS = ("text", "json", "sarif", "junit", "svg", "html")
REDUCTIONS = (
    "fusing",
    "locals",
    "movers",
    "symmetry",
    "indices",
    "started",
    "guards",
    "persistent",
)
FAIRNESS = ("weak", "strong", "none")

OPTIONS = (
    Option("--max-states", WHOLE, "Give up after so many states.", "max_states", least=1),
    Option("--max-seconds", REAL, "Give up after so many seconds.", "max_seconds", least=0.0),
    Option("--max-memory", WHOLE, "Memory for the search.", "max_memory", "MB", least=1),
    Option("--no-reduction", FLAG, "Look at every state, leave nothing out.", "no_reduction"),
    Option(
        "--without",
        CHOICE,
        "Leave out one of the reductions.",
        "without",
        choices=REDUCTIONS,
        many=True,
    ),
    Option(
        "--workers",
        WHOLE,
        "Threads that search.",
        "workers",
        least=1,
        most=64,
        default=WORKERS,
        show_default=True,
    ),
    Option("--count", FLAG, "Count schedules and probabilities, exactly.", "count"),
    Option(
        "--fairness",
        CHOICE,
        "Endless schedules looked at: those in which everybody gets a turn, as fair as this.",
        "fairness",
        choices=FAIRNESS,
        default="weak",
        show_default=True,
    ),
    Option("--preemptions", WHOLE, "Only schedules with at most K.", "preemptions", "K", least=0),
    Option(
        "--under",
        TEXT,
        "Only schedules of a policy: 'cooperative', 'fifo', 'round_robin(quantum: 2)'.",
        "under",
        "POLICY",
    ),
    Option("--cores", WHOLE, "With --under: on so many cores.", "cores", least=1, most=1024),
    Option(
        "--any-start",
        FLAG,
        "With --under round_robin: the first quantum may end at any moment.",
        "any_start",
    ),
    Option("-D", DEFINE, "Set a constant of the scenario, as in -D N=5.", "defines", many=True),
    Option(
        "--format",
        CHOICE,
        "Default: text, for people.",
        "form",
        choices=FORMS,
        default="text",
    ),
    Option("--no-stats", FLAG, "Leave out what varies from run to run.", "no_stats"),
    Option("-o", TEXT, "Write the result to a file.", "output", "FILE"),
    Option("--force", FLAG, "Let -o replace a file that conclang did not write.", "force"),
)
