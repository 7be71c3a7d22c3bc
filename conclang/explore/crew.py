"""The threads that workers work in, besides the one that everything else runs in.

They are started when there is something to share for the first time. A worker whose batch is done
stays at hand for a moment; if the next batch does not come at once, its thread goes back to its
desk, where it needs no processor. Workers wait for each other inside a batch, so none of them may
be missing: either all threads can be had, or there is no crew.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

Job = Callable[[], object]


class Crew:
    """So many threads; they end with the `with` block."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked = False
        self.desks: list[SimpleQueue[Job | None]] = []
        self.threads: list[Thread] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._send_home()

    def is_there(self) -> bool:
        """Have all threads begun? If the system does not give that many, none is kept."""
        if not self.asked:
            self.asked = True
            try:
                for _ in range(self.count):
                    self._hire()
            except RuntimeError:
                self._send_home()
        return bool(self.threads)

    def give(self, thread: int, job: Job) -> None:
        """Let a thread do something, once it has done everything before."""
        self.desks[thread].put(job)

    def _hire(self) -> None:
        desk: SimpleQueue[Job | None] = SimpleQueue()
        thread = Thread(target=serve, args=(desk,))
        thread.start()
        self.threads.append(thread)
        self.desks.append(desk)

    def _send_home(self) -> None:
        for desk in self.desks:
            desk.put(None)
        for thread in self.threads:
            thread.join()
        self.desks, self.threads = [], []


def serve(desk: SimpleQueue[Job | None]) -> None:
    """What a thread does all day."""
    while (job := desk.get()) is not None:
        job()
