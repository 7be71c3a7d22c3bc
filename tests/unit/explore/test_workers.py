"""Several workers: the same answers, byte for byte, also where batches are large."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from conclang import engine
from conclang.explore import driver
from conclang.explore.checker import CheckOptions, check
from conclang.explore.crew import Crew
from conclang.explore.result import CheckResult
from tests.unit.explore.helpers import program

RACY = """
shared count = 0
lock held
thread worker[i in 0..3] { repeat 3 { count += 1 }  lock held { } }
expect finally count == 9
expect possible count == 2
"""
NAIVE = """
lock fork[6]
thread seat[i in 0..6] { loop { lock fork[i] { lock fork[(i + 1) % 6] { } } } }
"""


def told(result: CheckResult) -> list[object]:
    """What a search tells, without how long it took."""
    ends = [(outcome.values, outcome.schedules) for outcome in result.outcomes]
    findings = [(f.kind, f.message, f.cause, f.schedule, f.steps) for f in result.findings]
    return [result.verdict, ends, findings, result.stats.states, result.stats.transitions]


@pytest.mark.parametrize("text", [RACY, NAIVE])
@pytest.mark.parametrize("reduction", [True, False])
def test_any_number_of_workers_tells_the_same(text: str, reduction: bool) -> None:
    scenario = program(text)
    options = [
        CheckOptions(workers=count, probe=2000, reduction=reduction) for count in (1, 2, 3, 5)
    ]
    first, *others = [told(check(scenario, each)) for each in options]
    assert first[3] > 1000
    assert all(other == first for other in others)


@pytest.mark.parametrize("text", [RACY, NAIVE])
def test_batches_cut_short_tell_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "WORTH_SHARING", 8)
    scenario = program(text)
    whole = told(check(scenario, CheckOptions(workers=1, probe=0, reduction=False)))
    monkeypatch.setattr(driver, "MOST_SUCCESSORS", 60)
    for count in (1, 2, 3):
        options = CheckOptions(workers=count, probe=0, reduction=False)
        assert told(check(scenario, options)) == whole


def test_who_gets_no_threads_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system gives one thread and no more: nobody waits for who never comes."""
    scenario = program(RACY)
    options = [CheckOptions(workers=count, probe=2000, reduction=False) for count in (1, 3)]
    alone = told(check(scenario, options[0]))
    begun: list[Thread] = []
    start = Thread.start

    def stingy(thread: Thread) -> None:
        if begun:
            raise RuntimeError("can't start new thread")
        begun.append(thread)
        start(thread)

    monkeypatch.setattr(Thread, "start", stingy)
    assert told(check(scenario, options[1])) == alone
    assert len(begun) == (1 if engine.name() == "compiled" else 0)  # the plain one works alone
    assert not any(thread.is_alive() for thread in begun)


def test_a_crew_works_together() -> None:
    door = Barrier(3)
    with Crew(2) as crew:
        assert crew.is_there()
        for thread in (0, 1, 1, 0):
            crew.give(thread, door.wait)
        door.wait()
        door.wait()
        threads = crew.threads
    assert not any(thread.is_alive() for thread in threads)
