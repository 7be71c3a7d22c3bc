"""`conclang check --count` and the brute-force oracle say the same about thousands of programs."""

from __future__ import annotations

import pytest

from tests.oracle.fuzz import agree
from tests.oracle.generate import THEMES, program

CHUNK = 100


@pytest.mark.parametrize("first", range(0, 1500, CHUNK))
def test_mixed_programs(first: int) -> None:
    compared = 0
    for seed in range(first, first + CHUNK):
        text = program(seed)
        found = agree(text)
        assert not found, f"seed {seed}\n{text}\n" + "\n".join(found)
        compared += found is not None
    assert compared > CHUNK * 3 // 4


@pytest.mark.parametrize("theme", THEMES)
def test_programs_about_one_thing(theme: str) -> None:
    compared = 0
    for seed in range(10_000, 10_000 + CHUNK // 2):
        text = program(seed, {"cells", theme})
        found = agree(text)
        assert not found, f"seed {seed}\n{text}\n" + "\n".join(found)
        compared += found is not None
    assert compared > CHUNK // 4


@pytest.mark.parametrize("options", [("--no-reduction",), ("--workers", "2")], ids=" ".join)
def test_other_ways_to_search(options: tuple[str, ...]) -> None:
    for seed in range(20_000, 20_000 + 2 * CHUNK):
        text = program(seed)
        found = agree(text, *options)
        assert not found, f"seed {seed}\n{text}\n" + "\n".join(found)
