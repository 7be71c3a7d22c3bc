"""What is said of an end that is not as expected: values, and the steps that made them."""

from __future__ import annotations

import pytest

from conclang.explore.result import CheckResult, Finding
from tests.unit.explore.helpers import look


def finding(result: CheckResult, text: str) -> Finding:
    return next(f for f in result.findings if f.kind == "expectation" and text in f.message)


def marked(found: Finding) -> list[str]:
    return [move.text for move in found.moves if move.decisive]


TEXT = """
shared x = 0
shared y = 0
shared a[2] = 0
thread p { x = 1; y = 7; a[1] = 3; x = 2; assert a[0] == 1 }
expect finally x == 0
expect outcomes (x, a) == {(0, [0, 0])}
"""


def test_values_are_told_where_a_schedule_fails() -> None:
    found = finding(look(TEXT), "finally")
    assert found.cause == "false where a schedule fails: x = 2, y = 7, a = [0, 3]"


def test_the_last_writes_to_what_is_read_are_marked() -> None:
    assert marked(finding(look(TEXT), "finally")) == ["writes x = 2"]
    assert marked(finding(look(TEXT), "outcomes")) == ["writes a[1] = 3", "writes x = 2"]


def test_a_failure_at_the_start_has_values_too() -> None:
    found = finding(look("shared x = 3\nthread p { assert false }\nexpect finally x == 4\n"), "x")
    assert found.cause == "false where a schedule fails: x = 3"


def test_arrays_and_tuples_are_written_as_the_language_writes_them() -> None:
    found = finding(look(TEXT), "outcomes")
    assert found.cause == ("there is also (2, [0, 3]), as here: x = 2, y = 7, a = [0, 3]")


@pytest.mark.parametrize("cells", range(1, 9))
def test_ends_with_more_or_fewer_threads_are_not_mixed_up(cells: int) -> None:
    """One more has finished there, and one more cell is 1 here: the same words, but for zeros."""
    text = (
        "".join(f"shared x{number} = 0\n" for number in range(cells))
        + "fn nothing() { }\n"
        + "thread a { if choose(0, 1) == 1 { x0 = 1 } else { spawn nothing() } }\n"
        + "expect possible x0 == 0\nexpect possible x0 == 1\n"
    )
    result = look(text)
    assert [dict(row.values)["x0"] for row in result.outcomes] == [0, 1]
    assert result.verdict == "holds"
