"""The short text of a schedule says the schedule, and only that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conclang.events.schedule import (
    Choice,
    Schedule,
    ScheduleError,
    checksum,
    parse,
    shortened,
    untimed,
)

steps = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3)), max_size=40)
timed_choices = st.lists(
    st.builds(Choice, st.integers(0, 3), st.integers(0, 60), st.integers(-1, 9)), max_size=40
)
policies = st.sampled_from(
    ["fifo", "round_robin(quantum: 2)", "mlfq(levels: 2, quanta: [4, 8])", "my-x/p.py:Fair"]
)


@given(steps, st.sampled_from(["", "0a1b2c3d"]), st.integers(0, 5))
def test_untimed_text_round_trips(pairs, digest, initial):
    schedule = untimed(pairs, digest, initial)
    assert parse(schedule.text()) == schedule


@given(timed_choices, policies, st.integers(0, 9), st.integers(-1, 50))
def test_timed_text_round_trips(choices, policy, seed, until):
    schedule = Schedule(tuple(choices), policy=policy.replace(" ", ""), seed=seed, until=until)
    assert parse(schedule.text()) == schedule
    assert re.fullmatch(r"[A-Za-z0-9_.,:=+\-@/%]*", schedule.text())


def test_the_text_is_short_and_readable():
    schedule = untimed([(0, 0), (0, 0), (1, 0), (0, 1), (1, 0), (1, 0), (1, 0)])
    assert schedule.text() == "cl1/a2ba.1b3"
    timed = Schedule(
        (Choice(0, 0, -1), Choice(1, 1, -1), Choice(1, 1, 4), Choice(0, 53, -1)),
        policy="round_robin(quantum: 2)",
        cores=2,
    )
    assert timed.text() == "cl1/run=round_robin+quantum:2-/cores=2/seed=0/a@1bb=4@0_53_"


def test_constants_and_initial_state_are_carried():
    schedule = Schedule((Choice(-1, 2, 0),), initial=3, constants=(("N", "-5"),), digest="ab12")
    assert schedule.text() == "cl1/ab12/D.N=%2D5/init=3/c"
    assert parse(schedule.text()) == schedule


def test_a_long_schedule_is_shortened_with_a_checksum():
    choices = tuple(Choice(0, number % 2, -1) for number in range(1000))
    short = shortened(Schedule(choices, policy="fifo"), 10)
    assert (len(short.choices), short.more, short.checksum) == (10, 990, checksum(choices))
    assert parse(short.text()) == short


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "starts with `cl1/`"),
        ("cl2/ab", "starts with `cl1/`"),
        ("cl1", "no choices"),
        ("cl1/a b", "` b` at character 2"),
        ("cl1/seed=x/a", "`x` is no number"),
        ("cl1/color=red/a", "`color` is no setting"),
        ("cl1/zz/a", "neither a digest"),
        ("cl1/a.99999999999999999999999", "names no thread"),
    ],
)
def test_what_is_no_schedule_is_told_why(text, words):
    with pytest.raises(ScheduleError, match=re.escape(words)):
        parse(text)


def test_the_empty_schedule():
    assert untimed([]).text() == "cl1/"
    assert parse("cl1/") == untimed([])
