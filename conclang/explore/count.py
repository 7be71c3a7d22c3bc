"""How many complete schedules there are, and how likely each outcome is. Exact.

A schedule is a path through the unreduced state graph from an initial state to an end. Where the
graph has no cycles, going through the states in topological order and adding up the numbers of
paths gives the counts; Python's integers are as large as it takes. The probability of a state is
that of its predecessors, each divided by the number of ways on; fractions stay exact.

With a cycle, or with a thread that goes round for ever, there are endless schedules and nothing to
count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from conclang.explore.graph import NO_STATE, Graph
from conclang.record import new, record


@record(frozen=False)
class Tally:
    """Paths to each end state and their probability; the same for each edge that fails."""

    paths: dict[int, int] = new(factory=dict)
    chance: dict[int, Fraction] = new(factory=dict)
    failed: dict[int, int] = new(factory=dict)
    failed_chance: dict[int, Fraction] = new(factory=dict)


def tally(graph: Graph, roots: Mapping[int, int], starts: int) -> Tally | None:
    """Count; `roots` says how many of the initial branches lead to each initial state.

    None: there are endless schedules.
    """
    order = graph.order()
    if order is None:
        return None
    result = Tally()
    paths: dict[int, int] = defaultdict(int, roots)
    chance: dict[int, Fraction] = defaultdict(Fraction)
    for root, count in roots.items():
        chance[root] = Fraction(count, starts)
    for state in order:
        edges = graph.out(state)
        count, share = paths.pop(state, 0), chance.pop(state, Fraction(0))
        if not edges:
            result.paths[state] = count
            result.chance[state] = share
            continue
        share /= len(edges)
        for edge in edges:
            target = graph.target[edge]
            if target == NO_STATE:
                result.failed[edge] = count
                result.failed_chance[edge] = share
            else:
                paths[target] += count
                chance[target] += share
    return result
