"""What the tree says: places, numbers of nodes, texts, layout, comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.diagnostics.source import SourceText
from conclang.record import fields
from conclang.syntax import nodes
from conclang.syntax.parse import parse, parse_expression, parse_with_comments
from conclang.syntax.unparse import unparse

FORMS = Path(__file__).with_name("forms.cl").read_text(encoding="utf-8")


def tree(text: str) -> nodes.Scenario:
    scenario, bag = parse(SourceText.of(text))
    assert list(bag) == []
    return scenario


def statements(text: str) -> tuple[nodes.Statement, ...]:
    (thread,) = tree(f"thread t {{ {text} }}").declarations
    assert isinstance(thread, nodes.ThreadDeclaration)
    return thread.body.statements


def expression(text: str) -> nodes.Expression:
    value, bag = parse_expression(SourceText.of(text))
    assert list(bag) == []
    assert value is not None
    return value


def shown(node: object) -> object:
    """The form of a tree as nested tuples."""
    if isinstance(node, nodes.Node):
        parts = [shown(getattr(node, name)) for name in fields(type(node))[2:]]
        return (type(node).__name__.removesuffix("Expression"), *parts)
    return tuple(shown(item) for item in node) if isinstance(node, tuple) else node


def walk(node: nodes.Node) -> list[nodes.Node]:
    found, left = [], [node]
    while left:
        node = left.pop()
        found.append(node)
        for name in fields(type(node))[2:]:
            value = getattr(node, name)
            items = value if isinstance(value, tuple) else (value,)
            left += [item for item in items if isinstance(item, nodes.Node)]
    return found


def test_every_node_has_its_own_number() -> None:
    numbers = [node.id for node in walk(tree(FORMS))]
    assert len(numbers) == len(set(numbers)) > 600


def test_every_node_lies_within_the_one_around_it() -> None:
    for node in walk(tree(FORMS)):
        assert 0 <= node.span.start <= node.span.end <= len(FORMS)
        for child in walk(node):
            assert node.span.start <= child.span.start, (node, child)
            assert child.span.end <= node.span.end, (node, child)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("thread t { x = (1 + 2) * y }", nodes.BinaryExpression, "(1 + 2) * y"),
        ("thread t { x = (1 + 2) * y }", nodes.ParenExpression, "(1 + 2)"),
        ("thread t { x = f(a, b) [0] }", nodes.IndexExpression, "f(a, b) [0]"),
        ("thread t { lock m { x = 1 } }", nodes.LockStatement, "lock m { x = 1 }"),
        ("thread t { let (a, b) = <-ch ; }", nodes.LetStatement, "let (a, b) = <-ch"),
        ("thread t { return\n }", nodes.ReturnStatement, "return"),
        ("expect no race on x\n", nodes.ExpectFlaw, "no race on x"),
        ("expect no race on x\n", nodes.ExpectDeclaration, "expect no race on x"),
        ("shared a[4] = 0 // zero\n", nodes.CellDeclaration, "shared a[4] = 0"),
        ('thread t { print "é {x + 1}" }', nodes.BinaryExpression, "x + 1"),
        ("processor c {\n cost { read 1 }\n}", nodes.CostTable, "{ read 1 }"),
        ("processor c { scheduler rr(quantum: 2) }", nodes.PolicyArgument, "quantum: 2"),
        ("thread t { if x { } else if y { } }", nodes.IfStatement, "if x { } else if y { }"),
    ],
)
def test_a_span_is_what_was_written(text: str, kind: type[nodes.Node], wanted: str) -> None:
    found = [text[n.span.start : n.span.end] for n in walk(tree(text)) if type(n) is kind]
    assert wanted in found


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("not a and b", "(not a) and b"),
        ("a or b and c", "a or (b and c)"),
        ("not a == b", "not (a == b)"),
        ("-a * b", "(-a) * b"),
        ("-a[0]", "-(a[0])"),
        ("a + b < c", "(a + b) < c"),
        ("- <-c + 1", "(- (<-c)) + 1"),
        ("await f + 1", "(await f) + 1"),
    ],
)
def test_how_operators_bind(text: str, same: str) -> None:
    def plain(node: object) -> object:
        if isinstance(node, tuple):
            if node and node[0] == "Paren":
                return plain(node[1])
            return tuple(plain(item) for item in node)
        return node

    assert plain(shown(expression(text))) == plain(shown(expression(same)))


def test_a_chain_of_comparisons_is_one_node() -> None:
    chain = expression("0 <= x < 3 != y")
    assert isinstance(chain, nodes.CompareExpression)
    assert chain.operators == ("<=", "<", "!=")
    assert len(chain.operands) == 4


@pytest.mark.parametrize("end", ["\n", ";", " ; ", "\n\n;\n", "; // comment\n", "\r\n", "\r"])
def test_ends_of_statements(end: str) -> None:
    assert len(statements(f"{end}x = 1{end}y = 2{end}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "x = f(1,\n 2\n)",
        "x = (1 +\n 2)",
        "x = [1\n, 2]",
        "if x\n{\n}\nelse\n{\n}",
        "if x { }\n\n// comment\nelse if y { }",
        "let (a,\n b) = c",
        "x = (join\nt)",
        "x = (try_acquire\nread\nt)",
        "x = [-\n1\n]",
        "lock m\n{ }",
        "select {\n case <-a\n { }\n\n default { }\n}",
    ],
)
def test_newlines_that_mean_nothing(text: str) -> None:
    assert len(statements(text)) == 1


def test_blocks_need_no_separator_behind_them() -> None:
    assert len(statements("lock m { } lock n { } x = 1")) == 3


def test_soft_words_are_names_where_they_are_not_expected() -> None:
    first, second, third, fourth = statements("wait c; wait = 1; wait[0] = 2; read(3)")
    assert isinstance(first, nodes.OperateStatement)
    assert isinstance(second, nodes.AssignStatement)
    assert isinstance(third, nodes.AssignStatement)
    assert isinstance(fourth, nodes.ExpressionStatement)


def test_words_of_expectations_are_names_elsewhere() -> None:
    found = tree("expect always error == 0\nexpect race == 0 leads to timed > 3\nexpect no race")
    kinds = [
        type(d.expectation) for d in found.declarations if isinstance(d, nodes.ExpectDeclaration)
    ]
    assert kinds == [nodes.ExpectState, nodes.ExpectLeadsTo, nodes.ExpectFlaw]


@pytest.mark.parametrize(
    "line",
    [
        "timed a <= 0.00 under b on under cores",
        "timed under < 3 under fifo",
        "timed 3 < under under fifo",
        "timed (under) under under(under) on cores cores",
        "timed x[under] under under on core cores",
        "timed under under under on under cores",
        "leads leads to leads",
        "to == leads leads to to",
    ],
)
def test_words_that_join_are_names_where_a_name_must_stand(line: str) -> None:
    assert unparse(tree(f"expect {line}\n")) == f"expect {line}\n"


def test_a_timed_line_turned_round_means_the_same() -> None:
    turned = tree("expect timed x[under] on core core under under\n")
    assert unparse(turned) == "expect timed x[under] under under on core cores\n"


def text_of(source: str) -> tuple[object, ...]:
    (statement,) = statements(f'print "{source}"')
    assert isinstance(statement, nodes.PrintStatement)
    assert isinstance(statement.value, nodes.StringLiteral)
    assert statement.value.interpolated
    return tuple(p if isinstance(p, str) else type(p).__name__ for p in statement.value.parts)


def test_texts_with_expressions() -> None:
    assert text_of("") == ()
    assert text_of("plain") == ("plain",)
    assert text_of("a {x} b {y}{z}") == (
        *("a ", "NameExpression", " b ", "NameExpression", "NameExpression"),
    )
    assert text_of(r"{{x}} \"q\" \n \\ \t") == ('{x} "q" \n \\ \t',)
    assert text_of("{ f(a[1], 2) }") == ("CallExpression",)
    assert text_of("é{x}ü") == ("é", "NameExpression", "ü")


def test_braces_in_other_texts_are_plain() -> None:
    (let,) = statements('let s = "{x} {{"')
    assert isinstance(let, nodes.LetStatement)
    assert isinstance(let.value, nodes.StringLiteral)
    assert let.value.parts == ("{x} {{",)
    assert not let.value.interpolated


def test_a_mistake_in_a_text_is_shown_where_it_stands() -> None:
    source = SourceText.of('thread t {\n  print "x = {x +}"\n}')
    (report,) = parse(source)[1]
    assert source.place(report.span.start).line == 2
    assert source.place(report.span.start).column == 18


def test_comments_are_kept_in_order() -> None:
    text = '// one\nshared x = 0 // two  \n\n  // three\nthread t { print "// no" } // four'
    _, bag, comments = parse_with_comments(SourceText.of(text))
    assert bag.ok
    assert [(c.text, c.trailing) for c in comments] == [
        ("// one", False),
        ("// two", True),
        ("// three", False),
        ("// four", True),
    ]
    assert all(text[c.span.start : c.span.end] == c.text for c in comments)


@pytest.mark.parametrize(
    ("comment", "warned"),
    [
        ("let y = x // 2", True),
        ("let y = x // 2 }", True),
        ("y = x // x", True),
        ("work x // (x + 1)", True),
        ("return a[0] // a", True),
        ("y = x // the half", False),
        ("y = x // half", False),
        ("y = 2 // x", False),
        ("y = 10 // 3", True),
        ("acquire x // 2", False),
        ("lock x { // 2\n }", False),
        ("y = x //", False),
    ],
)
def test_a_comment_that_looks_like_a_division(comment: str, warned: bool) -> None:
    _, bag = parse(SourceText.of(f"thread t {{\n{comment}\n}}\n"))
    assert ("CW0201" in [d.code for d in bag]) is warned


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0", None),
        ("1_000_000", None),
        ("9223372036854775807", None),
        ("-9223372036854775808", None),
        ("9223372036854775808", "CL0114"),
        ("1 - 9223372036854775808", "CL0114"),
        ("1" * 100_000, "CL0114"),
        ("00", "CL0113"),
        ("1_", "CL0113"),
        ("1__0", "CL0113"),
        ("0x1F", "CL0113"),
        ("5ms", "CL0113"),
    ],
)
def test_numbers(number: str, code: str | None) -> None:
    _, bag = parse(SourceText.of(f"const n = {number}\n"))
    assert [d.code for d in bag] == ([code] if code else [])


def test_what_is_needed_for_a_wheel_is_beside_the_grammar() -> None:
    from conclang.syntax.grammar import GRAMMAR, PREPARED, grammar_folder

    assert {GRAMMAR, PREPARED} <= {path.name for path in Path(grammar_folder()).iterdir()}
