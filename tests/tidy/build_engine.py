"""`make build`: compile the hot modules in place, quickly when nothing changed.

The other modules are compiled to bytecode, so that already the first start is a fast one, also for
who may not write here later.

Exits 0 without a C compiler that works, and without Python's headers (the plain engine does the same
work); non-zero when there are both and a hot module does not compile: that is a bug to be seen.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from conclang import engine  # noqa: E402


def is_fresh(sources: list[str]) -> bool:
    """Was everything compiled since the last change?"""
    if not all(engine.compiled_twin(source) for source in sources):
        return False
    return engine.newest_source() <= engine.stamp_time()


def main() -> int:
    compileall.compile_dir(engine.PACKAGE, quiet=2)  # a syntax error shows when it is imported
    sources = engine.hot_sources()
    if not sources or is_fresh(sources):
        return 0
    if not can_compile():
        print("no C compiler (or no Python.h) found: the plain engine will be used")
        return 0
    return build(sources)


def can_compile() -> bool:
    """Does the compiler that setuptools would call make anything of a file that needs Python.h?"""
    default = sysconfig.get_config_var("CC") or "cc"
    command = (os.environ.get("CC") or default).split()
    if not command or not shutil.which(command[0]):
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "try.c")
        source.write_text("#include <Python.h>\nint main(void) { return 0; }\n")
        places = ["-I", sysconfig.get_path("include"), "-c", str(source)]
        command += [*places, "-o", str(source.with_suffix(".o"))]
        tried = subprocess.run(command, capture_output=True, check=False)
        return tried.returncode == 0 and source.with_suffix(".o").exists()


def build(sources: list[str]) -> int:
    """Compile, and stamp with the time of the start: what is saved meanwhile is not in it."""
    started = time.time()
    environment = {**os.environ, "CONCLANG_BUILD_STRICT": "1", "CONCLANG_PURE": ""}
    command = [sys.executable, "setup.py", "-q", "build_ext", "--inplace"]
    result = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True)
    if result.returncode or not all(engine.compiled_twin(source) for source in sources):
        print(result.stdout, result.stderr, sep="\n", file=sys.stderr)
        print("the hot modules did not compile", file=sys.stderr)
        return 1
    Path(engine.STAMP).parent.mkdir(exist_ok=True)
    Path(engine.STAMP).touch()
    os.utime(engine.STAMP, (started, started))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
