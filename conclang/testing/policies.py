"""`check_policy`: what any scheduling policy must pass.

    from conclang.testing import check_policy
    check_policy(MyPolicy)

A policy is put through many random histories of a small made-up machine: threads arrive, run,
block, wake up, yield, end. The same history is played twice and must go the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from conclang.machine.policy import Policy, Runnable, View


class PolicyFault(AssertionError):
    """The policy broke a rule; the message says which, and how to see it again."""


def check_policy(make: Callable[[], Policy], histories: int = 200) -> None:
    """Raise PolicyFault if the policy ever breaks a rule."""
    for seed in range(histories):
        first = _History(make, seed).play()
        again = _History(make, seed).play()
        if first != again:
            raise PolicyFault(f"history {seed}: the same history was scheduled in two ways")


class _History:
    """One random history; `play` returns who was picked where and when."""

    def __init__(self, make: Callable[[], Policy], seed: int) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.policy = make()
        self.cores = self.random.choice((1, 1, 2, 3))
        self.view = View(self.cores, seed)
        self.view.tickets = (1, 2, 3, 5, 8)
        self.policy.setup(self.view)
        self.threads = [self._thread(number) for number in range(self.random.randint(1, 8))]
        self.outside = list(self.threads)
        self.ready: list[Runnable] = []
        self.running: list[Runnable | None] = [None] * self.cores
        self.slices: list[int] = [0] * self.cores
        self.log: list[tuple[int, int, str]] = []

    def _thread(self, number: int) -> Runnable:
        thread = Runnable(number, f"t{number}")
        thread.priority = thread.base_priority = self.random.randint(0, 3)
        thread.burst = self.random.randint(1, 20)
        thread.period = self.random.choice((0, 10, 20))
        thread.deadline = self.random.choice((-1, 15, 30))
        thread.tickets = self.random.choice((0, 1, 5, 50))
        thread.nice = self.random.choice((-5, 0, 0, 5))
        if self.random.random() < 0.15:
            thread.pinned = self.random.randrange(self.cores)
        return thread

    def fault(self, words: str) -> PolicyFault:
        return PolicyFault(
            f"{self.policy.name}, history {self.seed}, tick {self.view.now}: {words}"
        )

    def play(self) -> list[tuple[int, int, str]]:
        for thread in self._some(self.outside):
            self._enter(thread, "arrival")
        for _ in range(60):
            self._fill()
            self._give_way()
            self._advance()
        self._drain()
        return self.log

    def _some(self, threads: list[Runnable]) -> list[Runnable]:
        return [thread for thread in threads if self.random.random() < 0.6]

    def _enter(self, thread: Runnable, cause: str) -> None:
        if thread in self.outside:
            self.outside.remove(thread)
        self.ready.append(thread)
        self.policy.ready(thread, cause)

    def _fill(self) -> None:
        for core in range(self.cores):
            if self.running[core] is None:
                self._pick(core)

    def _pick(self, core: int) -> None:
        thread = self.policy.pick(core)
        if thread is None:
            fitting = [t for t in self.ready if t.pinned in (-1, core)]
            if fitting and self.policy.work_conserving:
                names = ", ".join(t.name for t in fitting)
                raise self.fault(f"core {core} is left idle though {names} could run there")
            return
        if thread not in self.ready:
            raise self.fault(f"{thread.name} was picked, but it is not ready")
        if thread.pinned not in (-1, core):
            raise self.fault(f"{thread.name} is pinned to core {thread.pinned}, not {core}")
        self.ready.remove(thread)
        thread.core = core
        self.running[core] = thread
        self.slices[core] = self._slice(thread)
        self.log.append((self.view.now, core, thread.name))

    def _slice(self, thread: Runnable) -> int:
        limit = self.policy.slice(thread)
        if not isinstance(limit, int) or limit < 0:
            raise self.fault(f"the slice of {thread.name} is {limit!r}")
        return limit

    def _give_way(self) -> None:
        if not self.policy.preemptive:
            return
        for _ in range(100):
            victims = [
                core
                for core, thread in enumerate(self.running)
                if thread is not None and self.policy.gives_way(thread, core)
            ]
            if not victims:
                return
            core = victims[0]
            thread = self.running[core]
            assert thread is not None
            self.running[core] = None
            self._enter(thread, "preempted")
            self._pick(core)
        raise self.fault("running threads give way to each other without end")

    def _advance(self) -> None:
        """One tick; then some block, yield, end or use up their slice, and others come back."""
        self.view.now += 1
        for core, thread in enumerate(self.running):
            if thread is None:
                continue
            thread.ran += 1
            self.policy.ran(thread, 1)
            self._after(core, thread)
        for thread in self._some(self.outside):
            cause = "wake-up" if thread.ran else "arrival"
            self._enter(thread, cause)

    def _after(self, core: int, thread: Runnable) -> None:
        drawn = self.random.random()
        if drawn < 0.15:
            self.running[core] = None
            self.policy.left(thread, False)
            self.outside.append(thread)
        elif drawn < 0.2:
            self.running[core] = None
            self.policy.left(thread, True)
        elif drawn < 0.3:
            self.running[core] = None
            self._enter(thread, "yield")
        elif self.slices[core] > 0:
            self.slices[core] -= 1
            if self.slices[core] == 0 and self.policy.expired(thread):
                self.running[core] = None
                self._enter(thread, "quantum")
            elif self.slices[core] == 0:
                self.slices[core] = self._slice(thread)

    def _drain(self) -> None:
        """Nobody may be lost: all who are ready are picked in the end."""
        for core, thread in enumerate(self.running):
            if thread is not None:
                self.running[core] = None
                self.policy.left(thread, True)
        for _ in range(len(self.ready) * self.cores + self.cores):
            for core in range(self.cores):
                self._pick(core)
                picked = self.running[core]
                if picked is not None:
                    self.running[core] = None
                    self.policy.left(picked, True)
        if self.ready:
            names = ", ".join(thread.name for thread in self.ready)
            raise self.fault(f"{names} became ready and was never picked")
