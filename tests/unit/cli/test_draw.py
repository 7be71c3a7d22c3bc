"""`conclang draw` from the outside: views, forms, files, hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conclang.cli.draw import command
from conclang.views import convert
from conclang.views.table import VIEWS

TEXT = """scenario "One lock"
lock m
shared x = 0
thread a { lock m { x += 1 } }
thread b { lock m { x += 1 } }
"""


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "one.cl"
    path.write_text(TEXT)
    return path


def drawn(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)


def said(result: Result) -> str:
    return f"{getattr(result.exception, 'message', '')}{result.output}"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_prints_its_own_text(scenario: Path, view: str) -> None:
    result = drawn(scenario, view)
    assert result.return_value == 0
    head = "<?xml" if VIEWS[view].own == "svg" else "// Made by conclang"
    assert result.output.startswith(head)


@pytest.mark.parametrize("view", VIEWS)
def test_help_names_every_view(view: str) -> None:
    assert view in CliRunner().invoke(command, ["--help"]).output


def test_mermaid(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.mmd"
    assert drawn(scenario, "sequence", "-o", out).return_value == 0
    assert "sequenceDiagram" in out.read_text()


def test_the_input_is_never_the_output(scenario: Path) -> None:
    result = drawn(scenario, "timeline", "--format", "svg", "-o", scenario)
    assert "never overwritten" in said(result)
    assert scenario.read_text() == TEXT


def test_a_file_of_somebody_else_stays(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.svg"
    out.write_text("mine")
    assert "--force" in said(drawn(scenario, "timeline", "-o", out))
    assert out.read_text() == "mine"
    assert drawn(scenario, "timeline", "-o", out, "--force").return_value == 0
    assert drawn(scenario, "timeline", "-o", out).return_value == 0  # now it is ours


def test_unknown_view_ending_and_form(scenario: Path, tmp_path: Path) -> None:
    assert "did you mean `timeline`?" in said(drawn(scenario, "timelin"))
    assert ".svg" in said(drawn(scenario, "timeline", "-o", tmp_path / "x.gif"))
    assert "cannot be drawn as mmd" in said(drawn(scenario, "machine", "-o", tmp_path / "x.mmd"))
    assert not list(tmp_path.glob("x.*"))


def test_without_dot_there_is_a_hint(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conclang.render.dot.program", lambda: None)
    result = drawn(scenario, "machine", "-o", tmp_path / "m.svg")
    assert "conclang[dot]" in said(result) and "--format dot" in said(result)
    assert not (tmp_path / "m.svg").exists()


def test_without_a_converter_there_is_a_hint(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert.shutil, "which", lambda name: None)
    monkeypatch.setattr(convert, "_package", lambda name: None)
    assert "rsvg-convert" in said(drawn(scenario, "timeline", "-o", tmp_path / "t.png"))


def test_static_mistakes_are_findings(tmp_path: Path) -> None:
    path = tmp_path / "bad.cl"
    path.write_text("thread a { y = 1 }")
    assert drawn(path, "machine").return_value == 1


def test_a_state_graph_that_is_too_large_is_unknown(scenario: Path) -> None:
    result = drawn(scenario, "states", "--max-states", 3)
    assert result.return_value == 3 and "more than 3 states" in said(result)
