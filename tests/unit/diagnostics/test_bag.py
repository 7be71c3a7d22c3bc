"""The bag keeps order, and keeps cascades out."""

from __future__ import annotations

from conclang.diagnostics.diagnostic import (
    TOO_MANY,
    Bag,
    Diagnostic,
    Fix,
    Label,
    Severity,
    shifted,
)
from conclang.diagnostics.source import SourceText, Span

SOURCE = SourceText.of("one two\nthree four\n")


def test_the_second_letter_of_a_code_is_its_severity() -> None:
    assert Severity.of("CL0301") is Severity.ERROR
    assert Severity.of("CW0301") is Severity.WARNING


def test_reports_come_in_the_order_of_the_text() -> None:
    bag = Bag(SOURCE)
    bag.report("CL0302", Span(8, 13), "later")
    bag.report("CW0301", Span(0, 3), "earlier")
    assert [d.message for d in bag] == ["earlier", "later"]
    assert [d.message for d in bag.errors] == ["later"]
    assert [d.message for d in bag.warnings] == ["earlier"]
    assert not bag.ok


def test_one_report_per_line_and_code() -> None:
    bag = Bag(SOURCE)
    assert bag.report("CL0301", Span(0, 3), "first")
    assert not bag.report("CL0301", Span(4, 7), "same line")
    assert bag.report("CL0302", Span(4, 7), "other code")
    assert bag.report("CL0301", Span(8, 13), "other line")
    assert len(bag) == 3


def test_independent_mistakes_on_one_line_can_be_kept() -> None:
    bag = Bag(SOURCE)
    for span in (Span(0, 3), Span(4, 7), Span(4, 7)):
        bag.add(Diagnostic("CL0301", "unknown", span), once_per_line=False)
    assert [d.span.start for d in bag] == [0, 4]


def test_warnings_alone_are_ok() -> None:
    bag = Bag(SOURCE)
    assert bag.ok
    bag.report("CW0301", Span(0, 3), "careful")
    assert bag.ok


def test_a_flood_is_counted_not_kept() -> None:
    source = SourceText.of("x\n" * 300)
    bag = Bag(source)
    bag.extend(Diagnostic("CL0301", "unknown", Span(2 * n, 2 * n + 1)) for n in range(300))
    assert len(bag) == TOO_MANY
    assert bag.dropped == 300 - TOO_MANY


def test_moving_a_report_moves_all_its_places() -> None:
    before = Diagnostic(
        "CL0301", "m", Span(1, 2), labels=(Label(Span(0, 1), "here"),), fix=Fix(Span(1, 1), "x")
    )
    after = shifted(before, 10)
    assert (after.span, after.labels[0].span) == (Span(11, 12), Span(10, 11))
    assert after.fix == Fix(Span(11, 11), "x")


def test_no_flood_of_warnings_keeps_an_error_out() -> None:
    source = SourceText.of("\n" * 300)
    bag = Bag(source)
    for at in range(200):
        bag.report("CW0301", Span(at, at), "never used")
    assert bag.report("CL0405", Span(250, 250), "another type")
    assert not bag.ok
    assert [d.code for d in bag.errors] == ["CL0405"]
