"""A submission and the teacher's `expect` lines → one program, with each line's check known.

The student's own `expect` lines are blanked, so that they can neither help nor harm: `expect
deadlock` in a submission does not make a deadlock one that was wanted. Nothing moves: places in
the program are places in the submission.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Diagnostic
from conclang.diagnostics.source import SourceText, Span
from conclang.exercises.exercise import Defines
from conclang.ir.program import Program
from conclang.record import record
from conclang.syntax.nodes import Declaration, ExpectDeclaration, ProcessDeclaration

ROUNDS = 4


@record
class Line:
    """An `expect` line of a check. `wish`: True, it must hold; False, it must not."""

    check: int
    text: str
    wish: bool = True


@record
class Assembled:
    """The program, which lines of it are whose, and the lines that mean nothing in it."""

    program: Program | None
    source: SourceText
    mistakes: tuple[Diagnostic, ...] = ()  # in the submission's own text
    lines: tuple[tuple[int, Line], ...] = ()  # line number → line
    broken: tuple[tuple[Line, str], ...] = ()  # line, what is wrong with it here


def expect_line(text: str) -> str:
    """The teacher's words as the language writes them; `expect` may be left out."""
    text = " ".join(text.split())
    return text if text.startswith("expect ") else f"expect {text}"


def split_lines(texts: tuple[str, ...]) -> list[str]:
    """Every line on its own; an entry of a list may have several."""
    return [expect_line(line) for text in texts for line in text.split("\n") if line.strip()]


def expectations_of(source: SourceText) -> list[ExpectDeclaration]:
    """All `expect` lines of a scenario, in processes as well."""
    from conclang.syntax.parse import parse

    found: list[ExpectDeclaration] = []
    open_: list[Declaration] = list(parse(source)[0].declarations)
    while open_:
        declaration = open_.pop()
        if isinstance(declaration, ProcessDeclaration):
            open_ += declaration.declarations
        elif isinstance(declaration, ExpectDeclaration):
            found.append(declaration)
    return sorted(found, key=lambda node: node.span)


def blanked(text: str, spans: list[Span]) -> str:
    """The text with some stretches of it made blank, line for line as long as before."""
    for span in spans:
        middle = "".join(c if c == "\n" else " " for c in text[span.start : span.end])
        text = text[: span.start] + middle + text[span.end :]
    return text


def without_expectations(text: str) -> str:
    source = SourceText.of(text)
    return blanked(source.text, [node.span for node in expectations_of(source)])


def assemble(text: str, lines: list[Line], defines: Defines, name: str) -> Assembled:
    """The program of a text (which has no `expect` lines of its own) with these lines."""
    from conclang.pipeline import load

    base = text.rstrip("\n") + "\n"
    first = base.count("\n") + 1
    kept = list(lines)
    broken: list[tuple[Line, str]] = []
    for _ in range(ROUNDS):
        source = SourceText.of(base + "".join(line.text + "\n" for line in kept), name)
        checked = load(source, defines)
        placed = [(source.place(d.span.start).line, d) for d in checked.bag.errors]
        own = tuple(d for number, d in placed if number < first)
        if own or checked.program is not None:
            numbered = tuple((first + n, line) for n, line in enumerate(kept))
            return Assembled(checked.program, source, own, numbered, tuple(broken))
        wrong = {number - first: d for number, d in reversed(placed)}
        broken += [(kept[n], _said(wrong[n])) for n in sorted(wrong) if n < len(kept)]
        kept = [line for n, line in enumerate(kept) if n not in wrong]
    return Assembled(None, source, (), (), tuple(broken))


def _said(diagnostic: Diagnostic) -> str:
    return diagnostic.message + "".join(f" ({help})" for help in diagnostic.helps[:1])
