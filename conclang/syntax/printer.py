"""Words → lines: the one style.

* Two columns per block; one statement per line; at most one blank line between two of them.
* A block that the author wrote on one line stays on one line if it fits into `WIDTH` columns. The
  blocks of an `if … else …` are one in this respect.
* A bracket that does not fit, or holds a comment, is broken: its items fill the lines between.
  Nothing else is ever broken, except a list of attributes after a comma.
* A comment stays between the two words it stood between, at the end of a line or on its own.

Every decision needs only numbers known before (`Plan`), so the whole is linear, and no decision
depends on anything but the words, the comments and which blocks were on one line: laying out the
result again gives the same text.
"""

from __future__ import annotations

from conclang.record import new, record
from conclang.syntax.emit import FLAT, SEPARATORS, Glue, Kind, Words
from conclang.syntax.trivia import Comment, Trivia

WIDTH = 100
INDENT = 2
CONTINUATION = 4
BLOCK_GLUES = SEPARATORS | {Glue.IN, Glue.OUT}
CLOSING_GLUES = frozenset({Glue.BEFORE_CLOSE, Glue.BEFORE_CLOSE_COMMA})
STOPS = BLOCK_GLUES | CLOSING_GLUES | {Glue.WRAP, Glue.SOFT, Glue.AFTER_OPEN, Glue.LINK}


@record(frozen=False)
class Plan:
    """Per word: what the printer must know before it gets there."""

    ends: list[int]  # column after the word if everything were on one line
    partner: list[int]  # of a bracket or brace: the other one
    last: list[int]  # of the { of a block: the } that ends its chain of else branches
    item_end: list[int]  # of a word after SOFT: the last word of its item
    tail: list[int]  # columns after the word up to the next place that may be broken
    commented: list[int] = new(factory=list)  # gaps with comments before this word


def make_plan(words: Words, trivia: Trivia | None) -> Plan:
    size = len(words.texts)
    plan = Plan([], [0] * size, [0] * size, [0] * size, [0] * size)
    column = 0
    for text, glue in zip(words.texts, words.glues, strict=True):
        column += len(FLAT[glue]) + len(text)
        plan.ends.append(column)
    _match(words, plan)
    _measure_tails(words, plan)
    seen = 0
    for index in range(size + 1):
        if trivia is not None and index in trivia.comments:
            seen += 1
        plan.commented.append(seen)
    return plan


def _match(words: Words, plan: Plan) -> None:
    """Partners of brackets, chains of blocks, ends of items: one walk with a stack."""
    open_words: list[int] = []
    items: list[int] = []  # per open bracket: the word that starts its current item
    for index, (kind, glue) in enumerate(zip(words.kinds, words.glues, strict=True)):
        if (items and glue is Glue.SOFT) or glue in CLOSING_GLUES:
            plan.item_end[items[-1]] = index - 1
        if glue is Glue.SOFT:
            items[-1] = index
        if kind is Kind.OPEN or kind is Kind.BLOCK:
            open_words.append(index)
            if kind is Kind.OPEN:
                items.append(index + 1)
        elif kind is Kind.CLOSE or kind is Kind.END:
            start = open_words.pop()
            plan.partner[start], plan.partner[index] = index, start
            if kind is Kind.CLOSE:
                items.pop()
    _chain(words, plan)


def _chain(words: Words, plan: Plan) -> None:
    """`last` of each block; an `else` links the block before it to the block after it."""
    blocks = [i for i, kind in enumerate(words.kinds) if kind is Kind.BLOCK]
    next_block = [0] * (len(words.kinds) + 1)
    following = len(words.kinds)
    for index in range(len(words.kinds) - 1, -1, -1):
        if words.kinds[index] is Kind.BLOCK:
            following = index
        next_block[index] = following
    for block in reversed(blocks):
        end = plan.partner[block]
        linked = end + 1 < len(words.glues) and words.glues[end + 1] is Glue.LINK
        plan.last[block] = plan.last[next_block[end + 1]] if linked else end


def _measure_tails(words: Words, plan: Plan) -> None:
    for index in range(len(words.texts) - 2, -1, -1):
        glue = words.glues[index + 1]
        if glue in STOPS:
            plan.tail[index] = 1 if glue is Glue.BEFORE_CLOSE_COMMA else 0
        else:
            plan.tail[index] = len(FLAT[glue]) + len(words.texts[index + 1]) + plan.tail[index + 1]


@record(frozen=False)
class _Open:
    """A block or bracket that the printer is in."""

    broken: bool
    indent: int  # of the lines inside, if broken
    bracket: bool = False


class Printer:
    """Walks the words once and writes lines."""

    def __init__(self, words: Words, trivia: Trivia | None) -> None:
        self.words = words
        self.trivia = trivia or Trivia()
        self.laid_out = trivia is not None
        self.plan = make_plan(words, trivia)
        self.out: list[str] = []
        self.column = 0
        self.stack = [_Open(True, 0)]
        self.chains: dict[int, bool] = {}  # end of an open chain of blocks -> broken

    def text(self) -> str:
        for index in range(len(self.words.texts)):
            self._gap(index)
            self._word(index)
        self._comments(self.trivia.comments.get(len(self.words.texts), []), 0, bool(self.out))
        text = "".join(self.out)
        return text + "\n" if text else ""

    # ------------------------------------------------------------- one word

    def _word(self, index: int) -> None:
        text, kind = self.words.texts[index], self.words.kinds[index]
        self._write(text)
        if kind is Kind.BLOCK:
            broken = self._block_broken(index)
            self.stack.append(_Open(broken, self._indent() + INDENT))
        elif kind is Kind.OPEN:
            broken = self._bracket_broken(index)
            self.stack.append(_Open(broken, self._indent() + INDENT, bracket=True))
        elif kind is Kind.CLOSE or kind is Kind.END:
            self.stack.pop()

    def _indent(self) -> int:
        """Of the lines inside the innermost thing that is broken."""
        return self.stack[-1].indent

    def _block_broken(self, index: int) -> bool:
        last, end = self.plan.last[index], self.plan.partner[index]
        if not self.stack[-1].broken:
            return False
        if end == index + 1:  # an empty block needs no lines, whatever its chain does
            return self._has_comment(index, end)
        if last not in self.chains:
            lines = self.trivia.lines
            one_line = self.laid_out and lines[index] == lines[last]
            fits = self._width(index, last) + self.column + self.plan.tail[last] <= WIDTH
            self.chains[last] = not (one_line and fits) or self._has_comment(index, last)
        return self.chains[last]

    def _bracket_broken(self, index: int) -> bool:
        if not self.stack[-1].broken:
            return False
        end = self.plan.partner[index]
        if self._has_comment(index, end):
            return True
        if end == index + 1:
            return False
        return self.column + self._width(index, end) + self.plan.tail[end] > WIDTH

    def _width(self, start: int, end: int) -> int:
        """Columns of the words after `start` up to `end` on one line."""
        return self.plan.ends[end] - self.plan.ends[start]

    def _has_comment(self, start: int, end: int) -> bool:
        return self.plan.commented[end] > self.plan.commented[start]

    # ------------------------------------------------------ between two words

    def _gap(self, index: int) -> None:
        """Everything between the word before and this one."""
        glue = self.words.glues[index]
        broken = self.stack[-1].broken
        if glue is Glue.BEFORE_CLOSE_COMMA and broken:
            self._write(",")
        comments = self.trivia.comments.get(index, [])
        inside, outside = self._indents(index, glue)
        if comments:
            self._comments(comments, inside, self._paragraph_before_comment(index, glue))
        if comments or self._breaks(index, glue, broken):
            if index in self.trivia.paragraphs and self._paragraph_before_word(index, glue):
                self._line(0)
            if index or comments:
                self._line(outside)
        else:
            self._write(FLAT[glue])

    def _paragraph_before_comment(self, index: int, glue: Glue) -> bool:
        """May a blank line stand before the first comment of this gap? Not after a `{`."""
        after_brace = index > 0 and self.words.kinds[index - 1] is Kind.BLOCK
        return glue in SEPARATORS or (glue is Glue.OUT and not after_brace)

    def _paragraph_before_word(self, index: int, glue: Glue) -> bool:
        """May a blank line stand before this word, which starts a line?"""
        if glue in SEPARATORS:
            return True
        comments = self.trivia.comments.get(index, [])
        own_line = bool(comments) and (index == 0 or not comments[-1].trailing)
        return own_line and (index == 0 or glue is Glue.IN)

    def _indents(self, index: int, glue: Glue) -> tuple[int, int]:
        """Columns for comments before the word, and for the word if it starts a line."""
        inside = self._indent()
        if glue is Glue.OUT or glue in CLOSING_GLUES:
            return inside, self.stack[-2].indent
        if self.stack[-1].bracket or glue in (Glue.IN, Glue.LINK) or glue in SEPARATORS:
            return inside, inside
        if index == 0 or self.words.kinds[index] is Kind.BLOCK:
            return inside, inside
        return inside + CONTINUATION, inside + CONTINUATION

    def _breaks(self, index: int, glue: Glue, broken: bool) -> bool:
        """Does the word start a line?"""
        if not broken:
            return False
        if glue in BLOCK_GLUES:
            return True
        if glue is Glue.AFTER_OPEN or glue in CLOSING_GLUES:
            return True
        if glue is Glue.SOFT:
            end = self.plan.item_end[index]
            return not self._fits(index, end, self.plan.tail[end])
        if glue is Glue.WRAP:
            return not self._fits(index, index, self.plan.tail[index])
        return False

    def _fits(self, start: int, end: int, tail: int) -> bool:
        return self.column + self._width(start - 1, end) + tail <= WIDTH

    def _comments(self, comments: list[Comment], indent: int, paragraphs: bool) -> None:
        for position, comment in enumerate(comments):
            if comment.trailing and self.out:
                self._write("  ")
            elif self.out:
                if comment.paragraph and (paragraphs or position):
                    self._line(0)
                self._line(indent)
            self._write(comment.text)

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.column += len(text)

    def _line(self, indent: int) -> None:
        self.out.append("\n")
        if indent:
            self.out.append(" " * indent)
        self.column = indent


def lay_out(words: Words, trivia: Trivia | None = None) -> str:
    """The text of a whole scenario; without trivia every block that is not empty is broken."""
    return Printer(words, trivia).text()
