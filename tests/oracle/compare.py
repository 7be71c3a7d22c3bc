"""Where the oracle and `conclang check --format json --count` differ about one scenario.

Only what the language page fixes is compared: ends and counts, outcomes and their probabilities,
the shortest deadlock, which objects can race, which errors can happen, and every expectation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.search import Answer

WORDS = (
    "release of a lock not held",
    "send on a closed channel",
    "close of a closed channel",
    "index out of range",
    "division by zero",
    "overflow",
    "join of self",
    "await of self",
    "wait without the lock",
    "blocking inside atomic",
    "call depth",
    "negative",
)
CLOSE = 1e-9


def differences(report: dict[str, Any], answer: Answer, expected: list[bool | None]) -> list[str]:
    """One line per difference; [] = they agree."""
    refused = [d["message"] for d in report["diagnostics"] if d["severity"] == "error"]
    if refused:
        return [f"refused: {refused[0]}"]
    if report["limit"] is not None:
        return [f"limit reached: {report['limit']}"]
    found: list[str] = []
    _schedules(report["schedules"], answer, found)
    _outcomes(report["outcomes"], answer, found)
    _findings(report["findings"], answer, found)
    words = {True: "holds", False: "violated"}
    for entry, truth in zip(report["expectations"], expected, strict=True):
        if truth is not None and entry["status"] != words[truth]:
            found.append(f"{entry['text']}: {entry['status']}, oracle says {words[truth]}")
    return found


def _schedules(theirs: dict[str, Any], answer: Answer, found: list[str]) -> None:
    if theirs["infinite"] != answer.infinite:
        found.append(f"infinite: {theirs['infinite']}, oracle {answer.infinite}")
    for name in ("complete", "finished", "deadlocked", "failed"):
        ours = getattr(answer, name)
        if theirs[name] != (None if ours is None else str(ours)):
            found.append(f"{name} schedules: {theirs[name]}, oracle {ours}")


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _outcomes(theirs: list[dict[str, Any]], answer: Answer, found: list[str]) -> None:
    seen = {tuple(map(_frozen, item["values"].values())): item for item in theirs}
    ours = answer.outcomes | answer.failed_outcomes
    if set(seen) != ours:
        found.append(f"outcomes: {sorted(seen)}, oracle {sorted(ours)}")
        return
    if answer.infinite:
        return
    for values, item in seen.items():
        if item["schedules"] != str(answer.per_outcome[values]):
            wanted = answer.per_outcome[values]
            found.append(f"schedules to {values}: {item['schedules']}, oracle {wanted}")
        chance = answer.probability[values]
        if abs(float(Fraction(item["probability"])) - float(chance)) > CLOSE:
            found.append(f"probability of {values}: {item['probability']}, oracle {chance}")


def _findings(findings: list[dict[str, Any]], answer: Answer, found: list[str]) -> None:
    kinds = {item["kind"] for item in findings}
    if ("deadlock" in kinds) != answer.deadlock:
        found.append(f"deadlock: {'deadlock' in kinds}, oracle {answer.deadlock}")
    elif answer.deadlock:
        steps = min(item["steps"] for item in findings if item["kind"] == "deadlock")
        if steps != answer.deadlock_steps:
            found.append(f"shortest deadlock: {steps}, oracle {answer.deadlock_steps}")
    if not answer.deadlock and ("leak" in kinds) != answer.leak:
        found.append(f"leak: {'leak' in kinds}, oracle {answer.leak}")
    raced = {_root(name) for item in findings if item["kind"] == "race" for name in item["objects"]}
    if raced != answer.races:
        found.append(f"races on {sorted(raced)}, oracle {sorted(answer.races)}")
    theirs = {_words(item["message"]) for item in findings if item["kind"] == "error"}
    theirs |= {"assertion" for item in findings if item["kind"] == "assertion"}
    ours = {_words(text) for text in answer.errors}
    if theirs != ours:
        found.append(f"errors {sorted(theirs)}, oracle {sorted(ours)}")


def _root(name: str) -> str:
    return name.split("[")[0]


def _words(text: str) -> str:
    """Which error a message is about."""
    if text.startswith("assertion failed"):
        return "assertion"
    return next((words for words in WORDS if words in text), text)
