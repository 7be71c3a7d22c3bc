"""The forms in which diagnostics are shown: one small file each.

`full` is for people in a terminal, `concise` for editors and pipes (one line each), `json` and
`sarif` for programs. All take a source and its diagnostics and give text that ends in a newline, or
is empty if there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import SourceText

Show = Callable[[SourceText, Iterable[Diagnostic]], str]
FORMS = ("full", "concise", "json", "sarif")


def full(
    source: SourceText, diagnostics: Iterable[Diagnostic], *, color: bool = False, width: int = 100
) -> str:
    """Each report with the lines it is about, carets, labels, help and notes."""
    from conclang.diagnostics.show.report import render

    return "\n".join(render(source, diagnostic, color, width) for diagnostic in diagnostics)


def concise(source: SourceText, diagnostics: Iterable[Diagnostic]) -> str:
    """`file:line:column: error[CODE]: message`, one line each."""
    return "".join(f"{_one_line(source, diagnostic)}\n" for diagnostic in diagnostics)


def json(source: SourceText, diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of records."""
    from json import dumps

    from conclang.diagnostics.show.records import record

    records = [record(source, diagnostic) for diagnostic in diagnostics]
    return dumps(records, indent=2, ensure_ascii=False) + "\n"


def sarif(source: SourceText, diagnostics: Iterable[Diagnostic]) -> str:
    """A SARIF 2.1.0 log, as code hosts and editors read it."""
    from conclang.diagnostics.show.sarif_log import log, result

    return log([result(source, diagnostic) for diagnostic in diagnostics])


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; empty if there is neither."""
    found = list(diagnostics)
    errors = sum(d.is_error for d in found)
    counts = ((errors, "error"), (len(found) - errors, "warning"))
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)


def printable(text: str) -> str:
    """Text that cannot harm a terminal or break a line: odd characters are written as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _one_line(source: SourceText, diagnostic: Diagnostic) -> str:
    place = source.place(diagnostic.span.start)
    head = f"{printable(source.name)}:{place.line}:{place.column}"
    return f"{head}: {diagnostic.severity}[{diagnostic.code}]: {printable(diagnostic.message)}"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
