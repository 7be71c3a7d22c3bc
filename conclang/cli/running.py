"""What `run`, `compare` and `replay` share: the program, the policy asked for, the exit code."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import Unusable, complaint, wants_color

if TYPE_CHECKING:
    from conclang.analyses.runner import Request, RunResult
    from conclang.pipeline import Checked

USAGE_CODES = frozenset({"CL0606", "CL0607"})
LONGEST_TIME = 1 << 50
NOT_RUN: dict[str, Any] = {
    "machine": None,
    "seed": None,
    "outcome": "failed",
    "ticks": 0,
    "output": [],
    "final": {},
    "metrics": None,
    "expectations": [],
    "findings": [],
    "schedule": None,
}
"""The keys of a run that static mistakes kept from beginning."""


def seed_option(function: Any) -> Any:
    return click.option(
        "--seed", type=click.IntRange(0, 2**63 - 1), default=0, help="For everything random."
    )(function)


def until_option(function: Any) -> Any:
    return click.option(
        "--until", type=click.IntRange(0, LONGEST_TIME), metavar="TICKS", help="Stop at this tick."
    )(function)


def cores_option(function: Any) -> Any:
    return click.option("--cores", type=click.IntRange(1, 1024), help="Cores of every processor.")(
        function
    )


def policy_option(function: Any) -> Any:
    return click.option(
        "--policy",
        metavar="POLICY",
        help="As in `scheduler`, or a class of your own: file.py:Name.",
    )(function)


def load_program(path: str, defines: dict[str, str]) -> Checked:
    """All stages; a file that cannot be read, or a wrong -D, ends the command with code 2."""
    from conclang.diagnostics.diagnostic import Diagnostic
    from conclang.diagnostics.source import read_source
    from conclang.pipeline import load

    source, problem = read_source(path)
    if problem is not None:
        raise Unusable(complaint(source, Diagnostic.unreadable(problem)))
    checked = load(source, dict(defines))
    wrong = [d for d in checked.bag if d.code in USAGE_CODES]
    if wrong:
        raise Unusable("\n".join(d.message for d in wrong))
    return checked


def show_mistakes(checked: Checked, form: str) -> str:
    """Static mistakes: for people on stderr, as JSON on stdout (returned)."""
    from conclang.diagnostics.show import full

    if form == "json":
        return _mistakes_json(checked)
    text = full(checked.source, list(checked.bag), color=wants_color(sys.stderr))
    click.echo(text.rstrip("\n"), err=True)
    return ""


def _mistakes_json(checked: Checked) -> str:
    import json

    rows = []
    for diagnostic in checked.bag:
        place = checked.source.place(diagnostic.span.start)
        rows.append(
            {
                "code": diagnostic.code,
                "severity": str(diagnostic.severity),
                "line": place.line,
                "column": place.column,
                "message": diagnostic.message,
            }
        )
    title = checked.scenario.title
    words = "".join(p for p in title.parts if isinstance(p, str)) if title is not None else ""
    made = {"schema": 1, "file": checked.source.name, "scenario": words or None}
    made |= NOT_RUN | {"diagnostics": rows}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def warn(checked: Checked) -> None:
    """Warnings go to stderr and change nothing."""
    from conclang.diagnostics.show import concise

    if list(checked.bag):
        click.echo(concise(checked.source, list(checked.bag)).rstrip("\n"), err=True)


def request_of(checked: Checked, given: dict[str, Any]) -> Request:
    """Options as a request; what cannot be had ends the command with code 2."""
    from conclang.analyses.runner import Request

    constants = tuple((n, str(v)) for n, v in sorted(given.get("defines", {}).items()))
    request = Request(
        cores=given.get("cores"),
        seed=given.get("seed", 0),
        until=given.get("until"),
        max_steps=given.get("max_steps"),
        constants=constants,
    )
    return with_policy(checked, request, given.get("policy"))


def with_policy(checked: Checked, request: Request, text: str | None) -> Request:
    """The request with the policy that a text names."""
    from conclang.views.asking import CannotBeHad
    from conclang.views.asking import with_policy as chosen

    assert checked.program is not None
    try:
        return chosen(checked.program, request, text)
    except CannotBeHad as problem:
        raise Unusable(str(problem)) from None


def exit_code(result: RunResult) -> int:
    """0 all holds, 1 a finding, 3 a limit was reached first, 130 interrupted."""
    if result.kind == "interrupted":
        return 130
    if any(found.fails for found in result.findings):
        return 1
    if any(judged.status == "violated" for judged in result.judged):
        return 1
    return 3 if result.kind == "limit" else 0


PIPED = 100


def columns(stays: bool = True) -> int:
    """Of the terminal, where what is written stays on it; files and pipes are alike everywhere."""
    if not stays or not sys.stdout.isatty():
        return PIPED
    return max(20, shutil.get_terminal_size((PIPED, 24)).columns)
