"""Tree → text: the formatter, and the way every other part quotes code.

    tree --emit--> words --align with the source--> words + trivia --printer--> text

`unparse(scenario, source)` keeps comments, paragraphs, one-line blocks and the spelling of
literals of the source that the scenario was parsed from; without a source it writes the tree alone.
"""

from __future__ import annotations

from conclang.syntax.compare import same_tree
from conclang.syntax.emit import emit, flat
from conclang.syntax.nodes import Node, Scenario
from conclang.syntax.printer import lay_out
from conclang.syntax.trivia import Misaligned, align, comments_of, same_words

__all__ = ["FormatterMistake", "same_tree", "unparse", "unparse_expression"]


class FormatterMistake(Exception):
    """The formatter would have changed more than the layout; never the user's fault."""


def unparse(scenario: Scenario, source: str | None = None) -> str:
    """The scenario in the one style; `source` is the (normalised) text it was parsed from."""
    words = emit(scenario)
    if source is None:
        return lay_out(words)
    try:
        text = lay_out(words, align(words, source))
    except Misaligned as error:
        raise FormatterMistake(str(error)) from error
    if not same_words(words, text) or comments_of(text) != comments_of(source):
        raise FormatterMistake("the formatted text does not say what the source says")
    return text


def unparse_expression(node: Node) -> str:
    """Any tree on one line, as quoted in messages and results: `expect possible count == 2`."""
    return flat(node)
