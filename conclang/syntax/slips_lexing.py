"""Signs and strings of other languages, answered while the words are read."""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import Span
from conclang.syntax.tokens import Tokens


def mend(bag: Bag, tokens: Tokens, kind: int, span: Span) -> int:
    """Report text that is no word; the kind to read it as, or -1 to leave it out."""
    bag.report("CL0110", span, f"`{bag.source.slice(span)}` is no word of the language")
    return -1
