"""Deep and large texts: an answer with a place, in time that grows with the length only."""

from __future__ import annotations

import os
import sys
import time

import pytest

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.syntax.parse import parse

DEEP = {
    "parentheses": "const n = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n",
    "open parentheses": "const n = " + "(" * 10_000,
    "brackets": "const n = " + "[" * 10_000 + "]" * 10_000 + "\n",
    "blocks": "thread a " + "{ loop " * 5_000 + "{ }" + "}" * 5_000 + "\n",
    "open blocks": "thread a { " + "if x { " * 5_000,
    "minus signs": "const n = " + "- " * 10_000 + "1\n",
    "not": "thread a { while " + "not " * 10_000 + "x { } }\n",
    "receives": "thread a { " + "<- " * 10_000 + "ch }\n",
    "else if": "thread a { if x { } " + "else if x { } " * 10_000 + "}\n",
    "sum": "const n = 1" + " + 1" * 10_000 + "\n",
    "or": "const n = true" + " or true" * 10_000 + "\n",
    "index": "thread a { x = a" + "[0]" * 10_000 + " }\n",
    "calls": "thread a { f" + "()" * 10_000 + " }\n",
    "fields": "thread a { x = a" + ".b" * 10_000 + " }\n",
    "processes": "process p { " * 5_000 + "}" * 5_000 + "\n",
    "policies": "processor c { scheduler " + "partitioned(" * 5_000 + ")" * 5_000 + " }\n",
    "sums in parentheses": "const n = " + "(1 + " * 5_000 + "1" + ")" * 5_000 + "\n",
    "interpolation": 'thread a { print "{' + "(" * 10_000 + '}" }\n',
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_too_deep(text: str) -> None:
    limit = sys.getrecursionlimit()
    _, bag = parse(SourceText.of(text))
    assert any(report.code in ("CL0115", "CL0205") for report in bag), list(bag)
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize(
    "text",
    [
        "const n = " + "(" * 200 + "1" + ")" * 200 + "\n",
        "thread a " + "{ loop " * 199 + "{ }" + "}" * 199 + "\n",
        "const n = 1" + " + 1" * 200 + "\n",
        "thread a { if x { } " + "else if x { } " * 200 + "}\n",
        "shared a = [" + "1, " * 20_000 + "]\n",
        "thread a { x = f(" + "1, " * 20_000 + ") }\n",
        "expect finally " + "1 < " * 20_000 + "2\n",
        "thread a { " + "x = 1; " * 20_000 + "}\n",
        'thread a { print "' + "{x}" * 5_000 + '" }\n',
    ],
)
def test_deep_and_long_enough(text: str) -> None:
    assert list(parse(SourceText.of(text))[1]) == []


LONG = {
    "statements": "  x = a[i] + f(1, 2) * 3\n",
    "mistakes": "  x = = 3\n",
    "slips": "  x++\n",
    "spaces": " " * 50,
    "newlines": "\n" * 50,
    "semicolons": ";" * 50,
    "quotes": '"' * 50,
    "open texts": 'print "abc\n',
    "comments": "x = 1 // 2\n",
    "hashes": "# abc\n",
    "block comments": "/* abc */ ",
    "open block comments": "/* abc ",
    "digits": "1" * 50,
    "letters": "a" * 50,
    "closers": "})] ",
    "brackets": "f(a\n",
    "colons": "if x:\n  y = 1\n",
    "elif": "if x { } elif y { } ",
    "expectations": "expect timed a < 3 on 4 cores\n",
    "backslashes": "\\" * 50,
    "pi": "π" * 50,
}


def seconds(unit: str, length: int) -> float:
    source = SourceText.of("thread a {\n" + unit * (length // len(unit)))
    best = 99.0
    for _ in range(2):
        start = time.process_time()
        _, bag = parse(source)
        best = min(best, time.process_time() - start)
        assert isinstance(bag, Bag)
    return best


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Eight times the text may take eight times as long, and something for noise."""
    short, long = seconds(unit, 20_000), seconds(unit, 160_000)
    assert long < 24 * short + 0.1


def test_a_file_of_megabytes() -> None:
    """CONCLANG_MEGABYTES=5 for a really large one."""
    unit = "thread t {\n  x = a[i] + 1\n  lock m { y += 2 }\n}\n"
    number = int(float(os.environ.get("CONCLANG_MEGABYTES", "1")) * 1_000_000) // len(unit)
    tree, bag = parse(SourceText.of(unit * number))
    assert len(tree.declarations) == number
    assert bag.ok


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "\ufeff", "// only\n", ";", "\0", "\r", "\t\n;;\n"]
)
def test_nearly_nothing(text: str) -> None:
    tree, bag = parse(SourceText.of(text))
    assert tree.declarations == ()
    assert bag.ok is ("\0" not in text)
