"""Lark's part: from the grammar to a table.

Runs when the table is made (once per change of the grammar) and in tests; a normal start of
conclang does not come here, so that `import lark` and the making of the table cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from lark import Lark, Token
from lark.grammar import Rule as LarkRule
from lark.grammar import Terminal
from lark.lexer import PatternStr, TerminalDef
from lark.parsers.lalr_analysis import Shift

from conclang.syntax.table import Rule, Table, fingerprint, late

STARTS = ("scenario", "policy", "expression")

# Terminals that no rule uses: the layout turns them into others or reports them.
BETWEEN = (
    "NEWLINE", "SEMICOLON", "SLIP_OPERATOR", "SLIP_COMMENT", "SLIP_STRING",
    "BAD_STRING", "BAD_NUMBER", "BAD_CHAR",
)  # fmt: skip


class NoLayout:
    """Stands in for the layout where only the table is wanted."""

    always_accept = BETWEEN

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


def lark_parser(grammar: str, layout: Any = None, **options: Any) -> Lark:
    """The grammar as Lark itself runs it: for the table, for tests, and to compare speeds with."""
    return Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start=list(STARTS),
        postlex=layout or NoLayout(),
        maybe_placeholders=True,
        **options,
    )


def build_table(grammar: str) -> Table:
    parser = lark_parser(grammar)
    parse_table = parser.parser.parser._parse_table
    numbering = _Numbering(parser.terminals, parser.rules, parse_table)
    patterns, keywords = _lexing(parser, numbering)
    starts = {
        str(name): (parse_table.start_states[name], parse_table.end_states[name]) for name in STARTS
    }
    actions, gotos, starts = _renumbered(numbering.actions, numbering.gotos, starts)
    return Table(
        fingerprint=fingerprint(grammar),
        terminals=tuple(numbering.terminals),
        nonterminals=tuple(numbering.nonterminals),
        patterns=patterns,
        keywords=keywords,
        signs={
            t.pattern.value: numbering.terminals[t.name]
            for t in sorted(parser.terminals, key=lambda t: t.name)
            if isinstance(t.pattern, PatternStr) and t.pattern.value not in keywords
        },
        ignored=frozenset(numbering.terminals[name] for name in parser.ignore_tokens),
        rules=late(len(numbering.rules), numbering.rules.__getitem__),
        actions=late(len(actions), actions.__getitem__),
        gotos=late(len(gotos), gotos.__getitem__),
        starts=starts,
    )


Rows = list[dict[int, int]]
Starts = dict[str, tuple[int, int]]


def _renumbered(actions: Rows, gotos: Rows, starts: Starts) -> tuple[Rows, Rows, Starts]:
    """States in the order in which one comes to them: Lark's own order changes with the hash seed.

    The first states are those of the start rules, so that no shift ever leads to state 0.
    """
    order = [first for first, _ in starts.values()]
    number = {state: position for position, state in enumerate(order)}
    for state in order:  # grows while it is walked
        shifts = [target for _, target in sorted(actions[state].items()) if target >= 0]
        for target in (*shifts, *(target for _, target in sorted(gotos[state].items()))):
            if target not in number:
                number[target] = len(order)
                order.append(target)
    new_actions = [
        {kind: number[a] if a >= 0 else a for kind, a in sorted(actions[state].items())}
        for state in order
    ]
    new_gotos = [{made: number[g] for made, g in sorted(gotos[state].items())} for state in order]
    return new_actions, new_gotos, {n: (number[a], number[b]) for n, (a, b) in starts.items()}


class _Numbering:
    """Names and rules of Lark's table as numbers, in an order that depends on nothing but it."""

    def __init__(
        self, terminals: Collection[TerminalDef], rules: list[LarkRule], parse_table: Any
    ) -> None:
        names = {str(name) for row in parse_table.states.values() for name in row}
        made = {rule.origin.name for rule in rules}
        names |= {terminal.name for terminal in terminals}
        self.terminals = {n: i for i, n in enumerate(["$END", *sorted(names - made - {"$END"})])}
        self.nonterminals = {n: i for i, n in enumerate(sorted(made))}
        rules = sorted(rules, key=lambda r: (str(r.origin.name), r.order, str(r.expansion)))
        self.rules = [self._rule(rule) for rule in rules]
        numbers = {rule: number for number, rule in enumerate(rules)}
        self.actions: list[dict[int, int]] = []
        self.gotos: list[dict[int, int]] = []
        for state in range(len(parse_table.states)):
            actions, gotos = self._state(parse_table.states[state], numbers)
            self.actions.append(actions)
            self.gotos.append(gotos)

    def _rule(self, rule: LarkRule) -> Rule:
        kept: list[int | None] = []
        position = 0
        for absent in rule.options.empty_indices or [False] * len(rule.expansion):
            if absent:
                kept.append(None)
                continue
            symbol = rule.expansion[position]
            if not (isinstance(symbol, Terminal) and symbol.filter_out):
                kept.append(position)
            position += 1
        passes = rule.options.expand1 and not rule.alias and len(kept) == 1
        name = "" if passes else rule.alias or str(rule.origin.name)
        return Rule(self.nonterminals[rule.origin.name], len(rule.expansion), name, tuple(kept))

    def _state(
        self, row: dict[Any, Any], numbers: dict[LarkRule, int]
    ) -> tuple[dict[int, int], dict[int, int]]:
        actions: dict[int, int] = {}
        gotos: dict[int, int] = {}
        for symbol, (action, argument) in row.items():
            name = str(symbol)
            if name in self.nonterminals:
                gotos[self.nonterminals[name]] = argument
            else:
                actions[self.terminals[name]] = argument if action is Shift else ~numbers[argument]
        return actions, gotos


def _lexing(
    parser: Lark, numbering: _Numbering
) -> tuple[tuple[tuple[int, str], ...], dict[str, int]]:
    """Lark's order of trial; words spelt like names are looked up after a name was read."""
    order = sorted(
        parser.terminals,
        key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name),
    )
    word = re.compile(next(t for t in order if t.name == "NAME").pattern.to_regexp())
    keywords: dict[str, int] = {}
    patterns: list[tuple[int, str]] = []
    for terminal in order:
        number = numbering.terminals[terminal.name]
        if isinstance(terminal.pattern, PatternStr) and word.fullmatch(terminal.pattern.value):
            keywords[terminal.pattern.value] = number
        else:
            patterns.append((number, terminal.pattern.to_regexp()))
    return tuple(patterns), dict(sorted(keywords.items()))
