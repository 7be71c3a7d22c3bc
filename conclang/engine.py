"""Which engine runs: the hot modules compiled, or the same files as plain Python.

A hot module is a `.py` with a `.pxd` beside it. If it was compiled, an extension lies there too and
Python would simply prefer it. Three situations ask for a decision of our own:

* `CONCLANG_PURE=1` asks for plain Python;
* in a checkout, the sources may be newer than what was compiled from them (then: `make build`);
* some modules were compiled and some were not, and mixed layouts do not fit together.

In each of them *all* hot modules are taken from their `.py`. The decision falls when the first hot
module is imported, so that start-up pays for one small entry in `sys.meta_path` and nothing else.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from types import ModuleType

PACKAGE = os.path.dirname(os.path.abspath(__file__))
STAMP = os.path.join(os.path.dirname(PACKAGE), "build", "engine.stamp")

ROOMS = ("explore", "machine", "policies")
"""The folders in which there are hot modules; in the others nobody needs to look for them."""

_decision: str | None = None


def name() -> str:
    """The engine in use: `compiled` or `plain`."""
    return "plain" if _reason() else "compiled"


def describe() -> str:
    """The engine in use, and why if it is the slow one; the line of `conclang --version`."""
    reason = _reason()
    return f"plain ({reason})" if reason else "compiled"


def install() -> None:
    """Let this module decide where the hot modules come from."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def hot_sources() -> list[str]:
    """The `.py` paths of all hot modules, sorted."""
    return sorted(source for source, _ in _hot(_folders()))


def compiled_twin(source: str) -> str | None:
    """The extension built from a source, if there is one for this very interpreter."""
    stem = source[: -len(".py")]
    return next((stem + s for s in EXTENSION_SUFFIXES if os.path.exists(stem + s)), None)


Folders = list[tuple[str, set[str]]]


def _folders() -> Folders:
    """The rooms with the names of their files; read once, for start-up's sake."""
    folders = [os.path.join(PACKAGE, room) for room in ROOMS]
    return [(folder, set(os.listdir(folder))) for folder in folders]


def _hot(folders: Folders) -> list[tuple[str, bool]]:
    """The hot modules, and whether each was compiled for this very interpreter."""
    return [
        (
            os.path.join(folder, file[:-4] + ".py"),
            any(file[:-4] + suffix in files for suffix in EXTENSION_SUFFIXES),
        )
        for folder, files in folders
        for file in files
        if file.endswith(".pxd") and file[:-4] + ".py" in files
    ]


def _reason() -> str:
    """Why the plain engine is used; empty for the compiled one. Decided once per process."""
    global _decision
    if _decision is None:
        _decision = _decide()
    return _decision


def _decide() -> str:
    if os.environ.get("CONCLANG_PURE", "") not in ("", "0"):
        return "as CONCLANG_PURE asks"
    folders = _folders()
    sources = _hot(folders)
    if not sources or not all(compiled for _, compiled in sources):
        return "not compiled"
    if _is_checkout() and _newest(folders) > (stamp_time() or _oldest_twin(sources)):
        return "the compiled one is out of date: make build"
    return ""


def _is_checkout() -> bool:
    return os.path.exists(os.path.join(os.path.dirname(PACKAGE), "setup.py"))


def newest_source() -> float:
    """When a hot module, or any declaration they are compiled with, was last changed."""
    return _newest(_folders())


def _newest(folders: Folders) -> float:
    paths = [source for source, _ in _hot(folders)]
    for folder, files in folders:
        paths += [os.path.join(folder, file) for file in files if file.endswith(".pxd")]
    return max((os.stat(path).st_mtime for path in paths), default=0.0)


def stamp_time() -> float:
    """When the compiled engine was made; 0 if it never was."""
    try:
        return os.stat(STAMP).st_mtime
    except OSError:
        return 0.0


def _oldest_twin(sources: list[tuple[str, bool]]) -> float:
    """For who installed with pip alone: it compiles in place and leaves no stamp."""
    twins = [twin for source, _ in sources if (twin := compiled_twin(source))]
    return min((os.stat(twin).st_mtime for twin in twins), default=0.0)


class _Finder:
    """Answers for hot modules only, and only when the plain engine is to be used."""

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, *names = fullname.split(".")
        if package != "conclang" or len(names) != 2 or names[0] not in ROOMS:
            return None
        stem = os.path.join(PACKAGE, *names)
        if not os.path.exists(stem + ".pxd") or not os.path.exists(stem + ".py") or not _reason():
            return None
        from importlib.util import spec_from_file_location

        return spec_from_file_location(fullname, stem + ".py")
