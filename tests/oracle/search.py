"""Visit every state, count every complete schedule.

The graph of all states is built first, breadth first; everything else is read off it. Counting
walks the graph backwards over its (acyclic) steps; a cycle or a spinning thread makes the program
infinite and there is nothing to count.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.code import Program
from tests.oracle.state import State
from tests.oracle.tasks import Machine


class TooLarge(Exception):
    """More states than the caller allowed."""


@dataclass
class Answer:
    """What is true of a program under all schedules."""

    states: int = 0
    infinite: bool = False
    outcomes: set[tuple[Any, ...]] = field(default_factory=set)  # of ends that are not failures
    failed_outcomes: set[tuple[Any, ...]] = field(default_factory=set)
    complete: int | None = None
    finished: int | None = None
    deadlocked: int | None = None
    failed: int | None = None
    per_outcome: dict[tuple[Any, ...], int] = field(default_factory=dict)
    probability: dict[tuple[Any, ...], Fraction] = field(default_factory=dict)
    deadlock: bool = False
    deadlock_steps: int | None = None
    leak: bool = False  # only spawned threads or tasks left, or one stuck while others move
    leak_at_end: bool = False
    races: set[str] = field(default_factory=set)
    errors: dict[str, int] = field(default_factory=dict)  # text -> shortest number of steps
    most_inside: dict[str, int] = field(default_factory=dict)

    @property
    def ends(self) -> set[str]:
        """Which ends are possible at all."""
        kinds = {"finished": self.finished, "deadlocked": self.deadlocked, "failed": self.failed}
        return {name for name, count in kinds.items() if count}


@dataclass
class Graph:
    """All reachable states with their steps; `depth` is the least number of steps; `partners` are
    those who take part in each of a state's steps by receiving (-1: nobody)."""

    machine: Machine
    roots: list[State]
    steps: dict[State, list[tuple[int, State]]]
    depth: dict[State, int]
    partners: dict[State, list[int]] = field(default_factory=dict)


def build(program: Program, limit: int) -> Graph:
    machine = Machine(program)
    graph = Graph(machine, machine.initial(), {}, {})
    queue: deque[State] = deque()
    for root in graph.roots:
        if root not in graph.depth:
            graph.depth[root] = 0
            queue.append(root)
    while queue:
        state = queue.popleft()
        found = machine.successors(state)
        steps = [(step.actor, step.state) for step in found]
        graph.steps[state] = steps
        graph.partners[state] = [step.partner for step in found]
        for _, after in steps:
            if after not in graph.depth:
                graph.depth[after] = graph.depth[state] + 1
                queue.append(after)
        if len(graph.depth) > limit:
            raise TooLarge(str(limit))
    return graph


def solve(program: Program, limit: int = 50_000) -> Answer:
    """All answers about a program."""
    return read_off(build(program, limit))


def read_off(graph: Graph) -> Answer:
    """Everything that can be read off the finished graph."""
    answer = Answer(states=len(graph.steps))
    for state in graph.steps:
        _look(graph, state, answer)
    answer.leak = answer.leak_at_end or _somebody_stuck(graph)
    order = _backwards(graph)
    spinning = any(e.status == "spinning" for s in graph.steps for e in s.entities)
    answer.infinite = order is None or spinning
    if order is not None and not spinning:
        _count(graph, order, answer)
    return answer


def values(program: Program, state: State) -> tuple[Any, ...]:
    """The cells at a state, in order of declaration; an array is a tuple."""
    shown = []
    for name in program.cells():
        size = program.sizes[name]
        places = [program.layout[name, index] for index in range(size or 1)]
        content = tuple(state.store[place] for place in places)
        shown.append(content[0] if size is None else content)
    return tuple(shown)


def end_of(graph: Graph, state: State) -> str | None:
    """How a complete schedule ends here, None if it goes on."""
    if state.error:
        return "failed"
    if graph.steps[state]:
        return None
    if any(e.status == "spinning" for e in state.entities):
        return None
    return "finished" if graph.machine.finished(state) else "deadlocked"


def _moves_for_real(graph: Graph, state: State) -> bool:
    """Can anybody move otherwise than by a spurious wake-up?"""
    if any(e.status == "spinning" for e in state.entities):
        return True
    return any(not spurious(state, actor) for actor, _ in graph.steps[state])


def spurious(state: State, number: int) -> bool:
    """Does this entity sleep at a condition unsignalled, so that its step is to wake up anyway?"""
    asleep = state.entities[number].asleep
    return bool(asleep and asleep[0] == "condition" and not asleep[4])


def _look(graph: Graph, state: State, answer: Answer) -> None:
    """What this one state shows."""
    depth, program = graph.depth[state], graph.machine.program
    if state.error:
        answer.errors[state.error] = min(depth, answer.errors.get(state.error, depth))
    else:
        answer.races |= graph.machine.races(state)
    for section, inside in Counter(name for e in state.entities for name in e.inside).items():
        answer.most_inside[section] = max(inside, answer.most_inside.get(section, 0))
    if state.error is None and not _moves_for_real(graph, state):
        left = [e for e in state.entities if e.status == "live" and not e.daemon]
        if any(e.kind == "thread" for e in left):
            answer.deadlock = True
            known = answer.deadlock_steps
            answer.deadlock_steps = depth if known is None else min(depth, known)
        elif left:
            answer.leak_at_end = True
    end = end_of(graph, state)
    if end == "failed":
        answer.failed_outcomes.add(values(program, state))
    elif end:
        answer.outcomes.add(values(program, state))


def _somebody_stuck(graph: Graph) -> bool:
    """Is there a state where one can never move again though another still can?

    Where every way on ends in a run-time error, that error is all there is to say.
    """
    before: dict[State, list[State]] = {state: [] for state in graph.steps}
    for state, steps in graph.steps.items():
        for _, after in steps:
            before[after].append(state)
    survivors = _not_only_failures(graph, before)
    most = max((len(s.entities) for s in graph.steps), default=0)
    for number in range(most):
        can = {s for s, steps in graph.steps.items() if any(a == number for a, _ in steps)}
        can |= _served(graph, number)
        work = list(can)
        while work:
            for earlier in before[work.pop()]:
                if earlier not in can:
                    can.add(earlier)
                    work.append(earlier)
        for state in survivors:
            if state not in can and _left_behind(graph, state, number):
                return True
    return False


def _served(graph: Graph, number: int) -> set[State]:
    """States from which a step of somebody else takes this entity along."""
    return {
        state
        for state, steps in graph.steps.items()
        if number in graph.partners[state] or _changes(state, steps, number)
    }


def _changes(state: State, steps: list[tuple[int, State]], number: int) -> bool:
    """Does a step move this entity's frames?"""
    if number >= len(state.entities):
        return False
    frames = state.entities[number].frames
    return any(after.entities[number].frames != frames for _, after in steps)


def _not_only_failures(graph: Graph, before: dict[State, list[State]]) -> set[State]:
    """States from which a schedule can go on without ever failing."""
    failing = {state for state in graph.steps if state.error}
    left = {state: len({after for _, after in steps}) for state, steps in graph.steps.items()}
    work = list(failing)
    while work:
        for earlier in set(before[work.pop()]):
            left[earlier] -= 1
            if left[earlier] == 0:
                failing.add(earlier)
                work.append(earlier)
    return set(graph.steps) - failing


def _left_behind(graph: Graph, state: State, number: int) -> bool:
    if state.error or number >= len(state.entities):
        return False
    entity = state.entities[number]
    spinning = any(e.status == "spinning" for e in state.entities)
    return entity.status == "live" and not entity.daemon and bool(graph.steps[state] or spinning)


def _backwards(graph: Graph) -> list[State] | None:
    """States so that each comes after all that follow it; None if there is a cycle."""
    order: list[State] = []
    colour: dict[State, int] = {}
    for root in graph.roots:
        if root in colour:
            continue
        colour[root] = 1
        path = [(root, iter(graph.steps[root]))]
        while path:
            state, rest = path[-1]
            step = next(rest, None)
            if step is None:
                colour[state] = 2
                order.append(state)
                path.pop()
            elif colour.get(step[1]) == 1:
                return None
            elif step[1] not in colour:
                colour[step[1]] = 1
                path.append((step[1], iter(graph.steps[step[1]])))
    return order


def _count(graph: Graph, order: list[State], answer: Answer) -> None:
    """Paths from the roots to each state, then to each end."""
    paths: Counter[State] = Counter(graph.roots)
    chance: dict[State, Fraction] = {state: Fraction(0) for state in order}
    for root in graph.roots:
        chance[root] += Fraction(1, len(graph.roots))
    ends: Counter[str] = Counter()
    for state in reversed(order):
        steps = graph.steps[state]
        for _, after in steps:
            paths[after] += paths[state]
            chance[after] += chance[state] / len(steps)
        end = end_of(graph, state)
        if end is None:
            continue
        ends[end] += paths[state]
        key = values(graph.machine.program, state)
        answer.per_outcome[key] = answer.per_outcome.get(key, 0) + paths[state]
        answer.probability[key] = answer.probability.get(key, Fraction(0)) + chance[state]
    answer.finished, answer.deadlocked = ends["finished"], ends["deadlocked"]
    answer.failed = ends["failed"]
    answer.complete = sum(ends.values())
