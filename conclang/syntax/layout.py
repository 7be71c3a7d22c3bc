"""From text to the words the parser reads, with the ends of statements put in.

The scanner is one regular expression made from the grammar's terminals, tried in Lark's order. In
the same pass the layout decides which newlines mean something:

* a newline or `;` is a separator (`_SEP`); several are one;
* there is none inside `( )` and `[ ]`, after a comma, after `{`, before `}`, `else` and `{`,
  nor at either end of the file.

A bracket that is still open where a line starts with a word that no expression contains, or where
a brace comes, was forgotten: it is reported and closed there. Text that is no word of the language
is reported and replaced by what was meant (`slips_lexing`). So each such slip costs one report,
and the parser never hears of it. All of it is one pass over the text.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Bag, Diagnostic, Fix, Label
from conclang.diagnostics.source import Span
from conclang.syntax.expecting import retag
from conclang.syntax.lexicon import Lexicon, lexicon
from conclang.syntax.tokens import Tokens

MAX_NESTING = 200
CLOSERS = {"(": ")", "[": "]"}


def read_tokens(bag: Bag, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of a text, or of a part of it."""
    text = bag.source.text
    return _Layout(lexicon(), bag, start, len(text) if end is None else end).read()


class _Layout:
    """The state of one pass."""

    def __init__(self, words: Lexicon, bag: Bag, start: int, end: int) -> None:
        self.words = words
        self.bag = bag
        self.text = bag.source.text
        self.start = start
        self.end = end
        self.tokens = Tokens()
        self.brackets: list[int] = []  # offsets of open ( and [
        self.braces = 0
        self.expects: list[int] = []  # numbers of the tokens after `expect`

    def read(self) -> Tokens:
        words, tokens, text = self.words, self.tokens, self.text
        groups, keywords, name, newline = words.groups, words.words, words.name, words.newline
        skipped, semicolon, special = words.skipped, words.semicolon, words.special
        kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
        brackets = self.brackets
        ended = False  # a newline or `;` has been met since the last token
        for match in words.scanner.finditer(text, self.start, self.end):
            group = match.lastindex or 0
            kind = groups[group]
            if kind == newline:
                ended = True
                continue
            start, stop = match.span(group)
            if kind == name:
                kind = keywords.get(text[start:stop], name)
            elif kind in skipped:
                self._skip(kind, start, stop)
                continue
            elif kind == semicolon and not brackets:
                ended = True
                continue
            if brackets and self._forgotten(kind, ended, start):
                self._close_brackets()
            if ended:
                ended = False
                self._separate(kind)
            if kind in special:
                kind = self._special(kind, start, stop)
                if kind < 0:
                    continue
                if tokens.too_deep:
                    break
            kinds.append(kind)
            starts.append(start)
            ends.append(stop)
        return self._finish()

    def _skip(self, kind: int, start: int, stop: int) -> None:
        if kind == self.words.comment:
            self.tokens.comments.append((start, stop))

    def _separate(self, kind: int) -> None:
        """Put a separator before a token of this kind, unless it would mean nothing."""
        kinds, words = self.tokens.kinds, self.words
        if self.brackets or not kinds:
            return
        if kind not in words.no_end_before and kinds[-1] not in words.no_end_after:
            end = self.tokens.ends[-1]
            self.tokens.add(words.separator, end, end)

    def _special(self, kind: int, start: int, stop: int) -> int:
        """The kind of a token that changes the state, or is none; -1 to leave it out."""
        words = self.words
        if kind in words.braces:
            self.braces = max(0, self.braces + (1 if kind == words.lbrace else -1))
        elif kind in words.openers:
            self.brackets.append(start)
        elif kind in words.closers:
            if self.brackets:
                self.brackets.pop()
        elif kind in words.assigns:
            if self.brackets and self._assigned_on_new_line():
                self._end_before_last()
        elif kind == words.number["EXPECT"]:
            self.expects.append(len(self.tokens.kinds) + 1)
        else:
            from conclang.syntax.slips_lexing import mend

            return mend(self.bag, self.tokens, kind, Span(start, stop))
        if len(self.brackets) + self.braces > MAX_NESTING:
            self._too_deep(start, stop)
        return kind

    def _too_deep(self, start: int, stop: int) -> None:
        self.tokens.too_deep = True
        self.bag.report(
            "CL0115",
            Span(start, stop),
            f"brackets and blocks are nested more than {MAX_NESTING} deep",
            help="give the inner parts a name with `let` or `fn`",
        )

    def _forgotten(self, kind: int, ended: bool, start: int) -> bool:
        """Does this token say that the open brackets were never closed?

        A brace does; at the start of a line, a word that no expression contains, and a value right
        after another one, unless the line is indented as one that goes on with the brackets.
        """
        words = self.words
        if kind in words.braces or not ended:
            return kind in words.braces
        if kind in words.starters:
            return True
        two_values = kind in words.operand_starts and self.tokens.kinds[-1] in words.value_ends
        return two_values and self._indent(start) <= self._indent(self.brackets[-1])

    def _indent(self, offset: int) -> int:
        """How far right the line of an offset starts."""
        line = self.text.rfind("\n", 0, offset) + 1
        at = line
        while at < offset and self.text[at] in " \t":
            at += 1
        return at - line

    def _assigned_on_new_line(self) -> bool:
        """Is the token before the `=` at hand a name at the start of its line?"""
        tokens = self.tokens
        if len(tokens.kinds) < 2 or tokens.kinds[-1] not in self.words.names:
            return False
        return "\n" in self.text[tokens.ends[-2] : tokens.starts[-1]]

    def _end_before_last(self) -> None:
        """The last token begins a statement: what is open before it is closed and separated."""
        tokens = self.tokens
        last = tokens.kinds.pop(), tokens.starts.pop(), tokens.ends.pop()
        self._close_brackets()
        tokens.add(self.words.separator, tokens.ends[-1], tokens.ends[-1])
        tokens.add(*last)

    def _reported(self, offset: int) -> bool:
        """Was something else on this line wrong already?"""
        place = self.bag.source.place
        line = place(offset).line
        return any(place(report.span.start).line == line for report in self.bag.errors)

    def _close_brackets(self) -> None:
        """Report the innermost open bracket and close all of them after the last token."""
        text, tokens = self.text, self.tokens
        end = tokens.ends[-1]
        opener = self.brackets[-1]
        closer = CLOSERS[text[opener]]
        if not self._reported(end):
            self.bag.add(
                Diagnostic(
                    "CL0203",
                    f"`{text[opener]}` is never closed",
                    Span(end, end),
                    label=f"`{closer}` is missing here",
                    labels=(Label(Span(opener, opener + 1), "opened here"),),
                    helps=(f"write `{closer}` here",),
                    fix=Fix(Span(end, end), closer),
                )
            )
        for offset in reversed(self.brackets):
            tokens.add(self.words.spelt[CLOSERS[text[offset]]], end, end)
        self.brackets.clear()

    def _finish(self) -> Tokens:
        """Close what is open, and mark the end."""
        tokens, words = self.tokens, self.words
        if self.brackets and not tokens.too_deep:
            self._close_brackets()
        end = tokens.ends[-1] if tokens.ends else self.start
        tokens.add(words.end, end, end)
        for first in self.expects:
            retag(words, self.text, tokens, first)
        return tokens
