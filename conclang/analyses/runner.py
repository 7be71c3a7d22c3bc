"""One timed run from beginning to end, and everything known about it afterwards.

`run_program` is the door for `run`, `compare`, `replay`, for `expect timed` in `check`, and for
tests.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from conclang.analyses.finding import UNKNOWN, Finding, Judged
from conclang.analyses.metrics import Metrics, measure
from conclang.analyses.timed import judge
from conclang.events.event import Event
from conclang.events.schedule import Choice, Schedule
from conclang.events.trace import CoreName, Header, Outcome, Place
from conclang.ir.ops import OpKind
from conclang.ir.policy_spec import PolicySpec
from conclang.ir.program import Expected, Program, Shape
from conclang.machine.ledger import Stop
from conclang.machine.policy import Policy
from conclang.machine.run import Options, Run
from conclang.machine.states import BLOCKED
from conclang.machine.telling import Names
from conclang.policies.registry import make
from conclang.record import record, replace

if TYPE_CHECKING:
    from conclang.analyses.watch import Watch

Listener = Callable[[Event], None]


@record
class Request:
    """How a run is wanted, apart from the program. None = as the scenario says."""

    policy: PolicySpec | None = None
    maker: Callable[[], Policy] | None = None  # a foreign policy
    maker_text: str = ""  # how it was asked for
    cores: int | None = None
    seed: int = 0
    until: int | None = None
    max_steps: int | None = None
    constants: tuple[tuple[str, str], ...] = ()
    keep_output: bool = True  # or tell what is printed to the listener only, whatever its length
    engine: type[Run] = Run  # or a kind of run that lets more be seen; only if somebody listens


@record
class Printed:
    tick: int
    thread: str
    text: str


@record
class RunResult:
    """Everything `conclang run` says about a run, events apart."""

    scenario: str
    policy: str
    cores: int
    seed: int
    outcome: Outcome
    output: tuple[Printed, ...]
    metrics: Metrics
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    schedule: Schedule
    steps: int
    seconds: float

    @property
    def kind(self) -> str:
        return self.outcome.kind

    @property
    def size(self) -> int:
        """Micro-ops and decisions: what doing it once more would cost."""
        return self.steps + len(self.schedule.choices) + self.schedule.more


def capacities(program: Program) -> dict[str, int]:
    """How many messages each channel has room for."""
    return {channel.name: channel.amount for channel in program.things["channel"]}


def header_of(program: Program, request: Request) -> Header:
    """What is known before the first event."""
    cores = []
    for processor in program.processors:
        count = request.cores or processor.cores
        cores += [CoreName(processor.name, core) for core in range(count)]
    return Header(
        scenario=program.scenario,
        policy=policy_text(program, request),
        seed=request.seed,
        cores=tuple(cores),
        threads=tuple(thread.name for thread in program.threads),
        places=tuple(Place(site.line, site.column, site.text) for site in program.sites),
        until=request.until,
        daemons=frozenset(t.name for t in program.threads if t.attributes.daemon),
        priorities=tuple(t.attributes.priority for t in program.threads),
        deadlines=frozenset(
            t.name
            for t in program.threads
            if t.attributes.period or t.attributes.deadline is not None
        ),
    )


def policy_text(program: Program, request: Request) -> str:
    """The policies of all processors, as `--policy` takes them."""
    if request.maker is not None:
        return request.maker_text
    if request.policy is not None:
        return str(request.policy)
    texts = [str(processor.policy) for processor in program.processors]
    return texts[0] if len(set(texts)) == 1 else ", ".join(texts)


def start(program: Program, request: Request, listener: Listener | None = None) -> Run:
    """A run that has not begun."""
    options = Options(
        make=make,
        policy=request.policy,
        maker=request.maker,
        cores=request.cores,
        seed=request.seed,
        until=request.until,
        max_steps=request.max_steps,
    )
    run = (Run if listener is None else request.engine)(program, options, listener)
    run.keeps_output = request.keep_output
    return run


def run_program(
    program: Program,
    request: Request,
    listener: Listener | None = None,
    observe: bool = True,
    chosen: Callable[[Choice], None] | None = None,
) -> RunResult:
    """Run it. With `observe`, problems met on the way are found and explained.

    `chosen` is told every choice, as the schedule lists them.
    """
    began = time.perf_counter()
    header = header_of(program, request)
    watched = observe and (listener is not None or may_show_more(program))
    run, stop, metrics, watch = _attempt(program, request, header, listener, watched, chosen)
    if observe and watch is None and needs_watching(run, stop):
        again = _attempt(program, request, header, None, True, None)
        run, stop, metrics, watch = again
    outcome = outcome_of(program, run, stop)
    findings: tuple[Finding, ...] = ()
    if watch is not None:
        from conclang.analyses.problems import explained

        findings = explained(program, run, outcome, watch)
    schedule = schedule_of(program, request, run)
    if outcome.kind == "limit" and schedule.until < 0:
        schedule = replace(schedule, until=outcome.ticks)  # replay is to stop there, too
    return RunResult(
        scenario=program.scenario,
        policy=header.policy,
        cores=len(run.cores),
        seed=request.seed,
        outcome=outcome,
        output=tuple(Printed(*line) for line in run.output),
        metrics=metrics,
        judged=judgements(program, request, metrics, outcome.kind),
        findings=tuple(
            replace(f, schedule=schedule.text(), steps=run.steps, switches=run.switches)
            for f in findings
        ),
        schedule=schedule,
        steps=run.steps,
        seconds=time.perf_counter() - began,
    )


def _attempt(
    program: Program,
    request: Request,
    header: Header,
    listener: Listener | None,
    watched: bool,
    chosen: Callable[[Choice], None] | None,
) -> tuple[Run, Stop, Metrics, Watch | None]:
    """One run, with or without somebody who looks for problems."""
    watch = None
    if watched:
        from conclang.analyses.watch import Watch

        watch = Watch(header, capacities(program))
    run = start(program, request, _both(listener, watch.see if watch is not None else None))
    run.chosen = chosen
    stop, metrics = go(run)
    return run, stop, metrics, watch


def may_show_more(program: Program) -> bool:
    """Could a run that ends well show a race, a convoy or an inversion?

    If not, it runs in silence, which is much quicker; should it end otherwise, it is simply run
    again with everybody listening, for it goes the same way.
    """
    return any(op.kind in (OpKind["WRITE"], OpKind["ACQUIRE"]) for op in program.ops)


def needs_watching(run: Run, stop: Stop) -> bool:
    """Did something happen that wants an explanation?"""
    if stop.kind not in ("completed", "limit", "interrupted") or run.misses:
        return True
    return any(e.state == BLOCKED and not e.daemon for e in run.entities)


def go(run: Run) -> tuple[Stop, Metrics]:
    """Run it to its end; the metrics are those of the moment when the books were closed."""
    taken: list[Metrics] = []
    run.on_freeze = lambda: taken.append(measure(run))
    stop = run.go()
    return stop, taken[0]


def _both(one: Listener | None, other: Listener | None) -> Listener | None:
    if one is None or other is None:
        return one or other

    def listener(event: Event) -> None:
        one(event)
        other(event)

    return listener


def schedule_of(program: Program, request: Request, run: Run) -> Schedule:
    """What `replay` needs to do the same again."""
    more = run.choice_count - len(run.choices)
    return Schedule(
        choices=tuple(run.choices),
        digest=program.digest[:8],
        policy=_policy_of_schedule(program, request),
        cores=request.cores or 0,
        seed=request.seed,
        until=-1 if request.until is None else request.until,
        constants=request.constants,
        more=more,
        checksum=run.choice_sum if more else 0,
    )


def _policy_of_schedule(program: Program, request: Request) -> str:
    """What `--policy` takes; different ones of several processors with `;` between them."""
    if request.maker is not None:
        return request.maker_text
    texts = [str(request.policy or processor.policy) for processor in program.processors]
    return (texts[0] if len(set(texts)) == 1 else ";".join(texts)).replace(" ", "")


def outcome_of(program: Program, run: Run, stop: Stop) -> Outcome:
    """How it ended, in a record."""
    return Outcome(
        kind=stop.kind,
        ticks=run.snapshot_at if run.snapshot_at >= 0 else run.now,
        message=stop.message,
        thread=stop.entity.name if stop.entity is not None else "",
        site=stop.site,
        final=final_values(program, run),
    )


def final_values(program: Program, run: Run) -> tuple[tuple[str, object], ...]:
    """All shared and atomic variables, in order of declaration."""
    found = []
    for cell in program.cells:
        words = run.world.memory(cell.base, len(cell.initial))
        found.append((cell.name, value_of_shape(run.names, cell.shape, list(words))))
    return tuple(found)


def value_of_shape(names: Names, shape: Shape, words: list[int]) -> object:
    """A value as JSON has it."""
    if shape.kind == "array":
        item, width = shape.items[0], max(1, shape.items[0].width)
        return [
            value_of_shape(names, item, words[i : i + width]) for i in range(0, len(words), width)
        ]
    if shape.kind == "tuple":
        parts, at = [], 0
        for item in shape.items:
            parts.append(value_of_shape(names, item, words[at : at + item.width]))
            at += item.width
        return parts
    if shape.kind == "bool":
        return bool(words[0])
    if shape.kind == "int":
        return words[0]
    return names.show(shape, words)


# -- expectations ------------------------------------------------------------------------------


def judgements(
    program: Program, request: Request, metrics: Metrics, outcome: str
) -> tuple[Judged, ...]:
    """The expect lines: the timed ones by this run or one of their own, the others unknown."""
    found = []
    for expected in program.expectations:
        line = program.sites[expected.site].line
        status, detail = UNKNOWN, ""
        if expected.form == "timed":
            if expected.policy is None and expected.cores is None:
                status, detail = judge(expected.timed, metrics, outcome)
            else:
                status, detail = judge_elsewhere(program, request, expected)
        found.append(Judged(expected.text, line, status, detail))
    return tuple(found)


def judge_elsewhere(program: Program, request: Request, expected: Expected) -> tuple[str, str]:
    """An `expect timed … under POLICY on N cores`: by a run of its own."""
    changed = request
    if expected.policy is not None:
        changed = replace(changed, policy=expected.policy, maker=None, maker_text="")
    if expected.cores is not None:
        changed = replace(changed, cores=expected.cores)
    stop, metrics = go(start(program, changed))
    return judge(expected.timed, metrics, stop.kind)


def timed_status(program: Program, expected: Expected, request: Request | None = None) -> str:
    """For `check`: holds, violated or unknown."""
    request = request or Request()
    return judge_elsewhere(program, request, expected)[0]
