"""Run a command as a child and say what it cost: seconds, peak memory, what it printed.

The peak is the kernel's own figure for the child and everything it waited for (`wait4`), so it
needs no sampling. A child inherits the peak of the process that forked it, hence this package
stays small and imports nothing heavy before it measures.
"""

from __future__ import annotations

import math
import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One finished (or cut off) run of one command."""

    seconds: float
    peak_mb: float
    code: int
    stdout: str
    stderr: str
    over: bool = False


def run_child(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    limit: float = 120.0,
) -> Sample:
    """Run `command` to its end, or kill its whole process group after `limit` seconds."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **env} if env else None,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        killed = threading.Event()
        timer = threading.Timer(limit, _kill, (child.pid, killed))
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        return Sample(
            seconds=seconds,
            peak_mb=usage.ru_maxrss / 1024,
            code=child.returncode,
            stdout=_text(out),
            stderr=_text(err),
            over=killed.is_set(),
        )


def _kill(pid: int, killed: threading.Event) -> None:
    killed.set()
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        killed.clear()


def _text(file: object) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    return file.read().decode("utf-8", "replace")  # type: ignore[attr-defined, no-any-return]


def chain(samples: Iterable[Sample]) -> Sample:
    """Commands run one after another, seen as one: seconds add up, the highest peak counts."""
    parts = list(samples)
    return Sample(
        seconds=sum(part.seconds for part in parts),
        peak_mb=max(part.peak_mb for part in parts),
        code=parts[-1].code,
        stdout=parts[-1].stdout,
        stderr="".join(part.stderr for part in parts),
        over=any(part.over for part in parts),
    )


def interleave(
    cells: Mapping[str, Callable[[], object]], repetitions: int
) -> dict[str, list[object]]:
    """Call every cell once per round, so that a busy minute hurts all of them alike."""
    results: dict[str, list[object]] = {name: [] for name in cells}
    for _ in range(repetitions):
        for name, cell in cells.items():
            results[name].append(cell())
    return results


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def geometric_mean(values: Iterable[float]) -> float | None:
    logs = [math.log(value) for value in values]
    return math.exp(sum(logs) / len(logs)) if logs else None
