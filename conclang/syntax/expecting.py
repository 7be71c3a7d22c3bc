"""The words of an `expect` line, which are plain names everywhere else.

After `expect` has been read, its line is gone over once: the first word may be a mode or a kind of
flaw, `at most`, `leads to`, `under` and `cores` are found by what stands beside them: the words
that join come after a whole operand, where no name can stand. So a variable may be called `error`
or `under`, and `expect always error == 0` or `expect timed a < 2 on under cores` mean what they
say.
"""

from __future__ import annotations

from conclang.syntax.keywords import FLAWS, MODES
from conclang.syntax.lexicon import Lexicon
from conclang.syntax.tokens import Tokens

# A word before one of these is a name, whatever it is.
OPERATORS = (
    "EQUAL NOT_EQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL PLUS STAR SLASH PERCENT DOT COMMA "
    "ASSIGN AND OR RPAR RSQB"
)


def retag(words: Lexicon, text: str, tokens: Tokens, first: int) -> None:
    """Give the words of the `expect` line whose first token this is their own kinds."""
    line = _Line(words, text, tokens, first)
    word = line.word(first)
    if not word:
        return line.retag_rest(first, timed=False)
    number = words.number
    after = tokens.kinds[first + 1]
    if word == "no" and line.word(first + 1):
        tokens.kinds[first] = number["NO"]
        if line.word(first + 1) in FLAWS:
            tokens.kinds[first + 1] = number["FLAW"]
    elif word in FLAWS and (line.ends(after) or after == number["ON"]):
        tokens.kinds[first] = number["FLAW"]
    elif word == "error" and after == number["STRING"]:
        tokens.kinds[first] = number["_ERROR"]
    elif word == "at" and line.word(first + 1) == "most":
        tokens.kinds[first] = number["_AT"]
        tokens.kinds[first + 1] = number["_MOST"]
    elif not (after in words.kinds(OPERATORS) or line.ends(after) or line.is_leads(first + 1)):
        kind = "MODE" if word in MODES else {"outcomes": "_OUTCOMES", "timed": "_TIMED"}.get(word)
        if kind:
            tokens.kinds[first] = number[kind]
    line.retag_rest(first, timed=tokens.kinds[first] == number["_TIMED"])


class _Line:
    """One `expect` line."""

    def __init__(self, words: Lexicon, text: str, tokens: Tokens, first: int) -> None:
        self.words = words
        self.text = text
        self.tokens = tokens
        self.number = words.number

    def word(self, at: int) -> str:
        """The name at a token, or "" if it is none."""
        if at >= len(self.tokens.kinds) or self.tokens.kinds[at] not in self.words.names:
            return ""
        return self.text[self.tokens.starts[at] : self.tokens.ends[at]]

    def ends(self, kind: int) -> bool:
        return kind in (self.words.separator, self.words.end, self.words.rbrace)

    def _last(self, at: int) -> bool:
        return self.ends(self.tokens.kinds[at]) or self.word(at) == "under"

    def is_leads(self, at: int) -> bool:
        return self.word(at) == "leads" and self.word(at + 1) == "to"

    def joins(self, at: int) -> bool:
        """Whether a word here can join what stands before it to what follows, and not be a name."""
        before = self.tokens.kinds[at - 1]
        if before == self.number["_TIMED"]:  # the condition is missing, or begins with this word
            after = self.tokens.kinds[at + 1]
            return after not in self.words.kinds(OPERATORS) and self.word(at + 1) != "under"
        return before in self.words.operand_ends or before in self.words.kinds(
            "DECIMAL RBRACE _CORES"
        )

    def retag_rest(self, first: int, timed: bool) -> None:
        """`leads to` anywhere; in a `timed` line also `under`, and `cores` after `on`."""
        tokens, words, number = self.tokens, self.words, self.number
        depth = 0
        placed = False
        for at in range(first, len(tokens.kinds)):
            kind = tokens.kinds[at]
            if kind == words.lbrace:
                depth += 1
            elif depth == 0 and self.ends(kind):
                return
            elif kind == words.rbrace:
                depth -= 1
            elif kind == number["ON"]:
                placed = timed
            elif kind == words.name:
                word = self.word(at)
                if timed and word == "under" and self.joins(at):
                    tokens.kinds[at] = number["_UNDER"]
                elif placed and word in ("core", "cores") and self._last(at + 1):
                    tokens.kinds[at] = number["_CORES"]
                elif word == "leads" and self.word(at + 1) == "to" and self.joins(at):
                    tokens.kinds[at] = number["_LEADS"]
                    tokens.kinds[at + 1] = number["_TO"]
