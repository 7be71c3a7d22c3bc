"""The table of commands. A new command is one file in this folder and one row here.

The file has a click command called `command`; what its function returns is the exit code
(0 all holds, 1 a finding, 2 bad usage, 3 unknown because of a limit).
"""

from __future__ import annotations

from conclang.cli.group import Row

COMMANDS = (
    # name, module in conclang/cli, its line in --help
    Row("check", "check", "Explore all schedules: verdicts, causes, shortest schedules."),
    Row("compare", "compare", "The same scenario under many policies and core counts."),
    Row("draw", "draw", "Draw a picture: machine, timeline, sequence, waits, locks, states, ..."),
    Row("examples", "examples", "List, show and copy the examples that come with conclang."),
    Row("exercise", "exercise", "Exercises: solve, watch, hint; write, verify and grade them."),
    Row("explain", "explain", "Explain an error code or a concept, with an example."),
    Row("fmt", "fmt", "Put files into one style; comments stay."),
    Row("new", "new", "Write a starter scenario."),
    Row("notes", "notes", "Draw the conclang fences of Markdown notes, beside them."),
    Row("ops", "ops", "Show the micro-ops a scenario becomes, with their source lines."),
    Row("replay", "replay", "Run exactly a schedule that run or check printed."),
    Row("run", "run", "Timed run: timeline, output, metrics, problems."),
    Row("step", "step", "Be the scheduler: pick the next thread, step back, look for the failure."),
)
