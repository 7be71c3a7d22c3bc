"""The one style, case by case: left what somebody wrote, right what the formatter makes of it."""

from __future__ import annotations

import time

import pytest

from conclang.diagnostics.source import SourceText
from conclang.syntax.parse import parse
from conclang.syntax.trivia import comments_of
from conclang.syntax.unparse import unparse

LONG = ", ".join(f"value_{i}" for i in range(12))

CASES = {
    "spaces": ("shared  x=1+2*-3", "shared x = 1 + 2 * -3\n"),
    "one statement per line": ("shared a = 0; shared b = 0;", "shared a = 0\nshared b = 0\n"),
    "no newline at the end": ("shared a = 0", "shared a = 0\n"),
    "empty file": ("", ""),
    "only white space": ("\n  \n", ""),
    "only comments": ("\n\n  // a\n\n\n// b", "// a\n\n// b\n"),
    "one-line block stays": (
        "thread a{repeat 2{count+=1}}",
        "thread a { repeat 2 { count += 1 } }\n",
    ),
    "one-line statements stay": ("thread a { x=1;y=2; }", "thread a { x = 1; y = 2 }\n"),
    "empty block": ("thread a {\n\n}", "thread a { }\n"),
    "broken block is broken": (
        "thread a { x = 1\n y = 2 }",
        "thread a {\n  x = 1\n  y = 2\n}\n",
    ),
    "inner one-line block stays": (
        "thread a {\nloop { work 1 } }",
        "thread a {\n  loop { work 1 }\n}\n",
    ),
    "brace on its own line": ("thread a\n{ x = 1 }", "thread a { x = 1 }\n"),
    "if and else are alike": (
        "thread a {\nif c { x = 1 } else {\ny = 1 } }",
        "thread a {\n  if c {\n    x = 1\n  } else {\n    y = 1\n  }\n}\n",
    ),
    "else on the next line": (
        "thread a { if c { x = 1 }\nelse { y = 1 } }",
        "thread a {\n  if c {\n    x = 1\n  } else {\n    y = 1\n  }\n}\n",
    ),
    "too long for one line": (
        f"thread a {{ let x = f({LONG[:70]}); work 1; sleep 2 }}",
        f"thread a {{\n  let x = f({LONG[:70]})\n  work 1\n  sleep 2\n}}\n",
    ),
    "paragraphs": (
        "\n\nshared a = 0\n\n\n\nshared b = 0\n;\n\nshared c = 0\n\n",
        "shared a = 0\n\nshared b = 0\n\nshared c = 0\n",
    ),
    "no blank lines inside braces": (
        "thread a {\n\n  work 1\n\n\n  work 2\n\n}",
        "thread a {\n  work 1\n\n  work 2\n}\n",
    ),
    "settings": (
        "processor cpu { cores 2 scheduler fifo\n switch_cost 1 }",
        "processor cpu {\n  cores 2\n  scheduler fifo\n  switch_cost 1\n}\n",
    ),
    "settings on one line": (
        "processor cpu { cores 2;scheduler fifo }",
        "processor cpu { cores 2  scheduler fifo }\n",
    ),
    "cost": (
        "processor cpu { cost { read 1;write 2 } }",
        "processor cpu { cost { read 1 write 2 } }\n",
    ),
    "lists are joined": (
        "shared a = [1,\n 2,\n 3,\n]\nexpect outcomes x == {\n 1,\n 2\n}",
        "shared a = [1, 2, 3]\nexpect outcomes x == {1, 2, 3}\n".replace("{1, 2, 3}", "{1, 2}"),
    ),
    "lists too long are filled": (
        f"shared a = [{LONG}]",
        "shared a = [\n"
        "  value_0, value_1, value_2, value_3, value_4, value_5, value_6, value_7, value_8, "
        "value_9,\n"
        "  value_10, value_11,\n]\n",
    ),
    "expressions too long break before operators inside brackets": (
        "const c = (" + " + ".join(f"value_{i}" for i in range(10)) + ")",
        "const c = (\n  value_0 + value_1 + value_2 + value_3 + value_4 + value_5 + value_6 + "
        "value_7 + value_8 + value_9\n)\n",
    ),
    "attributes too long": (
        "thread a with priority 3, arrival 10, burst 8, deadline 200, period 500, tickets 100, "
        "nice -5, pinned 2 { }",
        "thread a with priority 3, arrival 10, burst 8, deadline 200, period 500, tickets 100, "
        "nice -5,\n    pinned 2 { }\n",
    ),
    "parentheses stay, doubled ones too": ("const c = ((a)) + (b)", "const c = ((a)) + (b)\n"),
    "needless brackets of policies go": (
        "processor cpu { scheduler fifo() }",
        "processor cpu { scheduler fifo }\n",
    ),
    "literals stay": (
        'thread a { print "\\t{{ {a+b} \\"" ; work 1_000 }',
        'thread a { print "\\t{{ {a+b} \\""; work 1_000 }\n',
    ),
    "core and cores": (
        "expect timed makespan == 1 on 1 core",
        "expect timed makespan == 1 on 1 core\n",
    ),
    "select": (
        "thread t { select {\ncase v=<-a{work v} default{ } } }",
        "thread t {\n  select {\n    case v = <-a { work v }\n    default { }\n  }\n}\n",
    ),
}

COMMENTS = {
    "before the first declaration": (
        "// one\n\n\n// two\nshared a = 0",
        "// one\n\n// two\nshared a = 0\n",
    ),
    "apart from the first declaration": ("// one\n\nshared a = 0", "// one\n\nshared a = 0\n"),
    "trailing": ("shared a = 0// one", "shared a = 0  // one\n"),
    "trailing after a semicolon": ("shared a = 0; // one", "shared a = 0  // one\n"),
    "after a brace": ("thread a { // one\nwork 1 }", "thread a {  // one\n  work 1\n}\n"),
    "own line after a brace, then a paragraph": (
        "thread a {\n\n// one\n\nwork 1 }",
        "thread a {\n  // one\n\n  work 1\n}\n",
    ),
    "only in a block": ("thread a {\n// one\n}", "thread a {\n  // one\n}\n"),
    "at the end of a block": (
        "thread a { work 1\n\n// one\n\n}",
        "thread a {\n  work 1\n\n  // one\n}\n",
    ),
    "after a block": ("thread a { work 1 } // one", "thread a { work 1 }  // one\n"),
    "between branches": (
        "thread a { if c { work 1 } // one\n // two\n else { work 2 } }",
        "thread a {\n  if c {\n    work 1\n  }  // one\n  // two\n  else {\n    work 2\n  }\n}\n",
    ),
    "before a brace": ("thread a // one\n{ work 1 }", "thread a  // one\n{ work 1 }\n"),
    "in a call": (
        "thread a { f(1, // one\n2) }",
        "thread a {\n  f(\n    1,  // one\n    2,\n  )\n}\n",
    ),
    "in a list": (
        "shared a = [ // none\n1, 2 // two\n, 3\n// end\n]",
        "shared a = [  // none\n  1, 2  // two\n  , 3,\n  // end\n]\n",
    ),
    "in parentheses": (
        "const c = (a // one\n+ b)",
        "const c = (\n  a  // one\n  + b\n)\n",
    ),
    "between attributes": (
        "thread a with priority 1, // one\n nice 2 { }",
        "thread a with priority 1,  // one\n    nice 2 { }\n",
    ),
    "between arms": (
        "thread a { select {\n// one\ncase <-a { } // two\n// three\n default { } } }",
        "thread a {\n  select {\n    // one\n    case <-a { }  // two\n    // three\n"
        "    default { }\n  }\n}\n",
    ),
    "between settings": (
        "processor cpu { cores 2 // two\n // who\n scheduler fifo }",
        "processor cpu {\n  cores 2  // two\n  // who\n  scheduler fifo\n}\n",
    ),
    "at the end of the file": (
        "shared a = 0\n\n\n// one\n// two\n\n",
        "shared a = 0\n\n// one\n// two\n",
    ),
    "text untouched but for white space behind it": (
        'shared a = 0 //no space {"   ',
        'shared a = 0  //no space {"\n',
    ),
    "not in a string": ('thread t { print "// no" }', 'thread t { print "// no" }\n'),
}


def formatted(text: str) -> str:
    source = SourceText.of(text)
    scenario, bag = parse(source)
    assert not bag.errors, [(d.code, d.message) for d in bag]
    return unparse(scenario, source.text)


@pytest.mark.parametrize("name", CASES)
def test_style(name: str) -> None:
    text, expected = CASES[name]
    assert formatted(text) == expected
    assert formatted(expected) == expected


@pytest.mark.parametrize("name", COMMENTS)
def test_comments(name: str) -> None:
    text, expected = COMMENTS[name]
    assert formatted(text) == expected
    assert formatted(expected) == expected
    assert comments_of(text) == comments_of(expected)


@pytest.mark.parametrize(
    "text",
    [
        "const c = " + "(" * 195 + "1" + ")" * 195,
        "thread t " + "{ loop " * 195 + "{ }" + " }" * 195,
        "const c = " + " + ".join(["1"] * 190),
        "const c = " + "- " * 190 + "1",
        "const c = a" + "[0]" * 190,
        "thread t { " + "if c { } else " * 190 + "{ } }",
    ],
    ids=["parentheses", "blocks", "operators", "signs", "indices", "else if"],
)
def test_depth_up_to_the_limits(text: str) -> None:
    once = formatted(text)
    assert formatted(once) == once


def test_a_file_without_a_line_end_inside_is_done_in_linear_time() -> None:
    """Ten times the text takes about ten times as long, not a hundred times."""

    def seconds(count: int) -> float:
        text = "thread t { " + "; ".join(["x = f(1, [2, 3]) + y"] * count) + " }"
        scenario, _ = parse(SourceText.of(text))
        started = time.perf_counter()
        unparse(scenario, text)
        return time.perf_counter() - started

    seconds(200)
    assert seconds(5000) < 40 * max(seconds(500), 0.001)
