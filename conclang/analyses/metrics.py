"""The metrics of a run, exactly.

The timed loop keeps books in whole ticks; here they become the figures people compare. Everything
stays a Fraction until it is printed.
"""

from __future__ import annotations

from fractions import Fraction

from conclang.machine.carriers import Entity
from conclang.machine.ledger import Ledger
from conclang.machine.states import DONE, SIDE_WORDS
from conclang.record import record

Number = Fraction | int | None


@record
class ThreadMetrics:
    """Of one thread or task; None where it never came to that. Of a periodic thread: start and
    finish over all its jobs, the others per completed job."""

    name: str
    kind: str  # thread spawned task async
    daemon: bool
    finished: bool
    arrival: int
    start: Number
    finish: Number
    turnaround: Number
    response: Number
    waiting: Number
    running: Number
    blocked: Number
    blocked_by: tuple[tuple[str, int], ...] = ()
    jobs: int = 0

    def get(self, metric: str) -> Number:
        value: Number = getattr(self, metric)
        return value


@record
class CoreMetrics:
    processor: str
    core: int
    busy: int
    switching: int
    idle: int


@record
class LockMetrics:
    kind: str
    name: str
    acquisitions: int
    contended: int
    held: int
    waiting: int


@record
class ChannelMetrics:
    name: str
    sent: int
    received: int
    longest: int
    waiting: int


@record
class Metrics:
    """Of the whole run."""

    makespan: int
    throughput: Fraction
    utilization: Fraction
    switches: int
    migrations: int
    misses: int
    parallelism: Fraction
    fairness: Fraction | None
    threads: tuple[ThreadMetrics, ...]
    cores: tuple[CoreMetrics, ...]
    locks: tuple[LockMetrics, ...]
    channels: tuple[ChannelMetrics, ...]
    speedup: Fraction | None = None  # over one core, where it was looked for

    def average(self, metric: str) -> Fraction | None:
        return self.aggregate("average", metric)

    def aggregate(self, how: str, metric: str) -> Fraction | None:
        """Over the finished threads that are no daemons; None if there are none."""
        values = [t.get(metric) for t in self.threads if t.finished and not t.daemon]
        numbers = [value for value in values if value is not None]
        if not numbers:
            return None
        total = Fraction(sum(numbers))
        return {
            "average": lambda: total / len(numbers),
            "total": lambda: total,
            "maximum": lambda: Fraction(max(numbers)),
            "minimum": lambda: Fraction(min(numbers)),
        }[how]()

    def thread(self, name: str) -> ThreadMetrics | None:
        return next((thread for thread in self.threads if thread.name == name), None)

    def system(self, name: str) -> Fraction:
        return Fraction(getattr(self, name))


def measure(run: Ledger) -> Metrics:
    """The metrics at the moment the books were closed."""
    end = max(run_end(run), 0)
    threads = tuple(_thread(run, entity) for entity in run.entities if entity.arrived)
    waited = _waited_for(run)
    busy = sum(core.busy for core in run.cores)
    span = end * len(run.cores)
    done = sum(max(t.jobs, 1) for t in threads if t.finished and not t.daemon)
    return Metrics(
        makespan=end,
        throughput=Fraction(done, end) if end else Fraction(0),
        utilization=Fraction(busy, span) if span else Fraction(0),
        switches=run.switches,
        migrations=run.migrations,
        misses=run.misses,
        parallelism=Fraction(busy, end) if end else Fraction(0),
        fairness=_jain([t.running or 0 for t in threads if not t.daemon]),
        threads=threads,
        cores=tuple(
            CoreMetrics(c.processor.name, c.number, c.busy, c.switching, end - c.busy - c.switching)
            for c in run.cores
        ),
        locks=_locks(run, waited),
        channels=_channels(run, waited),
    )


def run_end(run: Ledger) -> int:
    at = getattr(run, "snapshot_at", -1)
    return at if at >= 0 else run.now


def _thread(run: Ledger, entity: Entity) -> ThreadMetrics:
    blocked_by = tuple(
        sorted((_waited(run, side, thing), ticks) for (side, thing), ticks in _by(entity).items())
    )
    if entity.period:
        return _periodic(entity, blocked_by)
    finished = entity.state == DONE
    started = entity.start if entity.start >= 0 else None
    return ThreadMetrics(
        name=entity.name,
        kind=entity.kind,
        daemon=entity.daemon,
        finished=finished,
        arrival=entity.offset,
        start=started,
        finish=entity.finish if finished else None,
        turnaround=entity.finish - entity.offset if finished else None,
        response=started - entity.offset if started is not None else None,
        waiting=entity.waiting,
        running=entity.running,
        blocked=entity.blocked,
        blocked_by=blocked_by,
    )


def _by(entity: Entity) -> dict[tuple[int, int], int]:
    return entity.blocked_by


def _periodic(entity: Entity, blocked_by: tuple[tuple[str, int], ...]) -> ThreadMetrics:
    jobs = entity.jobs_done
    means: list[Number] = [Fraction(total, jobs) for total in entity.sums] if jobs else [None] * 5
    return ThreadMetrics(
        name=entity.name,
        kind=entity.kind,
        daemon=entity.daemon,
        finished=jobs > 0,
        arrival=entity.offset,
        start=entity.first_start if entity.first_start >= 0 else None,
        finish=entity.finish if jobs else None,
        turnaround=means[0],
        response=means[1],
        waiting=means[2],
        running=means[3],
        blocked=means[4],
        blocked_by=blocked_by,
        jobs=jobs,
    )


def _waited(run: Ledger, side: int, thing: int) -> str:
    name = getattr(run, "thing_name", None)
    return str(name(side, thing)) if name is not None else SIDE_WORDS[side]


def _jain(values: list[Fraction | int]) -> Fraction | None:
    """Jain's index: 1 = everybody ran equally long, 1/n = one had everything."""
    squares = sum(value * value for value in values)
    if not squares:
        return None
    total = sum(values)
    return Fraction(total * total) / (len(values) * squares)


def _waited_for(run: Ledger) -> dict[tuple[str, int], int]:
    """By kind and number of an object: the ticks that threads were blocked by it."""
    found: dict[tuple[str, int], int] = {}
    for entity in run.entities:
        for (side, number), ticks in entity.blocked_by.items():
            key = (SIDE_WORDS[side], number)
            found[key] = found.get(key, 0) + ticks
    return found


def _locks(run: Ledger, waited: dict[tuple[str, int], int]) -> tuple[LockMetrics, ...]:
    found = []
    for kind, thing in sorted(run.locks):
        use = run.locks[(kind, thing)]
        held = use.held + sum(run_end(run) - since for since in use.since.values())
        if kind == "semaphore":
            held = use.held
        name = run.names.thing(kind, thing)
        waiting = waited.get((kind, thing), 0)
        found.append(LockMetrics(kind, name, use.acquisitions, use.contended, held, waiting))
    return tuple(found)


def _channels(run: Ledger, waited: dict[tuple[str, int], int]) -> tuple[ChannelMetrics, ...]:
    found = []
    for channel in sorted(run.channels):
        flow = run.channels[channel]
        name = run.names.thing("channel", channel)
        waiting = waited.get(("channel", channel), 0)
        found.append(ChannelMetrics(name, flow.sent, flow.received, flow.longest, waiting))
    return tuple(found)
