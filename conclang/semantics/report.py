"""How the passes of this room say what is wrong.

Reports are collected here first and handed to the bag at the end, errors before warnings, so that
no flood of warnings can push an error out of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from conclang.diagnostics.diagnostic import Bag, Diagnostic, Fix, Label, Severity
from conclang.diagnostics.source import Span
from conclang.record import replace

MOST_REPEATS = 3  # places where the same mistake is made again
# Searching for similar names costs time, and more reports than a few are hardly read: this many
# names are looked at for a whole scenario.
SPELLING_BUDGET = 30_000


class Reporter:
    """Collects the reports of one scenario."""

    def __init__(self) -> None:
        self.errors: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self._spelling = SPELLING_BUDGET

    def report(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        label: str = "",
        at: Iterable[tuple[Span, str]] = (),
        help: str = "",
        note: str = "",
        fix: Fix | None = None,
    ) -> None:
        """One report; `at` are other places with what to know about them."""
        diagnostic = Diagnostic(
            code,
            message,
            span,
            label,
            tuple(Label(place, text) for place, text in at),
            (help,) if help else (),
            (note,) if note else (),
            fix,
        )
        is_error = Severity.of(code) is Severity.ERROR
        (self.errors if is_error else self.warnings).append(diagnostic)

    def misspelt(
        self, code: str, span: Span, message: str, word: str, names: Iterable[str], help: str = ""
    ) -> None:
        """A report about an unknown word, with the names that may have been meant."""
        fix = None
        if self._spelling > 0:
            from conclang.diagnostics.spelling import did_you_mean, suggestion

            candidates = set(names)
            self._spelling -= len(candidates)
            help = did_you_mean(word, candidates) or help
            meant = suggestion(word, candidates)
            fix = Fix(span, meant) if meant else None
        self.report(code, span, message, help=help, fix=fix)

    def also(self, index: int, span: Span) -> None:
        """The mistake of an earlier error, made once more elsewhere: a label, no new report."""
        first = self.errors[index]
        if len(first.labels) < MOST_REPEATS:
            labels = (*first.labels, Label(span, "also here"))
            self.errors[index] = replace(first, labels=labels)

    def hand_over(self, bag: Bag) -> None:
        """Put everything into the bag."""
        bag.extend(self.errors)
        bag.extend(self.warnings)
