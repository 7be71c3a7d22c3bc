"""Every schedule that `check` prints is one that `replay` can follow, and shows the same."""

from __future__ import annotations

from typing import Any

import pytest

from conclang.analyses.replaying import replay_untimed
from conclang.events.schedule import parse
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import Finding
from conclang.ir.ops import OpKind
from conclang.ir.program import Program
from conclang.pipeline import load_text
from tests.properties import members, private_programs, starters
from tests.properties.test_explore_agreement import MOST_STATES, scenario


def assert_shown(program: Program, finding: Finding) -> None:
    """The schedule leads to what the finding says, in as many steps."""
    replayed = replay_untimed(program, parse(finding.schedule))
    assert not replayed.divergence, (finding, replayed.divergence)
    assert replayed.result.steps == finding.steps
    kinds = {found.kind for found in replayed.result.findings}
    if finding.kind in ("error", "assertion"):
        assert replayed.result.outcome.kind == "failed"
        assert replayed.result.outcome.message == finding.message
    elif finding.kind in ("deadlock", "race") and not is_beyond_replay(program):
        assert finding.kind in kinds


def assert_all_shown(program: Program, options: CheckOptions) -> None:
    for finding in check(program, options).findings:
        if finding.schedule and finding.kind != "expectation":
            assert_shown(program, finding)


def is_beyond_replay(program: Program) -> bool:
    """Replay sees no race inside an indivisible block, and no end while wake-ups may come."""
    spurious = any("spurious" in thing.options for thing in program.things["condition"])
    return spurious or any(op.kind == OpKind.ATOMIC for op in program.ops)


@pytest.mark.parametrize("seed", range(7000, 7150))
@pytest.mark.parametrize("probe", [None, 1])
def test_findings_are_replayed(seed: int, probe: int | None) -> None:
    assert_all_shown(scenario(seed), CheckOptions(max_states=MOST_STATES, probe=probe))


@pytest.mark.parametrize("family", [members, private_programs, starters])
@pytest.mark.parametrize("first", range(700, 1000, 60))
def test_findings_of_programs_where_much_is_left_out_are_replayed(family: Any, first: int) -> None:
    for seed in range(first, first + 20):
        program = load_text(family.program(seed)).program
        if program is not None:
            assert_all_shown(program, CheckOptions(max_states=5000, probe=1))
