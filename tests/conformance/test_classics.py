"""Textbook scenarios and their broken twins, with answers that were derived by hand.

The derivation stands at the head of each file, below the facts of its first line (as in
test_schedules.py; `chance x = 1: 1/4` is the probability of an outcome). The plain search and the
independent oracle are asked the same.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.test_schedules import check, facts_of
from tests.oracle.ask import verdicts
from tests.oracle.compare import differences

FILES = sorted((Path(__file__).parent / "classics").glob("*.cl"))
COUNTS = ("complete", "finished", "deadlocked", "failed")
CHANCE = re.compile(r"chance (\w+) = (\w+): (\d+/\d+)")
every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def fairness(file: Path) -> str:
    return facts_of(file).get("fairness", "weak")


@every
@pytest.mark.parametrize("reduced", [True, False], ids=["reduced", "plain"])
def test_verdict(file: Path, reduced: bool) -> None:
    options = ["--fairness", fairness(file), *([] if reduced else ["--no-reduction"])]
    code, result = check(file, *options)
    wanted = facts_of(file).get("verdict", "holds")
    assert (result["verdict"], result["diagnostics"]) == (wanted, [])
    assert code == (0 if wanted == "holds" else 1)
    assert "By hand: " in file.read_text()


@every
def test_numbers(file: Path) -> None:
    facts = facts_of(file)
    _, result = check(file, "--count")
    counts = result["schedules"]
    assert counts["infinite"] == ("infinite" in facts)
    assert [counts[k] for k in COUNTS if k in facts] == [facts[k] for k in COUNTS if k in facts]
    if "deadlock_steps" in facts:
        steps = [f["steps"] for f in result["findings"] if f["kind"] == "deadlock"]
        assert steps == [int(facts["deadlock_steps"])]
    for name, value, chance in CHANCE.findall(file.read_text().splitlines()[0]):
        assert chance_of(result, name, value) == Fraction(chance)


def chance_of(result: dict[str, Any], name: str, value: str) -> Fraction:
    rows = [row for row in result["outcomes"] if str(row["values"][name]) == value]
    return sum((Fraction(row["fraction"]) for row in rows), Fraction(0))


@every
def test_the_oracle_agrees(file: Path) -> None:
    text = file.read_text()
    answer, truths = verdicts(text, 50_000, fairness(file))
    _, result = check(file, "--count", "--fairness", fairness(file))
    found = differences(result, answer, truths)
    if "expect outcomes" in text:  # then the values of the line are told, not all variables
        found = [line for line in found if not line.startswith("outcomes: ")]
    assert found == []
    assert False not in truths or facts_of(file)["verdict"] == "violated"
