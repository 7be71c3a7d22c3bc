"""Speed-up over one core: what it is, and where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from conclang.analyses.runner import Request, run_program
from conclang.analyses.speedup import MOST_STEPS, speed_up, with_speed_up
from conclang.pipeline import load_text
from conclang.policies.text import parse_policy


def found(text: str, policy: str = "fifo", **options: object) -> Fraction | None:
    program = load_text(text).program
    assert program is not None
    request = Request(policy=parse_policy(policy), **options)  # type: ignore[arg-type]
    result = run_program(program, request)
    return with_speed_up(program, request, result).metrics.speedup


def threads(*works: int) -> str:
    return "".join(f"thread t{n} {{ work {work} }}\n" for n, work in enumerate(works))


@pytest.mark.parametrize(
    ("works", "cores", "expected"),
    [
        ((6, 6), 2, Fraction(2)),  # 12 / 6
        ((6, 6), 1, Fraction(1)),
        ((8, 4), 2, Fraction(3, 2)),  # 12 / 8
        ((8, 4), 8, Fraction(3, 2)),  # the long one takes its time
        ((3, 3, 3), 2, Fraction(3, 2)),  # 9 / 6
        ((1, 2, 3, 4), 4, Fraction(5, 2)),  # 10 / 4
    ],
)
def test_makespan_on_one_core_over_makespan(
    works: tuple[int, ...], cores: int, expected: Fraction
) -> None:
    assert found(threads(*works), cores=cores) == expected


def test_a_lock_around_everything_leaves_no_speed_up() -> None:
    text = "processor p { cores 2 cost { sync 0 } }\nlock m\n" + "".join(
        f"thread {n} {{ lock m {{ work 5 }} }}\n" for n in "ab"
    )
    assert found(text, cores=2) == 1


def test_switch_costs_of_one_core_count() -> None:
    """One core: 5 + 1 + 5 ticks; two: 5."""
    text = "processor p { cores 2 switch_cost 1 }\n" + threads(5, 5)
    assert found(text) == Fraction(11, 5)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("thread p with period 5 { work 1 }\n", {"until": 20}),  # ends when the time is up
        ("lock m\nthread a { lock m { lock m { } } }\n", {}),  # does not end
        ("thread a { loop { work 1 } }\n", {"until": 9}),
        ("processor p { }\nprocessor q { }\n" + threads(3, 3), {}),
        ("thread a { yield }\n", {}),  # takes no time
    ],
)
def test_there_is_none_where_nothing_can_be_compared(text: str, options: dict[str, int]) -> None:
    assert found(text, **options) is None


def test_a_long_run_is_repeated_on_request_only() -> None:
    text = (
        f"shared x = 0\nthread a {{ repeat {MOST_STEPS} + 1 {{ x = 1 }} }}\nthread b {{ work 5 }}\n"
    )
    program = load_text(text).program
    assert program is not None
    request = Request()
    result = run_program(program, request)
    assert speed_up(program, request, result) is None
    assert speed_up(program, request, result, {}) == Fraction(MOST_STEPS + 6, MOST_STEPS + 1)
    assert speed_up(program, request, result, {result.policy: 3 * (MOST_STEPS + 1)}) == 3


def test_decisions_count_as_well_as_micro_ops() -> None:
    """Three threads that only compute, a tick at a time in turn: no micro-op, but every tick a
    dispatch; three times 100,000 of them are not made again unasked."""
    text = threads(100_000, 100_000, 100_000)
    program = load_text(text).program
    assert program is not None
    request = Request(policy=parse_policy("round_robin(quantum: 1)"), cores=2)
    result = run_program(program, request)
    assert result.steps == 0
    assert result.size > MOST_STEPS
    assert speed_up(program, request, result) is None
