"""From text to the oracle's answer."""

from __future__ import annotations

from typing import Any

from conclang.diagnostics.source import SourceText
from conclang.syntax.parse import parse
from tests.oracle.code import Program, compile_scenario
from tests.oracle.judge import judge
from tests.oracle.search import Answer, build, read_off, solve


def program(text: str, **defines: Any) -> Program:
    scenario, bag = parse(SourceText.of(text))
    if not bag.ok:
        raise ValueError(f"{bag.errors[0]}\n{text}")
    return compile_scenario(scenario, defines)


def ask(text: str, limit: int = 50_000, **defines: Any) -> Answer:
    return solve(program(text, **defines), limit)


def verdicts(
    text: str, limit: int = 50_000, fairness: str = "weak", **defines: Any
) -> tuple[Answer, list[bool | None]]:
    """The answer, and whether each `expect` line holds."""
    graph = build(program(text, **defines), limit)
    answer = read_off(graph)
    return answer, [truth for _, truth in judge(graph, answer, fairness)]
