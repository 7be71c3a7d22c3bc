"""Endless schedules: the checker and the brute-force oracle agree about small random programs."""

from __future__ import annotations

import re
from random import Random

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
from tests.oracle.ask import verdicts
from tests.oracle.generate import THEMES, program
from tests.oracle.search import TooLarge

STATES = 600
CHUNK = 50
THREAD = re.compile(r"^(thread [^{]*\{\n)(.*?)^\}", re.MULTILINE | re.DOTALL)


def endless(seed: int, themes: set[str] | None = None) -> str:
    """A random program, some of its threads for ever, with questions about endless schedules."""
    random = Random(seed)
    text = re.sub(r"^expect .*\n", "", program(seed, themes), flags=re.MULTILINE)

    def again(match: re.Match[str]) -> str:
        if random.randrange(100) < 45:
            return match.group()
        return f"{match[1]}  loop {{\n{match[2]}  }}\n}}"

    text = THREAD.sub(again, text)
    values = [
        f"{random.choice(['x', 'y', 'x + y'])} {random.choice(['<', '==', '!=', '>'])} {limit}"
        for limit in (random.randint(0, 3), random.randint(0, 3), random.randint(0, 3))
    ]
    lines = [f"expect eventually {values[0]}", f"expect {values[1]} leads to {values[2]}"]
    return "\n".join([text.rstrip(), *lines, f"expect {random.choice(['', 'no '])}livelock", ""])


def disagreements(text: str, fairness: str) -> list[str] | None:
    """Judgements that differ; None if the program is too large or not accepted."""
    try:
        _, wanted = verdicts(text, STATES, fairness)
    except (TooLarge, RecursionError):  # (a loop of nothing but `choose`)
        return None
    checked = load_text(text)
    assert checked.program is not None, f"{text}\n{checked.bag.errors}"
    result = check(checked.program, CheckOptions(fairness=fairness))
    assert result.limit is None
    words = {True: "holds", False: "violated"}
    return [
        f"{judged.text}: {judged.status}, oracle {words[truth]}"
        for judged, truth in zip(result.judgements, wanted, strict=True)
        if truth is not None and judged.status != words[truth]
    ]


@pytest.mark.parametrize("fairness", ["weak", "strong", "none"])
@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_mixed_programs(first: int, fairness: str) -> None:
    compared = 0
    for seed in range(first, first + CHUNK):
        text = endless(seed)
        found = disagreements(text, fairness)
        assert not found, f"seed {seed}\n{text}\n{found}"
        compared += found is not None
    assert compared > CHUNK // 3


@pytest.mark.parametrize("theme", THEMES)
def test_one_theme(theme: str) -> None:
    for seed in range(5000, 5012):
        text = endless(seed, {"cells", "loop", theme})
        found = disagreements(text, "weak")
        assert not found, f"seed {seed}\n{text}\n{found}"
