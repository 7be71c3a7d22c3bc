"""The answers to questions, worked out from the scenario: nobody types a solution key."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from conclang.exercises.assemble import Assembled, Line, assemble, without_expectations
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Machine
from conclang.record import record

if TYPE_CHECKING:
    from conclang.ir.program import Program

QUESTIONS = ("outcomes", "schedules", "flaw", "holds", "metric", "timeline", "reach")
IDLE, SWITCHING = "idle", "switch"
LONGEST_TIMELINE = 500
_KNOWN: dict[Any, Truth] = {}
MOST_KNOWN = 500


@record
class Truth:
    """What is right; or why nobody knows (`limit`, or `problem` with the question itself)."""

    value: Any = None
    limit: str = ""
    problem: str = ""


def kind_of(question: dict[str, Any]) -> str:
    return next(kind for kind in QUESTIONS if kind in question)


def truth(desk: Desk, question: dict[str, Any], machines: tuple[Machine, ...]) -> Truth:
    """The answer; worked out once for all submissions to the same variant."""
    kind = kind_of(question)
    machine = machines[0] if machines else Machine()
    variant = tuple(sorted(desk.defines.items()))
    key = (desk.exercise.scenario, kind, question[kind], machine, variant, desk.limits)
    if key not in _KNOWN:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = _FINDERS[kind](desk, question[kind], machine)
    return _KNOWN[key]


def scenario(desk: Desk, lines: list[str]) -> Assembled:
    """The program that is asked about, with some lines."""
    text = without_expectations(desk.exercise.scenario)
    return assemble(text, [Line(0, line) for line in lines], desk.defines, "scenario")


def _problem(made: Assembled) -> Truth | None:
    if made.program is not None and not made.broken:
        return None
    said = [d.message for d in made.mistakes] + [said for _, said in made.broken]
    return Truth(problem=said[0] if said else "it does not compile")


def _outcomes(desk: Desk, expression: str, machine: Machine) -> Truth:
    made = scenario(desk, [f"expect outcomes {expression} == {{}}"])
    wrong = _problem(made)
    if wrong is not None or made.program is None:
        return wrong or Truth()
    result = desk.explore(made.program)
    if result.limit:
        return Truth(limit=result.limit)
    return Truth([frozen(row.values[0][1]) for row in result.outcomes])


def frozen(value: Any) -> Any:
    """Lists as tuples, so that values can be in sets."""
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def _schedules(desk: Desk, which: str, machine: Machine) -> Truth:
    made = scenario(desk, [])
    wrong = _problem(made)
    if wrong is not None or made.program is None:
        return wrong or Truth()
    result = desk.explore(made.program, count=True)
    if result.counts is None or result.limit:
        return Truth(limit=result.limit or "states")
    if result.counts.infinite:
        return Truth("endless")
    return Truth(getattr(result.counts, which))


def _flaw(desk: Desk, flaw: str, machine: Machine) -> Truth:
    held = _holds(desk, f"no {flaw}", machine)
    return held if held.value is None else Truth(not held.value)


def _holds(desk: Desk, line: str, machine: Machine) -> Truth:
    made = scenario(desk, [f"expect {line.removeprefix('expect ')}"])
    wrong = _problem(made)
    if wrong is not None or made.program is None:
        return wrong or Truth()
    result = desk.explore(made.program)
    status = result.judgements[0].status
    if status == "unknown":
        return Truth(limit=result.limit or "ticks")
    return Truth(status == "holds")


def _metric(desk: Desk, expression: str, machine: Machine) -> Truth:
    from conclang.analyses.runner import run_program
    from conclang.analyses.timed import NoAnswer, evaluate

    made = scenario(desk, [f"expect timed {expression} == 0"])
    wrong = _problem(made)
    if wrong is not None or made.program is None:
        return wrong or Truth()
    timed = made.program.expectations[-1].timed
    assert timed is not None
    result = run_program(made.program, desk.request(machine), observe=False)
    if result.kind == "limit":
        return Truth(limit="ticks")
    try:
        return Truth(Fraction(evaluate(timed.operands[0], result.metrics)))  # type: ignore[arg-type]
    except NoAnswer as problem:
        return Truth(problem=str(problem))


def _timeline(desk: Desk, processor: str, machine: Machine) -> Truth:
    from conclang.analyses.runner import header_of, run_program
    from conclang.render.lanes import SWITCHING as SWITCHES
    from conclang.render.lanes import Lanes

    made = scenario(desk, [])
    wrong = _problem(made)
    if wrong is not None or made.program is None:
        return wrong or Truth()
    request = desk.request(machine)
    header = header_of(made.program, request)
    names = [core.processor for core in header.cores]
    if processor not in names:
        return Truth(problem=f"there is no processor `{processor}`")
    lanes = Lanes(header)
    result = run_program(made.program, request, lanes.see, observe=False)
    lanes.end(result.outcome.ticks)
    end = result.metrics.makespan
    if result.kind == "limit" or end > LONGEST_TIMELINE:
        return Truth(limit="ticks")
    ticks = [IDLE] * end
    for bar in lanes.cores[names.index(processor)].bars:
        for tick in range(bar.start, min(bar.end, end)):
            ticks[tick] = SWITCHING if bar.state == SWITCHES else bar.who
    return Truth(ticks)


def _reach(desk: Desk, what: str, machine: Machine) -> Truth:
    """There are many schedules to a deadlock: the answer is followed, not compared."""
    can = _flaw(desk, what, machine)
    if can.value is False:
        return Truth(problem=f"no schedule ends in a {what}")
    return can


_FINDERS = {
    "outcomes": _outcomes,
    "schedules": _schedules,
    "flaw": _flaw,
    "holds": _holds,
    "metric": _metric,
    "timeline": _timeline,
    "reach": _reach,
}


def follow(program: Program, names: list[str]) -> str:
    """Where a schedule given by names ends: "" in a deadlock, else what is wrong with it."""
    from conclang.explore.driver import open_search
    from conclang.explore.names import FINISHED, Names
    from conclang.explore.reports import SearchOptions
    from conclang.machine.state import Machine as Machinery

    search = open_search(Machinery(program), SearchOptions(), 1)
    told = Names(program, search)
    states = {tuple(words) for code, _, _, words in search.initials() if not code}
    for number, name in enumerate(names, start=1):
        after = set()
        for words in states:
            for t, _, fault, _, _, then in search.successors(list(words)):
                if told.entity(words, t) == name and not fault:
                    after.add(tuple(then))
        if not after:
            return f"step {number}: `{name}` cannot move there"
        states = set(sorted(after)[:1000])
    for words in states:
        here = list(words)
        left = [
            t
            for t in range(len(program.threads))
            if told.status(here, t) != FINISHED and not program.threads[t].attributes.daemon
        ]
        if left and not list(search.successors(here)):
            return ""
    return "after the last step somebody can still move, or all have finished"
