"""`make checked`: fuzz the compiled engine with every access to memory watched.

The checkout is copied, its hot modules are compiled under AddressSanitizer and UBSan, and the
oracle's generated scenarios are checked there, through one worker and several, with reductions and
without. Whatever reads or writes beyond a buffer ends the run with the line where it happened.

    python -m tests.tidy.checked_engine FIRST LAST      seeds of the generator
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".venvs", "build", "*.so", "__pycache__", "results"
)

FUZZ = """
import sys
from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
from tests.oracle.generate import program
assert engine.name() == "compiled", engine.describe()
WAYS = [
    CheckOptions(max_states=3000),
    CheckOptions(max_states=3000, probe=20),
    CheckOptions(max_states=3000, probe=20, workers=3),
    CheckOptions(max_states=3000, reduction=False, workers=2),
    CheckOptions(max_states=1500, count=True),
    CheckOptions(max_states=1500, preemptions=1),
]
done = 0
for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    checked = load_text(program(seed))
    for options in WAYS if checked.program is not None else ():
        check(checked.program, options)
        done += 1
print(f"{done} checks, nothing out of bounds")
"""


def library(name: str) -> str:
    """Where the compiler keeps a sanitizer's library."""
    compiler = os.environ.get("CC", "cc").split()[0]
    found = subprocess.run(
        [compiler, f"-print-file-name={name}"], text=True, capture_output=True, check=True
    ).stdout.strip()
    if not Path(found).is_absolute():
        raise SystemExit(f"this compiler has no {name}")
    return found


def main(first: str = "0", last: str = "300") -> int:
    with tempfile.TemporaryDirectory(prefix="checked-") as folder:
        copy = Path(folder, "conclang")
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        plain = {**os.environ, "CONCLANG_PURE": "", "PYTHONPATH": str(copy)}
        build = {**plain, "CONCLANG_CHECKED": "1", "CONCLANG_BUILD_STRICT": "1"}
        command = [sys.executable, "setup.py", "-q", "build_ext", "--inplace"]
        subprocess.run(command, cwd=copy, env=build, check=True, capture_output=True)
        (copy / "build" / "engine.stamp").touch()
        watched = {
            **plain,
            "LD_PRELOAD": f"{library('libasan.so')} {library('libubsan.so')}",
            "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
        }
        run = [sys.executable, "-P", "-c", FUZZ, first, last]
        return subprocess.run(run, cwd=copy, env=watched).returncode


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
