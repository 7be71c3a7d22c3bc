"""The import contracts of pyproject.toml hold, and nothing heavy is imported at the start."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from conclang.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "lark",
    "graphviz",
    "yaml",
    "rich",
    "platformdirs",
    "json",
    "difflib",
    "unittest",
    "asyncio",
)


def configuration() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["importlinter"]  # type: ignore[no-any-return]


def test_the_contracts_hold(tmp_path: Path) -> None:
    """Run import-linter on what there is: it refuses contracts about packages to come."""
    lines = ["[importlinter]", "root_package = conclang"]
    for number, contract in enumerate(configuration()["contracts"]):
        lines.append(f"[importlinter:contract:{number}]")
        for key, value in contract.items():
            if isinstance(value, str):
                lines.append(f"{key} = {value}")
                continue
            there = [m for m in value if "(" in m or find_spec(m)]
            lines += [f"{key} =", *(f"    {module}" for module in there)]
    config = tmp_path / "importlinter.ini"
    config.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    result = subprocess.run(
        [*command, "--config", str(config), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "3 kept, 0 broken" in result.stdout


def test_every_package_has_its_layer() -> None:
    named = " ".join(configuration()["contracts"][0]["layers"])
    packages = [p.parent.name for p in (ROOT / "conclang").glob("*/__init__.py")]
    assert packages
    assert [name for name in packages if f"conclang.{name}" not in named] == []


def imports(path: Path) -> set[str]:
    """The first names of all modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_only_syntax_imports_lark() -> None:
    files = (ROOT / "conclang").rglob("*.py")
    users = {path.relative_to(ROOT).parts[1] for path in files if "lark" in imports(path)}
    assert users <= {"syntax"}


def test_commands_do_not_import_each_other() -> None:
    """What two of them need is a module of its own."""
    doors = {row.module for row in COMMANDS}
    for path in (ROOT / "conclang" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = node.module.split(".")
                others = set(parts[2:3]) if parts[:2] == ["conclang", "cli"] else set()
                own = {door for door in doors if path.stem.startswith(door)}
                assert not others & (doors - own), f"{path.name} imports {node.module}"


def modules_after(*arguments: str) -> set[str]:
    """The modules that are loaded when a command is done."""
    code = (
        "import sys\n"
        "from conclang.cli import main\n"
        "code = main.run(sys.argv[1:])\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["explain", "lock"]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    click_alone = subprocess.run(
        [sys.executable, "-c", "import sys, click; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    loaded = modules_after(*arguments)
    assert loaded & set(HEAVY) <= set(click_alone)


def test_the_facade_keeps_its_promises() -> None:
    code = (
        "import sys, conclang\n"
        "assert 'click' not in sys.modules and 'conclang.pipeline' not in sys.modules\n"
        "print(*(name for name in conclang.__all__ if getattr(conclang, name) is not None))\n"
        "import pytest\n"
        "with pytest.raises(AttributeError): conclang.nothing_of_the_kind\n"
    )
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.split()) >= 8


def test_help_imports_no_command() -> None:
    allowed = {"main", "group", "commands", "streams", "__init__"}
    loaded = {m.split(".")[2] for m in modules_after("--help") if m.startswith("conclang.cli.")}
    assert loaded <= allowed
