"""THE table of metrics that `expect timed` may speak of.

`SYSTEM` ones are about the whole run, `THREAD` ones about one thread (`turnaround(t)`) or, under an
aggregate, about all threads that finished (`average(turnaround)`).
"""

from __future__ import annotations

SYSTEM: dict[str, str] = {
    "makespan": "ticks until the last thread has finished",
    "throughput": "finished threads per tick",
    "utilization": "share of all cores' time that was busy, 0 to 1",
    "switches": "times a core took up another thread than its last",
    "migrations": "times a thread went on on another core than its last",
    "misses": "deadlines missed",
}

THREAD: dict[str, str] = {
    "arrival": "tick at which the thread arrived",
    "start": "tick at which it first ran",
    "finish": "end of its last tick",
    "turnaround": "finish minus arrival",
    "response": "first run minus arrival",
    "waiting": "ticks ready but not running",
    "running": "ticks on a core",
    "blocked": "ticks waiting for something",
}

AGGREGATES: dict[str, str] = {
    "average": "mean over the finished threads that are no daemons",
    "total": "sum over them",
    "maximum": "largest of them",
    "minimum": "smallest of them",
}
