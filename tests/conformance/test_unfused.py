"""The scenarios with exact answers, with local work as steps of its own: the same answers.

What speaks of numbers of steps or schedules is left to the other tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import FUSING
from conclang.pipeline import load_file
from tests.conformance.test_schedules import facts_of
from tests.properties.unfused import agree

HERE = Path(__file__).parent
FOLDERS = ["schedules", "classics", "rules/holds", "rules/fails", "timed"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_answers_are_the_same(folder: str) -> None:
    apart = 0
    for file in sorted((HERE / folder).glob("*.cl")):
        program = load_file(str(file)).program
        assert program is not None, file.name
        fair = facts_of(file).get("fairness", "weak")
        fused = check(program, CheckOptions(fairness=fair))
        made = check(program, CheckOptions(fairness=fair, without=(FUSING,)))
        assert (fused.limit, made.limit) == (None, None), file.name
        assert agree(fused, made), file.name
        apart += made.stats.states > fused.stats.states
    assert apart > 3
