"""Printed trees read back as themselves; texts survive the formatter, whatever their layout."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conclang.diagnostics.source import SourceText
from conclang.syntax.compare import first_difference, same_tree
from conclang.syntax.nodes import Scenario
from conclang.syntax.parse import parse
from conclang.syntax.trivia import comments_of, source_words
from conclang.syntax.unparse import unparse

sys.path.insert(0, str(Path(__file__).parent))
from ast_strategies import scenarios

SLOW = settings(
    max_examples=2000 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(text: str) -> Scenario:
    source = SourceText.of(text)
    scenario, bag = parse(source)
    assert not bag.errors, (text, [(d.code, d.message) for d in bag.errors])
    return scenario


def assert_same(a: Scenario, b: Scenario, text: str) -> None:
    difference = first_difference(a, b)
    assert difference is None, (text, difference)


@SLOW
@given(scenarios())
def test_a_printed_tree_reads_back_as_itself(tree: Scenario) -> None:
    text = unparse(tree)
    assert_same(tree, read(text), text)


@SLOW
@given(scenarios())
def test_a_printed_tree_is_formatted_already(tree: Scenario) -> None:
    text = unparse(tree)
    assert unparse(read(text), text) == text


@SLOW
@given(scenarios(), st.integers(0, 2**32))
def test_a_messy_text_keeps_its_meaning_and_its_comments(tree: Scenario, seed: int) -> None:
    messy = mess_up(unparse(tree), random.Random(seed))
    before = read(messy)
    text = unparse(before, messy)
    assert_same(before, read(text), text)
    assert comments_of(text) == comments_of(messy)
    assert max((len(gap) for gap in blank_runs(text)), default=0) <= 1


@SLOW
@given(scenarios(), st.integers(0, 2**32))
def test_formatting_twice_is_formatting_once(tree: Scenario, seed: int) -> None:
    messy = mess_up(unparse(tree), random.Random(seed))
    once = unparse(read(messy), messy)
    assert unparse(read(once), once) == once


# ------------------------------------------------------------ making a mess

CLOSERS = frozenset(")]}")


def mess_up(text: str, chance: random.Random) -> str:
    """The same words with other white space, joined and broken lines, comments and semicolons."""
    out: list[str] = []
    brackets: list[str] = []
    tokens = [(word, line) for _, word, line, _ in source_words(text)]
    for index, (word, line) in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        out.append(word)
        closed = ""
        if word in "([{":
            is_set = word == "{" and index and tokens[index - 1][0] == "=="
            brackets.append("set" if is_set else word)
        elif word in CLOSERS:
            closed = brackets.pop()
        if following is not None:
            ends = following[1] != line and not (brackets and brackets[-1] in "([")
            before = "set" if closed == "set" else word
            out.append(gap(before, following[0], ends, brackets, chance))
    out.append(chance.choice(("", "\n", "\n\n\n", "  // the end", "\n// the end\n\n")))
    return "".join(out)


def gap(before: str, after: str, ends: bool, brackets: list[str], chance: random.Random) -> str:
    """White space that means the same as what the printer put between two words."""
    free = (
        (brackets and brackets[-1] in "([") or before in (",", "{") or after in ("}", "else", "{")
    )
    if after == "else" or free:
        return loose(chance)
    if not ends:
        return chance.choice((" ", "  ", "\t"))
    if chance.random() < 0.3:
        return lines(chance)
    return chance.choice(("\n", ";", "\n;\n", "\n\n\n", " " if before == "}" else " ; "))


def loose(chance: random.Random) -> str:
    """Where line ends mean nothing."""
    return chance.choice((" ", "  ", "\n", "\n\n  ")) if chance.random() < 0.8 else lines(chance)


def lines(chance: random.Random) -> str:
    """At least one line end, with comments."""
    parts = [chance.choice((" ", "\n", "\n\n", ";"))] if chance.random() < 0.5 else [" "]
    if parts == [";"]:
        parts = ["\n"]
    for _ in range(chance.randint(1, 3)):
        parts.append(f'// c{chance.randint(0, 99)} {{ " )  \n')
        parts.append(chance.choice(("", "\n", "    ", "\t\n\n")))
    return "".join(parts)


def blank_runs(text: str) -> list[str]:
    """The runs of blank lines of a text, one letter per line."""
    marks = "".join("b" if not line.strip() else "." for line in text.split("\n")[:-1])
    return [run for run in marks.split(".") if run]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("shared x = 1", "shared   x =  1 // one", True),
        ("shared x = 1", "shared x = 2", False),
        ("shared x = 1", "shared y = 1", False),
        ("shared x = 1", "shared x = (1)", False),
        ("shared x = 1", "shared x = 1; shared y = 1", False),
        ("shared x = 1", "const x = 1", False),
    ],
)
def test_same_tree_looks_at_everything_but_places(a: str, b: str, same: bool) -> None:
    assert same_tree(read(a), read(b)) is same


def test_same_tree_does_not_recurse() -> None:
    deep = unparse(read("shared x = " + "1 + " * 150 + "1"))
    assert same_tree(read(deep), read(deep))
