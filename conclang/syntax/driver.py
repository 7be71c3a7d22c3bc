"""The LALR loop: tokens in, nodes out, no recursion, no tree in between.

Each reduction calls the builder's function for that rule with the children that matter, in order:
nodes, lists, None for what was left out, and for a word the number of its token. The loop is
written for speed: it runs once per token and per rule of the whole file.

`run` stops at the first token that does not fit. Nothing is repaired here: `recover` then reads the
text again, more carefully.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.record import record
from conclang.syntax.table import Table, late
from conclang.syntax.tokens import Tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Reduce = Callable[[int, int, list["Any"]], "Any"]  # (first token, end offset, children) → value
MAX_STACK = 1500  # bounds how deep blocks, brackets and chains of prefixes can be together
Prepared = tuple[int, int, tuple[int, ...] | None, Reduce | None]


@record
class Stopped:
    """The number of the token that did not fit."""

    token: int


def prepare(table: Table, builder: object) -> dict[int, Prepared]:
    """Each rule as the loop wants it: nonterminal, length, positions kept, function.

    The function is the builder's method of that name; list rules and rules that only pass on have
    none. A position equal to the length stands for None. No positions = all of them, in order.
    """

    def prepared(number: int) -> Prepared:
        rule = table.rules[number]
        kept = tuple([rule.length if k is None else k for k in rule.kept])
        plain = kept == tuple(range(rule.length))
        function: Reduce | None = getattr(builder, rule.name) if rule.name else _only
        if not rule.name and plain:
            function = None
        return rule.made, rule.length, None if plain else kept, function

    return late(len(table.rules), prepared)


def _only(first: int, end: int, kids: list[Any]) -> Any:
    """The one child of a rule that only wraps it: `( expression )` as an argument."""
    (kid,) = kids
    return kid


def run(table: Table, rules: dict[int, Prepared], tokens: Tokens, start: str) -> Any:
    """The value of the start rule, or Stopped."""
    first_state, last_state = table.starts[start]
    actions, gotos = table.actions, table.gotos
    kinds, ends = tokens.kinds, tokens.ends
    states, firsts = [first_state], [0]
    values: list[Any] = [None]
    state = first_state
    for at, kind in enumerate(kinds):
        while True:
            action = actions[state].get(kind)
            if action is None:
                if kind == kinds[-1] and state == last_state and at == len(kinds) - 1:
                    return values[-1]
                return Stopped(at)
            if action >= 0:
                if len(states) > MAX_STACK:
                    return Stopped(at)
                state = action
                states.append(state)
                values.append(at)
                firsts.append(at)
                break
            made, length, kept, function = rules[~action]
            if function is None:
                state = gotos[states[-2]][made]
                states[-1] = state
                continue
            if length:
                part = values[-length:]
                first = firsts[-length]
                del values[-length:], firsts[-length:], states[-length:]
            else:
                part, first = [], at
            if kept is not None:
                part.append(None)
                part = [part[k] for k in kept]
            values.append(function(first, ends[at - 1], part))
            firsts.append(first)
            state = gotos[states[-1]][made]
            states.append(state)
    return Stopped(len(kinds) - 1)
