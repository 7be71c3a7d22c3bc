"""How often a scenario uses each construct, and whether a thread waits busily in it.

Objects and threads count as declared elements (`lock forks[5]` is five locks), everything else by
how often it is written. Counted is what stands in the file, whether or not a thread gets there.

*Busy waiting* is judged by exploring: some thread, going on alone, comes back to the very same
state without having done anything that others could see (no variable changed, nothing printed, no
section left), and without having waited: it only looks again and again. This finds loops that
take a lock, look, and give it back, as well as bare spinning. Where the search meets a limit,
the form of the loops decides: one that only looks at memory until others change it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conclang.ir.ops import OpKind
from conclang.record import fields
from conclang.syntax import nodes

if TYPE_CHECKING:
    from conclang.ir.program import Program, Site

OBJECTS = ("lock", "rwlock", "semaphore", "condition", "barrier", "event", "channel", "device")
SEEN = frozenset({OpKind.PRINT, OpKind.LEAVE, OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
WAITING = frozenset(
    {
        OpKind.WAIT,
        OpKind.RETAKE,
        OpKind.EVENT_WAIT,
        OpKind.BARRIER_WAIT,
        OpKind.JOIN,
        OpKind.AWAIT,
    }
)
MEETING = frozenset({OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT})
"""Waiting as well, unless it was done alone: a `default`, or a channel that is closed."""
CHANGING = frozenset({OpKind.WRITE, OpKind.STORE, OpKind.FETCH_ADD, OpKind.SWAP, OpKind.CAS})
ACCESS = frozenset({OpKind.READ, OpKind.LOAD}) | CHANGING
MOST_STATES = 20_000


def counts(program: Program, scenario: nodes.Scenario) -> dict[str, int]:
    """How many there are of each construct but busy waiting."""
    found = {kind: len(program.things[kind]) for kind in OBJECTS}
    found["atomic"] = sum(cell.kind == "atomic" for cell in program.cells)
    found["thread"] = len(program.threads)
    for node in _nodes(scenario):
        for name in _constructs(node):
            found[name] = found.get(name, 0) + 1
    return found


def _constructs(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.OperateStatement):
        return (node.verb,) if node.verb in OPERATIONS else ()
    if isinstance(node, nodes.SpawnExpression):
        return (node.verb,)
    for kind, name in STATEMENTS.items():
        if isinstance(node, kind):
            return (name,)
    return ()


OPERATIONS = ("signal", "broadcast", "close")
STATEMENTS: dict[type[nodes.Node], str] = {
    nodes.ProcessDeclaration: "process",
    nodes.RuntimeDeclaration: "runtime",
    nodes.SectionStatement: "section",
    nodes.WorkStatement: "work",
    nodes.IoStatement: "io",
    nodes.JoinExpression: "join",
    nodes.AwaitExpression: "await",
    nodes.AtomicStatement: "atomic_block",
    nodes.SelectStatement: "select",
    nodes.SleepStatement: "sleep",
    nodes.YieldStatement: "yield",
    nodes.TryAcquireExpression: "try_acquire",
    nodes.ChooseExpression: "choose",
}


def _nodes(scenario: nodes.Scenario) -> list[nodes.Node]:
    """All nodes of the tree, without recursion."""
    found: list[nodes.Node] = []
    open_: list[Any] = [scenario]
    while open_:
        thing = open_.pop()
        if isinstance(thing, tuple):
            open_ += thing
        elif isinstance(thing, nodes.Node):
            found.append(thing)
            open_ += [getattr(thing, name) for name in fields(type(thing))]
    return found


def busy_waiting(program: Program, states: int = MOST_STATES) -> Site | None:
    """Where a thread waits busily; None if none does."""
    from conclang.explore.driver import Limits, drive, open_search
    from conclang.explore.graph import Graph
    from conclang.explore.reports import SearchOptions
    from conclang.machine.state import Machine

    search = open_search(Machine(program), SearchOptions(keep=True), 1)
    found = drive(search, Limits(states=states, memory=512 << 20))
    graph = Graph(search, found.levels)
    site = _in_graph(program, search, graph)
    if site is not None or found.limit is None:
        return site
    return _in_code(program)


def _in_graph(program: Program, search: Any, graph: Any) -> Site | None:
    """A circle of steps of one thread that do nothing but look."""
    from conclang.explore.names import Names

    names = Names(program, search)
    states = [search.words(place) for place in search.places()]
    memories = [tuple(names.memory(words)) for words in states]
    ways: dict[int, list[tuple[int, int]]] = {}  # actor → its steps that only look
    edges = zip(graph.source, graph.target, graph.actor, graph.mask, strict=True)
    for source, target, actor, mask in edges:
        if target < len(states) and memories[source] == memories[target]:
            kind = names.kind(names.pc(states[source], actor))
            met = kind in MEETING and mask & (mask - 1)
            if not met and kind not in WAITING and kind not in SEEN:
                ways.setdefault(actor, []).append((source, target))
    for actor in sorted(ways):
        circle = _circle(ways[actor])
        if circle:
            return names.site(min(names.pc(states[state], actor) for state in circle))
    return None


def _circle(steps: list[tuple[int, int]]) -> list[int]:
    """The states of some circle of steps; empty if there is none."""
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for source, target in steps:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    left = {state: len(targets) for state, targets in after.items()}
    ends = [state for state in before if state not in left]
    while ends:  # whatever only leads to an end lies on no circle
        for state in before.get(ends.pop(), ()):
            left[state] -= 1
            if left[state] == 0:
                del left[state]
                ends.append(state)
    if not left:
        return []
    way = [min(left)]
    while True:
        following = min(state for state in after[way[-1]] if state in left)
        if following in way:
            return way[way.index(following) :]
        way.append(following)


def _in_code(program: Program) -> Site | None:
    from conclang.explore.loops import waiting_loops

    for loop in waiting_loops(program):
        ops = [program.ops[pc] for pc in sorted(loop.body | loop.called)]
        kinds = {op.kind for op in ops}
        looks = any(op.kind in ACCESS or op.kind == OpKind.TRY for op in ops)
        if looks and not kinds & (WAITING | MEETING | SEEN | CHANGING):
            return program.sites[program.ops[loop.head].site]
    return None
