"""What a semaphore promises to those who wait.

E. Dijkstra left open who goes on when a semaphore is released; J. Morris ("A starvation-free
solution to the mutual exclusion problem", 1979) and M. Ben-Ari (2006, 6.2) call it *weak*: a unit
that is given back while others wait goes to one of them, to any of them, and never to a newcomer.
That is what the language page means by "any waiter may be woken". Safety does not depend on it, so
the search lets newcomers pass; but a schedule on which somebody waits for ever only because the
others pass by at every release is none that a semaphore allows. So starvation is looked for on
schedules that keep the promise from some moment on. A `lock` promises nothing.

The promise needs a memory: for every semaphore with free units, who waited when the first of them
was given back. `keep_promises` builds the product of a net with it. Only those may take a unit,
until all units are taken.
"""

from __future__ import annotations

from array import array

from conclang.explore.graph import NO_STATE, numbers
from conclang.explore.liveness_net import Net, Room, bit_of, fill_masks
from conclang.ir.ops import OpKind

AT = 1
Owed = tuple[int, ...]
"""Per semaphore who may take its free units, as bits; 0: anybody."""
Change = tuple[int, int, int, int]
"""A semaphore, its units before and after, and who waited if the first was given back."""
TOUCHING = frozenset({OpKind.DOWN, OpKind.UP, OpKind.DOWN_TRY, OpKind.ATOMIC})


def keep_promises(room: Room, net: Net) -> Net:
    """The product of a net with what is owed to those who wait at semaphores."""
    semaphores = room.names.program.things["semaphore"]
    kinds = {op.kind for op in room.names.program.ops}
    if not semaphores or OpKind.DOWN not in kinds or not net.state:
        return net
    return _Product(room, net, len(semaphores)).made()


class _Product:
    """Builds the product, from every node with nothing owed, node by node."""

    def __init__(self, room: Room, base: Net, count: int) -> None:
        self.room = room
        self.base = base
        self.count = count
        self.first = room.names.machine.semaphores
        self.changes: dict[int, tuple[Change, ...]] = {}
        nothing: Owed = (0,) * count
        self.spots = [(node, nothing) for node in range(len(base.state))]
        self.known = {spot: number for number, spot in enumerate(self.spots)}

    def made(self) -> Net:
        """The net: all that can be come to, arcs in order of their nodes."""
        base = self.base
        begin, arcs = array("I", [0]), array("I")
        source, target = array("I"), array("I")
        for here, (node, owed) in enumerate(self.spots):
            if not here & 0x3FF:
                self.room.check()
            for arc in base.out(node):
                after = owed if base.edge[arc] == NO_STATE else self._after(arc, owed)
                if after is not None:
                    source.append(here)
                    target.append(self._spot(base.target[arc], after))
                    arcs.append(base.edge[arc])
            begin.append(len(arcs))
        net = Net(0, 0)
        net.state = array("I", [base.state[node] for node, _ in self.spots])
        net.able = array("Q", [base.able[node] for node, _ in self.spots])
        net.first, net.source, net.target, net.edge = begin, source, target, arcs
        net.took, net.moved = numbers(len(arcs), "Q"), numbers(len(arcs), "Q")
        fill_masks(self.room, net)
        return net

    def _spot(self, node: int, owed: Owed) -> int:
        key = (node, owed)
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.spots)
            self.spots.append(key)
        return number

    def _after(self, arc: int, owed: Owed) -> Owed | None:
        """What is owed after a step; None if the step breaks a promise."""
        changes = self.changes.get(arc)
        if changes is None:
            changes = self.changes[arc] = self._changes(arc)
        if not changes:
            return owed
        actor, found = bit_of(self.room.graph.actor[self.base.edge[arc]]), list(owed)
        for i, old, new, waiting in changes:
            if new > old == 0:
                found[i] = waiting & ~actor
            elif new < old:
                if owed[i] and not owed[i] & actor:
                    return None
                found[i] = owed[i] & ~actor if new else 0
        return tuple(found)

    def _changes(self, arc: int) -> tuple[Change, ...]:
        """The semaphores that a step gives to or takes from."""
        base = self.base
        if self.room.kind(base.state[base.source[arc]], self._actor(arc)) not in TOUCHING:
            return ()
        before = self.room.words(base.state[base.source[arc]])
        words = self.room.words(base.state[base.target[arc]])
        found = []
        for i in range(self.count):
            old, new = before[self.first + i], words[self.first + i]
            if old != new:
                found.append((i, old, new, self._waiting(before, i) if new > old == 0 else 0))
        return tuple(found)

    def _actor(self, arc: int) -> int:
        actor: int = self.room.graph.actor[self.base.edge[arc]]
        return actor

    def _waiting(self, words: list[int], semaphore: int) -> int:
        """Who waits at a semaphore."""
        names, bits = self.room.names, 0
        for t in range(words[0]):
            status = names.status(words, t)
            if status == AT and names.kind(names.pc(words, t)) == OpKind.DOWN:
                if names.thing(words, t)[1] == semaphore:
                    bits |= bit_of(t)
        return bits
