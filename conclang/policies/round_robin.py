# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Round robin: everybody in turn, for at most a quantum.

A newcomer queues before the one whose quantum ends at the same moment; who is alone keeps the
core.
"""

from __future__ import annotations

from conclang.machine.policy import Runnable
from conclang.policies.queue import Queue


class RoundRobin(Queue):
    name = "round_robin"

    def __init__(self, quantum: int = 4) -> None:
        super().__init__()
        self.quantum = quantum

    def slice(self, thread: Runnable) -> int:
        return self.quantum
