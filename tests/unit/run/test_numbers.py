"""What stands in two places says the same: constants for Python and C, checksums of schedules."""

import re
from collections import Counter
from pathlib import Path

import pytest
from running import program

from conclang.analyses.runner import Request, run_program
from conclang.events.schedule import LONGEST, Choice, checksum
from conclang.machine import states
from conclang.machine.timers import Timers

TWIN = Path(states.__file__).with_name("states_c.pxd")


def test_c_sees_the_same_numbers():
    there = {name: int(n) for name, n in re.findall(r"^    (\w+) = (\d+)$", TWIN.read_text(), re.M)}
    here = {name: value for name, value in vars(states).items() if name.isupper()}
    del here["SIDE_WORDS"]
    assert there == here
    assert set(states.SIDE_WORDS) == set(range(states.SIDES))


def test_a_long_run_keeps_the_first_choices_and_the_checksum_of_all():
    text = "processor cpu { cores 2 scheduler round_robin(quantum: 1) }\n"
    text += "thread p[i in 0..5] { work 400 }\n"
    told: list[Choice] = []
    schedule = run_program(program(text), Request(), chosen=told.append).schedule
    assert len(schedule.choices) == LONGEST
    assert schedule.choices == tuple(told[:LONGEST])
    assert schedule.more == len(told) - LONGEST > 0
    assert schedule.checksum == checksum(tuple(told))


@pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 1000])
def test_timers_go_off_in_order(count):
    timers, meant = Timers(), []
    for number in range(count):
        entry = (number * 7919 % 101, number % 4, number * 31 % 17, number)
        meant.append(entry)
        timers.put(*entry)
    found = []
    while timers.count:
        found.append((timers.due(), timers.kind(), timers.entity(), timers.ticket()))
        timers.drop()
    assert found == sorted(meant)
    assert timers.due() == -1


def test_timers_may_come_while_others_go():
    timers, waiting, found = Timers(), Counter(), []
    for number in range(500):
        entry = (1000 - number, 1, number, 0)
        timers.put(*entry)
        waiting[entry] += 1
        if number % 3 == 2:
            first = (timers.due(), timers.kind(), timers.entity(), timers.ticket())
            assert first == min(waiting)
            del waiting[first]
            timers.drop()
            found.append(first)
    assert timers.count == len(waiting) == 500 - len(found)
