"""Each form of showing, on the ugly cases; expected text is written out so that it can be read."""

from __future__ import annotations

import json
import re
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from conclang.diagnostics import show
from conclang.diagnostics.diagnostic import Diagnostic, Fix, Label
from conclang.diagnostics.show.columns import picture, width
from conclang.diagnostics.source import SourceText, Span


def span(source: SourceText, piece: str) -> Span:
    start = source.text.index(piece)
    return Span(start, start + len(piece))


def drawn(source: SourceText, diagnostic: Diagnostic, width: int = 100) -> str:
    return show.full(source, [diagnostic], width=width)


def wanted(text: str) -> str:
    return dedent(text).removeprefix("\n")


def test_a_report_with_everything() -> None:
    source = SourceText.of("shared count = 0\n\n\nthread a { cuont += 1 }\n", "c.cl")
    report = Diagnostic(
        "CL0301",
        "nothing here is called `cuont`",
        span(source, "cuont"),
        label="not declared",
        labels=(Label(span(source, "count"), "there is this one"),),
        helps=("did you mean `count`?",),
        notes=("names are\ncase sensitive",),
        fix=Fix(span(source, "cuont"), "count"),
    )
    assert drawn(source, report) == wanted("""
        error[CL0301]: nothing here is called `cuont`
         --> c.cl:4:12
          |
        1 | shared count = 0
          |        ----- there is this one
        ...
        4 | thread a { cuont += 1 }
          |            ^^^^^ not declared
          |
          = help: did you mean `count`?
        4 + thread a { count += 1 }
          = note: names are
                  case sensitive
        """)


def test_several_marks_on_one_line() -> None:
    source = SourceText.of("let a = b + c\n", "c.cl")
    report = Diagnostic(
        "CL0401",
        "these do not fit",
        span(source, "+"),
        label="here",
        labels=(Label(span(source, "b"), "a number"), Label(span(source, "c"), "a text")),
    )
    assert drawn(source, report) == wanted("""
        error[CL0401]: these do not fit
         --> c.cl:1:11
          |
        1 | let a = b + c
          |         - ^ - a text
          |         | |
          |         | here
          |         a number
        """)


def test_a_span_over_many_lines_is_folded() -> None:
    source = SourceText.of("x { a\n b\n c\n d\n e\n}\n", "c.cl")
    whole = Diagnostic("CW0201", "long", Span(2, 19), label="all of this")
    assert drawn(source, whole) == wanted("""
        warning[CW0201]: long
         --> c.cl:1:3
          |
        1 |   x { a
          |  ___^
        2 | |  b
        3 | |  c
        ... |
        6 | | }
          | |_^ all of this
        """)


def test_a_whole_block_gets_a_plain_rail() -> None:
    source = SourceText.of("x {\n b\n}\n", "c.cl")
    assert "1 | / x {\n2 | |  b\n3 | | }\n  | |_^" in drawn(
        source, Diagnostic("CL0201", "m", Span(0, 8))
    )


def test_the_end_of_the_file_has_a_place() -> None:
    for text, line, caret in (("ab {", "1 | ab {", "  |     ^ here"), ("a\n", "2 |", "  | ^ here")):
        source = SourceText.of(text, "c.cl")
        rows = drawn(source, Diagnostic("CL0201", "m", Span(len(text), len(text)), "here"))
        assert rows.splitlines()[3:5] == [line, caret]


def test_an_empty_file_is_shown_without_an_excerpt() -> None:
    report = Diagnostic("CL0101", "there is no such file", Span(0, 0))
    assert drawn(SourceText("x.cl", ""), report).splitlines() == [
        "error[CL0101]: there is no such file",
        " --> x.cl:1:1",
    ]


def test_tabs_and_wide_characters_stay_above_their_caret() -> None:
    source = SourceText.of("\tshared 漢字 = é\u0301x\n", "c.cl")
    rows = drawn(source, Diagnostic("CL0110", "m", span(source, "x"))).splitlines()
    assert rows[3] == "1 |     shared 漢字 = é\u0301x"
    assert width(rows[3].split("x")[0]) == rows[4].index("^")


def test_nothing_shown_can_harm_a_terminal() -> None:
    source = SourceText.of('print "\x1b[2J\u202e" x\n', "a\x1b[31m\n.cl")
    report = Diagnostic("CL0110", "bad \x1b[2J\nthing", span(source, "x"), helps=("\x07",))
    for text in (drawn(source, report), show.concise(source, [report])):
        assert all(c.isprintable() or c == "\n" for c in text)


def test_a_very_long_line_shows_the_mistake() -> None:
    source = SourceText.of("x" * 100_000 + " bad " + "漢" * 100_000, "c.cl")
    rows = drawn(source, Diagnostic("CL0110", "m", span(source, "bad"), "here")).splitlines()
    assert all(width(row) <= 110 for row in rows)
    assert rows[3].startswith("1 | …")
    assert rows[3].endswith("…")
    at = rows[4].index("^^^")
    assert rows[3][at : at + 3] == "bad"


@given(
    st.text(alphabet=st.sampled_from("ab \t漢é\u0301🎉\n"), max_size=200),
    st.integers(0, 200),
    st.integers(0, 60),
    st.integers(20, 100),
)
def test_any_span_of_any_text_can_be_drawn(text: str, start: int, size: int, room: int) -> None:
    source = SourceText.of(text)
    start = min(start, len(text))
    report = Diagnostic(
        "CL0201",
        "m",
        Span(start, min(start + size, len(text))),
        "label",
        (Label(Span(0, min(3, len(text))), "first"),),
        fix=Fix(Span(start, start), "+"),
    )
    rows = drawn(source, report, room).splitlines()
    assert any("^" in row for row in rows) == bool(text)


@given(st.text(alphabet="ab\t漢", max_size=300), st.integers(0, 300), st.integers(20, 60))
def test_a_window_fits_and_keeps_the_focus(line: str, at: int, room: int) -> None:
    at = min(at, len(line))
    shown = picture(line, (at, at), room)
    assert width(shown.text) <= room + 4
    assert shown.first <= at < shown.first + len(shown.columns)


def test_concise() -> None:
    source = SourceText.of("a\nbc\n", "dir/c.cl")
    reports = [Diagnostic("CL0301", "one", Span(0, 1)), Diagnostic("CW0301", "two", Span(3, 4))]
    assert show.concise(source, reports) == (
        "dir/c.cl:1:1: error[CL0301]: one\ndir/c.cl:2:2: warning[CW0301]: two\n"
    )
    assert show.summary(reports) == "1 error, 1 warning"
    assert show.summary(reports[:1] * 2) == "2 errors"
    assert show.full(source, []) == show.concise(source, []) == show.summary([]) == ""


def test_json() -> None:
    source = SourceText.of("a\nbc\n", "c.cl")
    report = Diagnostic(
        "CL0301",
        "one",
        Span(2, 4),
        "l",
        (Label(Span(0, 1), "x"),),
        ("h",),
        ("n",),
        Fix(Span(2, 4), "d"),
    )
    [data] = json.loads(show.json(source, [report]))
    assert data == {
        "code": "CL0301",
        "severity": "error",
        "file": "c.cl",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 3,
        "message": "one",
        "label": "l",
        "labels": [{"line": 1, "column": 1, "end_line": 1, "end_column": 2, "text": "x"}],
        "help": ["h"],
        "notes": ["n"],
        "fix": {"line": 2, "column": 1, "end_line": 2, "end_column": 3, "replacement": "d"},
    }


def test_sarif() -> None:
    source = SourceText.of("a\n漢字\n", "my dir/ä.cl")
    report = Diagnostic("CL0110", "one", Span(2, 4), labels=(Label(Span(0, 1), "x"),))
    document = json.loads(show.sarif(source, [report]))
    assert document["version"] == "2.1.0"
    [run] = document["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["CL0110"]
    [result] = run["results"]
    assert (result["ruleId"], result["level"]) == ("CL0110", "error")
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "my%20dir/%C3%A4.cl"
    assert physical["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 3}
    assert result["relatedLocations"][0]["message"] == {"text": "x"}


def test_colour_changes_nothing_but_colour() -> None:
    source = SourceText.of("let a = b + c\n", "c.cl")
    report = Diagnostic(
        "CL0401", "m", Span(10, 11), "here", (Label(Span(8, 9), "x"), Label(Span(12, 13), "y"))
    )
    colored = show.full(source, [report], color=True)
    assert "\033[1;31m" in colored
    assert re.sub("\033\\[[0-9;]*m", "", colored) == show.full(source, [report])
