"""The examples of the two tables do what their rows say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conclang import pipeline
from conclang.diagnostics import show
from conclang.diagnostics.codes import Code, table
from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.glossary import Term, terms
from conclang.diagnostics.source import SourceText
from conclang.exercises.exercise import read_values

RUNTIME = "09"  # these are seen when the scenario is run or checked
YAML = "10"  # these are about exercise.yaml, not about scenarios
STATIC = [row for row in table().values() if row.wrong and row.code[2:4] not in (RUNTIME, YAML)]
EXERCISE = [row for row in table().values() if row.wrong and row.code[2:4] == YAML]
RUN = [row for row in table().values() if row.wrong and row.code[2:4] == RUNTIME]
EXAMPLES = [term for term in terms().values() if term.example]


def reports(text: str, row: Code) -> str:
    """What the text wing says, in the concise form."""
    defines = dict(define.split("=", 1) for define in row.defines)
    checked = pipeline.check(SourceText.of(text, "example.cl"), defines)
    return show.concise(checked.source, checked.bag)


@pytest.mark.parametrize("row", STATIC, ids=lambda row: row.code)
def test_the_wrong_file_gets_this_report_and_no_other(row: Code) -> None:
    said = reports(row.wrong, row).splitlines()
    assert said
    assert all(f"[{row.code}]" in line for line in said), said


@pytest.mark.parametrize("row", STATIC, ids=lambda row: row.code)
def test_the_mended_file_gets_none(row: Code) -> None:
    assert reports(row.right, row) == ""


def exercise_codes(text: str) -> list[str]:
    source = SourceText.of(text, "exercise.yaml")
    bag = Bag(source)
    read_values(source, bag, {})
    return [diagnostic.code for diagnostic in bag]


@pytest.mark.parametrize("row", EXERCISE, ids=lambda row: row.code)
def test_mistakes_in_an_exercise_file(row: Code) -> None:
    assert set(exercise_codes(row.wrong)) >= {row.code}
    assert exercise_codes(row.right) == []


def test_errors_at_run_time_are_found_by_check(
    conclang: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    for row in RUN:
        for name, text, code in (("wrong", row.wrong, 1), ("right", row.right, 0)):
            (tmp_path / f"{name}.cl").write_text(text)
            result = conclang("check", f"{name}.cl")
            assert result.returncode == code, row.code + result.stdout + result.stderr


@pytest.mark.parametrize("term", EXAMPLES, ids=lambda term: term.name)
def test_every_expectation_of_a_glossary_example_holds(
    conclang: Callable[..., subprocess.CompletedProcess[str]], term: Term, tmp_path: Path
) -> None:
    (tmp_path / "example.cl").write_text(term.example)
    result = conclang("check", "example.cl")
    assert result.returncode == 0, result.stdout + result.stderr
    assert conclang("fmt", "--check", "example.cl").returncode == 0
