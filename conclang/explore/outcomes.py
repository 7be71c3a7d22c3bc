"""The distinct ends of a program, and with `--count` how many schedules lead to each."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from conclang.explore.count import tally
from conclang.explore.facts import Facts
from conclang.explore.judge import Judge
from conclang.explore.reports import END, Report
from conclang.explore.result import Counts, OutcomeRow, Value

Row = tuple[tuple[str, Value], ...]


def plain_rows(judge: Judge, facts: Facts) -> tuple[OutcomeRow, ...]:
    """Distinct final values, sorted."""
    found = {
        repr(row): row
        for row in (judge.outcome(report, memory) for (_, memory), report in facts.ends.items())
    }
    return tuple(OutcomeRow(row) for row in sorted(found.values(), key=_order))


def counted_rows(judge: Judge, facts: Facts) -> tuple[tuple[OutcomeRow, ...], Counts]:
    """The same with numbers of schedules and probabilities."""
    graph, search = facts.graph, facts.graph_of
    assert graph is not None
    starts = search.initials()
    roots = Counter(search.number(search.find(start[3])) for start in starts if not start[0])
    counted = tally(graph, roots, sum(1 for start in starts if start[0]))
    if counted is None:
        return plain_rows(judge, facts), Counts(infinite=True)
    places = search.places()
    kinds: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    chance: dict[str, Fraction] = {}
    rows: dict[str, Row] = {}
    for state, count in sorted(counted.paths.items()):
        words = search.words(places[state])
        kinds["finished" if _finished(judge, words) else "deadlocked"] += count
        report = Report(END, (), places[state], -1, 0, search)
        row = judge.outcome(report, judge.names.memory(words))
        key = repr(row)
        rows[key] = row
        paths[key] += count
        chance[key] = chance.get(key, Fraction(0)) + counted.chance[state]
    listed = sorted(rows, key=lambda key: _order(rows[key]))
    complete = kinds["finished"] + kinds["deadlocked"] + counted.failed
    return (
        tuple(
            OutcomeRow(rows[k], paths[k], (chance[k].numerator, chance[k].denominator))
            for k in listed
        ),
        Counts(complete, kinds["finished"], kinds["deadlocked"], counted.failed),
    )


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
