"""The short way of `conclang check FILE` says exactly what the long way says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conclang.cli import direct, main
from conclang.explore import checker

CLEAN = 'scenario "one"\nshared x = 0\nthread a { x = 1 }\nexpect finally x == 1\n'
BROKEN = "lock m\nthread a { acquire m }\nthread b { acquire m }\n"
WARNED = "lock unused\nthread a { print 1 }\n"
TIMED = "thread a { work 3 }\nexpect timed makespan == 3\n"
WRONG = "thread a { x = 1 }\n"


def spoken(
    way: str, path: Path, monkeypatch: pytest.MonkeyPatch, capfd: object
) -> tuple[object, ...]:
    """Exit code, output, and the options that the search got."""
    options: list[object] = []
    real = checker.check
    with monkeypatch.context() as patch:
        patch.setattr(checker, "check", lambda program, o: options.append(o) or real(program, o))
        if way == "short":
            code: object = direct.check(str(path))
        else:
            code = main.run(["check", str(path)])
    out = capfd.readouterr().out  # type: ignore[attr-defined]
    lines = [line for line in out.splitlines() if "states, " not in line]  # seconds and memory
    return code, lines, options


@pytest.mark.parametrize("text", [CLEAN, BROKEN, WARNED])
def test_both_ways_say_the_same(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.cl"
    path.write_text(text)
    short = spoken("short", path, monkeypatch, capfd)
    assert short == spoken("long", path, monkeypatch, capfd)
    assert short[1] and len(short[2]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [WRONG, TIMED, "\x00"])
def test_what_needs_more_goes_the_long_way(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.cl"
    path.write_text(text)
    assert direct.check(str(path)) is None
    assert capfd.readouterr() == ("", "")


def test_only_a_file_without_options_is_short(tmp_path: Path) -> None:
    path = tmp_path / "x.cl"
    path.write_text(CLEAN)
    assert direct.is_short(["check", str(path)])
    for other in (
        ["run", str(path)],
        ["check", str(tmp_path)],
        ["check", str(tmp_path / "missing.cl")],
        ["check", "-"],
        ["check", "--count", str(path)],
        ["check", str(path), str(path)],
        ["check"],
        [],
    ):
        assert not direct.is_short(other)


def test_the_short_way_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "x.cl"
    path.write_text(CLEAN)
    code = (
        "import sys; from conclang.cli.direct import enter; code = enter(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-S", "-c", code, "check", str(path)]
    places = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "PYTHONPATH": places}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert result.returncode == 0, result.stderr
    loaded = set(result.stderr.split())
    heavy = "click lark rich graphviz yaml dataclasses inspect hashlib fractions decimal tempfile"
    heavy += " subprocess concurrent.futures multiprocessing platform conclang.explore.liveness"
    heavy += " conclang.machine.run conclang.syntax.slips conclang.diagnostics.codes"
    assert not loaded & set(heavy.split())
