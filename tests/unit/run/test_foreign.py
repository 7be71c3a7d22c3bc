"""Policies of the user's that break the rules: a clear end, never a traceback or a hang."""

import pytest
from running import program

from conclang.analyses.runner import Request, run_program
from conclang.machine.policy import Policy, Runnable

THREE = "processor cpu { cores 2 }\n" + "".join(f"thread {n} {{ work 5 }}\n" for n in "abc")


class Plain(Policy):
    name = "mine"

    def __init__(self) -> None:
        self.queue: list[Runnable] = []

    def ready(self, thread, cause):
        self.queue.append(thread)

    def pick(self, core):
        return self.queue.pop(0) if self.queue else None


class PicksText(Plain):
    def pick(self, core):
        return "a"


class SlicesNothing(Plain):
    def slice(self, thread):
        return None


class Raises(Plain):
    def ran(self, thread, ticks):
        raise ValueError("out of order")


class PicksTwice(Plain):
    def pick(self, core):
        return self.queue[0] if self.queue else None


class PicksTwiceWhileSwitching(Plain):
    """Hands out again whom a core is just switching to."""

    def pick(self, core):
        if core == 1:
            return self.last
        self.last = self.queue.pop(0) if self.queue else None
        return self.last


class IgnoresPins(Plain):
    def pick(self, core):
        return self.queue.pop() if self.queue else None


class NeverContent(Plain):
    preemptive = True

    def gives_way(self, thread, core):
        return True


def ended(maker):
    request = Request(maker=maker, maker_text=f"file.py:{maker.__name__}")
    return run_program(program(THREE), request).outcome


def test_a_policy_of_two_methods_will_do():
    assert ended(Plain).kind == "completed"


@pytest.mark.parametrize(
    ("maker", "words"),
    [
        (PicksText, "a mistake in the policy mine"),
        (SlicesNothing, "a mistake in the policy mine: TypeError"),
        (Raises, "a mistake in the policy mine: ValueError: out of order"),
        (PicksTwice, "the policy mine picks a, which is not ready"),
        (NeverContent, "the policy mine never stops interrupting threads"),
    ],
)
def test_a_mistake_is_named(maker, words):
    outcome = ended(maker)
    assert outcome.kind == "failed"
    assert words in outcome.message


def test_a_thread_is_not_taken_twice_while_a_core_switches_to_it():
    text = """
processor cpu { cores 2 switch_cost 3 migration_cost 3 }
thread a { work 1 }
thread b { work 5 }
thread c { work 5 }
"""
    request = Request(maker=PicksTwiceWhileSwitching, maker_text="file.py:Twice")
    outcome = run_program(program(text), request).outcome
    assert outcome.kind == "failed"
    assert "which is not ready" in outcome.message


def test_a_pinned_thread_stays_where_it_is_pinned():
    text = "processor cpu { cores 2 }\nthread a { work 5 }\nthread b with pinned 1 { work 5 }\n"
    request = Request(maker=IgnoresPins, maker_text="file.py:IgnoresPins")
    outcome = run_program(program(text), request).outcome
    assert outcome.message == ("the policy mine picks b for core 0, but it is pinned to core 1")
