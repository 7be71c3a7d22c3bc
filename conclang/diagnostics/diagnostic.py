"""What can be said to a person about a text, as a value.

A user's mistake is never an exception: a stage puts a `Diagnostic` into the `Bag` it was given and
goes on as well as it can. The code says which entry of the table in `codes` it is; the message is
about this very place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from conclang.diagnostics.source import NOWHERE, SourceText, Span, Unreadable
from conclang.record import new, record, replace

TOO_MANY = 100  # further errors of one file are counted, not kept


class Severity(StrEnum):
    """How bad it is; only an error stops a scenario from being run."""

    ERROR = "error"
    WARNING = "warning"

    @classmethod
    def of(cls, code: str) -> Severity:
        """The severity that a code's second letter stands for: CL… error, CW… warning."""
        return cls.WARNING if code.startswith("CW") else cls.ERROR


@record
class Label:
    """A secondary place and what to know about it ("first declared here")."""

    span: Span
    text: str


@record
class Fix:
    """A replacement that would mend the mistake; an empty span inserts."""

    span: Span
    replacement: str


@record
class Diagnostic:
    """One report: what is wrong, where, what else matters, and what to write instead."""

    code: str
    message: str  # one sentence without a full stop; may quote `source`
    span: Span
    label: str = ""  # a few words beside the caret
    labels: tuple[Label, ...] = ()  # other places, in the order to be shown
    helps: tuple[str, ...] = ()  # what to write instead
    notes: tuple[str, ...] = ()  # why it is so
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        """Error or warning, as the code says."""
        return Severity.of(self.code)

    @property
    def is_error(self) -> bool:
        """Does this keep the scenario from being run?"""
        return self.severity is Severity.ERROR

    @classmethod
    def unreadable(cls, problem: Unreadable) -> Diagnostic:
        """The report about a file that is no text."""
        helps = (problem.help,) if problem.help else ()
        return cls(problem.code, problem.message, problem.span, helps=helps)


@record(frozen=False)
class Bag:
    """Collects the diagnostics of one source while its stages run.

    Cascades are kept out here: of several reports with one code on one line only the first is
    kept, and `add` says whether it was.
    """

    source: SourceText
    dropped: int = 0  # reports beyond TOO_MANY
    _items: list[Diagnostic] = new(factory=list)
    _seen: set[tuple[str, int, str]] = new(factory=set)
    _errors: int = 0

    def add(self, diagnostic: Diagnostic, *, once_per_line: bool = True) -> bool:
        """Keep a diagnostic, unless this line has one with its code already."""
        line = self.source.place(diagnostic.span.start).line
        what = "" if once_per_line else f"{diagnostic.span.start} {diagnostic.message}"
        if (diagnostic.code, line, what) in self._seen:
            return False
        self._seen.add((diagnostic.code, line, what))
        if diagnostic.is_error:
            self._errors += 1
        kept = self._errors if diagnostic.is_error else len(self._items) + 1
        if kept > TOO_MANY:  # no flood of warnings keeps an error out
            self.dropped += 1
            return False
        self._items.append(diagnostic)
        return True

    def report(
        self, code: str, span: Span, message: str, *, label: str = "", help: str = ""
    ) -> bool:
        """Keep a plain diagnostic; `add` takes those with more to say."""
        helps = (help,) if help else ()
        return self.add(Diagnostic(code, message, span, label=label, helps=helps))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        """All diagnostics, by place, then in the order they were found."""
        return iter(sorted(self._items, key=lambda d: d.span))

    def __len__(self) -> int:
        return len(self._items)

    @property
    def errors(self) -> list[Diagnostic]:
        """The errors, by place."""
        return [d for d in self if d.is_error]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The warnings, by place."""
        return [d for d in self if not d.is_error]

    @property
    def ok(self) -> bool:
        """Is there no error?"""
        return not any(d.is_error for d in self._items)


def shifted(diagnostic: Diagnostic, by: int) -> Diagnostic:
    """The same report about a text that starts `by` code points further on."""

    def move(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    fix = diagnostic.fix
    return replace(
        diagnostic,
        span=move(diagnostic.span),
        labels=tuple(Label(move(label.span), label.text) for label in diagnostic.labels),
        fix=Fix(move(fix.span), fix.replacement) if fix else None,
    )


__all__ = ["NOWHERE", "Bag", "Diagnostic", "Fix", "Label", "Severity", "shifted"]
