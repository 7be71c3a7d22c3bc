"""What surrounds every command: help, unknown words, exit codes, last resorts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from conclang import engine
from conclang.cli import main
from conclang.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[3]
Conclang = Callable[..., "subprocess.CompletedProcess[str]"]


def test_help_lists_every_command(conclang: Conclang) -> None:
    result = conclang("--help")
    assert result.returncode == 0
    listed = [line.split()[0] for line in result.stdout.split("Commands:")[1].splitlines() if line]
    assert [row.name for row in COMMANDS] == [w for w in listed if w in {r.name for r in COMMANDS}]


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_every_command_has_help_and_colour(row: object) -> None:
    context = click.Context(main.cli)
    command = main.cli.get_command(context, row.name)  # type: ignore[attr-defined]
    assert command is not None
    assert command.help
    text = command.get_help(click.Context(command, info_name="x", parent=context))
    assert "--color" in text or isinstance(command, click.Group)


def test_version_names_the_engine(conclang: Conclang) -> None:
    plain = conclang("--version", env={"CONCLANG_PURE": "1"}).stdout
    assert plain == "conclang 0.1.0, engine: plain (as CONCLANG_PURE asks)\n"
    assert f"engine: {engine.name()}" in conclang("--version").stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["exlain"], "did you mean `explain`?"),
        (["counter.cl"], "did you mean `conclang run counter.cl`?"),
        (["explain", "--colr", "never"], "--color"),
        (["explain", "--color", "blue"], "blue"),
        (["zzzzzz"], "no command 'zzzzzz'"),
        (["new"], "NAME"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_bad_usage_is_code_2_with_a_hint(
    conclang: Conclang, arguments: list[str], hint: str
) -> None:
    result = conclang(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert hint in result.stderr


def raising(error: BaseException) -> Callable[..., object]:
    def dispatch(_: list[str]) -> int:
        raise error

    return dispatch


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (ValueError("odd\nthing"), 2, "internal error: ValueError: odd thing"),
        (RecursionError("deep"), 2, "internal error: RecursionError: deep"),
        (OSError(28, "No space left on device", "out.svg"), 2, "out.svg: No space left on device"),
        (BrokenPipeError(), 141, ""),
        (click.FileError("x.cl", "gone"), 2, "x.cl"),
    ],
)
def test_what_ends_a_command(
    error: BaseException,
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(main, "dispatch", raising(error))
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # given back after it was closed
    assert main.run([]) == code
    shown = capsys.readouterr().err
    assert says in shown
    assert "Traceback" not in shown


def test_debugging_shows_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONCLANG_DEBUG", "1")
    monkeypatch.setattr(main, "dispatch", raising(ValueError("odd")))
    assert main.run([]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "conclang", "explain"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 141
    assert errors == b""


def test_a_full_disk_is_code_2() -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "conclang", "explain"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert result.returncode == 2
    assert b"No space left" in result.stderr
    assert b"Traceback" not in result.stderr


def test_output_is_utf_8_wherever_it_goes(conclang: Conclang) -> None:
    result = conclang("explain", "lock", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert result.returncode == 0
    assert "…" in result.stdout


def test_a_file_that_looks_like_an_option(conclang: Conclang) -> None:
    result = conclang("run", "-x.cl")
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == "If -x.cl is a file, write ./-x.cl"
