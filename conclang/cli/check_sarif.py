"""`conclang check --format sarif`: findings where code hosts and editors look for them."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from conclang._version import VERSION
from conclang.diagnostics.show.sarif_log import SCHEMA, result, uri

if TYPE_CHECKING:
    from conclang.cli.check_report import Report
    from conclang.explore.result import CheckResult, Finding, Judgement

RULES = {
    "deadlock": "Nobody can move any more",
    "leak": "A thread or task is left behind for ever",
    "race": "Two unordered accesses to one variable, one of them writing",
    "lost_update": "A write overwrites a value it has not seen",
    "atomicity": "A decision rests on a value that has changed since",
    "assertion": "An assertion can fail",
    "expectation": "An expectation does not hold",
    "error": "A run-time error is possible",
    "starvation": "A thread can wait for ever",
    "livelock": "The threads can keep each other busy for ever",
}


def log(reports: list[Report]) -> str:
    """One log over all files, static mistakes included."""
    results: list[dict[str, Any]] = []
    for report in reports:
        source = report.checked.source
        results += [result(source, diagnostic) for diagnostic in report.checked.bag]
        if report.result is not None:
            results += [_finding(report.path, finding) for finding in report.result.findings]
            results += [
                _open_line(report.path, report.result, judged)
                for judged in report.result.judgements
                if judged.status == "unknown"
            ]
    used = {entry["ruleId"] for entry in results}
    rules = [
        {"id": kind, "shortDescription": {"text": text}}
        for kind, text in RULES.items()
        if kind in used
    ]
    driver = {"name": "conclang", "version": VERSION, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    notifications = [_notification(report) for report in reports if _is_open(report)]
    if notifications:
        done = {"executionSuccessful": True, "toolExecutionNotifications": notifications}
        run["invocations"] = [done]
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumps(document, indent=2, ensure_ascii=False) + "\n"


def _is_open(report: Report) -> bool:
    return report.result is not None and report.result.verdict == "unknown"


def _notification(report: Report) -> dict[str, Any]:
    """A file about which nobody knows everything: the log must not look as if all were well."""
    assert report.result is not None
    text = f"{report.path}: unknown, {_reason(report.result)}"
    place = {"physicalLocation": {"artifactLocation": {"uri": uri(report.path)}}}
    return {"level": "warning", "message": {"text": text}, "locations": [place]}


def _open_line(path: str, result: CheckResult, judged: Judgement) -> dict[str, Any]:
    """An `expect` line that could not be judged."""
    return {
        "ruleId": "expectation",
        "kind": "open",
        "level": "none",
        "message": {"text": f"{judged.text}: unknown, {_reason(result)}"},
        "locations": [_place(path, judged.line, 1)],
    }


def _reason(result: CheckResult) -> str:
    return f"limit reached: {result.limit}" if result.limit else "it was not looked for to the end"


def _finding(path: str, finding: Finding) -> dict[str, Any]:
    places = [_place(path, mark.line, mark.column) for mark in finding.spans] or [
        _place(path, 1, 1)
    ]
    text = finding.message
    if finding.cause and finding.cause != finding.message:
        text += f": {finding.cause}"
    made: dict[str, Any] = {
        "ruleId": finding.kind,
        "level": "error" if finding.fails else "note",
        "message": {"text": text},
        "locations": places[:1],
        "properties": {"schedule": finding.schedule, "steps": finding.steps},
    }
    if finding.spans[1:]:
        made["relatedLocations"] = [
            {"id": number, "message": {"text": mark.label}, **place}
            for number, (mark, place) in enumerate(
                zip(finding.spans[1:], places[1:], strict=True), start=1
            )
        ]
    return made


def _place(path: str, line: int, column: int) -> dict[str, Any]:
    region = {"startLine": max(line, 1), "startColumn": max(column, 1)}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": region}}
