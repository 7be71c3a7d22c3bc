"""Work that can be counted, by hand."""

from __future__ import annotations

import pytest

from conclang import pipeline
from conclang.diagnostics.source import SourceText
from conclang.semantics.symbols import Kind, ThreadData
from conclang.semantics.work import countable_work

HEAD = """
const N = 3
shared x = 0
lock m
channel ch(9)
fn job(n) { work n * 2 }
fn deep(n) { if n > 0 { work 1; deep(n - 1) } }
fn gives(n) { work n; return n + 1 }
"""


def counted(body: str) -> list[int | None]:
    text = HEAD + f"thread t[i in 1..4] {{ {body} }}\n"
    checked = pipeline.check(SourceText.of(text))
    assert not checked.bag.errors, [d.message for d in checked.bag]
    assert checked.resolved is not None
    (thread,) = checked.resolved.of_kind(Kind.THREAD)
    assert isinstance(thread.data, ThreadData)
    count = thread.data.end - thread.data.first
    return [countable_work(checked.resolved, thread, k) for k in range(count)]


@pytest.mark.parametrize(
    ("body", "ticks"),
    [
        ("work 5", 5),
        ("x = 1", 0),
        ("work N * 2; work 1", 7),
        ("repeat N { work 2; repeat 2 { work 1 } }", 12),
        ("for k in 0..4 { work k }", 6),
        ("for k in 2..2 { work 9 }", 0),
        ("job(4); job(1)", 10),
        ("deep(5)", 5),
        ("let _y = gives(2)", 2),
        ("lock m { work 3 }", 3),
        ("section s { work 1 } atomic { work 1 }", 2),
        ("if N == 3 { work 4 } else { work 9 }", 4),
        ("if x == 3 { work 4 } else { work 4 }", 4),
        ("while x < 3 { x += 1 } work 1", 1),
        ("loop { x += 1 }", 0),
        ("select { case <-ch { work 2 } default { work 2 } }", 2),
    ],
)
def test_counted(body: str, ticks: int) -> None:
    assert counted(body) == [ticks] * 3


@pytest.mark.parametrize(
    "body",
    [
        "work x",
        "loop { work 1 }",
        "while x < 3 { work 1; x += 1 }",
        "for v in ch { work v }",
        "repeat x { work 1 }",
        "if x == 3 { work 4 }",
        "select { case <-ch { work 2 } default { work 3 } }",
        "for k in 0..5 { if x == k { break } work 1 }",
        "deep(x)",
        "work choose(1, 2)",
        "let y = gives(2); work y",
        "let y = 1; if x == 1 { y = 2 } work y",
        "repeat 1000000 { x += 1 } deep(100000)",
    ],
)
def test_not_counted(body: str) -> None:
    assert counted(body) == [None] * 3


def test_each_thread_of_a_family_counts_for_itself() -> None:
    assert counted("work 10 * i") == [10, 20, 30]
    assert counted("repeat i { work 2 }") == [2, 4, 6]
    assert counted("if i == 2 { work x } else { work 1 }") == [1, None, 1]
