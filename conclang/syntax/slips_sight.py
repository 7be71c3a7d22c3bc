"""What a slip rule sees: one statement, the token that does not fit, and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.diagnostics.diagnostic import Diagnostic, Label
from conclang.diagnostics.source import Span
from conclang.record import record

if TYPE_CHECKING:
    from conclang.syntax.recover import Recovery

ENDS = ("_SEP", "RBRACE", "$END")


@record
class Edit:
    """Tokens first … stop become others: a spelling, a kind, or the number of a token to keep."""

    first: int
    stop: int
    new: tuple[str | int, ...] = ()


@record
class Mend:
    """What a slip was (None: somebody else will say it) and how to read on.

    The edits go from the back of the text to the front.
    """

    code: str
    diagnostic: Diagnostic | None
    edits: tuple[Edit, ...] = ()


@record
class Sight:
    """`start` is the first token of the statement, `at` the one that does not fit."""

    reader: Recovery
    start: int
    at: int
    context: str  # "statement", "declaration", "arm", "setting" or "" (a part of a text)
    fresh: bool  # the token at hand would begin the statement

    @classmethod
    def of(cls, reader: Recovery) -> Sight:
        at = reader.at
        anchor = reader.anchor()
        fresh = at == 0 or reader.kind(at - 1) in ("_SEP", "LBRACE", "RBRACE")
        if fresh:
            return cls(reader, at, at, reader.context(), True)
        start = anchor.token if anchor else at
        return cls(reader, start, at, anchor.context if anchor else "", False)

    # ---------------------------------------------------------------- looking

    def kind(self, token: int) -> str:
        return self.reader.kind(token)

    def word(self, token: int) -> str:
        return self.reader.word(token)

    def text(self, first: int, stop: int) -> str:
        """The source of some tokens, shortened if it is long."""
        if first >= stop:
            return ""
        text = self.reader.text[self.reader.starts[first] : self.reader.ends[stop - 1]]
        text = " ".join(text.split())
        return text if len(text) <= 40 else text[:37] + "…"

    def span(self, first: int, stop: int | None = None) -> Span:
        return self.reader.span(first, first + 1 if stop is None else stop)

    def is_name(self, token: int) -> bool:
        return (
            0 <= token < len(self.reader.kinds)
            and self.reader.kinds[token] in self.reader.words.names
        )

    def adjacent(self, token: int) -> bool:
        """Does this token follow the one before without a blank?"""
        return token > 0 and self.reader.ends[token - 1] == self.reader.starts[token]

    def line_end(self, token: int) -> int:
        return self.reader.line_end(token)

    def ends(self, token: int) -> bool:
        return self.kind(token) in ENDS

    def closing(self, opener: int) -> int:
        """The bracket that closes one, on the same statement; -1 if there is none."""
        depth = 0
        for token in range(opener, len(self.reader.kinds)):
            kind = self.kind(token)
            if kind in ("LPAR", "LSQB"):
                depth += 1
            elif kind in ("RPAR", "RSQB"):
                depth -= 1
                if depth == 0:
                    return token
            elif kind in ("_SEP", "LBRACE", "RBRACE", "$END"):
                return -1
        return -1

    def has(self, name: str) -> int:
        """The first token of a kind between the start and the token at hand; -1 if none."""
        for token in range(self.start, self.at):
            if self.kind(token) == name:
                return token
        return -1

    def has_any(self, names: tuple[str, ...]) -> int:
        """The first token of one of these kinds before the token at hand; -1 if none."""
        for token in range(self.start, self.at):
            if self.kind(token) in names:
                return token
        return -1

    def fits(self, *names: str) -> bool:
        """Would these kinds fit in the place of the token at hand?"""
        return self.reader.fits([self.reader.words.number[name] for name in names])

    def fits_at_start(self, kind: str, token: int) -> bool:
        """Would the statement go well if it began with this kind, then that token?"""
        reader = self.reader
        numbers = [reader.words.number[kind], reader.kinds[token]]
        anchor = reader.anchor()
        depth = None if self.fresh or anchor is None else anchor.depth
        return reader.fits(numbers, depth)

    def line_fits(self, kind: str) -> bool:
        """Would the whole line go well if it began with this kind?"""
        reader = self.reader
        stop = self.line_end(self.start + 1)
        numbers = [reader.words.number[kind], *reader.kinds[self.start + 1 : stop + 1]]
        anchor = reader.anchor()
        depth = None if self.fresh or anchor is None else anchor.depth
        return reader.fits(numbers, depth)

    # ----------------------------------------------------------------- saying

    def mend(
        self,
        code: str,
        span: Span,
        message: str,
        help: str,
        *edits: Edit,
        labels: tuple[Label, ...] = (),
    ) -> Mend:
        diagnostic = Diagnostic(code, message, span, labels=labels, helps=(help,))
        return Mend(code, diagnostic, edits)

    def possible(self, mend: Mend) -> bool:
        """Edits before the token at hand need the beginning of the statement to go back to."""
        first = min((edit.first for edit in mend.edits), default=self.at)
        return first >= self.at or (first >= self.start and not self.fresh)


def closing_brace(see: Sight, opener: int) -> int:
    """Behind the `}` that belongs to a `{`, or the end of the file."""
    depth, token = 0, opener
    while token < len(see.reader.kinds) - 1:
        depth += (see.kind(token) == "LBRACE") - (see.kind(token) == "RBRACE")
        token += 1
        if depth == 0:
            break
    return token
