# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""The protocol of a scheduling policy, and what it may see.

A policy owns one ready queue discipline. The timed loop owns everything else: time, cores,
blocking, costs. It tells the policy who became ready, who ran for how long and who left, and
asks three questions: who runs next on this core, for how long at most, and must the running one
give way?

A policy of one's own needs `ready` and `pick` only:

    class Lifo(Policy):
        name = "lifo"
        def __init__(self):
            self.stack = []
        def ready(self, thread, cause):
            self.stack.append(thread)
        def pick(self, core):
            fitting = [thread for thread in self.stack if thread.pinned in (-1, core)]
            if not fitting:
                return None
            self.stack.remove(fitting[-1])
            return fitting[-1]

Rules (`conclang.testing.check_policy` checks them): `pick` returns a thread that was given to
`ready` since it was last picked, each once, and takes it out of the queue; it never loses one;
it returns None only if no ready thread may run on that core (else say `work_conserving =
False`); `gives_way` is strict, so that asking again after the exchange says no; nothing depends
on anything but the calls, the view and `view.draw`.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

MASK = (1 << 64) - 1


class Draws:
    """Random numbers from a seed: splitmix64, the same on every machine and engine."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & MASK

    def draw(self, bound: int) -> int:
        """A number in 0..bound-1."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return (mixed ^ (mixed >> 31)) % bound


class Runnable:
    """What a policy sees of a thread (or, on a runtime, of a task)."""

    __slots__ = (
        "arrival",
        "base_priority",
        "burst",
        "core",
        "data",
        "deadline",
        "level",
        "name",
        "nice",
        "number",
        "period",
        "pinned",
        "priority",
        "queued",
        "ran",
        "tickets",
        "used",
    )

    def __init__(self, number: int, name: str) -> None:
        self.number = number  # order of declaration, then of creation
        self.name = name
        self.priority = 0  # effective: raised by inheritance or a ceiling
        self.base_priority = 0
        self.arrival = 0  # of the thread, or of its current job
        self.burst = 0  # ticks of computing, 0 = unknown
        self.deadline = -1  # absolute, of the current job; -1 = none
        self.period = 0  # 0 = none
        self.tickets = 0  # 0 = not said
        self.nice = 0
        self.pinned = -1  # core of its processor, -1 = any
        self.core = -1  # where it ran last (a spawned one: its creator), -1 = nowhere yet
        self.ran = 0  # ticks of the current job so far
        # for the policy alone
        self.queued = 0  # stamp of its place in the queue, 0 = in none
        self.level = 0
        self.used = 0
        self.data: object = None

    def __repr__(self) -> str:
        return f"<{self.name}>"


class View:
    """What a policy may know besides the threads it was given."""

    __slots__ = ("cores", "draws", "now", "tickets", "work")

    def __init__(self, cores: int, seed: int = 0) -> None:
        self.cores = cores
        self.now = 0
        self.draws = Draws(seed)
        self.tickets: tuple[int, ...] = ()  # of all declared threads
        self.work = 0  # ticks of work known beforehand, of all threads; 0 = unknown

    def draw(self, bound: int) -> int:
        """A random number in 0..bound-1, from the seed."""
        return self.draws.draw(bound)


class Policy:
    """Base class: what most policies answer. Override what differs."""

    name = "policy"
    work_conserving = True
    preemptive = False  # may `gives_way` ever say yes?
    stepwise = False  # decide after every single micro-op
    weighs = True  # must `ran` be up to date whenever somebody comes or goes? No is quicker
    why = ""  # in words, of the last `pick`; asked right after it, if somebody listens

    if not cython.compiled:
        view: View

    def setup(self, view: View) -> None:
        """Called once before anything else."""
        self.view = view

    def ready(self, thread: Runnable, cause: str) -> None:
        """A thread enters the ready queue. cause: arrival, wake-up, quantum, yield, preempted."""
        raise NotImplementedError

    def pick(self, core: int) -> Runnable | None:
        """Take the thread out of the queue that runs next on this core; None leaves it idle."""
        raise NotImplementedError

    def slice(self, thread: Runnable) -> int:
        """At most so many ticks until `expired` is asked; 0 = no limit."""
        return 0

    def expired(self, thread: Runnable) -> bool:
        """The slice is over: must the thread go back into the queue?"""
        return True

    def gives_way(self, thread: Runnable, core: int) -> bool:
        """Must the running thread leave the core to somebody in the queue, now?"""
        return False

    def worse(self, thread: Runnable, other: Runnable) -> bool:
        """Both must give way: is `thread` the one to go first?"""
        return False

    def ran(self, thread: Runnable, ticks: int) -> None:
        """The thread has run for so many ticks since this was last said."""

    def left(self, thread: Runnable, finished: bool) -> None:
        """The running thread has blocked, sleeps, or has finished."""

    def changed(self, thread: Runnable) -> None:
        """The thread's priority has changed, in the queue or running."""

    def complaint(self) -> str:
        """Why nothing can go on though threads are ready; "" if the policy is content."""
        return ""
