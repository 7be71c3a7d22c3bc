"""The wheel works in a clean environment, far from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("conclang", "grammars", "examples", "setup.py", "pyproject.toml", "README.md", "LICENSE")


def call(*command: str | Path, cwd: Path, **environment: str) -> str:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an environment with the wheel in it; the dependencies are lent by ours.

    The plain engine is built: what is under test is which files are packed, and that takes seconds.
    """
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for part in filter(lambda part: (ROOT / part).exists(), PARTS):
        if (ROOT / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.c", "*.pyd")
            shutil.copytree(ROOT / part, source / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, source / part)
    build = (sys.executable, "setup.py", "-q", "bdist_wheel", "--dist-dir", folder)
    call(*build, cwd=source, CONCLANG_PURE="1")
    shutil.rmtree(source)
    home = folder / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    [wheel] = folder.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    call(*pip, "--no-deps", "--no-index", "--no-compile", wheel, cwd=folder)
    # A path is appended without its own .pth files, so our editable conclang is not seen.
    scheme = sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)})
    (Path(scheme) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_command_starts(installed: Path, tmp_path: Path) -> None:
    version = call(installed.parent / "conclang", "--version", cwd=tmp_path)
    assert version.startswith("conclang 0.1.0, engine: plain")
    where = call(installed, "-c", "import conclang; print(conclang.__file__)", cwd=tmp_path)
    assert str(installed.parents[1]) in where


def test_a_new_scenario_can_be_formatted(installed: Path, tmp_path: Path) -> None:
    """`fmt` needs the grammar, so this shows that it was packed and is found."""
    call(installed, "-m", "conclang", "new", "first", cwd=tmp_path)
    call(installed, "-m", "conclang", "fmt", "--check", "first.cl", cwd=tmp_path)


def test_the_examples_come_along(installed: Path, tmp_path: Path) -> None:
    assert "exclusion (" in call(installed, "-m", "conclang", "examples", cwd=tmp_path)
    call(installed, "-m", "conclang", "examples", "copy", "peterson", cwd=tmp_path)
    assert (tmp_path / "peterson_broken.cl").is_file()


def test_everything_needed_is_packed(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.resources import files; root = files('conclang')\n"
        "[print(path.relative_to(root)) for path in root.rglob('*') if path.is_file()]"
    )
    packed = set(call(installed, "-c", code, cwd=tmp_path).splitlines())
    kinds = ("*.py", "*.pxd", "*.typed", "*.cl", "*.js", "*.css", "*.html", "*.yaml", "*.json")
    mine = [p for kind in kinds for p in (ROOT / "conclang").rglob(kind)]
    wanted = {str(p.relative_to(ROOT / "conclang")) for p in mine}
    wanted |= {f"grammars/{p.name}" for p in (ROOT / "grammars").glob("*.lark")}
    examples = (ROOT / "examples").rglob("*.cl")
    wanted |= {f"examples/{p.relative_to(ROOT / 'examples')}" for p in examples}
    assert sorted(wanted - packed) == []
    assert not any(name.startswith("tests") for name in packed)
