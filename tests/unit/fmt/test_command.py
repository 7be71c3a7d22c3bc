"""`conclang fmt` as a command: what it writes where, and its exit codes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

MESSY = "shared a=0\nthread t{a=1} // x\n"
NEAT = "shared a = 0\nthread t { a = 1 }  // x\n"
BROKEN = "thread t { a = }\n"


def fmt(*arguments: str, stdin: str = "", cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "conclang", "fmt", *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "messy.cl"
    path.write_text(MESSY)
    return path


def test_files_are_rewritten(tmp_path: Path, messy: Path) -> None:
    done = fmt("messy.cl", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "reformatted messy.cl\n")
    assert messy.read_text() == NEAT
    assert fmt("messy.cl", cwd=tmp_path).stderr == ""


def test_a_formatted_file_is_not_touched(tmp_path: Path, messy: Path) -> None:
    messy.write_text(NEAT)
    os.utime(messy, ns=(1, 1))
    assert fmt("messy.cl", cwd=tmp_path).returncode == 0
    assert messy.stat().st_mtime_ns == 1


def test_check_writes_nothing(tmp_path: Path, messy: Path) -> None:
    done = fmt("--check", "messy.cl", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "would reformat messy.cl\n")
    assert messy.read_text() == MESSY
    messy.write_text(NEAT)
    assert fmt("--check", "messy.cl", cwd=tmp_path).returncode == 0


def test_diff_shows_and_writes_nothing(tmp_path: Path, messy: Path) -> None:
    done = fmt("--diff", "messy.cl", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == (
        "--- messy.cl\n+++ messy.cl (formatted)\n@@ -1,2 +1,2 @@\n"
        "-shared a=0\n-thread t{a=1} // x\n"
        "+shared a = 0\n+thread t { a = 1 }  // x\n"
    )
    assert messy.read_text() == MESSY


def test_diff_of_a_last_line_without_end(tmp_path: Path, messy: Path) -> None:
    messy.write_text("shared a = 0")
    done = fmt("--diff", "messy.cl", cwd=tmp_path)
    assert done.stdout.endswith("-shared a = 0\n\\ No newline at end of file\n+shared a = 0\n")


def test_standard_input(tmp_path: Path) -> None:
    done = fmt("-", stdin=MESSY, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, NEAT, "")
    assert fmt("--check", "-", stdin=MESSY, cwd=tmp_path).returncode == 1
    assert fmt("--check", "-", stdin=NEAT, cwd=tmp_path).returncode == 0
    broken = fmt("-", stdin=BROKEN, cwd=tmp_path)
    assert (broken.returncode, broken.stdout) == (1, "")
    assert "<stdin>:1:16" in broken.stderr


def test_a_file_that_does_not_parse_stays(tmp_path: Path, messy: Path) -> None:
    messy.write_text(BROKEN)
    for options in ([], ["--check"], ["--diff"]):
        done = fmt(*options, "messy.cl", cwd=tmp_path)
        assert done.returncode == 1
        assert "messy.cl:1:16" in done.stderr
        assert messy.read_text() == BROKEN


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, messy: Path) -> None:
    (tmp_path / "bad.cl").write_text(BROKEN)
    done = fmt("bad.cl", "absent.cl", "messy.cl", cwd=tmp_path)
    assert done.returncode == 2
    assert "absent.cl" in done.stderr
    assert messy.read_text() == NEAT


def test_folders(tmp_path: Path, messy: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "deep.cl").write_text(MESSY)
    (inner / "other.txt").write_text(MESSY)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "no.cl").write_text(MESSY)
    done = fmt("--check", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "would reformat ./messy.cl\nwould reformat ./a/b/deep.cl\n"
    assert fmt("a", cwd=tmp_path).returncode == 0
    assert (inner / "deep.cl").read_text() == NEAT
    assert (inner / "other.txt").read_text() == MESSY


def test_permissions_and_links_stay(tmp_path: Path, messy: Path) -> None:
    messy.chmod(0o640)
    link = tmp_path / "link.cl"
    link.symlink_to(messy)
    assert fmt("link.cl", cwd=tmp_path).returncode == 0
    assert link.is_symlink()
    assert messy.read_text() == NEAT
    assert stat.S_IMODE(messy.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.cl", "messy.cl"]


def test_a_read_only_file_stays(tmp_path: Path, messy: Path) -> None:
    messy.chmod(0o444)
    done = fmt("messy.cl", cwd=tmp_path)
    assert done.returncode == 2
    assert "read-only" in done.stderr
    assert messy.read_text() == MESSY
    assert fmt("--check", "messy.cl", cwd=tmp_path).returncode == 1


def test_line_ends_and_byte_order_mark_are_normalised(tmp_path: Path, messy: Path) -> None:
    messy.write_bytes(b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode())
    assert fmt("--check", "messy.cl", cwd=tmp_path).returncode == 1
    assert "line ends" in fmt("--diff", "messy.cl", cwd=tmp_path).stdout
    assert fmt("messy.cl", cwd=tmp_path).returncode == 0
    assert messy.read_bytes() == NEAT.encode()


def test_not_utf8_and_no_file_at_all(tmp_path: Path, messy: Path) -> None:
    messy.write_bytes(b"// \xff\n")
    done = fmt("messy.cl", cwd=tmp_path)
    assert done.returncode == 2
    assert "UTF-8" in done.stderr
    assert messy.read_bytes() == b"// \xff\n"
    assert fmt(cwd=tmp_path).returncode == 2
