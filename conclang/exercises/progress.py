"""What somebody has done so far: solved, points, hints seen, variant. Kept in the user's folder.

The file is replaced as a whole, never written into, so an interruption leaves the old or the new
one. Two commands at once take turns. A file that cannot be read is put aside, not overwritten.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conclang.record import record, replace

SCHEMA = 1


@record
class State:
    """One exercise of one person."""

    solved: bool = False
    best: str = ""  # points as a text, "4 of 6"
    hints: int = 0
    seed: int | None = None


def path() -> Path:
    from platformdirs import user_data_path

    return user_data_path("conclang") / "exercises.json"


def all_states() -> dict[str, State]:
    """Everything known, by id of the exercise."""
    return _read(path())


def state(name: str) -> State:
    return all_states().get(name, State())


def change(name: str, **changes: Any) -> State:
    """Change one entry; returns what it is now."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    with _turn(file.with_suffix(".lock")):
        states = _read(file)
        states[name] = replace(states.get(name, State()), **changes)
        _write(file, states)
        return states[name]


def _read(file: Path) -> dict[str, State]:
    try:
        made = json.loads(file.read_text(encoding="utf-8"))
        entries = made["exercises"].items()
        return {name: _state(entry) for name, entry in sorted(entries)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        with contextlib.suppress(OSError):
            os.replace(file, file.with_suffix(".damaged"))
        return {}


def _state(entry: dict[str, Any]) -> State:
    seed = entry.get("seed")
    return State(
        bool(entry.get("solved", False)),
        str(entry.get("best", "")),
        int(entry.get("hints", 0)),
        None if seed is None else int(seed),
    )


def _write(file: Path, states: dict[str, State]) -> None:
    import tempfile

    entries = {
        name: {"solved": s.solved, "best": s.best, "hints": s.hints, "seed": s.seed}
        for name, s in sorted(states.items())
    }
    text = json.dumps({"schema": SCHEMA, "exercises": entries}, indent=2) + "\n"
    handle, temporary = tempfile.mkstemp(prefix=".exercises-", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@contextlib.contextmanager
def _turn(file: Path) -> Iterator[None]:
    """Wait until nobody else is changing the file; where the system has no locks, hope."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(file, "w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
