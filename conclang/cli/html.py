"""`--format html`: the page of a run, a replay or a check."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.analyses.replaying import Replayed
    from conclang.analyses.runner import Request
    from conclang.cli.check_report import Report
    from conclang.events.schedule import Schedule
    from conclang.pipeline import Checked


def make_html(checked: Checked, request: Request, target: Any) -> int:
    """For `run`; the target writes what it is given."""
    from conclang.cli.running import exit_code
    from conclang.render.page import page, run_data

    assert checked.program is not None
    result, data = run_data(checked.program, checked.source, request)
    data["notes"] = notes(checked)
    target.write(page(data))
    return exit_code(result)


def replay_html(checked: Checked, wanted: Schedule, request: Request) -> tuple[Replayed, str]:
    """For `replay`."""
    from conclang.render.page import page, replay_data

    assert checked.program is not None
    replayed, data = replay_data(checked.program, checked.source, wanted, request)
    data["notes"] = notes(checked)
    return replayed, page(data)


def check_html(reports: list[Report]) -> str:
    """For `check`."""
    from conclang.render.page import check_data, page

    checked = reports[0].checked
    return page(check_data(checked.program, checked.source, reports[0].result, notes(checked)))


def notes(checked: Checked) -> list[list[Any]]:
    """Reports on the text: severity, line, message."""
    found = []
    for diagnostic in checked.bag:
        line = checked.source.place(diagnostic.span.start).line
        found.append([str(diagnostic.severity), line, diagnostic.message])
    return found
