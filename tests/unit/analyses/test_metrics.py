"""Metrics of small runs, every figure worked by hand."""

from __future__ import annotations

from fractions import Fraction

from conclang.analyses.metrics import Metrics, ThreadMetrics
from conclang.analyses.runner import Request, run_program
from conclang.pipeline import load_text

FREE = "cost { read 0 write 0 sync 0 local 0 }"
ONE = f"processor cpu {{ cores 1 scheduler fifo {FREE} }}\n"
TWO = f"processor cpu {{ cores 2 scheduler fifo {FREE} }}\n"


def metrics(text: str, **options: object) -> Metrics:
    program = load_text(text).program
    assert program is not None
    return run_program(program, Request(**options)).metrics  # type: ignore[arg-type]


def of(found: Metrics, name: str) -> ThreadMetrics:
    thread = found.thread(name)
    assert thread is not None
    return thread


def test_threads_cores_and_totals() -> None:
    """Core 0: a 0-3, c 3-5. Core 1: b 0-5. c arrives at 1 and waits until 3."""
    found = metrics(
        TWO + "thread a { work 3 }\nthread b { work 5 }\nthread c with arrival 1 { work 2 }"
    )
    c = of(found, "c")
    assert (c.arrival, c.start, c.finish) == (1, 3, 5)
    assert (c.turnaround, c.response, c.waiting, c.running, c.blocked) == (4, 2, 2, 2, 0)
    assert [(core.busy, core.switching, core.idle) for core in found.cores] == [(5, 0, 0)] * 2
    assert (found.makespan, found.switches, found.migrations) == (5, 1, 0)
    assert (found.utilization, found.parallelism) == (1, 2)
    assert found.throughput == Fraction(3, 5)
    assert found.average("turnaround") == Fraction(3 + 5 + 4, 3)
    assert found.aggregate("maximum", "turnaround") == 5
    assert found.aggregate("total", "waiting") == 2


def test_blocked_by_what() -> None:
    """a holds m 0-4; b asks at 1 (3 ticks for m), then sleeps 2, then reads from ch, which a
    fills at 10: b has waited since 6."""
    found = metrics(
        TWO + "lock m\nchannel ch(1)\n"
        "thread a { lock m { work 4 }\n work 6\n ch <- 1 }\n"
        "thread b { work 1\n lock m { }\n sleep 2\n let v = <-ch }"
    )
    b = of(found, "b")
    assert (b.finish, b.running, b.waiting, b.blocked) == (10, 1, 0, 9)
    by = dict(b.blocked_by)
    assert by["m"] == 3
    assert by["ch"] == 4
    assert sum(by.values()) == 9
    [lock] = found.locks
    assert (lock.name, lock.acquisitions, lock.contended, lock.held, lock.waiting) == (
        "m", 2, 1, 4, 3,
    )  # fmt: skip
    [channel] = found.channels
    assert (channel.sent, channel.received, channel.longest, channel.waiting) == (1, 1, 1, 4)


def test_fairness_is_jains_index() -> None:
    """Running 6 and 2: (6+2)^2 / (2 (36+4)) = 64/80. Equal shares: 1."""
    assert metrics(ONE + "thread a { work 6 }\nthread b { work 2 }").fairness == Fraction(4, 5)
    assert metrics(ONE + "thread a { work 5 }\nthread b { work 5 }").fairness == 1
    assert metrics(ONE + "thread a { sleep 5 }").fairness is None


def test_switching_is_neither_busy_nor_idle() -> None:
    """Quantum 2, a switch costs 1: a 0-2, 2-3 switch, b 3-5, 5-6 switch, a 6-8."""
    found = metrics(
        "processor cpu { cores 1 scheduler round_robin(quantum: 2) switch_cost 1 }\n"
        "thread a { work 4 }\nthread b { work 2 }"
    )
    [core] = found.cores
    assert (found.makespan, core.busy, core.switching, core.idle) == (8, 6, 2, 0)
    assert found.utilization == Fraction(6, 8)
    assert (of(found, "a").waiting, of(found, "b").waiting) == (4, 3)


def test_misses_and_jobs() -> None:
    """Period 4, work 3, and a thread of 2 before it: job 1 ends at 5 > 4, job 2 at 8."""
    found = metrics(
        "processor cpu { cores 1 scheduler fifo }\n"
        "thread first { work 2 }\nthread p with period 4 { work 3 }",
        until=8,
    )
    p = of(found, "p")
    assert (found.misses, p.jobs) == (1, 2)
    assert p.turnaround == Fraction(5 + 4, 2)
    assert p.response == Fraction(2 + 1, 2)
