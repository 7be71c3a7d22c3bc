"""The state graph, folded until a person can read it.

States that agree in a key (the values of chosen expressions, or which locks are held by whom) are
one node; a node with one way in and one way out joins its neighbour to a chain. Every node knows
how many states it stands for. The shortest schedule of a finding is followed through the folded
graph.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from conclang.events.schedule import ScheduleError, parse
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.graph import NO_STATE, Graph
from conclang.explore.names import FINISHED, SPINNING, Names
from conclang.explore.reports import SearchOptions
from conclang.explore.values import final_values, shown, text
from conclang.ir.program import Program, Shape
from conclang.machine.state import Machine
from conclang.record import record

Words = Sequence[int]
Key = tuple[str, ...]
ERROR = -1  # the node of steps that fail


@record
class Node:
    """A folded state. first and last say the same unless it is a chain."""

    first: Key
    last: Key
    states: int
    initial: bool = False
    kind: str = ""  # "finished" or "deadlocked" if some schedule ends here
    marked: bool = False  # on the schedule shown


@record
class Edge:
    """From node to node (ERROR: the step fails): who moves, and for how many steps it stands."""

    source: int
    target: int
    who: tuple[str, ...]
    steps: int
    marked: bool = False


@record
class Folded:
    """What is drawn; `limit`: there were more states than allowed, and nothing else is known."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    states: int
    limit: bool = False


class States:
    """All states of a program, up to a number of them, and keys to fold them by."""

    def __init__(self, program: Program, most: int) -> None:
        self.program = program
        self.search: Any = open_search(Machine(program), SearchOptions(keep=True), 1)
        found = drive(self.search, Limits(states=most))
        self.limit = found.limit is not None
        self.interrupted = found.limit == "interrupted"
        self.graph = Graph(self.search, found.levels)
        self.names = Names(program, self.search)
        self.places = self.search.places()

    def words(self, state: int) -> Words:
        words: Words = self.search.words(self.places[state])
        return words

    # -- keys ----------------------------------------------------------------------------------

    def whole(self, words: Words) -> Key:
        """Everything: the values, and where each thread stands."""
        lines = [", ".join(self.values(words))] if self.program.cells else []
        for t in range(words[0]):
            status = self.names.status(words, t)
            if status not in (FINISHED, SPINNING):
                pc = self.names.pc(words, t)
                site, kind = self.names.site(pc), self.names.kind(pc).name.lower()
                access = f" ({kind})" if kind in ("read", "write") else ""
                lines.append(f"{self.names.entity(words, t)} at {site.line}: {site.text}{access}")
        return tuple(lines)

    def values(self, words: Words) -> Key:
        """The variables."""
        memory = self.names.memory(words)
        return tuple(f"{n} = {text(v)}" for n, v in final_values(self.program, memory))

    def locks(self, words: Words) -> Key:
        """Who holds which lock."""
        machine, held = self.names.machine, []
        for number, lock in enumerate(self.program.things["lock"]):
            owner = words[machine.locks + number]
            if owner:
                held.append(f"{self.names.entity(words, owner - 1)} holds {lock.name}")
        return tuple(held) or ("no lock is held",)

    def expression(self, name: str, code: int, shape: Shape) -> Callable[[Words], Key]:
        """By the value of an expression of the language."""

        def key(words: Words) -> Key:
            value, _ = self.search.value(list(words), code)
            shown_value = "error" if value is None else text(shown(self.program, shape, value))
            return (f"{name} = {shown_value}",)

        return key

    # -- folding -------------------------------------------------------------------------------

    def folded(self, key: Callable[[Words], Key] | None, schedule: str = "") -> Folded:
        """The graph by a key (None: every state is a node), straight chains joined."""
        return _Folding(self, key, schedule).run()

    def end_of(self, state: int) -> str:
        """Do schedules end here, and how?"""
        if len(self.graph.out(state)):
            return ""
        words = self.words(state)
        for t in range(words[0]):
            status = self.names.status(words, t)
            daemon = t < len(self.program.threads) and self.program.threads[t].attributes.daemon
            if status != FINISHED and not daemon:
                return "" if status == SPINNING else "deadlocked"
        return "finished"

    def path(self, schedule: str) -> tuple[list[int], list[int]]:
        """The states and edges of a schedule, as far as it can be followed."""
        try:
            wanted = parse(schedule)
        except ScheduleError:
            return [], []
        if not wanted.fused:  # its steps are those of another program
            return [], []
        start = next(islice(self.search.initials(), wanted.initial, None), None)
        place = None if start is None or start[0] else self.search.find(start[3])
        if place is None:
            return [], []
        state = self.search.number(place)
        states, edges = [state], []
        for choice in wanted.choices:
            ways = [e for e in self.graph.out(state) if self.graph.actor[e] == choice.thread]
            if choice.branch >= len(ways):
                break
            edge = ways[max(0, choice.branch)]
            edges.append(edge)
            state = self.graph.target[edge]
            if state == NO_STATE:
                break
            states.append(state)
        return states, edges

    def starts(self) -> set[int]:
        """Numbers of the initial states."""
        return set(range(self.graph.roots))


class _Folding:
    def __init__(self, states: States, key: Callable[[Words], Key] | None, schedule: str) -> None:
        self.states = states
        self.key = key
        self.group: list[int] = []
        self.keys: list[Key] = []
        self.count: list[int] = []
        self.kinds: list[str] = []
        self.path, self.path_edges = states.path(schedule) if schedule else ([], [])
        self.chain: dict[int, int] = {}

    def run(self) -> Folded:
        self._group()
        edges = self._edges()
        marked = {self.group[state] for state in self.path}
        initial = {self.group[state] for state in self.states.starts()}
        kept, edges, last, size = self._joined(edges, initial)
        numbers = {group: number for number, group in enumerate(kept)}
        nodes = tuple(
            Node(
                self.keys[g],
                self.keys[last[g]],
                size[g],
                g in initial,
                self.kinds[last[g]],
                g in marked,
            )
            for g in kept
        )
        drawn = tuple(
            Edge(numbers[a], numbers.get(b, ERROR), tuple(who), steps, on)
            for (a, b), (who, steps, on) in edges.items()
        )
        return Folded(nodes, drawn, self.states.graph.count, self.states.limit)

    def _group(self) -> None:
        """Give each state its group, in order of discovery; ends are apart from what goes on."""
        found: dict[tuple[Key, str], int] = {}
        for state in range(self.states.graph.count):
            kind = self.states.end_of(state)
            words = self.states.words(state)
            key = self.key(words) if self.key else self.states.whole(words)
            mine = (key if self.key else (*key, f"#{state}"), kind)
            group = found.setdefault(mine, len(found))
            if group == len(self.keys):
                self.keys.append(key)
                self.kinds.append(kind)
                self.count.append(0)
            self.count[group] += 1
            self.group.append(group)

    def _edges(self) -> dict[tuple[int, int], tuple[list[str], int, bool]]:
        graph, marked = self.states.graph, set(self.path_edges)
        found: dict[tuple[int, int], tuple[list[str], int, bool]] = {}
        for edge in range(len(graph.source)):
            target = graph.target[edge]
            pair = (
                self.group[graph.source[edge]],
                ERROR if target == NO_STATE else self.group[target],
            )
            if pair[0] == pair[1]:
                continue
            who, steps, on = found.get(pair, ([], 0, False))
            actor = graph.actor[edge]
            name = self._mover(graph.source[edge], actor)
            if name not in who:
                who.append(name)
            found[pair] = (who, steps + 1, on or edge in marked)
        return found

    def _mover(self, state: int, t: int) -> str:
        """Who takes a step; a created one by its function and number."""
        threads = self.states.program.threads
        if t < len(threads):
            return threads[t].name
        return self.states.names.entity(self.states.words(state), t)

    def _joined(
        self, edges: dict[tuple[int, int], tuple[list[str], int, bool]], initial: set[int]
    ) -> tuple[list[int], dict[tuple[int, int], tuple[list[str], int, bool]], list[int], list[int]]:
        """Join straight chains: the first node stands for all of them."""
        out: dict[int, list[int]] = {}
        coming: dict[int, int] = {}
        for one, two in edges:
            out.setdefault(one, []).append(two)
            coming[two] = coming.get(two, 0) + 1
        head = list(range(len(self.keys)))
        last, size = head[:], self.count[:]
        joined = {
            two: one
            for one, targets in out.items()
            for two in targets
            if len(targets) == 1 and two != ERROR and coming[two] == 1 and two not in initial
        }
        for start in range(len(self.keys)):
            if start in joined:
                continue
            node = start
            while len(out.get(node, ())) == 1 and joined.get(out[node][0]) == node:
                node = out[node][0]
                head[node], last[start] = start, node
                size[start] += self.count[node]
        # what is left in a ring of joined nodes keeps its first one apart
        kept = [g for g in range(len(self.keys)) if head[g] == g]
        merged: dict[tuple[int, int], tuple[list[str], int, bool]] = {}
        for (one, two), label in edges.items():
            source, target = head[one], two if two == ERROR else head[two]
            if two != ERROR and joined.get(two) == one and source == target:
                continue
            merged[source, target] = label
        return kept, merged, last, size
