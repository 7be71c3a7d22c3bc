"""The scenarios that are raced against other checkers: the oracle gives the verdict in the table.

Sizes that the oracle cannot visit are left to the benchmarks, which compare every tool's verdict.
"""

from __future__ import annotations

import pytest

from benchmarks.problems import Problem, load
from tests.oracle.ask import verdicts

SMALL = {
    "counter_2x2": {},
    "counter_4x4": {"THREADS": 2, "ROUNDS": 3},
    "philosophers_ordered_5x2": {"SEATS": 3},
    "philosophers_meals_5x2": {"SEATS": 4, "ROUNDS": 1},
    "philosophers_naive_8": {"SEATS": 4},
    "buffer_2x3": {"PRODUCERS": 1, "ITEMS": 2, "CONSUMERS": 1, "CAPACITY": 1},
    "readers_writers_3_2": {"READERS": 2, "WRITERS": 1},
    "readers_monitor_3_2": {"READERS": 1, "WRITERS": 1},
    "filter_lock_3x2": {"THREADS": 2},
    "abba": {},
    "peterson": {},
    "rendezvous": {},
    "lost_wakeup": {},
    "withdraw": {},
    "waiter_5x3": {"SEATS": 3, "ROUNDS": 1},
    "ticket_6x4": {"THREADS": 2, "ROUNDS": 2},
    "bakery_3x2": {"THREADS": 2, "ROUNDS": 1},
    "pipeline_7x7": {"STAGES": 2, "ITEMS": 2},
    "commit_6": {"PARTS": 2},
    "barrier_4x2": {"THREADS": 2, "ROUNDS": 2},
    "turns_6x2": {"THREADS": 3, "ROUNDS": 1},
    "barber_5": {"CUSTOMERS": 2, "CHAIRS": 1, "ROUNDS": 1},
    "mailbox_5x2": {"SENDERS": 2, "CAPACITY": 1},
    "stack_3x2": {"THREADS": 2, "ROUNDS": 1},
}


@pytest.mark.parametrize("problem", [p for p in load() if p.name in SMALL], ids=lambda p: p.name)
def test_verdict(problem: Problem) -> None:
    text = problem.file("scenario.cl").read_text("utf-8")
    answer, expectations = verdicts(text, **{**problem.constants, **SMALL[problem.name]})
    assert None not in expectations
    if problem.verdict == "holds":
        assert all(expectations) and not answer.deadlock and not answer.errors
    elif problem.verdict == "deadlock":
        assert answer.deadlock
    else:
        assert not all(expectations) and not answer.deadlock


def test_every_model_is_here() -> None:
    models = {p.model for p in load() if p.name in SMALL}
    assert models == {p.model for p in load()}
    for problem in load():
        for name in ("scenario.cl", "model.hny", "model.pml"):
            assert problem.file(name).is_file()
