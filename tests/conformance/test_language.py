"""The language's own rules, area by area.

Files under `language/ok` are accepted without a word. In those under `language/errors` and
`language/warnings` each line that deserves a report says so in a comment at its end: column and
code, several separated by `;`. Every report must be announced and every announcement must come
true, so these files also show that one mistake does not cause a second report elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conclang import pipeline
from conclang.diagnostics.source import read_source

ROOT = Path(__file__).parent / "language"
FILES = sorted(ROOT.rglob("*.cl"))
EXPECTED = re.compile(r"(\d+) (C[LW]\d{4})")

Report = tuple[int, int, str]


def announced(text: str) -> set[Report]:
    """What the comments of a file promise: line, column, code."""
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        _, mark, comment = line.partition("//!")
        reports = EXPECTED.findall(comment)
        assert bool(mark) == bool(reports), f"line {number}: a comment without a code"
        found |= {(number, int(column), code) for column, code in reports}
    return found


def reported(path: Path) -> set[Report]:
    """What the text wing says about a file."""
    source, problem = read_source(str(path))
    assert problem is None
    checked = pipeline.check(source)
    places = [(source.place(d.span.start), d.code) for d in checked.bag]
    assert checked.bag.dropped == 0
    return {(place.line, place.column, code) for place, code in places}


def test_there_are_files_of_every_kind() -> None:
    assert {path.parent.name for path in FILES} == {"ok", "errors", "warnings"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_reports_are_those_announced(path: Path) -> None:
    expected = announced(path.read_text())
    assert bool(expected) == (path.parent.name != "ok")
    assert reported(path) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_only_errors_keep_a_scenario_from_being_run(path: Path) -> None:
    source, _ = read_source(str(path))
    checked = pipeline.load(source)
    assert checked.ok == (path.parent.name != "errors")
    assert (checked.program is not None) == checked.ok
