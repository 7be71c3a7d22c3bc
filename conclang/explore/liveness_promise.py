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

from conclang.explore.graph import LAST_BIT
from conclang.explore.liveness_net import Net, Room
from conclang.ir.ops import OpKind

AT = 1
Owed = tuple[int, ...]
"""Per semaphore who may take its free units, as bits; 0: anybody."""


def keep_promises(room: Room, net: Net) -> Net:
    """The product of a net with what is owed to those who wait at semaphores."""
    semaphores = room.names.program.things["semaphore"]
    kinds = {op.kind for op in room.names.program.ops}
    if not semaphores or OpKind.DOWN not in kinds:
        return net
    return _Product(room, net, len(semaphores)).net


class _Product:
    """Builds the product, from every node with nothing owed."""

    def __init__(self, room: Room, base: Net, count: int) -> None:
        self.room = room
        self.base = base
        self.count = count
        self.first = room.names.machine.semaphores
        self.net = Net()
        self.known: dict[tuple[int, Owed], int] = {}
        self.open: list[tuple[int, Owed]] = []
        nothing: Owed = (0,) * count
        for node in range(len(base.state)):
            self._node(node, nothing)
        while self.open:
            self._expand(*self.open.pop())

    def _node(self, node: int, owed: Owed) -> int:
        key = (node, owed)
        if key not in self.known:
            self.known[key] = self.net.node(self.base.state[node], self.base.able[node])
            self.open.append(key)
        return self.known[key]

    def _expand(self, node: int, owed: Owed) -> None:
        base, here = self.base, self.known[node, owed]
        for arc in base.out[node]:
            after = owed if base.edge[arc] < 0 else self._after(arc, owed)
            if after is not None:
                target = self._node(base.target[arc], after)
                self.net.arc(here, target, base.edge[arc], base.took[arc], base.moved[arc])

    def _after(self, arc: int, owed: Owed) -> Owed | None:
        """What is owed after a step; None if the step breaks a promise."""
        base = self.base
        before = self.room.words(base.state[base.source[arc]])
        words = self.room.words(base.state[base.target[arc]])
        actor = 1 << min(self.room.graph.actor[base.edge[arc]], LAST_BIT)
        found = list(owed)
        for i in range(self.count):
            old, new = before[self.first + i], words[self.first + i]
            if new > old == 0:
                found[i] = self._waiting(before, i) & ~actor
            elif new < old:
                if owed[i] and not owed[i] & actor:
                    return None
                found[i] = owed[i] & ~actor if new else 0
        return tuple(found)

    def _waiting(self, words: list[int], semaphore: int) -> int:
        """Who waits at a semaphore."""
        names, bits = self.room.names, 0
        for t in range(words[0]):
            status = names.status(words, t)
            if status == AT and names.kind(names.pc(words, t)) == OpKind.DOWN:
                if names.thing(words, t)[1] == semaphore:
                    bits |= 1 << min(t, LAST_BIT)
        return bits
