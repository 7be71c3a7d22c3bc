"""The kinds of words by number and name, and the one regular expression that finds them.

Made once per process from the parser table; the sets below are what layout and recovery decide by.
"""

from __future__ import annotations

import re
from functools import cache

from conclang.syntax.grammar import load_table
from conclang.syntax.keywords import SOFT, WORDS, Place
from conclang.syntax.table import Table

# Words that start a statement or a declaration and cannot stand inside an expression: met at the
# start of a line inside brackets, they say that a bracket was forgotten.
VALUES = frozenset("spawn go async await try_acquire".split())
STARTERS = " ".join(
    word.text.upper()
    for word in WORDS
    if word.place is Place.EVERYWHERE
    and (word.text in ("else", "case") or (word.starts and word.text not in VALUES))
)
ODD = "SLIP_OPERATOR SLIP_COMMENT SLIP_STRING BAD_STRING BAD_NUMBER BAD_CHAR"


class Lexicon:
    """Numbers of terminals, and sets of them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.number = {name: index for index, name in enumerate(table.terminals)}
        self.words = table.keywords
        self.name = self.number["NAME"]
        self.end = self.number["$END"]
        self.separator = self.number["_SEP"]
        self.error = self.number["ERR"]
        self.newline = self.number["NEWLINE"]
        self.semicolon = self.number["SEMICOLON"]
        self.comment = self.number["COMMENT"]
        self.lbrace = self.number["LBRACE"]
        self.rbrace = self.number["RBRACE"]
        self._sets()
        order = self._patterns()
        self.groups = [0, *(kind for kind, _ in order)]
        self.scanner = re.compile("[ \t]*(?:" + "|".join(f"({p})" for _, p in order) + ")")
        self.spelt = {**table.keywords, **table.signs}
        self.spelling = {kind: text for text, kind in self.spelt.items()}

    def _sets(self) -> None:
        self.names = frozenset([self.name, *(self.number[word.upper()] for word in SOFT)])
        self.starters = self.kinds(STARTERS)
        self.skipped = self.table.ignored
        self.braces = self.kinds("LBRACE RBRACE")
        self.openers = self.kinds("LPAR LSQB")
        self.closers = self.kinds("RPAR RSQB")
        self.no_end_after = self.kinds("COMMA LBRACE _SEP")
        self.begin = self.kinds("_SEP LBRACE RBRACE")  # a statement may begin after one of these
        self.no_end_before = self.kinds("RBRACE ELSE LBRACE")
        self.operand_ends = self.names | self.kinds("INT STRING TRUE FALSE RPAR RSQB")
        # `join`, `read` and `write` may stand before a name, so they end no value for sure.
        self.value_ends = self.kinds("NAME INT STRING TRUE FALSE RPAR RSQB")
        self.operand_starts = self.names | self.kinds("INT STRING TRUE FALSE")
        self.odd = self.kinds(ODD)
        self.assigns = self.kinds("ASSIGN PLUS_ASSIGN MINUS_ASSIGN STAR_ASSIGN SLASH_ASSIGN")
        self.special = self.odd | self.braces | self.openers | self.closers | self.assigns
        self.special |= self.kinds("EXPECT")

    def kinds(self, names: str) -> frozenset[int]:
        """The set of some terminals, named with blanks between."""
        return frozenset(self.number[name] for name in names.split())

    def _patterns(self) -> list[tuple[int, str]]:
        """The most frequent first; names begin like nothing else, so this changes no meaning."""
        frequent = [self.name, self.newline]
        found = dict(self.table.patterns)
        rest = [(kind, p) for kind, p in self.table.patterns if kind not in frequent]
        return [(kind, found[kind]) for kind in frequent] + rest


@cache
def lexicon() -> Lexicon:
    """The lexicon of the grammar in use."""
    return Lexicon(load_table())
