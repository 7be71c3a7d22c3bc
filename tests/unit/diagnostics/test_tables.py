"""The table of codes and the glossary are in order."""

from __future__ import annotations

import re

import pytest

from conclang.diagnostics.codes import AREAS, Code, lookup, table
from conclang.diagnostics.glossary import groups, terms
from conclang.diagnostics.glossary import lookup as find_term


@pytest.mark.parametrize("row", table().values(), ids=lambda row: row.code)
def test_a_code_is_complete(row: Code) -> None:
    assert re.fullmatch(r"C[LW]\d{4}", row.code)
    assert row.code[2:4] in AREAS
    assert row.title[0] == row.title[0].lower() or row.title[:2].isupper() or row.title[0] == "`"
    assert not row.title.endswith(".")
    assert row.explanation.rstrip().endswith((".", "`", ":"))
    assert bool(row.wrong) == bool(row.right)
    assert row.wrong != row.right or not row.wrong or row.defines


def test_only_what_is_no_text_or_takes_several_files_has_no_example() -> None:
    without = {code for code, row in table().items() if not row.wrong}
    assert without == {f"CL010{n}" for n in range(1, 7)} | {f"CL10{n:02}" for n in range(9, 13)}


@pytest.mark.parametrize("written", ["CL0110", "cl0110", " Cl0110 ", "110", "0110"])
def test_codes_are_found_however_they_are_written(written: str) -> None:
    row = lookup(written)
    assert row is not None
    assert row.code == "CL0110"


def test_an_unknown_code() -> None:
    assert lookup("CL9999") is None


def test_every_reference_between_terms_leads_somewhere() -> None:
    for term in terms().values():
        assert set(term.see) <= set(terms()), term.name
        assert term.name not in term.see
        assert term.meaning.endswith(".")


def test_no_word_stands_for_two_terms() -> None:
    words = [word for term in terms().values() for word in (term.name, *term.also)]
    assert len(words) == len(set(words)), sorted(w for w in words if words.count(w) > 1)
    assert all(find_term(word) is not None for word in words)


def test_groups_have_titles() -> None:
    assert all(title and group for title, group in groups())
