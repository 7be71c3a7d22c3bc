"""Limits hold in all stages, also before there is a program and after there is a result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conclang.cli import checking
from conclang.cli.main import run

RACY = "shared c = 0\nthread a { c += 1 }\nthread b { c += 1 }\nexpect race on c\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "racy.cl"
    path.write_text(RACY)
    return path


def found(capfd: pytest.CaptureFixture[str]) -> dict[str, object]:
    document: dict[str, object] = json.loads(capfd.readouterr().out)
    return document


def test_no_time_to_read(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(file), "--max-seconds", "0", "--format", "json"]) == 3
    told = found(capfd)
    assert (told["verdict"], told["limit"], told["findings"]) == ("unknown", "seconds", [])


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "html"])
def test_every_form_says_so(form: str, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(file), "--max-seconds", "0", "--format", form]) == 3
    assert "unknown" in capfd.readouterr().out


def test_no_memory_to_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(checking, "_load", load)
    assert run(["check", str(file)]) == 3


def test_no_memory_for_long_lists(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    show, asked = checking._show, []

    def first_not(*given: object) -> str:
        asked.append(given)
        if len(asked) == 1:
            raise MemoryError
        return show(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_show", first_not)
    run(["check", str(file), "--format", "json"])
    told = found(capfd)
    assert (told["verdict"], told["limit"], told["outcomes"]) == ("holds", "memory", [])


@pytest.mark.parametrize(
    "error", [MemoryError(), ImportError("x.so: failed to map segment from shared object")]
)
def test_the_last_resort(
    error: Exception,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> str:
        raise error

    monkeypatch.setattr(checking, "_show", fail)
    assert run(["check", str(file)]) == 3
    assert "not enough memory" in capfd.readouterr().err
