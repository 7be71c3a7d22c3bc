"""SARIF 2.1.0: the form in which code hosts and editors exchange reports.

`result` makes one entry of a diagnostic; whoever has findings of another kind may add entries of
the same shape. `log` wraps entries up, with the rules they name taken from the table of codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps
from typing import Any
from urllib.parse import quote

from conclang._version import VERSION
from conclang.diagnostics.codes import table
from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import SourceText, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def result(source: SourceText, diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as a SARIF result."""
    more = "".join(f"\n{kind}" for kind in (*diagnostic.helps, *diagnostic.notes))
    data: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": {"text": diagnostic.message + more},
        "locations": [location(source, diagnostic.span)],
    }
    if diagnostic.labels:
        data["relatedLocations"] = [
            {"id": number, "message": {"text": label.text}, **location(source, label.span)}
            for number, label in enumerate(diagnostic.labels, start=1)
        ]
    if diagnostic.fix:
        fix = diagnostic.fix
        change = {
            "deletedRegion": region(source, fix.span),
            "insertedContent": {"text": fix.replacement},
        }
        place = {"artifactLocation": {"uri": uri(source.name)}, "replacements": [change]}
        data["fixes"] = [{"artifactChanges": [place]}]
    return data


def log(results: Iterable[dict[str, Any]]) -> str:
    """A complete log with one run, ending in a newline."""
    found = list(results)
    used = {entry["ruleId"] for entry in found}
    rules = [
        {
            "id": row.code,
            "shortDescription": {"text": row.title},
            "fullDescription": {"text": row.explanation},
        }
        for row in table().values()
        if row.code in used
    ]
    driver = {"name": "conclang", "version": VERSION, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumps(document, indent=2, ensure_ascii=False) + "\n"


def location(source: SourceText, span: Span) -> dict[str, Any]:
    """A place in a file."""
    artifact = {"uri": uri(source.name)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region(source, span)}}


def region(source: SourceText, span: Span) -> dict[str, int]:
    """A span in lines and columns; the end column is the one after it."""
    start, end = source.place(span.start), source.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def uri(name: str) -> str:
    """A file's name as a relative or absolute URI reference."""
    path = name.replace("\\", "/")
    text = quote(path.encode("utf-8", "backslashreplace"), safe="/-._~")
    return f"file://{text}" if path.startswith("/") else text
