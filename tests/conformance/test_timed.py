"""Scenarios with exact figures of a timed run: their `expect timed` lines hold, in `run` and `check`.

T1 to T10 are textbook examples (OSTEP, Silberschatz, Liu and Layland, Mars Pathfinder); others are
worked out by hand in their first comment.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FILES = sorted((Path(__file__).parent / "timed").glob("*.cl"))


def test_all_rows_of_the_table_are_here() -> None:
    assert {file.stem.split("_")[0] for file in FILES} == {f"t{n}" for n in range(1, 11)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_figures(file: Path, conclang: Any) -> None:
    for command in ("run", "check"):
        done = conclang(command, str(file), "--format", "json")
        made = json.loads(done.stdout)
        assert done.returncode == 0, done.stderr
        statuses = [e["status"] for e in made["expectations"]]
        assert statuses
        assert set(statuses) == {"holds"}


def test_the_inversion_is_explained(conclang: Any) -> None:
    file = next(file for file in FILES if file.stem == "t9_inversion")
    made = json.loads(conclang("run", str(file), "--format", "json").stdout)
    (found,) = [f for f in made["findings"] if f["kind"] == "inversion"]
    assert found["threads"] == ["H", "L", "M"]
    assert "for 10 ticks" in found["message"]


def test_the_miss_is_at_80(conclang: Any) -> None:
    file = next(file for file in FILES if file.stem == "t10_rate_monotonic")
    made = json.loads(conclang("run", str(file), "--format", "json").stdout)
    (found,) = [f for f in made["findings"] if f["kind"] == "miss"]
    assert (found["threads"], found["tick"]) == (["b"], 80)
