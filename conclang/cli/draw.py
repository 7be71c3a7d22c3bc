"""`conclang draw`: a picture of a scenario or of one run of it.

What the output file is called decides the form; without one the picture's text goes to standard
output. The views themselves are a table in `conclang/views/table.py`.
"""

from __future__ import annotations

import os
from typing import Any

import click

from conclang.cli.common import Unusable, define_option, shortened
from conclang.cli.output import write_output
from conclang.cli.running import (
    cores_option,
    load_program,
    policy_option,
    seed_option,
    show_mistakes,
    until_option,
    warn,
)
from conclang.views.asking import THEMES, Ask, CannotBeHad, TooMany, read_schedule
from conclang.views.table import FORMS, VIEWS, picture, view_of


class LimitReached(Unusable):
    """A limit was reached first."""

    exit_code = 3


SHOWN = ", ".join(VIEWS)


@click.command(
    help=f"""Draw FILE. VIEW is one of {SHOWN}.

    Without -o the text of the picture (SVG or DOT) goes to standard output.
    """
)
@click.argument("file", metavar="FILE")
@click.argument("view", metavar="VIEW")
@policy_option
@cores_option
@seed_option
@until_option
@define_option
@click.option("--schedule", metavar="SCHEDULE", help="Draw this one, of run or check (or a file).")
@click.option(
    "--at", type=click.IntRange(0), metavar="TICK", help="Of waits; else where most wait."
)
@click.option("--by", metavar="EXPR", help="Of states: fold by 'count', 'x, locks', or 'none'.")
@click.option("--all-schedules", "every", is_flag=True, help="Of locks: over every schedule.")
@click.option(
    "--max-states", type=click.IntRange(1), metavar="N", help="Of states, outcomes: at most N."
)
@click.option("--theme", type=click.Choice(THEMES), default="auto", help="Default: the viewer's.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: what -o ends in.")
@click.option("-o", "output", metavar="FILE", help="out.svg, .png, .pdf, .dot or .mmd.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, view: str, form: str | None, output: str | None, **given: Any) -> int:
    try:
        row = view_of(view)
    except CannotBeHad as problem:
        raise click.BadParameter(str(problem), param_hint="'VIEW'") from None
    form = form or _form_of(output) or row.own
    force, defines = given.pop("force"), given.pop("defines")
    try:
        schedule = read_schedule(given["schedule"]) if given["schedule"] else None
        defines = {**dict(schedule.constants if schedule else ()), **defines}
        checked = load_program(file, defines)
        if checked.program is None:
            show_mistakes(checked, "text")
            return 1
        warn(checked)
        made = picture(
            checked, view, form, Ask(**given | {"schedule": schedule}, defines=_pairs(defines))
        )
    except TooMany as limit:
        LimitReached(f"unknown: limit reached: {limit}").show()
        return LimitReached.exit_code
    except CannotBeHad as problem:
        raise Unusable(str(problem)) from None
    write_output(made, output, [file], force)
    return 0


def _pairs(defines: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in sorted(defines.items()))


def _form_of(output: str | None) -> str | None:
    """What the name of the output says."""
    ending = os.path.splitext(output or "")[1][1:].lower()
    if not ending or output == "-":
        return None
    ending = {"gv": "dot", "mermaid": "mmd"}.get(ending, ending)
    if ending not in FORMS:
        raise Unusable(f"{shortened(output)}: a picture ends in .{', .'.join(FORMS)}")
    return ending
