"""A comment that was meant as Python's floor division: `let half = count // 2`."""

from __future__ import annotations

import re

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import Span
from conclang.syntax.lexicon import Lexicon, lexicon
from conclang.syntax.tokens import Tokens

# One operand, perhaps followed by the ends of blocks; a sentence is longer than that.
_OPERAND = re.compile(r"//[ \t]*(-?\w+(?:\[\w+\])?|\([\w+*/% -]{1,40}\))[ \t]*[})\]; \t]*")
_WORD = re.compile(r"[A-Za-z_]\w*")
LEFT = "NAME INT RPAR RSQB"
# Statements that consist of an expression, besides assignments.
VALUES = "LET RETURN WORK SLEEP IO REPEAT PRINT IF WHILE CONST ASSERT"
ASSIGNS = "ASSIGN PLUS_ASSIGN MINUS_ASSIGN STAR_ASSIGN SLASH_ASSIGN PERCENT_ASSIGN"
FAR = 60  # tokens looked at to find the beginning of the statement


def warn_floor_division(bag: Bag, tokens: Tokens) -> None:
    """A warning for each comment that looks like the right side of a division."""
    words, text = lexicon(), bag.source.text
    names: set[str] | None = None
    before = 0
    for start, end in tokens.comments:
        match = _OPERAND.fullmatch(text, start, end)
        if match is None:
            continue
        while before < len(tokens.kinds) - 1 and tokens.starts[before] < start:
            before += 1
        left = _left_side(words, tokens, text, before - 1, start)
        if left < 0:
            continue
        if names is None:
            names = _names(words, tokens, text)
        operand = match[1]
        found = set(_WORD.findall(operand))
        plain = tokens.kinds[left] == words.number["INT"] and found
        if found <= names and not plain:
            _warn(bag, Span(start, start + 2), operand)


def _left_side(words: Lexicon, tokens: Tokens, text: str, at: int, start: int) -> int:
    """The token before the comment if it is on its line and ends an expression; else -1."""
    while at >= 0 and tokens.starts[at] == tokens.ends[at]:
        at -= 1  # separators have no width
    if at < 0 or tokens.kinds[at] not in words.kinds(LEFT):
        return -1
    if "\n" in text[tokens.ends[at] : start]:
        return -1
    values, assigns = words.kinds(VALUES), words.kinds(ASSIGNS)
    for token in range(at, max(-1, at - FAR), -1):
        kind = tokens.kinds[token]
        if kind in words.begin:
            return -1
        if kind in assigns or kind in values:
            return at
    return -1


def _names(words: Lexicon, tokens: Tokens, text: str) -> set[str]:
    name = words.name
    return {
        text[tokens.starts[token] : tokens.ends[token]]
        for token, kind in enumerate(tokens.kinds)
        if kind == name
    }


def _warn(bag: Bag, span: Span, operand: str) -> None:
    bag.report(
        "CW0201",
        span,
        f"`//` starts a comment: nothing is divided by `{operand}` here",
        help=f"`/` rounds down already: write `/ {operand}`",
    )
