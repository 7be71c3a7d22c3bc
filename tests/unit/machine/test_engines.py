"""The compiled engine and the plain one do the same, state by state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = "60"


def report(pure: str) -> list[str]:
    environment = {**os.environ, "CONCLANG_PURE": pure}
    command = [sys.executable, str(HERE / "corpus.py"), PROGRAMS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_both_engines_reach_the_same_states() -> None:
    plain, other = report("1"), report("0")
    assert plain[0] == "plain"
    assert len(plain) == int(PROGRAMS) + 1
    assert plain[1:] == other[1:]
