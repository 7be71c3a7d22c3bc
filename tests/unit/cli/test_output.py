"""Writing files: nobody's work is lost."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from conclang.cli.common import Unusable
from conclang.cli.output import MARK, replace_file, write_output


def test_a_new_file_and_our_own_again(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_output("a,b\n", str(target))
    write_output("c,d\n", str(target))
    assert target.read_text() == "c,d\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_somebody_elses_file_needs_force(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("precious")
    with pytest.raises(Unusable, match="--force"):
        write_output("a\n", str(target))
    assert target.read_text() == "precious"
    write_output("a\n", str(target), force=True)
    assert target.read_text() == "a\n"


def test_our_file_changed_by_hand_is_theirs_again(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_output("a\n", str(target))
    target.write_text("a\nmy note\n")
    with pytest.raises(Unusable):
        write_output("b\n", str(target))


def test_the_mark_is_recognised(tmp_path: Path) -> None:
    target = tmp_path / "out.svg"
    target.write_text(f"<svg><!-- {MARK} --></svg>")
    write_output("<svg/>", str(target))
    assert target.read_text() == "<svg/>"


@pytest.mark.parametrize("way", ["same", "dots", "symlink", "hardlink"])
def test_the_input_is_never_written(way: str, tmp_path: Path) -> None:
    source = tmp_path / "a.cl"
    source.write_text("shared x = 1\n")
    (tmp_path / "sub").mkdir()
    output = tmp_path / "b.cl"
    if way == "same":
        output = source
    elif way == "dots":
        output = tmp_path / "sub" / ".." / "a.cl"
    elif way == "symlink":
        output.symlink_to(source)
    else:
        output.hardlink_to(source)
    with pytest.raises(Unusable, match="input"):
        write_output("lost", str(output), inputs=[str(source)], force=True)
    assert source.read_text() == "shared x = 1\n"


def test_a_link_is_written_through_and_permissions_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_text("")
    target.chmod(0o640)
    link.symlink_to(target)
    write_output("x", str(link), force=True)
    assert link.is_symlink()
    assert target.read_text() == "x"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_output("x", str(tmp_path / "a"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("bad", ["", "missing/a.txt", "x" * 300])
def test_places_that_cannot_be_written(bad: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        write_output("x", str(tmp_path / bad))


def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Unusable, match="No space left"):
        replace_file(str(target), b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_text() == "old"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_output("through", str(pipe))
    reader.join(timeout=10)
    assert got == ["through"]


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output("é\n", None)
    write_output(b"\x00\xff", "-")
    assert capfdbinary.readouterr().out == b"\xc3\xa9\n\x00\xff"
