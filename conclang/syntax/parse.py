"""Text → tree. Never raises, whatever the text is.

Reading takes three steps: the layout makes tokens, the driver runs the prepared table over them and
the builder makes nodes as rules are reduced. That is all for a file without mistakes. At the first
token that does not fit, `recover` reads the tokens again, carefully, reports every mistake, and
leaves Error nodes where text did not parse.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText, Span
from conclang.record import record
from conclang.syntax import nodes
from conclang.syntax.build_declarations import Builder
from conclang.syntax.build_expressions import ExpressionBuilder
from conclang.syntax.driver import Stopped, prepare, run
from conclang.syntax.grammar import load_table
from conclang.syntax.layout import read_tokens
from conclang.syntax.tokens import Tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@record
class Comment:
    """A `//` comment: its text as written, and whether anything stands before it on its line."""

    span: Span
    text: str
    trailing: bool


def parse(source: SourceText) -> tuple[nodes.Scenario, Bag]:
    """The tree of a file and everything there is to say about its form."""
    scenario, bag, _ = parse_with_comments(source)
    return scenario, bag


def parse_with_comments(source: SourceText) -> tuple[nodes.Scenario, Bag, tuple[Comment, ...]]:
    """The same, with the comments in order, for the formatter."""
    bag = Bag(source)
    tokens = read_tokens(bag)
    if tokens.comments:
        from conclang.syntax.slips_comments import warn_floor_division

        warn_floor_division(bag, tokens)
    builder = Builder(bag, tokens)
    scenario = None if tokens.too_deep else _read(builder, tokens, "scenario")
    if not isinstance(scenario, nodes.Scenario):
        span = Span(0, len(source.text))
        scenario = nodes.Scenario(builder.new_id(), span, builder.title_node, ())
    return scenario, bag, _comments(source, tokens)


def parse_policy(source: SourceText) -> tuple[nodes.Policy | None, Bag]:
    """The policy in a text such as `round_robin(quantum: 2)`; None if it is none."""
    value, bag = _parse_part(source, "policy")
    policy: nodes.Policy | None = value
    return policy, bag


def parse_expression(source: SourceText) -> tuple[nodes.Expression | None, Bag]:
    """The expression in a text such as `count + 1`; None if it is none."""
    value, bag = _parse_part(source, "expression")
    expression: nodes.Expression | None = value
    return expression, bag


def _parse_part(source: SourceText, start: str) -> tuple[Any, Bag]:
    bag = Bag(source)
    tokens = read_tokens(bag)
    value = None if tokens.too_deep else _read(Builder(bag, tokens), tokens, start)
    return (value if bag.ok else None), bag


def parse_slice(builder: ExpressionBuilder, start: int, end: int) -> nodes.Expression:
    """The expression in a part of the builder's text; its nodes join the builder's tree."""
    outer = builder.tokens
    tokens = read_tokens(builder.bag, start, end)
    builder.take(tokens)
    value: nodes.Expression | None = None
    if not tokens.too_deep:
        value = _read(builder, tokens, "expression")
    builder.take(outer)
    if value is None:
        return nodes.ErrorExpression(builder.new_id(), Span(start, end))
    return value


def _read(builder: ExpressionBuilder, tokens: Tokens, start: str) -> Any:
    table = load_table()
    rules = prepare(table, builder)
    value = run(table, rules, tokens, start)
    if not isinstance(value, Stopped):
        return value
    from conclang.syntax.recover import Recovery

    return Recovery(builder, table, rules, tokens, start).read()


def _comments(source: SourceText, tokens: Tokens) -> tuple[Comment, ...]:
    text = source.text
    found = []
    for start, end in tokens.comments:
        line = text.rfind("\n", 0, start) + 1
        before = text[line:start]
        span = Span(start, start + len(text[start:end].rstrip()))
        found.append(Comment(span, text[span.start : span.end], bool(before.strip())))
    return tuple(found)
