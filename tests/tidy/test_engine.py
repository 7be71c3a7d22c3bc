"""Which engine runs, and that asking for the plain one gives exactly that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conclang import engine

ROOT = Path(__file__).resolve().parents[2]


def hot_names() -> list[str]:
    paths = [Path(source).relative_to(ROOT) for source in engine.hot_sources()]
    return [".".join(path.with_suffix("").parts) for path in paths]


def files_of(names: list[str], **environment: str) -> list[str]:
    """Where Python finds some modules, in a process of its own."""
    code = (
        "import sys, importlib.util as u, conclang.engine as e\n"
        "print(e.describe(), *(u.find_spec(n).origin for n in sys.argv[1:]), sep='\\n')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *names],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.splitlines()


def test_plain_python_is_had_for_the_asking() -> None:
    names = hot_names()
    first, *origins = files_of(names, CONCLANG_PURE="1")
    assert first == "plain (as CONCLANG_PURE asks)"
    assert origins == engine.hot_sources()


def test_without_asking_all_modules_are_of_one_kind() -> None:
    first, *origins = files_of(hot_names(), CONCLANG_PURE="")
    kinds = {"plain" if origin.endswith(".py") else "compiled" for origin in origins}
    assert kinds <= {first.split()[0]}


def test_with_a_compiler_the_fast_engine_is_there() -> None:
    """`make test` builds it first; a hot module that does not compile is seen here."""
    expected = "compiled" if shutil.which("cc") and hot_names() else "plain"
    assert files_of([], CONCLANG_PURE="")[0].split()[0] == expected


def test_hot_modules_are_where_they_are_looked_for() -> None:
    folder = Path(engine.PACKAGE)
    declared = {path.relative_to(folder).parts for path in folder.rglob("*.pxd")}
    assert {(parts[0], len(parts)) for parts in declared} == {(room, 2) for room in engine.ROOMS}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the package with one hot module that was compiled."""
    folder = tmp_path / "checkout" / "conclang"
    for room in engine.ROOMS:
        (folder / room).mkdir(parents=True)
    (tmp_path / "checkout" / "build").mkdir()
    for name in ("step.py", "step.pxd", f"step{engine.EXTENSION_SUFFIXES[0]}"):
        (folder / "machine" / name).touch()
    (tmp_path / "checkout" / "setup.py").touch()
    (tmp_path / "checkout" / "build" / "engine.stamp").touch()
    monkeypatch.setattr(engine, "PACKAGE", str(folder))
    monkeypatch.setattr(engine, "STAMP", str(tmp_path / "checkout" / "build" / "engine.stamp"))
    monkeypatch.delenv("CONCLANG_PURE", raising=False)
    return folder


def test_what_was_compiled_is_used(package: Path) -> None:
    assert engine._decide() == ""


@pytest.mark.parametrize("changed", ["step.py", "step.pxd", "alone.pxd"])
def test_a_changed_source_is_not_ignored(package: Path, changed: str) -> None:
    path = package / "machine" / changed
    path.touch()
    os.utime(path, (2**31, 2**31))
    assert "make build" in engine._decide()


def test_half_compiled_is_not_compiled(package: Path) -> None:
    for name in ("sync.py", "sync.pxd"):
        (package / "machine" / name).touch()
    assert engine._decide() == "not compiled"


def test_an_installed_package_needs_no_stamp(package: Path) -> None:
    (package.parent / "setup.py").unlink()
    (package.parent / "build" / "engine.stamp").unlink()
    assert engine._decide() == ""


@pytest.mark.parametrize(
    ("value", "plain"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_the_variable(
    package: Path, value: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCLANG_PURE", value)
    assert bool(engine._decide()) is plain
