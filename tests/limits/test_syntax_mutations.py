"""Whatever the text is, reading ends in a tree and reports with places; never in an exception.

CONCLANG_MUTATIONS=20000 runs the full number; `make test` runs a part of it.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from conclang.diagnostics.show import concise
from conclang.diagnostics.source import SourceText, decode
from conclang.syntax import nodes
from conclang.syntax.parse import parse

SYNTAX = Path(__file__).parents[1] / "unit" / "syntax"
FORMS = (SYNTAX / "forms.cl").read_text(encoding="utf-8")
SLIPS = [
    line.replace("\\n", "\n")
    for line in (SYNTAX / "slips.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("    ")
]
NUMBER = int(os.environ.get("CONCLANG_MUTATIONS", "3000"))
WORDS = re.findall(r"\s+|\w+|\"[^\"\n]*\"|.", FORMS)
ODD = [
    "\0",
    "\ufeff",
    "\r\n",
    "\r",
    "\ud800",
    "😀",
    "\u2028",
    "\x0c",
    '"',
    "'",
    "\\",
    "/*",
    "#",
    "é",
]
SIGNS = ["{", "}", "(", ")", "[", "]", ";", "\n", "<-", "=", '"', ",", ":", "..", "!", "&&"]

Mutation = Callable[[random.Random, list[str]], None]


def delete(chance: random.Random, words: list[str]) -> None:
    del words[chance.randrange(len(words))]


def swap(chance: random.Random, words: list[str]) -> None:
    a, b = chance.randrange(len(words)), chance.randrange(len(words))
    words[a], words[b] = words[b], words[a]


def truncate(chance: random.Random, words: list[str]) -> None:
    del words[chance.randrange(len(words)) :]


def double(chance: random.Random, words: list[str]) -> None:
    words.insert(chance.randrange(len(words)), chance.choice(words))


def replace(chance: random.Random, words: list[str]) -> None:
    words[chance.randrange(len(words))] = chance.choice(SIGNS)


def oddity(chance: random.Random, words: list[str]) -> None:
    words.insert(chance.randrange(len(words)), chance.choice(ODD))


def slip(chance: random.Random, words: list[str]) -> None:
    words.insert(chance.randrange(len(words)), "\n" + chance.choice(SLIPS) + "\n")


MUTATIONS: list[Mutation] = [delete, swap, truncate, double, replace, oddity, slip]


def mutated(seed: int) -> str:
    chance = random.Random(seed)
    start = chance.randrange(len(WORDS) - 20)
    words = WORDS[start : start + chance.randrange(10, 300)]
    for _ in range(chance.randrange(1, 8)):
        if words:
            chance.choice(MUTATIONS)(chance, words)
    return "".join(words)


def check(source: SourceText, seed: int) -> None:
    tree, bag = parse(source)
    assert isinstance(tree, nodes.Scenario), seed
    for report in bag:
        assert 0 <= report.span.start <= report.span.end <= len(source.text), seed
    assert concise(source, bag).isprintable() or len(bag), seed


def test_mutated_files() -> None:
    for seed in range(NUMBER):
        check(SourceText.of(mutated(seed)), seed)


def test_random_bytes() -> None:
    for seed in range(NUMBER // 10):
        chance = random.Random(seed)
        data = chance.randbytes(chance.randrange(200))
        source, _ = decode(data, "bytes")
        check(source, seed)
        bits = bytearray(FORMS.encode())
        for _ in range(5):
            bits[chance.randrange(len(bits))] = chance.randrange(256)
        check(decode(bytes(bits[: chance.randrange(len(bits))]), "bytes")[0], seed)


def test_every_beginning_of_a_file() -> None:
    """As when an editor asks while somebody types."""
    step = max(1, len(FORMS) * 5 // NUMBER)
    for end in range(0, len(FORMS), step):
        check(SourceText.of(FORMS[:end]), end)


def test_the_same_text_gives_the_same_reports() -> None:
    for seed in range(50):
        source = SourceText.of(mutated(seed))
        assert list(parse(source)[1]) == list(parse(source)[1])
