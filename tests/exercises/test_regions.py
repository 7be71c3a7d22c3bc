"""What a student may edit, and what is told about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.exercises.regions import (
    RegionError,
    bodies,
    changes,
    regions_of,
    transplanted,
    with_seed,
)
from tests.exercises.kit import DONE, START, exercise, judged


def test_only_the_region_may_change() -> None:
    assert changes(START, DONE) == []
    assert changes(START, START.replace("lock m\n", "lock m   \n") + "\n\n") == []
    found = changes(START, START.replace("shared count = 0", "shared count = 1"))
    assert "-shared count = 0" in found
    assert "+shared count = 1" in found


@pytest.mark.parametrize(
    "text",
    [
        START.replace("// edit: begin threads\n", ""),
        START.replace("// edit: end\n", ""),
        START.replace("threads", "other"),
        START + "expect deadlock\n",
        "// edit: begin threads\n// edit: end\n",
        "",
        START + START,
    ],
)
def test_whoever_touches_the_marks_is_refused(text: str) -> None:
    assert changes(START, text)


def test_a_file_without_marks_may_be_changed_everywhere() -> None:
    assert changes("shared x = 0\n", "anything") == []


def test_the_seed_and_drawn_constants_do_not_count() -> None:
    seeded = with_seed(START, 7, {"N": 3})
    assert seeded.startswith("// seed: 7\n")
    assert "const N = 3" in seeded
    assert changes(START, seeded, ["N"]) == []
    assert changes(START, seeded) != []


@pytest.mark.parametrize(
    "text",
    [
        "// edit: end",
        "// edit: begin a\n// edit: begin b\n// edit: end",
        "// edit: begin a\n// edit: end\n// edit: begin a\n// edit: end",
        "// edit here",
    ],
)
def test_marks_that_do_not_fit(text: str) -> None:
    with pytest.raises(RegionError):
        regions_of(text)


def test_bodies_go_from_one_text_to_another() -> None:
    assert transplanted(START, bodies(DONE)) == DONE


def test_a_refused_submission_shows_the_difference(tmp_path: Path) -> None:
    made = judged(
        exercise(tmp_path / "x", "  - expect: no race\n"), DONE.replace("lock m\n", "lock n\n")
    )
    assert made.status == "refused"
    assert made.earned == 0
    assert "+lock n" in made.details
    assert made.exit_code == 1
