"""Endless schedules: starvation, livelock, `eventually`, `leads to`.

An endless schedule of a finite graph goes round in some strongly connected part for ever. Which
parts can be gone round fairly is said in `liveness_net`; who counts as waiting in
`liveness_serving`; what semaphores promise in `liveness_promise`. All of it needs the whole,
unreduced graph: reductions keep ends and states, not who is able in between.

* *Livelock*: a weakly fair part without any step that prints or leaves a section. (Nobody can end
  on a circle, and who enters a section on one leaves it on it.)
* *Starvation* of T: a fair part in which T stands at one blocking statement and nothing moves it,
  or goes round in a waiting loop without getting anything done. Whether the others get anywhere
  does not matter, as long as the schedule goes on: a partner that has ended starves who waits for
  its turn.
* *E leads to F*: no fair part, end, deadlock or failing step is reached from a state with E
  without coming through one with F. `eventually F` is the same from the start. An end is a state
  from which nothing is sure to happen: one with nothing but spurious wake-ups left is one.

The witness is a lasso: a stem, and a round trip that treats everybody fairly. It is made of real
steps, so building it is replaying it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conclang.explore.graph import LAST_BIT, NO_STATE, Graph
from conclang.explore.liveness_lasso import NO_LIMIT, Lasso, Wish, best_lasso
from conclang.explore.liveness_net import Net, Part, Room, fair_parts, whole_net
from conclang.explore.liveness_promise import keep_promises
from conclang.explore.liveness_serving import Serving
from conclang.explore.loops import Loop, waiting_loops
from conclang.explore.names import Names
from conclang.explore.witness import Path, Step, Witnesses
from conclang.record import record, replace


@record
class Escape:
    """A schedule that never gets where it should: its path, and how it comes that it does not."""

    path: Path
    how: str  # "ends" "fails" "endless"


class Liveness:
    """Questions about endless schedules of one complete graph."""

    def __init__(self, names: Names, witnesses: Witnesses, fairness: str) -> None:
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.fairness = fairness
        self.room = Room(names, witnesses)
        self.net = whole_net(self.room)
        self._serving: Serving | None = None

    @property
    def serving(self) -> Serving:
        if self._serving is None:
            self._serving = Serving(self.room)
        return self._serving

    # -- livelock -----------------------------------------------------------------------------

    def livelock(self) -> Lasso | None:
        """Steps without end in which nobody ends, enters or leaves a section, or prints."""
        net = self.net
        allowed = bytearray(edge < 0 or not self.serving.shows(edge) for edge in net.edge)
        parts = fair_parts(net, range(len(net.state)), allowed, "weak")
        return best_lasso(net, parts, Wish("weak", lambda node: self.graph.depth(net.state[node])))

    # -- starvation ---------------------------------------------------------------------------

    def starvation(self) -> Lasso | None:
        """Somebody stays for ever at a blocking statement, or in the loop that retries it."""
        best: Lasso | None = None
        if not self.net.state:
            return best
        fair = self.fairness != "none"
        net = keep_promises(self.room, self.net) if fair else self.net
        loops = waiting_loops(self.names.program)
        most = max(self.room.words(state)[0] for state in set(net.state))
        for t in range(min(most, LAST_BIT)):
            best = self._lasso(net, self._blocked(net, t), t, best)
            for loop in loops:
                best = self._lasso(net, self._trying(net, t, loop), t, best, 1 << t)
        return best

    def _blocked(self, net: Net, t: int) -> list[Part]:
        """T stays where it stands."""
        bit = 1 << t
        waits = self.serving.waits
        nodes = [n for n, s in enumerate(net.state) if waits(s, t, net.able[n])]
        allowed = bytearray(not moved & bit for moved in net.moved)
        parts = fair_parts(net, nodes, allowed, self.fairness)
        if self._is_daemon(t):
            parts = [part for part in parts if any(net.able[n] & bit for n in part[0])]
        return parts

    def _trying(self, net: Net, t: int, loop: Loop) -> list[Part]:
        """T goes round in a loop and gets nothing done."""
        bit = 1 << t
        if self._is_daemon(t):
            return []
        nodes = [n for n, s in enumerate(net.state) if self.serving.inside(s, t, loop)]
        if not nodes:
            return []
        inside = set(nodes)
        allowed = bytearray(len(net.edge))
        for arc, edge in enumerate(net.edge):
            if net.source[arc] in inside and net.target[arc] in inside:
                mine = net.took[arc] & bit and edge >= 0
                allowed[arc] = not (mine and self.serving.done(edge, t, loop))
        return [
            part
            for part in fair_parts(net, nodes, allowed, self.fairness)
            if any(net.took[arc] & bit for arc in net.inner(part))
        ]

    def _is_daemon(self, t: int) -> bool:
        threads = self.names.program.threads
        return t < len(threads) and threads[t].attributes.daemon

    def _lasso(
        self, net: Net, parts: list[Part], t: int, best: Lasso | None, must: int = 0
    ) -> Lasso | None:
        """The better one of the best so far and a lasso on which t is the victim."""

        def distance(node: int) -> int:
            return self.graph.depth(net.state[node])

        limit = best.cost if best is not None else NO_LIMIT
        found = best_lasso(net, parts, Wish(self.fairness, distance, must, limit))
        return best if found is None else replace(found, victim=t)

    # -- eventually, leads to -----------------------------------------------------------------

    def never_after(self, starts: Iterable[int], avoid: Callable[[int], bool]) -> Escape | None:
        """From one of the starts, a fair schedule on which `avoid` holds to the end or for ever."""
        region = _Region(self.graph, [s for s in starts if avoid(s)], avoid)
        best = self._dead_end(region)
        net = self.net
        nodes = [n for n, state in enumerate(net.state) if state in region.distance]
        parts = fair_parts(net, nodes, net.everything(), self.fairness)
        wish = Wish(self.fairness, lambda node: region.distance[net.state[node]])
        lasso = best_lasso(net, parts, wish)
        if lasso is None or (best is not None and len(best.path.steps) <= lasso.cost):
            return best
        start, edges = region.way(net.state[lasso.entry])
        return Escape(self._path(start, edges, lasso), "endless")

    def _dead_end(self, region: _Region) -> Escape | None:
        """The nearest state of a region where a schedule may end."""
        best: tuple[int, int, int] | None = None
        for state, far in region.distance.items():
            if not self.room.able(state):
                best = min(best or (far, state, -1), (far, state, -1))
            for edge in self.graph.out(state):
                if self.graph.target[edge] == NO_STATE:
                    best = min(best or (far + 1, state, edge), (far + 1, state, edge))
        if best is None:
            return None
        _, state, edge = best
        start, edges = region.way(state)
        path = self._path(start, edges, None)
        return Escape(path, "ends") if edge < 0 else Escape(self._failing(path, edge), "fails")

    def _failing(self, path: Path, edge: int) -> Path:
        """A path with one more step, which fails."""
        words = list(path.end or ())
        for t, branch, fault, pc, values, _ in self.witnesses.search.successors(words):
            if t == self.graph.actor[edge] and fault:
                step = Step(t, branch, words)
                return Path(path.initial, (*path.steps, step), None, (fault, pc, values))
        raise AssertionError(edge)

    # -- witnesses ------------------------------------------------------------------------------

    def path(self, lasso: Lasso) -> Path:
        """A lasso as a schedule: the stem, then one round."""
        return self._path(lasso.net.state[lasso.entry], [], lasso)

    def _path(self, start: int, edges: list[int], lasso: Lasso | None) -> Path:
        """The best way to a state, some edges, and then perhaps a round trip."""
        stem = self.witnesses.to([(start, None)])
        way = self.witnesses.steps(start, edges)
        last = self.graph.target[edges[-1]] if edges else start
        end = self.witnesses.words(last)
        if lasso is None:
            return Path(stem.initial, (*stem.steps, *way), end)
        round_ = [lasso.net.edge[arc] for arc in lasso.round if lasso.net.edge[arc] >= 0]
        steps = (*stem.steps, *way, *self.witnesses.steps(last, round_))
        return Path(stem.initial, steps, end, None, len(stem.steps) + len(way))


class _Region:
    """What can be reached from some states without leaving a set, nearest to the start first."""

    def __init__(self, graph: Graph, starts: list[int], within: Callable[[int], bool]) -> None:
        self.graph = graph
        self.came: dict[int, int] = {}
        self.distance: dict[int, int] = {}
        rest = sorted(set(starts), key=lambda s: (graph.depth(s), s), reverse=True)
        layer: list[int] = []
        far = 0
        while rest or layer:
            if not layer:
                far = graph.depth(rest[-1])
            while rest and graph.depth(rest[-1]) <= far:
                state = rest.pop()
                if state not in self.distance:
                    self.distance[state] = far
                    layer.append(state)
            layer = self._next(layer, far + 1, within)
            far += 1

    def _next(self, layer: list[int], far: int, within: Callable[[int], bool]) -> list[int]:
        found = []
        for state in layer:
            for edge in self.graph.out(state):
                target = self.graph.target[edge]
                if target != NO_STATE and target not in self.distance and within(target):
                    self.distance[target] = far
                    self.came[target] = edge
                    found.append(target)
        return found

    def way(self, state: int) -> tuple[int, list[int]]:
        """From which start, and over which edges, a state is reached."""
        edges: list[int] = []
        while state in self.came:
            edges.append(self.came[state])
            state = self.graph.source[self.came[state]]
        return state, edges[::-1]


def graph_truth(graph: Graph, index: int) -> Callable[[int], bool]:
    """Is a predicate true in a state?"""
    return lambda state: bool(graph.truth[state] >> index & 1)
