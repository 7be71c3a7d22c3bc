"""`conclang replay`: run exactly the schedule that `run` or `check` printed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, define_option, wants_color
from conclang.cli.html import replay_html
from conclang.cli.output import write_output
from conclang.cli.pictures import DRAWINGS, FORMS, drawing
from conclang.cli.running import (
    columns,
    exit_code,
    load_program,
    request_of,
    show_mistakes,
    warn,
    with_policy,
)
from conclang.diagnostics.source import STDIN, read_source
from conclang.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from conclang.analyses.replaying import Replayed
    from conclang.analyses.runner import Request
    from conclang.events.schedule import Schedule
    from conclang.events.trace import Place
    from conclang.ir.program import Program
    from conclang.pipeline import Checked
    from conclang.render.lanes import Lanes


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("schedule", metavar="SCHEDULE")
@define_option
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", help="Default: text, for people."
)
@click.option("--no-stats", is_flag=True, help="Leave out what varies from run to run.")
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, schedule: str, form: str, output: str | None, **given: Any) -> int:
    """Run exactly the given schedule again, and say where it is no longer possible.

    SCHEDULE is the text that run or check printed, or a file that holds it (also their JSON), or -
    (standard input).
    """
    if schedule == STDIN:
        schedule = _from_stdin(file)
    wanted = read_schedule(schedule)
    defines = {**dict(wanted.constants), **given["defines"]}
    checked = load_program(file, defines)
    if checked.program is None:
        shown_mistakes = show_mistakes(checked, form)
        if shown_mistakes:
            write_output(shown_mistakes, output, [file], given["force"])
        return 1
    warn(checked)
    wanted = replace(wanted, constants=tuple(sorted((n, str(v)) for n, v in defines.items())))
    replayed, shown = _replay(checked, wanted, form, given, output is None)
    write_output(shown, output, [file], given["force"])
    changed = wanted.digest and not checked.program.digest.startswith(wanted.digest)
    if replayed.divergence:
        click.echo(_complaint(replayed, bool(changed)), err=True)
        return 1
    if changed:
        click.echo("the file has changed since, but it still goes the same way", err=True)
    code = exit_code(replayed.result)
    return 0 if code == 3 and not wanted.timed else code


def _from_stdin(file: str) -> str:
    """A schedule that is piped in; what it is of cannot come the same way."""
    if file == STDIN:
        raise Unusable("FILE and SCHEDULE cannot both be standard input")
    source, problem = read_source(STDIN)
    if problem is not None:
        raise Unusable(f"<stdin>: {problem.message}")
    return source.text


def _complaint(replayed: Replayed, changed: bool) -> str:
    first = f"diverges at choice {replayed.position}: {replayed.divergence}"
    return first + ("; the file has changed since" if changed else "")


def read_schedule(text: str) -> Schedule:
    """From the text itself, or from a file that holds it."""
    from conclang.views.asking import CannotBeHad
    from conclang.views.asking import read_schedule as read

    try:
        return read(text)
    except CannotBeHad as problem:
        raise Unusable(str(problem)) from None


def _replay(
    checked: Checked, wanted: Schedule, form: str, given: dict[str, Any], terminal: bool
) -> tuple[Replayed, str | bytes]:
    """The replay and its text in the form asked for."""
    from conclang.analyses.replaying import replay_timed, replay_untimed
    from conclang.analyses.runner import Request, header_of
    from conclang.cli.step_table import StepTable
    from conclang.events.event import Event
    from conclang.events.wire import event_line, header_line, outcome_line
    from conclang.render.lanes import Lanes
    from conclang.render.tables import EVENT_HEADS, event_row, line, metrics_csv
    from conclang.views.runs import recorder_of

    assert checked.program is not None
    request = Request()
    if wanted.timed:
        request = _request(checked, wanted)
    if form == "html":
        return replay_html(checked, wanted, request)
    header = header_of(checked.program, request)
    lanes = Lanes(header)
    lines = [header_line(header) if form == "jsonl" else line(EVENT_HEADS)[:-1]]
    rows: dict[str, Callable[[Event, tuple[Place, ...]], str]]
    rows = {"jsonl": event_line, "events-csv": event_row}
    row = rows.get(form)
    steps = StepTable(header) if form == "text" and not wanted.timed else None
    recorder = None
    if form in DRAWINGS:
        recorder = recorder_of(checked.program, request, untimed=not wanted.timed)
    listeners = [keeper.see for keeper in (recorder, steps, lanes) if keeper is not None]

    def listener(event: Event) -> None:
        if row is not None:
            lines.append(row(event, header.places).rstrip("\n"))
        for see in listeners:
            see(event)

    if wanted.timed:
        replayed = replay_timed(checked.program, wanted, request, listener)
    else:
        replayed = replay_untimed(checked.program, wanted, listener)
        replayed = _complete(checked.program, wanted, replayed)
    lanes.end(replayed.result.outcome.ticks)
    if recorder is not None:
        return replayed, drawing(form, recorder.timeline(replayed.result))
    if form == "csv":
        return replayed, metrics_csv(replayed.result)
    if form in ("jsonl", "events-csv"):
        lines += [outcome_line(replayed.result.outcome)] if form == "jsonl" else []
        return replayed, "\n".join(lines) + "\n"
    if form == "json":
        replayed, series = _measured(checked, wanted, request, replayed)
        return replayed, _json(checked, replayed, series, not given["no_stats"])
    table = steps.rows(wanted.loop) if steps is not None else None
    return replayed, _text(replayed, None if steps is not None else lanes, table, terminal)


def _complete(program: Program, wanted: Schedule, replayed: Replayed) -> Replayed:
    """All that `check` found on a schedule of it, if file and schedule still belong together."""
    if replayed.divergence or not wanted.digest or not program.digest.startswith(wanted.digest):
        return replayed
    from conclang.cli.replay_found import with_all_found

    return with_all_found(program, replayed)


def _measured(
    checked: Checked, wanted: Schedule, request: Request, replayed: Replayed
) -> tuple[Replayed, list[list[int]] | None]:
    """What `run` finds out by running once more: speed-up, and parallelism over time."""
    if not wanted.timed:
        return replayed, None
    from conclang.analyses.parallelism import over_time
    from conclang.analyses.speedup import with_speed_up

    assert checked.program is not None
    series = over_time(checked.program, request, replayed.result)
    result = with_speed_up(checked.program, request, replayed.result)
    return replace(replayed, result=result), series


def _request(checked: Checked, wanted: Schedule) -> Any:
    assert checked.program is not None
    request = request_of(
        checked,
        {
            "cores": wanted.cores or None,
            "seed": wanted.seed,
            "until": wanted.until if wanted.until >= 0 else None,
            "defines": dict(wanted.constants),
        },
    )
    if ";" in wanted.policy:  # of each processor: those the file declares
        return request
    return with_policy(checked, request, wanted.policy)


def _json(checked: Checked, replayed: Replayed, series: list[list[int]] | None, stats: bool) -> str:
    from conclang.render.run_json import document

    made = document(replayed.result, checked.source.name, series)
    if replayed.divergence:
        made["divergence"] = {"choice": replayed.position, "message": replayed.divergence}
    else:
        made["divergence"] = None
    if stats:
        made["stats"] = {"steps": replayed.result.steps}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _text(replayed: Replayed, lanes: Lanes | None, steps: list[str] | None, terminal: bool) -> str:
    from conclang.render.run_text import text
    from conclang.render.text_style import Style

    style = Style(terminal and wants_color(sys.stdout))
    return text(replayed.result, lanes, columns(terminal), style, steps)
