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

from array import array
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import sub

from conclang.explore import circuits
from conclang.explore.atlas import Atlas
from conclang.explore.graph import LAST_BIT, NO_STATE, Graph, numbers
from conclang.explore.names import ASLEEP, AT_BARRIER, FP, Names
from conclang.explore.witness import Witnesses
from conclang.ir.ops import OpKind

MEETING = frozenset({OpKind.SEND, OpKind.SELECT})
EVERYBODY = (1 << 64) - 1
Check = Callable[[], None]


class Net:
    """Nodes and arcs; `state` and `edge` say what they are in the graph (edge NO_STATE: a spin).

    The arcs of a node are `first[node]` to `first[node + 1]`.
    """

    def __init__(self, nodes: int, arcs: int) -> None:
        self.state, self.able = numbers(nodes), numbers(nodes, "Q")
        self.first = numbers(nodes + 1)
        self.source, self.target, self.edge = numbers(arcs), numbers(arcs), numbers(arcs)
        self.took, self.moved = numbers(arcs, "Q"), numbers(arcs, "Q")

    def out(self, node: int) -> range:
        """The arcs that leave a node."""
        return range(self.first[node], self.first[node + 1])

    def every_node(self) -> bytearray:
        return bytearray(b"\1") * len(self.state)

    def every_arc(self) -> bytearray:
        return bytearray(b"\1") * len(self.source)


class Parts:
    """Components of a net that can be gone round fairly, numbered from 1."""

    def __init__(self, net: Net, allowed: bytearray) -> None:
        self.net = net
        self.allowed = allowed
        self.component = numbers(len(net.state))
        self.count = 0
        self.taken, self.always, self.sometimes = (array("Q", [0]) for _ in range(3))

    def measure(self) -> None:
        """Who is taken, always able and sometimes able in each."""
        net = self.net
        self.taken = numbers(self.count + 1, "Q")
        self.always = array("Q", [EVERYBODY]) * (self.count + 1)
        self.sometimes = numbers(self.count + 1, "Q")
        masks = (self.taken, self.always, self.sometimes)
        circuits.measure(
            net.first, net.target, self.allowed, self.component, net.able, net.took, *masks
        )

    @cached_property
    def _sorted(self) -> tuple[array[int], array[int]]:
        begin = numbers(self.count + 2)
        nodes = numbers(sum(map(bool, self.component)))
        circuits.sorted_by(self.component, begin, nodes)
        return begin, nodes

    def each(self) -> Iterator[int]:
        """All parts, the one with the first node first."""
        begin, nodes = self._sorted
        there = [n for n in range(1, self.count + 1) if begin[n] < begin[n + 1]]
        yield from sorted(there, key=lambda number: nodes[begin[number]])

    def nodes(self, number: int) -> array[int]:
        """The nodes of a part, in order."""
        begin, nodes = self._sorted
        return nodes[begin[number] : begin[number + 1]]

    def inner(self, number: int, node: int) -> list[int]:
        """The arcs from a node that stay in its part."""
        target, component, allowed = self.net.target, self.component, self.allowed
        return [
            arc for arc in self.net.out(node) if allowed[arc] and component[target[arc]] == number
        ]

    def drop(self, keep: Callable[[int], bool]) -> Parts:
        """Without the parts that are not wanted."""
        gone = [number for number in range(1, self.count + 1) if not keep(number)]
        if gone:
            passed = numbers(self.count + 1, "Q")
            for number in gone:
                passed[number] = EVERYBODY
            nobody = bytearray(len(self.component))
            circuits.drop(self.component, self.net.able, passed, nobody)
        return self


class Room:
    """What the states of a graph look like to the questions: statuses and micro-ops, read once.

    `code[row[state] + t]` holds where an entity stands and its status.
    """

    def __init__(self, names: Names, witnesses: Witnesses, check: Check = lambda: None) -> None:
        self.names = names
        self.witnesses = witnesses
        self.check = check
        self.graph: Graph = witnesses.graph
        self.row, self.code = self._codes()
        self._recent: dict[int, list[int]] = {}
        graph = self.graph
        self.took = numbers(len(graph.target), "Q")
        self.able, self.spins = numbers(graph.count, "Q"), numbers(graph.count, "Q")
        meeting = self.table(lambda kind: kind in MEETING)
        circuits.fill_took(
            graph.first, graph.target, graph.mask, graph.actor, self.row, self.code, meeting,
            self.took,
        )  # fmt: skip
        circuits.fill_able(
            graph.first, graph.actor, self.row, self.code, self.took, self.able, self.spins
        )

    def _codes(self) -> tuple[array[int], array[int]]:
        """All states, one after another."""
        atlas = Atlas(self.witnesses.search, self.graph.count, self.check)
        return atlas.row, atlas.survey()[0]

    def table(self, of: Callable[[OpKind], bool]) -> bytearray:
        """Per micro-op whether it is of some kind."""
        return bytearray(of(op.kind) for op in self.names.program.ops)

    @cached_property
    def most(self) -> int:
        """How many entities there are at most."""
        return max(map(sub, self.row[1:], self.row), default=0)

    def words(self, state: int) -> list[int]:
        """A state's words."""
        if state not in self._recent:
            if len(self._recent) > 1000:
                self._recent.clear()
            self._recent[state] = self.witnesses.words(state)
        return self._recent[state]

    def status(self, state: int, t: int) -> int:
        """The status of an entity; -1 if it does not exist yet."""
        at = self.row[state] + t
        return self.code[at] & 7 if at < self.row[state + 1] else -1

    def pc(self, state: int, t: int) -> int:
        """The micro-op an entity stands at."""
        return self.code[self.row[state] + t] >> 3

    def kind(self, state: int, t: int) -> OpKind:
        """Its kind."""
        return self.names.kind(self.pc(state, t))

    def spurious(self, edge: int) -> bool:
        """Is it a wake-up without a signal?"""
        return self.status(self.graph.source[edge], self.graph.actor[edge]) == ASLEEP

    # -- open calls ---------------------------------------------------------------------------

    @cached_property
    def frames(self) -> tuple[array[int], list[tuple[int, ...]]]:
        """Per entity and state which calls are open, as numbers of lists of their micro-ops."""
        if not any(op.kind == OpKind.CALL for op in self.names.program.ops):
            return array("I"), []
        known: dict[tuple[int, ...], int] = {}
        found = numbers(len(self.code))
        sizes = self._sizes()
        for state in range(self.graph.count):
            if not state & 0xFFF:
                self.check()
            words, at = self.witnesses.words(state), self.row[state]
            for t in range(words[0]):
                open_ = self._open_calls(words, t, sizes)
                found[at + t] = known.setdefault(open_, len(known))
        return found, list(known)

    def _sizes(self) -> list[int]:
        program = self.names.program
        sizes = [0] * len(program.ops)
        for code in program.codes:
            sizes[code.entry : code.end] = [code.frame] * (code.end - code.entry)
        return sizes

    def _open_calls(self, words: list[int], t: int, sizes: list[int]) -> tuple[int, ...]:
        """The micro-ops at which an entity's open calls stand, the innermost first."""
        names = self.names
        record = names.search.record_of(t)
        bottom = record + names.machine.stack
        base, found = bottom + words[record + FP], []
        while base > bottom:
            pc = words[base - 1] - 1
            base -= 1 + sizes[pc]
            found.append(pc)
        return tuple(found)

    def frames_of(self, state: int, t: int) -> list[int]:
        """Where an entity stands, then its open calls."""
        here = self.code[self.row[state] + t]
        which, lists = self.frames
        open_ = lists[which[self.row[state] + t]] if lists else ()
        return [(here >> 3) - (here & 7 == AT_BARRIER), *open_]


def whole_net(room: Room) -> Net:
    """The part of the graph that lies on circles, and the states in which somebody spins."""
    graph = room.graph
    component = graph.components()
    number, states = array("I", [NO_STATE]) * graph.count, numbers(graph.count)
    del states[circuits.pick_states(component, room.spins, number, states) :]
    arcs = circuits.count_arcs(graph.first, graph.target, number, room.spins)
    net = Net(len(states), arcs)
    net.state = states
    circuits.pick(states, room.able, net.able)
    circuits.fill_arcs(
        graph.first, graph.target, number, room.spins, net.first, net.source, net.target, net.edge
    )
    fill_masks(room, net)
    return net


def fill_masks(room: Room, net: Net) -> None:
    """Whose step each arc is, and whom it moves."""
    spin = numbers(len(net.state), "Q")
    circuits.pick(net.state, room.spins, spin)
    circuits.pick_masks(net.edge, room.took, spin, net.source, net.took)
    circuits.pick_masks(net.edge, room.graph.mask, spin, net.source, net.moved)


def fair_parts(net: Net, wanted: bytearray, allowed: bytearray, fairness: str) -> Parts:
    """Components among the wanted nodes that hold a fair round trip over allowed arcs."""
    parts = Parts(net, allowed)
    while any(wanted):
        parts.count = circuits.tarjan(
            net.first, net.target, allowed, wanted, parts.component, parts.count
        )
        parts.measure()
        passed = array("Q", [_passed_over(parts, n, fairness) for n in range(parts.count + 1)])
        if not any(passed):
            break
        again = bytearray(len(wanted))
        circuits.drop(parts.component, net.able, passed, again)
        if fairness != "strong":
            break
        wanted = again
    return parts


def _passed_over(parts: Parts, number: int, fairness: str) -> int:
    """Whom a round trip through all of a component would treat unfairly."""
    if fairness == "none" or number == 0:
        return 0
    able = parts.sometimes[number] if fairness == "strong" else parts.always[number]
    return able & ~parts.taken[number]


def bit_of(t: int) -> int:
    """An entity as a mask."""
    return 1 << min(t, LAST_BIT)
