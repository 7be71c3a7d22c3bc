"""The record of a diagnostic for programs; its keys are a contract."""

from __future__ import annotations

from typing import Any

from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import SourceText, Span


def record(source: SourceText, diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as plain data."""
    place = source.place(diagnostic.span.start)
    end = source.place(diagnostic.span.end)
    data: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "file": source.name,
        "line": place.line,
        "column": place.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "labels": [{**_range(source, lb.span), "text": lb.text} for lb in diagnostic.labels],
        "help": list(diagnostic.helps),
        "notes": list(diagnostic.notes),
        "fix": None,
    }
    if diagnostic.fix:
        fix = diagnostic.fix
        data["fix"] = {**_range(source, fix.span), "replacement": fix.replacement}
    return data


def _range(source: SourceText, span: Span) -> dict[str, int]:
    start, end = source.place(span.start), source.place(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
