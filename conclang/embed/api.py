"""The Python API: `conclang.load(text)` and what can be asked of it.

    scenario = conclang.load(text, N=5)
    run = scenario.run(policy="round_robin(quantum: 2)", cores=2)
    run.outcome, run.metrics["makespan"], run.svg

A text with mistakes is a value too: `ok` says so and `mistakes` lists them. Only asking such a
scenario to run is an error of the caller, `ScenarioError`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from conclang.embed.results import Check, Comparison, Page, Picture, Run
from conclang.embed.shown import Shown
from conclang.views.asking import Ask, CannotBeHad

if TYPE_CHECKING:
    from conclang.diagnostics.diagnostic import Diagnostic
    from conclang.events.event import Event
    from conclang.ir.program import Program
    from conclang.pipeline import Checked

__all__ = [
    "CannotBeHad",
    "Check",
    "Comparison",
    "Page",
    "Picture",
    "Run",
    "Scenario",
    "ScenarioError",
]


class ScenarioError(ValueError):
    """A scenario with mistakes was asked to do something; the message is the full report."""


def load(text: str | os.PathLike[str], name: str = "<text>", **constants: object) -> Scenario:
    """A scenario from its text, or from a file if a path object is given.

    Keywords set its constants, as `-D` does: `load(text, N=5)`.
    """
    from conclang.pipeline import load_file, load_text

    values = {key: _constant(value) for key, value in constants.items()}
    if isinstance(text, os.PathLike):
        return Scenario(load_file(os.fspath(text), values), values)
    return Scenario(load_text(text, name, values), values)


def _constant(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class Scenario(Shown):
    """A scenario that was read; everything else is asked of it."""

    def __init__(self, checked: Checked, constants: dict[str, str]) -> None:
        self.checked = checked
        self.constants = constants

    # -- what it is ------------------------------------------------------------------------------

    @property
    def ok(self) -> bool:
        """Can it be run? (Warnings do not keep it from that.)"""
        return self.checked.program is not None

    @property
    def title(self) -> str:
        return self.program.scenario if self.ok else ""

    @property
    def text(self) -> str:
        return self.checked.source.text

    @property
    def mistakes(self) -> tuple[Diagnostic, ...]:
        """Errors and warnings: each with .code, .message, .span, .severity."""
        return tuple(self.checked.bag)

    @property
    def report(self) -> str:
        """The mistakes as `conclang check` shows them."""
        from conclang.diagnostics.show import full

        return full(self.checked.source, list(self.checked.bag))

    @property
    def program(self) -> Program:
        if self.checked.program is None:
            raise ScenarioError(self.report)
        return self.checked.program

    # -- what it does ----------------------------------------------------------------------------

    def run(
        self,
        policy: str | None = None,
        cores: int | None = None,
        seed: int = 0,
        until: int | None = None,
    ) -> Run:
        """A timed run, as `conclang run`."""
        return self.run_as(self._ask(policy=policy, cores=cores, seed=seed, until=until))

    def replay(self, schedule: str) -> Run:
        """Exactly the schedule that a run or a finding of a check names."""
        from conclang.views.asking import read_schedule

        return self.run_as(self._ask(schedule=read_schedule(schedule)))

    def run_as(self, ask: Ask) -> Run:
        """A run as asked for in one record."""
        from conclang.views.runs import course_of, recorder_of

        events: list[Event] = []
        course = course_of(self.program, ask)
        recorder = recorder_of(course.program, course.request, course.untimed)

        def listener(event: Event) -> None:
            events.append(event)
            recorder.see(event)

        result = course.run(listener)
        return Run(result, recorder.timeline(result), tuple(events))

    def check(
        self,
        count: bool = False,
        max_states: int | None = None,
        max_seconds: float | None = None,
        fairness: str = "weak",
    ) -> Check:
        """All schedules, as `conclang check`."""
        from conclang.explore.checker import CheckOptions, check
        from conclang.pipeline import timed_status

        program = self.program
        options = CheckOptions(
            max_states=max_states,
            max_seconds=max_seconds,
            count=count,
            fairness=fairness,
            constants=tuple(sorted(self.constants.items())),
            timed=lambda expected: timed_status(program, expected),
        )
        return Check(program, check(program, options))

    def compare(
        self,
        policies: str | Iterable[str] | None = None,
        cores: Sequence[int] = (),
        seed: int = 0,
        until: int | None = None,
    ) -> Comparison:
        """The same under several policies and core counts, as `conclang compare`."""
        from conclang.views.comparing import compared, requests_of

        wanted = policies if policies is None or isinstance(policies, str) else "; ".join(policies)
        ask = self._ask(seed=seed, until=until)
        return Comparison(
            compared(self.program, requests_of(self.program, ask, wanted, tuple(cores)))
        )

    def draw(self, view: str, **asked: Any) -> Picture:
        """A view, as `conclang draw`: machine, timeline, sequence, waits, locks, states, ..."""
        from conclang.views.asking import read_schedule

        if isinstance(asked.get("schedule"), str):
            asked["schedule"] = read_schedule(asked["schedule"])
        if "all_schedules" in asked:
            asked["every"] = asked.pop("all_schedules")
        return self.draw_as(view, self._ask(**asked))

    def draw_as(self, view: str, ask: Ask) -> Picture:
        """A view as asked for in one record; without Graphviz a graph has its text only."""
        from conclang.views.table import VIEWS, picture

        title, svg = self.program.scenario, ""
        text = picture(self.checked, view, "", ask)
        assert isinstance(text, str)
        if VIEWS[view].own == "svg":
            return Picture(view, title, text, text)
        try:
            made = picture(self.checked, view, "svg", ask)
            svg = made if isinstance(made, str) else made.decode("utf-8")
        except CannotBeHad:
            pass  # its text is all there is
        return Picture(view, title, text, svg)

    def page(self, of: str = "run", **asked: Any) -> Page:
        """The page that `--format html` makes: of a `run` (options as there) or of a `check`."""
        from conclang.render.page import check_data, page, run_data
        from conclang.views.asking import request_of

        program, source = self.program, self.checked.source
        if of == "run":
            data = run_data(program, source, request_of(program, self._ask(**asked)))[1]
        elif of == "check":
            data = check_data(program, source, self.check(**asked).result, [])
        else:
            raise CannotBeHad(f"there is a page of a run or of a check, not of '{of}'")
        return Page(program.scenario, page(data | {"notes": []}))

    def _ask(self, **asked: Any) -> Ask:
        try:
            return Ask(defines=tuple(sorted(self.constants.items())), **asked)
        except TypeError as problem:
            raise CannotBeHad(str(problem)) from None

    # -- how it looks ----------------------------------------------------------------------------

    def _words(self) -> str:
        if not self.ok:
            return self.report
        threads = len(self.program.threads)
        return f"<scenario {self.title!r}: {threads} thread{'s' * (threads != 1)}>"
