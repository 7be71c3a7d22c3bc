"""Text at the door: normalising, places, files that are none."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conclang.diagnostics.source import Place, SourceText, Span, decode, normalise, read_source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffa", "a"),
        ("a\ufeff", "a\ufeff"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("a\0b\fc\vd", "a\ufffdb c d"),
        ("ä\u2028ö\u2029ü\x85.", "ä ö ü ."),
        ("x\ud800y\udfffz", "x\ufffdy\ufffdz"),
        ("🎉\ud83d", "🎉\ufffd"),
        ("", ""),
    ],
)
def test_normalising(raw: str, text: str) -> None:
    assert normalise(raw) == text


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_normalising_twice_changes_nothing_and_leaves_utf_8(raw: str) -> None:
    once = normalise(raw)
    assert normalise(once) == once.removeprefix("\ufeff")
    once.encode("utf-8")
    assert not set(once) & set("\0\r\f\v\x85\u2028\u2029")


@given(st.text(alphabet="ab\n", max_size=30))
def test_places_agree_with_counting(text: str) -> None:
    source = SourceText.of(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        expected = Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
        assert source.place(offset) == expected
        assert source.line_start(expected.line) + expected.column - 1 == offset
    assert [source.line(n + 1) for n in range(source.line_count)] == text.split("\n")


def test_a_place_outside_is_taken_to_the_nearest_end() -> None:
    source = SourceText.of("ab\ncd")
    assert source.place(-5) == Place(1, 1)
    assert source.place(99) == Place(2, 3)
    assert source.line(0) == source.line(3) == ""


def test_span_to() -> None:
    assert Span(3, 5).to(Span(1, 2)) == Span(1, 5)


def test_a_million_lines_are_located_quickly() -> None:
    source = SourceText.of("x\n" * 1_000_000)
    assert source.place(1_999_998) == Place(1_000_000, 1)
    assert source.line_count == 1_000_001


def test_reading_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.cl"
    file.write_bytes(b"\xef\xbb\xbfshared \xc3\xa4\r\n")
    source, problem = read_source(str(file))
    assert problem is None
    assert (source.text, source.name) == ("shared ä\n", str(file))


@pytest.mark.parametrize(("path", "code"), [("none.cl", "CL0101"), (".", "CL0102")])
def test_what_is_no_file(path: str, code: str, tmp_path: Path) -> None:
    source, problem = read_source(str(tmp_path / path))
    assert problem is not None
    assert (problem.code, source.text) == (code, "")


def test_a_path_with_a_nul_and_an_endless_one() -> None:
    for path in ("a\0b", "x" * 5000, "/dev/zero"):
        _, problem = read_source(path)
        assert problem is not None
        assert problem.code == "CL0104"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.cl"
    file.write_text("")
    if os.geteuid() == 0:  # root may read everything, so the refusal is played

        def refuse(*_: object) -> io.BytesIO:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", refuse)
    else:
        file.chmod(0)
    _, problem = read_source(str(file))
    assert problem is not None
    assert problem.code == "CL0103"


def test_invalid_utf_8_has_a_place() -> None:
    source, problem = decode(b"ok\r\nab\xffcd\n", "a.cl")
    assert problem is not None
    assert problem.code == "CL0105"
    assert "0xff" in problem.message
    assert source.place(problem.span.start) == Place(2, 3)
    assert source.text == "ok\nab\ufffdcd\n"


def test_lone_surrogates_in_bytes_are_invalid() -> None:
    _, problem = decode(b"a \xed\xa0\x80", "a.cl")
    assert problem is not None
    assert problem.span.start == 2


def test_utf_16_is_recognised() -> None:
    _, problem = decode("shared x = 1".encode("utf-16"), "a.cl")
    assert problem is not None
    assert "UTF-16" in problem.help


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"shared x = 1\r")))
    source, problem = read_source("-")
    assert problem is None
    assert (source.name, source.text) == ("<stdin>", "shared x = 1\n")


def test_too_large(tmp_path: Path) -> None:
    file = tmp_path / "big.cl"
    with file.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)
    _, problem = read_source(str(file))
    assert problem is not None
    assert problem.code == "CL0106"
