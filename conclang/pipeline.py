"""Every stage in order: text → tree → meaning → program.

This is the only file that knows them all. A stage after a mistake is not run; what was found until
then is in the bag, and `program` is None.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import SourceText, Span, read_source
from conclang.ir.program import Expected, Program
from conclang.record import record
from conclang.semantics.resolved import Resolved
from conclang.syntax.nodes import Scenario

# The parser lets brackets, blocks and operators be nested 200 deep, and the passes after it follow
# them with some ten calls a level; Python's own limit would be reached at a hundred.
DEEP = 10_000

Overrides = Mapping[str, str | int]


@record
class Checked:
    """A scenario after the text wing: what it is, what is wrong with it, what it means."""

    source: SourceText
    scenario: Scenario
    bag: Bag
    resolved: Resolved | None = None
    program: Program | None = None

    @property
    def ok(self) -> bool:
        return self.bag.ok


def load_file(path: str, overrides: Overrides | None = None) -> Checked:
    """All stages for a file; `-` is standard input."""
    source, problem = read_source(path)
    if problem is None:
        return load(source, overrides)
    unread = nothing(source)
    unread.bag.add(Diagnostic.unreadable(problem))
    return unread


def nothing(source: SourceText) -> Checked:
    """A text that was not read to the end."""
    return Checked(source, _empty(source), Bag(source))


def load_text(text: str, name: str = "<text>", overrides: Overrides | None = None) -> Checked:
    """All stages for a text."""
    return load(SourceText.of(text, name), overrides)


def load(source: SourceText, overrides: Overrides | None = None) -> Checked:
    """All stages: parse, analyse, lower."""
    with _CollectorPaused():
        checked = check(source, overrides)
        if not checked.ok or checked.resolved is None:
            return checked
        from conclang.lowering.lower import lower

        program = lower(checked.resolved, source)
        return Checked(source, checked.scenario, checked.bag, checked.resolved, program)


def check(source: SourceText, overrides: Overrides | None = None) -> Checked:
    """The stages that find static mistakes: parse, analyse."""
    from conclang.semantics.analyse import analyse
    from conclang.syntax.parse import parse

    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP))
    with _CollectorPaused():
        scenario, bag = parse(source)
        resolved, mistakes = analyse(scenario, source, overrides or {})
        bag.extend(_independent(source, bag, mistakes))
        return Checked(source, scenario, bag, resolved)


class _CollectorPaused:
    """A tree only grows until it is done: looking for garbage in it again and again finds none,
    and takes the longer the more there is of it."""

    def __enter__(self) -> None:
        self.paused = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self.paused:
            gc.enable()


_BORDERS = frozenset(";{}\n")  # between two statements


def _independent(source: SourceText, bag: Bag, mistakes: Bag) -> Iterable[Diagnostic]:
    """Mistakes of meaning, but for those in a statement whose form was reported already.

    What such a statement means was guessed, and a report about the guess would only confuse. Nor is
    it known whether it would have used a name.
    """
    places: dict[int, list[Span]] = {}  # by line
    for error in bag.errors:
        places.setdefault(source.place(error.span.start).line, []).append(error.span)

    def follows(found: Diagnostic) -> bool:
        start, end = found.span.start, found.span.end
        return any(
            _BORDERS.isdisjoint(source.text[min(end, first.end) : max(start, first.start)])
            for first in places.get(source.place(start).line, ())
        )

    return [d for d in mistakes if not follows(d) and not (places and d.code == "CW0301")]


def timed_status(program: Program, expected: Expected) -> str:
    """What a run says about an `expect timed` line: holds, violated or unknown."""
    from conclang.analyses.runner import timed_status

    return timed_status(program, expected)


def _empty(source: SourceText) -> Scenario:
    return Scenario(0, Span(0, 0), None, ())
