"""`conclang compare`: one scenario under many policies and core counts, side by side."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, define_option, wants_color
from conclang.cli.output import refuse_output, write_output
from conclang.cli.running import (
    exit_code,
    load_program,
    seed_option,
    show_mistakes,
    until_option,
    warn,
)

if TYPE_CHECKING:
    from conclang.pipeline import Checked
    from conclang.views.comparing import Compared

    Rows = tuple[Compared, ...]


FORMS = ["text", "json", "csv", "svg"]


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--policies", metavar="POLICIES", help="Several, with ; between them.")
@click.option("--cores", metavar="N,N,...", help="Several core counts, with commas.")
@seed_option
@until_option
@define_option
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", help="Default: text, for people."
)
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, form: str, output: str | None, **given: Any) -> int:
    """Run a scenario under several policies and core counts and compare the figures."""
    counts = core_counts(given.pop("cores"))
    checked = load_program(file, given["defines"])
    if checked.program is None:
        shown_mistakes = show_mistakes(checked, form)
        if shown_mistakes:
            write_output(shown_mistakes, output, [file], given["force"])
        return 1
    refuse_output(output, [file], given["force"])
    warn(checked)
    rows = _compared(checked, given, counts)
    shown = SHOW[form](checked, rows, wants_color(sys.stdout) and output is None)
    write_output(shown, output, [file], given["force"])
    codes = [exit_code(row.result) for row in rows]
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


def _compared(checked: Checked, given: dict[str, Any], counts: list[int]) -> tuple[Compared, ...]:
    """All the runs; what cannot be had ends the command with code 2."""
    from conclang.views.asking import Ask, CannotBeHad
    from conclang.views.comparing import compared, requests_of

    assert checked.program is not None
    constants = tuple((name, str(value)) for name, value in sorted(given["defines"].items()))
    ask = Ask(seed=given["seed"], until=given["until"], defines=constants)
    try:
        requests = requests_of(checked.program, ask, given["policies"], counts)
    except CannotBeHad as problem:
        raise Unusable(str(problem)) from None
    return compared(checked.program, requests)


# -- forms -----------------------------------------------------------------------------------------


def _verdict(row: Compared) -> str:
    code = exit_code(row.result)
    return {0: "holds", 1: "violated"}.get(code, "unknown")


def _json(checked: Checked, rows: Rows, color: bool) -> str:
    from conclang.render.run_json import number

    runs = []
    for one in rows:
        row: dict[str, Any] = {"policy": one.policy, "cores": one.cores}
        row |= {"outcome": one.result.kind, "verdict": _verdict(one)}
        row["metrics"] = {name: number(value) for name, value in one.figures}
        row["metrics"]["average"] = {
            name: row["metrics"].pop(name) for name in ("turnaround", "response", "waiting")
        }
        row["speedup"] = number(one.speedup)
        row["findings"] = [found.message for found in one.result.findings]
        runs.append(row)
    made = {"schema": 1, "file": checked.source.name, "scenario": rows[0].result.scenario or None}
    return json.dumps(made | {"runs": runs}, indent=2, ensure_ascii=False) + "\n"


def _csv(checked: Checked, rows: Rows, color: bool) -> str:
    from conclang.render.run_json import number
    from conclang.render.tables import lines

    names = [name for name, _ in rows[0].figures]
    table: list[list[object]] = [["policy", "cores", "outcome", "verdict", *names, "speedup"]]
    for row in rows:
        figures = [number(value) for _, value in row.figures]
        head = [row.policy, row.cores, row.result.kind, _verdict(row)]
        table.append([*head, *figures, number(row.speedup)])
    return lines(table)


def _svg(checked: Checked, rows: Rows, color: bool) -> str:
    from conclang.views.comparing import chart

    return chart(rows)


def _text(checked: Checked, rows: Rows, color: bool) -> str:
    from fractions import Fraction

    from conclang.analyses.timed import shown
    from conclang.render.text_style import Style

    style = Style(color)
    heads = ["policy", "cores", *(name for name, _ in rows[0].figures), "speed-up", "outcome"]
    table = [heads]
    for row in rows:
        cells = [row.policy, str(row.cores)]
        values = [*(value for _, value in row.figures), row.speedup]
        cells += ["-" if value is None else shown(Fraction(value)) for value in values]
        table.append([*cells, row.result.kind])
    kept = [i for i in range(len(heads)) if _says_something(heads[i], table, i)]
    widths = {i: max(len(row[i]) for row in table) for i in kept}
    lines = []
    for place, line in enumerate(table):
        cells = [
            line[i].ljust(widths[i]) if i in (0, 13) else line[i].rjust(widths[i]) for i in kept
        ]
        words = "  ".join(cells).rstrip()
        lines.append(style.paint(words, "bold") if place == 0 else words)
    return "\n".join([*_title(checked), *lines, *_problems(rows)]) + "\n"


def _title(checked: Checked) -> list[str]:
    assert checked.program is not None
    return [checked.program.scenario, ""] if checked.program.scenario else []


def _says_something(head: str, table: list[list[str]], column: int) -> bool:
    if head in ("migrations", "misses"):
        return any(row[column] != "0" for row in table[1:])
    return head != "speed-up" or any(row[column] not in ("-", "1") for row in table[1:])


def _problems(rows: Rows) -> list[str]:
    """What went wrong, once each."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for finding in row.result.findings:
            if finding.fails:
                found.setdefault(finding.message, []).append(row.policy)
    if not found:
        return []
    return [
        "",
        *(f"{message} (under {', '.join(dict.fromkeys(p))})" for message, p in found.items()),
    ]


SHOW: dict[str, Any] = {"text": _text, "json": _json, "csv": _csv, "svg": _svg}
