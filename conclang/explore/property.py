"""What a file wants to know, sorted by when it can be answered.

`always`, `never`, `reachable`, `eventually` and `leads to` look at every state: their codes are the
search's predicates. `finally`, `possible` and `outcomes` look at ends. `at most` watches how many
are inside a section. Flaws and errors are looked for anyway; `expect` lines decide whether they
are welcome.
"""

from __future__ import annotations

from conclang.ir.program import Expected, Program
from conclang.record import record

ALWAYS_LOOKED_FOR = ("deadlock", "leak", "race")
EVERY_STATE = frozenset({"always", "never", "reachable", "eventually", "leads_to"})
ENDLESS = frozenset({"starvation", "livelock"})
FOLLOWED = frozenset({"lost_update", "atomicity"})


@record
class Questions:
    """The file's expectations, prepared for the search."""

    expectations: tuple[Expected, ...]
    predicates: tuple[int, ...]  # codes, no repetitions
    sections: tuple[tuple[int, int], ...]  # (section, limit)

    def predicate(self, code: int) -> int:
        """The number of a code among the predicates."""
        return self.predicates.index(code)

    def section(self, expected: Expected) -> int:
        return self.sections.index((expected.section, expected.limit))

    @property
    def needs_graph(self) -> bool:
        """Is there a question that only the graph of all steps can answer?"""
        return any(
            e.form in ("eventually", "leads_to") or e.flaw in ENDLESS for e in self.expectations
        )

    def speaks_of(self, flaw: str) -> bool:
        """Does a line speak of this kind of flaw?"""
        return any(e.form == "flaw" and e.flaw == flaw for e in self.expectations)

    def wanted(self, flaw: str) -> list[Expected]:
        """The lines that say that a flaw is there on purpose."""
        return [e for e in self.expectations if _is_flaw(e, flaw) and not e.forbidden]

    def forbidden(self, flaw: str) -> list[Expected]:
        return [e for e in self.expectations if _is_flaw(e, flaw) and e.forbidden]

    def fails(self, flaw: str) -> bool:
        """Does an unexpected flaw of this kind fail the check without any line about it?"""
        return flaw in ALWAYS_LOOKED_FOR and not self.speaks_of(flaw)


def questions(program: Program) -> Questions:
    """Sort the expectations of a program."""
    predicates: list[int] = []
    sections: list[tuple[int, int]] = []
    for expected in program.expectations:
        if expected.form in EVERY_STATE:
            codes = [c for c in (expected.code, expected.code2) if c >= 0]
            predicates += [c for c in codes if c not in predicates]
        elif expected.form == "at_most":
            pair = (expected.section, expected.limit)
            if pair not in sections:
                sections.append(pair)
    return Questions(program.expectations, tuple(predicates), tuple(sections))


def covers(expected: Expected, kind: str, index: int) -> bool:
    """Does a line about a flaw of one object (`race on x`) mean this object?"""
    if expected.target is None:
        return True
    its_kind, first, count = expected.target
    return its_kind == kind and first <= index < first + max(count, 1)


def _is_flaw(expected: Expected, flaw: str) -> bool:
    return expected.form == "flaw" and expected.flaw == flaw
