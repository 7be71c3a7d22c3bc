"""Only the schedules of a policy, against a small simulation of the policy written for these tests."""

from __future__ import annotations

import itertools

import pytest

from conclang.explore.under import Under
from tests.unit.explore.helpers import kinds, look, only, statuses, values


def simulate(threads: list[int], quantum: int, cores: int, first: tuple[int, ...]) -> set[int]:
    """Final counts of threads that add one `threads[t]` times, by reading and then writing."""
    ends: set[int] = set()
    places = [(t, first[i]) for i, t in enumerate(range(min(cores, len(threads))))]
    queue = list(range(len(places), len(threads)))
    todo = [(0, tuple([0] * len(threads)), (0,) * len(threads), tuple(places), tuple(queue))]
    seen = set()
    while todo:
        spot = todo.pop()
        if spot in seen:
            continue
        seen.add(spot)
        count, done, read, on, waiting = spot
        if not on:
            ends.add(count)
        for core, (t, left) in enumerate(on):
            new_count, new_read, new_done = count, list(read), list(done)
            if done[t] % 2 == 0:
                new_read[t] = count
            else:
                new_count = read[t] + 1
                new_read[t] = 0
            new_done[t] += 1
            rest, now = list(waiting), list(on)
            left -= 1
            if new_done[t] == 2 * threads[t]:
                now[core : core + 1] = [(rest.pop(0), quantum)] if rest else []
            elif left == 0 and rest:
                now[core] = (rest.pop(0), quantum)
                rest.append(t)
            else:
                now[core] = (t, left or quantum)
            todo.append((new_count, tuple(new_done), tuple(new_read), tuple(now), tuple(rest)))
    return ends


@pytest.mark.parametrize("quantum", [1, 2, 3, 5])
@pytest.mark.parametrize("cores", [1, 2])
@pytest.mark.parametrize("threads", [[2, 2], [1, 3], [1, 2, 1]])
@pytest.mark.parametrize("any_start", [False, True])
def test_round_robin_on_a_counter(
    quantum: int, cores: int, threads: list[int], any_start: bool
) -> None:
    names = "abc"
    text = "shared n = 0\nexpect race on n\n" + "\n".join(
        f"thread {names[t]} {{ repeat {times} {{ n += 1 }} }}" for t, times in enumerate(threads)
    )
    offsets = range(1, quantum + 1) if any_start else [quantum]
    expected: set[int] = set()
    for first in itertools.product(offsets, repeat=cores):
        expected |= simulate(threads, quantum, cores, first)
    assert values(look(text, under=Under(cores, quantum, any_start)), "n") == expected


COUNTER = "shared n = 0\nthread a { n += 1 }\nthread b { n += 1 }\nexpect finally n == 2\n"


def test_the_moment_of_the_interrupt_is_named() -> None:
    quiet = look(COUNTER + "expect race\n", under=Under(1, 2))
    assert statuses(quiet) == ["holds", "holds"]
    found = look(COUNTER + "expect race\n", under=Under(1, 2, any_start=True))
    assert statuses(found) == ["violated", "holds"]
    assert only(found, "expectation").cause == (
        "false at an end: n = 1; the first interrupt comes after step 1, of a (line 2)"
    )


def test_fifo_runs_until_somebody_blocks() -> None:
    text = (
        "lock a\nlock b\nthread p { lock a { lock b { } } }\nthread q { lock b { lock a { } } }\n"
    )
    assert kinds(look(text, under=Under(1))) == []
    assert kinds(look(text, under=Under(2))) == ["deadlock"]
    assert kinds(look(text, under=Under(1, 1))) == ["deadlock"]
    assert kinds(look(text, under=Under(1, 2))) == []
    assert kinds(look(text, under=Under(1, 2, any_start=True))) == ["deadlock"]


def test_a_yield_gives_the_core_up() -> None:
    text = "shared x = 0\nthread p[i in 0..2] { let v = x\n yield\n x = v + 1 }\nexpect race on x\n"
    assert values(look(text, under=Under(1)), "x") == {1}


def test_whoever_spins_keeps_the_core_unless_there_is_a_quantum() -> None:
    text = (
        "shared x = 0\nthread s { loop { work 1 } }\nthread p { x = 1 }\nexpect reachable x == 1\n"
    )
    assert statuses(look(text, under=Under(1))) == ["violated"]
    assert statuses(look(text, under=Under(1, 3))) == ["holds"]
    assert statuses(look(text, under=Under(2))) == ["holds"]


def test_a_waiting_loop_without_an_interrupt_waits_for_ever() -> None:
    text = (
        "shared flag = 0\nthread w { while flag == 0 { } }\nthread s { flag = 1 }\n"
        "expect eventually flag == 1\nexpect race\n"
    )
    assert statuses(look(text, under=Under(1))) == ["violated", "holds"]
    assert statuses(look(text, under=Under(1, 4))) == ["holds", "holds"]


def test_sections_and_predicates_are_watched() -> None:
    text = (
        "shared busy = 0\nexpect race\nexpect at most 1 in cs\n"
        "thread p[i in 0..2] { while busy == 1 { }\n busy = 1\n section cs { work 1 }\n busy = 0 }\n"
    )
    assert statuses(look(text, under=Under(1, 2))) == ["holds", "holds"]
    assert statuses(look(text, under=Under(1, 2, any_start=True))) == ["holds", "violated"]


def test_limits_hold_here_too() -> None:
    text = "shared n = 0\nthread p[i in 0..3] { loop { n = (n + 1) % 50 } }\nexpect race\n"
    assert look(text, under=Under(3), max_states=50).limit == "states"
    assert look(text, under=Under(3), max_seconds=0.0).limit == "seconds"


def test_findings_are_those_of_the_whole_search_where_nothing_is_left_out() -> None:
    text = (
        "channel c\nshared x = 0\nthread p { c <- 1\n x += 1 }\nthread q { let v = <-c\n x += v }\n"
        "thread r { let v = <-c\n x += v }\nexpect never x == 7\n"
    )
    every, some = look(text), look(text, under=Under(3))
    assert kinds(some) == kinds(every)
    assert [f.steps for f in some.findings] == [f.steps for f in every.findings]
    assert {tuple(r.values) for r in some.outcomes} == {tuple(r.values) for r in every.outcomes}


BLOCK = """
shared x = 0
shared y = 0
thread a {{ atomic {{ x += 1 }} }}
thread b {{ {other} }}
"""


@pytest.mark.parametrize("under", [Under(1), Under(2), Under(1, 2)])
@pytest.mark.parametrize(
    ("other", "races"),
    [("x = 5", True), ("print(x)", True), ("y = 5", False), ("atomic { x += 1 }", False)],
)
def test_races_with_what_a_block_touches_are_looked_for_under_a_policy(
    under: Under, other: str, races: bool
) -> None:
    text = BLOCK.format(other=other)
    for found in (look(text, under=under), look(text)):
        assert ("race" in kinds(found)) == races
