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
