"""The grammar as Lark alone reads it: Lark's own lexer, its own loop, no tree.

Nothing in conclang runs this. It is the measure that the tests hold the driver and the layout
against (same words, same verdict on every text), and the one the benchmarks compare speeds with.
The layout is written a second time here, as plainly as possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Lark, Token

from conclang.syntax.expecting import retag
from conclang.syntax.lark_build import BETWEEN, lark_parser
from conclang.syntax.lexicon import lexicon
from conclang.syntax.tokens import Tokens

NO_END_AFTER = ("COMMA", "LBRACE")
NO_END_BEFORE = ("RBRACE", "ELSE", "LBRACE")
OPENERS = ("LPAR", "LSQB")
CLOSERS = ("RPAR", "RSQB")


class PlainLayout:
    """Separators and the words of `expect` lines, for texts without mistakes in them."""

    always_accept = BETWEEN

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = list(self._separated(stream))
        return iter(self._retagged(tokens))

    def _separated(self, stream: Iterator[Token]) -> Iterator[Token]:
        depth, ended, last = 0, False, ""
        for token in stream:
            if token.type in ("NEWLINE", "SEMICOLON"):
                ended = True
                continue
            means = bool(last) and last not in NO_END_AFTER and token.type not in NO_END_BEFORE
            if ended and depth == 0 and means:
                yield Token.new_borrow_pos("_SEP", "", token)
            ended = False
            depth += (token.type in OPENERS) - (token.type in CLOSERS)
            last = token.type
            yield token

    def _retagged(self, tokens: list[Token]) -> list[Token]:
        words = lexicon()
        text, flat = "".join(tokens), Tokens()
        start = 0
        for token in tokens:
            flat.add(words.number[token.type], start, start + len(token))
            start += len(token)
        flat.add(words.end, len(text), len(text))
        for at, token in enumerate(tokens):
            if token.type == "EXPECT":
                retag(words, text, flat, at + 1)
        names = words.table.terminals
        return [
            token if names[kind] == token.type else Token.new_borrow_pos(names[kind], token, token)
            for token, kind in zip(tokens, flat.kinds, strict=False)
        ]


def reference_parser(grammar: str, **options: Any) -> Lark:
    """Lark with everything it needs to read a file without mistakes."""
    return lark_parser(grammar, layout=PlainLayout(), **options)
