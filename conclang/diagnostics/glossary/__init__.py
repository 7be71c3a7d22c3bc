"""The glossary: one word per idea, law in code, messages, pictures and documentation.

`conclang explain TERM` and docs/glossary.md are made from it. One file per group of terms, each
with a title and a list `TERMS`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from conclang.diagnostics.glossary.term import Term

MODULES = ("tool", "machine", "sharing", "flaws", "scheduling")


@cache
def groups() -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The groups in the order of the page: title and terms."""
    modules = [import_module(f"{__name__}.{name}") for name in MODULES]
    return tuple((module.TITLE, tuple(module.TERMS)) for module in modules)


@cache
def terms() -> dict[str, Term]:
    """Every term under its own name."""
    found: dict[str, Term] = {}
    for _, group in groups():
        for term in group:
            if term.name in found:
                raise ValueError(f"{term.name} is in the glossary twice")
            found[term.name] = term
    return found


def lookup(word: str) -> Term | None:
    """The term for a word, however it is written: `Lost_Update`, `lost-update`, `goroutine`."""
    return _index().get(folded(word))


def folded(word: str) -> str:
    """A word without what people write differently."""
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())


@cache
def _index() -> dict[str, Term]:
    index: dict[str, Term] = {}
    for term in terms().values():
        for word in (term.name, *term.also):
            index.setdefault(folded(word), term)
    return index


__all__ = ["Term", "folded", "groups", "lookup", "terms"]
