"""The threads that workers work in, besides the one that everything else runs in.

They are started when there is something to share for the first time, and wait for the next batch
without using the processor. Workers wait for each other inside a batch, so none of them may be
missing: either all threads can be had, or there is no crew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        self.done: SimpleQueue[BaseException | None] = SimpleQueue()
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

    def together(self, mine: Job, others: Sequence[Job]) -> None:
        """Do all jobs at the same time, one of them here."""
        for desk, job in zip(self.desks, others, strict=True):
            desk.put(job)
        mine()
        errors = [self.done.get() for _ in others]
        for error in errors:
            if error is not None:
                raise error

    def _hire(self) -> None:
        desk: SimpleQueue[Job | None] = SimpleQueue()
        thread = Thread(target=self._serve, args=(desk,))
        thread.start()
        self.threads.append(thread)
        self.desks.append(desk)

    def _serve(self, desk: SimpleQueue[Job | None]) -> None:
        """What a thread does all day."""
        while (job := desk.get()) is not None:
            try:
                job()
            except BaseException as error:
                self.done.put(error)
            else:
                self.done.put(None)

    def _send_home(self) -> None:
        for desk in self.desks:
            desk.put(None)
        for thread in self.threads:
            thread.join()
        self.desks, self.threads = [], []
