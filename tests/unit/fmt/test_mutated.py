"""Whatever still parses after words were lost, doubled or bracketed is formatted faithfully."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from conclang.diagnostics.source import SourceText
from conclang.syntax.compare import first_difference
from conclang.syntax.parse import parse
from conclang.syntax.trivia import comments_of, source_words
from conclang.syntax.unparse import unparse

sys.path.insert(0, str(Path(__file__).parent))
from test_forms import FILES

INSERTED = ("(", ")", "()", ",", ";", "\n", "{", "}", "// c\n", "with", "else", "1", "x")


def words_and_gaps(text: str) -> list[str]:
    pieces, last = [], 0
    for group, word, line, _ in source_words(text):
        pieces += ["\n" if line != last else " ", word]
        pieces += ["\n"] if group == "COMMENT" else []
        last = line
    return pieces


def mutate(text: str, chance: random.Random) -> str:
    pieces = words_and_gaps(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(pieces) + 1)
        match chance.randrange(4):
            case 0:
                del pieces[at : at + 1]
            case 1:
                pieces.insert(at, chance.choice(INSERTED))
            case 2:
                pieces[at:at] = ["("]
                pieces.insert(at + chance.randint(1, 4), ")")
            case _:
                pieces[at:at] = pieces[at : at + 2]
    return "".join(pieces)


@pytest.mark.parametrize("seed", range(8))
def test_mutated_forms(seed: int) -> None:
    chance = random.Random(seed)
    formatted = 0
    for text in chance.sample(FILES, 150):
        source = SourceText.of(mutate(text, chance))
        tree, bag = parse(source)
        if not bag.ok:
            continue
        formatted += 1
        once = unparse(tree, source.text)
        again, rest = parse(SourceText.of(once))
        assert rest.ok, (source.text, once)
        assert first_difference(tree, again) is None, (source.text, once)
        assert comments_of(once) == comments_of(source.text)
        assert unparse(again, once) == once
    assert formatted >= 5
