"""The distinct ends of a program, and with `--count` how many schedules lead to each."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from conclang.explore.facts import Facts
from conclang.explore.graph import Graph
from conclang.explore.judge import Judge
from conclang.explore.patience import FINISHING
from conclang.explore.result import Counts, OutcomeRow, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

Row = tuple[tuple[str, Value], ...]


def plain_rows(judge: Judge, facts: Facts) -> tuple[OutcomeRow, ...]:
    """Distinct final values, sorted; those that there was time to look at."""
    found: dict[str, Row] = {}

    def look() -> None:
        for report in facts.ends.values():
            row = judge.outcome_of(judge.words_at(report))
            found[repr(row)] = row

    judge.patiently(look, mood=FINISHING)
    return tuple(OutcomeRow(row) for row in sorted(found.values(), key=_order))


def counted_rows(judge: Judge, facts: Facts) -> tuple[tuple[OutcomeRow, ...], Counts]:
    """The same with numbers of schedules and probabilities."""
    from fractions import Fraction

    from conclang.explore.count import tally

    graph, search = facts.graph, facts.graph_of
    assert graph is not None
    roots: Counter[int] = Counter()
    starts = 0
    for start in search.initials():
        starts += 1
        if not start[0]:
            roots[search.number(search.find(start[3]))] += 1
    counted = tally(graph, roots, starts, judge.patience.check)
    if counted is None:
        return plain_rows(judge, facts), Counts(infinite=True)
    sums = _Sums(judge, search)
    for start in search.initials() if sum(roots.values()) < starts else ():
        if start[0]:
            sums.add("failed", start[3], 1, Fraction(1, starts))
    for state, count in sorted(counted.paths.items()):
        words = sums.words(state)
        kind = "finished" if _finished(judge, words) else "deadlocked"
        sums.add(kind, words, count, counted.chance[state])
    for edge, count in sorted(counted.failed.items()):
        sums.add("failed", sums.after(graph, edge), count, counted.failed_chance[edge])
    return sums.rows(), sums.counts()


class _Sums:
    """Adds up schedules and chances by outcome and by kind of end."""

    def __init__(self, judge: Judge, search: Any) -> None:
        self.judge = judge
        self.search = search
        self.places = search.places()
        self.kinds: Counter[str] = Counter()
        self.paths: Counter[str] = Counter()
        self.chance: dict[str, Fraction] = {}
        self.by_key: dict[str, Row] = {}

    def words(self, state: int) -> list[int]:
        words: list[int] = self.search.words(self.places[state])
        return words

    def after(self, graph: Graph, edge: int) -> list[int]:
        """The broken state that a failing edge leaves."""
        source = graph.source[edge]
        nth = edge - graph.first[source]
        ways = self.search.successors(self.words(source))
        words: list[int] = next(islice(ways, nth, None))[5]
        return words

    def add(self, kind: str, words: list[int], count: int, chance: Fraction) -> None:
        self.kinds[kind] += count
        row = self.judge.outcome_of(words)
        key = repr(row)
        self.by_key[key] = row
        self.paths[key] += count
        self.chance[key] = self.chance[key] + chance if key in self.chance else chance

    def rows(self) -> tuple[OutcomeRow, ...]:
        return tuple(
            OutcomeRow(
                self.by_key[key],
                self.paths[key],
                (self.chance[key].numerator, self.chance[key].denominator),
            )
            for key in sorted(self.by_key, key=lambda key: _order(self.by_key[key]))
        )

    def counts(self) -> Counts:
        kinds = self.kinds
        complete = sum(kinds.values())
        return Counts(complete, kinds["finished"], kinds["deadlocked"], kinds["failed"])


def _finished(judge: Judge, words: list[int]) -> bool:
    threads = judge.program.threads
    return all(
        judge.names.status(words, t) == 6 or (t < len(threads) and threads[t].attributes.daemon)
        for t in range(words[0])
    )


def _order(row: Row) -> tuple[object, ...]:
    """Numbers by value, texts by letters; lists by their items."""
    return tuple(_key(value) for _, value in row)


def _key(value: Value) -> tuple[object, ...]:
    if isinstance(value, list):
        return (2, tuple(_key(item) for item in value))
    if isinstance(value, str):
        return (1, value)
    return (0, -1 if value is None else int(value))
