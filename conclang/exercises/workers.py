"""Many submissions at once, each in a process that can be stopped.

Workers are kept from one submission to the next, for starting one costs more than most grades.
Each lives within a limit of memory set by the operating system, and whoever works longer than the
limit of time is killed; what it had judged until then counts, the rest is `limit`. So no
submission can hang, crash or starve the grading of the others, and the order of results is the
order of the submissions, however the work was shared.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from conclang.exercises.exercise import Defines, Exercise
from conclang.exercises.grading import Options, grade, graded, refused
from conclang.exercises.handing_in import Submission
from conclang.exercises.outcome import LIMIT, Grade, Outcome, limited
from conclang.record import record, replace

GRACE = 2.0  # seconds beyond the limit of time, in which the search should have ended by itself
INTERPRETER = 768  # MB of address space that Python and its libraries take up
MOST_WORKERS = 64
Progress = Callable[[int, int], None]


@record
class Job:
    """One submission to one variant."""

    exercise: Exercise
    submission: Submission
    defines: Defines
    options: Options = Options()

    @property
    def key(self) -> tuple[Any, ...]:
        """Jobs with one key come to one grade, but for the name."""
        submission = self.submission
        variant = tuple(sorted(self.defines.items()))
        return self.exercise.folder, submission.texts, submission.problem, variant, self.options


class Worker:
    """A process and what it is at."""

    def __init__(self, memory: int) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, memory), daemon=True
        )
        self.process.start()
        theirs.close()
        self.job = -1
        self.until = 0.0
        self.outcomes: dict[int, Outcome] = {}

    def begin(self, number: int, job: Job) -> None:
        self.job = number
        self.outcomes = {}
        self.until = time.monotonic() + job.exercise.limits.seconds + GRACE
        with contextlib.suppress(OSError):  # it is gone: noticed when it does not answer
            self.connection.send(job)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool:
    """Workers, started when they are needed; use it in a `with`."""

    def __init__(self, size: int = 1) -> None:
        self.size = max(1, min(size, MOST_WORKERS))
        self.workers: list[Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.end()
        self.workers = []

    def grades(self, jobs: list[Job], progress: Progress | None = None) -> list[Grade]:
        """The grade of each job, in order. Equal submissions are judged once."""
        first: dict[Any, int] = {}
        for number, job in enumerate(jobs):
            first.setdefault(job.key, number)
        found: dict[int, Grade] = {}
        for number, made in self._work([(n, jobs[n]) for n in first.values()]):
            found[number] = made
            if progress is not None:
                progress(len(found), len(first))
        grades = []
        for job in jobs:
            made = found[first[job.key]]
            grades.append(replace(made, submission=job.submission.name))
        return grades

    def _work(self, jobs: list[tuple[int, Job]]) -> Iterator[tuple[int, Grade]]:
        waiting = list(reversed(jobs))
        by_number = dict(jobs)
        busy: list[Worker] = []
        while waiting or busy:
            while waiting and len(busy) < self.size:
                number, job = waiting.pop()
                worker = self._idle(busy, job)
                worker.begin(number, job)
                busy.append(worker)
            soonest = min(worker.until for worker in busy) - time.monotonic()
            ready = wait([worker.connection for worker in busy], max(0.0, soonest))
            for worker in list(busy):
                made = self._look(worker, by_number[worker.job], worker.connection in ready)
                if made is not None:
                    busy.remove(worker)
                    yield worker.job, made

    def _idle(self, busy: list[Worker], job: Job) -> Worker:
        for worker in self.workers:
            if worker not in busy:
                return worker
        self.workers.append(Worker(job.exercise.limits.memory))
        return self.workers[-1]

    def _look(self, worker: Worker, job: Job, ready: bool) -> Grade | None:
        """What a worker says, or what is known if it will never say it."""
        limit = ""
        if ready:
            try:
                kind, made = worker.connection.recv()
            except (EOFError, OSError):
                limit = "crash"
            else:
                if kind == "told":
                    worker.outcomes = made
                    return None
                if any(check.outcome.limit in ("memory", "crash") for check in made.checks):
                    self._dismiss(worker)
                grade_made: Grade = made
                return grade_made
        elif time.monotonic() >= worker.until:
            limit = "seconds"
        if not limit:
            return None
        self._dismiss(worker)
        return _cut_off(job, worker.outcomes, limit)

    def _dismiss(self, worker: Worker) -> None:
        worker.end()
        self.workers.remove(worker)


def _cut_off(job: Job, outcomes: dict[int, Outcome], limit: str) -> Grade:
    """What was judged before the limit, and the limit for the rest."""
    numbers = {check.number for check in job.exercise.checks}
    open_ = {number: limited(limit) for number in numbers - set(outcomes)}
    return graded(job.exercise, job.submission, outcomes | open_)


def _serve(connection: Connection, memory: int) -> None:
    """The life of a worker."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when it is over
    _bound(memory)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            told = lambda outcomes: connection.send(("told", outcomes))  # noqa: E731
            made = grade(job.exercise, job.submission, job.defines, job.options, told)
        except MemoryError:
            made = _cut_off(job, {}, "memory")
        except Exception as error:  # our bug: this submission's grade says so, the others go on
            said = f"internal error: {type(error).__name__}: {error}"[:200]
            if os.environ.get("CONCLANG_DEBUG"):
                import traceback

                traceback.print_exc()
            made = refused(job.exercise, job.submission, LIMIT, said)
        connection.send(("done", made))


def _bound(memory: int) -> None:
    """Let the operating system refuse what goes beyond the limit of memory."""
    try:
        import resource
    except ImportError:  # not on this system; the search keeps its own limit
        return
    bytes_ = (memory + INTERPRETER) << 20
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = bytes_ if hard == resource.RLIM_INFINITY else min(bytes_, hard)
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
