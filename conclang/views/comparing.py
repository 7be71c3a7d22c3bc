"""One scenario under many policies and core counts: which runs, and the figures to compare."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from conclang.record import record, replace
from conclang.views.asking import Ask, CannotBeHad, request_of, with_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conclang.analyses.metrics import Number
    from conclang.analyses.runner import Request, RunResult
    from conclang.ir.program import Program

USUAL = "fifo; round_robin(quantum: 1); round_robin(quantum: 4); priority; mlfq; cfs; lottery"
NEED_BURST = ("sjf", "srtf")
FIGURES = tuple(
    "makespan turnaround response waiting throughput utilization"
    " switches migrations misses fairness".split()
)
AVERAGES = ("turnaround", "response", "waiting")


@record
class Compared:
    """One run among others: `speedup` over one core under the same policy."""

    policy: str
    cores: int
    result: RunResult
    figures: tuple[tuple[str, Number], ...]
    speedup: Fraction | None


def compared(program: Program, requests: Sequence[Request]) -> tuple[Compared, ...]:
    """All the runs, in the order asked for."""
    from conclang.analyses.runner import run_program
    from conclang.analyses.speedup import with_speed_up

    alone: dict[str, int | None] = {}  # makespans on one core, by policy
    rows = []
    for request in requests:
        one = run_program(program, request)
        if one.kind == "interrupted":  # whoever pressed Ctrl-C meant all of them
            rows.append(Compared(one.policy, one.cores, one, tuple(figures(one).items()), None))
            break
        one = with_speed_up(program, request, one, alone)
        figured = tuple(figures(one).items())
        rows.append(Compared(one.policy, one.cores, one, figured, one.metrics.speedup))
    return tuple(rows)


def requests_of(
    program: Program, ask: Ask, policies: str | None, counts: Sequence[int]
) -> list[Request]:
    """Each policy on each number of cores; without policies those that fit the scenario."""
    base = request_of(program, replace(ask, policy=None))
    texts = [part.strip() for part in (policies or "").split(";") if part.strip()]
    if policies is not None and not texts:
        raise CannotBeHad("--policies: there is no policy in an empty text")
    try:
        chosen = [with_policy(program, base, text) for text in texts or usual(program)]
    except CannotBeHad as problem:
        raise CannotBeHad(str(problem).replace("--policy:", "--policies:", 1)) from None
    if not counts:
        return chosen
    return [replace(request, cores=count) for request in chosen for count in counts]


def usual(program: Program) -> list[str]:
    """Policies worth comparing when none are asked for: those that fit the scenario."""
    attributes = [thread.attributes for thread in program.threads]
    texts = [text.strip() for text in USUAL.split(";")]
    if all(a.burst is not None or a.countable_work is not None for a in attributes):
        texts[1:1] = list(NEED_BURST)
    if any(a.period for a in attributes):
        texts = ["fifo", "round_robin(quantum: 4)", "rate_monotonic", "edf"]
    own = str(program.processors[0].policy)
    return [own, *[text for text in texts if text != own]]


def figures(result: RunResult) -> dict[str, Number]:
    """What is compared, by name."""
    metrics = result.metrics
    return {
        name: metrics.average(name) if name in AVERAGES else getattr(metrics, name)
        for name in FIGURES
    }


PANELS = (  # in this order, those that say something
    ("makespan", "makespan (ticks)"),
    ("turnaround", "average turnaround (ticks)"),
    ("response", "average response (ticks)"),
    ("waiting", "average waiting (ticks)"),
    ("throughput", "throughput (threads a tick)"),
    ("utilization", "utilization"),
    ("switches", "switches"),
    ("migrations", "migrations"),
    ("misses", "missed deadlines"),
    ("fairness", "fairness"),
)
OFTEN_NOTHING = frozenset({"migrations", "misses", "fairness"})


def chart(rows: Sequence[Compared]) -> str:
    """The comparison as a picture."""
    from conclang.render.compare_svg import Charts, Panel, compare_svg

    policies = tuple(dict.fromkeys(row.policy for row in rows))
    cores = tuple(sorted({row.cores for row in rows}))
    by_place = {(row.policy, row.cores): row for row in rows}

    def panel(title: str, value: Callable[[Compared], Number], ideal: bool = False) -> Panel:
        def of(policy: str, count: int) -> float | None:
            row = by_place.get((policy, count))
            found = value(row) if row is not None else None
            return None if found is None else float(found)

        values = tuple(tuple(of(policy, count) for count in cores) for policy in policies)
        return Panel(title, values, ideal)

    panels = []
    if len(cores) > 1:
        panels.append(panel("speed-up", lambda row: row.speedup, ideal=True))
    for name, title in PANELS:
        made = panel(title, lambda row, name=name: dict(row.figures)[name])  # type: ignore[misc]
        if name not in OFTEN_NOTHING or any(v for row in made.values for v in row):
            panels.append(made)
    return compare_svg(Charts(rows[0].result.scenario, policies, cores, tuple(panels)))
