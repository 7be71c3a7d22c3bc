"""What a statement with a mistake of form means is not judged; its neighbours are."""

from __future__ import annotations

import pytest

from conclang import pipeline
from conclang.diagnostics.source import SourceText


def said(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and first help of each report."""
    source = SourceText.of(text, "x.cl")
    bag = pipeline.check(source).bag
    places = [(d, source.place(d.span.start)) for d in bag]
    return [(d.code, p.line, p.column, d.helps[0] if d.helps else "") for d, p in places]


def test_a_guess_at_the_meaning_is_not_judged() -> None:
    found = said("shared x = 0\nthread b { x = x > 3 ? 1 : 2 }\n")
    assert [code for code, *_ in found] == ["CL0221"]


def test_the_next_statement_of_the_line_is_judged() -> None:
    found = said("shared x = 0\nthread b { x++; x = true }\n")
    assert [(code, column) for code, _, column, _ in found] == [("CL0218", 13), ("CL0405", 21)]


def test_mistakes_of_meaning_elsewhere_are_all_there() -> None:
    found = said("shared x = 0\nthread a { x++ }\nthread b { y = 1 }\nexpect finally x\n")
    assert [code for code, *_ in found] == ["CL0218", "CL0301", "CL0804"]


@pytest.mark.parametrize(("method", "meant"), [("wait", "acquire s"), ("signal", "release s")])
def test_methods_of_semaphores(method: str, meant: str) -> None:
    found = said(f"semaphore s(1)\nthread a {{ s.{method}() }}\n")
    assert found == [("CL0232", 2, 12, f"write `{meant}`")]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("outcomes x > 1 == {true}", "x > 1"),
        ("outcomes x == 1 == {true, false}", "x == 1"),
        ("outcomes 0 <= x < 3 == {true}", "0 <= x < 3"),
    ],
)
def test_a_comparison_among_outcomes(line: str, value: str) -> None:
    found = said(f"shared x = 0\nthread a {{ x = 1 }}\nexpect {line}\n")
    assert found == [("CL0251", 3, 17, f"write `outcomes ({value}) == …`")]


def test_lists_of_other_languages() -> None:
    found = said("shared q[3] = 0\nthread a { q.append(1) }\n")
    assert [(code, help[:27]) for code, _, _, help in found] == [
        ("CL0526", "an array keeps its length; ")
    ]


def test_beside_a_mistake_of_form_no_name_is_called_unused() -> None:
    found = said("shared x = 0\nthread a { x := 1 }\n")
    assert [code for code, *_ in found] == ["CL0211"]
