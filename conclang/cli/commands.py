"""The table of commands. A new command is one file in this folder and one row here.

The file has a click command called `command`; what its function returns is the exit code
(0 all holds, 1 a finding, 2 bad usage, 3 unknown because of a limit).
"""

from __future__ import annotations

from conclang.cli.group import Row

COMMANDS = (
    # name, module in conclang/cli, its line in --help
    Row(
        "check",
        "check",
        "Explore all schedules: verdicts, causes, shortest schedules.",
        (
            "conclang check counter.cl",
            "conclang check counter.cl --count",
            "conclang check src -D N=3 --max-seconds 60 --format junit -o report.xml",
        ),
    ),
    Row(
        "compare",
        "compare",
        "The same scenario under many policies and core counts.",
        (
            "conclang compare jobs.cl",
            "conclang compare jobs.cl --policies 'fifo; round_robin(quantum: 2)' --cores 1,2,4",
        ),
    ),
    Row(
        "draw",
        "draw",
        "Draw a picture: machine, timeline, sequence, waits, locks, states, ...",
        (
            "conclang draw bank.cl machine -o bank.svg",
            "conclang draw bank.cl states --by balance -o states.svg",
        ),
    ),
    Row("examples", "examples", "List, show and copy the examples that come with conclang."),
    Row("exercise", "exercise", "Exercises: solve, watch, hint; write, verify and grade them."),
    Row(
        "explain",
        "explain",
        "Explain an error code or a concept, with an example.",
        (
            "conclang explain deadlock",
            "conclang explain CL0301",
            "conclang explain round_robin",
        ),
    ),
    Row(
        "fmt",
        "fmt",
        "Put files into one style; comments stay.",
        (
            "conclang fmt .",
            "conclang fmt --check --diff counter.cl",
            "conclang fmt - < counter.cl",
        ),
    ),
    Row(
        "new",
        "new",
        "Write a starter scenario.",
        ("conclang new counter",),
    ),
    Row(
        "notes",
        "notes",
        "Draw the conclang fences of Markdown notes, beside them.",
        (
            "conclang notes lecture.md",
            "conclang notes --check lecture.md",
        ),
    ),
    Row(
        "ops",
        "ops",
        "Show the micro-ops a scenario becomes, with their source lines.",
        ("conclang ops counter.cl",),
    ),
    Row(
        "replay",
        "replay",
        "Run exactly a schedule that run or check printed.",
        (
            "conclang replay counter.cl cl1/5f43ed07/ab2a",
            "conclang check counter.cl --format json | conclang replay counter.cl -",
        ),
    ),
    Row(
        "run",
        "run",
        "Timed run: timeline, output, metrics, problems.",
        (
            "conclang run counter.cl",
            "conclang run counter.cl --policy 'round_robin(quantum: 1)' --cores 1",
            "conclang run counter.cl --format html -o run.html",
        ),
    ),
    Row(
        "step",
        "step",
        "Be the scheduler: pick the next thread, step back, look for the failure.",
        (
            "conclang step counter.cl",
            "echo 'alice bob way' | conclang step counter.cl",
        ),
    ),
)
