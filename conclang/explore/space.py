"""How much of the memory allowed is left, as the system sees this process.

A search adds up what its tables take, and foresees what analyses of its graph will. But other
searches may be alive beside it, and reports, tables of names and the interpreter's own store grow
as well; their sum is only known to the system. Where it cannot be asked, nothing is known.
"""

from __future__ import annotations

import os
from typing import Any

OWN = 48 << 20
"""What the interpreter may have taken before: whoever calls us from a large program is not asked
to be small."""
SHARE_COMING = 6
"""A table that grows by being copied takes up to this share of all tables at once."""
ANALYSIS_BYTES = 60
"""What the analyses take per edge of a graph, besides the edge itself."""


def resident() -> int:
    """Bytes of this process that are in memory; 0: nobody knows."""
    try:
        with open("/proc/self/statm", "rb") as status:
            return int(status.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0


class Space:
    """What one check may take."""

    def __init__(self, most: int) -> None:
        self.begun = resident()
        self.most = most - min(self.begun, OWN)

    def left(self) -> int:
        """Bytes that may still be asked for; below 0: too many have been."""
        return self.most - (resident() - self.begun)

    def is_short(self, search: Any) -> bool:
        """Might the next batch, or what comes after the search, take more than is left?"""
        coming: int = search.memory() // SHARE_COMING
        coming += int(getattr(search, "edge_count", 0)) * ANALYSIS_BYTES
        return self.left() < coming
