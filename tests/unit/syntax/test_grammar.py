"""The grammar, the prepared table and the loop that runs it agree with Lark."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from lark import Lark, UnexpectedInput
from lark import logger as lark_logger

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.syntax import grammar, nodes
from conclang.syntax.build_declarations import Builder
from conclang.syntax.keywords import EXPECTATION_WORDS, RESERVED, SOFT, WORDS
from conclang.syntax.lark_build import BETWEEN, build_table, lark_parser
from conclang.syntax.lark_reference import reference_parser
from conclang.syntax.layout import read_tokens
from conclang.syntax.lexicon import lexicon
from conclang.syntax.parse import parse
from conclang.syntax.table import from_text, to_text, whole

FORMS = Path(__file__).with_name("forms.cl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> Lark:
    return reference_parser(grammar.grammar_text())


def test_the_shipped_table_is_fresh() -> None:
    shipped = (Path(grammar.grammar_folder()) / grammar.PREPARED).read_text(encoding="utf-8")
    fresh = shipped == to_text(build_table(grammar.grammar_text()))
    assert fresh, "the grammar has changed; say: .venv/bin/python -m conclang.syntax.grammar"


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    """Lark reports reduce/reduce conflicts itself, and logs how it settles the others."""
    lark_logger.setLevel(logging.DEBUG)
    lark_logger.propagate = True
    try:
        with caplog.at_level(logging.DEBUG, logger=lark_logger.name):
            lark_parser(grammar.grammar_text(), debug=True)
    finally:
        lark_logger.setLevel(logging.CRITICAL)
    assert "conflict" not in caplog.text.lower()


def test_every_rule_that_makes_something_has_its_method() -> None:
    rules = whole(grammar.load_table().rules)
    assert [r.name for r in rules if r.name and not hasattr(Builder, r.name)] == []


def test_rules_are_called_like_the_classes_they_make() -> None:
    names = {rule.name for rule in whole(grammar.load_table().rules)}
    parts = {"ErrorStatement", "BoolLiteral", "Name", "SelectArm", "CostTable", "ExpectTimed"}
    for name in nodes.__dict__:
        if name.endswith(("Statement", "Declaration")) and name not in ("Statement", "Declaration"):
            snake = "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
            assert snake in names, name
    assert parts <= set(vars(nodes))


def test_grammar_and_keyword_table_have_the_same_words() -> None:
    assert set(grammar.load_table().keywords) == {*RESERVED, *SOFT}
    assert lexicon().names == {lexicon().number[w.upper()] for w in SOFT} | {lexicon().name}


def test_no_word_is_in_the_table_twice() -> None:
    words = [word.text for word in WORDS]
    assert len(words) == len(set(words))
    assert not set(EXPECTATION_WORDS) & RESERVED


def test_a_reserved_word_is_no_name_and_every_other_word_is() -> None:
    for word in WORDS:
        _, bag = parse(SourceText.of(f"thread a {{ let {word.text} = 1 }}"))
        assert bag.ok is (word.text not in RESERVED), word.text


def test_our_loop_reads_what_lark_reads(reference: Lark) -> None:
    assert reference.parse(FORMS, start="scenario").data == "scenario"
    assert list(parse(SourceText.of(FORMS))[1]) == []


@pytest.mark.parametrize("seed", range(150))
def test_our_loop_refuses_what_lark_refuses(reference: Lark, seed: int) -> None:
    """Each time, one token of the forms is left out or doubled."""
    tokens = read_tokens(Bag(SourceText.of(FORMS)))
    at = seed * len(tokens.kinds) // 150
    start, end = tokens.starts[at], tokens.ends[at]
    double = FORMS[start:end] + " " if seed % 2 else ""
    text = FORMS[:start] + double + (FORMS[start:] if seed % 2 else FORMS[end:])
    try:
        reference.parse(text, start="scenario")
    except UnexpectedInput:
        assert not parse(SourceText.of(text))[1].ok
    else:
        form = {"CL0242", "CL0243", "CL0249", "CL0250", "CL0240", "CL0241", "CL0235"}
        assert {d.code for d in parse(SourceText.of(text))[1].errors} <= form


def test_the_scanner_finds_the_words_that_larks_lexer_finds(reference: Lark) -> None:
    words = lexicon()
    ours = read_tokens(Bag(SourceText.of(FORMS)))
    made = {words.separator, words.end}
    mine = [
        (start, end)
        for kind, start, end in zip(ours.kinds, ours.starts, ours.ends, strict=True)
        if kind not in made
    ]
    theirs = [(t.start_pos, t.end_pos) for t in reference.lex(FORMS) if t.type != "_SEP"]
    assert mine == theirs


def test_terminals_that_no_rule_uses_are_kept() -> None:
    assert set(BETWEEN) <= set(grammar.load_table().terminals)


def test_a_table_of_another_grammar_is_refused() -> None:
    text = to_text(grammar.load_table())
    wanted = grammar.load_table().fingerprint
    assert from_text(text, wanted) is not None
    assert from_text(text, "1:0:00000000") is None
    assert from_text(text[: len(text) // 2], wanted) is None
    assert from_text(f"fingerprint\n{wanted}\n\nend\n", wanted) is None
    assert from_text(text.replace("keywords\n", "keywords\nodd\n"), wanted) is None


def test_a_table_is_read_line_by_line_when_it_is_needed() -> None:
    text = to_text(grammar.load_table())
    table = from_text(text, grammar.load_table().fingerprint)
    assert table is not None
    assert (list(table.actions), list(table.rules)) == ([], [])
    assert table.actions[3] and list(table.actions) == [3]
    assert len(whole(table.actions)) == len(table.actions) > 500
    assert to_text(table) == text
    for number in (-1, len(table.rules)):
        with pytest.raises(KeyError):
            table.rules[number]


def test_a_changed_grammar_gets_a_table_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by Lark, kept in the cache; a damaged or unwritable cache does no harm."""
    (tmp_path / grammar.GRAMMAR).write_text(grammar.grammar_text() + "\n// changed\n")
    monkeypatch.setattr(grammar, "grammar_folder", lambda: str(tmp_path))
    cache = tmp_path / "cache" / "grammar.table"
    monkeypatch.setattr(grammar, "_cache_path", lambda wanted: str(cache))
    load = grammar.load_table.__wrapped__
    first = to_text(load())
    assert cache.read_text() == first
    assert to_text(load()) == first
    cache.write_text("damaged")
    assert to_text(load()) == first
    monkeypatch.setattr(
        grammar, "_cache_path", lambda wanted: str(tmp_path / "changed.lark" / "no")
    )
    (tmp_path / "changed.lark").write_text("a file where a folder is wanted")
    assert to_text(load()) == first
