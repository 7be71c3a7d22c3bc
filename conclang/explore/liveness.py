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

from array import array
from functools import cached_property

from conclang.explore import circuits
from conclang.explore.graph import LAST_BIT, NO_STATE, Graph, numbers
from conclang.explore.liveness_lasso import NO_LIMIT, Lasso, Wish, best_lasso
from conclang.explore.liveness_net import Check, Net, Parts, Room, fair_parts, whole_net
from conclang.explore.liveness_promise import keep_promises
from conclang.explore.liveness_serving import Serving
from conclang.explore.loops import Loop, waiting_loops
from conclang.explore.names import FINISHED, Names
from conclang.explore.patience import Enough
from conclang.explore.witness import Path, Step, Witnesses
from conclang.record import record, replace

FAR = NO_STATE


@record
class Escape:
    """A schedule that never gets where it should: its path, and how it comes that it does not."""

    path: Path
    how: str  # "ends" "fails" "endless"


class Liveness:
    """Questions about endless schedules of one complete graph."""

    def __init__(
        self, names: Names, witnesses: Witnesses, fairness: str, check: Check = lambda: None
    ) -> None:
        self.names = names
        self.witnesses = witnesses
        self.graph: Graph = witnesses.graph
        self.fairness = fairness
        self.check = check
        self.room = Room(names, witnesses, check)
        self.net = whole_net(self.room)
        if self.room.most > LAST_BIT and any(map(self._is_crowd, self.net.state)):
            raise Enough("entities")

    def _is_crowd(self, state: int) -> bool:
        """Is somebody on the way for whom there is no bit?"""
        row, code = self.room.row, self.room.code
        first, last = row[state] + LAST_BIT, row[state + 1]
        return any(code[at] & 7 != FINISHED for at in range(first, last))

    @cached_property
    def serving(self) -> Serving:
        return Serving(self.room)

    # -- livelock -----------------------------------------------------------------------------

    def livelock(self) -> Lasso | None:
        """Steps without end in which nobody ends, enters or leaves a section, or prints."""
        net, room = self.net, self.room
        allowed = bytearray(len(net.edge))
        circuits.mark_shown(
            net.state, net.source, net.edge, self.graph.actor, room.row, room.code,
            self.serving.shown, allowed,
        )  # fmt: skip
        parts = fair_parts(net, net.every_node(), allowed, "weak")
        return best_lasso(parts, Wish("weak", self.graph.depths, check=self.check))

    # -- starvation ---------------------------------------------------------------------------

    def starvation(self) -> Lasso | None:
        """Somebody stays for ever at a blocking statement, or in the loop that retries it."""
        best: Lasso | None = None
        if not self.net.state:
            return best
        fair = self.fairness != "none"
        net = keep_promises(self.room, self.net) if fair else self.net
        loops = waiting_loops(self.names.program)
        for t in range(min(self.room.most, LAST_BIT)):
            best = self._lasso(self._blocked(net, t), t, best)
            for loop in loops:
                self.check()
                best = self._lasso(self._trying(net, t, loop), t, best, 1 << t)
        return best

    def _blocked(self, net: Net, t: int) -> Parts:
        """T stays where it stands."""
        bit = 1 << t
        wanted = self.serving.waiting(net, t)
        if not any(wanted):
            return Parts(net, bytearray())
        allowed = bytearray(len(net.edge))
        circuits.mark_still(net.moved, bit, allowed)
        parts = fair_parts(net, wanted, allowed, self.fairness)
        if self._is_daemon(t):
            parts.drop(lambda number: bool(parts.sometimes[number] & bit))
        return parts

    def _trying(self, net: Net, t: int, loop: Loop) -> Parts:
        """T goes round in a loop and gets nothing done."""
        nothing = Parts(net, bytearray())
        if self._is_daemon(t):
            return nothing
        wanted = self.serving.inside(net, t, loop)
        if not any(wanted):
            return nothing
        allowed = self.serving.vain(net, t, loop, wanted)
        parts = fair_parts(net, wanted, allowed, self.fairness)
        return parts.drop(lambda number: bool(parts.taken[number] >> t & 1))

    def _is_daemon(self, t: int) -> bool:
        threads = self.names.program.threads
        return t < len(threads) and threads[t].attributes.daemon

    def _lasso(self, parts: Parts, t: int, best: Lasso | None, must: int = 0) -> Lasso | None:
        """The better one of the best so far and a lasso on which t is the victim."""
        if not parts.count:
            return best
        limit = best.cost if best is not None else NO_LIMIT
        wish = Wish(self.fairness, self.graph.depths, must, limit, self.check)
        found = best_lasso(parts, wish)
        return best if found is None else replace(found, victim=t)

    # -- eventually, leads to -----------------------------------------------------------------

    def roots(self) -> bytearray:
        """The initial states, marked."""
        return bytearray(state < self.graph.roots for state in range(self.graph.count))

    def truth(self, index: int) -> bytearray:
        """The states in which a predicate is true, marked."""
        found = bytearray(self.graph.count)
        circuits.pick_bit(self.graph.truth, index, found)
        return found

    def never_after(self, starts: bytearray, goal: bytearray) -> Escape | None:
        """From one of the starts, a fair schedule that never comes to a goal."""
        avoid = bytearray(0 if there else 1 for there in goal)
        begin = array("I", [s for s, there in enumerate(starts) if there and avoid[s]])
        region = _Region(self.graph, begin, avoid)
        best = self._dead_end(region)
        try:
            lasso = self._round_in(region)
        except Enough:
            if best is None:
                raise
            return Escape(replace(best.path, shortest=False), best.how)
        if lasso is None or (best is not None and len(best.path.steps) <= lasso.cost):
            return best
        start, edges = region.way(self.net.state[lasso.entry])
        return Escape(self._shown(start, edges, lasso), "endless")

    def _round_in(self, region: _Region) -> Lasso | None:
        """The best fair round trip in a region."""
        net = self.net
        wanted = bytearray(region.distance[state] != FAR for state in net.state)
        self.check()
        parts = fair_parts(net, wanted, net.every_arc(), self.fairness)
        return best_lasso(parts, Wish(self.fairness, region.distance, check=self.check))

    def _dead_end(self, region: _Region) -> Escape | None:
        """The nearest state of a region where a schedule may end."""
        graph, best = self.graph, array("I", [0, 0, 0])
        found = circuits.dead_end(
            graph.first, graph.target, self.room.able, region.distance, region.queue,
            region.count, best,
        )  # fmt: skip
        if not found:
            return None
        _, state, edge = best
        start, edges = region.way(state)
        path = self._shown(start, edges, None)
        if edge == NO_STATE:
            return Escape(path, "ends")
        return Escape(self._failing(path, edge) if path.known else path, "fails")

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

    def end(self, lasso: Lasso) -> Path:
        """Where a lasso begins to go round, without the way to it."""
        return self._bare(lasso.net.state[lasso.entry])

    def _bare(self, state: int) -> Path:
        return Path(0, (), self.witnesses.words(state), known=False)

    def _shown(self, start: int, edges: list[int], lasso: Lasso | None) -> Path:
        """The path for an escape; its end alone if there is no time for more."""
        try:
            return self._path(start, edges, lasso)
        except Enough:
            return self._bare(self.graph.target[edges[-1]] if edges else start)

    def _path(self, start: int, edges: list[int], lasso: Lasso | None) -> Path:
        """The best way to a state, some edges, and then perhaps a round trip."""
        stem = self.witnesses.to([(start, ())])
        way = self.witnesses.steps(start, edges)
        last = self.graph.target[edges[-1]] if edges else start
        end = self.witnesses.words(last)
        if lasso is None:
            return Path(stem.initial, (*stem.steps, *way), end)
        edges_of = lasso.net.edge
        round_ = [edges_of[arc] for arc in lasso.round if edges_of[arc] != NO_STATE]
        steps = (*stem.steps, *way, *self.witnesses.steps(last, round_))
        return Path(stem.initial, steps, end, None, len(stem.steps) + len(way))


class _Region:
    """What can be reached from some states without leaving a set, nearest to the start first."""

    def __init__(self, graph: Graph, begin: array[int], within: bytearray) -> None:
        self.graph = graph
        self.distance = array("I", [FAR]) * graph.count
        self.came = array("I", [FAR]) * graph.count
        self.queue = numbers(graph.count)
        self.count = circuits.spread(
            graph.first, graph.target, within, graph.depths, begin, self.distance, self.came,
            self.queue,
        )  # fmt: skip

    def way(self, state: int) -> tuple[int, list[int]]:
        """From which start, and over which edges, a state is reached."""
        edges: list[int] = []
        while self.came[state] != FAR:
            edges.append(self.came[state])
            state = self.graph.source[self.came[state]]
        return state, edges[::-1]
