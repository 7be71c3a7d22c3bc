"""Policies against a direct simulation that shares no code with them, and against hand figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from direct import (
    DeadlineRule,
    FairRule,
    FollowRule,
    Job,
    PartitionRule,
    Rule,
    StealingRule,
    StrideRule,
    simulate,
    weight_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from conclang.analyses.runner import Request, run_program
from conclang.events.event import Event
from conclang.pipeline import load_text
from conclang.policies.cfs import weight
from conclang.policies.text import parse_policy

LEAVES = ("preempt", "finish", "sleep", "block")


def observed(text: str, policy: str, cores: int = 1, seed: int = 0) -> list[str]:
    """A row per core: who ran in each tick of a run, `.` for nobody."""
    program = load_text(text).program
    assert program is not None
    events: list[Event] = []
    request = Request(policy=parse_policy(policy), cores=cores, seed=seed)
    result = run_program(program, request, events.append)
    assert result.kind == "completed"
    rows = [["."] * result.outcome.ticks for _ in range(cores)]
    on: dict[str, tuple[int, int]] = {}
    for event in events:
        if event.kind == "dispatch":
            on[event.thread] = (event.core, event.tick)
        elif event.kind in LEAVES and event.thread in on:
            core, since = on.pop(event.thread)
            rows[core][since : event.tick] = event.thread * (event.tick - since)
    return ["".join(row) for row in rows]


def text_of(jobs: list[Job]) -> str:
    return "".join(job.text() for job in jobs)


works = st.integers(1, 9)
pauses = st.sampled_from(["y", "s1", "s2", "s5"])
tails = st.lists(st.tuples(pauses, works), max_size=3)


@st.composite
def job_lists(draw: Callable[..., object]) -> list[Job]:
    jobs = []
    for number in range(draw(st.integers(1, 6))):  # type: ignore[call-overload]
        steps: list[int | str] = [draw(works)]  # type: ignore[list-item]
        for rest, work in draw(tails):  # type: ignore[attr-defined]
            steps += [rest, work]
        arrival = draw(st.integers(0, 12))
        tickets = draw(st.sampled_from([1, 2, 3, 7, 50, 100]))
        nice = draw(st.sampled_from([-20, -5, 0, 0, 3, 19]))
        jobs.append(Job("abcdefgh"[number], number, arrival, steps, tickets, nice))  # type: ignore[arg-type]
    return jobs


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        ("fifo", Rule),
        ("cooperative", Rule),
        ("round_robin(1)", lambda: Rule(1)),
        ("round_robin(3)", lambda: Rule(3)),
        ("stride", lambda: StrideRule(1)),
        ("stride(quantum: 4)", lambda: StrideRule(4)),
        ("partitioned(fifo)", PartitionRule),
        ("partitioned(round_robin(2))", lambda: PartitionRule(2)),
        ("work_stealing", StealingRule),
        ("work_stealing(quantum: 2)", lambda: StealingRule(2)),
    ],
)
@settings(max_examples=40, deadline=None)
@given(jobs=job_lists(), cores=st.integers(1, 3))
def test_a_run_is_what_the_rule_says(
    policy: str, rule: Callable[[], Rule], jobs: list[Job], cores: int
) -> None:
    text = text_of(jobs)
    assert observed(text, policy, cores) == simulate(jobs, cores, rule())


@pytest.mark.parametrize("quantum", [1, 3])
@settings(max_examples=60, deadline=None)
@given(jobs=job_lists(), cores=st.integers(1, 3))
def test_cfs_is_what_the_rule_says(quantum: int, jobs: list[Job], cores: int) -> None:
    text = text_of(jobs)
    assert observed(text, f"cfs(quantum: {quantum})", cores) == simulate(
        jobs, cores, FairRule(quantum)
    )


@pytest.mark.parametrize("quantum", [1, 3])
@settings(max_examples=60, deadline=None)
@given(jobs=job_lists(), cores=st.integers(1, 3))
def test_eevdf_is_what_the_rule_says(quantum: int, jobs: list[Job], cores: int) -> None:
    text = text_of(jobs)
    assert observed(text, f"eevdf(quantum: {quantum})", cores) == simulate(
        jobs, cores, DeadlineRule(quantum)
    )


def test_weights_of_nice_levels() -> None:
    """The kernel's own table: 1024 in the middle, about a quarter more or less per level."""
    assert [weight(n) for n in (-5, 0, 1, 2, 5, 19)] == [3121, 1024, 820, 655, 335, 15]
    assert [weight(n) for n in range(-20, 20)] == [weight_of(n) for n in range(-20, 20)]


def test_stride_by_hand() -> None:
    """Tickets 100, 50, 250: the passes grow by 1/100, 1/50, 1/250; in units of 1/500 by 5, 10, 2.

    a 5, b 10, c 2, c 4, c 6 (a is at 5), a 10, c 8, c 10; now all are at 10 and the order in the
    queue decides: b has been there since tick 2, a since 6, c since 8.
    """
    threads = [("a", 100), ("b", 50), ("c", 250)]
    text = "".join(f"thread {n} with tickets {t} {{ work 20 }}\n" for n, t in threads)
    assert observed(text, "stride")[0].startswith("abcccaccba")


def test_cfs_by_hand() -> None:
    """Nice 0 and 3: weights 1024 and 526, so b ages 1.947 times as fast as a.

    a 1, b 1.95, a 2, b 3.89 (b is at 1.95 < 2), a 3, a 4, b 5.84, a 5, a 6, b 7.79.
    """
    text = "thread a { work 30 }\nthread b with nice 3 { work 30 }\n"
    assert observed(text, "cfs")[0].startswith("ababaabaab")


def test_eevdf_by_hand() -> None:
    """Weights 1024 and 526; in units of 1/1550 a tick moves V by 1, a request of a lasts 1.514
    and one of b 2.947 (1550/1024, 1550/526).

    V 0: due a 1.51, b 2.95: a. V 1: a is eligible at 1.51 only: b. V 2: a due 3.03, b from 2.95:
    a. V 3: a from 3.03, b due 5.89: b. V 4: a: 3.03..4.54. V 5: a 4.54..6.05, b from 5.89: a.
    V 6: a from 6.05, b due 8.84: b. V 7: a ..7.57. V 8: a 7.57..9.08, b from 8.84: a.
    """
    text = "thread a { work 30 }\nthread b with nice 3 { work 30 }\n"
    assert observed(text, "eevdf")[0].startswith("ababaabaa")


def test_partitioned_by_hand() -> None:
    """a, c, e live on core 0 and b, d on core 1. Core 1 is empty from 4 on and stays so."""
    text = "".join(f"thread {n} {{ work 2 }}\n" for n in "abcde")
    assert observed(text, "partitioned(fifo)", 2) == ["aaccee", "bbdd.."]


def test_work_stealing_by_hand() -> None:
    """a, c, e queue at core 0 and b, d at core 1. At 2 core 1 is free and has d; at 3 it has
    nothing and takes c, the oldest that waits for core 0, where a runs until 9."""
    works = {"a": 9, "b": 2, "c": 3, "d": 1, "e": 2}
    text = "".join(f"thread {n} {{ work {w} }}\n" for n, w in works.items())
    assert observed(text, "work_stealing", 2) == ["aaaaaaaaa", "bbdcccee."]


# -- random policies: legal always, the same per seed, and in the right proportions ----------------

DRAWING = ["lottery", "random", "pct(1)", "pct(3)"]


@pytest.mark.parametrize("policy", DRAWING)
@settings(max_examples=40, deadline=None)
@given(jobs=job_lists(), cores=st.integers(1, 3), seed=st.integers(0, 1000))
def test_a_drawn_run_is_legal_and_the_same_again(
    policy: str, jobs: list[Job], cores: int, seed: int
) -> None:
    text = text_of(jobs)
    rows = observed(text, policy, cores, seed)
    assert observed(text, policy, cores, seed) == rows
    assert simulate(jobs, cores, FollowRule(rows)) == rows


def near(count: int, tries: int, chance: float) -> bool:
    """Within four standard deviations of what is expected."""
    return abs(count - tries * chance) <= 4 * (tries * chance * (1 - chance)) ** 0.5


def test_lottery_is_won_in_proportion_to_tickets() -> None:
    """75 tickets to 25: three quarters of the ticks of a run, and of the first draws of seeds."""
    text = "thread a with tickets 75 { work 900 }\nthread b with tickets 25 { work 900 }\n"
    [row] = observed(text, "lottery")
    assert near(row[:800].count("a"), 800, 0.75)
    pairs = Counter(row[i : i + 2] for i in range(0, 800, 2))
    assert near(pairs["aa"], 400, 0.5625)
    assert near(pairs["ba"], 400, 0.1875)
    short = text.replace("900", "1")
    firsts = Counter(observed(short, "lottery", 1, seed)[0][0] for seed in range(200))
    assert near(firsts["a"], 200, 0.75)


def test_random_draws_everybody_equally_often_and_anew() -> None:
    text = "".join(f"thread {n} with tickets 9 {{ work 500 }}\n" for n in "abc")
    [row] = observed(text, "random")
    counts = Counter(row[i : i + 2] for i in range(0, 900, 2))
    assert len(counts) == 9
    assert all(near(count, 450, 1 / 9) for count in counts.values())


def test_pct_without_changes_is_a_random_order_of_threads() -> None:
    """Depth 1: the six orders of three threads, each as often as the others; nobody interrupts."""
    text = "".join(f"thread {n} {{ work 2 }}\n" for n in "abc")
    orders = Counter(observed(text, "pct(1)", 1, seed)[0] for seed in range(360))
    assert set(orders) == {"aabbcc", "aaccbb", "bbaacc", "bbccaa", "ccaabb", "ccbbaa"}
    assert all(near(count, 360, 1 / 6) for count in orders.values())


def test_pct_finds_what_needs_one_change_as_often_as_promised() -> None:
    """2 threads, 8 ticks, depth 2: the change is at a given tick with 1/8, a is first with 1/2."""
    text = "thread a { work 4 }\nthread b { work 4 }\n"
    rows = Counter(observed(text, "pct(2)", 1, seed)[0] for seed in range(320))
    assert near(rows["aabbbbaa"], 320, 1 / 16)
    assert all(sum(x != y for x, y in pairwise(row)) <= 2 for row in rows)


def test_a_newcomer_under_cfs_starts_where_the_others_are() -> None:
    """a and b have both run 4 at tick 8, so c starts at 4; it queues behind a, which waits since
    7, and before b, whose slice ends: a, c, b come to 5, then a, c to 6. At 13 d finds b at 5, the
    least: b and d come to 6 too, and all go on in the order in which they got there."""
    threads = [("a", 0), ("b", 0), ("c", 8), ("d", 13)]
    text = "".join(f"thread {n} with arrival {at} {{ work 9 }}\n" for n, at in threads)
    assert observed(text, "cfs")[0].startswith("abababab" + "acb" + "ac" + "bd" + "acbd")


def test_a_sleeper_under_cfs_gains_nothing_by_sleeping() -> None:
    """a sleeps from 1 to 9; b has run alone since and is at 8; a comes back at 8, not at 1, and
    queues before b."""
    text = "thread a { work 1\n sleep 8\n work 4 }\nthread b { work 20 }\n"
    assert observed(text, "cfs")[0].startswith("a" + "bbbbbbbb" + "abababab")


def test_a_slice_is_charged_before_a_newcomer_is_placed() -> None:
    """Quantum 4, b of nice 3 arrives at 3, in the middle of a's slice: a is at 3 by then and so
    is b. From 4 to 8 b runs and comes to 3 + 4 * 1024 / 526 = 10.79. Now a has two slices, at 4
    and at 8, until it is at 12. (Placed at 0, b would come to 7.79, and a have one slice only.)"""
    text = "thread a { work 20 }\nthread b with arrival 3, nice 3 { work 12 }\n"
    assert observed(text, "cfs(quantum: 4)")[0].startswith("aaaabbbbaaaaaaaabbbb")


def test_eevdf_measures_time_with_those_who_were_there() -> None:
    """Two cores, equal weights, three threads; in units of 1/1024 the weights are 1 each.

    Tick 1: two cores ran, V grows by 2/3. a and b are eligible again at 1, c at 0: c has core 0,
    and a core 1, the first of those who are not eligible. Tick 2: V 4/3; a is eligible from 2 on,
    b and c from 1: b has been in the queue since 1 and goes back to core 1, c keeps core 0. Tick 3:
    V 2; all are eligible from 2: a waits since 2, then c of core 0, then b.
    """
    text = "".join(f"thread {n} {{ work 9 }}\n" for n in "abc")
    rows = observed(text, "eevdf", 2)
    ran = [set(pair) for pair in zip(*rows, strict=True)]
    assert ran[:4] == [{"a", "b"}, {"c", "a"}, {"b", "c"}, {"a", "c"}]
