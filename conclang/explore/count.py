"""How many complete schedules there are, and how likely each outcome is. Exact.

A schedule is a path through the unreduced state graph from an initial state to an end. Where the
graph has no cycles, going through the states in topological order and adding up the numbers of
paths gives the counts; Python's integers are as large as it takes. The probability of a state is
that of its predecessors, each divided by the number of ways on.

Probabilities stay exact, and need no fractions on the way: where every number of ways divides L
and no schedule is longer than K, all of them are multiples of 1 / (starts * L ** K), so they are
counted in that unit.

With a cycle, or with a thread that goes round for ever, there are endless schedules and nothing to
count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm

from conclang.explore.graph import NO_STATE, Graph
from conclang.record import new, record


@record(frozen=False)
class Tally:
    """Paths to each end state and their probability; the same for each edge that fails."""

    paths: dict[int, int] = new(factory=dict)
    chance: dict[int, Fraction] = new(factory=dict)
    failed: dict[int, int] = new(factory=dict)
    failed_chance: dict[int, Fraction] = new(factory=dict)


def tally(
    graph: Graph, roots: Mapping[int, int], starts: int, check: Callable[[], None] = lambda: None
) -> Tally | None:
    """Count; `roots` says how many of the initial branches lead to each initial state.

    None: there are endless schedules.
    """
    order = graph.order()
    if order is None:
        return None
    first, target = graph.first, graph.target
    degrees = {first[s + 1] - first[s] for s in range(graph.count)} - {0}
    unit = lcm(*degrees) ** graph.longest(order)
    result = Tally()
    paths, share = [0] * graph.count, [0] * graph.count
    for root, count in roots.items():
        paths[root], share[root] = count, count * unit
    for index, state in enumerate(order):
        if not index & 0x3FFF:
            check()
        count, part = paths[state], share[state]
        begin, end = first[state], first[state + 1]
        paths[state] = share[state] = 0
        if begin == end:
            result.paths[state] = count
            result.chance[state] = Fraction(part, starts * unit)
            continue
        part //= end - begin
        for edge in range(begin, end):
            there = target[edge]
            if there == NO_STATE:
                result.failed[edge] = count
                result.failed_chance[edge] = Fraction(part, starts * unit)
            else:
                paths[there] += count
                share[there] += part
    return result
