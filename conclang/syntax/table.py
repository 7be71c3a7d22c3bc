"""The prepared parser: everything the driver needs, as plain numbers.

Lark works the LALR table out from the grammar (`lark_build`), which takes a quarter of a second;
what is kept here loads in a few milliseconds and needs no Lark. The text form is JSON, so that a
damaged or hostile file can at worst be refused.

An action is one integer: positive = shift and go to that state, negative = reduce by rule ~action.
Rows of equal content are kept once.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from conclang.record import record

FORMAT = 1  # raised whenever the meaning of a prepared table changes


@record
class Rule:
    """`kept` are the positions of the children that matter; None is an optional one left out."""

    made: int  # number of the nonterminal
    length: int
    name: str  # alias, or name of the rule; "" if it only passes its child on
    kept: tuple[int | None, ...]


@record
class Table:
    fingerprint: str
    terminals: tuple[str, ...]
    nonterminals: tuple[str, ...]
    patterns: tuple[tuple[int, str], ...]  # (terminal, regular expression), in order of trial
    keywords: dict[str, int]  # spelling of a word -> terminal
    signs: dict[str, int]  # spelling of punctuation -> terminal
    ignored: frozenset[int]
    rules: tuple[Rule, ...]
    actions: tuple[dict[int, int], ...]  # by state: terminal -> action
    gotos: tuple[dict[int, int], ...]  # by state: nonterminal -> state
    starts: dict[str, tuple[int, int]]  # start rule -> (first state, last state)

    def terminal(self, name: str) -> int:
        return self.terminals.index(name)


def fingerprint(grammar: str) -> str:
    """Tells whether a table was made from this grammar. Against mistakes, not against malice."""
    return f"{FORMAT}:{len(grammar)}:{zlib.crc32(grammar.encode()):08x}"


def to_text(table: Table) -> str:
    """One line per kind of thing, so that a changed grammar shows a readable difference."""
    rows, numbers = _shared_rows(table.actions)
    goto_rows, goto_numbers = _shared_rows(table.gotos)
    parts = {
        "fingerprint": table.fingerprint,
        "terminals": table.terminals,
        "nonterminals": table.nonterminals,
        "patterns": table.patterns,
        "keywords": table.keywords,
        "signs": table.signs,
        "ignored": sorted(table.ignored),
        "rules": [(r.made, r.length, r.name, r.kept) for r in table.rules],
        "action_rows": rows,
        "actions": numbers,
        "goto_rows": goto_rows,
        "gotos": goto_numbers,
        "starts": table.starts,
    }
    lines = [f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in parts.items()]
    return "{" + ",\n".join(lines) + "}\n"


def _shared_rows(states: tuple[dict[int, int], ...]) -> tuple[list[list[int]], list[int]]:
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    numbers = [seen.setdefault(tuple(sorted(row.items())), len(seen)) for row in states]
    return [[number for pair in row for number in pair] for row in seen], numbers


def from_text(text: str, wanted: str) -> Table | None:
    """The table, or None if it is not one, or not one of the `wanted` grammar."""
    if wanted not in text[:80]:
        return None
    try:
        data = json.loads(text)
        return _from_data(data) if data["fingerprint"] == wanted else None
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _from_data(raw: dict[str, Any]) -> Table:
    rows = [dict(zip(row[::2], row[1::2], strict=True)) for row in raw["action_rows"]]
    goto_rows = [dict(zip(row[::2], row[1::2], strict=True)) for row in raw["goto_rows"]]
    return Table(
        fingerprint=str(raw["fingerprint"]),
        terminals=tuple(raw["terminals"]),
        nonterminals=tuple(raw["nonterminals"]),
        patterns=tuple((number, pattern) for number, pattern in raw["patterns"]),
        keywords=dict(raw["keywords"]),
        signs=dict(raw["signs"]),
        ignored=frozenset(raw["ignored"]),
        rules=tuple(Rule(m, n, name, tuple(kept)) for m, n, name, kept in raw["rules"]),
        actions=tuple([rows[number] for number in raw["actions"]]),
        gotos=tuple([goto_rows[number] for number in raw["gotos"]]),
        starts={k: (v[0], v[1]) for k, v in dict(raw["starts"]).items()},
    )
