"""Short ways to a checked scenario."""

from __future__ import annotations

from typing import Any

from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult, Finding
from conclang.ir.program import Program
from conclang.pipeline import load_text


def program(text: str, **defines: int | str) -> Program:
    checked = load_text(text, overrides=defines)
    assert checked.program is not None, [d.message for d in checked.bag]
    return checked.program


def look(text: str, **options: Any) -> CheckResult:
    """Check a text."""
    return check(program(text), CheckOptions(**options))


def kinds(result: CheckResult) -> list[str]:
    return [finding.kind for finding in result.findings]


def only(result: CheckResult, kind: str) -> Finding:
    """The one finding of a kind."""
    found = [finding for finding in result.findings if finding.kind == kind]
    assert len(found) == 1, kinds(result)
    return found[0]


def statuses(result: CheckResult) -> list[str]:
    return [judgement.status for judgement in result.judgements]


def values(result: CheckResult, name: str) -> set[Any]:
    """All final values of a variable."""
    return {dict(row.values)[name] for row in result.outcomes}
