"""`conclang check`: all schedules of one or many scenarios, with the verdict on each.

What was found goes to standard output in the form asked for, progress and complaints to standard
error. An interrupt ends with what is known so far.

Nothing here needs click: a well-formed command line comes straight from `direct`.
"""

from __future__ import annotations

import os
import sys
import time

from conclang.cli.check_report import INTERRUPTED, UNUSABLE, Report
from conclang.cli.check_under import check_restriction, is_cooperative, restriction
from conclang.cli.common import (
    Unusable,
    Value,
    say,
    scenarios,
    shortened,
    wants_color,
    worst,
)
from conclang.cli.common import load as read
from conclang.cli.output import refuse_output, write_output
from conclang.diagnostics.source import STDIN
from conclang.explore.patience import Enough, Interrupt, Patience

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.diagnostics.source import SourceText
    from conclang.explore.checker import CheckOptions
    from conclang.pipeline import Checked

PICTURED = ("svg", "html")
"""Forms that have room for one file."""
USAGE_CODES = frozenset({"CL0606", "CL0607"})
"""Static mistakes that are made on the command line, not in the file."""


def check_files(files: tuple[str, ...], form: str, output: str | None, **given: Any) -> int:
    """Check all files and folders given, and say what was found; the exit code."""
    check_restriction(given)
    paths = [path for file in files for path in scenarios(file)]
    if not paths:
        raise Unusable("there are no scenarios (files that end in .cl) in the folders given")
    if form in PICTURED and len(paths) > 1:
        raise Unusable(
            f"--format {form} shows one file, and here are {len(paths)}: check them one by one "
            f"(conclang check {shortened(paths[0])} --format {form} -o NAME.{form}), or all "
            "together with --format junit, json or sarif"
        )
    refuse_output(output, paths, given["force"])
    many = len(paths) > 1 or any(os.path.isdir(file) for file in files if file != STDIN)
    with Interrupt() as interrupt:
        reports, codes = _all(paths, given, interrupt)
        if not reports and (
            not many or form in PICTURED
        ):  # what is wrong with the only file has been said
            return worst(codes)
        shown = _shown(reports, form, many, given | {"output": output})
        if shown or form != "svg":
            write_output(shown, output, paths, given["force"])
        return INTERRUPTED if interrupt.pressed or INTERRUPTED in codes else worst(codes)


def _all(
    paths: list[str], given: dict[str, Any], interrupt: Interrupt
) -> tuple[list[Report], list[int]]:
    """Check one file after another; what became of each, and the exit codes it means."""
    reports: list[Report] = []
    codes: list[int] = []
    for path in paths:
        try:
            reports.append(_one(path, given, interrupt))
            codes.append(reports[-1].code)
        except Unusable as error:
            error.show()
            codes.append(UNUSABLE)
        except KeyboardInterrupt:
            say(f"interrupted in {shortened(path)}")
            codes = [INTERRUPTED]
        if interrupt.pressed or INTERRUPTED in codes:
            break
    return reports, codes


def _one(path: str, given: dict[str, Any], interrupt: Interrupt) -> Report:
    """Check one file. The time and the memory allowed are those for all stages."""
    from conclang.explore.space import Space, allowed

    seconds = given["max_seconds"]
    deadline = None if seconds is None else time.monotonic() + seconds
    patience = Patience(deadline, interrupt, Space(allowed(given["max_memory"])))
    interrupt.hurry = patience.check
    source = read(path)
    try:
        checked = patience.watch(lambda: _load(source, given))
    except Enough as enough:
        return _nothing_read(source, enough.limit, given["workers"])
    if checked.program is None:
        return Report(checked.source.name, checked, None)
    from conclang.explore.checker import check

    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    result = check(checked.program, _options(checked, given | {"max_seconds": left}))
    return Report(checked.source.name, checked, result)


def _load(source: SourceText, given: dict[str, Any]) -> Checked:
    from conclang.pipeline import load

    checked = load(source, _texts(given["defines"]))
    wrong = [d for d in checked.bag if d.code in USAGE_CODES]
    if wrong:
        raise Unusable("\n".join(d.message for d in wrong))
    return checked


def _nothing_read(source: SourceText, limit: str, workers: int) -> Report:
    """A limit was reached before there was a program."""
    from conclang.explore.checker import nothing_read
    from conclang.pipeline import nothing

    return Report(source.name, nothing(source), nothing_read(limit, workers))


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
        preemptions=0 if is_cooperative(given) else given["preemptions"],
        yields=is_cooperative(given),
        under=restriction(checked, given),
        timed=_timed(checked),
        progress=progress(),
    )


def _timed(checked: Checked) -> Any:
    """Judges `expect timed` lines by running; None while there are none."""
    program = checked.program
    if program is None or not any(e.form == "timed" for e in program.expectations):
        return None
    from conclang.pipeline import timed_status

    return lambda expected: timed_status(program, expected)


def _shown(reports: list[Report], form: str, many: bool, given: dict[str, Any]) -> str:
    """The result in the form asked for; without its long lists if there is no memory for them."""
    try:
        return _show(reports, form, many, given)
    except MemoryError:
        return _show([report.shortened() for report in reports], form, many, given)


def _show(reports: list[Report], form: str, many: bool, given: dict[str, Any]) -> str:
    stats = not given["no_stats"]
    if form == "json":
        from conclang.cli.check_json import documents

        return documents(reports, many, stats)
    if form == "sarif":
        from conclang.cli.check_sarif import log

        return log(reports)
    if form == "svg":
        return _picture(reports)
    if form == "html":
        from conclang.cli.html import check_html

        return check_html(reports)
    if form == "junit":
        from conclang.cli.check_junit import suite

        return suite(reports, stats)
    from conclang.cli.check_text import page

    color = given["output"] in (None, STDIN) and wants_color(sys.stdout)
    return page(reports, many, stats, color)


def _picture(reports: list[Report]) -> str:
    """The shortest schedule of the gravest finding; static mistakes have none."""
    from conclang.diagnostics.show import full
    from conclang.views.findings import check_svg

    checked, result = reports[0].checked, reports[0].result
    if checked.program is None or result is None:
        text = full(checked.source, list(checked.bag), color=wants_color(sys.stderr))
        say(text.rstrip("\n"))
        return ""
    return check_svg(checked.program, result)
