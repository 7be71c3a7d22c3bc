"""A task that only has to end: may it find no worker, or no turn on its loop, to do so?"""

from __future__ import annotations

import pytest

from conclang.analyses.runner import Request, run_program
from tests.unit.explore.helpers import look, only, program

POOL = "runtime pool { workers 1 }\nshared x = 0\n"
JOINED_INSIDE = (
    POOL + "fn part(n) { work 5; return n * n }\n"
    "fn whole() { let a = go part(2) on pool; return join a }\n"
    "thread boss { let job = go whole() on pool; x = await job }\n"
)
JOINED_ON_THE_LOOP = (
    "shared x = 0\nfn part() { work 5 }\nthread a { let f = async part(); join f; x = 1 }\n"
)
SERVED = (
    POOL + "channel ch\n"
    "fn part() { let v = <-ch; work 5; return v }\n"
    "fn whole() { let a = go part() on pool; ch <- 1; return join a }\n"
    "thread boss { x = await go whole() on pool }\n"
)
HELD_UP = (
    POOL + "event over\nfn part() { work 5 }\nfn guard() { wait over }\n"
    "thread a { let p = go part() on pool; join p; signal over }\n"
    "thread b { go guard() on pool }\n"
)


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in look(text).findings}


@pytest.mark.parametrize("text", [JOINED_INSIDE, JOINED_ON_THE_LOOP, SERVED, HELD_UP])
def test_whoever_keeps_the_worker_can_be_waited_for_in_vain(text: str) -> None:
    assert "deadlock" in kinds(text)


@pytest.mark.parametrize("text", [JOINED_INSIDE, JOINED_ON_THE_LOOP])
def test_a_run_shows_the_same(text: str) -> None:
    assert run_program(program(text), Request()).outcome.kind == "deadlocked"


@pytest.mark.parametrize(
    "text",
    [
        JOINED_INSIDE.replace("join a", "await a"),
        JOINED_INSIDE.replace("workers 1", "workers 2"),
        JOINED_ON_THE_LOOP.replace("join f", "await f"),
        SERVED.replace("join a", "await a"),
        HELD_UP.replace("workers 1", "workers 2"),
    ],
)
def test_awaiting_it_or_a_second_worker_is_safe(text: str) -> None:
    assert not kinds(text)
    assert run_program(program(text), Request()).outcome.kind == "completed"


def test_where_the_end_matters_it_is_a_step_of_the_schedule() -> None:
    result = look(JOINED_INSIDE)
    assert [move.text for move in only(result, "deadlock").moves] == [
        "starts a task: whole#1",
        "starts a task: part#1",
    ]
    free = look(JOINED_INSIDE.replace("workers 1", "workers 2") + "expect never x == 4\n")
    assert "comes to its end" in [m.text for m in only(free, "expectation").moves]


def test_what_nobody_notices_is_no_step() -> None:
    counts = look(
        POOL + "fn part() { work 5 }\nthread a { repeat 3 { go part() on pool } }\n",
        count=True,
    ).counts
    assert counts is not None
    assert (counts.complete, counts.finished) == (1, 1)


def test_tasks_that_nobody_can_keep_from_ending_have_ended_at_once() -> None:
    counts = look(
        "shared x = 0\nfn part() { work 5 }\n"
        "thread a { let f = async part(); let g = async part(); await f; await g; x = 1 }\n",
        count=True,
    ).counts
    assert counts is not None
    assert counts.complete == 1
