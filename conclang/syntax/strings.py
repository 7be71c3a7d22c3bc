"""What a string literal says: escapes, and in `print` and assert messages `{expression}`.

The expression inside braces is a slice of the same text, read with its own start rule, so that its
nodes have true places and its mistakes are shown where they stand.
"""

from __future__ import annotations

import re

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import Span
from conclang.syntax import nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.syntax.build_expressions import ExpressionBuilder

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"\\.|\{\{|\}\}|\{|\}")


def plain_text(bag: Bag, span: Span) -> str:
    """The text of a literal (its quotes included in the span) with escapes resolved."""
    raw = _inside(bag.source.text, span)
    if "\\" not in raw:
        return raw

    def resolve(match: re.Match[str]) -> str:
        letter = match[1]
        if letter not in ESCAPES:
            at = span.start + 1 + match.start()
            _unknown_escape(bag, Span(at, at + 2), letter)
        return ESCAPES.get(letter, match[0])

    return _ESCAPE.sub(resolve, raw)


def _inside(text: str, span: Span) -> str:
    """Without the quotes; a text that does not end has been reported and has only one."""
    return text[span.start + 1 : _end(text, span)]


def _end(text: str, span: Span) -> int:
    closed = span.end - span.start >= 2 and text[span.end - 1] == text[span.start]
    return span.end - 1 if closed else span.end


def _unknown_escape(bag: Bag, span: Span, letter: str) -> None:
    bag.report(
        "CL0112",
        span,
        f"`\\{letter}` is no escape",
        label='only `\\n`, `\\t`, `\\"` and `\\\\` are',
        help=f"write `\\\\{letter}` for a backslash in the text",
    )


def pieces(
    builder: ExpressionBuilder, literal: nodes.StringLiteral
) -> tuple[str | nodes.Expression, ...]:
    """The parts of a text with `{expression}` in it: strings and expressions, in order."""
    text = builder.text
    end = _end(text, literal.span)
    parts: list[str | nodes.Expression] = []
    pending: list[str] = []
    at = literal.span.start + 1
    while match := _SPECIAL.search(text, at, end):
        pending.append(text[at : match.start()])
        at = match.end()
        found = match[0]
        if found[0] == "\\":
            pending.append(ESCAPES.get(found[1], found))
        elif found in ("{{", "}}"):
            pending.append(found[0])
        elif found == "}":
            _lone(builder.bag, match.start(), "}")
        else:
            close = text.find("}", at, end)
            if close < 0:
                _lone(builder.bag, match.start(), "{")
                continue
            if joined := "".join(pending):
                parts.append(joined)
            pending.clear()
            parts.append(_expression(builder, match.start(), close))
            at = close + 1
    pending.append(text[at:end])
    if joined := "".join(pending):
        parts.append(joined)
    return tuple(parts)


def _expression(builder: ExpressionBuilder, opener: int, closer: int) -> nodes.Expression:
    from conclang.syntax.parse import parse_slice

    if not builder.text[opener + 1 : closer].strip():
        message = "there is no expression between these braces"
        help = "write an expression, or `{{}}` for the braces themselves"
        builder.report("CL0117", Span(opener, closer + 1), message, help=help)
        return nodes.ErrorExpression(builder.new_id(), Span(opener, closer + 1))
    return parse_slice(builder, opener + 1, closer)


def _lone(bag: Bag, at: int, brace: str) -> None:
    what = "opens" if brace == "{" else "closes"
    bag.report(
        "CL0117",
        Span(at, at + 1),
        f"this `{brace}` {what} no expression",
        help=f"write `{brace * 2}` for a brace in the text",
    )
