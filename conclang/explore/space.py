"""How much of the memory allowed is left, as the system sees this process.

What is allowed is what somebody has asked for, and no more than the system will give: a limit of
the process, of the container that it runs in, or what nobody else has taken of the machine.

A search adds up what its tables take, and foresees what analyses of its graph will. But other
searches may be alive beside it, and reports, tables of names and the interpreter's own store grow
as well; their sum is only known to the system. Where it cannot be asked, nothing is known.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.explore.driver import Found

DEFAULT_MEMORY_MB = 4096

OWN = 48 << 20
"""What the interpreter may have taken before: whoever calls us from a large program is not asked
to be small."""
SHARE_COMING = 6
"""A table that grows by being copied takes up to this share of all tables at once."""
ANALYSIS_BYTES = 60
"""What the analyses take per edge of a graph, besides the edge itself."""

TELLING_BYTES = 1500
"""What it takes to sort and to tell what was found, per report."""
SELDOM = 0.005
"""Seconds for which what the system has said is believed."""
LATE_BYTES = 40 << 20
"""Addresses that modules need which are loaded late."""
SHARE_SPARED = 8
"""This share of what the system could give is left to others."""
SHARE_SPARED_AT_LAST = 16
"""This share is left for what is taken until somebody looks again, and to say so."""
CONTAINERS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
)
"""Where a container says what it may take, and what it has taken."""


def taken() -> tuple[int, int]:
    """Bytes of this process that are in memory, and those it has addresses for; 0: nobody knows."""
    try:
        with open("/proc/self/statm", "rb") as status:
            addresses, pages = status.read().split()[:2]
    except (OSError, ValueError):
        return 0, 0
    page = os.sysconf("SC_PAGESIZE")
    return int(pages) * page, int(addresses) * page


def resident() -> int:
    """Bytes of this process that are in memory; 0: nobody knows."""
    return taken()[0]


def peak() -> float:
    """The most memory this process ever had, in MB; 0 where nobody can tell."""
    for line in _lines("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    try:
        import resource
    except ImportError:  # not on this system
        return 0.0
    import sys

    # on Linux this would include what the parent had when it started us
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def allowed(asked: int | None) -> int:
    """The memory a process may take in all: as much as was asked for (MB), if that can be had."""
    most = (asked or DEFAULT_MEMORY_MB) << 20
    return min([most, *(resident() + rest - rest // SHARE_SPARED for rest in _rests())])


def _rests() -> Iterator[int]:
    """What is left, as far as the system says so."""
    yield from _rest_of_machine()
    yield from _rest_of_container()
    yield from _rest_of_process()


def _rest_of_machine() -> Iterator[int]:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) << 10


def _rest_of_container() -> Iterator[int]:
    for most, taken in CONTAINERS:
        for limit, used in zip(_lines(most), _lines(taken), strict=False):
            if limit.strip().isdigit():
                yield max(0, int(limit) - int(used))


def _rest_of_process() -> Iterator[int]:
    limit = _most_addresses()
    if limit is not None:
        yield max(0, limit - LATE_BYTES - taken()[1])


def _most_addresses() -> int | None:
    """How many bytes this process may have addresses for; None: any number."""
    try:
        import resource
    except ImportError:  # not on this system
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="ascii") as file:
            return file.readlines()
    except (OSError, ValueError):
        return []


class Space:
    """What one check may take."""

    def __init__(self, most: int) -> None:
        self.begun = resident()
        self.most = most - min(self.begun, OWN)
        self.addresses = _most_addresses()
        self.seen, self.seen_at = most, float("-inf")

    def left(self) -> int:
        """Bytes that may still be asked for; below 0: too many have been."""
        now = time.monotonic()
        if now > self.seen_at + SELDOM:
            pages, addresses = taken()
            self.seen, self.seen_at = self.most - (pages - self.begun), now
            if self.addresses is not None:
                self.seen = min(self.seen, self.addresses - LATE_BYTES - addresses)
        return self.seen

    def is_used_up(self) -> bool:
        """Has nearly all been taken that may be?"""
        return self.left() < self.most // SHARE_SPARED_AT_LAST

    def is_short(self, found: Found) -> bool:
        """Might the next batch, or what comes after the search, take more than is left?"""
        search = found.search
        coming: int = search.memory() // SHARE_COMING
        coming += int(getattr(search, "edge_count", 0)) * ANALYSIS_BYTES
        coming += len(found.reports) * TELLING_BYTES
        return self.left() < coming + self.most // SHARE_SPARED_AT_LAST
