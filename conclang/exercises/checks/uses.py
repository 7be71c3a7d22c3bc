"""`uses` checks: constructs that are forbidden, required or counted."""

from __future__ import annotations

from typing import Any

from conclang.exercises.constructs import busy_waiting, counts
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import Check
from conclang.exercises.outcome import FAILED, PASS, Evidence, Outcome
from conclang.exercises.outcome import failed as fail

BUSY = "busy_waiting"


def judge(desk: Desk, checks: list[Check]) -> None:
    """Count once, then ask each check."""
    made = desk.assemble([])
    if made.program is None:
        for check in checks:
            desk.outcomes[check.number] = fail("the file does not compile")
        return
    from conclang.pipeline import check as analyse

    found = counts(made.program, analyse(made.source, desk.defines).scenario)
    places: dict[str, str] = {}
    if any(BUSY in str(check.asked) for check in checks):
        site = busy_waiting(made.program, min(desk.limits.states, 20_000))
        found[BUSY] = int(site is not None)
        if site is not None:
            places[BUSY] = (
                f"line {site.line}, `{site.text}`: alone, a thread comes back here again and "
                "again without changing anything; it burns its core until another thread acts"
            )
    for check in checks:
        told = tuple(Evidence(said, cause) for said, cause in _complaints(check, found, places))
        desk.outcomes[check.number] = Outcome(FAILED, evidence=told) if told else PASS


def _complaints(
    check: Check, found: dict[str, int], places: dict[str, str]
) -> list[tuple[str, str]]:
    asked: dict[str, Any] = check.asked
    told = []
    for name in asked.get("forbid", ()):
        if found.get(name, 0):
            told.append((f"{_words(name)} is not allowed here", places.get(name, "")))
    for name in asked.get("require", ()):
        if not found.get(name, 0):
            told.append((f"{_words(name)} must be used, and is not", ""))
    for name, most in asked.get("at_most", {}).items():
        if found.get(name, 0) > most:
            said = f"at most {most} × {_words(name)} allowed, there are {found[name]}"
            told.append((said, ""))
    for name, least in asked.get("at_least", {}).items():
        if found.get(name, 0) < least:
            said = f"at least {least} × {_words(name)} wanted, there are {found.get(name, 0)}"
            told.append((said, ""))
    return told


def _words(name: str) -> str:
    plain = {"busy_waiting": "busy waiting", "atomic_block": "`atomic { }`"}
    return plain.get(name, f"`{name}`")
