"""Figures that textbooks print, each with the derivation: who has the core from when to when.

OSTEP is Arpaci-Dusseau, Silberschatz is *Operating System Concepts*, Stallings *Operating Systems*,
Tanenbaum *Modern Operating Systems*, Buttazzo *Hard Real-Time Computing Systems*. Larger is more
important here; books in which 1 is the highest priority are mirrored.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from running import FREE, finishes, run

Job = tuple[int, ...]  # work, arrival, priority


def jobs(*rows: Job) -> str:
    text = ""
    for name, row in zip("ABCDEFGH", rows, strict=False):
        work, arrival, priority = (*row, *(0, 0, 0)[len(row) :])
        text += f"thread {name} with arrival {arrival}, priority {priority} {{ work {work} }}\n"
    return text


def average(metric: str, rows: tuple[Job, ...], policy: str) -> Fraction | None:
    result = run("processor cpu { cores 1 }\n" + jobs(*rows), policy)
    assert result.kind == "completed"
    return result.metrics.average(metric)


LATE = ((100, 0), (10, 10), (10, 10))
FIVE = ((3, 0), (6, 2), (4, 4), (5, 6), (2, 8))
BATCH = ((10, 0, 3), (6, 0, 5), (2, 0, 2), (4, 0, 1), (8, 0, 4))


@pytest.mark.parametrize(
    ("rows", "policy", "metric", "expected"),
    [
        # Silberschatz, FCFS: 24, 3, 3 wait 0, 24, 27; in the order 3, 3, 24 they wait 0, 3, 6
        (((24,), (3,), (3,)), "fifo", "waiting", 17),
        (((3,), (3,), (24,)), "fifo", "waiting", 3),
        # SJF 6, 8, 7, 3: order D A C B, they wait 3, 16, 9, 0
        (((6,), (8,), (7,), (3,)), "sjf", "waiting", 7),
        (((6,), (8,), (7,), (3,)), "fifo", "waiting", "10.25"),
        # shortest remaining: A 0-1, B 1-5, D 5-10, A 10-17, C 17-26: waits 9, 0, 15, 2
        (((8, 0), (4, 1), (9, 2), (5, 3)), "srtf", "waiting", "6.5"),
        # not interrupted: A 0-8, B 8-12, D 12-17, C 17-26: waits 0, 7, 15, 9
        (((8, 0), (4, 1), (9, 2), (5, 3)), "sjf", "waiting", "7.75"),
        # RR 4: A 0-4, B 4-7, C 7-10, then A alone: waits 6, 4, 7
        (((24,), (3,), (3,)), "round_robin(quantum: 4)", "waiting", Fraction(17, 3)),
        # priorities 3 1 4 5 2 (1 highest): B 0-1, E 1-6, A 6-16, C 16-18, D 18-19
        (
            ((10, 0, -3), (1, 0, -1), (2, 0, -4), (1, 0, -5), (5, 0, -2)),
            "priority",
            "waiting",
            "8.2",
        ),
        # RR 1 of 6, 3, 1, 7: ABCD ABD ABD AD AD AD D: ends 15, 9, 3, 17
        (((6,), (3,), (1,), (7,)), "round_robin(quantum: 1)", "turnaround", 11),
        # OSTEP, figures 7.1 to 7.7: 10, 20, 30; 100, 110, 120; 10, 20, 120; late arrivals
        (((10,), (10,), (10,)), "fifo", "turnaround", 20),
        (((100,), (10,), (10,)), "fifo", "turnaround", 110),
        (((100,), (10,), (10,)), "sjf", "turnaround", 50),
        (LATE, "sjf", "turnaround", Fraction(310, 3)),
        (LATE, "srtf", "turnaround", 50),
        (((5,), (5,), (5,)), "sjf", "response", 5),
        (((5,), (5,), (5,)), "round_robin(quantum: 1)", "response", 1),
        (((5,), (5,), (5,)), "round_robin(quantum: 1)", "turnaround", 14),
        # Tanenbaum: 8, 4, 4, 4 end at 8, 12, 16, 20; shortest first at 4, 8, 12, 20
        (((8,), (4,), (4,), (4,)), "fifo", "turnaround", 14),
        (((8,), (4,), (4,), (4,)), "sjf", "turnaround", 11),
        # 2, 4 at 0 and 1, 1, 1 at 3: A 0-2, B 2-6, C D E 6-9: 2, 6, 4, 5, 6
        (((2, 0), (4, 0), (1, 3), (1, 3), (1, 3)), "sjf", "turnaround", "4.6"),
        # five batch jobs: by priority 6, 14, 24, 26, 30; as they came; shortest first
        (BATCH, "priority", "turnaround", 20),
        (BATCH, "fifo", "turnaround", "19.2"),
        (BATCH, "sjf", "turnaround", 14),
        # Stallings: ends 3 9 13 18 20; 4 18 17 20 15; 3 17 11 20 19; 3 9 15 20 11; 3 15 8 20 10
        (FIVE, "fifo", "turnaround", "8.6"),
        (FIVE, "round_robin(quantum: 1)", "turnaround", "10.8"),
        (FIVE, "round_robin(quantum: 4)", "turnaround", 10),
        (FIVE, "sjf", "turnaround", "7.6"),
        (FIVE, "srtf", "turnaround", "7.2"),
    ],
)
def test_printed_averages(
    rows: tuple[Job, ...], policy: str, metric: str, expected: int | str | Fraction
) -> None:
    assert average(metric, rows, policy) == Fraction(expected)


@pytest.mark.parametrize(
    ("policy", "ends"),
    [
        ("fifo", [3, 9, 13, 18, 20]),
        ("round_robin(quantum: 1)", [4, 18, 17, 20, 15]),
        ("round_robin(quantum: 4)", [3, 17, 11, 20, 19]),
        ("sjf", [3, 9, 15, 20, 11]),
        ("srtf", [3, 15, 8, 20, 10]),
    ],
)
def test_stallings_five_processes(policy: str, ends: list[int]) -> None:
    result = run("processor cpu { cores 1 }\n" + jobs(*FIVE), policy)
    assert finishes(result) == dict(zip("ABCDE", ends, strict=True))


def test_mlfq_approximates_shortest_first() -> None:
    """OSTEP, figure 8.3: a short job comes at 100 and is through at 120; the long one at 220."""
    text = "processor cpu { cores 1 }\n" + jobs((200, 0), (20, 100))
    result = run(text, "mlfq(levels: 3, quanta: [10, 10, 10])")
    assert finishes(result) == {"A": 220, "B": 120}


def test_mlfq_with_io() -> None:
    """OSTEP, figure 8.4: B computes for 1 and waits for 9. A has the first 10 ticks, then 9 of
    every 10: 82 of its 90 at 90, when B comes for the last but one time, and all at 99."""
    text = "processor cpu { cores 1 }\nthread A { work 90 }\n"
    text += "thread B { repeat 10 { work 1\n io 9 } }\n"
    result = run(text, "mlfq(levels: 3, quanta: [10, 10, 10])")
    assert finishes(result)["A"] == 99


@pytest.mark.parametrize(("gaming", "ends"), [("true", (114, 70)), ("false", (90, 117))])
def test_mlfq_and_who_games_it(gaming: str, ends: tuple[int, int]) -> None:
    """B gives the core up just before its allotment of 10 is used: 9 ticks, six times.

    Gamed: A 0-10 and sinks; B 10-19, 20-29, ... 60-69 with A for a tick in between, 15 ticks until
    60; from 69 on A alone, until 114. Not gamed: B 20-21 uses its allotment up and sinks. A 21-30,
    B 30-38, A 38-48, B 48-50 (8 + 2), A 50-60, B 60-67, A 67-77, B 77-80 (7 + 3), A 80-90 and
    ends; B 90-96, 97-106, 107-116 and its last I/O.
    """
    text = "processor cpu { cores 1 }\nthread A { work 60 }\n"
    text += "thread B { repeat 6 { work 9\n io 1 } }\n"
    result = run(text, f"mlfq(levels: 2, quanta: [10, 10], gaming: {gaming})")
    assert finishes(result) == {"A": ends[0], "B": ends[1]}


PERIODIC = "processor cpu { cores 1 }\n"


def tasks(*pairs: tuple[int, int]) -> str:
    return PERIODIC + "".join(
        f"thread t{n} with period {period} {{ work {work} }}\n"
        for n, (period, work) in enumerate(pairs, 1)
    )


@pytest.mark.parametrize(
    ("pairs", "policy", "until", "misses"),
    [
        # Liu and Layland: 2 (2^(1/2) - 1) = 0.83; two tasks of 0.5 and 0.4375 miss at 80
        (((50, 25), (80, 35)), "rate_monotonic", 400, True),
        (((50, 25), (80, 35)), "edf", 400, False),
        # Silberschatz: 50/20 and 100/35 fit in by rate; by the other order the first would miss
        (((50, 20), (100, 35)), "rate_monotonic", 400, False),
        # Buttazzo, 5/2 and 7/4, load 34/35: t2 has run 3 of 4 by 7
        (((5, 2), (7, 4)), "rate_monotonic", 35, True),
        (((5, 2), (7, 4)), "edf", 35, False),
        # harmonic periods bear a load of 1 under both
        (((2, 1), (4, 1), (8, 2)), "rate_monotonic", 80, False),
        (((2, 1), (4, 1), (8, 2)), "edf", 80, False),
        # a load over 1 misses under any
        (((2, 1), (3, 2)), "edf", 60, True),
        # Lehoczky, Sha, Ding: above the bound and yet it fits, by exact analysis
        (((100, 40), (150, 40), (350, 100)), "rate_monotonic", 2100, False),
        # Audsley, Burns: 7/3, 12/3, 20/5: the third ends at its deadline exactly
        (((7, 3), (12, 3), (20, 5)), "rate_monotonic", 420, False),
    ],
)
def test_periodic_tasks(
    pairs: tuple[tuple[int, int], ...], policy: str, until: int, misses: bool
) -> None:
    result = run(tasks(*pairs), policy, until=until)
    assert result.kind == "completed"
    assert (result.metrics.misses > 0) is misses


@pytest.mark.parametrize(
    ("pairs", "worst"),
    [  # R = C + the sum of ceil(R / T) C over the shorter periods
        (((7, 3), (12, 3), (20, 5)), [3, 6, 20]),
        (((100, 20), (150, 40), (350, 100)), [20, 60, 240]),
        (((100, 40), (150, 40), (350, 100)), [40, 80, 300]),
        (((4, 1), (5, 2), (20, 7)), [1, 3, 20]),
    ],
)
def test_response_time_analysis(pairs: tuple[tuple[int, int], ...], worst: list[int]) -> None:
    """All released at 0, the worst case: the first jobs end when the analysis says."""
    longest = pairs[-1][0]
    result = run(tasks(*pairs), "rate_monotonic", until=longest)
    first = [
        finishes(run(tasks(*pairs), "rate_monotonic", until=end))[f"t{n}"]
        for n, end in enumerate(worst, 1)
    ]
    assert first == worst
    assert result.metrics.misses == 0


def test_dhalls_effect() -> None:
    """Two cores, two light tasks of 2 in 10 and a heavy one of 10 in 11: by rate or deadline the
    light ones go first, the heavy one runs 2-12 and misses at 11; on a core of its own it fits."""
    light = "thread a with period 10{0} {{ work 2 }}\nthread b with period 10{0} {{ work 2 }}\n"
    heavy = "thread h with period 11{0} {{ work 10 }}\n"
    machine = "processor cpu { cores 2 }\n"
    together = machine + light.format("") + heavy.format("")
    assert run(together, "edf", until=110).metrics.misses > 0
    assert run(together, "rate_monotonic", until=110).metrics.misses > 0
    apart = machine + light.format(", pinned 0") + heavy.format(", pinned 1")
    assert run(apart, "partitioned(edf)", until=110).metrics.misses == 0
    assert run(apart, "edf", until=110).metrics.misses == 0


def test_switch_costs_of_round_robin() -> None:
    """Two of 3 ticks, quantum 1: six ticks of work and five switches."""
    text = "processor cpu { cores 1 switch_cost 1 }\n" + jobs((3,), (3,))
    result = run(text, "round_robin(quantum: 1)")
    assert finishes(result) == {"A": 9, "B": 11}
    assert result.metrics.switches == 5
    [core] = result.metrics.cores
    assert (core.busy, core.switching, core.idle) == (6, 5, 0)


def test_migration_costs() -> None:
    """Three of 2 ticks on two cores, quantum 1. At 1 C takes core 0, A moves to core 1 (1-2) and
    runs 2-3; at 2 B moves to core 0 (2-3) and runs 3-4; at 3 C moves to core 1 and runs 4-5."""
    text = "processor cpu { cores 2 migration_cost 1 }\n" + jobs((2,), (2,), (2,))
    result = run(text, "round_robin(quantum: 1)")
    assert finishes(result) == {"A": 3, "B": 4, "C": 5}
    assert (result.metrics.migrations, result.metrics.switches) == (3, 4)


def test_a_thread_goes_back_to_its_core() -> None:
    """A and B yield all the time: nobody has a reason to move."""
    text = "processor cpu { cores 2 migration_cost 5 }\n"
    text += (
        "thread A { repeat 50 { work 1\n yield } }\nthread B { repeat 50 { work 1\n sleep 1 } }\n"
    )
    result = run(text, "fifo")
    assert result.metrics.migrations == 0


@pytest.mark.parametrize(
    ("option", "ends"),
    [  # L 0-1 and locks, H comes at 2 and waits, M comes at 3
        ("", {"H": 17, "M": 13, "L": 18}),
        (" with inherit", {"H": 7, "M": 17, "L": 18}),
        (" with ceiling(3)", {"H": 7, "M": 17, "L": 18}),
    ],
)
def test_priority_inheritance_and_ceiling(option: str, ends: dict[str, int]) -> None:
    """L: 1, then 4 in m, 1 after; H (3) at 2: 2 in m; M (2) at 3: 10.

    Plain: L 0-3, M 3-13, L 13-15 frees m, H 15-17, L 17-18. With inherit L goes on as important as
    H until it frees m at 5: H 5-7, M 7-17, L 17-18. With a ceiling it was so from 1 on: the same.
    """
    text = f"processor cpu {{ cores 1 scheduler priority {FREE} }}\nlock m{option}\n"
    text += "thread L with priority 1 { work 1\n lock m { work 4 }\n work 1 }\n"
    text += "thread H with priority 3, arrival 2 { lock m { work 2 } }\n"
    text += "thread M with priority 2, arrival 3 { work 10 }\n"
    assert finishes(run(text)) == {"L": ends["L"], "H": ends["H"], "M": ends["M"]}


def test_aging_lets_the_unimportant_run() -> None:
    """Priority 5 works 20, priority 0 waits: with aging 2 it has gained 6 at 12 and is more than
    5; it keeps the core to its end at 15."""
    text = "processor cpu { cores 1 }\n" + jobs((20, 0, 5), (3, 0, 0))
    assert finishes(run(text, "priority")) == {"A": 20, "B": 23}
    assert finishes(run(text, "priority(aging: 2)")) == {"A": 23, "B": 15}


def test_many_tasks_on_two_workers() -> None:
    """Four tasks of 5 on two OS threads of a machine of four cores: two after two."""
    text = f"processor cpu {{ cores 4 {FREE} }}\nruntime pool {{ workers 2 scheduler fifo }}\n"
    text += "fn f() { work 5 }\nthread main { repeat 4 { go f() on pool } }\n"
    result = run(text, "fifo")
    assert result.outcome.ticks == 10
    assert [t.finish for t in result.metrics.threads if t.kind == "task"] == [5, 5, 10, 10]


def test_a_script_is_followed_tick_by_tick() -> None:
    text = "processor cpu { cores 1 }\n" + jobs((2,), (2,))
    result = run(text, "script([A, B, B, A])")
    assert finishes(result) == {"A": 4, "B": 3}
