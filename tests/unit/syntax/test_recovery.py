"""Several mistakes in one file: each is reported once, in order, and the rest is still read."""

from __future__ import annotations

import pytest

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.record import fields
from conclang.syntax import nodes
from conclang.syntax.parse import parse, parse_expression, parse_policy


def places(bag: Bag) -> list[tuple[str, int, int]]:
    return [
        (d.code, bag.source.place(d.span.start).line, bag.source.place(d.span.start).column)
        for d in bag
    ]


MANY = """\
shared count =
shared ok = 1
thread a {
  let x = 5 5
  let y 3
  if foo bar { x = 1 }
  f(a b)
  x = (1 + 2
  y = 3
  count = count + * 3
  def g() { }
  let t = [1, 2
}
processor c { cores 2 foo }
processor d { 5 scheduler 3 }
}
thread b { x = 1
fn f(a) { return a }
thread c with { }
lock m with
expect always
expect race on
"""


def test_many_mistakes_in_one_file() -> None:
    _, bag = parse(SourceText.of(MANY))
    assert places(bag) == [
        ("CL0201", 1, 15),
        ("CL0201", 4, 13),
        ("CL0242", 5, 9),
        ("CL0201", 6, 10),
        ("CL0201", 7, 7),
        ("CL0203", 8, 13),
        ("CL0201", 10, 19),
        ("CL0247", 11, 3),
        ("CL0203", 12, 16),
        ("CL0201", 14, 27),
        ("CL0201", 15, 15),
        ("CL0204", 16, 1),
        ("CL0202", 18, 1),
        ("CL0201", 19, 15),
        ("CL0201", 20, 12),
        ("CL0251", 21, 8),
        ("CL0201", 22, 15),
    ]


def test_what_surrounds_a_mistake_is_in_the_tree() -> None:
    text = "shared x = 1\nthread a { x = 2; x = = 3; x = 4 }\nlock !! m\nthread b { x = 5 }\n"
    tree, _ = parse(SourceText.of(text))
    kinds = [type(d).__name__ for d in tree.declarations]
    assert kinds == [
        "CellDeclaration",
        "ThreadDeclaration",
        "ErrorDeclaration",
        "ThreadDeclaration",
    ]
    thread = tree.declarations[1]
    assert isinstance(thread, nodes.ThreadDeclaration)
    assert len(thread.body.statements) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shared x 0", "x"),
        ("thread a { let x 3 }", "x"),
        ("const N 3", "N"),
        ("lock m 3", "m"),
        ("fn f a { }", "f"),
        ("thread t 3 { }", "t"),
        ("thread a { for i to 3 { } }", "i"),
    ],
)
def test_a_name_is_declared_though_the_rest_is_broken(text: str, name: str) -> None:
    """So that its uses are not reported as unknown."""
    tree, bag = parse(SourceText.of(text))
    assert len(bag) == 1
    assert name in names_in(tree)


def names_in(tree: nodes.Scenario) -> set[str]:
    found: set[str] = set()
    left: list[object] = [tree]
    while left:
        item = left.pop()
        if isinstance(item, nodes.Name):
            found.add(item.text)
        elif isinstance(item, nodes.Node):
            left += [getattr(item, field) for field in fields(type(item))]
        elif isinstance(item, tuple):
            left += item
    return found


def test_an_unclosed_bracket_names_its_opener() -> None:
    source = SourceText.of("thread a {\n  x = f(1,\n  let y = 2\n}\n")
    (report,) = parse(source)[1]
    assert (report.code, source.place(report.span.start).line) == ("CL0203", 2)
    (label,) = report.labels
    assert source.slice(label.span) == "("
    assert report.fix is not None


def test_an_unclosed_block_names_the_one_that_indentation_tells() -> None:
    text = "thread a {\n  repeat 2 {\n    x = 1\n}\nthread b { }\n"
    source = SourceText.of(text)
    (report,) = parse(source)[1]
    assert source.place(report.span.start).line == 5
    assert source.place(report.labels[0].span.start).line == 2


def test_a_forgotten_brace_in_each_of_three_threads() -> None:
    text = "".join(f"thread t{n} {{\n  repeat 2 {{\n    x = 1\n}}\n" for n in range(3))
    source = SourceText.of(text)
    assert [code for code, _, _ in places(parse(source)[1])] == ["CL0202"] * 3


def test_after_twenty_mistakes_reading_stops_and_says_so() -> None:
    _, bag = parse(SourceText.of("shared\n" * 50))
    reports = list(bag)
    assert len(reports) == 20
    assert "the rest of the file is not read" in reports[-1].notes[0]
    assert not any(report.notes for report in reports[:-1])


def test_one_report_per_line() -> None:
    _, bag = parse(SourceText.of("thread a { x = = 3 ) ] 5 5; y = * / 3 }\n"))
    assert len(bag) == 1


def test_the_end_of_the_file_is_behind_its_last_word() -> None:
    source = SourceText.of("shared x =\n\n\n// nothing\n")
    (report,) = parse(source)[1]
    assert source.place(report.span.start).line == 1
    assert source.place(report.span.start).column == 11


@pytest.mark.parametrize("text", ["round_robin(quantum: 2)", "fifo", "script [a, b[1]]"])
def test_a_policy_by_itself(text: str) -> None:
    policy, bag = parse_policy(SourceText.of(text))
    assert bag.ok
    assert policy is not None
    assert policy.span.end == len(text)


@pytest.mark.parametrize("text", ["", "3", "fifo fifo", "round_robin(", "round_robin)", "a;b", "}"])
def test_what_is_no_policy(text: str) -> None:
    policy, bag = parse_policy(SourceText.of(text))
    assert policy is None
    assert not bag.ok


@pytest.mark.parametrize("text", ["", "a b", "a +", "(", "}", "a = 1", "a\nb", "{"])
def test_what_is_no_expression(text: str) -> None:
    expression, bag = parse_expression(SourceText.of(text))
    assert expression is None
    assert not bag.ok


def test_an_expression_by_itself() -> None:
    expression, bag = parse_expression(SourceText.of("count + 1"))
    assert isinstance(expression, nodes.BinaryExpression)
    assert bag.ok
