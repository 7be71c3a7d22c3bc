"""The desk on which one submission is judged: its texts, and what was worked out so far."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from conclang.exercises.assemble import Assembled, Line, assemble, without_expectations
from conclang.exercises.exercise import ANSWER_FILE, Defines, Exercise, Machine
from conclang.exercises.outcome import Outcome

if TYPE_CHECKING:
    from conclang.analyses.runner import Request
    from conclang.explore.result import CheckResult
    from conclang.ir.program import Expected, Program

SEARCH_SHARE = 0.6  # of the memory: the search itself says when it has used up that much


class Desk:
    """One submission to one variant of one exercise."""

    def __init__(
        self, exercise: Exercise, texts: dict[str, str], defines: Defines, pictures: bool = False
    ) -> None:
        self.exercise = exercise
        self.texts = texts
        self.defines = defines
        self.pictures = pictures
        self.limits = exercise.limits
        self.deadline = time.monotonic() + exercise.limits.seconds
        self.text = "" if exercise.only_answers else texts.get(exercise.file, "")
        self.answers = texts.get(ANSWER_FILE, "")
        self.outcomes: dict[int, Outcome] = {}
        self._bare: str | None = None

    @property
    def bare(self) -> str:
        """The submission without its own `expect` lines."""
        if self._bare is None:
            self._bare = without_expectations(self.text)
        return self._bare

    def assemble(self, lines: list[Line], text: str | None = None) -> Assembled:
        """A program of the submission (or another bare text) and some lines."""
        return assemble(
            self.bare if text is None else text, lines, self.defines, self.exercise.file
        )

    def explore(self, program: Program, count: bool = False) -> CheckResult:
        """All schedules, within what is left of the limits."""
        from conclang.explore.checker import CheckOptions, check

        options = CheckOptions(
            max_states=self.limits.states,
            max_seconds=max(0.1, self.deadline - time.monotonic()),
            max_memory=int(self.limits.memory * SEARCH_SHARE),
            count=count,
            constants=tuple((name, str(value)) for name, value in sorted(self.defines.items())),
            timed=lambda expected: self.timed_status(program, expected),
        )
        return check(program, options)

    def timed_status(self, program: Program, expected: Expected) -> str:
        from conclang.analyses.runner import timed_status

        return timed_status(program, expected, self.request())

    def request(self, machine: Machine | None = None) -> Request:
        """A timed run on a machine; None = as the scenario says."""
        from conclang.analyses.runner import Request
        from conclang.policies.text import parse_policy

        policy = parse_policy(machine.policy) if machine and machine.policy else None
        constants = tuple((name, str(value)) for name, value in sorted(self.defines.items()))
        return Request(
            policy=policy,
            cores=machine.cores if machine else None,
            max_steps=self.limits.steps,
            constants=constants,
        )
