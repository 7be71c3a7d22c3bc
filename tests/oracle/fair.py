"""Endless schedules: `eventually`, `leads to`, livelock, under weak, strong or no fairness.

An endless schedule ends up going round in a strongly connected part of the graph. The part can be
gone round fairly if every entity is served in it: weakly, if it moves in the part or cannot move
somewhere in it; strongly, if it moves in the part or can move nowhere in it. A part that is not
strongly fair may hold a smaller one that is: drop the states where somebody unserved could move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.oracle.search import Graph, end_of, spurious
from tests.oracle.state import State

Edge = Callable[[State, int, State], bool]


def avoids(graph: Graph, sources: Iterable[State], goal: set[State], fairness: str) -> bool:
    """Is there a complete fair schedule from a source that never comes to a goal?"""
    region = _reach(graph, [s for s in sources if s not in goal], goal)
    if any(end_of(graph, s) is not None for s in region):
        return True
    if any(e.status == "spinning" for s in region for e in s.entities if not graph.steps[s]):
        return True
    return bool(fair_part(graph, region, fairness, lambda *_: True))


def livelock(graph: Graph) -> bool:
    """A weakly fair endless schedule in which nobody ends, prints, enters or leaves a section."""
    return bool(
        fair_part(graph, set(graph.steps), "weak", lambda a, n, b: not _progress(graph, a, n, b))
    )


def fair_part(graph: Graph, region: set[State], fairness: str, allowed: Edge) -> set[State]:
    """A part of the region that can be gone round for ever, fairly; empty if there is none."""
    work = [region]
    while work:
        for part in components(graph, work.pop(), allowed):
            unserved = _unserved(graph, part, fairness, allowed)
            if not unserved:
                return part
            if fairness == "strong":
                rest = {s for s in part if not unserved & _able(graph, s)}
                if rest:
                    work.append(rest)
    return set()


def _unserved(graph: Graph, part: set[State], fairness: str, allowed: Edge) -> set[int]:
    if fairness == "none":
        return set()
    moving, somewhere, everywhere = set(), set(), None
    for state in part:
        able = _able(graph, state)
        able |= {n for n, e in enumerate(state.entities) if e.status == "spinning"}
        somewhere |= able
        everywhere = able if everywhere is None else everywhere & able
        for (number, after), partner in zip(graph.steps[state], graph.partners[state], strict=True):
            if after in part and allowed(state, number, after):
                moving |= {number, partner}
        moving |= {n for n, e in enumerate(state.entities) if e.status == "spinning"}
    wanting = somewhere if fairness == "strong" else everywhere or set()
    return wanting - moving


def _able(graph: Graph, state: State) -> set[int]:
    """Who can take a step, alone or as the one to whom something is handed over; waking up without
    a signal is nothing that has to happen."""
    actors = {n for n, _ in graph.steps[state] if not spurious(state, n)}
    return (actors | set(graph.partners[state])) - {-1}


def _progress(graph: Graph, state: State, number: int, after: State) -> bool:
    current = graph.machine.at(state, number)
    if current is not None and current[0] in ("print", "leave"):
        return True
    changed = zip(state.entities, after.entities, strict=False)
    return any(a.status != b.status or a.inside != b.inside for a, b in changed)


def _reach(graph: Graph, sources: list[State], goal: set[State]) -> set[State]:
    seen, work = set(sources), list(sources)
    while work:
        for _, after in graph.steps[work.pop()]:
            if after not in seen and after not in goal:
                seen.add(after)
                work.append(after)
    return seen


def _spins(state: State) -> bool:
    """Does somebody go round without a micro-op? That is endless, too."""
    return not state.error and any(e.status == "spinning" for e in state.entities)


def components(graph: Graph, region: set[State], allowed: Edge) -> list[set[State]]:
    """Strongly connected parts with at least one step inside (Kosaraju, two passes)."""

    def inside(state: State) -> list[State]:
        found = [b for n, b in graph.steps[state] if b in region and allowed(state, n, b)]
        return [*found, state] if _spins(state) else found

    order: list[State] = []
    seen: set[State] = set()
    for root in region:
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(inside(root)))]
        while path:
            following = next(path[-1][1], None)
            if following is None:
                order.append(path.pop()[0])
            elif following not in seen:
                seen.add(following)
                path.append((following, iter(inside(following))))
    back: dict[State, list[State]] = {state: [] for state in region}
    for state in region:
        for following in inside(state):
            back[following].append(state)
    parts, placed = [], set()
    for root in reversed(order):
        if root in placed:
            continue
        part, work = {root}, [root]
        placed.add(root)
        while work:
            for earlier in back[work.pop()]:
                if earlier not in placed:
                    placed.add(earlier)
                    part.add(earlier)
                    work.append(earlier)
        if len(part) > 1 or root in inside(root):
            parts.append(part)
    return parts
