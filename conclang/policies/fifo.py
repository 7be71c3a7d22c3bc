"""First come, first served: whoever has the core keeps it until it blocks, yields or ends."""

from __future__ import annotations

from conclang.policies.queue import Queue


class Fifo(Queue):
    name = "fifo"
