"""The graph as questions about endless schedules see it, and which parts can be gone round fairly.

A *net* has nodes and arcs like the state graph, with three masks of entities:

`took[arc]`    whose step it is: the actor, and the partner of an unbuffered transfer, for a joint
               step is a step of both;
`moved[arc]`   whom it changes: these, and all who were woken;
`able[node]`   who could take a step there. A spurious wake-up may happen but nobody can rely on it,
               so it makes nobody able. Who goes round by itself without a micro-op is always able,
               and an arc from each such state to itself is that step.

Only nodes that lie on some circle are kept. A net may be a product (see `liveness_promise`), so
several nodes may stand for one state.

Fair parts. A component in which everybody is either taken somewhere or unable somewhere holds a
weakly fair round trip (all of it, again and again); if it does not, none of its parts does
(O. Lichtenstein, A. Pnueli, POPL 1985). For strong fairness, the nodes at which somebody is able
who is never taken inside are removed, and what is left is divided again (E. Emerson, C. Lei,
"Modalities for model checking", 1987).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conclang.explore.graph import LAST_BIT, NO_STATE
from conclang.explore.names import ASLEEP, SPINNING, Names
from conclang.explore.witness import Witnesses
from conclang.ir.ops import OpKind
from conclang.record import new, record

MEETING = frozenset({OpKind.SEND, OpKind.SELECT})
Part = tuple[list[int], bytearray]
"""Nodes of a component, and which arcs count."""


@record(frozen=False)
class Net:
    """Nodes and arcs; `state` and `edge` say what they are in the graph (edge -1: a spin)."""

    state: list[int] = new(factory=list)
    able: list[int] = new(factory=list)
    out: list[list[int]] = new(factory=list)
    source: list[int] = new(factory=list)
    target: list[int] = new(factory=list)
    edge: list[int] = new(factory=list)
    took: list[int] = new(factory=list)
    moved: list[int] = new(factory=list)

    def node(self, state: int, able: int) -> int:
        """A new node."""
        self.state.append(state)
        self.able.append(able)
        self.out.append([])
        return len(self.state) - 1

    def arc(self, source: int, target: int, edge: int, took: int, moved: int) -> None:
        """A new arc."""
        self.out[source].append(len(self.source))
        self.source.append(source)
        self.target.append(target)
        self.edge.append(edge)
        self.took.append(took)
        self.moved.append(moved)

    def everything(self) -> bytearray:
        """All arcs count."""
        return bytearray(b"\1") * len(self.source)

    def inner(self, part: Part) -> list[int]:
        """The arcs inside a component."""
        nodes, allowed = part
        inside = set(nodes)
        return [
            arc
            for node in nodes
            for arc in self.out[node]
            if allowed[arc] and self.target[arc] in inside
        ]


class Room:
    """What the states of a graph look like to the questions: statuses and micro-ops, read once."""

    def __init__(self, names: Names, witnesses: Witnesses) -> None:
        self.names = names
        self.witnesses = witnesses
        self.graph = witnesses.graph
        self._words: dict[int, list[int]] = {}

    def words(self, state: int) -> list[int]:
        """A state's words."""
        if state not in self._words:
            self._words[state] = self.witnesses.words(state)
        return self._words[state]

    def status(self, state: int, t: int) -> int:
        """The status of an entity; -1 if it does not exist yet."""
        words = self.words(state)
        return self.names.status(words, t) if t < words[0] else -1

    def kind(self, state: int, t: int) -> OpKind:
        """The kind of micro-op an entity stands at."""
        return self.names.kind(self.names.pc(self.words(state), t))

    def spinners(self, state: int) -> int:
        """Those who go round for ever without a step, as bits."""
        words, bits = self.words(state), 0
        for t in range(words[0]):
            if self.names.status(words, t) == SPINNING:
                bits |= 1 << min(t, LAST_BIT)
        return bits

    def took(self, edge: int) -> int:
        """Whose step an edge is."""
        graph = self.graph
        actor = graph.actor[edge]
        if graph.target[edge] != NO_STATE and self.kind(graph.source[edge], actor) in MEETING:
            return int(graph.mask[edge])
        return int(1 << min(actor, LAST_BIT))

    def spurious(self, edge: int) -> bool:
        """Is it a wake-up without a signal?"""
        return self.status(self.graph.source[edge], self.graph.actor[edge]) == ASLEEP

    def able(self, state: int) -> int:
        """Who can count on being able to take a step."""
        bits = self.spinners(state)
        for edge in self.graph.out(state):
            if not self.spurious(edge):
                bits |= self.took(edge)
        return bits


def whole_net(room: Room) -> Net:
    """The part of the graph that lies on circles, and the states in which somebody spins."""
    graph, net = room.graph, Net()
    on_circles = {state for part in graph.components() for state in part}
    on_circles |= {state for state in range(graph.count) if room.spinners(state)}
    number = {state: net.node(state, room.able(state)) for state in sorted(on_circles)}
    for state, node in number.items():
        for edge in graph.out(state):
            target = number.get(graph.target[edge])
            if target is not None:
                net.arc(node, target, edge, room.took(edge), graph.mask[edge])
        spinners = room.spinners(state)
        if spinners:
            net.arc(node, node, -1, spinners, spinners)
    return net


def fair_parts(net: Net, nodes: Iterable[int], allowed: bytearray, fairness: str) -> list[Part]:
    """Components that hold a fair round trip, the one with the first node first."""
    found: list[Part] = []
    work = [list(nodes)]
    while work:
        for component in components(net, work.pop(), allowed):
            passed_over = _passed_over(net, (component, allowed), fairness)
            if not passed_over:
                found.append((component, allowed))
            elif fairness == "strong":
                rest = [node for node in component if not net.able[node] & passed_over]
                if rest:
                    work.append(rest)
    return sorted(found, key=lambda part: part[0][0])


def _passed_over(net: Net, part: Part, fairness: str) -> int:
    """Whom a round trip through all of the component would treat unfairly."""
    if fairness == "none":
        return 0
    taken = 0
    for arc in net.inner(part):
        taken |= net.took[arc]
    always, sometimes = -1, 0
    for node in part[0]:
        always &= net.able[node]
        sometimes |= net.able[node]
    return (sometimes if fairness == "strong" else always) & ~taken


def components(net: Net, nodes: list[int], allowed: bytearray) -> list[list[int]]:
    """Strongly connected components with an arc inside (Tarjan 1972, without recursion)."""
    wanted = set(nodes)

    def onward(node: int) -> list[int]:
        return [
            net.target[arc] for arc in net.out[node] if allowed[arc] and net.target[arc] in wanted
        ]

    return _Components(onward).run(nodes)


class _Components:
    """One run of Tarjan's algorithm over a function that gives successors."""

    def __init__(self, onward: Callable[[int], list[int]]) -> None:
        self.onward = onward
        self.index: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: list[int] = []
        self.on_stack: set[int] = set()
        self.found: list[list[int]] = []

    def run(self, nodes: list[int]) -> list[list[int]]:
        for node in nodes:
            if node not in self.index:
                self._from(node)
        return self.found

    def _enter(self, node: int) -> None:
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.on_stack.add(node)

    def _from(self, root: int) -> None:
        self._enter(root)
        path = [(root, iter(self.onward(root)))]
        low, index = self.low, self.index
        while path:
            node, rest = path[-1]
            target = next(rest, None)
            if target is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    self._close(node)
            elif target not in index:
                self._enter(target)
                path.append((target, iter(self.onward(target))))
            elif target in self.on_stack:
                low[node] = min(low[node], index[target])

    def _close(self, root: int) -> None:
        component = []
        node = -1
        while node != root:
            node = self.stack.pop()
            self.on_stack.discard(node)
            component.append(node)
        if len(component) > 1 or root in self.onward(root):
            self.found.append(sorted(component))
