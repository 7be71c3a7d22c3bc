"""`conclang draw`: a picture of a scenario or of one run of it.

A view is one row of the table below: it makes text (SVG of our own, or a graph for Graphviz). What
the output file is called decides the form; without one the picture's text goes to standard output.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, define_option, shortened
from conclang.cli.draw_states import TooMany, states_text
from conclang.cli.output import write_output
from conclang.cli.running import (
    cores_option,
    load_program,
    policy_option,
    request_of,
    seed_option,
    show_mistakes,
    until_option,
    warn,
)

if TYPE_CHECKING:
    from conclang.analyses.runner import Request
    from conclang.pipeline import Checked

FORMS = ("svg", "png", "pdf", "dot", "mmd")
MADE_FROM_SVG = ("png", "pdf")


class Wanted:
    """What a view may ask for besides the program."""

    def __init__(self, checked: Checked, request: Request, given: dict[str, Any]) -> None:
        assert checked.program is not None
        self.checked = checked
        self.program = checked.program
        self.request = request
        self.given = given


def _timeline(wanted: Wanted) -> str:
    from conclang.cli.pictures import timeline_of
    from conclang.render.timeline_svg import timeline_svg

    return timeline_svg(timeline_of(wanted.program, wanted.request)[1])


def _machine(wanted: Wanted) -> str:
    from conclang.render.machine_dot import machine_dot

    return machine_dot(wanted.program)


def _code(wanted: Wanted) -> str:
    from conclang.render.code_dot import code_dot

    return code_dot(wanted.program)


def _sequence(wanted: Wanted) -> str:
    from conclang.cli.pictures import sequence_of
    from conclang.render.sequence_svg import sequence_svg

    return sequence_svg(sequence_of(wanted.program, wanted.request))


def _mermaid(wanted: Wanted) -> str:
    from conclang.cli.pictures import sequence_of
    from conclang.render.sequence import mermaid

    return mermaid(sequence_of(wanted.program, wanted.request))


def _waits(wanted: Wanted) -> str:
    from conclang.cli.pictures import waits_of

    return waits_of(wanted.program, wanted.request, wanted.given["at"])


def _locks(wanted: Wanted) -> str:
    from conclang.cli.pictures import locks_of

    return locks_of(wanted.program, wanted.request)


def _states(wanted: Wanted) -> str:
    given = wanted.given
    return states_text(wanted.checked, given["defines"], given["by"], given["max_states"])


class View:
    """A row: what it is called, and its forms as makers of text, the natural one first."""

    def __init__(self, words: str, **makers: Callable[[Wanted], str]) -> None:
        self.words = words
        self.makers = makers
        self.own = next(iter(makers))

    def forms(self) -> list[str]:
        """Forms it can be had in."""
        return [form for form in FORMS if form in self.makers or form in ("svg", "png", "pdf")]


VIEWS = {
    "machine": View("processors, processes, threads, what they share", dot=_machine),
    "timeline": View("who ran when, on which core", svg=_timeline),
    "sequence": View("who talks to whom, in order", svg=_sequence, mmd=_mermaid),
    "waits": View("who waits for whom, who holds what", dot=_waits),
    "locks": View("in which order locks are taken", dot=_locks),
    "states": View("which states can follow which, folded", dot=_states),
    "code": View("control flow of each thread, locks held at shared memory", dot=_code),
}


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("view", metavar="VIEW")
@policy_option
@cores_option
@seed_option
@until_option
@define_option
@click.option("--at", type=click.IntRange(0), metavar="TICK", help="Of waits; default: the end.")
@click.option("--by", metavar="EXPR", help="Of states: fold by 'count', 'x, locks', or 'none'.")
@click.option("--max-states", type=click.IntRange(1), metavar="N", help="Of states: at most N.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: what -o ends in.")
@click.option("-o", "output", metavar="FILE", help="out.svg, .png, .pdf, .dot or .mmd.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, view: str, form: str | None, output: str | None, **given: Any) -> int:
    """Draw FILE. VIEW is one of: machine, timeline, sequence, waits, locks, states, code.

    Without -o the text of the picture (SVG or DOT) goes to standard output.
    """
    row = _view(view)
    form = form or _form_of(output) or row.own
    if form not in row.forms():
        raise Unusable(f"{view} cannot be drawn as {form}, but as {', '.join(row.forms())}")
    checked = load_program(file, given["defines"])
    if checked.program is None:
        show_mistakes(checked, "text")
        return 1
    warn(checked)
    wanted = Wanted(checked, request_of(checked, given), given)
    try:
        made = picture(row, wanted, form, view)
    except TooMany as limit:
        limit.show()
        return limit.exit_code
    write_output(made, output, [file], given["force"])
    return 0


def _view(name: str) -> View:
    from conclang.diagnostics.spelling import did_you_mean

    if name in VIEWS:
        return VIEWS[name]
    hint = did_you_mean(name, VIEWS)
    hint = f"; {hint}" if hint else ""
    raise click.BadParameter(
        f"'{shortened(name)}' is not one of {', '.join(VIEWS)}{hint}", param_hint="'VIEW'"
    )


def _form_of(output: str | None) -> str | None:
    """What the name of the output says."""
    ending = os.path.splitext(output or "")[1][1:].lower()
    if not ending or output == "-":
        return None
    ending = {"gv": "dot", "mermaid": "mmd"}.get(ending, ending)
    if ending not in FORMS:
        raise Unusable(f"{shortened(output)}: a picture ends in .{', .'.join(FORMS)}")
    return ending


def picture(row: View, wanted: Wanted, form: str, view: str) -> str | bytes:
    """The picture in a form."""
    if form in row.makers:
        return row.makers[form](wanted)
    if "dot" in row.makers:
        return _graph(row.makers["dot"](wanted), wanted, form, view)
    return converted(row.makers["svg"](wanted), form)


def _graph(text: str, wanted: Wanted, form: str, view: str) -> bytes:
    from conclang.render.dot import NoDot, drawn

    title = wanted.program.scenario or view
    try:
        return drawn(text, form, title, f"{VIEWS[view].words}: {title}")
    except NoDot as problem:
        raise Unusable(
            f"{problem}: install Graphviz or `pip install 'conclang[dot]'` (svg and png); "
            "or write the graph's text with --format dot"
        ) from None


def converted(text: str, form: str) -> bytes:
    """Our SVG as PNG or PDF, by a program that can do it."""
    command = shutil.which("rsvg-convert")
    if command is None:
        raise Unusable(f"{form}: this needs `rsvg-convert` (librsvg); SVG needs nothing")
    done = subprocess.run(
        [command, "-f", form], input=text.encode("utf-8"), capture_output=True, check=False
    )
    if done.returncode:
        raise Unusable(f"{form}: rsvg-convert does not do it")
    return done.stdout
