"""Going on after a mistake, so that one reading reports all of them.

At a token that does not fit, in this order:

1. the slips of people who come from other languages (`slips`): each has its own report, and an edit
   of the tokens to what was meant, after which the statement is read again;
2. forgotten braces: an end of file in a block, a declaration at the start of a line in a block, a
   header without `{`, a `}` too many. Indentation tells what was meant;
3. one forgotten token: an end of statement, `)`, `]` or a comma;
4. panic, as yacc does it: cut the stack back to a state in which ERR fits, skip to the first token
   that fits after it, and put ERR between. The deepest such state wins, so that as much as possible
   of the statement stays in the tree.

There is one report per line and MOST in all. Every step either uses up a token or is bounded by
PATIENCE, so the time is linear in the text.
"""

from __future__ import annotations

from typing import Any

from conclang.diagnostics.diagnostic import Diagnostic, Fix, Label
from conclang.diagnostics.source import Span
from conclang.syntax.careful import Careful
from conclang.syntax.driver import MAX_STACK
from conclang.syntax.slips import before, find
from conclang.syntax.slips_sight import Edit
from conclang.syntax.wanted import END_OF_FILE, expected, found

MOST = 20
PATIENCE = 400
MAX_SKIP = 100_000


def _with_note(d: Diagnostic, note: str) -> Diagnostic:
    notes = (*d.notes, note)
    return Diagnostic(d.code, d.message, d.span, d.label, d.labels, d.helps, notes, d.fix)


class Recovery(Careful):
    """Reads to the end, whatever there is."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.start: str = arguments[-1]
        self.bag = self.builder.bag
        place = self.bag.source.place
        self.lines = {place(d.span.start).line for d in self.bag if d.is_error}
        self.reports = 0
        self.mistakes = 0
        self.muted = False
        self.tried: set[tuple[str, int, int]] = set()
        self.renamed: set[str] = set()  # words of the language that the file uses as names
        self.loops = 0  # `do` blocks whose `while` has not come yet
        self.builder.say = self.say

    def read(self) -> Any:
        """The value of the start rule, or None if even that cannot be had."""
        before(self)
        while True:
            if len(self.states) > MAX_STACK:
                self._too_deep()
            if self.fits([self.kinds[self.at]]):
                if self.feed():
                    return self.values[-1]
                continue
            self.mistakes += 1
            if self.mistakes > 2 * PATIENCE:
                return None
            if self.mistakes == PATIENCE or self.reports >= MOST:
                self._give_up()
            if not self._mend_slip():
                self._mend()

    # ---------------------------------------------------------------- reports

    def say(self, diagnostic: Diagnostic) -> bool:
        """Report, unless something was said about this line already."""
        line = self.bag.source.place(diagnostic.span.start).line
        if self.muted or line in self.lines:
            return False
        self.lines.add(line)
        self.reports += 1
        if self.reports == MOST:
            note = f"after {MOST} mistakes the rest of the file is not read: mend these first"
            diagnostic = _with_note(diagnostic, note)
        return self.bag.add(diagnostic)

    def _too_deep(self) -> None:
        if not self.muted:
            at = max(0, self.at - 1)
            message = "blocks, brackets and `else if` are nested too deeply here"
            help = "give the inner parts a name with `let` or `fn`"
            self.bag.report("CL0115", self.span(at, at + 1), message, help=help)
            self.muted = True
        if self.kinds[self.at] not in (self.words.rbrace, self.words.end):
            self._give_up()

    def _give_up(self) -> None:
        """Too many mistakes: the rest is not read (the last report says so)."""
        self.muted = True
        end = self.ends[self.at - 1] if self.at else 0
        self.splice(self.at, len(self.kinds), [(self.words.end, end, end)])

    # ------------------------------------------------------------ small parts

    def span(self, first: int, stop: int) -> Span:
        """From the start of a token to the end of the one before `stop`."""
        return Span(self.starts[first], self.ends[stop - 1])

    def word(self, token: int) -> str:
        """The text of a token; "" beyond the end."""
        if not 0 <= token < len(self.kinds):
            return ""
        return self.text[self.starts[token] : self.ends[token]]

    def kind(self, token: int) -> str:
        """The name of a token's kind; "" beyond the ends."""
        if not 0 <= token < len(self.kinds):
            return ""
        return self.words.table.terminals[self.kinds[token]]

    def starts_line(self, token: int) -> bool:
        start = self.starts[token]
        line = self.text.rfind("\n", 0, start) + 1
        return not self.text[line:start].strip()

    def indent(self, token: int) -> int:
        """The indentation of the line that a token is on."""
        line = self.text.rfind("\n", 0, self.starts[token]) + 1
        stripped = self.text[line : self.starts[token]]
        return len(stripped) - len(stripped.lstrip()) if stripped.strip() else len(stripped)

    def same_line(self, first: int, second: int) -> bool:
        return "\n" not in self.text[self.ends[first] : self.starts[second]]

    def line_end(self, token: int) -> int:
        """The first token from here on that ends a statement or block, or starts one."""
        stop = ("_SEP", "RBRACE", "LBRACE", "$END")
        while self.kind(token) not in stop:
            token += 1
        return token

    def edit(self, edit: Edit) -> None:
        """Carry out one edit; new words stand where the old ones were, without width if none."""
        if edit.first < edit.stop:
            start, end = self.starts[edit.first], self.ends[edit.stop - 1]
        else:
            start = end = self.ends[edit.first - 1] if edit.first else 0
        fresh = []
        for item in edit.new:
            if isinstance(item, int):
                fresh.append((self.kinds[item], self.starts[item], self.ends[item]))
            else:
                kind = self.words.spelt.get(item) or self.words.number[item]
                fresh.append((kind, start, end))
        self.splice(edit.first, edit.stop, fresh)

    # ------------------------------------------------------------------ slips

    def _mend_slip(self) -> bool:
        mend = find(self)
        if mend is None:
            return False
        key = (mend.code, self.starts[self.at], self.kinds[self.at])
        if key in self.tried:
            return False
        self.tried.add(key)
        if mend.diagnostic:
            self.say(mend.diagnostic)
        anchor = self.anchor()
        first = min((edit.first for edit in mend.edits), default=self.at)
        if first < self.at and anchor is not None:
            self.back_to(anchor)
        for edit in mend.edits:
            self.edit(edit)
        return True

    # ----------------------------------------------------------------- braces

    def _mend(self) -> None:
        kind = self.kinds[self.at]
        for attempt in (self._missing_brace, self._extra_brace, self._missing_token):
            if attempt(kind):
                return
        self._panic()

    def _missing_brace(self, kind: int) -> bool:
        """`}` was forgotten: the file ends, or a declaration starts a line."""
        if not self.opened:
            return False
        at = self.at
        if kind != self.words.end:
            at = self._outdented_declaration()
            if at < 0:
                return False
            anchor = self.anchor()
            if at < self.at and anchor:
                self.back_to(anchor)
        opener = self._blamed(at)
        where = "the file ends" if kind == self.words.end else f"`{self.word(at)}` starts"
        end = self.ends[at - 1] if at else 0
        place = Span(end, end) if kind == self.words.end else self.span(at, at + 1)
        self.say(
            Diagnostic(
                "CL0202",
                f"{where} before this block is closed: a `}}` is missing",
                place,
                label="expected `}` before this" if place.start < place.end else "expected `}`",
                labels=(Label(self.span(opener, opener + 1), "this block is still open"),),
                helps=("write a `}` at the end of the block",),
            )
        )
        self.edit(Edit(at, at, ("}",)))
        return True

    def _outdented_declaration(self) -> int:
        """The token that starts a declaration at the start of a line at or left of the block."""
        if not self.opened:
            return -1
        anchor = self.anchor()
        candidates = [self.at]
        if anchor and anchor.token < self.at and anchor.context != "declaration":
            candidates.append(anchor.token)
        for token in candidates:
            if not self._declares(token) or not self.starts_line(token):
                continue
            opener = self.opened[-1][0]
            inside_process = self._opens_process(opener)
            if self.indent(token) <= self.indent(opener) and not inside_process:
                return token
        return -1

    def _opens_process(self, opener: int) -> bool:
        return self.kind(opener - 2) == "PROCESS"

    def _declares(self, token: int) -> bool:
        from conclang.syntax.keywords import DECLARATION_STARTS

        word = self.word(token)
        if word not in DECLARATION_STARTS:
            return False
        after = self.kinds[token + 1] if token + 1 < len(self.kinds) else self.words.end
        return word == "expect" or after in self.words.names or self.kind(token + 1) == "STRING"

    def _blamed(self, at: int) -> int:
        """The opener to show: an inner one whose `}` stands too far left, else the innermost."""
        innermost = self.opened[-1][0]
        stack: list[int] = []
        for token in range(innermost + 1, at):
            if self.kinds[token] == self.words.lbrace:
                stack.append(token)
            elif self.kinds[token] == self.words.rbrace and stack:
                opener = stack.pop()
                if self.starts_line(token) and self.indent(token) < self.indent(opener):
                    return opener
        return innermost

    def _extra_brace(self, kind: int) -> bool:
        """`}` without a block."""
        if kind != self.words.rbrace or self.opened:
            return False
        self.say(
            Diagnostic(
                "CL0204",
                "this `}` closes nothing",
                self.span(self.at, self.at + 1),
                label="no block is open here",
                helps=("leave it out, or look for a `{` that is missing above",),
            )
        )
        self.splice(self.at, self.at + 1, [])
        return True

    # ------------------------------------------------------------ one token

    def _missing_token(self, kind: int) -> bool:
        """One word forgotten before the token at hand."""
        at = self.at
        words = self.words
        if not at:
            return False
        if self._begins(at) and self.fits([words.separator, kind]):
            self._say_expected("CL0209", at)
            self.edit(Edit(at, at, ("_SEP",)))
            return True
        for text in (")", "]"):
            opener = self._open_bracket("(" if text == ")" else "[")
            if opener >= 0 and self.fits([words.spelt[text], kind]):
                self._say_unclosed(opener, text)
                self.edit(Edit(at, at, (text,)))
                return True
        inside = any(self._open_bracket(text) >= 0 for text in "([")
        if inside and kind in self._operands() and self.fits([words.spelt[","], kind]):
            self._say_expected("CL0201", at)
            self.edit(Edit(at, at, (",",)))
            return True
        return False

    def _begins(self, at: int) -> bool:
        """Does this token begin a statement, as far as one can see?"""
        if self.kinds[at] in self.words.starters:
            return True
        after = ("ASSIGN", "PLUS_ASSIGN", "MINUS_ASSIGN", "ARROW", "LPAR", "LSQB", "DOT")
        return self.kinds[at] in self.words.names and self.kind(at + 1) in after

    def _operands(self) -> frozenset[int]:
        return self.words.names | self.words.kinds("INT STRING TRUE FALSE LPAR")

    def _open_bracket(self, text: str) -> int:
        """The innermost such bracket of this statement that is open; -1 if none."""
        anchor = self.anchor()
        kind = self.words.spelt[text]
        low = anchor.depth if anchor else 1
        for depth in range(len(self.values) - 1, low - 1, -1):
            value = self.values[depth]
            if isinstance(value, int) and self.kinds[value] == kind:
                return value
        return -1

    def _end_of_part(self) -> str:
        rest = self.text[self.ends[-1] :].lstrip()
        return "`}`" if rest.startswith("}") else "the end of the text"

    def _say_unclosed(self, opener: int, closer: str) -> None:
        at = self.at
        self.say(
            Diagnostic(
                "CL0203",
                f"`{self.word(opener)}` is never closed",
                self.span(at, at + 1),
                label=f"expected `{closer}` before this",
                labels=(Label(self.span(opener, opener + 1), "opened here"),),
                helps=(f"write `{closer}` here",),
                fix=Fix(Span(self.ends[at - 1], self.ends[at - 1]), closer),
            )
        )

    def _say_expected(self, code: str, at: int) -> None:
        wanted = expected(self.words, self.fitting())
        met = found(self.words, self.kinds[at], self.word(at))
        if self.start != "scenario":  # a part of a text: an expression between braces, an option
            end = self._end_of_part()
            wanted, met = wanted.replace(END_OF_FILE, end), met.replace(END_OF_FILE, end)
        anchor = self.anchor()
        span = self.span(at, at + 1)
        if anchor and anchor.token == at and not wanted:
            message = f"{met} cannot start a {anchor.context}"
        elif code == "CL0209":
            message = f"{met} starts a new statement on the same line"
        else:
            message = f"expected {wanted}, found {met}" if wanted else f"unexpected {met}"
        label = "unexpected" if code != "CL0209" else "expected the end of the line before this"
        helps = ("put a newline or `;` before it",) if code == "CL0209" else ()
        self.say(Diagnostic(code, message, span, label=label, helps=helps))

    # ------------------------------------------------------------------ panic

    def _panic(self) -> None:
        """Put ERR in the place of what does not fit."""
        at = self.at
        self._say_expected("CL0201", at)
        choice = self._choose(at)
        if choice is None:
            if self.kinds[at] == self.words.end:
                self._give_up()
                self.mistakes += PATIENCE
                return
            self.splice(at, at + 1, [])
            return
        depth, stop = choice
        start = self.firsts[depth] if depth < len(self.firsts) else at
        lost = tuple(t for t in range(start, stop) if self.kinds[t] == self.words.name)
        self.cut(depth)
        begin = min(self.starts[start], self.starts[at])
        finish = max(begin, self.ends[stop - 1] if stop > at else begin)
        self.splice(at, stop, [(self.words.error, begin, finish)])
        if lost and stop > at:
            # The skipped tokens are gone; those before `at` can still be named.
            lost = tuple(t for t in lost if t < at)
        self.builder.lost_names[at] = lost

    def _choose(self, at: int) -> tuple[int, int] | None:
        """(depth of the stack, first token after ERR): skip as little as possible."""
        anchor = self.anchor()
        low = anchor.depth if anchor else 1
        return self._choose_above(at, low) or (self._choose_above(at, 1) if low > 1 else None)

    def _choose_above(self, at: int, low: int) -> tuple[int, int] | None:
        error = self.words.error
        depths = [d for d in range(len(self.states), low - 1, -1) if self.fits([error], d)]
        known: dict[tuple[int, int], bool] = {}
        level = 0
        for stop in range(at, min(len(self.kinds), at + MAX_SKIP)):
            kind = self.kinds[stop]
            if level == 0:
                for depth in depths:
                    key = (depth, kind)
                    if key not in known:
                        known[key] = self.fits([error, kind], depth)
                    if known[key] and self._worth(depth, stop, at):
                        return depth, stop
            level += (kind == self.words.lbrace) - (kind == self.words.rbrace)
            if level < 0 or kind == self.words.end:
                return None
        return None

    def _worth(self, depth: int, stop: int, at: int) -> bool:
        """ERR must take the place of something, or a second one would follow at once."""
        return stop > at or depth < len(self.states) or self.kind(at - 1) != "ERR"
