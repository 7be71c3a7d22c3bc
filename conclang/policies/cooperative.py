"""Cooperative: threads switch only where they say so, by `yield` or by blocking.

On the machine this is what `fifo` does. The name says what is meant, and `check --under
cooperative` restricts the schedules accordingly.
"""

from __future__ import annotations

from conclang.policies.queue import Queue


class Cooperative(Queue):
    name = "cooperative"
