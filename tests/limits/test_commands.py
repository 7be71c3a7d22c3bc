"""Odd files through every command, as real processes: an exit code of the contract, a place, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = b'scenario "x"\nconst N = 2\nshared c = 0\nthread a { c = N }\n'
COMMANDS = {
    "check": ["check", "FILE"],
    "run": ["run", "FILE"],
    "compare": ["compare", "FILE"],
    "replay": ["replay", "FILE", "cl1/ab/a"],
    "draw": ["draw", "FILE", "machine"],
    "fmt": ["fmt", "--check", "FILE"],
    "ops": ["ops", "FILE"],
    "step": ["step", "FILE"],
}
# name → (content, exit code, what the message contains)
FILES: dict[str, tuple[bytes, int, str]] = {
    "invalid UTF-8": (b"thread a { \xff\xfe }\n", 2, ":1:12"),
    "Latin-1": ("thread é { }".encode("latin-1"), 2, ":1:8"),
    "UTF-16": ("thread a { }".encode("utf-16"), 2, ":1:1"),
    "surrogates": (b'thread a { print "\xed\xa0\x80" }\n', 2, ":1:19"),
    "NUL": (b"thread a { x\0 }\n", 1, ":1:12"),
    "emoji": ("thread 🧵 { }\n".encode(), 1, ":1:8"),
    "parentheses": (b"const n = " + b"(" * 10_000 + b"1" + b")" * 10_000, 1, ":1:2"),
    "blocks": (b"thread a " + b"{ loop " * 5_000 + b"{ }" + b"}" * 5_000, 1, ":1:1410"),
}
SOUND = {
    "empty": b"",
    "BOM": b"\xef\xbb\xbf" + GOOD,
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "CR": GOOD.replace(b"\n", b"\r"),
}


def said(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that one command says."""
    result = subprocess.run(
        [sys.executable, "-m", "conclang", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )
    text = (result.stdout + result.stderr).decode("utf-8")
    assert "Traceback" not in text and "internal error" not in text, text
    return result.returncode, text


def call(command: str, path: str | Path, *more: str) -> tuple[int, str]:
    return said(*(str(path) if word == "FILE" else word for word in COMMANDS[command]), *more)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_with_a_mistake(command: str, tmp_path: Path) -> None:
    for name, (content, code, place) in FILES.items():
        path = tmp_path / "odd.cl"
        path.write_bytes(content)
        got, text = call(command, path)
        assert (got, f"{path}{place}" in text) == (code, True), (name, got, text)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sound_file_in_another_form(command: str, tmp_path: Path) -> None:
    for name, content in SOUND.items():
        path = tmp_path / "odd.cl"
        path.write_bytes(content)
        got, text = call(command, path)
        allowed = {0, 1} if command in ("replay", "fmt") else {0}
        assert got in allowed and "error[" not in text, (name, got, text)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read(command: str, tmp_path: Path) -> None:
    code, text = call(command, tmp_path / "missing.cl")
    assert (code, "there is no such file" in text) == (2, True)
    loop = tmp_path / "loop.cl"  # like a file without permission, and so for root too
    loop.symlink_to(loop)
    code, text = call(command, loop)
    assert (code, "loop.cl" in text) == (2, True)
    (tmp_path / "folder.cl").mkdir()
    code, text = call(command, tmp_path / "folder.cl")
    if command in ("check", "fmt"):  # these take the scenarios of a folder
        assert (code, "no scenarios" in text) == (2, True), text
    else:
        assert (code, "this is a directory" in text) == (2, True)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "fmt"])
def test_nonsense_for_constants(command: str, tmp_path: Path) -> None:
    path = tmp_path / "x.cl"
    path.write_bytes(GOOD)
    for text in ("N", "=3", "N=", "N=x", "N=1+1", f"N={'9' * 30}", "Z=1", "c=1", "N=🦊"):
        code, message = call(command, path, "-D", text)
        assert (code, "-D" in message) == (2, True), (text, code, message)


def large(count: int) -> str:
    """Some 200 bytes for each of so many functions, all of which are called."""
    functions = (
        f"fn function_{i}(a, b) {{\n  if a > b {{\n    x = x + a * {i}\n  }} else {{\n"
        "    work 1 // nothing to do here\n  }\n}\n"
        for i in range(count)
    )
    calls = (
        f"  function_{i}({i % 3}, 1) // and words behind it, as people write them\n"
        for i in range(count)
    )
    return "shared x = 0\n" + "".join(functions) + "thread t {\n" + "".join(calls) + "}\n"


LARGE = large(1_750)
SAID = {
    "check": (0, "holds"),
    "run": (0, f"x = {sum(2 * i for i in range(1_750) if i % 3 == 2)}"),
    "compare": (0, "round_robin"),
    "replay": (0, "final values"),
    "draw": (0, "processor cpu"),
    "fmt": (1, "would reformat"),
    "ops": (0, "x = x + a * 1749"),
    "step": (0, "who moves next?"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_three_hundred_kilobytes(command: str, tmp_path: Path) -> None:
    assert len(LARGE) > 300_000
    path = tmp_path / "large.cl"
    path.write_text(LARGE)
    code, text = call(command, path)
    assert code == SAID[command][0]
    assert SAID[command][1] in text


def test_a_large_file_of_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "wrong.cl"
    path.write_text("shared x = 0\n" + "thread { x = = 1 }\n" * 16_000)
    for command in COMMANDS:
        code, text = call(command, path)
        assert (code, "after 20 mistakes" in text or len(text) < 40_000) == (1, True), command
