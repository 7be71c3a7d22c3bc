"""Several independent mistakes in one file: as many reports, in order, on their own lines."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from conclang import pipeline

HEAD = """\
shared x = 0
shared y = 0
shared flag = false
lock m
channel ch
semaphore s(1)
condition c
fn f(n) { return n }
"""
# Each is known to get one report, on its own line.
STATEMENTS = (
    "x++",
    "x := 1",
    "x = y = 1",
    "if x = 1 { print 1 }",
    "if flag && x == 1 { print 1 }",
    "if flag { print 1",
    "while x < 3: print 1",
    "print 'hello'",
    "x = null",
    "x = count + 1",
    "let z: int = 3",
    "int z = 3",
    "lock = threading.Lock()",
    "with m { x = 1 }",
    "m.acquire()",
    "acquire(m)",
    "wait m",
    "signal s",
    "release ch",
    "join <-ch",
    "ch.send(true)",
    "v <- ch",
    "f(1, 2)",
    "x = f(1",
    "x = 1 + 2)",
    "x = flag",
    "break",
    "return 1",
    "spawn f",
    "let a = [1, 2].len()",
    "let l = [i for i in 0..3]",
    "x ==== 1",
    "x = 1 2",
    "thread::spawn(|| { x = 1 })",
    "foo bar",
    "elif x == 2 { print 1 }",
)
TOP = (
    "def g(a) { return a }",
    "mutex k",
    "int q = 0",
    "shared q",
    "shared q: int = 0",
    "semaphore q = 1",
    "thread w[3] { x = 1 }",
    "thread w priority 3 { x = 1 }",
    "processor p { cores = 2 }",
    "processor p { scheduler roundrobin }",
    "expect x == 2",
    "expect no dead_lock",
    "expect finally zz == 1",
    "invariant x == 1",
    "class Foo { }",
    "main { x = 1 }",
    "barrier b",
)
DECLARED = re.compile(r"\b([bgkpqw]|main)\b")
UNCLOSED = "if flag { print 1"  # is reported where the block should have ended


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A file, and the lines of the mistakes in it: at most one in a thread or at the top."""
    slips = draw(st.lists(st.sampled_from(STATEMENTS + TOP), min_size=1, max_size=12))
    lines, wrong = HEAD.splitlines(), []
    for number, slip in enumerate(slips):
        if slip in TOP:
            lines.append(DECLARED.sub(rf"\g<0>{number}", slip))
            wrong.append(len(lines))
            continue
        lines += [f"thread t{number} {{", "  print x", f"  {slip}"]
        wrong.append(len(lines) + (3 if slip == UNCLOSED else 0))
        lines += ["  print y", "}"]
        if slip == UNCLOSED or draw(st.booleans()):
            lines.append(f"thread u{number} {{ x = 2 }}")
    return "\n".join(lines) + "\n", wrong


def reported(text: str) -> list[int]:
    checked = pipeline.load_text(text)
    return [checked.source.place(d.span.start).line for d in checked.bag.errors]


def test_each_mistake_alone_has_one_report() -> None:
    for slip in STATEMENTS:
        if slip != UNCLOSED:
            text = f"{HEAD}thread t {{\n  print x\n  {slip}\n  print y\n}}\n"
            assert reported(text) == [HEAD.count("\n") + 3], slip
    for slip in TOP:
        assert reported(f"{HEAD}{slip}\nthread u {{ x = 2 }}\n") == [HEAD.count("\n") + 1], slip


@settings(max_examples=150, deadline=None)
@given(files())
def test_many_mistakes_have_as_many_reports(made: tuple[str, list[int]]) -> None:
    text, wrong = made
    assert reported(text) == wrong, text
