"""A direct simulation of small machines, tick by tick, that shares no code with conclang.

Threads compute, sleep and yield, nothing else. At every tick, in this order: (a) bursts that have
ended let go of their cores, (b) sleepers and then newcomers queue, by declaration, (c) those whose
slice is over or who yield queue behind them, unless nobody waits, (d) free cores take up threads,
the lowest first, but who is chosen goes to the core it ran on last if that is free too. A rule is a queue discipline and no more: `enter`, `choose`, `ran`, `leave`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

Step = int | str  # ticks of work, "y" for yield, "s3" for sleep 3


@dataclass(eq=False)
class Job:
    name: str
    number: int
    arrival: int
    steps: list[Step]
    tickets: int = 1
    nice: int = 0
    left: int = 0
    core: int = -1
    wakes: int = -1
    ticks: int = 0
    home: int = -1
    value: Fraction = field(default_factory=Fraction)  # pass, virtual run time, eligible time
    served: int = 0

    def text(self) -> str:
        words = {"y": "yield"}
        body = "\n ".join(
            f"work {s}" if isinstance(s, int) else words.get(s, f"sleep {s[1:]}")
            for s in self.steps
        )
        with_ = f"arrival {self.arrival}, tickets {self.tickets}, nice {self.nice}"
        return f"thread {self.name} with {with_} {{\n {body}\n}}\n"


class Rule:
    """First come, first served for a slice (0 = until it lets go)."""

    now = 0

    def __init__(self, quantum: int = 0) -> None:
        self.quantum = quantum
        self.queue: list[Job] = []

    def start(self, running: list[Job | None]) -> None:
        self.running = running

    def enter(self, job: Job, new: bool) -> None:
        """It queues; new = it arrives or wakes up, and did not just lose a core."""
        self.queue.append(job)

    def choose(self, core: int) -> Job | None:
        return self.queue.pop(0) if self.queue else None

    def home(self, job: Job, core: int) -> int:
        """Where it runs that was chosen for this core."""
        return job.core if job.core >= 0 and self.running[job.core] is None else core

    def limit(self, job: Job) -> int:
        """Ticks until it must queue again."""
        return self.quantum

    def waits(self) -> bool:
        return bool(self.queue)

    def ran(self, job: Job) -> None:
        """It has run for one tick."""

    def leave(self, job: Job, finished: bool) -> None:
        """It has let go of its core."""


def simulate(jobs: list[Job], cores: int, rule: Rule, most: int = 2000) -> list[str]:
    """A row per core: who ran in each tick, `.` for nobody."""
    running: list[Job | None] = [None] * cores
    slices = [0] * cores
    rows = ["" for _ in range(cores)]
    rule.start(running)
    open_jobs = set(jobs)
    for now in range(most):
        rule.now = now
        yields = _let_go(now, running, rule, open_jobs)
        _queue_newcomers(now, jobs, rule)
        for core, job in enumerate(running):
            if job is None:
                continue
            over = rule.quantum and slices[core] == 0
            if core in yields or (over and rule.waits()):
                running[core] = None
                rule.enter(job, False)
            elif over:
                slices[core] = rule.limit(job)
        _fill(running, slices, rule)
        if not open_jobs:
            return rows
        for core, job in enumerate(running):
            rows[core] += job.name if job is not None else "."
            if job is not None:
                job.core, job.left, job.ticks = core, job.left - 1, job.ticks + 1
                slices[core] -= 1
                rule.ran(job)
    raise AssertionError("the simulation does not end")


def _fill(running: list[Job | None], slices: list[int], rule: Rule) -> None:
    """(d): as long as a free core finds somebody."""
    found = True
    while found:
        found = False
        for core in range(len(running)):
            job = rule.choose(core) if running[core] is None else None
            if job is not None:
                found = True
                home = rule.home(job, core)
                running[home] = job
                slices[home] = rule.limit(job)


def _let_go(now: int, running: list[Job | None], rule: Rule, open_jobs: set[Job]) -> set[int]:
    """(a): bursts that have ended; the cores whose thread yields are returned."""
    yields = set()
    for core, job in enumerate(running):
        if job is None or job.left:
            continue
        step = job.steps.pop(0) if job.steps else None
        if step == "y":
            yields.add(core)
            job.left = int(job.steps.pop(0))
            continue
        running[core] = None
        rule.leave(job, step is None)
        if step is None:
            open_jobs.discard(job)
        else:
            job.wakes = now + int(str(step)[1:])
            job.left = int(job.steps.pop(0))
    return yields


def _queue_newcomers(now: int, jobs: list[Job], rule: Rule) -> None:
    for job in jobs:
        if job.wakes == now:
            job.wakes = -1
            rule.enter(job, True)
    for job in jobs:
        if job.arrival == now:
            job.left = int(job.steps.pop(0))
            rule.enter(job, True)


# -- the disciplines, from their papers ------------------------------------------------------------


class Least(Rule):
    """The least `value` first, then arrival in the queue."""

    def choose(self, core: int) -> Job | None:
        if not self.queue:
            return None
        best = min(self.queue, key=lambda job: job.value)  # min takes the first of equals
        self.queue.remove(best)
        return best


class StrideRule(Least):
    def ran(self, job: Job) -> None:
        job.value += Fraction(1, job.tickets)


KERNEL = """
 -20  88761 71755 56483 46273 36291   -15  29154 23254 18705 14949 11916
 -10   9548  7620  6100  4904  3906    -5   3121  2501  1991  1586  1277
   0   1024   820   655   526   423     5    335   272   215   172   137
  10    110    87    70    56    45    15     36    29    23    18    15
"""
"""The kernel's table of weights as it is printed there: five to a row, each with its first nice."""


def weight_of(nice: int) -> int:
    words = [int(word) for word in KERNEL.split()]
    rows = [words[at : at + 6] for at in range(0, len(words), 6)]
    return {row[0] + step: row[1 + step] for row in rows for step in range(5)}[nice]


class FairRule(Least):
    """Virtual run time; newcomers start at the least of those who are there, which never falls:
    `min_vruntime` of the kernel, which it keeps up to date after every tick and for all changes."""

    floor = Fraction(0)

    def _note_floor(self, *more: Job) -> None:
        there = [*more, *self.queue, *(other for other in self.running if other is not None)]
        if there:
            self.floor = max(self.floor, min(other.value for other in there))

    def enter(self, job: Job, new: bool) -> None:
        if new:
            self._note_floor()
            job.value = max(job.value, self.floor)
        super().enter(job, new)

    def ran(self, job: Job) -> None:
        job.value += Fraction(1024, weight_of(job.nice))

    def leave(self, job: Job, finished: bool) -> None:
        self._note_floor(job)


class DeadlineRule(Rule):
    """EEVDF: V grows by 1 / (all weights) a tick; of the requests with eligible <= V the one due
    first; if there is none, the one that is eligible first."""

    def __init__(self, quantum: int) -> None:
        super().__init__(quantum)
        self.time = Fraction(0)
        self.there: list[Job] = []

    def enter(self, job: Job, new: bool) -> None:
        if new:
            job.value, job.served = self.time, 0
            self.there.append(job)
        super().enter(job, new)

    def limit(self, job: Job) -> int:
        """The rest of its request: who yields in the middle of one has not given it up."""
        return self.quantum - job.served

    def due(self, job: Job) -> Fraction:
        return job.value + Fraction(self.quantum, weight_of(job.nice))

    def choose(self, core: int) -> Job | None:
        eligible = [job for job in self.queue if job.value <= self.time]
        if eligible:
            best = min(eligible, key=self.due)
        elif self.queue:
            best = min(self.queue, key=lambda job: job.value)
        else:
            return None
        self.queue.remove(best)
        return best

    def ran(self, job: Job) -> None:
        self.time += Fraction(1, sum(weight_of(other.nice) for other in self.there))
        job.served += 1
        if job.served == self.quantum:
            job.value, job.served = self.due(job), 0

    def leave(self, job: Job, finished: bool) -> None:
        self.there.remove(job)


class PartitionRule(Rule):
    """A queue per core, for good; a newcomer goes where the fewest live."""

    def start(self, running: list[Job | None]) -> None:
        super().start(running)
        self.queues: list[list[Job]] = [[] for _ in running]
        self.living = [0] * len(running)

    def enter(self, job: Job, new: bool) -> None:
        if job.home < 0:
            job.home = self.living.index(min(self.living))
            self.living[job.home] += 1
        self.queues[job.home].append(job)

    def choose(self, core: int) -> Job | None:
        return self.queues[core].pop(0) if self.queues[core] else None

    def waits(self) -> bool:
        return any(self.queues)

    def leave(self, job: Job, finished: bool) -> None:
        if finished:
            self.living[job.home] -= 1


class StealingRule(PartitionRule):
    """A queue per core; back to the core it ran on; who has nothing robs the longest queue."""

    def enter(self, job: Job, new: bool) -> None:
        home = job.core
        if home < 0:
            loads = [
                len(queue) + (job is not None)
                for queue, job in zip(self.queues, self.running, strict=True)
            ]
            home = loads.index(min(loads))
        self.queues[home].append(job)

    def choose(self, core: int) -> Job | None:
        longest = max(self.queues, key=len)  # max takes the first of equals
        queue = self.queues[core] or longest
        return queue.pop(0) if queue else None

    def leave(self, job: Job, finished: bool) -> None:
        pass


class FollowRule(Rule):
    """Does what the rows say, and finds out whether any rule could: only ready threads run, and no
    core idles while one waits."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__(1)
        self.rows = rows
        self.idle = -1

    def choose(self, core: int) -> Job | None:
        name = self.rows[core][self.now : self.now + 1]
        if name in ("", "."):
            self.idle = self.now
            return None
        [job] = [job for job in self.queue if job.name == name]
        self.queue.remove(job)
        return job

    def home(self, job: Job, core: int) -> int:
        return core

    def ran(self, job: Job) -> None:
        assert self.idle != self.now or not self.queue
