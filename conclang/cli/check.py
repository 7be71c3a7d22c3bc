"""`conclang check`: all schedules of one or many scenarios, with the verdict on each.

What was found goes to standard output in the form asked for, progress and complaints to standard
error. An interrupt ends with what is known so far.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from conclang.cli.common import (
    Unusable,
    Value,
    define_option,
    shortened,
    wants_color,
    worst,
)
from conclang.cli.common import load as read
from conclang.cli.output import write_output
from conclang.diagnostics.source import STDIN
from conclang.record import record

if TYPE_CHECKING:
    from conclang.explore.checker import CheckOptions
    from conclang.explore.result import CheckResult
    from conclang.pipeline import Checked

HOLDS, FINDING, UNUSABLE, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130
USAGE_CODES = frozenset({"CL0606", "CL0607"})
"""Static mistakes that are made on the command line, not in the file."""


RESTRICTING = ("cooperative", "fifo", "round_robin")
"""Policies whose schedules `--under` can look at."""


@record
class Report:
    """One file and what became of it; `result` is None if it has static errors."""

    path: str
    checked: Checked
    result: CheckResult | None

    @property
    def code(self) -> int:
        if self.result is None:
            return FINDING
        if self.result.limit == "interrupted":
            return INTERRUPTED
        return {"holds": HOLDS, "violated": FINDING}.get(self.result.verdict, UNKNOWN)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--max-states", type=click.IntRange(1), help="Give up after so many states.")
@click.option("--max-seconds", type=click.FloatRange(0.0), help="Give up after so many seconds.")
@click.option("--max-memory", type=click.IntRange(1), metavar="MB", help="Memory for the search.")
@click.option("--no-reduction", is_flag=True, help="Look at every state, leave nothing out.")
@click.option(
    "--without",
    type=click.Choice(["movers", "symmetry", "guards"]),
    multiple=True,
    help="Leave out one of the reductions.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Threads that search.",
)
@click.option("--count", is_flag=True, help="Count schedules and probabilities, exactly.")
@click.option("--fairness", type=click.Choice(["weak", "strong", "none"]), default="weak")
@click.option(
    "--preemptions", type=click.IntRange(0), metavar="K", help="Only schedules with at most K."
)
@click.option(
    "--under",
    metavar="POLICY",
    help="Only schedules of a policy: 'cooperative', 'fifo', 'round_robin(quantum: 2)'.",
)
@click.option("--cores", type=click.IntRange(1, 1024), help="With --under: on so many cores.")
@click.option(
    "--any-start",
    is_flag=True,
    help="With --under round_robin: the first quantum may end at any moment.",
)
@define_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "junit"]), default="text"
)
@click.option("--no-stats", is_flag=True, help="Leave out what varies from run to run.")
@click.option("-o", "output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(files: tuple[str, ...], form: str, output: str | None, **given: Any) -> int:
    """Explore every schedule: is a deadlock, a race, a failed expectation possible?

    A FILE may be a folder (all .cl files in it) or - (standard input).
    """
    _check_restriction(given)
    paths = [path for file in files for path in _scenarios(file)]
    if not paths:
        raise Unusable("there are no scenarios (files that end in .cl) in the folders given")
    reports, codes = [], []
    for path in paths:
        try:
            reports.append(_one(path, given, len(paths) > 1 and form == "text"))
            codes.append(reports[-1].code)
            if codes[-1] == INTERRUPTED:
                break
        except Unusable as error:
            error.show()
            codes.append(UNUSABLE)
        except KeyboardInterrupt:
            click.echo(f"interrupted in {shortened(path)}", err=True)
            codes = [INTERRUPTED]
            break
    many = len(paths) > 1 or any(os.path.isdir(file) for file in files if file != STDIN)
    write_output(_show(reports, form, many, given), output, paths, given["force"])
    return INTERRUPTED if INTERRUPTED in codes else worst(codes)


def _check_restriction(given: dict[str, Any]) -> None:
    """`--under` and `--preemptions` leave schedules out; what they do not go with is said here."""
    policy = given["under"]
    if given["cores"] is not None and policy is None:
        raise Unusable("--cores goes with --under: without it every thread may move at any time")
    if given["any_start"] and (policy is None or not policy.strip().startswith("round_robin")):
        raise Unusable("--any-start goes with --under 'round_robin(quantum: N)'")
    restricted = policy is not None or given["preemptions"] is not None
    if restricted and given["count"]:
        raise Unusable("--count counts all schedules: it does not go with --under or --preemptions")
    if policy is not None:
        given["restriction"] = _restriction(policy, given)


def _restriction(text: str, given: dict[str, Any]) -> Any:
    """The policy of `--under`, checked."""
    from conclang.policies.text import PolicyTextError, parse_policy

    try:
        spec = parse_policy(text.strip())
    except PolicyTextError as problem:
        raise Unusable(f"--under: {shortened(str(problem), 200)}") from None
    if spec.name not in RESTRICTING:
        raise Unusable(
            f"--under '{shortened(text)}': schedules can be restricted to cooperative, fifo and "
            "round_robin (and by --preemptions); `conclang run` shows one schedule of any policy"
        )
    if given["preemptions"] is not None:
        raise Unusable("--preemptions does not go with --under: a policy says itself who may move")
    if spec.name == "cooperative" and given["cores"] not in (None, 1):
        raise Unusable("--under cooperative is about one core; take fifo for several")
    return spec


def _scenarios(given: str) -> Iterator[str]:
    """The file itself, or all scenario files below a folder, hidden ones left out."""
    if given == STDIN or not os.path.isdir(given):
        yield given
        return
    for folder, inside, names in os.walk(given):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".cl") and not name.startswith("."):
                yield os.path.join(folder, name)


def _one(path: str, given: dict[str, Any], quiet: bool) -> Report:
    """Check one file."""
    from conclang.pipeline import load

    checked = load(read(path), _texts(given["defines"]))
    wrong = [d for d in checked.bag if d.code in USAGE_CODES]
    if wrong:
        raise Unusable("\n".join(d.message for d in wrong))
    if checked.program is None:
        return Report(path, checked, None)
    from conclang.explore.checker import check

    return Report(path, checked, check(checked.program, _options(checked, given)))


def _texts(defines: dict[str, Value]) -> dict[str, str | int]:
    """Constants as the analysis wants them."""
    return {name: _text(value) for name, value in defines.items()}


def _text(value: object) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else str(value)


def _options(checked: Checked, given: dict[str, Any]) -> CheckOptions:
    from conclang.cli.progress import progress
    from conclang.explore.checker import CheckOptions

    constants = tuple((name, str(value)) for name, value in sorted(given["defines"].items()))
    return CheckOptions(
        max_states=given["max_states"],
        max_seconds=given["max_seconds"],
        max_memory=given["max_memory"],
        reduction=not given["no_reduction"],
        without=given["without"],
        workers=given["workers"],
        count=given["count"],
        fairness=given["fairness"],
        constants=constants,
        preemptions=0 if _is_cooperative(given) else given["preemptions"],
        yields=_is_cooperative(given),
        under=_under(checked, given),
        timed=_timed(checked),
        progress=progress(),
    )


def _is_cooperative(given: dict[str, Any]) -> bool:
    return given["under"] is not None and given["restriction"].name == "cooperative"


def _under(checked: Checked, given: dict[str, Any]) -> Any:
    """Cores and quantum to look at the schedules of; None: all schedules."""
    if given["under"] is None or _is_cooperative(given) or checked.program is None:
        return None
    from conclang.explore.under import Under

    spec = given["restriction"]
    cores = given["cores"] or sum(p.cores for p in checked.program.processors)
    quantum = spec.number("quantum") if spec.name == "round_robin" else None
    return Under(cores, quantum, given["any_start"])


def _timed(checked: Checked) -> Any:
    """Judges `expect timed` lines by running; None while there are none."""
    program = checked.program
    if program is None or not any(e.form == "timed" for e in program.expectations):
        return None
    from conclang.pipeline import timed_status

    return lambda expected: timed_status(program, expected)


def _show(reports: list[Report], form: str, many: bool, given: dict[str, Any]) -> str:
    stats = not given["no_stats"]
    if form == "json":
        from conclang.cli.check_json import documents

        return documents(reports, many, stats)
    if form == "sarif":
        from conclang.cli.check_sarif import log

        return log(reports)
    if form == "junit":
        from conclang.cli.check_junit import suite

        return suite(reports, stats)
    import sys

    from conclang.cli.check_text import page

    return page(reports, many, stats, wants_color(sys.stdout))
