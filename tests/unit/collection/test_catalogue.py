"""Reading heads, finding examples by theme, concept, verdict, name and text."""

from __future__ import annotations

import pytest

from conclang.collection.catalogue import (
    THEMES,
    by_name,
    catalogue,
    choose,
    find,
    twin_of,
    words_known,
)
from conclang.collection.header import read_header, title_of

HEAD = """\
// Two lines of
// idea: with a colon.
//
// Concept: deadlock
// Verdict: safe
// By hand: 1 + 1 = 2,
//   and no more
// Next: try.
scenario "A \\"quoted\\" title"

// Verdict: race
shared x = 0
"""


def test_a_head_is_an_idea_and_fields() -> None:
    idea, fields = read_header(HEAD)
    assert idea == "Two lines of idea: with a colon."
    assert fields == {
        "Concept": "deadlock",
        "Verdict": "safe",
        "By hand": "1 + 1 = 2, and no more",
        "Next": "try.",
    }
    assert title_of(HEAD) == 'A "quoted" title'


@pytest.mark.parametrize("text", ["", "\n", "thread t { }\n", "//", "// Concept:"])
def test_a_file_without_a_head_says_nothing(text: str) -> None:
    idea, fields = read_header(text)
    assert idea == "" and set(fields.values()) <= {""}
    assert title_of(text) == ""


def test_the_order_is_theme_by_theme_and_pair_by_pair() -> None:
    themes = [one.theme for one in catalogue()]
    assert themes == sorted(themes, key=list(THEMES).index)
    for safe, broken in zip(catalogue()[::2], catalogue()[1::2], strict=True):
        assert broken.name == f"{safe.name}_broken" and broken.broken and not safe.broken


@pytest.mark.parametrize(
    "name", ["peterson", "peterson.cl", "exclusion/peterson", "exclusion/peterson.cl"]
)
def test_a_name_may_be_written_in_four_ways(name: str) -> None:
    found = by_name(name)
    assert found is not None and found.file == "exclusion/peterson.cl"
    twin = twin_of(found)
    assert twin is not None and twin.name == "peterson_broken"


@pytest.mark.parametrize("name", ["", "petersen", "locks/peterson", "peterson.txt", "/"])
def test_other_names_find_nothing(name: str) -> None:
    assert by_name(name) is None


@pytest.mark.parametrize("field", ["theme", "concept", "verdict"])
def test_every_theme_concept_and_verdict_finds_its_examples(field: str) -> None:
    for value in {getattr(one, field) for one in catalogue()}:
        wanted = [one.name for one in catalogue() if getattr(one, field) == value]
        assert set(wanted) <= {one.name for one in find([value])}
        assert [one.name for one in catalogue() if choose(**{field: value})(one)] == wanted


def test_an_exact_word_hides_those_that_only_mention_it() -> None:
    exact, everywhere = find(["deadlock"]), find(["deadlock"], everywhere=True)
    assert all("deadlock" in (one.concept, one.verdict) for one in exact)
    assert len(exact) < len(everywhere)


def test_words_narrow_each_other_and_case_and_dashes_do_not_matter() -> None:
    both = find(["channels", "leak"])
    assert both and all(one.theme == "channels" and one.verdict == "leak" for one in both)
    assert find(["LOST-update"]) == find(["lost_update"]) == find(["lost update"]) != []


def test_a_word_of_the_text_is_found_across_the_lines_of_a_comment() -> None:
    assert [one.name for one in find(["Mellor-Crummey and Scott"])][:1] == ["mcs"]
    assert find(["nobody has ever written this"]) == []


def test_known_words_are_for_questions() -> None:
    assert {"locks", "deadlock", "safe", "peterson", "lost update", "update"} <= set(words_known())
