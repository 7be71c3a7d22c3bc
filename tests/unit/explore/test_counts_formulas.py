"""Numbers of schedules against formulas: multinomials, ballot numbers, binomials."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

import pytest

from conclang.explore.result import CheckResult
from tests.oracle.ask import ask
from tests.unit.explore.helpers import look


def complete(text: str) -> int:
    """How many schedules a program has that cannot fail or be stuck."""
    counts = look(text, count=True).counts
    assert counts is not None
    assert counts.complete == counts.finished
    return counts.complete or 0


def multinomial(*parts: int) -> int:
    found = factorial(sum(parts))
    for part in parts:
        found //= factorial(part)
    return found


def ballot(sent: int, received: int) -> int:
    """Orders of so many sends and receives in which no receive comes before its send."""
    return (sent - received + 1) * comb(sent + received, received) // (sent + 1)


@pytest.mark.parametrize(
    ("threads", "rounds"), [(2, 1), (2, 5), (2, 10), (3, 2), (3, 5), (4, 2), (5, 1), (6, 1)]
)
def test_threads_that_never_meet_but_in_memory(threads: int, rounds: int) -> None:
    text = f"shared c = 0\nthread p[i in 0..{threads}] {{ repeat {rounds} {{ c += 1 }} }}\n"
    assert complete(text) == multinomial(*[2 * rounds] * threads)


def test_ten_additions_in_each_of_two_threads() -> None:
    text = "shared count = 0\nthread p[i in 0..2] { repeat 10 { count += 1 } }\n"
    assert complete(text) == 137_846_528_820


@pytest.mark.parametrize("lengths", [(1, 2, 3), (4, 1, 1), (2, 2, 2, 2)])
def test_threads_of_different_lengths(lengths: tuple[int, ...]) -> None:
    cells = "\n".join(f"shared x{i} = 0" for i in range(len(lengths)))
    threads = "\n".join(
        f"thread t{i} {{ repeat {length} {{ x{i} = 1 }} }}" for i, length in enumerate(lengths)
    )
    assert complete(f"{cells}\n{threads}\n") == multinomial(*lengths)


@pytest.mark.parametrize("threads", [1, 2, 3, 4, 5])
def test_a_lock_leaves_the_orders_of_its_owners(threads: int) -> None:
    text = f"lock m\nshared c = 0\nthread p[i in 0..{threads}] {{ lock m {{ c += 1 }} }}\n"
    assert complete(text) == factorial(threads)


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_a_buffer_as_large_as_everything_sent(size: int) -> None:
    text = (
        f"channel c({size})\nthread p {{ for i in 0..{size} {{ c <- i }} }}\n"
        f"thread q {{ repeat {size} {{ let _v = <-c }} }}\n"
    )
    assert complete(text) == ballot(size, size)


@pytest.mark.parametrize(("sent", "received"), [(3, 1), (5, 2), (6, 5)])
def test_a_buffer_that_is_not_emptied(sent: int, received: int) -> None:
    text = (
        f"channel c({sent})\nthread p {{ for i in 0..{sent} {{ c <- i }} }}\n"
        f"thread q {{ repeat {received} {{ let _v = <-c }} }}\n"
    )
    assert complete(text) == ballot(sent, received)


@pytest.mark.parametrize("units", [2, 4])
def test_a_semaphore_is_a_buffer_without_contents(units: int) -> None:
    text = (
        f"semaphore s(0)\nthread p {{ repeat {units} {{ release s }} }}\n"
        f"thread q {{ repeat {units} {{ acquire s }} }}\n"
    )
    assert complete(text) == ballot(units, units)


def test_an_unbuffered_transfer_is_one_step() -> None:
    text = "channel c\nthread p { repeat 3 { c <- 1 } }\nthread q { repeat 3 { let _v = <-c } }\n"
    assert complete(text) == 1
    two = "channel c\nthread p[i in 0..2] { c <- i }\nthread q[i in 0..2] { let _v = <-c }\n"
    assert complete(two) == 4  # who is first, and to whom


def test_a_spawned_thread_begins_after_its_spawn() -> None:
    text = (
        "shared x = 0\nshared y = 0\nfn f() { x = 1\n x = 2 }\n"
        "thread a { spawn f()\n y = 1\n y = 2\n y = 3 }\n"
    )
    assert complete(text) == comb(5, 2)
    joined = "shared x = 0\nfn f() { x = 1 }\nthread a { let t = spawn f()\n join t }\n"
    assert complete(joined) == 1


@pytest.mark.parametrize("threads", [2, 3, 4])
def test_a_barrier_is_an_arrival(threads: int) -> None:
    text = (
        f"barrier meet({threads})\nshared x[{threads}] = 0\n"
        f"thread p[i in 0..{threads}] {{ wait meet\n x[i] = 1 }}\n"
    )
    assert complete(text) == factorial(threads) ** 2


def test_choose_and_select_multiply() -> None:
    text = "shared x = 0\nthread a { x = choose(0..3)\n x = choose(5, 6) }\n"
    assert complete(text) == 6
    arms = (
        "channel c(1)\nchannel d(1)\nthread s { c <- 1\n d <- 2\n"
        " repeat 2 { select { case <-c { } case <-d { } } } }\n"
    )
    assert complete(arms) == 2


def test_any_waiter_may_be_woken() -> None:
    text = (
        "lock m\ncondition c\nshared ready = 0\n"
        "thread w[i in 0..2] { lock m { while ready == 0 { wait c } } }\n"
        "thread s { lock m { ready = 1\n broadcast c } }\n"
    )
    answer = ask(text)
    counts = look(text, count=True).counts
    assert counts is not None
    assert counts.complete == answer.complete


def test_indivisible_blocks_are_one_step() -> None:
    text = "shared x = 0\nthread p[i in 0..4] { atomic { x += 1\n x += 1 } }\n"
    assert complete(text) == factorial(4)


def philosophers(seats: int, last_turns: bool) -> str:
    turn = f"(i == {seats - 1})" if last_turns else "false"
    return (
        f"lock fork[{seats}]\nthread p[i in 0..{seats}] {{\n"
        f" let one = i\n let two = (i + 1) % {seats}\n"
        f" if {turn} {{ one = (i + 1) % {seats}\n two = i }}\n"
        " acquire fork[one]\n acquire fork[two]\n release fork[two]\n release fork[one]\n}\n"
    )


KNOWN = {
    (2, False): (6, 4, 2),
    (3, False): (168, 162, 6),
    (2, True): (2, 2, 0),
    (3, True): (142, 142, 0),
}


@pytest.mark.parametrize("seats", [2, 3, 4, 5])
@pytest.mark.parametrize("last_turns", [False, True])
def test_philosophers(seats: int, last_turns: bool) -> None:
    text = philosophers(seats, last_turns)
    counts = look(text, count=True).counts
    assert counts is not None
    found = (counts.complete, counts.finished, counts.deadlocked)
    if (seats, last_turns) in KNOWN:
        assert found == KNOWN[seats, last_turns]
    else:
        answer = ask(text)
        assert found == (answer.complete, answer.finished, answer.deadlocked)
    if not last_turns:
        assert counts.deadlocked == factorial(seats)  # everybody takes the left fork, in any order


def shares(result: CheckResult) -> list[Fraction]:
    return [Fraction(*row.probability) for row in result.outcomes if row.probability]


@pytest.mark.parametrize(("threads", "rounds"), [(2, 3), (3, 2), (4, 1)])
def test_outcomes_add_up(threads: int, rounds: int) -> None:
    text = f"shared c = 0\nthread p[i in 0..{threads}] {{ repeat {rounds} {{ c += 1 }} }}\n"
    result = look(text, count=True)
    assert sum(shares(result)) == 1
    assert result.counts is not None
    assert sum(row.schedules or 0 for row in result.outcomes) == result.counts.complete
    answer = ask(text)
    chances = {
        row.values[0][1]: chance
        for row, chance in zip(result.outcomes, shares(result), strict=True)
    }
    assert chances == {value: chance for (value,), chance in answer.probability.items()}
