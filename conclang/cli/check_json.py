"""`conclang check --format json`: the contract with editors, graders and scripts."""

from __future__ import annotations

import json
from io import StringIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.cli.check_report import Report
    from conclang.explore.result import CheckResult, Counts, Finding, OutcomeRow


def documents(reports: list[Report], many: bool, stats: bool) -> str:
    """One object, or an array of them for several files."""
    made = [document(report, stats) for report in reports]
    shown: Any = made if many or len(made) != 1 else made[0]
    text = StringIO()  # `dumps` would keep every comma as a string of its own until the end
    text.writelines(json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(shown))
    return text.getvalue() + "\n"


def document(report: Report, stats: bool) -> dict[str, Any]:
    """Everything about one file."""
    made: dict[str, Any] = {"schema": 1, "file": report.path, "scenario": _title(report)}
    result = report.result
    made |= {"verdict": "violated", "limit": None}
    made["diagnostics"] = [_diagnostic(report, d) for d in report.checked.bag]
    if result is None:
        return made | {"expectations": [], "findings": [], "outcomes": []}
    made |= {"verdict": result.verdict, "limit": result.limit}
    made["expectations"] = [
        {"text": j.text, "line": j.line, "status": j.status} for j in result.judgements
    ]
    made["findings"] = [_finding(finding) for finding in result.findings]
    made["outcomes"] = [_outcome(row) for row in result.outcomes]
    if result.counts is not None:
        made["schedules"] = _counts(result.counts)
    if stats:
        made["stats"] = _stats(result)
    return made


def _title(report: Report) -> str | None:
    if report.result is not None:
        return report.result.scenario or None
    title = report.checked.scenario.title
    return "".join(p for p in title.parts if isinstance(p, str)) if title is not None else None


def _diagnostic(report: Report, diagnostic: Any) -> dict[str, Any]:
    place = report.checked.source.place(diagnostic.span.start)
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "line": place.line,
        "column": place.column,
        "message": diagnostic.message,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "expected": finding.expected,
        "fails": finding.fails,
        "message": finding.message,
        "cause": finding.cause,
        "threads": list(finding.threads),
        "objects": list(finding.objects),
        "spans": [
            {"line": mark.line, "column": mark.column, "label": mark.label}
            for mark in finding.spans
        ],
        "schedule": finding.schedule,
        "steps": finding.steps,
        "switches": finding.switches,
        "preemptions": finding.preemptions,
        "shortest": finding.shortest,
        "trace": [
            {"thread": move.thread, "text": move.text, "line": move.line, "decisive": move.decisive}
            for move in finding.moves
        ],
        "loop": finding.loop if finding.loop >= 0 else None,
    }


def _outcome(row: OutcomeRow) -> dict[str, Any]:
    made: dict[str, Any] = {"values": dict(row.values)}
    if row.schedules is not None:
        made["schedules"] = str(row.schedules)
    if row.probability is not None:
        over, under = row.probability
        made["probability"] = over / under
        made["fraction"] = f"{over}/{under}"
    return made


def _counts(counts: Counts) -> dict[str, Any]:
    def text(number: int | None) -> str | None:
        return None if number is None else str(number)

    return {
        "complete": text(counts.complete),
        "finished": text(counts.finished),
        "deadlocked": text(counts.deadlocked),
        "failed": text(counts.failed),
        "infinite": counts.infinite,
    }


def _stats(result: CheckResult) -> dict[str, Any]:
    stats = result.stats
    return {
        "states": stats.states,
        "transitions": stats.transitions,
        "seconds": stats.seconds,
        "peak_memory_mb": stats.peak_memory_mb,
        "reductions": list(stats.reductions),
        "workers": stats.workers,
        "engine": stats.engine,
    }
