"""Fixtures for all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, and no stop-watch: the machine may be busy.
# HYPOTHESIS_PROFILE=search looks for new ones, more of them.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

ROOT = Path(__file__).resolve().parents[1]

Conclang = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it, or inherits colours."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("NO_COLOR", "FORCE_COLOR", "CONCLANG_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def conclang(tmp_path: Path) -> Conclang:
    """Run the command as a person does, in an empty folder."""

    def call(
        *arguments: str, input: str | bytes | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        given = input.encode("utf-8") if isinstance(input, str) else input
        result = subprocess.run(
            [sys.executable, "-m", "conclang", *arguments],
            cwd=tmp_path,
            input=given if given is not None else b"",
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            capture_output=True,
            timeout=120,
        )
        out, err = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(result.args, result.returncode, out, err)

    return call
