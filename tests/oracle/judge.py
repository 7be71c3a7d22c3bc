"""Which expectations of a scenario hold, by going through all states."""

from __future__ import annotations

from typing import Any

from conclang.syntax import nodes as n
from tests.oracle.code import Code, Compiler, Program, strip
from tests.oracle.fair import avoids, livelock
from tests.oracle.search import Answer, Graph, end_of
from tests.oracle.state import Fault, State, plain


def value(program: Program, prefix: str, expression: n.Expression, state: State) -> Any:
    """An expression over one state, everything read at once."""
    code = Code("expectation")
    Compiler(program, prefix, code).expression(expression)
    slots: list[Any] = [None] * (code.slots + 1)
    stack: list[Any] = []
    pc = 0
    while pc < len(code.instructions):
        current = code.instructions[pc]
        if current[0] == "read":
            _, name, index = stack.pop()
            if not 0 <= index < (program.sizes[name] or 1):
                raise Fault("index out of range")
            stack.append(state.store[program.layout[name, index]])
            pc += 1
        else:
            pc = plain(current, slots, stack, pc)
    return stack.pop()


def judge(
    graph: Graph, answer: Answer, fairness: str = "weak"
) -> list[tuple[n.Expectation, bool | None]]:
    """Each expectation with its truth; None for kinds that the oracle does not know."""
    return [
        (expectation, _one(graph, answer, prefix, expectation, fairness))
        for prefix, expectation in graph.machine.program.expectations
    ]


def _one(graph: Graph, answer: Answer, prefix: str, e: n.Expectation, fairness: str) -> bool | None:
    program = graph.machine.program
    if isinstance(e, n.ExpectLeadsTo):
        causes = _where(graph, prefix, e.cause)
        return not avoids(graph, causes, _where(graph, prefix, e.effect), fairness)
    if isinstance(e, n.ExpectState) and e.mode == "eventually":
        return not avoids(graph, graph.roots, _where(graph, prefix, e.condition), fairness)
    if isinstance(e, n.ExpectFlaw) and e.flaw == "livelock":
        return livelock(graph) != e.forbidden
    if isinstance(e, n.ExpectState):
        return _state(graph, prefix, e)
    if isinstance(e, n.ExpectOutcomes):
        wanted = {_constant(program, prefix, one) for one in e.outcomes}
        return wanted == {value(program, prefix, e.value, s) for s in _ends(graph)}
    if isinstance(e, n.ExpectAtMost):
        section = strip(e.section)
        assert isinstance(section, n.NameExpression)
        limit = _constant(program, prefix, e.limit)
        return bool(answer.most_inside.get(section.name, 0) <= limit)
    if isinstance(e, n.ExpectFlaw):
        return _flaw(answer, e)
    if isinstance(e, n.ExpectError):
        text = "".join(part for part in e.text.parts if isinstance(part, str))
        return any(text in error for error in answer.errors)
    return None


def _where(graph: Graph, prefix: str, condition: n.Expression) -> set[State]:
    program = graph.machine.program
    states = [s for s in graph.steps if not s.error]
    return {s for s in states if value(program, prefix, condition, s)}


def _constant(program: Program, prefix: str, expression: n.Expression) -> Any:
    return value(program, prefix, expression, State((), ()))


def _ends(graph: Graph) -> list[State]:
    """Where complete schedules end, however they end."""
    return [s for s in graph.steps if end_of(graph, s)]


def _state(graph: Graph, prefix: str, e: n.ExpectState) -> bool | None:
    program = graph.machine.program
    if e.mode in ("always", "never", "reachable"):
        states = [s for s in graph.steps if not s.error]
    elif e.mode in ("finally", "possible"):
        states = _ends(graph)
    else:
        return None
    truths = [bool(value(program, prefix, e.condition, s)) for s in states]
    if e.mode == "finally":
        dead = any(end_of(graph, s) == "deadlocked" for s in states)
        return all(truths) and not dead
    return {
        "always": all(truths),
        "never": not any(truths),
        "reachable": any(truths),
        "possible": any(truths),
    }[e.mode]


def _flaw(answer: Answer, e: n.ExpectFlaw) -> bool | None:
    if e.flaw == "deadlock":
        found = answer.deadlock
    elif e.flaw == "leak":
        found = answer.leak
    elif e.flaw == "race" and e.target is None:
        found = bool(answer.races)
    elif e.flaw == "race":
        target = strip(e.target)
        if not isinstance(target, n.NameExpression):
            return None
        found = target.name in answer.races
    else:
        return None
    return found != e.forbidden
