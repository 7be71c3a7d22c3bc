# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""Who is where in a timed run: entities, the OS threads that carry them, cores, pools, devices.

An **entity** is what the program's state knows: a thread or a task. A **carrier** is what the
scheduler of a processor sees: an OS thread. A declared or spawned thread has a carrier of its own;
its event loop runs on the same one, so the async tasks made there share it with the body. The
workers of a runtime are carriers too, and run one of the runtime's tasks at a time.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

from collections import deque

if not cython.compiled:
    from conclang.machine.policy import Policy, Runnable, View
    from conclang.machine.states import *


class Entity(Runnable):
    """A thread or task in time. As a Runnable it is what a runtime's policy sees."""

    __slots__ = (
        "arrived",
        "asked",
        "blocked",
        "blocked_since",
        "body",
        "by",
        "carrier",
        "daemon",
        "declared",
        "finish",
        "first_start",
        "holder",
        "job",
        "jobs_done",
        "kind",
        "left",
        "loop",
        "offset",
        "pending",
        "pool",
        "relative",
        "running",
        "since",
        "site",
        "special",
        "start",
        "state",
        "sum_blocked",
        "sum_response",
        "sum_running",
        "sum_turnaround",
        "sum_waiting",
        "taken_channel",
        "taken_kind",
        "ticket",
        "waiting",
        "waits_at",
        "waits_for",
        "zero",
    )

    def __init__(self, number: int, name: str) -> None:
        super().__init__(number, name)
        self.carrier: Carrier | None = None
        self.pool: Pool | None = None
        self.loop: Entity = self  # whose event loop it runs on
        self.holder: Entity | None = None  # of its own loop, if it is a task's
        self.body = True  # the loop's owner, no async task
        self.kind = "thread"
        self.declared = False
        self.daemon = False
        self.offset = 0  # release of job 0
        self.left = 0  # ticks until the micro-op at hand takes effect
        self.asked = -1  # the kind of that micro-op
        self.zero = 0  # micro-ops since time last passed
        self.state = IDLE
        self.since = 0
        self.arrived = False
        self.site = -1
        # wait bookkeeping: the ticket tells valid entries in wait queues from old ones
        self.ticket = 0
        self.waits_at = -1  # the side, and the thing
        self.waits_for = -1
        self.taken_kind = -1  # what the select arm it takes is about: SEND or RECEIVE, channel
        self.taken_channel = -1
        self.blocked_since = 0
        self.special: list[int] | None = None  # locks held that lend priority
        # metrics
        self.start = -1
        self.first_start = -1
        self.finish = -1
        self.running = 0
        self.waiting = 0
        self.blocked = 0
        self.by: dict[tuple[int, int], int] | None = None  # blocked, by side and thing
        # periodic threads
        self.job = 0
        self.jobs_done = 0
        self.relative = 0  # deadline after the release
        self.pending: deque[int] | None = None  # released jobs (of a loop: tasks) that wait
        # of finished jobs
        self.sum_turnaround = 0
        self.sum_response = 0
        self.sum_waiting = 0
        self.sum_running = 0
        self.sum_blocked = 0

    @property
    def blocked_by(self) -> dict[tuple[int, int], int]:
        """Ticks blocked, by side and thing."""
        return self.by or {}

    @property
    def sums(self) -> list[int]:
        """Of finished jobs: turnaround, response, waiting, running, blocked."""
        return [
            self.sum_turnaround,
            self.sum_response,
            self.sum_waiting,
            self.sum_running,
            self.sum_blocked,
        ]


class Carrier(Runnable):
    """An OS thread."""

    __slots__ = (
        "current",
        "last_core",
        "loop_alive",
        "loop_ready",
        "parted",
        "parted_cause",
        "pool",
        "processor",
        "shared",
        "state",
        "worker",
    )

    def __init__(self, number: int, name: str) -> None:
        super().__init__(number, name)
        self.current: Entity | None = None  # who holds the loop (or worker)
        self.loop_ready: deque[Entity] | None = None
        self.shared = False  # do async tasks run on it too?
        self.loop_alive = 1  # body and async tasks that have not ended
        self.pool: Pool | None = None
        self.worker = -1  # its number in the pool
        self.processor: Processor | None = None
        self.state = IDLE
        self.last_core = -1  # number of the core it ran on last, -1 = never ran
        self.parted: Core | None = None  # left this core at this very moment
        self.parted_cause = ""


class Core:
    """A core and what it is at."""

    __slots__ = (
        "at",
        "busy",
        "carrier",
        "charged",
        "index",
        "last",
        "number",
        "processor",
        "requeue",
        "slice_at",
        "state",
        "switching",
        "task_at",
    )

    def __init__(self, index: int, number: int, processor: Processor) -> None:
        self.index = index  # among all cores
        self.number = number  # within its processor
        self.processor = processor
        self.carrier: Carrier | None = None
        self.last: Carrier | None = None
        self.state = FREE
        self.at = -1  # when its micro-op or switch ends, -1 = never
        self.slice_at = -1  # when the thread's slice ends
        self.task_at = -1  # when the task's slice on its runtime ends
        self.charged = 0  # up to when its time is in the books
        self.requeue = ""  # why its thread goes back into the queue at this moment
        self.busy = 0
        self.switching = 0


class Processor:
    """A processor: cores, one ready queue discipline, costs."""

    __slots__ = (
        "assigned",
        "cores",
        "costs",
        "dirty",
        "migration_cost",
        "name",
        "policy",
        "preemptive",
        "stepwise",
        "switch_cost",
        "view",
        "waiting",
    )

    def __init__(self, name: str, policy: Policy, view: View) -> None:
        self.name = name
        self.policy = policy
        self.preemptive = bool(policy.preemptive)
        self.stepwise = bool(policy.stepwise)
        self.view = view
        self.cores: list[Core] = []
        self.costs: list[int] = []  # by kind of micro-op
        self.switch_cost = 0
        self.migration_cost = 0
        self.waiting = 0  # threads in the ready queue
        self.assigned = 0  # threads that live here
        self.dirty = False  # something happened that may change who should run


class Pool:
    """A runtime: tasks, multiplexed onto workers."""

    __slots__ = ("index", "name", "policy", "view", "workers")

    def __init__(self, index: int, name: str, policy: Policy, view: View) -> None:
        self.index = index
        self.name = name
        self.policy = policy
        self.view = view
        self.workers: list[Carrier] = []


class Device:
    """An I/O device: serves `width` requests at a time, first come first served."""

    __slots__ = ("name", "queue", "serving", "width")

    def __init__(self, name: str, width: int) -> None:
        self.name = name
        self.width = width
        self.serving = 0
        self.queue: deque[tuple[Entity, int]] = deque()
