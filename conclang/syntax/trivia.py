"""What the tree leaves out: comments, blank lines, and which blocks stood on one line.

The tree has no comments and no positions of punctuation, but its words in order are the words of
the source in order, except for the few that style adds or drops (`;`, a trailing comma, `with`).
Walking both lists side by side tells for every word where the author had it, and so between which
two words each comment belongs, wherever in the file it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conclang.record import new, record
from conclang.syntax.emit import Kind, Words

TOKEN = re.compile(
    r"""
      (?P<COMMENT>//[^\n]*)
    | (?P<STRING>"(?:[^"\\\n]|\\.)*")
    | (?P<NUMBER>\d\w*(?:\.\d\w*)?)
    | (?P<WORD>[^\W\d]\w*|<-|\.\.|[=!<>+\-*/%]=|\S)
    """,
    re.VERBOSE,
)
DROPPED = frozenset({";", ",", "with"})


@record
class Comment:
    text: str
    trailing: bool  # on the line of the word before it
    paragraph: bool  # a blank line stands before it


@record(frozen=False)
class Trivia:
    """Per word index; the index after the last word stands for the end of the file."""

    comments: dict[int, list[Comment]] = new(factory=dict)
    paragraphs: set[int] = new(factory=set)  # words after a blank line
    lines: list[int] = new(factory=list)  # source line of each word


class Misaligned(Exception):
    """The words of the tree are not the words of its source: a mistake of ours."""


def source_words(text: str) -> Iterator[tuple[str, str, int, bool]]:
    """(group, text, line, blank line before it) of every word and comment of a source text."""
    line = end = 0
    for match in TOKEN.finditer(text):
        newlines = text.count("\n", end, match.start())
        line += newlines
        end = match.end()
        yield match.lastgroup or "", match.group(), line, newlines > 1


class _Walk:
    """Goes through the source beside the words of the tree."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.trivia = Trivia()
        self.index = 0  # the next word to be met
        self.last_line = -1  # of the last word met
        self.comments: list[Comment] = []  # since then
        self.blank = False  # a blank line since then (or since the last comment)
        self.spare = 0  # parentheses of the source that the tree does not have, still open

    def comment(self, text: str, line: int) -> None:
        trailing = line == self.last_line and not self.comments
        self.comments.append(Comment(text.rstrip(), trailing, self.blank))
        self.blank = False

    def word(self, group: str, spelling: str, line: int) -> None:
        at = _find(self.words, self.index, group, spelling)
        if at is None:
            self._drop(spelling, line)
            return
        self.trivia.lines.extend([line] * (at + 1 - self.index))
        self.index, self.last_line = at + 1, line
        self.close_gap(at)

    def close_gap(self, at: int) -> None:
        """What was seen since the last word belongs before the word `at`."""
        if self.comments:
            self.trivia.comments[at] = self.comments
            self.comments = []
        if self.blank:
            self.trivia.paragraphs.add(at)
            self.blank = False

    def _drop(self, spelling: str, line: int) -> None:
        if spelling == "(":
            self.spare += 1
        elif spelling == ")" and self.spare:
            self.spare -= 1
        elif spelling not in DROPPED:
            raise Misaligned(f"line {line + 1}: {spelling!r} is not the next word of the tree")


def align(words: Words, text: str) -> Trivia:
    """Trivia for the words of a tree from the text it was parsed from.

    Numbers, strings and `core(s)` in `words` take over the author's spelling.
    """
    walk = _Walk(words)
    for group, spelling, line, blank in source_words(text):
        walk.blank = walk.blank or blank
        if group == "COMMENT":
            walk.comment(spelling, line)
        else:
            walk.word(group, spelling, line)
    if walk.index != len(words.texts):
        raise Misaligned(f"{words.texts[walk.index]!r} is not in the source")
    walk.close_gap(walk.index)
    return walk.trivia


def _find(words: Words, index: int, group: str, spelling: str) -> int | None:
    """The word that this source word is: the next one, or the one after an optional word."""
    while index < len(words.texts):
        kind = words.kinds[index]
        if words.texts[index] == spelling and group != "STRING":
            return index
        cores = kind is Kind.CORES and spelling in ("core", "cores")
        if cores or (kind.name == group and kind is not Kind.WORD):
            words.texts[index] = spelling
            return index
        if kind is not Kind.OPTIONAL:
            return None
        index += 1
    return None


def comments_of(text: str) -> list[str]:
    """All comments of a source text, without the white space after them."""
    return [word.rstrip() for group, word, _, _ in source_words(text) if group == "COMMENT"]


def same_words(words: Words, text: str) -> bool:
    """Does a text say these words, but for what style may add or drop?"""
    found = [w for group, w, _, _ in source_words(text) if group != "COMMENT" and w not in DROPPED]
    return found == [w for w in words.texts if w not in DROPPED]
