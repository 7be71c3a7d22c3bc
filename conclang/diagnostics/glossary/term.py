"""What an entry of the glossary is."""

from __future__ import annotations

from conclang.record import record


@record
class Term:
    """One idea and the one word for it."""

    name: str
    meaning: str  # one or two sentences, the first of which can stand alone
    remember: str = ""  # the sentence to take home; a term with one has a page in docs/concepts/
    example: str = ""  # a scenario whose expectations all hold
    see: tuple[str, ...] = ()  # names of other terms
    also: tuple[str, ...] = ()  # other words under which people look for it
