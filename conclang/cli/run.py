"""`conclang run`: the timed run of a scenario.

The forms of output are a table: each names the function that makes it. `jsonl` is written while the
run goes on, so that a run of any length needs no memory for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import define_option, wants_color
from conclang.cli.html import make_html
from conclang.cli.output import refuse_output, write_output
from conclang.cli.pictures import DRAWINGS, FORMS
from conclang.cli.running import (
    columns,
    cores_option,
    exit_code,
    load_program,
    policy_option,
    request_of,
    seed_option,
    show_mistakes,
    until_option,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from conclang.analyses.runner import Request, RunResult
    from conclang.events.event import Event
    from conclang.pipeline import Checked

PATIENCE = 3_000_000
"""Micro-ops after which a run that nobody has limited is given up, where a person is to read it."""


@click.command()
@click.argument("file", metavar="FILE")
@policy_option
@cores_option
@seed_option
@until_option
@click.option("--max-steps", type=click.IntRange(1), help="Give up after so many micro-ops.")
@define_option
@click.option("--speedup", is_flag=True, help="Compare with one core however long it takes.")
@click.option(
    "--format", "form", metavar="FORM", default="text", help=f"One of {', '.join(FORMS)}."
)
@click.option("--no-stats", is_flag=True, help="Leave out what varies from run to run.")
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, form: str, output: str | None, **given: Any) -> int:
    """Run a scenario on its machine: who has which core when, what is printed, how long it takes.

    FILE may be - (standard input).
    """
    maker = known_form(form)
    checked = load_program(file, given["defines"])
    if checked.program is None:
        shown_mistakes = show_mistakes(checked, form)
        if shown_mistakes:
            write_output(shown_mistakes, output, [file], given["force"])
        return 1
    refuse_output(output, [file], given["force"])
    warn(checked)
    if form == "text" and given["max_steps"] is None and given["until"] is None:
        given["max_steps"] = PATIENCE
    request = request_of(checked, given)
    target = Target(file, output, given["force"], not given["no_stats"])
    target.alone = {} if given["speedup"] else None
    code: int = maker(checked, request, target)
    return code


class Target:
    """Where the result goes."""

    def __init__(self, file: str, output: str | None, force: bool, stats: bool) -> None:
        self.file = file
        self.output = output
        self.force = force
        self.stats = stats
        self.alone: dict[str, int | None] | None = None  # see speed_up

    def write(self, text: str | bytes) -> None:
        write_output(text, self.output, [self.file], self.force)


def known_form(form: str) -> Any:
    """The function that makes a form."""
    found = MAKERS.get(form)
    if found is None:
        raise click.BadParameter(
            f"'{form}' is not one of {', '.join(FORMS)}", param_hint="'--format'"
        )
    return found


def make_text(checked: Checked, request: Request, target: Target) -> int:
    from conclang.analyses.runner import header_of, run_program
    from conclang.analyses.speedup import with_speed_up
    from conclang.render.lanes import Lanes
    from conclang.render.run_text import text
    from conclang.render.text_style import Style

    assert checked.program is not None
    lanes = Lanes(header_of(checked.program, request))
    result = run_program(checked.program, request, lanes.see)
    lanes.end(result.outcome.ticks)
    result = with_speed_up(checked.program, request, result, target.alone)
    color = target.output is None and wants_color(sys.stdout)
    target.write(text(result, lanes, columns(target.output is None), Style(color)))
    return exit_code(result)


def make_json(checked: Checked, request: Request, target: Target) -> int:
    from conclang.analyses.parallelism import over_time
    from conclang.analyses.runner import run_program
    from conclang.analyses.speedup import with_speed_up
    from conclang.render.run_json import text

    assert checked.program is not None
    result = run_program(checked.program, request)
    series = over_time(checked.program, request, result)
    result = with_speed_up(checked.program, request, result, target.alone)
    target.write(text(result, checked.source.name, target.stats, series))
    return exit_code(result)


def make_jsonl(checked: Checked, request: Request, target: Target) -> int:
    from conclang.analyses.runner import header_of
    from conclang.events.wire import event_line, header_line, outcome_line

    assert checked.program is not None
    header = header_of(checked.program, request)
    return _streamed(
        checked,
        request,
        target,
        [header_line(header)],
        lambda event: event_line(event, header.places),
        lambda result: outcome_line(result.outcome),
    )


def _streamed(
    checked: Checked,
    request: Request,
    target: Target,
    before: list[str],
    line_of: Callable[[Event], str],
    after: Callable[[RunResult], str] | None,
) -> int:
    """Line by line to standard output; a file is written in one go, through a temporary one."""
    import tempfile

    from conclang.analyses.runner import run_program
    from conclang.record import replace

    assert checked.program is not None
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        out = sys.stdout if target.output is None else spool
        out.writelines(f"{line}\n" for line in before)

        def listener(event: Event) -> None:
            out.write(line_of(event) + "\n")

        result = run_program(
            checked.program,
            replace(request, keep_output=False),
            listener,
        )
        if after is not None:
            out.write(after(result) + "\n")
        out.flush()
        if target.output is not None:
            spool.seek(0)
            target.write(spool.read())
    return exit_code(result)


def make_drawing(form: str) -> Any:
    """The maker of a form that is drawn from the timeline."""

    def make(checked: Checked, request: Request, target: Target) -> int:
        from conclang.cli.pictures import drawing
        from conclang.views.runs import timeline_of

        assert checked.program is not None
        result, timeline = timeline_of(checked.program, request)
        target.write(drawing(form, timeline))
        return exit_code(result)

    return make


def make_csv(checked: Checked, request: Request, target: Target) -> int:
    from conclang.analyses.runner import run_program
    from conclang.render.tables import metrics_csv

    assert checked.program is not None
    result = run_program(checked.program, request)
    target.write(metrics_csv(result))
    return exit_code(result)


def make_events_csv(checked: Checked, request: Request, target: Target) -> int:
    from conclang.analyses.runner import header_of
    from conclang.render.tables import EVENT_HEADS, event_row, line

    assert checked.program is not None
    places = header_of(checked.program, request).places
    head = line(EVENT_HEADS)[:-1]
    return _streamed(
        checked, request, target, [head], lambda event: event_row(event, places)[:-1], None
    )


MAKERS: dict[str, Any] = {
    "text": make_text,
    "json": make_json,
    "jsonl": make_jsonl,
    "csv": make_csv,
    "events-csv": make_events_csv,
    "html": make_html,
    **{form: make_drawing(form) for form in DRAWINGS},
}
