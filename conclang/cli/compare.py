"""`conclang compare`: one scenario under many policies and core counts, side by side."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, define_option, wants_color
from conclang.cli.output import write_output
from conclang.cli.running import (
    exit_code,
    load_program,
    request_of,
    seed_option,
    show_mistakes,
    until_option,
    warn,
    with_policy,
)

if TYPE_CHECKING:
    from conclang.analyses.runner import Request, RunResult
    from conclang.pipeline import Checked

USUAL = "fifo; round_robin(quantum: 1); round_robin(quantum: 4); priority; mlfq; cfs; lottery"
NEED_BURST = ("sjf", "srtf")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--policies", metavar="POLICIES", help="Several, with ; between them.")
@click.option("--cores", metavar="N,N,...", help="Several core counts, with commas.")
@seed_option
@until_option
@define_option
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, form: str, output: str | None, **given: Any) -> int:
    """Run a scenario under several policies and core counts and compare the figures."""
    counts = core_counts(given.pop("cores"))
    checked = load_program(file, given["defines"])
    if checked.program is None:
        write_output(show_mistakes(checked, form), output, [file], given["force"])
        return 1
    warn(checked)
    requests = _requests(checked, given, counts)
    rows = [_run(checked, request) for request in requests]
    shown = SHOW[form](checked, rows, wants_color(sys.stdout) and output is None)
    write_output(shown, output, [file], given["force"])
    codes = [exit_code(result) for result in rows]
    return max((code for code in codes), key=(0, 3, 1, 130).index, default=0)


def core_counts(text: str | None) -> list[int]:
    """`1,2,4`; empty = as declared."""
    if not text:
        return []
    counts = []
    for part in text.split(","):
        if not part.strip().isdigit() or not 1 <= int(part) <= 1024:
            raise click.BadParameter(
                f"'{part.strip()}' is no number of cores", param_hint="--cores"
            )
        counts.append(int(part))
    return counts


def _requests(checked: Checked, given: dict[str, Any], counts: list[int]) -> list[Request]:
    base = request_of(checked, {**given, "policy": None})
    texts = [part.strip() for part in (given["policies"] or "").split(";") if part.strip()]
    if given["policies"] is not None and not texts:
        raise Unusable("--policies: there is no policy in an empty text")
    policies = [with_policy(checked, base, text) for text in texts or _usual(checked)]
    if not counts:
        return policies
    return [replace(request, cores=count) for request in policies for count in counts]


def _usual(checked: Checked) -> list[str]:
    """Policies worth comparing when none are asked for: those that fit the scenario."""
    assert checked.program is not None
    attributes = [thread.attributes for thread in checked.program.threads]
    texts = [text.strip() for text in USUAL.split(";")]
    if all(a.burst is not None or a.countable_work is not None for a in attributes):
        texts[1:1] = list(NEED_BURST)
    if any(a.period for a in attributes):
        texts = ["fifo", "round_robin(quantum: 4)", "rate_monotonic", "edf"]
    own = str(checked.program.processors[0].policy)
    return [own, *[text for text in texts if text != own]]


def _run(checked: Checked, request: Request) -> RunResult:
    from conclang.analyses.runner import run_program

    assert checked.program is not None
    return run_program(checked.program, request)


# -- forms -----------------------------------------------------------------------------------------

FIGURES = (
    "makespan turnaround response waiting throughput utilization"
    " switches migrations misses fairness"
).split()


def _figures(result: RunResult) -> dict[str, Any]:
    metrics = result.metrics
    averages = {name: metrics.average(name) for name in ("turnaround", "response", "waiting")}
    return {
        name: averages[name] if name in averages else getattr(metrics, name) for name in FIGURES
    }


def speed_up(rows: list[RunResult], result: RunResult) -> Any:
    """Against the same policy on the fewest cores compared; None if there is only one."""
    from fractions import Fraction

    same = [row for row in rows if row.policy == result.policy]
    base = min(same, key=lambda row: row.cores)
    if len(same) < 2 or not result.metrics.makespan:
        return None
    return Fraction(base.metrics.makespan, result.metrics.makespan)


def _verdict(result: RunResult) -> str:
    code = exit_code(result)
    return {0: "holds", 1: "violated"}.get(code, "unknown")


def _json(checked: Checked, rows: list[RunResult], color: bool) -> str:
    from conclang.render.run_json import number

    runs = []
    for result in rows:
        row: dict[str, Any] = {"policy": result.policy, "cores": result.cores}
        row |= {"outcome": result.kind, "verdict": _verdict(result)}
        row["metrics"] = {name: number(value) for name, value in _figures(result).items()}
        row["metrics"]["average"] = {
            name: row["metrics"].pop(name) for name in ("turnaround", "response", "waiting")
        }
        row["speedup"] = number(speed_up(rows, result))
        row["findings"] = [found.message for found in result.findings]
        runs.append(row)
    made = {"schema": 1, "file": checked.source.name, "scenario": rows[0].scenario or None}
    return json.dumps(made | {"runs": runs}, indent=2, ensure_ascii=False) + "\n"


def _csv(checked: Checked, rows: list[RunResult], color: bool) -> str:
    from conclang.render.run_json import number

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["policy", "cores", "outcome", "verdict", *FIGURES, "speedup"])
    for result in rows:
        figures = [number(value) for value in _figures(result).values()]
        row = [result.policy, result.cores, result.kind, _verdict(result), *figures]
        writer.writerow([*row, number(speed_up(rows, result))])
    return out.getvalue()


def _text(checked: Checked, rows: list[RunResult], color: bool) -> str:
    from fractions import Fraction

    from conclang.analyses.timed import shown
    from conclang.render.text_style import Style

    style = Style(color)
    heads = ["policy", "cores", *FIGURES, "speed-up", "outcome"]
    table = [heads]
    for result in rows:
        cells = [result.policy, str(result.cores)]
        values = [*_figures(result).values(), speed_up(rows, result)]
        cells += ["-" if value is None else shown(Fraction(value)) for value in values]
        table.append([*cells, result.kind])
    kept = [i for i in range(len(heads)) if _says_something(heads[i], table, i)]
    widths = {i: max(len(row[i]) for row in table) for i in kept}
    lines = []
    for place, row in enumerate(table):
        cells = [row[i].ljust(widths[i]) if i in (0, 13) else row[i].rjust(widths[i]) for i in kept]
        line = "  ".join(cells).rstrip()
        lines.append(style.paint(line, "bold") if place == 0 else line)
    return "\n".join([*_title(checked), *lines, *_problems(rows)]) + "\n"


def _title(checked: Checked) -> list[str]:
    assert checked.program is not None
    return [checked.program.scenario, ""] if checked.program.scenario else []


def _says_something(head: str, table: list[list[str]], column: int) -> bool:
    if head in ("migrations", "misses"):
        return any(row[column] != "0" for row in table[1:])
    return head != "speed-up" or any(row[column] != "-" for row in table[1:])


def _problems(rows: list[RunResult]) -> list[str]:
    """What went wrong, once each."""
    found: dict[str, list[str]] = {}
    for result in rows:
        for finding in result.findings:
            if finding.fails:
                found.setdefault(finding.message, []).append(result.policy)
    if not found:
        return []
    return [
        "",
        *(f"{message} (under {', '.join(dict.fromkeys(p))})" for message, p in found.items()),
    ]


SHOW: dict[str, Any] = {"text": _text, "json": _json, "csv": _csv}
