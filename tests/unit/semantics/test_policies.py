"""The table of policies, and specs made from it."""

from __future__ import annotations

import pytest

from conclang import pipeline
from conclang.diagnostics.source import SourceText
from conclang.ir.policy_spec import POLICIES, ArgumentKind, PolicySpec, policy_spec
from conclang.semantics.symbols import Kind, ProcessorData

SAME = [
    ("fifo", "fifo"),
    ("round_robin(2)", "round_robin(quantum: 2)"),
    ("round_robin(quantum: 2)", "round_robin(quantum: 2)"),
    ("round_robin", "round_robin(quantum: 4)"),
    ("priority", "priority"),
    ("priority(preemptive: false, aging: 3)", "priority(preemptive: false, aging: 3)"),
    ("priority(aging: off)", "priority"),
    ("mlfq(quanta: [1, 2, 4])", "mlfq(levels: 3, quanta: [1, 2, 4])"),
    ("mlfq(levels: 2, quanta: [1, 2], boost: off)", "mlfq(levels: 2, quanta: [1, 2])"),
    ("mlfq(levels: 2)", "mlfq(levels: 2, quanta: [4, 8])"),
    ("lottery", "lottery"),
    ("stride(quantum: 5)", "stride(quantum: 5)"),
    ("pct(depth: 2)", "pct(depth: 2)"),
    ("partitioned(fifo)", "partitioned(fifo)"),
    ("partitioned(round_robin(2))", "partitioned(round_robin(quantum: 2))"),
    ("partitioned(policy: edf)", "partitioned(edf)"),
    ("work_stealing", "work_stealing"),
    ("script [a, b[1], web.c, a]", "script [a, b[1], web.c, a]"),
]


def spec_of(text: str) -> PolicySpec:
    source = SourceText.of(
        f"processor cpu {{ cores 1 scheduler {text} }}\n"
        "thread a { work 1 }\nthread b[i in 0..2] { work 1 }\n"
        "process web { thread c { work 1 } }\n"
    )
    checked = pipeline.check(source)
    assert not len(checked.bag), [d.message for d in checked.bag]
    assert checked.resolved is not None
    (cpu,) = checked.resolved.of_kind(Kind.PROCESSOR)
    assert isinstance(cpu.data, ProcessorData)
    return cpu.data.policy


@pytest.mark.parametrize(("written", "shown"), SAME)
def test_a_policy_is_shown_in_one_way(written: str, shown: str) -> None:
    assert str(spec_of(written)) == shown


@pytest.mark.parametrize(("written", "shown"), SAME)
def test_what_is_shown_reads_as_the_same(written: str, shown: str) -> None:
    assert spec_of(shown) == spec_of(written)


@pytest.mark.parametrize("rule", POLICIES.values(), ids=lambda rule: rule.name)
def test_rows_are_complete(rule: object) -> None:
    assert rule.summary  # type: ignore[attr-defined]
    for argument in rule.arguments:  # type: ignore[attr-defined]
        assert argument.summary
        assert argument.minimum <= argument.maximum
        if argument.kind is ArgumentKind.INT and argument.default is not None:
            assert argument.minimum <= argument.default <= argument.maximum


@pytest.mark.parametrize("name", [r.name for r in POLICIES.values() if not r.needs_burst])
def test_every_policy_without_needs_can_be_written_bare(name: str) -> None:
    rule = POLICIES[name]
    if any(argument.required for argument in rule.arguments):
        return
    assert spec_of(name) == policy_spec(name)
