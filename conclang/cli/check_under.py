"""`check --under POLICY`: which schedules are looked at, and what that does not go with."""

from __future__ import annotations

from conclang.cli.common import Unusable, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from conclang.explore.under import Under
    from conclang.pipeline import Checked

RESTRICTING = ("cooperative", "fifo", "round_robin")
"""Policies whose schedules `--under` can look at."""


def check_restriction(given: dict[str, Any]) -> None:
    """`--under` and `--preemptions` leave schedules out; what they do not go with is said here."""
    policy = given["under"]
    if given["cores"] is not None and policy is None:
        raise Unusable("--cores goes with --under: without it every thread may move at any time")
    if given["any_start"] and (policy is None or not policy.strip().startswith("round_robin")):
        raise Unusable("--any-start goes with --under 'round_robin(quantum: N)'")
    restricted = policy is not None or given["preemptions"] is not None
    if restricted and given["count"]:
        raise Unusable("--count counts all schedules: it does not go with --under or --preemptions")
    if "fusing" in given["without"] and (restricted or given["count"]):
        raise Unusable(
            "--without fusing makes local work steps of its own: it does not go with --count, "
            "--preemptions and --under, which count steps as the language does"
        )
    if policy is not None:
        given["spec"] = _spec(policy, given)


def _spec(text: str, given: dict[str, Any]) -> Any:
    """The policy of `--under`, checked."""
    from conclang.policies.text import PolicyTextError, parse_policy

    try:
        spec = parse_policy(text.strip())
    except PolicyTextError as problem:
        raise Unusable(f"--under: {shortened(str(problem), 200)}") from None
    if spec.name not in RESTRICTING:
        raise Unusable(
            f"--under '{shortened(text)}': schedules can be restricted to cooperative, fifo and "
            "round_robin (and by --preemptions); `conclang run` shows one schedule of any policy"
        )
    if given["preemptions"] is not None:
        raise Unusable("--preemptions does not go with --under: a policy says itself who may move")
    if spec.name == "cooperative" and given["cores"] not in (None, 1):
        raise Unusable("--under cooperative is about one core; take fifo for several")
    return spec


def is_cooperative(given: dict[str, Any]) -> bool:
    return given["under"] is not None and given["spec"].name == "cooperative"


def restriction(checked: Checked, given: dict[str, Any]) -> Under | None:
    """Cores and quantum to look at the schedules of; None: all schedules."""
    if given["under"] is None or is_cooperative(given) or checked.program is None:
        return None
    from conclang.explore.under import Under

    spec = given["spec"]
    cores = given["cores"] or sum(p.cores for p in checked.program.processors)
    quantum = spec.number("quantum") if spec.name == "round_robin" else None
    return Under(cores, quantum, given["any_start"])
