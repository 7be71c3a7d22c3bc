"""Helpers of all commands: constants from the command line, colour, unreadable files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click
import pytest

from conclang.cli import common, streams


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("N=5", ("N", "5")),
        (" big_one = -1_000 ", ("big_one", "-1_000")),
        ("web.N=true", ("web.N", "true")),
        ('s="a=b"', ("s", '"a=b"')),
    ],
)
def test_constants(text: str, pair: tuple[str, str]) -> None:
    assert common.parse_define(text) == pair


@pytest.mark.parametrize(
    "text", ["", "N", "=5", "N=", "5=N", "a-b=1", "a.b.c=1", ".a=1", "é=1", "\0=1", "N=\ud800"]
)
def test_nonsense_is_bad_usage(text: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        common.parse_define(text)
    assert caught.value.exit_code == 2
    assert len(caught.value.message) < 300
    assert caught.value.message.isprintable()


def test_the_last_of_several_counts() -> None:
    @click.command()
    @common.define_option
    def command(defines: dict[str, object]) -> dict[str, object]:
        return defines

    given = ["-D", "N=1", "-DN=2", "-D", "M=true"]
    assert command.main(given, standalone_mode=False) == {"N": "2", "M": "true"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colour_by_environment(
    environment: dict[str, str], terminal: bool, pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert common.wants_color(Terminal()) is terminal
    assert common.wants_color(io.StringIO()) is pipe


@pytest.mark.parametrize(("chosen", "wanted"), [("always", True), ("never", False)])
def test_colour_by_option(chosen: str, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(streams, "_chosen", "auto")
    streams.choose_color(chosen)
    assert common.wants_color(Terminal()) is wanted


def test_an_unreadable_file_ends_the_command(tmp_path: Path) -> None:
    with pytest.raises(common.Unusable) as caught:
        common.load(str(tmp_path / "none.cl"))
    assert caught.value.exit_code == 2
    assert "none.cl:1:1: error[CL0101]: there is no such file" in caught.value.message


def test_invalid_utf_8_is_shown_in_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.cl"
    file.write_bytes(b"shared x = 1\nthread \xff { }\n")
    with pytest.raises(common.Unusable) as caught:
        common.load(str(file))
    assert "a.cl:2:8" in caught.value.message
    assert "2 | thread � { }" in caught.value.message


def test_a_missing_extra_comes_with_a_hint() -> None:
    assert common.need("json", "x").dumps([]) == "[]"
    with pytest.raises(common.Unusable, match=r"pip install 'conclang\[plot\]'"):
        common.need("conclang_has_no_such_module", "plot")


def test_the_worst_of_several_exit_codes() -> None:
    assert [common.worst(c) for c in ([], [0, 0], [0, 3], [3, 1, 0], [1, 2])] == [0, 0, 3, 1, 2]


def test_quoted_input_stays_on_one_line() -> None:
    assert common.shortened("a\nb\x1b" + "c" * 100, 10) == "a�b�cccccc…"[:9] + "…"
    assert sys.getsizeof(common.shortened("x" * 10**6)) < 1000
